"""Looking around, keeping, voting, filtering, owning one's data."""

import json

import pytest

from bot.domain.subscriber import Breaking, Chat, State
from bot.store.shelf import ShelfStore
from summarizer.topic import Topic

AIDA = 1001


@pytest.fixture
async def newcomer(chat):
    """An English reader, greeted."""
    chat.user_sends(AIDA, "/start", lang="en")
    await chat.wait_for_message(AIDA, "Hello")
    await chat.wait_for_message(AIDA, "A sample")


async def _me(subscribers):
    return await subscribers.find(Chat(AIDA))


async def test_a_newcomer_sees_a_real_sample_that_counts_as_told(chat, subscribers, newcomer, digest):
    """/start shows three real stories; the digest asked for next tells the one that is left."""
    sample = chat.sent_to(AIDA)[1]
    assert len(set(sample.links)) == 3
    await chat.settled()
    assert len(await subscribers.told((await _me(subscribers)).id)) == 3
    (left,) = set((await digest()).links)
    assert left not in sample.links


async def test_the_first_minute_is_three_screens(chat, newcomer):
    """Languages below the welcome, then topics, then the hour, then done: all in one message."""
    welcome = chat.sent_to(AIDA)[0]
    seen = [welcome.data[0].split(":")[0]]
    for following in ("o:topics", "o:time", "o:settings"):
        assert following in welcome.data
        await chat.answer_to(chat.taps(welcome, following))
        seen.append(welcome.data[0].split(":")[0])
    assert seen == ["l", "t", "h", "o"]


async def test_the_latest_can_be_read_any_time(chat, reader, digest):
    """/latest repeats what was told; it is a look back, not a digest."""
    await digest()
    chat.user_sends(AIDA, "/latest")
    latest = await chat.wait_for_message(AIDA, "Latest news")
    assert len(set(latest.links)) == 4


async def test_stories_are_found_by_words_in_any_form(chat, reader):
    """/search takes words and exceptions, names what it looked for, and says when there is nothing."""
    chat.user_sends(AIDA, "/search schools football")
    found = await chat.wait_for_message(AIDA, "🔎 schools football")
    assert "A football school opens" in found.text
    assert "Kairat" not in found.text
    chat.user_sends(AIDA, "/search football !cup")
    assert "Kairat" not in (await chat.wait_for_message(AIDA, "🔎")).text
    chat.user_sends(AIDA, "/search <b>unicorns</b>")
    await chat.wait_for_message(AIDA, "Nothing was found for “b unicorns b”")
    chat.user_sends(AIDA, "/search")
    await chat.wait_for_message(AIDA, "two words")


async def test_a_story_is_saved_from_the_buttons_below_a_digest(chat, reader, digest):
    """Save, choose the story, find it under /saved; the buttons close again."""
    message = await digest()
    assert any(button.get("url", "").startswith("https://news.example/") for button in message.buttons)
    before = message.data
    chat.user_sends(AIDA, "/saved")
    await chat.wait_for_message(AIDA, "Nothing saved")
    await chat.answer_to(chat.taps(message, before[0]))
    choice = next(b for b in message.buttons if b["text"].startswith("Kairat"))
    assert "Saved" in await chat.answer_to(chat.taps(message, choice["callback_data"]))
    assert message.data == before
    chat.user_sends(AIDA, "/saved")
    assert "Kairat wins" in (await chat.wait_for_message(AIDA, "Saved stories")).text


async def test_votes_are_kept_and_only_for_what_was_told(
    chat, subscribers, database, reader, digest, stories
):
    """A vote counts for a story of one's own edition; a forged one is stale."""
    message = await digest()
    me = await _me(subscribers)
    edition = message.data[0].rsplit(":", 1)[1]
    sport = stories["Kairat wins the football cup"]
    await chat.answer_to(chat.taps(message, f"s:dislike:{edition}:{sport}"))
    assert "out of date" in await chat.answer_to(chat.taps(message, f"s:like:{edition}:9999"))
    assert "out of date" in await chat.answer_to(chat.taps(message, f"s:like:9999:{sport}"))
    (vote,) = await ShelfStore(database).votes(me.id)
    assert (vote.value, vote.topics, vote.publishers) == (-1, (Topic.SPORT,), ("Outlet",))


async def test_more_of_a_topic_and_none_of_it(chat, subscribers, reader, digest):
    """One button tells more of a topic, another takes it out of the settings."""
    message = await digest()
    edition = message.data[0].rsplit(":", 1)[1]
    await chat.answer_to(chat.taps(message, f"a:more:{edition}"))
    await chat.answer_to(chat.taps(message, f"g:more:{edition}:sport"))
    assert "Kairat" in (await chat.wait_for_message(AIDA, "Sport: latest")).text
    assert "Sport" in await chat.answer_to(chat.taps(message, f"g:mute:{edition}:sport"))
    assert Topic.SPORT not in (await _me(subscribers)).preferences.topics


