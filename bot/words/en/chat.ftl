welcome =
    Hello! I am Habarshy, the messenger. I put the day's main news into one message and bring it at the hour you choose.

    You are subscribed.
    { $settings }

    Which languages do you read? You can choose several; I speak the first.
welcome-back =
    Good to have you back! Your settings were kept.

    { $settings }

settings-title = Settings
settings-languages = Languages: { $languages }
settings-topics = Topics: { $topics }
settings-times = Time: { $times }, { $days } ({ $zone })
settings-no-times = Time: none, the digest comes only when you ask for it with /digest
settings-paused = The digest is paused; resume with /start
settings-paused-until = The digest is paused until { $date }; resume with /start

all-topics = all
no-topics = none
every-day = every day
weekdays = on weekdays
weekends = at weekends

screen-topics = Which topics interest you? The ticked ones go into your digest.
screen-languages = Which languages do you read? You can choose several; I speak the first.
screen-time = When should the digest come? You can choose several hours. For another time write: /time 08:30 20:00
screen-zone = The time zone is { $zone }. For another one write a city (/zone Berlin) or share your location; it is not kept.

button-topics = Topics
button-languages = Languages
button-time = Time
button-zone = Time zone
button-back = ‹ Settings
button-next = { $screen } ›
button-done = Done ✓
button-all-topics = All
button-no-topics = None
button-weekdays = Weekdays only
button-every-day = Every day

paused = The digest is paused. Resume with /start
paused-until =
    { $days ->
        [one] The digest is paused for { $days } day. Resume earlier with /start
       *[other] The digest is paused for { $days } days. Resume earlier with /start
    }
nothing-new = Nothing new since the last digest.
one-language-stays = At least one language has to stay.
not-understood =
    I don't understand “{ $word }”, and nothing was changed. Write one of these: { $expected }
not-subscribed = Subscribe first: /start
unknown-words = I don't understand this. /help tells what I can do.
stale-button = This button is out of date. Open /settings again.
admins-only = Only administrators can change the settings here.
failed = Something went wrong, and it is our fault. Please try again a little later.

# Looking around
title-sample = 🗞 A sample: this is what a digest looks like
title-latest = 🕘 Latest news
title-topic = { $emoji } { $topic }: latest news
title-saved = 🔖 Saved stories
title-search = 🔎 { $words }
nothing-found = Nothing was found for “{ $words }” in the last two weeks.
nothing-latest = No news on your topics in the last two days.
nothing-saved = Nothing saved yet. Tap 🔖 under a digest.

# Filters
settings-muted = Muted words: { $words }
settings-followed = Followed words: { $words }
settings-breaking = Breaking news: { $mode }
screen-mute =
    Stories with these words are not shown. A button takes its word off the list.

    To add some: /mute football "world cup"
    With an exception: /mute football !kairat keeps the stories about Kairat.
screen-follow =
    Stories with these words come first, whatever their topic. A button takes its word off the list.

    To add some: /follow heating "burst pipe"
screen-breaking =
    Shall breaking news come at once? Never more than three a day.

    🌙 means quiet hours, in which no breaking news comes. For other hours write: /breaking quiet 23:30-06:30
button-mute = Mute
button-follow = Follow
button-breaking = Breaking news
breaking-off = off
breaking-topics = on my topics
breaking-all = on all topics

# Buttons under a digest
button-save = 🔖 Save
button-more = ➕ More of a topic
button-close = ‹ Close
button-web = 🌐 Open on the web
saved-story = Saved. The list: /saved
liked-story = 👍 Noted
disliked-story = 👎 Noted

# Data
about =
    Habarshy is an open-source news bot. It collects news from the web and tells each event once; every headline links to its source.

    What is stored: the chat's number, your languages, topics, digest times and time zone, the words of your filters, the sources you muted or added, the stories you saved, your 👍/👎, and which stories you were told.
    What is not stored: your name, your phone number and the messages you write.

    /export gives you all of it as a file
    /delete deletes everything
export-ready = All that is stored about you is in this file.
delete-question = Your settings, saved stories and votes will be deleted for good. Delete them?
button-delete = Yes, delete everything
button-keep = No, keep it
deleted = Everything is deleted. To begin again: /start
kept = Nothing was deleted.
added-to-channel = I have been added to “{ $channel }”. For a news digest there, write /start in the channel itself.
added-to-chat = Hello! I am Habarshy. For a news digest in this chat, have an administrator write /start.
word-yes = yes
