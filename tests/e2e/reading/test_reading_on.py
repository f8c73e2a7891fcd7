"""The week, quiet hours, layout, the shelf's pages, what to mute about a story."""

from datetime import time, timedelta

import pytest

from bot.domain.subscriber import Chat, Weekly
from bot.store.shelf import ShelfStore
from summarizer.topic import Topic

AIDA = 1001


async def _me(subscribers):
    return await subscribers.find(Chat(AIDA))


def _named(message, words):
    return next(one["callback_data"] for one in message.buttons if words in one["text"])


async def test_the_week_is_told_on_demand(chat, reader, asked, subscribers):
    """/weekly tells it at any time, with buttons, told or not; and says when there is nothing."""
    digest = await asked("/digest")
    week = await asked("/weekly")
    assert week.text.startswith("📅 The week’s main stories · 16–22 November")
    assert set(week.links) == set(digest.links)
    assert week.data
    assert "Saved" in await chat.answer_to(chat.taps(digest, f"s:save:{digest.data[0].rsplit(':', 1)[1]}:1"))
    chat.user_sends(AIDA, "/sources mute outlet")
    await chat.wait_for_message(AIDA, "Sources")
    chat.user_sends(AIDA, "/weekly")
    await chat.wait_for_message(AIDA, "No news on your topics in the last week")


@pytest.mark.parametrize(
    ("text", "weekly"),
    [
        ("on", Weekly(7, time(18))),
        ("friday 19:30", Weekly(5, time(19, 30))),
        ("ЖҰМА 9", Weekly(5, time(9))),
        ("вс", Weekly(7, time(18))),
        ("в пятницу в 19:30", Weekly(5, time(19, 30))),
        ("сенбі күні 10:00", Weekly(6, time(10))),
        ("off", None),
        ("өшіру", None),
    ],
)
async def test_the_week_is_set_by_word(chat, subscribers, reader, text, weekly):
    """A day in any language, an hour, on and off."""
    chat.user_sends(AIDA, f"/weekly {text}")
    await chat.wait_for_message(AIDA, "Settings")
    assert (await _me(subscribers)).preferences.weekly == weekly


async def test_the_week_is_set_by_buttons(chat, subscribers, reader):
    """From the time screen: a day, an hour, never; one message, edited in place."""
    chat.user_sends(AIDA, "/time")
    message = await chat.wait_for_message(AIDA)
    for words in ("The week", "Saturday", "20:00"):
        await chat.answer_to(chat.taps(message, _named(message, words)))
    assert (await _me(subscribers)).preferences.weekly == Weekly(6, time(20))
    await chat.answer_to(chat.taps(message, "o:settings"))
    assert "The week: Saturday, 20:00" in message.text
    await chat.answer_to(chat.taps(message, "o:weekly"))
    await chat.answer_to(chat.taps(message, _named(message, "Never")))
    assert (await _me(subscribers)).preferences.weekly is None


async def test_quiet_hours_by_word_and_button(chat, subscribers, reader):
    """Breaking news waits at night, at other hours, or never."""
    chat.user_sends(AIDA, "/breaking quiet 23:30-06:15")
    message = await chat.wait_for_message(AIDA, "Quiet hours: 23:30–06:15")
    assert (await _me(subscribers)).preferences.quiet == (time(23, 30), time(6, 15))
    await chat.answer_to(chat.taps(message, "o:breaking"))
    assert "✅ 🌙 23:30–06:15" in [one["text"] for one in message.buttons]
    await chat.answer_to(chat.taps(message, _named(message, "none")))
    assert (await _me(subscribers)).preferences.quiet is None
    chat.user_sends(AIDA, "/breaking quiet")
    await chat.wait_for_message(AIDA, "Write what you need")
    for wrong in ("quiet 22", "quiet 7-7", "quiet 25-3", "loud"):
        chat.user_sends(AIDA, f"/breaking {wrong}")
        await chat.wait_for_message(AIDA, "I don't understand")


async def test_the_layout_is_chosen(chat, subscribers, reader):
    """Plain is the default, rich an opt-in."""
    chat.user_sends(AIDA, "/settings")
    message = await chat.wait_for_message(AIDA, "Settings")
    for data in ("o:layout", "r:1", "o:settings"):
        await chat.answer_to(chat.taps(message, data))
    assert "Layout: rich" in message.text
    assert (await _me(subscribers)).preferences.rich


async def test_a_kept_story_leaves_the_shelf_by_its_button(
    chat,
    subscribers,
    database,
    newsroom,
    reader,
    stories,
):
    """Pages of a few stories in one message, the latest first; a tap takes one off, the last page goes."""
    me, shelf = await _me(subscribers), ShelfStore(database)
    for story in stories.values():
        await shelf.save(me.id, story, newsroom.now - timedelta(minutes=5))
    await shelf.save(me.id, stories["Heating <season> begins & prices hold"], newsroom.now)
    chat.user_sends(AIDA, "/saved")
    message = await chat.wait_for_message(AIDA, "Saved stories")
    assert message.text.index("Heating") < message.text.index("Kairat")
    off = _named(message, "Kairat")
    for query in [chat.taps(message, off), chat.taps(message, off)]:
        assert "off the list" in await chat.answer_to(query)
    assert "Kairat" not in message.text
    assert len(await shelf.saved(me.id, 10)) == 3
    while message.buttons:
        await chat.answer_to(chat.taps(message, message.data[0]))
    assert "Nothing saved" in message.text


@pytest.mark.parametrize(
    ("choice", "field", "value"),
    [
        ("Topic: Sport", "topics", frozenset(Topic) - {Topic.SPORT}),
        ("Source: Outlet", "muted_sources", {"Outlet"}),
        ("Word: Kairat", "muted", ("kairat",)),
    ],
)
async def test_what_a_reader_mutes_about_a_story(chat, subscribers, digest, reader, choice, field, value):
    """Its topic, an outlet that tells it, or a name in it; the buttons close again."""
    message = await digest()
    before = message.data
    await chat.answer_to(chat.taps(message, _named(message, "Mute this")))
    await chat.answer_to(chat.taps(message, _named(message, "Kairat wins")))
    assert "To have" in await chat.answer_to(chat.taps(message, _named(message, choice)))
    assert getattr((await _me(subscribers)).preferences, field) == value
    assert message.data == before


async def test_a_forged_muting_is_out_of_date(chat, subscribers, digest, reader):
    """Another's edition, a story that was not told, a key that means nothing."""
    message = await digest()
    edition = message.data[0].rsplit(":", 1)[1]
    before = await _me(subscribers)
    for data in (f"s:mute:{edition}:9999", f"m:{edition}:1:0123456789ab", "m:9999:1:0123456789ab", "m:1:1:x"):
        assert "out of date" in await chat.answer_to(chat.taps(message, data))
    assert await _me(subscribers) == before
