command-start = Subscribe or resume
command-digest = News since the last digest
command-topics = Choose topics
command-languages = Choose reading languages
command-time = Choose when the digest comes
command-zone = Choose the time zone
command-settings = All settings in one place
command-pause = Pause the digest
command-help = Help
command-latest = Latest news
command-search = Search the news
command-saved = Saved stories
command-mute = Hide stories by words
command-follow = Follow words
command-breaking = Breaking news
command-weekly = The week’s main stories
command-sources = Choose sources, add your own
command-about = About the bot and what it stores
command-export = Get my data
command-delete = Delete everything

help =
    I collect the day's news and tell each event once, with a link to its source.

    /digest — what happened since the last digest
    /topics — topics; words work too: /topics economy energy
    /languages — reading languages: /languages kk ru
    /time — when the digest comes: /time 08:30 20:00 or /time 08:30 weekdays
    /zone — time zone: /zone Berlin
    /mute — hide by words: /mute football "world cup"
    /follow — follow words: /follow heating
    /sources — sources: mute one or add your own
    /breaking — breaking news: /breaking off, topics or all; quiet hours: /breaking quiet 22:00-07:00
    /weekly — the week’s main stories; to get them regularly: /weekly sunday 18:00
    /latest — latest news, /saved — saved stories
    /search — search: /search oil price
    /pause — a pause: /pause 7 (days)
    /settings — all settings
    /about — what is stored, /export — my data, /delete — delete it
    /start — resume

    In any chat, type @{ $bot } and a word to send a story there.
