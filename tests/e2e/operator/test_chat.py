"""What administrators do in chat, and what others see of it: nothing."""

from datetime import timedelta

import pytest

from bot.chat.menus import set_menus
from bot.domain.subscriber import Chat, State
from bot.newsroom.deliver import deliver
from tests.e2e.botapi import TOKEN
from tests.e2e.operator.conftest import ADMIN, NOW, READER, SOURCES
from tests.newsstand import init_data

ORDERS = ("/admin", "/stats", "/health", "/broadcast hello", "/ban 5", "/unban 5")


async def ask(chatting, words: str, chat: int = ADMIN) -> str:
    chatting.api.user_sends(chat, words, lang="en")
    return (await chatting.api.wait_for_message(chat)).text


async def test_others_get_the_usual_answer_to_unknown_words(chatting):
    """As if there were no such command; in groups not even an administrator is answered."""
    unknown = await ask(chatting, "/nonsense", READER)
    for words in ORDERS:
        assert await ask(chatting, words, READER) == unknown
    chatting.api.user_sends(-500, "/admin", sender=ADMIN, kind="supergroup")
    await chatting.api.settled()
    assert chatting.api.sent_to(-500) == []


async def test_admin_gets_a_link_that_lets_them_in(chatting, visitor):
    """Over the address that readers' browsers know."""
    said = await ask(chatting, "/admin")
    token = said.partition("pass=")[2].split()[0]
    async with visitor.post("/operator/login", data={"pass": token}, allow_redirects=False) as answer:
        assert answer.status == 303


async def test_stats_and_health_in_a_few_lines(chatting):
    """How much there is; that all is well, or what is wrong and what to do."""
    await chatting.subscribe(READER)
    await chatting.publish("Көпір ашылды", SOURCES[0])
    assert "Articles: 1" in await ask(chatting, "/stats")
    assert "All is well" in await ask(chatting, "/health")
    (reader,) = await chatting.subscribe(READER)
    await chatting.post(reader, "a")
    chatting.clock.at = NOW.replace(hour=10)
    said = await ask(chatting, "/health")
    assert "Digests are 60 minutes late" in said
    assert "SEND_RATE" in said


async def test_sources_by_word(chatting):
    """Listed, paused, resumed; what is not known is said."""
    assert "Құс жолы" in await ask(chatting, "/admin sources")
    assert "paused" in await ask(chatting, "/admin pause құс жолы")
    assert "⏸ Құс жолы" in await ask(chatting, "/admin sources")
    assert "already" in await ask(chatting, "/admin pause Құс жолы")
    assert "asked again" in await ask(chatting, "/admin resume Құс жолы")
    assert "no source" in await ask(chatting, "/admin pause Nowhere")
    assert "is not added" in await ask(chatting, "/admin add http://127.0.0.1/")
    assert "/admin probe" in await ask(chatting, "/admin whatever")


@pytest.mark.parametrize("words", ["/ban", "/ban aida", "/ban 1e5", "/ban " + "9" * 400])
async def test_a_ban_needs_a_number(chatting, words):
    """Anything else is answered with how it goes."""
    assert "/ban 123456" in await ask(chatting, words)


async def test_the_banned_are_neither_answered_nor_sent_to(chatting):
    """What waits for them is withdrawn, what they write is dropped; until they are let in again."""
    reader, other = await chatting.subscribe(READER, READER + 1)
    for one in (reader, other):
        await chatting.post(one, "дайджест")
    assert "gets no answers" in await ask(chatting, f"/ban {READER}")
    await deliver(chatting.ports)
    assert chatting.api.sent_to(READER) == []
    assert len(chatting.api.sent_to(READER + 1)) == 1
    for words in ("/start", "/help", "/admin"):
        chatting.api.user_sends(READER, words)
    chatting.api.user_sends(-500, "/help", sender=READER, kind="supergroup")
    chatting.api.membership(READER, "kicked", "member")
    await chatting.api.settled()
    assert chatting.api.sent_to(READER) == chatting.api.sent_to(-500) == []
    assert (await chatting.newsroom.subscribers.find(Chat(READER))).state is State.GONE
    assert str(READER) in await ask(chatting, "/ban")
    assert "let in again" in await ask(chatting, f"/unban {READER}")
    assert (await chatting.newsroom.subscribers.find(Chat(READER))).state is State.ACTIVE
    assert await ask(chatting, "/help", READER)


async def test_an_administrator_cannot_be_banned(chatting):
    """They would shut themselves out."""
    assert "can't be banned" in await ask(chatting, f"/ban {ADMIN}")
    assert await ask(chatting, "/stats")


async def test_the_commands_stand_in_the_administrators_menu_only(chatting):
    """A menu of the scope of their chat, in each language."""
    await set_menus(chatting.bot, (ADMIN,))
    calls = [fields for method, fields in chatting.api.calls if method == "setMyCommands"]
    mine = [fields for fields in calls if "stats" in str(fields["commands"])]
    assert {fields.get("language_code", "") for fields in mine} == {"", "kk", "ru", "en"}
    assert all(fields["scope"] == {"type": "chat", "chat_id": ADMIN} for fields in mine)


async def test_a_trouble_is_paged_once(chatting):
    """The watch writes to the administrator by itself, in their language, and says what to do."""
    reader, _ = await chatting.subscribe(READER, ADMIN)
    await chatting.post(reader, "дайджест")
    await chatting.jobs["watch"]()
    assert chatting.api.sent_to(ADMIN) == []
    chatting.clock.at += timedelta(minutes=20)
    for _ in range(3):
        await chatting.jobs["watch"]()
    (page,) = chatting.api.sent_to(ADMIN)
    assert "20 минутқа кешігіп тұр" in page.text
    assert "Не істеу керек" in page.text
    await deliver(chatting.ports)
    await chatting.jobs["watch"]()
    chatting.clock.at += timedelta(minutes=61)
    await chatting.jobs["watch"]()
    assert [message.text for message in chatting.api.sent_to(ADMIN)][1:] == [
        "✅ Қайта қалпына келді: дайджестің кешігуі"
    ]


async def test_the_banned_get_no_settings_page_either(chatting, visitor):
    """The Mini App knows them no more than a stranger."""
    await chatting.subscribe(READER)
    signed = {"Authorization": f"tma {init_data(READER, chatting.clock(), TOKEN)}"}
    async with visitor.post("/app/form", headers=signed) as answer:
        assert answer.status == 200
    await ask(chatting, f"/ban {READER}")
    for path in ("/app/form", "/app/resume"):
        async with visitor.post(path, headers=signed) as answer:
            assert answer.status == 404
