"""Groups, channels, forum topics: who may change what, and where answers go."""

import pytest

from bot.domain.subscriber import Chat, State
from summarizer.topic import Topic

GROUP, FORUM, CHANNEL = -500, -1000000000700, -1000000000800
ADMIN, MEMBER = 71, 72


@pytest.fixture(autouse=True)
def people(api):
    """One administrator everywhere."""
    for place in (GROUP, FORUM, CHANNEL):
        api.members[place, ADMIN] = "administrator"


@pytest.fixture
async def group(chat):
    """A subscribed group, in English."""
    chat.user_sends(GROUP, "/start", sender=ADMIN, lang="en")
    return await chat.wait_for_message(GROUP, "Hello")


async def test_administrators_subscribe_a_group_and_change_its_settings(chat, group, subscribers):
    """A group has settings of its own."""
    chat.user_sends(GROUP, "/topics sport", sender=ADMIN)
    await chat.wait_for_message(GROUP, "Topics: Sport")
    assert (await subscribers.find(Chat(GROUP))).preferences.topics == {Topic.SPORT}
    assert await subscribers.find(Chat(ADMIN)) is None


async def test_a_member_changes_nothing_by_word_or_button(chat, group, subscribers):
    """Everybody else gets a polite no, and the standing is asked for afresh each time."""
    before = await subscribers.find(Chat(GROUP))
    chat.user_sends(GROUP, "/topics sport", sender=MEMBER)
    await chat.wait_for_message(GROUP, "Only administrators")
    assert "administrators" in await chat.answer_to(chat.taps(group, "l:ru:1", sender=MEMBER, lang="en"))
    assert await subscribers.find(Chat(GROUP)) == before
    chat.members[GROUP, MEMBER] = "creator"
    chat.user_sends(GROUP, "/topics sport", sender=MEMBER)
    await chat.wait_for_message(GROUP, "Topics: Sport")


async def test_a_member_cannot_subscribe_a_group(chat, subscribers):
    """/start in a group is the administrators' too."""
    chat.user_sends(GROUP, "/start", sender=MEMBER, lang="en")
    await chat.wait_for_message(GROUP, "Only administrators")
    assert await subscribers.find(Chat(GROUP)) is None


async def test_an_anonymous_administrator_may_change_settings(chat, group, subscribers):
    """Who posts as the group is one of its administrators."""
    as_group = {"id": GROUP, "type": "group", "title": "Group"}
    chat.user_sends(GROUP, "/topics sport", sender=1087968824, sender_chat=as_group)
    await chat.wait_for_message(GROUP, "Topics: Sport")


async def test_everybody_may_read(chat, group, newsroom):
    """/digest and /help are for all members."""
    chat.user_sends(GROUP, "/digest", sender=MEMBER)
    await chat.until(lambda: [place for place, _ in newsroom.demands] == [GROUP])
    chat.user_sends(GROUP, "/help@habarshy_bot", sender=MEMBER)
    await chat.wait_for_message(GROUP, "/digest")


async def test_what_is_not_addressed_gets_no_answer(chat, group):
    """Talk, other bots' commands and unknown commands in a group are none of our business."""
    for text in ("/digest@other_bot", "/weather", "what about /digest", "hello habarshy", None):
        chat.user_sends(GROUP, text, sender=MEMBER)
    await chat.settled()
    assert len(chat.sent_to(GROUP)) == 1


async def test_forum_topics_are_subscribers_of_their_own(chat, subscribers):
    """Two topics of one forum have their own settings, and answers stay in their topic."""
    for thread, lang in ((7, "kk"), (8, "ru")):
        chat.user_sends(FORUM, "/start", sender=ADMIN, lang=lang, thread=thread)
        answer = await chat.wait_for_message(FORUM)
        assert answer.fields["message_thread_id"] == str(thread)
    chat.user_sends(FORUM, "/topics sport", sender=ADMIN, thread=8)
    changed = await chat.wait_for_message(FORUM, "Спорт")
    await chat.answer_to(chat.taps(changed, "l:en:1", sender=ADMIN))
    assert (await subscribers.find(Chat(FORUM, 7))).preferences.languages == ("kk",)
    assert (await subscribers.find(Chat(FORUM, 8))).preferences.languages == ("ru", "en")


