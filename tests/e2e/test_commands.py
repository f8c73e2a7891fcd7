"""What a reader writes, and what comes back."""

import asyncio
from dataclasses import replace
from datetime import time

import pytest

from bot.chat.dispatcher import build_dispatcher
from bot.chat.footer import Footer
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Chat, State
from summarizer.topic import Topic

AIDA = 1001


async def _joined(chat, subscribers, lang="kk"):
    chat.user_sends(AIDA, "/start", lang=lang)
    await chat.wait_for_message(AIDA)
    return await subscribers.find(Chat(AIDA))


@pytest.mark.parametrize(
    ("lang", "greeting", "language"),
    [
        ("kk", "Сәлеметсіз бе", "kk"),
        ("ru-RU", "Здравствуйте", "ru"),
        ("en", "Hello", "en"),
        ("de", "Сәлем", "kk"),
    ],
)
async def test_start_subscribes_at_once_in_the_clients_language(chat, subscribers, lang, greeting, language):
    """/start alone greets in the client's language, or Kazakh, and subscribes with the defaults."""
    chat.user_sends(AIDA, "/start", lang=lang)
    welcome = await chat.wait_for_message(AIDA)
    reader = await subscribers.find(Chat(AIDA))
    assert greeting in welcome.text
    assert reader.preferences.languages == (language,)
    assert reader.preferences.topics == frozenset(Topic)
    assert reader.preferences.slots == (time(9),)
    assert f"{reader.next_at:%H:%M}" == "04:00"


async def test_a_repeated_start_makes_no_duplicate(chat, subscribers):
    """However often /start is sent, one subscriber stays, with the settings kept."""
    await _joined(chat, subscribers)
    chat.user_sends(AIDA, "/topics economy")
    await chat.wait_for_message(AIDA)
    await _joined(chat, subscribers)
    assert [reader.preferences.topics for reader in await subscribers.all()] == [{Topic.ECONOMY}]


async def test_a_deep_link_presets_topics(chat, subscribers):
    """`/start t_economy_energy` subscribes to these two."""
    chat.user_sends(AIDA, "/start t_economy_energy", lang="en")
    welcome = await chat.wait_for_message(AIDA)
    assert (await subscribers.find(Chat(AIDA))).preferences.topics == {Topic.ECONOMY, Topic.ENERGY}
    assert "Economy, Energy" in welcome.text


async def test_a_broken_deep_link_still_subscribes(chat, subscribers):
    """A payload that means nothing is answered with what would mean something; the newcomer is in."""
    chat.user_sends(AIDA, "/start t_economy_nonsense", lang="en")
    await chat.wait_for_message(AIDA, "Hello")
    answer = await chat.wait_for_message(AIDA, "nonsense")
    assert "energy" in answer.text
    assert (await subscribers.find(Chat(AIDA))).preferences.topics == frozenset(Topic)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("/topics economy energy", "topics", {Topic.ECONOMY, Topic.ENERGY}),
        ("/topics Экономика, спорт", "topics", {Topic.ECONOMY, Topic.SPORT}),
        ("/topics all", "topics", frozenset(Topic)),
        ("/languages ru kk", "languages", ("ru", "kk")),
        ("/languages Қазақша english", "languages", ("kk", "en")),
        ("/time 20:00 8:30", "slots", (time(8, 30), time(20))),
        ("/time 08:30 weekdays", "days", WEEKDAYS),
        ("/time 7.15 будни", "slots", (time(7, 15),)),
        ("/time 07:00", "days", EVERY_DAY),
        ("/time 07:00 жұмыс күндері", "days", WEEKDAYS),
        ("/time по выходным 10:00", "days", EVERY_DAY - WEEKDAYS),
        ("/time күн сайын 9", "days", EVERY_DAY),
        ("/zone europe/berlin", "zone", "Europe/Berlin"),
        ("/zone@habarshy_bot Europe/Berlin", "zone", "Europe/Berlin"),
        ("/Zone Лондон", "zone", "Europe/London"),
    ],
)
async def test_a_command_takes_its_arguments_as_text(chat, subscribers, text, field, value):
    """Settings can be written in one line, in any of the three languages."""
    await _joined(chat, subscribers)
    chat.user_sends(AIDA, text)
    await chat.wait_for_message(AIDA)
    assert getattr((await subscribers.find(Chat(AIDA))).preferences, field) == value


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("/topics economy gardening", "gardening", "economy (Экономика)"),
        ("/languages kk de", "de", "ru (Русский)"),
        ("/time 25:00", "25:00", "08:30"),
        ("/time 08:30 yesterday", "yesterday", "жұмыс күндері"),
        ("/zone Mars/Olympus", "Mars/Olympus", "Asia/Almaty"),
        ("/zone ../../etc/passwd", "../../etc/passwd", "Asia/Almaty"),
        ("/pause forever", "forever", "7"),
        ("/pause 9999", "9999", "7"),
        ("/topics <b>&", "<b>&", "economy"),
    ],
)
async def test_what_is_not_understood_changes_nothing(chat, subscribers, text, word, expected):
    """The answer names the word and what would be understood, in the reader's language."""
    before = await _joined(chat, subscribers)
    chat.user_sends(AIDA, text)
    answer = await chat.wait_for_message(AIDA, f"«{word}» дегенді түсінбедім")
    assert expected in answer.text
    assert await subscribers.find(Chat(AIDA)) == before


