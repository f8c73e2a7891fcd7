"""Compose: an edition is posted once, and a story is told once."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.delivery import DEADLINE, PartState, Settlement, UnknownPolicy, Unsent, settle
from bot.domain.schedule import GRACE
from bot.domain.subscriber import State
from bot.newsroom.compose import AGAIN, compose_current, compose_due, compose_now
from summarizer.topic import Topic
from tests.unit.newsroom.conftest import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def waiting(newsroom):
    """Texts in the outbox, in order."""
    return [part.html for part in await newsroom.outbox.ready(NOW + 9 * DAY, 100)]


async def sent(newsroom) -> None:
    """Each reader's next part reaches them."""
    ready = await newsroom.outbox.ready(NOW, 9)
    await newsroom.outbox.claim(ready, NOW)
    await newsroom.outbox.settle([(part, Settlement(PartState.SENT, message_id=1)) for part in ready], NOW)


async def test_a_due_reader_gets_an_edition_and_the_next_slot(newsroom):
    """A clock that ticks again, or a second clock, posts nothing more."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader()
    assert await compose_due(newsroom.composing, NOW) == 1
    assert await compose_due(newsroom.composing, NOW) == 0
    stored = await newsroom.subscribers.get(reader.id)
    assert (stored.next_at, stored.told_until) == (NOW + DAY, NOW)
    assert await waiting(newsroom) == ["Өткел"]


async def test_two_clocks_post_one_edition(newsroom):
    """Even where both found the reader due."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader()
    assert await compose_due(newsroom.composing, NOW) == 1
    await newsroom.subscribers.change(replace(reader, next_at=NOW))
    await newsroom.publish("Көпір")
    assert await compose_due(newsroom.composing, NOW + HOUR) == 0
    assert await newsroom.outbox.counts() == {"pending": 1}


async def test_every_due_reader_is_served_in_one_pass(newsroom):
    """More readers than are fetched at a time, each once; those who are not due wait."""
    await newsroom.publish("Өткел")
    for chat in range(1, 103):
        await newsroom.reader(chat)
    await newsroom.reader(999, NOW + HOUR)
    assert await compose_due(newsroom.composing, NOW) == 102


async def test_a_story_is_told_once(newsroom):
    """Tomorrow's edition has tomorrow's news only; with none of it there is no edition."""
    await newsroom.publish("Өткел")
    await newsroom.reader()
    await compose_due(newsroom.composing, NOW)
    await sent(newsroom)
    assert await compose_due(newsroom.composing, NOW + DAY) == 0
    await newsroom.publish("Көпір", found_at=NOW + DAY + HOUR)
    assert await compose_due(newsroom.composing, NOW + 2 * DAY) == 1
    # The second digest, and the note between the two.
    assert await newsroom.outbox.counts() == {"sent": 1, "pending": 2}


async def test_what_was_given_up_is_told_by_the_next_digest(newsroom):
    """Telegram was away for most of a day: tomorrow's digest tells yesterday's news, too."""
    await newsroom.publish("Өткел", found_at=NOW - 23 * HOUR)
    reader = await newsroom.reader()
    await compose_due(newsroom.composing, NOW)
    (part,) = await newsroom.outbox.ready(NOW, 9)
    late = NOW + DEADLINE
    await newsroom.outbox.claim([part], late)
    await newsroom.outbox.settle([(part, settle(part, Unsent("refused"), UnknownPolicy.RESEND, late))], late)
    await newsroom.publish("Көпір", found_at=NOW + 20 * HOUR)
    assert await compose_due(newsroom.composing, NOW + DAY) == 1
    assert set((await newsroom.subscribers.told(reader.id)).values()) == {NOW + DAY}
    assert await newsroom.outbox.counts() == {"failed": 1, "pending": 2}


