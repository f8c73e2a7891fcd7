digest-header = 🗞 Хабаршы · { $date }
and-more = ещё { $count }

# Before the headline of a story told earlier: it has news, or its source corrected itself.
changed-news = 🔄 Обновление: { $title }
changed-correction = ✏️ Исправление: { $title }
