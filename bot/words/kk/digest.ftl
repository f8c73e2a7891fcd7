digest-header = 🗞 Хабаршы · { $date }
and-more = тағы { $count }
