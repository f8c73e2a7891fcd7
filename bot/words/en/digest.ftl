digest-header = 🗞 Habarshy · { $date }
and-more = { $count } more
