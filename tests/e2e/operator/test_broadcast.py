"""A message to everyone: previewed, confirmed, sent in order, cancelled."""

import pytest

from bot.domain.broadcast import BroadcastState
from bot.newsroom.broadcast import Broadcasting, broadcast
from bot.newsroom.deliver import deliver
from bot.store.broadcasts import BroadcastStore
from tests.e2e.operator.conftest import ADMIN, READER

READERS = range(READER, READER + 12)


class Nowhere:
    """A board that nobody sees."""

    async def show(self, broadcast, progress, *, over) -> None:
        """As newsroom.broadcast.Board."""


async def offered(chatting, words: str = "/broadcast Tomorrow <b>no</b> news & more"):
    """The preview's text, and the question below it."""
    chatting.api.user_sends(ADMIN, words, lang="en")
    preview = await chatting.api.wait_for_message(ADMIN)
    return preview, await chatting.api.wait_for_message(ADMIN)


async def tap(chatting, question, button: int) -> str:
    query = chatting.api.taps(question, question.data[button], lang="en")
    return await chatting.api.answer_to(query)


async def test_it_is_shown_first_and_sent_when_confirmed(chatting):
    """As it was written, to everyone active; the question turns into its progress."""
    await chatting.subscribe(*READERS)
    preview, question = await offered(chatting)
    assert preview.text == "Tomorrow <b>no</b> news & more"
    assert "12 readers" in question.text
    await chatting.jobs["broadcast"]()
    await deliver(chatting.ports)
    assert all(chatting.api.sent_to(chat) == [] for chat in READERS)
    assert await tap(chatting, question, 0) == ""
    for _ in range(3):
        await chatting.jobs["broadcast"]()
        await deliver(chatting.ports)
    texts = [[message.text for message in chatting.api.sent_to(chat)] for chat in READERS]
    assert texts == [[preview.text]] * 12
    assert not any(message.buttons for message in chatting.api.sent_to(READER))
    assert "Жіберілді: 12 / 12" in question.text


async def test_a_second_tap_sends_nothing_twice(chatting):
    """Nor does one on a message that was cancelled."""
    await chatting.subscribe(*READERS)
    _, question = await offered(chatting)
    await tap(chatting, question, 0)
    send = "adm:send:1"
    assert "ended" in await chatting.api.answer_to(chatting.api.taps(question, send, lang="en"))
    for _ in range(3):
        await chatting.jobs["broadcast"]()
        await deliver(chatting.ports)
    assert all(len(chatting.api.sent_to(chat)) == 1 for chat in READERS)


async def test_cancelled_before_it_began_nobody_gets_it(chatting):
    """And it cannot be sent any more."""
    await chatting.subscribe(*READERS)
    _, question = await offered(chatting)
    await tap(chatting, question, 1)
    assert "ended" in await chatting.api.answer_to(chatting.api.taps(question, "adm:send:1", lang="en"))
    await chatting.jobs["broadcast"]()
    await deliver(chatting.ports)
    assert all(chatting.api.sent_to(chat) == [] for chat in READERS)


async def test_cancelled_on_its_way_it_stops(chatting):
    """What is in the outbox is withdrawn; readers' own digests behind it still come."""
    readers = await chatting.subscribe(*READERS)
    _, question = await offered(chatting)
    await tap(chatting, question, 0)
    store = BroadcastStore(chatting.newsroom.database)
    small = Broadcasting(store, Nowhere(), most=4)
    await broadcast(small, chatting.clock())
    await deliver(chatting.ports)
    await broadcast(small, chatting.clock())
    await chatting.post(readers[5], "own digest")
    await tap(chatting, question, 0)
    assert "Delivered: 4 of 12" in question.text
    await broadcast(small, chatting.clock())
    await deliver(chatting.ports)
    got = [len(chatting.api.sent_to(chat)) for chat in READERS]
    assert got == [1] * 4 + [0, 1] + [0] * 6
    assert chatting.api.sent_to(READERS[5])[0].text == "own digest"
    assert (await store.find(1)).state is BroadcastState.CANCELLED


async def test_a_reader_who_blocked_the_bot_is_counted_as_failed(chatting):
    """The others get it."""
    await chatting.subscribe(*READERS)
    chatting.api.fault("blocked", chat=READER)
    _, question = await offered(chatting)
    await tap(chatting, question, 0)
    for _ in range(3):
        await chatting.jobs["broadcast"]()
        await deliver(chatting.ports)
    assert "Жіберілді: 11 / 12" in question.text


@pytest.mark.parametrize("words", ["/broadcast", "/broadcast    "])
async def test_without_a_text_it_says_how_it_goes(chatting, words):
    """Nothing is kept."""
    chatting.api.user_sends(ADMIN, words, lang="en")
    assert "Write the text" in (await chatting.api.wait_for_message(ADMIN)).text
    assert await BroadcastStore(chatting.newsroom.database).find(1) is None


async def test_a_forged_button_of_a_reader_sends_nothing(chatting):
    """The number of a draft is no secret."""
    await chatting.subscribe(*READERS)
    _, question = await offered(chatting)
    query = chatting.api.taps(question, "adm:send:1", sender=READER, lang="en")
    await chatting.api.answer_to(query)
    await chatting.jobs["broadcast"]()
    await deliver(chatting.ports)
    assert chatting.api.sent_to(READER) == []