async def test_muted_words_leave_stories_out_and_exceptions_bring_them_back(chat, reader, digest):
    """/mute football !school hides the cup and keeps the school."""
    chat.user_sends(AIDA, "/mute football !schools")
    await chat.wait_for_message(AIDA, "Muted words: football, !schools")
    text = (await digest()).text
    assert "Kairat" not in text
    assert "A football school opens" in text


async def test_followed_words_come_whatever_the_topic(chat, reader, digest):
    """/follow brings a story of an unwanted topic, and puts it first."""
    chat.user_sends(AIDA, "/topics economy")
    await chat.wait_for_message(AIDA, "Economy")
    chat.user_sends(AIDA, '/follow "football cup"')
    await chat.wait_for_message(AIDA, "Followed words: football cup")
    text = (await digest()).text
    assert text.index("Kairat") < text.index("The bank")
    assert "heating" not in text


async def test_a_term_is_taken_off_by_its_button(chat, subscribers, reader):
    """The list is its own remedy."""
    chat.user_sends(AIDA, "/mute football 'hockey'")
    await chat.wait_for_message(AIDA, "Muted words")
    chat.user_sends(AIDA, "/mute")
    screen = await chat.wait_for_message(AIDA, "not shown")
    await chat.answer_to(chat.taps(screen, screen.data[0]))
    assert (await _me(subscribers)).preferences.muted == ("hockey",)


async def test_breaking_news_can_be_switched_by_word_and_button(chat, subscribers, reader):
    """/breaking off, and back by a tap."""
    chat.user_sends(AIDA, "/breaking off")
    settings = await chat.wait_for_message(AIDA, "Breaking news: off")
    assert (await _me(subscribers)).preferences.breaking is Breaking.OFF
    await chat.answer_to(chat.taps(settings, "o:breaking"))
    await chat.answer_to(chat.taps(settings, "b:all"))
    assert (await _me(subscribers)).preferences.breaking is Breaking.ALL


async def test_export_is_a_file_with_everything(chat, subscribers, reader, digest):
    """/export gives JSON with the settings and the stories told."""
    message = await digest()
    edition = message.data[0].rsplit(":", 1)[1]
    for data in (f"s:save:{edition}:1", f"s:dislike:{edition}:2"):
        await chat.answer_to(chat.taps(message, data))
    chat.user_sends(AIDA, "/export")
    file = await chat.wait_for_message(AIDA, "All that is stored")
    data = json.loads(file.fields["content"])
    assert (data["chat"], data["languages"], len(data["told_stories"])) == (AIDA, ["en"], 4)
    assert [one["story_id"] for one in data["saved_stories"]] == [1]
    assert [(one["story_id"], one["value"]) for one in data["votes"]] == [(2, -1)]
    assert [one["slot"][:4] for one in data["editions"]] == ["now-"]
    assert "Kairat" in data["messages"][0]["html"]


async def test_delete_asks_first_and_then_forgets_everything(chat, subscribers, reader, digest):
    """Nothing goes before the question is answered; afterwards the reader is a stranger."""
    await digest()
    chat.user_sends(AIDA, "/delete")
    question = await chat.wait_for_message(AIDA, "for good")
    await chat.answer_to(chat.taps(question, "x:0"))
    assert await _me(subscribers)
    await chat.answer_to(chat.taps(question, "x:1"))
    assert question.text.startswith("Everything is deleted")
    assert await subscribers.all() == []
    chat.user_sends(AIDA, "/settings", lang="en")
    await chat.wait_for_message(AIDA, "Subscribe first")


async def test_about_says_what_is_stored(chat):
    """Before subscribing, too."""
    chat.user_sends(AIDA, "/about", lang="ru")
    await chat.wait_for_message(AIDA, "Что не хранится")


async def test_a_blocked_reader_comes_back_with_everything_kept(chat, subscribers, reader):
    """Blocking pauses; unblocking or /start resumes with the settings kept."""
    chat.user_sends(AIDA, "/topics sport")
    await chat.wait_for_message(AIDA, "Sport")
    for way_back in (
        lambda: chat.membership(AIDA, "kicked", "member"),
        lambda: chat.user_sends(AIDA, "/start"),
    ):
        chat.membership(AIDA, "member", "kicked")
        await chat.settled()
        assert (await _me(subscribers)).state is State.GONE
        way_back()
        await chat.settled()
        me = await _me(subscribers)
        assert (me.state, me.preferences.topics) == (State.ACTIVE, {Topic.SPORT})
        assert me.next_at
