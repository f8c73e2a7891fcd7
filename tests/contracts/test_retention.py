"""What is past its term goes; what somebody keeps, waits for or still needs stays."""

from datetime import UTC, date, timedelta

import pytest
from sqlalchemy import func, insert, select

from bot.domain.subscriber import Chat, Preferences
from bot.newsroom.retain import PASSED_OVER, VECTORS, Terms, retain
from bot.store.retention import RetentionStore
from bot.store.shelf import ShelfStore
from bot.store.subscribers import SubscriberStore
from bot.store.tables import articles, editions, parts, passed_over, sources, stories, told, vectors

TERMS = Terms()
DAY = timedelta(days=1)


@pytest.fixture
def archive(database):
    """The archive, three rows a batch."""
    return RetentionStore(database, batch=3)


@pytest.fixture
async def put(database, now):
    """Puts rows into tables; a source is there."""
    async with database.write() as connection:
        values = {
            "id": 1,
            "name": "Үлгі",
            "url": "https://example.org/rss",
            "kind": "feed",
            "every": 900,
            "topics": [],
            "drop": [],
            "origin": "catalogue",
            "health": "ok",
            "etag": "",
            "last_modified": "",
            "errors": 0,
            "message": "",
        }
        await connection.execute(insert(sources).values(values))

    async def add(table, *rows):
        async with database.write() as connection:
            for row in rows:
                await connection.execute(insert(table).values(row))

    return add


@pytest.fixture
def count(database):
    """Rows of a table."""

    async def number(table, *where):
        async with database.read() as connection:
            return (await connection.execute(select(func.count()).select_from(table).where(*where))).scalar()

    return number


def story(number, at):
    """A row of stories."""
    return {"id": number, "topics": ["sport"], "created_at": at, "updated_at": at}


def article(number, at, story=None, **more):
    """A row of articles."""
    return {
        "id": number,
        "source_id": 1,
        "story_id": story,
        "url": f"https://example.org/{number}",
        "content_hash": str(number),
        "title": "Тақырып",
        "text": "Мәтін.",
        "lang": "kk",
        "categories": [],
        "found_at": at,
        "appeared_at": at,
        **more,
    }


async def test_articles_and_their_stories_go_after_their_term(archive, put, count, now):
    """In batches, until none is left; what is younger stays."""
    old, young = now - TERMS.articles - DAY, now - DAY
    await put(stories, *(story(number, old) for number in range(1, 8)), story(8, young))
    await put(articles, *(article(number, old, number) for number in range(1, 8)), article(8, young, 8))
    gone = await retain(archive, TERMS, now)
    assert (gone["articles"], gone["stories"]) == (7, 7)
    assert (await count(articles), await count(stories)) == (1, 1)
    assert await retain(archive, TERMS, now) == {}


async def test_a_saved_story_stays_with_its_articles(database, archive, put, count, now):
    """A reader kept it."""
    old = now - TERMS.articles - DAY
    await put(stories, story(1, old))
    await put(articles, article(1, old, 1))
    reader, _ = await SubscriberStore(database).join(Chat(1), Preferences(), now)
    await ShelfStore(database).save(reader.id, 1, now)
    await retain(archive, TERMS, now)
    assert (await count(articles), await count(stories)) == (1, 1)


async def test_an_old_text_found_today_is_not_forgotten_at_once(archive, put, count, now):
    """Its source lists it: it would come again with every pass."""
    await put(stories, story(1, now))
    await put(articles, article(1, now, 1, appeared_at=now - 3 * TERMS.articles))
    await retain(archive, TERMS, now)
    assert await count(articles, articles.c.text != "") == 1


async def test_bodies_go_before_their_articles(archive, put, count, now):
    """Title, address and hash stay; a body that nobody has read yet stays too."""
    at = now - TERMS.texts - DAY
    await put(stories, story(1, at))
    await put(articles, *(article(number, at, 1) for number in range(1, 6)), article(6, at))
    assert (await retain(archive, TERMS, now))["texts"] == 5
    assert await count(articles) == 6
    assert await count(articles, articles.c.text != "") == 1


