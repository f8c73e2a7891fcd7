"""Sources as readers see them: muting them, and adding feeds of one's own."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.domain.own_sources import MOST_OWN
from bot.domain.source import Source
from bot.domain.subscriber import Chat, Preferences
from bot.newsroom.adopt import LOOKS
from bot.sources.discovery import Probe
from bot.store.own_sources import OwnSourceStore
from bot.store.sources import SourceStore
from bot.words.translator import translate

AIDA, BOLAT = 1001, 1002
GROUP, ADMIN, MEMBER = -500, 71, 72
SITE = "https://blog.example/feed"


@pytest.fixture(autouse=True)
async def catalogue(database, newsroom):
    """Thirty sources of the operator's, and one site in the wide web."""
    names = ["Қазақпарат", *(f"Outlet {number:02}" for number in range(29))]
    await SourceStore(database).follow([Source(name, f"https://{name}.example/rss") for name in names])
    found = Source("A blog <b>of mine</b>", SITE)
    newsroom.web[SITE] = Probe(
        SITE,
        found,
        lang="en",
        entries=7,
        newest=(newsroom.now - timedelta(hours=1),),
        headlines=("One", "Two"),
    )


@pytest.fixture
async def reader(chat, subscribers, newsroom):
    """An English reader."""
    await subscribers.join(Chat(AIDA), Preferences(languages=("en",)), newsroom.now)


async def _me(subscribers, chat=AIDA):
    return await subscribers.find(Chat(chat))


async def _listed(chat):
    chat.user_sends(AIDA, "/sources")
    return await chat.wait_for_message(AIDA, "Sources: 30")


def _named(message, words):
    return next(one["callback_data"] for one in message.buttons if words in one["text"])


async def test_sources_are_listed_page_by_page_in_one_message(chat, reader):
    """Every source has its button on some page, and the way leads on, back and to the settings."""
    message = await _listed(chat)
    seen = set()
    while True:
        seen |= {one["text"] for one in message.buttons if one["text"].startswith("✅")}
        if not any(one["text"] == "›" for one in message.buttons):
            break
        await chat.answer_to(chat.taps(message, _named(message, "›")))
    assert len(seen) == 30
    await chat.answer_to(chat.taps(message, "p:999"))
    await chat.answer_to(chat.taps(message, "o:settings"))
    assert message.text.startswith("Settings")
    assert "p:0" in message.data
    assert len(chat.sent_to(AIDA)) == 1


async def test_a_source_is_muted_by_a_tap_and_heard_again_by_another(chat, subscribers, reader):
    """The button shows what is, the settings name what is muted; a double tap is harmless."""
    message = await _listed(chat)
    mute = _named(message, "✅ Outlet 03")
    for query in [chat.taps(message, mute), chat.taps(message, mute)]:
        await chat.answer_to(query)
    assert (await _me(subscribers)).preferences.muted_sources == {"Outlet 03"}
    await chat.answer_to(chat.taps(message, "o:settings"))
    assert "Muted sources: Outlet 03" in message.text
    await chat.answer_to(chat.taps(message, "p:0"))
    await chat.answer_to(chat.taps(message, _named(message, "🔇 Outlet 03")))
    assert not (await _me(subscribers)).preferences.muted_sources


@pytest.mark.parametrize(
    ("text", "muted"),
    [
        ("/sources mute ҚАЗАҚПАРАТ", {"Қазақпарат"}),
        ("/sources mute 17", {"Outlet 17"}),
        ("/mute қазақпарат", {"Қазақпарат"}),
        ("/mute outlet", set()),
    ],
)
async def test_a_source_is_muted_by_word(chat, subscribers, reader, text, muted):
    """By its name in any case, by a part that only it has, and by /mute of its whole name."""
    chat.user_sends(AIDA, text)
    await chat.wait_for_message(AIDA)
    assert (await _me(subscribers)).preferences.muted_sources == muted


@pytest.mark.parametrize(
    "text", ["mute Outlet", "mute nobody", "mute", "dance", "remove Outlet 01", "ftp://x.example"]
)
async def test_what_is_not_understood_changes_nothing(chat, subscribers, reader, text):
    """The answer says what would be understood."""
    before = await _me(subscribers)
    chat.user_sends(AIDA, f"/sources {text}")
    await chat.wait_for_message(AIDA, "I don't understand")
    assert await _me(subscribers) == before


async def test_a_feed_of_ones_own_is_looked_at_and_added(chat, subscribers, reader, database):
    """The answer shows what it gives; it is listed for its reader only, and a tap takes it off again."""
    chat.user_sends(AIDA, f"/sources {SITE}")
    answer = await chat.wait_for_message(AIDA)
    await chat.until(lambda: "added" in answer.text)
    assert "Language: English. News listed: 7" in answer.text
    assert "• One\n• Two" in answer.text
    assert (await _me(subscribers)).own == {"A blog <b>of mine</b> · blog.example"}
    assert len(await OwnSourceStore(database).public()) == 30
    chat.user_sends(AIDA, f"/sources {SITE}")
    again = await chat.wait_for_message(AIDA)
    await chat.until(lambda: "already" in again.text)
    assert "removed" in await chat.answer_to(chat.taps(answer, answer.data[0]))
    assert not (await _me(subscribers)).own
    assert "out of date" in await chat.answer_to(chat.taps(answer, "n:0123456789ab:0"))