async def test_a_change_of_hour_moves_the_next_digest(chat, subscribers):
    """The next slot follows hour and zone at once."""
    await _joined(chat, subscribers)
    chat.user_sends(AIDA, "/time 20:00")
    await chat.wait_for_message(AIDA)
    chat.user_sends(AIDA, "/zone Europe/Berlin")
    await chat.wait_for_message(AIDA)
    assert f"{(await subscribers.find(Chat(AIDA))).next_at:%d %H:%M}" == "22 19:00"


async def test_a_shared_location_sets_the_zone(chat, subscribers):
    """In a private chat a place on the map says which clock to go by; at sea nothing changes."""
    await _joined(chat, subscribers)
    chat.user_sends(AIDA, None, location={"latitude": 43.65, "longitude": 51.17})
    await chat.wait_for_message(AIDA, "Asia/Aqtau")
    chat.user_sends(AIDA, None, location={"latitude": 0, "longitude": -30})
    await chat.wait_for_message(AIDA, "Asia/Aqtau")
    assert (await subscribers.find(Chat(AIDA))).preferences.zone == "Asia/Aqtau"


async def test_pause_and_start_again(chat, subscribers):
    """A pause of some days is announced and kept; /start ends it early."""
    await _joined(chat, subscribers, lang="ru")
    chat.user_sends(AIDA, "/pause 3")
    await chat.wait_for_message(AIDA, "на 3 дня")
    assert (await subscribers.find(Chat(AIDA))).state is State.PAUSED
    chat.user_sends(AIDA, "/start")
    await chat.wait_for_message(AIDA, "вернулись")
    assert (await subscribers.find(Chat(AIDA))).state is State.ACTIVE


async def test_a_stranger_is_told_to_start(chat, subscribers):
    """Settings of nobody can't be changed."""
    chat.user_sends(AIDA, "/topics economy", lang="en")
    await chat.wait_for_message(AIDA, "/start")
    assert await subscribers.all() == []


async def test_words_that_are_no_command_get_a_hint_in_private_only(chat):
    """In a private chat plain words get a hint; in a group they are not for us."""
    chat.user_sends(-500, "hello there")
    chat.user_sends(AIDA, "hello there", lang="en")
    await chat.wait_for_message(AIDA, "/help")
    await chat.settled()
    assert chat.sent_to(-500) == []


async def test_a_digest_is_asked_of_the_newsroom(chat, subscribers, newsroom):
    """/digest goes to the newsroom; only when there is nothing new does the chat say so."""
    await _joined(chat, subscribers)
    chat.user_sends(AIDA, "/digest")
    await chat.until(lambda: newsroom.demands)
    newsroom.has_news = False
    chat.user_sends(AIDA, "/digest")
    await chat.wait_for_message(AIDA, "жаңалық жоқ")
    assert len(set(newsroom.demands)) == 2


async def test_a_failure_is_an_apology_and_never_a_traceback(chat, subscribers, newsroom):
    """Whatever breaks inside, the reader gets a sentence in their language."""
    await _joined(chat, subscribers, lang="en")
    newsroom.compose_now = None
    chat.user_sends(AIDA, "/digest")
    newsroom.demands = None
    answer = await chat.wait_for_message(AIDA, "went wrong")
    assert "Traceback" not in answer.text


async def test_new_readers_live_in_the_operators_zone(api, bot, desk, subscribers):
    """TIMEZONE is where readers are, until they say otherwise."""
    dispatcher = build_dispatcher(replace(desk, zone="Asia/Tashkent"), Footer())
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, polling_timeout=1, handle_signals=False, close_bot_session=False)
    )
    api.user_sends(77, "/start", lang="ru")
    await api.wait_for_message(77)
    await dispatcher.stop_polling()
    await polling
    assert (await subscribers.find(Chat(77))).preferences.zone == "Asia/Tashkent"
