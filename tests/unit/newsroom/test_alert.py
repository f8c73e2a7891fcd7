"""Breaking news outside the slots."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.alerts import MOST_A_DAY
from bot.domain.source import Source
from bot.domain.subscriber import Breaking
from bot.newsroom.alert import Alerting, alert_all
from bot.newsroom.compose import compose_due
from bot.newsroom.ports import Filing
from bot.store.alerts import AlertStore
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

OUTLETS = ("One", "Two", "Three")
LATELY = timedelta(minutes=30)


def titled(digest, lang, zone, title=""):
    """Satisfies desk.Presenter."""
    return [f"{title} {item.headline}" for item in digest.items]


@pytest.fixture
def alerting(newsroom):
    """The ports on the real store."""
    return Alerting(newsroom.composing, AlertStore(newsroom.database), titled)


@pytest.fixture
def tell(newsroom, now):
    """A story told by several outlets, minutes apart, the first of them a while ago."""

    async def tell(title, outlets=OUTLETS, topic=Topic.INCIDENTS, ago=LATELY, told_at=now):
        await newsroom.sources.follow([Source(name, f"https://{name}.example/rss") for name in OUTLETS])
        story = None
        for minute, name in enumerate(outlets):
            found = told_at - ago + timedelta(minutes=minute)
            url = f"https://{name}.example/{title}"
            source = Source(name, f"https://{name}.example/rss")
            article = Article(url, title, f"{title} {name}", "kk", published=found, url=url, source=name)
            await newsroom.articles.add(source, [article], found_at=found)
            (waiting,) = await newsroom.articles.ungrouped(1)
            filing = Filing(int(waiting.id), story, Classification((topic,)), None, "none", lang="kk")
            story = await newsroom.stories.file(filing, found)
        await newsroom.stories.condense(story, int(waiting.id), Summary(f"{title}.", "kk", "test", title))
        return story

    return tell


@pytest.fixture
def now():
    """12:00 in Almaty on a Sunday."""
    return datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


async def waiting(newsroom, now):
    """Texts in the outbox, by reader."""
    return {part.chat.id: part.html for part in await newsroom.outbox.ready(now, 100)}


async def test_a_story_of_many_outlets_at_once_reaches_who_wants_it(newsroom, alerting, tell, now):
    """Three outlets within minutes are breaking: for its topic's readers, and for readers of all."""
    await newsroom.reader(1, next_at=None)
    await newsroom.reader(2, next_at=None, topics=frozenset({Topic.SPORT}))
    await newsroom.reader(3, next_at=None, topics=frozenset({Topic.SPORT}), breaking=Breaking.ALL)
    await newsroom.reader(4, next_at=None, breaking=Breaking.OFF)
    await newsroom.reader(5, next_at=None, muted=("жер",))
    await tell("Жер сілкінді")
    assert await alert_all(alerting, now) == 2
    assert await waiting(newsroom, now) == dict.fromkeys((1, 3), "⚡ Шұғыл хабар Жер сілкінді")


async def test_a_story_is_alerted_once_and_not_told_again_by_the_digest(newsroom, alerting, tell, now):
    """An alert counts as told; the next digest still reaches back to the digest before."""
    reader = await newsroom.reader(1, next_at=now)
    await tell("Жер сілкінді")
    assert await alert_all(alerting, now) == 1
    assert await alert_all(alerting, now + timedelta(minutes=1)) == 0
    assert (await newsroom.subscribers.get(reader.id)).told_until is None
    assert await compose_due(newsroom.composing, now) == 0


async def test_one_outlet_or_an_old_story_is_not_breaking(newsroom, alerting, tell, now):
    """The ranking's rule decides."""
    await newsroom.reader(1, next_at=None)
    await tell("Бір басылым", outlets=("One",))
    await tell("Ескі оқиға", ago=timedelta(hours=9))
    assert await alert_all(alerting, now) == 0


async def test_the_night_is_quiet(newsroom, alerting, tell, now):
    """What breaks at 23:00 waits for the morning's digest."""
    late = now + timedelta(hours=11)
    await newsroom.reader(1, next_at=None)
    await tell("Түнгі оқиға", told_at=late)
    assert await alert_all(alerting, late) == 0
    assert await waiting(newsroom, late) == {}


async def test_a_day_has_a_few_alerts_at_most(newsroom, alerting, tell, now):
    """However much breaks."""
    reader = await newsroom.reader(1, next_at=None)
    for number in range(MOST_A_DAY + 2):
        await tell(f"Оқиға {number}")
        await alert_all(alerting, now)
    assert await alerting.alerts.count(reader.id, now.date()) == MOST_A_DAY