async def test_vectors_serve_grouping_and_go_soon(archive, put, count, now):
    """Those of every article older than the recent ones."""
    for number, at in enumerate((now - VECTORS - 2 * DAY, now - VECTORS - DAY, now - DAY), start=1):
        await put(stories, story(number, at))
        await put(articles, article(number, at, number))
        await put(vectors, {"article_id": number, "model": "m", "data": b"\0\0\0\0"})
    assert (await retain(archive, TERMS, now))["vectors"] == 2
    assert await count(vectors) == 1


async def test_vectors_of_a_site_that_fell_silent_go_too(archive, put, count, now):
    """No recent article bounds them."""
    at = now - VECTORS - DAY
    await put(articles, article(1, at))
    await put(vectors, {"article_id": 1, "model": "m", "data": b"\0\0\0\0"})
    assert (await retain(archive, TERMS, now))["vectors"] == 1


@pytest.fixture
async def posted(database, put, now):
    """Puts an edition of one part each into the outbox, all posted then; the n-th in this state."""
    reader, _ = await SubscriberStore(database).join(Chat(1), Preferences(), now)

    async def post(at, *states, first=1):
        for number, state in enumerate(states, start=first):
            day = date(2025, 1, 1) + number * DAY
            edition = {"id": number, "subscriber_id": reader.id, "day": day, "slot": "09:00"}
            await put(editions, edition | {"created_at": at})
            row = {"edition_id": number, "subscriber_id": reader.id, "ordinal": 0, "last": True, "html": "x"}
            name, _, head = state.partition(" ")
            settled = None if name in {"pending", "withdrawn"} else at
            name = "failed" if name == "withdrawn" else name
            await put(parts, row | {"state": name, "settled_at": settled, "head": bool(head)})
        return reader

    return post


async def test_messages_go_when_settled_and_editions_after_them(archive, put, posted, count, now):
    """A part that waits keeps its edition, whatever its age."""
    reader = await posted(now - TERMS.articles - DAY, "sent", "failed", "pending head")
    await put(stories, story(1, now))
    await put(told, {"subscriber_id": reader.id, "story_id": 1, "edition_id": 3})
    gone = await retain(archive, TERMS, now)
    assert (gone["messages"], gone["editions"]) == (2, 2)
    assert (await count(parts), await count(editions), await count(told)) == (1, 1, 1)


async def test_what_stays_in_doubt_goes_too(archive, posted, count, now):
    """Nobody will send it again; one that will be is kept."""
    await posted(now - TERMS.articles - DAY, *["unknown"] * 7, "unknown head", "sent")
    gone = await retain(archive, TERMS, now)
    assert (gone["messages"], gone["editions"]) == (8, 8)
    assert (await count(parts), await count(editions)) == (1, 1)


async def test_what_was_never_tried_goes_by_the_day_it_was_posted(archive, posted, count, now):
    """The rest of a digest whose reader is gone fails without an attempt of its own."""
    await posted(now - TERMS.messages - DAY, "withdrawn", "withdrawn")
    await posted(now - TERMS.messages + DAY, "withdrawn", first=3)
    assert await retain(archive, TERMS, now) == {"messages": 2}
    assert await count(editions) == 3


async def test_what_waits_keeps_nothing_behind_it(archive, posted, count, now):
    """However much of the oldest is kept, what is done goes; what is younger than its term stays."""
    await posted(now - TERMS.messages - DAY, *["pending"] * 8, "sent", "pending", *["sent"] * 3)
    await posted(now - DAY, "sent", first=20)
    assert await retain(archive, TERMS, now) == {"messages": 4}
    assert await count(parts) == 10


async def test_passed_over_addresses_go(archive, put, count, now):
    """More than one batch of them."""
    rows = [{"url": f"https://example.org/{n}", "found_at": now - PASSED_OVER - DAY} for n in range(7)]
    await put(passed_over, *rows, {"url": "https://example.org/new", "found_at": now})
    assert (await retain(archive, TERMS, now))["addresses"] == 7
    assert await count(passed_over) == 1


async def test_without_terms_nothing_of_value_goes(archive, put, count, now):
    """An operator may keep everything."""
    old = now.astimezone(UTC) - 10 * TERMS.articles
    await put(stories, story(1, old))
    await put(articles, article(1, old, 1))
    await retain(archive, Terms(None, None, None), now)
    assert await count(articles, articles.c.text != "") == 1
