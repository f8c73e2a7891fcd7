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
word-weekdays = будни
word-weekends = выходные
word-daily = ежедневно

# Words for "off" in commands.
word-off = нет выключить выкл
