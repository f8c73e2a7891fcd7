welcome =
    Hello! I am Habarshy, the messenger. I put the day's main news into one message and bring it at the hour you choose.

    You are subscribed.
    { $settings }

    You can change it below.
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
screen-languages = Which languages do you read? The first one is mine, too.
screen-time = When should the digest come? You can choose several hours. For another time write: /time 08:30 20:00
screen-zone = The time zone is { $zone }. For another one write: /zone Europe/Berlin

button-topics = Topics
button-languages = Languages
button-time = Time
button-zone = Time zone
button-back = ‹ Back
button-all-topics = All
button-no-topics = None
button-weekdays = Weekdays only
button-every-day = Every day

saved = Saved
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
admins-only = Only administrators of this group can change its settings.
failed = Something went wrong, and it is our fault. Please try again a little later.
