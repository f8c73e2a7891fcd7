# Мысалдар: түсінбегенде не жазуға болатынын көрсетеді
nothing-said = Пәрменнен кейін керегін қоса жазыңыз. Мысалы: { $expected }
example-word = сөз
example-phrase = "екі сөз"
example-exception = !сөз
example-weekdays = 08:30 жұмыс күндері
example-weekends = 08:30 демалыс күндері
example-daily = 08:30 күн сайын
example-on = on
example-day = жексенбі
example-day-and-time = жұма 19:00
example-quiet = quiet 22:00-07:00
example-quiet-off = quiet off
example-mute-source = mute АТЫ
example-unmute-source = unmute АТЫ
example-remove-source = remove АТЫ
