# The settings page inside Telegram
app-outside = This page opens inside Telegram: write /settings to the bot and tap “Open settings”.
app-old = This page was opened too long ago. Close it and open it again from the chat.
app-open = Open settings
app-interface = The bot’s language
app-other-time = Another time
app-words = Words
app-words-hint = Separate words by spaces. Put a phrase in quotation marks: "burst pipe". An exclamation mark is an exception: !kairat.
app-quiet = Quiet hours
app-quiet-from = From
app-quiet-until = Until
app-quiet-hint = No breaking news comes in these hours.
app-weekly-day = Day
app-weekly-time = Time
app-weekly-hint = The most important stories of seven days.
app-outlets = Muted sources
app-outlets-hint = You get no news from the sources ticked here. To add a source of your own, write /sources in the chat.
app-outlets-more = Other sources: { $count }
app-save = Save
app-saved = Saved.
app-changed = Your settings have changed meanwhile. Here they are as they stand: please choose again.
app-pause = Pause
app-pause-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
app-pause-open = Until I resume
app-paused = Your digest is paused.
app-resume = Resume
