# The dashboard
panel-title = Dashboard
panel-skip = Skip to the content
panel-pages = Pages
panel-logout = Log out
panel-login = Log in
panel-login-why = This link opens only once. Press the button to come in.
panel-closed = The door is closed
panel-closed-do = Write /admin to the bot: it answers with a link. The link opens once and is good for ten minutes.

panel-overview = Overview
panel-sources = Sources
panel-stories = Stories
panel-summaries = Summaries
panel-deliveries = Deliveries
panel-readers = Readers

panel-well = All is well
panel-well-since = Up without a break since { $when }
panel-troubles =
    { $count ->
        [one] { $count } trouble
       *[other] { $count } troubles
    }
panel-last-hour = In two hours
panel-last-day = In a day
panel-newest = newest: { $when }
panel-in-all = { $count } articles in all
panel-source-trouble = failing: { $failing }, gone: { $gone }
panel-queue = In the queue
panel-waiting-since = waiting since { $when }
panel-nothing-waits = nothing waits
panel-lateness = Time to deliver
panel-slowest = 95 % within { $span }
panel-unconfirmed = Unconfirmed
panel-of-latest = of the latest { $count } messages
panel-paused-gone = paused: { $paused }, gone: { $gone }
panel-disk = Free disk
panel-stories-kept = { $count } stories kept
panel-articles-by-hour = Articles an hour
panel-messages-by-hour = Messages an hour
panel-seconds = { $count } s
panel-minutes = { $count } min
panel-hours = { $count } h

panel-sent = sent
panel-pending = in the queue
panel-sending = on its way
panel-unknown = in doubt
panel-failed = failed

panel-failing-since = Since { $when }: { $reason }
panel-last-article = Newest article
panel-pulse = { $count } articles a day
panel-probe = Probe
panel-pause = Pause
panel-resume = Resume
panel-answers =
    { $count ->
        [one] Answers with { $count } article
       *[other] Answers with { $count } articles
    }
panel-no-answer = Does not answer as a source
panel-address = Address
panel-kind = Kind
panel-language = Language
panel-headlines = Headlines

panel-nothing = Nothing here yet.
panel-told-by = articles: { $articles }, outlets: { $outlets }
panel-leaf = Leaf through
panel-newer = Newer
panel-older = Older
panel-merged-into = This turned out to be story
panel-why-together = Why this is one story
panel-started = The article that began the story
panel-unknown-why = Why it joined was not kept
panel-repeats = Repeats:
panel-joined = Log odds of joining { $odds }, closest to:
panel-changes = What changed later
panel-no-summary = There is no summary.
panel-picked = sentences: { $numbers }
panel-verdicts = What the guard said
panel-no-doubt = The guard had no doubts
panel-which = Which
panel-all = All
panel-doubted = With doubts

panel-lateness-chart = By time to deliver
panel-doubts = The latest unconfirmed
panel-no-doubts = All is confirmed.
panel-when = When
panel-state = State
panel-reason = Reason
panel-attempts = Attempts
panel-edition = Edition
panel-part = Message

panel-active = Reading
panel-paused = Paused
panel-gone = Gone
panel-by-topic = By topic
panel-by-language = By language

# What two articles share and where they contradict
evidence-likeness = likeness of meaning
evidence-rare = shared rare words
evidence-names-missing = names one lacks
evidence-figures-missing = figures one lacks
evidence-days-apart = other days named
evidence-recurring = a recurring title
evidence-length = likeness of length
evidence-figures = shared figures
evidence-short = hardly more than a title
