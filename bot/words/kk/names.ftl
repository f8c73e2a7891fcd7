topic-politics = Саясат
topic-economy = Экономика
topic-society = Қоғам
topic-education = Білім
topic-health = Денсаулық
topic-technology = Технология
topic-energy = Энергетика
topic-environment = Экология
topic-incidents = Оқиға
topic-culture = Мәдениет
topic-sport = Спорт
topic-world = Әлем

language-kk = Қазақша
language-ru = Русский
language-en = English

# Words understood in /time.
word-weekdays = жұмыс жұмыскүндері
word-weekends = демалыс
word-daily = күнде күн

# Words for "off" in commands.
word-off = жоқ өшір өшіру

# Words for "on" and for quiet hours in commands.
word-on = қос қосу
word-quiet = тыныш

# What /sources does with a source.
word-mute = өшір өшіру
word-unmute = қос қосу
word-remove = жой жою

# Words that change nothing in /time and /weekly.
word-filler = күндері күні сайын сағат