async def test_two_readers_share_one_feed_until_both_leave(chat, subscribers, reader, newsroom, database):
    """What the second adds is the first's source; it goes with the last of them."""
    await subscribers.join(Chat(BOLAT), Preferences(languages=("en",)), newsroom.now)
    for person in (AIDA, BOLAT):
        chat.user_sends(person, f"/sources {SITE}")
        answer = await chat.wait_for_message(person)
        await chat.until(lambda: "added" in answer.text)  # noqa: B023 - waited for at once
    assert len(await SourceStore(database).all()) == 31
    chat.user_sends(AIDA, "/delete yes")
    await chat.wait_for_message(AIDA, "deleted")
    assert len(await SourceStore(database).all()) == 31
    chat.user_sends(BOLAT, "/sources remove blog")
    await chat.wait_for_message(BOLAT, "Sources: 30")
    assert len(await SourceStore(database).all()) == 30


async def test_what_is_no_source_is_refused(chat, subscribers, reader):
    """An address without news, or of this machine (the client refuses it), is answered politely."""
    chat.user_sends(AIDA, "/sources http://169.254.169.254/latest")
    answer = await chat.wait_for_message(AIDA)
    await chat.until(lambda: "no news" in answer.text)
    assert not (await _me(subscribers)).own


async def test_there_is_a_quota_and_a_limit_to_looking(chat, subscribers, reader, newsroom, database):
    """No more than five feeds, and no more than ten looks an hour."""
    chat.limits = None
    for number in range(MOST_OWN):
        await OwnSourceStore(database).adopt(
            (await _me(subscribers)).id, Source("Mine", f"https://mine.example/{number}"), newsroom.now
        )
    chat.user_sends(AIDA, f"/sources {SITE}")
    answer = await chat.wait_for_message(AIDA)
    await chat.until(lambda: "at most 5" in answer.text)
    await OwnSourceStore(database).disown((await _me(subscribers)).id, "Mine · mine.example 2")
    for number in range(LOOKS + 1):
        chat.user_sends(AIDA, f"/sources nothing{number}.example")
        answer = await chat.wait_for_message(AIDA)
        await chat.until(lambda: "Looking" not in answer.text)  # noqa: B023 - waited for at once
    assert "Too many" in answer.text


async def test_an_address_that_everybody_hears_is_named(chat, reader, newsroom):
    """A source of the catalogue is nobody's own."""
    url = "https://Outlet 01.example/rss"
    newsroom.web["https://one.example"] = Probe(url, Source("whatever", url))
    chat.user_sends(AIDA, "/sources one.example")
    answer = await chat.wait_for_message(AIDA)
    await chat.until(lambda: "“Outlet 01” is in the common list already" in answer.text)


async def test_members_of_a_group_neither_mute_nor_add(chat, newsroom, subscribers):
    """Only its administrators do, by word and by button."""
    chat.members[GROUP, ADMIN] = "administrator"
    await subscribers.join(Chat(GROUP), Preferences(languages=("en",)), newsroom.now)
    for text in (f"/sources {SITE}", "/sources mute Outlet 01", "/mute Outlet 01", "/sources"):
        chat.user_sends(GROUP, text, sender=MEMBER)
        await chat.wait_for_message(GROUP, "Only administrators")
    chat.user_sends(GROUP, "/sources", sender=ADMIN)
    message = await chat.wait_for_message(GROUP, "Sources: 30")
    await chat.answer_to(chat.taps(message, message.data[0], sender=MEMBER))
    group = await _me(subscribers, GROUP)
    assert not group.own
    assert not group.preferences.muted_sources


@pytest.mark.parametrize(
    "data", ["i:zz:1:0", "i:0123456789ab:1:0", "p:-1", "n:::", "i:0123456789ab:1:9999999"]
)
async def test_forged_buttons_are_answered_and_change_nothing(chat, subscribers, reader, data):
    """Keys that mean nothing, pages that are none."""
    message = await _listed(chat)
    before = await _me(subscribers)
    assert "out of date" in await chat.answer_to(chat.taps(message, data))
    assert await _me(subscribers) == before


async def test_a_feed_that_the_operator_switched_off_is_exported_as_such(chat, reader, database, subscribers):
    """It is still the reader's, and /export leaves nothing of theirs out."""
    chat.user_sends(AIDA, f"/sources {SITE}")
    await chat.wait_for_message(AIDA)
    own = OwnSourceStore(database)
    async with asyncio.timeout(5):
        while not (mine := await own.own((await _me(subscribers)).id)):
            await asyncio.sleep(0.01)
    assert await SourceStore(database).remove(mine[0][0].name)
    chat.user_sends(AIDA, "/export")
    file = await chat.wait_for_message(AIDA, "All that is stored")
    (feed,) = json.loads(file.fields["content"])["own_sources"]
    assert (feed["url"], feed["state"]) == (SITE, "off")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("command", "keys"),
    [
        ("breaking", ("quiet", "quiet-off")),
        ("weekly", ("on", "day", "day-and-time")),
        ("sources", ("mute-source", "unmute-source")),
    ],
)
async def test_every_example_is_understood_as_it_is_written(chat, subscribers, newsroom, lang, command, keys):
    """Whatever the bot says may be typed in a reader's language, it takes."""
    await subscribers.join(Chat(AIDA), Preferences(languages=(lang,)), newsroom.now)
    for key in keys:
        example = translate(lang, f"example-{key}")
        if command == "sources":
            example = f"{example.split()[0]} Қазақпарат"
        chat.user_sends(AIDA, f"/{command} {example}")
        answer = await chat.wait_for_message(AIDA)
        assert answer.buttons, answer.text
