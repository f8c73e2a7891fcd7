# Мысалдар: түсінбегенде не жазуға болатынын көрсетеді
nothing-said = Пәрменнен кейін керегін қоса жазыңыз. Мысалы: { $expected }
example-word = сөз
example-phrase = "екі сөз"
example-exception = !сөз
example-weekdays = 08:30 жұмыс күндері
example-weekends = 08:30 демалыс күндері
example-daily = 08:30 күн сайын
example-on = қосу
example-day = жексенбі
example-day-and-time = жұма 19:00
example-quiet = тыныш 22:00-07:00
example-quiet-off = тыныш жоқ
example-mute-source = өшір АТЫ
example-unmute-source = қос АТЫ
example-remove-source = жой АТЫ
