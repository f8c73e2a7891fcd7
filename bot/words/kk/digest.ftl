digest-header = 🗞 Хабаршы · { $date }
digest-late = 🗞 Хабаршы · { $date } · { $time } шығарылымы, кешігіп
part-late = ⏳ Бұл хабарлама кешігіп жетті.
and-more = тағы { $count }

# Before the headline of a story told earlier: it has news, or its source corrected itself.
changed-news = 🔄 Жаңа дерек: { $title }
changed-correction = ✏️ Түзету: { $title }
title-breaking = ⚡ Шұғыл хабар
title-weekly = 📅 Аптаның басты жаңалықтары · { $days }
