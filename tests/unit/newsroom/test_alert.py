"""Breaking news outside the slots."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.event import listen
from structlog.testing import capture_logs

from bot.domain.alerts import GROWS_FOR, MOST_A_DAY, MOST_REVISIONS
from bot.domain.delivery import Ambiguous, Rejected, UnknownPolicy, Unsent
from bot.domain.source import Source
from bot.domain.subscriber import Breaking
from bot.newsroom.alert import Alerting, alert_all
from bot.newsroom.compose import compose_due
from bot.newsroom.deliver import Delivering, deliver
from bot.newsroom.ports import Filing
from bot.newsroom.revise import revise
from bot.store.alerts import AlertStore
from bot.store.tables import subscribers
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

OUTLETS = ("One", "Two", "Three")
LATELY = timedelta(minutes=30)


def titled(digest, lang, zone, title=""):
    """Satisfies desk.Presenter."""
    said = [f": {item.summary}" if item.change else "" for item in digest.items]
    return [f"{title} {item.headline}{more}" for item, more in zip(digest.items, said, strict=True)]


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
    day = now.date()
    assert await alerting.alerts.counts([reader.id], day) == {(reader.id, day): MOST_A_DAY}


async def test_one_readers_trouble_costs_no_other_an_alert(newsroom, alerting, tell, now):
    """It is logged with the reader; the others have theirs, once, whatever their day."""
    for chat, zone in ((1, "Asia/Almaty"), (2, "Asia/Almaty"), (3, "Pacific/Kiritimati")):
        await newsroom.reader(chat, next_at=None, zone=zone)
    async with newsroom.database.write() as connection:
        await connection.execute(
            update(subscribers).where(subscribers.c.chat_id == 2).values(zone="No/Where")
        )
    await tell("Жер сілкінді")
    with capture_logs() as logs:
        assert await alert_all(alerting, now) == 2
        assert await alert_all(alerting, now) == 0
    assert {(entry["event"], entry["subscriber"]) for entry in logs} == {("alert not composed", 2)}
    assert sorted(await waiting(newsroom, now)) == [1, 3]


async def test_many_readers_cost_no_query_each(newsroom, alerting, tell, now):
    """What a pass asks of the store does not grow with readers, neither when it alerts nor afterwards."""
    await tell("Жер сілкінді")
    asked = []
    listen(newsroom.database.engine.sync_engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    costs = []
    for readers in (range(1, 3), range(3, 33)):
        for chat in readers:
            await newsroom.reader(chat, next_at=None)
        for alerted in (len(readers), 0):
            asked.clear()
            assert await alert_all(alerting, now) == alerted
            costs.append(len(asked))
    assert costs[:2] == costs[2:]


@pytest.fixture
def grow(newsroom):
    """A story gets a fact by a later article of one of its outlets."""

    async def grow(story, fact, found):
        url = f"https://One.example/{fact}"
        source = Source("One", "https://One.example/rss")
        article = Article(url, fact, f"{fact} One", "kk", published=found, url=url, source="One")
        await newsroom.articles.add(source, [article], found_at=found)
        (waiting,) = await newsroom.articles.ungrouped(1)
        topics = Classification((Topic.INCIDENTS,))
        filing = Filing(int(waiting.id), story, topics, None, "none", lang="kk", development=fact)
        await newsroom.stories.file(filing, found)

    return grow


@pytest.fixture
def deliver_all(newsroom, phone, now):
    """Send what waits and change what is to be changed, at some time."""

    async def deliver_all(at=now):
        ports = Delivering(newsroom.outbox, phone, UnknownPolicy.RESEND, lambda: at)
        await deliver(ports)
        return await revise(ports)

    return deliver_all


def minutes(number):
    """So long."""
    return timedelta(minutes=number)


async def test_an_alert_grows_with_its_story(newsroom, alerting, tell, grow, deliver_all, phone, now):
    """The message is changed, nobody is alerted twice, and the summary stays with what is new behind it."""
    await newsroom.reader(1, next_at=None)
    story = await tell("Жер сілкінді")
    assert await alert_all(alerting, now) == 1
    await deliver_all()
    await grow(story, "Алты үй қирады.", now + minutes(5))
    assert await alert_all(alerting, now + minutes(6)) == 0
    assert await deliver_all(now + minutes(7)) == 1
    assert phone.edits == [(1, "⚡ Шұғыл хабар Жер сілкінді: Жер сілкінді. Алты үй қирады.")]
    assert len(phone.attempts) == 1


async def test_one_readers_trouble_costs_no_other_what_is_new(
    newsroom, alerting, tell, grow, deliver_all, phone, now
):
    """An alert that can't be written anew stays as it was; the others are changed."""
    for chat in (1, 2, 3):
        await newsroom.reader(chat, next_at=None)
    story = await tell("Жер сілкінді")
    assert await alert_all(alerting, now) == 3
    await deliver_all()
    await grow(story, "Алты үй қирады.", now + minutes(5))
    broken = iter((True, False, False))

    def fails_once(digest, lang, zone, title=""):
        if next(broken):
            raise LookupError
        return titled(digest, lang, zone, title)

    with capture_logs() as logs:
        await alert_all(replace(alerting, render=fails_once), now + minutes(6))
    assert [(entry["event"], entry["subscriber"]) for entry in logs] == [("alert not changed", 1)]
    assert await deliver_all(now + minutes(7)) == 2


