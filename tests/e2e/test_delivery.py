"""Digests on their way through a bad day of Telegram: nothing lost, nothing told twice without need."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.chat.footer import Footer
from bot.delivery.pacing import Pacing
from bot.delivery.sender import TelegramMessenger
from bot.domain.delivery import Message, PartState, Rejected, Revision, Sent, UnknownPolicy
from bot.domain.digest import Digest, Item
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences, State
from bot.newsroom.alert import Sounded
from bot.newsroom.deliver import Delivering, deliver, deliver_patiently
from bot.newsroom.revise import revise
from bot.store.alerts import AlertStore
from bot.store.deliveries import OutboxStore
from bot.store.tables import stories
from summarizer.topic import Topic
from tests.e2e.limits import Limits, Window

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
EMPTY = Digest(NOW, NOW, ("kk",), frozenset(), ())
AIDA, BORIS, GROUP = 1001, 1002, -1005


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The present moment."""
        return self.now

    def move(self, **more: float) -> None:
        """Let time pass."""
        self.now += timedelta(**more)


@pytest.fixture
def clock():
    """09:00 in Almaty."""
    return Clock()


@pytest.fixture
def office(bot, database, clock):
    """Delivering through the loopback server, as fast as it allows."""
    messenger = TelegramMessenger(bot, Pacing(1000))
    return Delivering(OutboxStore(database), messenger, UnknownPolicy.RESEND, clock)


@pytest.fixture
def post(office, subscribers):
    """Post a digest of some parts to a chat; the chat subscribes if it has not."""

    async def post(chat: int, *parts: str, slot: str = "09:00", thread: int | None = None):
        reader, _ = await subscribers.join(Chat(chat, thread), Preferences(), NOW)
        edition = Edition(reader.id, date(2026, 11, 22), slot)
        assert await office.outbox.post(edition, EMPTY, [f"<b>{part}</b>" for part in parts], NOW)
        return reader

    return post


def texts(api, chat):
    """What a chat reads."""
    return [message.text for message in api.sent_to(chat)]


async def test_parts_arrive_in_order_with_previews_off(api, office, post):
    """A digest's parts follow each other as ordinary HTML messages."""
    await post(AIDA, "one", "two", "three")
    await deliver(office)
    assert texts(api, AIDA) == ["one", "two", "three"]
    assert all(m.fields["link_preview_options"] == {"is_disabled": True} for m in api.messages)
    assert all(m.fields["parse_mode"] == "HTML" for m in api.messages)


async def test_a_forum_topic_gets_its_own(api, office, post):
    """message_thread_id goes with every part."""
    await post(-1000000000005, "one", thread=77)
    await deliver(office)
    assert api.messages[0].fields["message_thread_id"] == "77"


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_a_server_error_is_tried_again(api, office, post, clock, kind):
    """What certainly did not arrive is sent after a pause, once."""
    api.fault(kind, times=2)
    await post(AIDA, "one")
    for _ in range(4):
        await deliver(office)
        clock.move(seconds=10)
    assert texts(api, AIDA) == ["one"]


async def test_a_dead_server_loses_nothing(api, office, post, clock):
    """While nothing listens, parts wait; when it is back they arrive once."""
    port = int(api.address.rsplit(":", 1)[1])
    await api.stop()
    await post(AIDA, "one")
    await deliver(office)
    await api.start(port)
    clock.move(minutes=1)
    await deliver(office)
    assert texts(api, AIDA) == ["one"]


@pytest.mark.parametrize("kind", ["blocked", "deactivated", "kicked", "deleted", "not found"])
async def test_a_closed_chat_is_left_alone_with_its_settings(api, office, post, subscribers, clock, kind):
    """After a 403 (or its kin) nothing more is sent, and the subscriber stays in the store as gone."""
    api.fault(kind, chat=AIDA, times=9)
    await post(AIDA, "one", "two")
    await post(BORIS, "one")
    for _ in range(3):
        await deliver(office)
        clock.move(hours=1)
    assert (await subscribers.find(Chat(AIDA))).state is State.GONE
    assert [fields["chat_id"] for method, fields in api.calls if method == "sendMessage"].count("1001") == 1
    assert texts(api, BORIS) == ["one"]


