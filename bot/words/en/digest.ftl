digest-header = 🗞 Habarshy · { $date }
and-more = { $count } more

# Before the headline of a story told earlier that has changed since.
update = 🔄 Update: { $title }
