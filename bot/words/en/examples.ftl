# Examples of what may be written
nothing-said = Write what you need after the command. For example: { $expected }
example-word = word
example-phrase = "two words"
example-exception = !word
example-weekdays = 08:30 weekdays
example-weekends = 08:30 weekends
example-daily = 08:30 daily
example-on = on
example-day = sunday
example-day-and-time = friday 19:00
example-quiet = quiet 22:00-07:00
example-quiet-off = quiet off
example-mute-source = mute NAME
example-unmute-source = unmute NAME
example-remove-source = remove NAME
