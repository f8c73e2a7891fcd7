digest-header = 🗞 Хабаршы · { $date }
and-more = тағы { $count }

# Before the headline of a story told earlier that has changed since.
update = 🔄 Жаңа дерек: { $title }
