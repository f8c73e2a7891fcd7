"""Atom and JSON Feed, as feed readers take them."""

from datetime import datetime, timedelta
from itertools import product

import feedparser

from bot.domain.pages import Form, feed
from bot.domain.subscriber import LANGUAGES
from summarizer.topic import Topic
from tests.newsstand import NOW, SITE

HOUR = timedelta(hours=1)
#: JSON Feed 1.1: what must be, and what may be, by type.
NEEDED = {"version": str, "title": str, "items": list}
OF_FEED = NEEDED | {"home_page_url": str, "feed_url": str, "description": str, "language": str}
OF_ITEM = dict.fromkeys(("id", "url", "external_url", "title", "content_text", "language"), str)
OF_ITEM |= {"date_published": str, "date_modified": str, "authors": list, "tags": list}


async def atom(web, path="/ru/feed.atom"):
    """The feed as feedparser reads it; it must be well-formed."""
    async with web.get(path) as answer:
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        found = feedparser.parse(await answer.read())
    assert not found.bozo, found.get("bozo_exception")
    return found


async def json_feed(web, path="/ru/feed.json"):
    """The feed, which must follow the rules of JSON Feed 1.1."""
    async with web.get(path) as answer:
        assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
        found = await answer.json(content_type=None)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert NEEDED.keys() <= found.keys()
    assert {name: type(value) for name, value in found.items()}.items() <= OF_FEED.items()
    for item in found["items"]:
        assert {"id", "content_text"} <= item.keys()
        assert {name: type(value) for name, value in item.items()}.items() <= OF_ITEM.items()
        assert all(set(author) <= {"name", "url", "avatar"} for author in item["authors"])
        assert datetime.fromisoformat(item["date_published"]).tzinfo
    assert len({item["id"] for item in found["items"]}) == len(found["items"])
    return found


async def test_a_feed_tells_the_latest_stories_newest_first(stand, web):
    """Headline, summary, outlets and times; the page here as its address, the source beside it."""
    old = await stand.tell("Старая", at=NOW - 5 * HOUR)
    new = await stand.tell("Новая & <важная>", at=NOW - HOUR, topic=Topic.SPORT)
    found = await atom(web)
    assert found.feed.title == "Хабаршы"
    assert found.feed.id == f"{SITE}/ru"
    assert [entry.id for entry in found.entries] == [f"{SITE}/ru/story/{id_}" for id_ in (new, old)]
    first = found.entries[0]
    assert first.title == "Новая & <важная>"
    assert first.summary == "Кратко: Новая & <важная>."
    assert {link.rel: link.href for link in first.links}["via"] == "https://outlet2.example/2"
    assert (first.author_detail.name, first.tags[0].label) == ("Меридиан", "Спорт")
    items = (await json_feed(web))["items"]
    assert [item["id"] for item in items] == [entry.id for entry in found.entries]
    assert items[0]["title"] == "Новая & <важная>"


async def test_every_topic_and_language_has_both_feeds(web):
    """Empty ones are valid, too."""
    for lang, topic in product(LANGUAGES, (None, *Topic)):
        assert (await atom(web, feed(Form.ATOM, lang, topic))).entries == []
        assert (await json_feed(web, feed(Form.JSON, lang, topic)))["language"] == lang


async def test_a_topics_feed_has_that_topic_only(stand, web):
    """And says so in its title."""
    await stand.tell("Матч", topic=Topic.SPORT)
    await stand.tell("Ставка", topic=Topic.ECONOMY)
    found = await atom(web, "/ru/sport/feed.atom")
    assert (found.feed.title, [entry.title for entry in found.entries]) == ("Хабаршы: Спорт", ["Матч"])


async def test_a_story_that_changes_keeps_its_id(stand, web):
    """Later tellings move `updated` and nothing else, so that no reader shows it twice as new."""
    story = await stand.tell("Взрыв", at=NOW - 3 * HOUR)
    (before,) = (await atom(web)).entries
    await stand.tell("Взрыв", story=story, outlet="Курьер", at=NOW - HOUR, development="Двое.", summary=None)
    (after,) = (await atom(web, "/ru/economy/feed.atom")).entries
    assert after.id == before.id
    assert after.published == before.published
    assert after.updated > before.updated


async def test_control_characters_do_not_break_a_feed(stand, web):
    """What XML can't write is left out."""
    await stand.tell(
        "Заго\x0bло\x00вок \ud83d".encode("utf-8", "replace").decode(), summary="До\x1fм \ufffe."
    )
    (entry,) = (await atom(web)).entries
    assert entry.summary == "Дом ."


async def test_asking_again_costs_nothing(stand, web):
    """304 to who has the current one."""
    await stand.tell("Новость")
    for path in ("/ru/feed.atom", "/ru/feed.json"):
        async with web.get(path) as first:
            tag = first.headers["ETag"]
        async with web.get(path, headers={"If-None-Match": tag}) as again:
            assert again.status == 304