async def test_a_channel_is_subscribed_by_a_post(chat, subscribers):
    """Posting in a channel is an administrator's right already."""
    chat.posts(CHANNEL, "/start")
    await chat.wait_for_message(CHANNEL, "Сәлем")
    chat.posts(CHANNEL, "/topics economy")
    await chat.wait_for_message(CHANNEL, "Экономика")
    chat.posts(CHANNEL, "An ordinary post")
    await chat.settled()
    assert len(chat.sent_to(CHANNEL)) == 2
    assert (await subscribers.find(Chat(CHANNEL))).preferences.topics == {Topic.ECONOMY}


async def test_kicked_and_added_again_keeps_settings(chat, group, subscribers):
    """A group that throws the bot out and takes it back goes on as before, without a new greeting."""
    chat.user_sends(GROUP, "/topics sport", sender=ADMIN)
    await chat.wait_for_message(GROUP, "Topics: Sport")
    chat.membership(GROUP, "member", "kicked")
    await chat.settled()
    assert (await subscribers.find(Chat(GROUP))).state is State.GONE
    said = len(chat.sent_to(GROUP))
    chat.membership(GROUP, "left", "member")
    await chat.settled()
    back = await subscribers.find(Chat(GROUP))
    assert (back.state, back.preferences.topics) == (State.ACTIVE, {Topic.SPORT})
    assert len(chat.sent_to(GROUP)) == said


async def test_a_new_group_is_told_how_to_begin(chat, subscribers):
    """Added to a group, the bot says one sentence and subscribes nobody by itself."""
    chat.membership(GROUP, "left", "member")
    await chat.wait_for_message(GROUP, "/start")
    assert await subscribers.all() == []


async def test_who_adds_the_bot_to_a_channel_is_told_how_to_begin(chat, subscribers):
    """In private, where the bot may write to them; nothing is posted in the channel."""
    chat.membership(CHANNEL, "left", "administrator", kind="channel")
    await chat.wait_for_message(abs(CHANNEL), "/start")
    chat.fault("blocked", chat=abs(CHANNEL))
    chat.membership(CHANNEL, "left", "administrator", kind="channel")
    await chat.settled()
    assert chat.sent_to(CHANNEL) == []
    assert len(chat.sent_to(abs(CHANNEL))) == 1
    assert await subscribers.all() == []


async def test_a_group_that_becomes_a_supergroup_is_followed(chat, group, subscribers):
    """The service message moves the settings to the new id."""
    chat.user_sends(GROUP, None, sender=ADMIN, migrate_to_chat_id=FORUM)
    await chat.settled()
    assert await subscribers.find(Chat(GROUP)) is None
    chat.members[FORUM, ADMIN] = "administrator"
    chat.user_sends(FORUM, "/settings", sender=ADMIN)
    await chat.wait_for_message(FORUM, "Settings")


async def test_an_update_told_twice_is_heard_once(chat, group, newsroom):
    """Telegram repeats an update it is not sure about; the answer is not repeated."""
    for _ in range(2):
        chat.pending.append({"update_id": 77_000_000, "message": _message(GROUP, "/digest")})
    await chat.until(lambda: newsroom.demands)
    await chat.settled()
    assert len(newsroom.demands) == 1


def _message(chat_id, text):
    entity = {"type": "bot_command", "offset": 0, "length": len(text)}
    return {
        "message_id": 5,
        "date": 0,
        "chat": {"id": chat_id, "type": "group", "title": "Group"},
        "from": {"id": MEMBER, "is_bot": False, "first_name": "Member"},
        "text": text,
        "entities": [entity],
    }
