# Sources
button-sources = Sources
button-remove = ✖ Remove
settings-sources = Muted sources: { $names }
screen-sources =
    Sources: { $count }. Those marked ✅ go into your digest, those marked 🔇 don’t; tap to switch.

    To add your own: /sources https://address or /sources @channel (at most { $most }). Only you see its news. ⚠️ means that it does not answer, ✖ removes it.
source-looking = 🔎 Looking…
source-not-found = I found no news at this address. Send the address of a site, of its RSS feed or of a public Telegram channel.
source-added = “{ $name }” is added. Its news goes into your digest only.
source-yours = You have “{ $name }” already.
source-public = “{ $name }” is in the common list already: /sources
source-refused = The bot’s owner has switched this source off.
source-full = You can have at most { $most } sources of your own. Remove one first: /sources
source-later = Too many addresses were looked at within an hour. Please try again later.
source-gives = Language: { $language }. News listed: { $count }
source-newest = The latest: { $time }
source-removed = “{ $name }” is removed.

# The weekly
button-weekly = The week
settings-weekly = The week: { $day }, { $time }
screen-weekly = The week brings the most important stories of seven days. On which day shall it come? To read it now: /weekly
weekly-off = Never
nothing-weekly = No news on your topics in the last week.

# Quiet hours of breaking news
settings-quiet = Quiet hours: { $hours }
quiet-off = none

# Layout
button-layout = Layout
settings-layout = Layout: rich
screen-layout = How shall the digest look? { layout-hint }
layout-hint = The rich layout has headings and sections that fold. If an old Telegram does not open it, choose the plain one.
layout-plain = Plain
layout-rich = Rich

# Sharing and saving
title-shared = 🗞 Habarshy
unsaved-story = Taken off the list.

# Mute this
button-mute-this = 🔇 Mute this
button-mute-topic = 🔇 Topic: { $what }
button-mute-outlet = 🔇 Source: { $what }
button-mute-word = 🔇 Word: { $what }
muted-topic = “{ $what }” is muted. To have it back: /topics
muted-outlet = “{ $what }” is muted. To have it back: /sources
muted-word = Stories with “{ $what }” are hidden. To have them back: /mute
