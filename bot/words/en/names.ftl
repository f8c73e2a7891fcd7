topic-politics = Politics
topic-economy = Economy
topic-society = Society
topic-education = Education
topic-health = Health
topic-technology = Technology
topic-energy = Energy
topic-environment = Environment
topic-incidents = Incidents
topic-culture = Culture
topic-sport = Sport
topic-world = World

language-kk = Қазақша
language-ru = Русский
language-en = English

# Words understood in /time.
word-weekdays = workdays
word-weekends = weekend
word-daily = everyday every

# Words for "off" in commands.
word-off = none

# Words for "on" and for quiet hours in commands.
word-on = yes
word-quiet = silent

# What /sources does with a source.
word-mute = mute
word-unmute = unmute
word-remove = remove

# Words that change nothing in /time and /weekly.
word-filler = at days day