async def test_silence_is_explained_once_a_week(newsroom):
    """Ten days without news: two short notes, without buttons, that count as no digest."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader()
    assert await compose_due(newsroom.composing, NOW) == 1
    posted = []
    for day in range(1, 11):
        before = sum((await newsroom.outbox.counts()).values())
        assert await compose_due(newsroom.composing, NOW + day * DAY) == 0
        posted.append(sum((await newsroom.outbox.counts()).values()) - before)
    assert posted == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert (await newsroom.subscribers.get(reader.id)).told_until == NOW
    (first,) = await newsroom.outbox.ready(NOW, 9)
    await newsroom.outbox.claim([first], NOW)
    await newsroom.outbox.settle([(first, Settlement(PartState.SENT, message_id=1))], NOW)
    (note,) = await newsroom.outbox.ready(NOW, 9)
    assert (note.html, note.last) == ("Соңғы дайджестен бері жаңалық жоқ.", False)


@pytest.mark.parametrize("chat", [-5, 5])
async def test_nobody_is_told_of_silence_who_would_not_wonder(newsroom, chat):
    """Not a group, nor somebody who has had no digest yet, nor between two digests of a day."""
    reader = await newsroom.reader(chat, slots=(time(9), time(20)))
    await compose_due(newsroom.composing, NOW)
    told = NOW if chat > 0 else NOW - DAY
    await newsroom.subscribers.change(replace(reader, told_until=told, next_at=NOW + 11 * HOUR))
    await compose_due(newsroom.composing, NOW + 11 * HOUR)
    assert await newsroom.outbox.counts() == {}


async def test_each_reader_has_their_own_memory_and_wishes(newsroom):
    """Topics and languages pick; what one was told, another was not."""
    sport = await newsroom.publish("Допшы", topic=Topic.SPORT)
    russian = await newsroom.publish("Переправа", lang="ru")
    one = await newsroom.reader(1, topics=frozenset({Topic.SPORT}))
    two = await newsroom.reader(2, languages=("ru", "kk"))
    assert await compose_due(newsroom.composing, NOW) == 2
    assert set(await newsroom.subscribers.told(one.id)) == {sport}
    assert set(await newsroom.subscribers.told(two.id)) == {sport, russian}


async def test_a_first_digest_reaches_a_day_back(newsroom):
    """Last week's news is no news."""
    await newsroom.publish("Кеше", found_at=NOW - 23 * HOUR)
    await newsroom.publish("Бұрын", found_at=NOW - 25 * HOUR)
    await newsroom.reader()
    await compose_due(newsroom.composing, NOW)
    assert await waiting(newsroom) == ["Кеше"]


async def test_what_was_found_late_still_comes_and_an_absence_is_not_caught_up(newsroom):
    """Six hours before the last digest count again, days before it do not."""
    late = await newsroom.publish("Кеш табылды", found_at=NOW - DAY - 5 * HOUR)
    before = await newsroom.publish("Ескі", found_at=NOW - DAY - 7 * HOUR)
    await newsroom.publish("Үш күн", found_at=NOW - 3 * DAY)
    daily, absent = await newsroom.reader(1), await newsroom.reader(2)
    await newsroom.subscribers.change(replace(daily, told_until=NOW - DAY))
    await newsroom.subscribers.change(replace(absent, told_until=NOW - 30 * DAY))
    assert await compose_due(newsroom.composing, NOW) == 2
    assert set(await newsroom.subscribers.told(daily.id)) == {late}
    assert set(await newsroom.subscribers.told(absent.id)) == {late, before}