async def test_an_alert_is_left_alone_where_nothing_is_new(newsroom, alerting, tell, deliver_all, phone, now):
    """The same story seen again is no reason to touch a message."""
    await newsroom.reader(1, next_at=None)
    await tell("Жер сілкінді")
    for minute in (0, 5, 10):
        await alert_all(alerting, now + minutes(minute))
        await deliver_all(now + minutes(minute))
    assert phone.edits == []


async def test_an_alert_is_changed_a_few_times_at_most_and_not_for_long(
    newsroom, alerting, tell, grow, deliver_all, phone, now
):
    """A story of a whole day does not rewrite a message all day."""
    await newsroom.reader(1, next_at=None)
    story = await tell("Жер сілкінді")
    await alert_all(alerting, now)
    await deliver_all()
    for number in range(1, MOST_REVISIONS + 3):
        await grow(story, f"Дерек {number}.", now + minutes(10 * number))
        await alert_all(alerting, now + minutes(10 * number + 1))
        await deliver_all(now + minutes(10 * number + 2))
    assert len(phone.edits) == MOST_REVISIONS
    later = await tell("Су тасыды", told_at=now + minutes(120))
    await alert_all(alerting, now + minutes(120))
    await deliver_all(now + minutes(120))
    await grow(later, "Көпір бұзылды.", now + minutes(121) + GROWS_FOR)
    await alert_all(alerting, now + minutes(122) + GROWS_FOR)
    assert await deliver_all(now + minutes(123) + GROWS_FOR) == 0


@pytest.mark.parametrize(
    ("answer", "edits"), [(Unsent("no connection"), 2), (Ambiguous("time-out"), 2), (Rejected("too old"), 1)]
)
async def test_an_edit_telegram_did_not_answer_is_tried_again(
    newsroom, alerting, tell, grow, deliver_all, phone, now, answer, edits
):
    """It can be repeated without harm; one that is refused is not repeated."""
    await newsroom.reader(1, next_at=None)
    story = await tell("Жер сілкінді")
    await alert_all(alerting, now)
    await deliver_all()
    await grow(story, "Алты үй қирады.", now + minutes(5))
    await alert_all(alerting, now + minutes(6))
    phone.answers[1] = [answer]
    for _ in range(3):
        await deliver_all(now + minutes(7))
    assert len(phone.edits) == edits
