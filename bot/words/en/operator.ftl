# The administrator's commands
admin-login =
    Dashboard: { $link }

    The link opens once and is good for { $minutes } minutes.
admin-help =
    /stats — how much there is
    /health — whether all is well
    /broadcast text — a message to every reader
    /ban 123 — shut a chat out, /unban 123 — let it in again
    /admin sources — the sources
    /admin add link — follow a source
    /admin pause name, /admin resume name — stop asking it, go on
    /admin probe name or link — see what it gives
command-admin = Dashboard and commands
command-stats = How much there is
command-health = Whether all is well
command-broadcast = A message to every reader
command-ban = Shut a chat out
command-unban = Let a chat in again

stats =
    Articles: { $articles }
    Stories: { $stories }
    Summaries: { $summaries }

    Sources: { $sources }
    Subscribers: { $subscribers }
    Messages: { $parts }
stats-none = none
health-well = ✅ All is well.
health-trouble =
    { $count ->
        [one] ⚠️ { $count } trouble
       *[other] ⚠️ { $count } troubles
    }
health-newest = Newest article: { $when }
health-up = Up since { $when }
never = never

# Sources
outlets-none = There are no sources.
outlet-unknown = There is no source “{ $name }”. The list: /admin sources
outlet-paused = “{ $name }” is paused.
outlet-resumed = “{ $name }” is asked again.
outlet-same = “{ $name }” is so already.
outlet-added = “{ $name }” is added.
outlet-refused = { $url } is not added: { $reason }
outlet-found =
    { $name } · { $kind } · { $url }
    Articles: { $entries }, language: { $language }, newest: { $newest }
kind-feed = feed
kind-page = page
kind-channel = channel
outlet-new = not asked yet
outlet-ok = well
outlet-failing = failing
outlet-gone = gone
outlet-off = paused
unreachable = no answer

# Bans
banned-now = { $chat } is banned: it gets no answers and no messages.
banned-already = { $chat } was banned already.
unbanned = { $chat } is let in again.
not-banned = { $chat } is not banned.
ban-usage = Name a chat's or a person's number: /ban 123456
ban-self = An administrator can't be banned.
banned-list = Banned: { $chats }

# To every reader
broadcast-usage = Write the text: /broadcast Tomorrow the bot is away for an hour. It is shown to you first.
broadcast-preview =
    { $count ->
        [one] ☝️ This is how it looks. Send it to { $count } reader?
       *[other] ☝️ This is how it looks. Send it to { $count } readers?
    }
broadcast-bad = Telegram does not take this text: { $reason }
broadcast-progress = 📣 Sending: { $done } of { $total }. In doubt: { $unknown }, failed: { $failed }
broadcast-done = ✅ Sent: { $sent } of { $total }. In doubt: { $unknown }, failed: { $failed }
broadcast-cancelled = ✖️ Stopped. Delivered: { $sent } of { $total }
broadcast-over = This message has ended.
button-send = 📣 Send
button-cancel = ✖️ Stop

# Alerts
alert-silent = 🔕 “{ $source }” has been silent for { $hours } h (usually { $usual } h at most)
alert-silent-do = What to do: /admin probe name. If the site has moved, correct its address; if you don't need it: /admin pause name.
alert-silent-name = a silent source
alert-still = 📭 No article for { $minutes } minutes
alert-still-do = What to do: check the server's network and DNS, then: habarshy doctor.
alert-still-name = no articles
alert-late = 🐢 Digests are { $minutes } minutes late
alert-late-do = What to do: look at the queue with /health. Is Telegram up, is SEND_RATE enough, do the clock and bot roles run?
alert-late-name = late digests
alert-disk = 💾 Only { $megabytes } MB are left on the disk
alert-disk-do = What to do: free some room or enlarge the disk; when it is full, nothing can be stored.
alert-disk-name = a full disk
alert-fallback = 🤖 The model failed for { $percent } % of the summaries: the articles' own sentences stood in
alert-fallback-do = What to do: see whether the model's server runs and ENDPOINT_DAILY_TOKENS is not used up: habarshy doctor.
alert-fallback-name = a failing model
alert-mended = ✅ Well again: { $what }
