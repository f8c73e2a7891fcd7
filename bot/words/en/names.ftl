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

# Words that change nothing in /time and /weekly.
word-filler = at days day
