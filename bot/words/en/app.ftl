# The settings page inside Telegram
app-outside = This page opens inside Telegram: write /settings to the bot and tap “Open settings”.
app-old = This page was opened too long ago. Close it and open it again from the chat.
app-open = Open settings
app-interface = The bot’s language
app-other-time = Another time
app-words = Words
app-words-hint = Separate words by spaces. Put a phrase in quotation marks: "burst pipe". An exclamation mark is an exception: !kairat.
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