async def test_a_digest_goes_out_without_buttons_that_telegram_refuses(api, bot, database, post, clock):
    """A PUBLIC_URL that can't be linked costs the button, not the news."""
    messenger = TelegramMessenger(bot, Pacing(1000), buttons=Footer("http://intranet"))
    api.fault("bad button")
    await post(AIDA, "one")
    await deliver(Delivering(OutboxStore(database), messenger, UnknownPolicy.RESEND, clock))
    assert texts(api, AIDA) == ["one"]
    assert api.messages[0].buttons == []


async def test_a_lost_answer_is_unknown_and_sent_once_more(api, office, post, clock):
    """Telegram took the message and the line broke: by default one repetition, never a third."""
    api.fault("lost", times=9)
    await post(AIDA, "one")
    await deliver(office)
    assert await office.outbox.counts() == {PartState.UNKNOWN: 1}
    assert texts(api, AIDA) == ["one"]
    for _ in range(4):
        clock.move(minutes=5)
        await deliver(office)
    assert texts(api, AIDA) == ["one", "one"]


async def test_a_lost_answer_is_never_repeated_where_the_operator_says_so(api, office, post, clock):
    """With the policy `skip` a reader never sees a double."""
    careful = Delivering(office.outbox, office.messenger, UnknownPolicy.SKIP, clock)
    api.fault("lost")
    await post(AIDA, "one", "two")
    for _ in range(3):
        await deliver(careful)
        clock.move(minutes=5)
    assert texts(api, AIDA) == ["one", "two"]


async def test_a_hanging_answer_is_unknown_too(api, bot, office, post):
    """No answer within the client's patience is not «not sent»."""
    bot.session.timeout = 1
    api.fault("hang", seconds=3)
    await post(AIDA, "one")
    await deliver(office)
    assert await office.outbox.counts() == {PartState.UNKNOWN: 1}


async def test_a_group_that_moved_is_followed(api, office, post, subscribers):
    """A supergroup gets its digest at the new id, and the old one is never written to again."""
    api.migrated[GROUP] = -1000000000077
    await post(GROUP, "one", "two")
    await deliver(office)
    assert texts(api, -1000000000077) == ["one", "two"]
    assert (await subscribers.find(Chat(-1000000000077))).state is State.ACTIVE
    assert [fields["chat_id"] for method, fields in api.calls if method == "sendMessage"].count("-1005") == 1


async def test_a_flood_is_waited_out(api, office, post, clock):
    """retry_after is obeyed to the second for its chat, and the rest goes on."""
    api.fault("flood", chat=AIDA, seconds=7)
    await post(AIDA, "one")
    await post(BORIS, "one")
    await deliver(office)
    assert (texts(api, AIDA), texts(api, BORIS)) == ([], ["one"])
    clock.move(seconds=6.5)
    await deliver(office)
    assert texts(api, AIDA) == []


async def test_a_broadcast_keeps_within_the_servers_limits(api, bot, database, post):
    """With the pace on, a server that counts strictly never answers 429."""
    api.limits = Limits(overall=Window(20, 1.0))
    messenger = TelegramMessenger(bot, Pacing(20))
    office = Delivering(OutboxStore(database), messenger, UnknownPolicy.RESEND, lambda: datetime.now(UTC))
    for chat in range(1, 41):
        await post(chat, "one")
    await deliver_patiently(office, timedelta(seconds=5))
    assert len(api.messages) == 40
    assert sum(method == "sendMessage" for method, _ in api.calls) == 40


