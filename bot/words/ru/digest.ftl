digest-header = 🗞 Хабаршы · { $date }
digest-late = 🗞 Хабаршы · { $date } · выпуск { $time }, с опозданием
part-late = ⏳ Это сообщение пришло с опозданием.
and-more = ещё { $count }

# Before the headline of a story told earlier: it has news, or its source corrected itself.
changed-news = 🔄 Обновление: { $title }
changed-correction = ✏️ Исправление: { $title }
title-breaking = ⚡ Срочно
title-weekly = 📅 Главное за неделю · { $days }
