# Public pages
site-name = Habarshy
site-motto = One day of Kazakhstan on one page
site-about = Habarshy gathers news from public sources and tells each event once. The full stories are on their publishers’ own sites.
page-day = News of { $date }
page-topic = { $topic }, { $date }
page-described = The main news of { $date }, each with a link to its source.
skip-to-news = Skip to the news
label-languages = Language
label-topics = Topics
label-days = Days
all-news = All
day-before = Previous day
day-after = Next day
more-outlets = { $count } more
outlets-told =
    { $count ->
        [one] Told by { $count } outlet
       *[other] Told by { $count } outlets
    }
story-sources = Who told it
story-changes = What changed
story-other = In other languages
changed-added = New facts
changed-corrected = Correction
first-told = First report
to-day = News of that day
feeds = Feeds
no-news-yet-title = No news yet
no-news-yet-text = The first stories will appear here as soon as they have been gathered. Please look in again a little later.
not-found-title = There is no such page
not-found-text = The address may be mistyped, or nothing was published on that day.
gone-title = This story is no longer kept
gone-text = Old stories are removed from the archive. The original may still be at its source.
failed-title = Something went wrong
failed-text = The fault is ours. Please try again in a moment.
to-front = To the latest news
feed-title = Habarshy
feed-topic-title = Habarshy: { $topic }