async def test_what_is_new_of_a_story_answers_the_message_that_told_it(api, office, post, database, clock):
    """The reply points to it, and comes by itself where the reader deleted that message."""
    reader = await post(AIDA, "first")
    async with database.write() as connection:
        times = {"created_at": NOW, "updated_at": NOW, "topics": []}
        await connection.execute(insert(stories).values(id=7, **times))
    item = Item(7, Topic.SPORT, "kk", "h", "s", "https://a.example", (), NOW)
    digest = Digest(NOW, NOW, ("kk",), frozenset(), (item,))
    for slot, message in (("10:00", Message("told", (7,))), ("20:00", Message("more", (7,), follows=7))):
        await office.outbox.post(Edition(reader.id, NOW.date(), slot), digest, [message], NOW)
        await deliver(office)
    first, told, more = api.sent_to(AIDA)
    assert "reply_parameters" not in {**first.fields, **told.fields}
    assert more.fields["reply_parameters"] == {"message_id": told.id, "allow_sending_without_reply": True}


async def _wants_rich(subscribers, reader):
    await subscribers.change(replace(reader, preferences=replace(reader.preferences, rich=True)))


async def test_who_wants_rich_messages_gets_them(api, office, post, subscribers):
    """With the same words; others get plain ones."""
    await _wants_rich(subscribers, await post(AIDA, "one"))
    await post(BORIS, "one")
    await deliver(office)
    assert texts(api, AIDA) == texts(api, BORIS) == ["one"]
    sent = {fields["chat_id"]: method for method, fields in api.calls}
    assert sent == {str(AIDA): "sendRichMessage", str(BORIS): "sendMessage"}


async def test_a_server_that_refuses_rich_messages_gets_plain_ones(api, office, post, subscribers):
    """At once, and from then on."""
    api.fault("no rich", method="sendRichMessage", times=9)
    for chat in (AIDA, BORIS):
        await _wants_rich(subscribers, await post(chat, "one", "two"))
    await deliver(office)
    assert texts(api, AIDA) == texts(api, BORIS) == ["one", "two"]
    assert sum(method == "sendRichMessage" for method, _ in api.calls) <= 2


async def test_a_closed_chat_is_closed_to_rich_messages_too(api, office, post, subscribers):
    """A refusal of the chat is no refusal of the form."""
    api.fault("not found", method="sendRichMessage", chat=AIDA)
    reader = await post(AIDA, "one")
    await _wants_rich(subscribers, reader)
    await deliver(office)
    assert (await subscribers.find(Chat(AIDA))).state is State.GONE
    assert [method for method, _ in api.calls] == ["sendRichMessage"]


async def test_a_message_is_changed_in_place(api, office, post):
    """An edit that changes nothing is as good as one that does; one that can't be changed is let go of."""
    await post(AIDA, "one")
    (part,) = await office.outbox.ready(NOW, 9)
    await deliver(office)
    (message,) = api.sent_to(AIDA)
    change = Revision(part, message.id, "<b>one</b> and more")
    assert [await office.messenger.edit(change) for _ in range(2)] == [Sent(message.id)] * 2
    assert (message.text, message.edits) == ("one and more", 1)
    api.fault("uneditable", method="editMessageText")
    assert isinstance(await office.messenger.edit(change), Rejected)


async def test_a_change_wished_for_meanwhile_is_still_made(api, office, post, database, clock):
    """What is to be changed is found once, with its message; a new wish meanwhile is still to be done."""
    await post(AIDA, "one")
    await deliver(office)
    alerts = AlertStore(database)
    part = 1
    await alerts.revise([(Sounded(part, 1, 7, NOW), "two")])
    (revision,) = await office.outbox.revisions(9)
    assert (revision.html, revision.chat, revision.message) == ("two", Chat(AIDA), api.messages[0].id)
    await alerts.revise([(Sounded(part, 1, 7, NOW), "three")])
    await office.outbox.revised(revision, NOW)
    assert [one.html for one in await office.outbox.revisions(9)] == ["three"]
    while not await revise(office):  # a chat gets one message a second, and so do its changes
        await asyncio.sleep(0.1)
    assert await office.outbox.revisions(9) == []
    assert texts(api, AIDA) == ["three"]
