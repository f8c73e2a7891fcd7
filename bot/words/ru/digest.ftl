digest-header = 🗞 Хабаршы · { $date }
and-more = ещё { $count }

# Before the headline of a story told earlier that has changed since.
update = 🔄 Обновление: { $title }