async def test_a_reader_asks_for_a_digest_whenever_they_like(newsroom):
    """The same update twice posts one; another demand without news posts none."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader(next_at=NOW + DAY)
    assert await compose_now(newsroom.composing, reader, "update-1", NOW)
    assert not await compose_now(newsroom.composing, reader, "update-1", NOW)
    assert not await compose_now(newsroom.composing, reader, "update-2", NOW)
    await newsroom.publish("Көпір")
    assert await compose_now(newsroom.composing, reader, "update-3", NOW)
    assert (await newsroom.subscribers.get(reader.id)).next_at == NOW + DAY


async def test_the_current_edition_is_the_one_the_clock_would_post(newsroom):
    """`deliver --now` and the clock never tell one slot twice, whoever comes first."""
    await newsroom.publish("Өткел")
    await newsroom.reader()
    assert await compose_current(newsroom.composing, NOW + HOUR) == 1
    assert await compose_current(newsroom.composing, NOW + HOUR) == 0
    await newsroom.publish("Көпір", found_at=NOW + HOUR)
    assert await compose_due(newsroom.composing, NOW + HOUR) == 0
    assert await newsroom.outbox.counts() == {"pending": 1}


async def test_nothing_to_tell_posts_nothing_and_keeps_the_reach(newsroom):
    """The slot passes in silence, and what comes later in the day can still be its edition."""
    reader = await newsroom.reader(slots=(time(9), time(20)))
    assert await compose_due(newsroom.composing, NOW) == 0
    stored = await newsroom.subscribers.get(reader.id)
    assert (stored.told_until, stored.next_at) == (None, NOW + 11 * HOUR)
    await newsroom.publish("Өткел", found_at=NOW + HOUR)
    assert await compose_current(newsroom.composing, NOW + 2 * HOUR) == 1


@pytest.mark.parametrize(
    ("lang", "late", "header"),
    [
        ("kk", 2 * HOUR, ""),
        ("kk", 5 * HOUR, "🗞 Хабаршы · 2026 ж. 22 қараша, жексенбі · 09:00 шығарылымы, кешігіп"),
        ("ru", 23 * HOUR, "🗞 Хабаршы · воскресенье, 22 ноября 2026 г. · выпуск 09:00, с опозданием"),
        ("en", 5 * HOUR, "🗞 Habarshy · Sunday, 22 November 2026 · the 09:00 digest, late"),
    ],
)
async def test_a_digest_missed_by_hours_comes_with_a_word_of_it(newsroom, lang, late, header):
    """A clock that was down makes up for the latest slot of a day, and then goes on as planned."""
    await newsroom.publish("Өткел", lang=lang)
    reader = await newsroom.reader(languages=(lang,))
    titles = []

    def render(digest, lang, zone, title=""):
        titles.append(title)
        return ["Өткел"]

    ports = replace(newsroom.composing, render=render)
    assert await compose_due(ports, NOW + late) == 1
    assert titles == [header]
    assert await compose_due(ports, NOW + late) == 0
    assert (await newsroom.subscribers.get(reader.id)).next_at == NOW + DAY


async def test_what_is_older_than_a_day_or_fell_into_a_pause_was_not_missed(newsroom):
    """Nobody is written to for a slot of days ago, or one they did not want."""
    await newsroom.publish("Өткел", found_at=NOW + 5 * HOUR)
    paused = await newsroom.reader(1, NOW + 5 * HOUR)
    await newsroom.subscribers.change(replace(paused, state=State.PAUSED))
    assert await compose_due(newsroom.composing, NOW + 5 * HOUR) == 0
    rare = await newsroom.reader(2, days=frozenset({7}))
    await compose_due(newsroom.composing, NOW + 25 * HOUR)
    assert (await newsroom.subscribers.get(rare.id)).told_until is None


async def test_a_slot_missed_by_hours_waits_for_the_next_where_the_operator_says_so(newsroom):
    """A clock that was down overnight does not wake anybody at noon."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader()
    assert await compose_due(replace(newsroom.composing, late=GRACE), NOW + 5 * HOUR) == 0
    assert (await newsroom.subscribers.get(reader.id)).next_at == NOW + DAY


async def test_a_pause_ends_by_itself(newsroom):
    """Paused until then, active from the first tick after it; without an end it lasts."""
    await newsroom.publish("Өткел", found_at=NOW + DAY)
    reader = await newsroom.reader(next_at=NOW + DAY)
    forever = await newsroom.reader(2, None)
    for one in (reader, forever):
        await newsroom.subscribers.change(replace(one, state=State.PAUSED))
    assert await compose_due(newsroom.composing, NOW) == 0
    assert await compose_due(newsroom.composing, NOW + DAY + HOUR) == 1
    resumed = await newsroom.subscribers.get(reader.id)
    assert (resumed.state, resumed.next_at) == (State.ACTIVE, NOW + 2 * DAY)
    assert (await newsroom.subscribers.get(forever.id)).state is State.PAUSED


