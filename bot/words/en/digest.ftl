digest-header = 🗞 Habarshy · { $date }
digest-late = 🗞 Habarshy · { $date } · the { $time } digest, late
part-late = ⏳ This message comes late.
and-more = { $count } more

# Before the headline of a story told earlier: it has news, or its source corrected itself.
changed-news = 🔄 Update: { $title }
changed-correction = ✏️ Correction: { $title }
title-breaking = ⚡ Breaking news
title-weekly = 📅 The week’s main stories · { $days }
