# Примеры того, что можно написать
nothing-said = Допишите после команды, что нужно. Например: { $expected }
example-word = слово
example-phrase = "два слова"
example-exception = !слово
example-weekdays = 08:30 по будням
example-weekends = 08:30 по выходным
example-daily = 08:30 ежедневно
example-on = включить
example-day = воскресенье
example-day-and-time = пятница 19:00
example-quiet = тихо 22:00-07:00
example-quiet-off = тихо нет
example-mute-source = выключить НАЗВАНИЕ
example-unmute-source = включить НАЗВАНИЕ
example-remove-source = удалить НАЗВАНИЕ
