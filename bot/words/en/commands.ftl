command-start = Subscribe or resume
command-digest = News since the last digest
command-topics = Choose topics
command-languages = Choose reading languages
command-time = Choose when the digest comes
command-zone = Choose the time zone
command-settings = All settings in one place
command-pause = Pause the digest
command-help = Help

help =
    I collect the day's news and tell each event once, with a link to its source.

    /digest — what happened since the last digest
    /topics — topics; words work too: /topics economy energy
    /languages — reading languages: /languages kk ru
    /time — when the digest comes: /time 08:30 20:00 or /time 08:30 weekdays
    /zone — time zone: /zone Europe/Berlin
    /pause — a pause: /pause 7 (days)
    /settings — all settings
    /start — resume