async def test_a_reader_who_pauses_while_their_digest_is_composed_stays_paused(newsroom):
    """What a reader does in the same moment is not overwritten."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader()
    ports = newsroom.composing
    due = newsroom.subscribers.due

    async def due_then_paused(now, limit):
        found = await due(now, limit)
        await newsroom.subscribers.change(replace(reader, state=State.PAUSED, next_at=NOW + 7 * DAY))
        return found

    newsroom.subscribers.due = due_then_paused
    await compose_due(ports, NOW)
    stored = await newsroom.subscribers.get(reader.id)
    assert (stored.state, stored.next_at) == (State.PAUSED, NOW + 7 * DAY)


async def test_a_reader_whose_digest_cannot_be_composed_costs_nobody_theirs(newsroom):
    """The others are served at once, and the unlucky one is tried again instead of lost."""
    await newsroom.publish("Өткел")
    await newsroom.publish("Переправа", lang="ru")
    unlucky = await newsroom.reader(1, NOW - timedelta(minutes=1), languages=("ru",))
    lucky = await newsroom.reader(2)

    def no_russian_today(digest, lang, zone, title):
        if lang == "ru":
            raise RuntimeError("a defect of ours")
        return [item.headline for item in digest.items]

    assert await compose_current(replace(newsroom.composing, render=no_russian_today), NOW) == 1
    assert await compose_due(replace(newsroom.composing, render=no_russian_today), NOW) == 0
    assert set(await newsroom.subscribers.told(lucky.id)) != set()
    again = (await newsroom.subscribers.get(unlucky.id)).next_at
    assert again == NOW + AGAIN
    assert await compose_due(newsroom.composing, again) == 1
    assert set(await newsroom.subscribers.told(unlucky.id)) != set()


async def test_a_reader_who_changes_topics_while_their_digest_is_composed_keeps_the_change(newsroom):
    """Writing down what was told touches nothing else of the reader."""
    await newsroom.publish("Өткел")
    reader = await newsroom.reader()
    chosen = replace(reader.preferences, topics=frozenset({Topic.SPORT}))
    post_all = newsroom.outbox.post_all

    async def change_then_post(*args):
        await newsroom.subscribers.change(replace(reader, preferences=chosen))
        return await post_all(*args)

    newsroom.outbox.post_all = change_then_post
    assert await compose_due(newsroom.composing, NOW) == 1
    stored = await newsroom.subscribers.get(reader.id)
    assert (stored.preferences, stored.told_until) == (chosen, NOW)


async def test_a_clock_put_back_leaves_no_reader_without_digests(newsroom):
    """A slot planned in a year that never was is planned again, and a pause of months is a pause."""
    reader = await newsroom.reader(1, NOW + 365 * DAY)
    away = await newsroom.reader(2, NOW + 90 * DAY)
    await newsroom.subscribers.change(replace(away, state=State.PAUSED))
    await compose_due(newsroom.composing, NOW)
    assert (await newsroom.subscribers.get(reader.id)).next_at == NOW + DAY
    assert (await newsroom.subscribers.get(away.id)).next_at == NOW + 90 * DAY


async def test_many_readers_of_one_kind_are_composed_for_once(newsroom):
    """Who wishes the same and was told the same gets the same; whoever was told more gets the rest."""
    for title in ("Өткел", "Көпір"):
        await newsroom.publish(title)
    readers = [await newsroom.reader(chat) for chat in range(1, 21)]
    assert await compose_now(newsroom.composing, readers[0], "early", NOW)
    await newsroom.publish("Жол")
    made = []

    def render(digest, lang, zone, title=""):
        made.append([item.headline for item in digest.items])
        return ["".join(made[-1])]

    assert await compose_due(replace(newsroom.composing, render=render), NOW) == 20
    assert sorted(map(sorted, made)) == [["Жол"], ["Жол", "Көпір", "Өткел"]]
    assert len(await newsroom.subscribers.told(readers[0].id)) == 3


async def test_a_batch_the_store_refuses_is_still_due(newsroom):
    """Nothing is half stored: the next look at the clock composes it again."""
    await newsroom.publish("Өткел")
    await newsroom.reader()
    post_all = newsroom.outbox.post_all

    async def full(*_):
        raise OSError("disk full")

    newsroom.outbox.post_all = full
    with pytest.raises(OSError, match="disk full"):
        await compose_due(newsroom.composing, NOW)
    newsroom.outbox.post_all = post_all
    assert await compose_due(newsroom.composing, NOW) == 1
