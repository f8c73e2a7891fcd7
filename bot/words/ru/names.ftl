topic-politics = Политика
topic-economy = Экономика
topic-society = Общество
topic-education = Образование
topic-health = Здоровье
topic-technology = Технологии
topic-energy = Энергетика
topic-environment = Экология
topic-incidents = Происшествия
topic-culture = Культура
topic-sport = Спорт
topic-world = Мир

language-kk = Қазақша
language-ru = Русский
language-en = English

# Words understood in /time.
word-weekdays = будни будням рабочие
word-weekends = выходные выходным
word-daily = ежедневно каждый

# Words for "off" in commands.
word-off = нет выключить выкл

# Words for "on" and for quiet hours in commands.
word-on = вкл включить
word-quiet = тихо

# What /sources does with a source.
word-mute = выключить выкл
word-unmute = включить вкл
word-remove = удалить убрать

# Words that change nothing in /time and /weekly.
word-filler = по в дни дням день часов
