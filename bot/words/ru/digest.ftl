digest-header = 🗞 Хабаршы · { $date }
and-more = ещё { $count }
