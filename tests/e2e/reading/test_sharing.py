"""Inline mode: a story is shared in any chat."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.subscriber import Chat, Preferences

AIDA = 1001


@pytest.fixture(autouse=True)
async def news(stories):
    """Four English stories."""


async def offered(chat, query):
    """What a query was answered with."""
    await chat.until(lambda: chat.offers[query] is not None)
    return chat.offers[query]


async def test_words_offer_the_stories_they_stand_in(chat):
    """Any form of the words; the message is the story with its link, and the answer is the person's own."""
    found = await offered(chat, chat.types(AIDA, "football schools", lang="en"))
    (result,) = found["results"]
    (shown,) = found["shown"]
    assert "A football school opens" in result["title"]
    assert "A football school opens" in shown.text
    assert shown.links[0] == "https://outlet.example/2"
    assert (found["cache_time"], found["is_personal"]) == ("60", "true")


async def test_no_words_offer_the_latest(chat):
    """An empty query, or one of marks only, offers everything there is."""
    for words in ("", "  ", '"!"'):
        assert len((await offered(chat, chat.types(AIDA, words)))["results"]) == 4


async def test_strangers_are_served_and_stay_strangers(chat, subscribers):
    """Sharing needs no subscription and makes none."""
    await offered(chat, chat.types(AIDA, "bank"))
    assert await subscribers.all() == []


async def test_a_readers_languages_count(chat, subscribers, newsroom):
    """The header of what is sent is in the reader's interface language."""
    await subscribers.join(Chat(AIDA), Preferences(languages=("ru",)), newsroom.now - timedelta(days=1))
    (shown,) = (await offered(chat, chat.types(AIDA, "bank", lang="en")))["shown"]
    assert "Экономика" in shown.text


@pytest.mark.parametrize(
    "words",
    ["x" * 256, "<b>&\x00\u202e" * 20, "(" * 256, '"' * 256, "a " * 128, "!a " * 80, "🙂" * 128],
)
async def test_hostile_queries_are_answered_in_good_time(chat, words):
    """Whatever is typed, the answer comes, and others get theirs."""
    hostile = [chat.types(666, words) for _ in range(20)]
    mine = chat.types(AIDA, "football school")
    assert len((await offered(chat, mine))["results"]) == 1
    await asyncio.wait_for(offered(chat, hostile[-1]), 5)
