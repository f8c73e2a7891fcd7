"""What a reader taps: one message, edited in place."""

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.chat import buttons, story_buttons
from bot.domain.subscriber import Chat
from summarizer.topic import Topic

AIDA = 1001


@pytest.fixture
async def menu(chat):
    """The welcome message with its buttons, of an English reader."""
    chat.user_sends(AIDA, "/start", lang="en")
    return await chat.wait_for_message(AIDA)


async def _tap(chat, message, data):
    edits = message.edits
    await chat.answer_to(chat.taps(message, data))
    return message.edits - edits


async def test_a_tick_edits_the_same_message(chat, menu, subscribers):
    """Unticking a topic changes the button and the settings, and no message is added."""
    await _tap(chat, menu, "o:topics")
    await _tap(chat, menu, "t:economy:0")
    assert Topic.ECONOMY not in (await subscribers.find(Chat(AIDA))).preferences.topics
    assert "t:economy:1" in menu.data
    assert len(chat.sent_to(AIDA)) == 1


async def test_a_double_tap_is_harmless(chat, menu, subscribers):
    """The same button tapped twice at once unticks once; both taps are answered."""
    await _tap(chat, menu, "o:topics")
    first, second = chat.taps(menu, "t:sport:0"), chat.taps(menu, "t:sport:0")
    await chat.answer_to(first)
    await chat.answer_to(second)
    assert (await subscribers.find(Chat(AIDA))).preferences.topics == frozenset(Topic) - {Topic.SPORT}


async def test_fast_taps_on_different_buttons_all_count(chat, menu, subscribers):
    """Five taps in a burst lose none of each other's changes."""
    await _tap(chat, menu, "o:topics")
    gone = [Topic.SPORT, Topic.CULTURE, Topic.WORLD, Topic.HEALTH, Topic.ENERGY]
    for query in [chat.taps(menu, f"t:{topic}:0") for topic in gone]:
        await chat.answer_to(query)
    assert (await subscribers.find(Chat(AIDA))).preferences.topics == frozenset(Topic) - set(gone)


async def test_every_screen_leads_back(chat, menu):
    """From each screen the back button returns to the overview."""
    for view in ("topics", "languages", "time", "zone"):
        assert await _tap(chat, menu, f"o:{view}") == 1
        assert "o:settings" in menu.data
        assert await _tap(chat, menu, "o:settings") == 1
    assert menu.text.startswith("Settings")


async def test_the_last_language_stays(chat, menu, subscribers):
    """The only reading language can't be unticked, and the tap says so."""
    await _tap(chat, menu, "o:languages")
    assert "has to stay" in await chat.answer_to(chat.taps(menu, "l:en:0"))
    assert (await subscribers.find(Chat(AIDA))).preferences.languages == ("en",)


async def test_the_screen_speaks_the_first_language_at_once(chat, menu):
    """Choosing Russian before dropping English turns the interface over."""
    await _tap(chat, menu, "o:languages")
    await _tap(chat, menu, "l:ru:1")
    await _tap(chat, menu, "l:en:0")
    assert "На каких языках" in menu.text


async def test_hours_days_and_zone(chat, menu, subscribers):
    """Slots, weekdays and zone can be tapped together."""
    for data in ("o:time", "h:2000:1", "h:0900:0", "d:1", "o:zone", "z:Europe/Berlin"):
        await _tap(chat, menu, data)
    chosen = (await subscribers.find(Chat(AIDA))).preferences
    assert [f"{slot:%H:%M}" for slot in chosen.slots] == ["20:00"]
    assert (len(chosen.days), chosen.zone) == (5, "Europe/Berlin")


@pytest.mark.parametrize(
    "data",
    [
        "x",
        "o:nowhere",
        "t:gardening:1",
        "t:economy:maybe",
        "h:9999:1",
        "h:0٣00:1",
        "z:../../etc",
        "l:de:1",
        "🙂" * 16,
    ],
)
async def test_a_forged_button_gets_a_polite_answer(chat, menu, subscribers, data):
    """Data that we never wrote changes nothing and is answered once."""
    before = await subscribers.find(Chat(AIDA))
    assert await chat.answer_to(chat.taps(menu, data))
    assert await subscribers.find(Chat(AIDA)) == before


async def test_all_callback_data_fits(chat, menu):
    """Every button of every screen stays within Telegram's 64 bytes (the server refuses others)."""
    for view in ("topics", "languages", "time", "zone", "settings"):
        await _tap(chat, menu, f"o:{view}")
        assert all(len(data.encode()) <= 64 for data in menu.data)


async def test_no_forged_button_of_any_kind_changes_or_breaks_anything(chat, menu, subscribers):
    """Every kind of button with fields missing, too many, too large, or of another kind or script."""
    before = await subscribers.find(Chat(AIDA))
    prefixes = [kind.__prefix__ for module in (buttons, story_buttons) for kind in _kinds(module)]
    assert len(set(prefixes)) == len(prefixes) >= 20
    for prefix in prefixes:
        for fields in ("", ":", ":::::", ":-1:-1:-1", ":9999999999999999999:1:1", ":x:y:z", ":\u0661:\u0661"):
            data = f"{prefix}{fields}"
            assert await chat.answer_to(chat.taps(menu, data)), data
    assert await subscribers.find(Chat(AIDA)) == before


def _kinds(module):
    return [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, CallbackData) and kind.__module__ == module.__name__
    ]
