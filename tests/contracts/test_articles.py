"""Articles, stories and summaries in the store."""

import random
import string
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select

from bot.domain.address import canonical_url
from bot.domain.content import content_hash
from bot.domain.digest import Digest, Item
from bot.domain.schedule import Edition
from bot.domain.source import FetchState, Found, Health, Source
from bot.domain.story import Change, Development
from bot.domain.subscriber import Chat, Preferences
from bot.newsroom.ports import Filing
from bot.store import tables
from bot.store.articles import ArticleStore
from bot.store.checking import check
from bot.store.deliveries import OutboxStore
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from bot.store.tables import revisions
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

SOURCE = Source("Құс жолы", "https://example.org/rss")


def article(number, **changes):
    fields = {
        "id": "",
        "title": f"Title {number}",
        "text": f"Body {number}",
        "lang": "en",
        "source": SOURCE.name,
    }
    return Article(**(fields | {"url": f"https://example.org/{number}"} | changes))


@pytest.fixture
async def articles(database):
    """An article store whose source is known."""
    await SourceStore(database).follow([SOURCE])
    return ArticleStore(database)


@pytest.fixture
def stories(database):
    """A story store."""
    return StoryStore(database)


def filing(number, story=None, **changes):
    vector = np.array([0.6, 0.8], dtype=np.float32)
    return Filing(number, story, Classification((Topic.ECONOMY,)), vector, "tiny", **changes)


def found(one, listed=""):
    """An article as a pass found it."""
    return Found(one, content_hash(one.title, one.text), listed)


async def test_an_article_is_stored_once_by_address_and_once_by_content(articles, now):
    """Same URL or same words under another URL: nothing new."""
    assert await articles.add(SOURCE, [article(1), article(2)], now) == 2
    moved = article(3, title="TITLE 1", text="Body  1!")
    assert await articles.add(SOURCE, [article(1, text="edited"), moved], now) == 0
    assert await articles.known(SOURCE, [article(1).url, article(9).url]) == {article(1).url: ""}


async def test_a_changed_article_keeps_a_mark_of_each_text_it_had(articles, database, now):
    """The row says what the source says now; a change of spacing alone is none; it is marked corrected."""
    await articles.add(SOURCE, [article(1), article(2)], now)
    hashes = [found(article(1, text=text)).content_hash for text in ("Body 1", "Body one")]
    for day, text in enumerate(("Body one", "Body  one!", "Body 2"), 1):
        await articles.revise([found(article(1, text=text, title="Title 1"))], now + timedelta(days=day))
    async with database.read() as connection:
        kept = (await connection.execute(select(revisions).order_by(revisions.c.replaced_at))).all()
        row = (await connection.execute(select(tables.articles).order_by(tables.articles.c.id))).first()
    assert [(one.replaced_at, one.content_hash) for one in kept] == [
        (now + timedelta(days=1), hashes[0]),
        (now + timedelta(days=3), hashes[1]),
    ]
    assert (row.text, row.corrected_at, row.revised_at) == (
        "Body 2",
        now + timedelta(days=3),
        now + timedelta(days=3),
    )


async def test_two_articles_may_come_to_say_the_same(articles, database, now):
    """What one is corrected to may stand elsewhere already: the correction is stored all the same."""
    await articles.add(SOURCE, [article(1), article(2)], now)
    await articles.revise([found(article(1, title="Title 2", text="Body 2"))], now)
    assert [one.text for one, _ in await articles.revised()] == ["Body 2"]


async def test_readers_are_sent_to_the_address_that_was_published(articles, now):
    """The canonical URL only identifies: it may be a guess (a phone's host left out)."""
    published = Found(article(1), "hash", link="https://m.example.org/1/")
    assert await articles.take_in([(SOURCE, [published])], now) == [1]
    assert set(await articles.known(SOURCE, [article(1).url])) == {article(1).url}
    assert [one.url for one in await articles.ungrouped(9)] == ["https://m.example.org/1/"]


async def test_several_sources_are_stored_together(articles, database, now):
    """Each is told how many of its articles were new; one that is gone fails the lot."""
    other = Source("Other", "https://example.org/o")
    await SourceStore(database).add(other)
    lots = [(SOURCE, [found(article(1)), found(article(2))]), (other, [found(article(2)), found(article(3))])]
    assert await articles.take_in(lots, now) == [2, 1]
    with pytest.raises(LookupError):
        await articles.take_in([*lots, (Source("Gone", "https://example.org/g"), [])], now)


async def test_a_date_in_the_future_counts_as_found_now(articles, now):
    """Such an article is as old as its discovery, so that it can't lead every digest until then."""
    await articles.add(SOURCE, [article(1, published=now + timedelta(days=400))], now)
    (stored,) = await articles.ungrouped(10)
    assert stored.published == now


async def test_a_changed_article_is_taken_over_and_waits_to_be_looked_at(articles, now):
    """Its entry's fingerprint is kept for the source that brought it, and for no other."""
    url = article(1).url
    await articles.add(SOURCE, [article(1)], now, {url: "a"})
    assert await articles.known(SOURCE, [url]) == {url: "a"}
    assert await articles.known(Source("Other", "https://example.org/o"), [url]) == {url: ""}
    assert await articles.revised() == []
    await articles.revise([found(article(1, text="Corrected body"), "b")], now)
    ((changed, at),) = await articles.revised()
    assert at == now
    assert (changed.text, await articles.known(SOURCE, [url])) == ("Corrected body", {url: "b"})
    await articles.reviewed([(int(changed.id), at)])
    assert await articles.revised() == []


async def test_a_change_that_came_meanwhile_still_waits(articles, now):
    """What was looked at is what the article said then; the other article is done with."""
    await articles.add(SOURCE, [article(1), article(2)], now)
    await articles.revise([found(article(1, text="Second")), found(article(2, text="Second two"))], now)
    seen = [(int(one.id), at) for one, at in await articles.revised()]
    later = now + timedelta(microseconds=1)
    await articles.revise([found(article(1, text="Third"))], later)
    await articles.reviewed(seen)
    assert [(one.text, at) for one, at in await articles.revised()] == [("Third", later)]


async def test_a_correction_stands_on_the_card(articles, stories, now):
    """The summary is the corrected one, and the change is known with its time."""
    await articles.add(SOURCE, [article(1)], now)
    (found,) = await articles.ungrouped(10)
    story = await stories.file(filing(int(found.id), lang="en"), now)
    await stories.condense(story, int(found.id), Summary("Three hurt.", "en", "extractive"))
    assert await stories.told_from(int(found.id)) == [(story, "en", "Three hurt.")]
    later = now + timedelta(hours=1)
    await stories.correct(story, int(found.id), Summary("Two hurt.", "en", "extractive"), later)
    (card,) = await stories.cards(now - timedelta(hours=1), later)
    assert card.summaries["en"].text == "Two hurt."
    assert card.developments == (Development(Change.CORRECTION, "en", "Two hurt.", later),)


async def test_filing_starts_a_story_or_joins_one(articles, stories, now):
    """Filed articles come back with story and vector, and wait for grouping no longer."""
    await articles.add(SOURCE, [article(1), article(2)], now)
    first, second = [int(found.id) for found in await articles.ungrouped(10)]
    story = await stories.file(filing(first), now)
    assert await stories.file(filing(second, story), now) == story
    assert await articles.ungrouped(10) == []
    grouped = await articles.grouped_since(now - timedelta(days=1), "tiny")
    assert [row.story for row in grouped] == [story, story]
    assert grouped[0].vector.tolist() == pytest.approx([0.6, 0.8])
    assert (await articles.grouped_since(now - timedelta(days=1), "other"))[0].vector is None


async def test_a_story_waits_for_a_summary_in_each_of_its_languages(articles, stories, now):
    """Only the languages a reader can choose, each once; a card carries what is condensed."""
    await articles.add(SOURCE, [article(1), article(2, lang="kk"), article(3, lang="ky")], now)
    ids = [int(found.id) for found in await articles.ungrouped(10)]
    story = await stories.file(filing(ids[0]), now)
    for other in ids[1:]:
        await stories.file(filing(other, story), now)
    waiting = await stories.unsummarized(("kk", "ru", "en"), 10)
    assert [[found.lang for found in told] for _, told in waiting] == [["en"], ["kk"]]
    await stories.condense(story, ids[0], Summary("Short.", "en", "extractive", headline="Title 1"))
    await stories.condense(story, ids[0], Summary("Shorter.", "en", "extractive", headline="Title 1"))
    assert [told[0].lang for _, told in await stories.unsummarized(("kk", "ru", "en"), 10)] == ["kk"]
    (card,) = await stories.cards(now - timedelta(hours=1), now)
    assert card.summaries["en"].text == "Shorter."
    assert card.topics == (Topic.ECONOMY,)
    assert len(card.tellings) == 3


async def test_following_a_catalogue_keeps_changes_made_by_hand(database):
    """A removed source stays removed, a changed address forgets its state, a dropped one is disabled."""
    store = SourceStore(database)
    other = Source("Other", "https://example.org/other")
    await store.follow([SOURCE, other])
    await store.remember([(SOURCE, FetchState(health=Health.FAILING, errors=3, message="x"))])
    assert await store.remove("Other")
    await store.follow([SOURCE, other])
    ((found, state),) = await store.all()
    assert (found, state.errors) == (SOURCE, 3)
    moved = Source(SOURCE.name, "https://example.org/new")
    await store.follow([moved])
    assert await store.all() == [(moved, FetchState())]
    await store.follow([])
    assert await store.all() == []
    await store.add(other)
    assert [source for source, _ in await store.all()] == [other]


async def test_two_stories_that_turn_out_to_be_one_are_merged(articles, stories, database, now):
    """All articles on one card, one summary a language, both stories told to who was told either."""
    await articles.add(SOURCE, [article(1), article(2), article(3, lang="ru")], now)
    ids = [int(found.id) for found in await articles.ungrouped(10)]
    first, second = [await stories.file(filing(number), now) for number in ids[:2]]
    await stories.condense(first, ids[0], Summary("First.", "en", "extractive"))
    await stories.condense(second, ids[1], Summary("Second.", "en", "extractive"))
    subscribers = SubscriberStore(database)
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    item = Item(second, Topic.ECONOMY, "en", "H", "S", "https://example.org", (), now)
    digest = Digest(now, now, ("en",), frozenset(Topic), (item,))
    await OutboxStore(database).post(Edition(reader.id, now.date(), "09:00"), digest, ["x"], now)
    await stories.file(filing(ids[2], first, merges=(second,)), now)
    (card,) = await stories.cards(now - timedelta(hours=1), now)
    assert (card.id, len(card.tellings), card.summaries["en"].text) == (first, 3, "First.")
    assert set(await subscribers.told(reader.id)) == {first}
    assert await check(database) == []


async def test_an_address_that_was_passed_over_is_known(articles, now):
    """A reprint or an empty page is read once, not at every listing."""
    reprint = "https://other.example/reprint"
    await articles.pass_over(SOURCE, [reprint], now)
    await articles.pass_over(SOURCE, [reprint], now)
    assert await articles.known(SOURCE, [reprint, "https://other.example/new"]) == {reprint: ""}


async def test_removing_a_source_and_following_it_again_keeps_its_articles(articles, database, now):
    """They hang on the source's row."""
    store = SourceStore(database)
    await articles.add(SOURCE, [article(1)], now)
    await store.remove(SOURCE.name)
    await store.add(SOURCE)
    assert await articles.known(SOURCE, [article(1).url]) == {article(1).url: ""}
    assert [(source, state) for source, state in await store.all()] == [(SOURCE, FetchState())]


async def test_two_processes_file_an_article_into_one_story(articles, stories, now):
    """The second finds it filed: no empty story is left behind."""
    await articles.add(SOURCE, [article(1)], now)
    (found,) = await articles.ungrouped(1)
    first = await stories.file(filing(int(found.id)), now)
    assert await stories.file(filing(int(found.id)), now) == first
    await articles.remember_vectors("tiny", {int(found.id): np.array([1, 0], dtype=np.float32)})


async def test_the_longest_address_is_kept(articles, now):
    """An index of PostgreSQL takes 2,700 bytes, and addresses are unique."""
    letters = random.Random(7).choices(string.ascii_letters + string.digits, k=2100)
    longest = next(
        url for cut in range(2100, 0, -1) if (url := canonical_url("https://x.kz/" + "".join(letters[:cut])))
    )
    assert len(longest) == 2048
    assert await articles.add(SOURCE, [article(1, url=longest)], now) == 1
    await articles.pass_over(SOURCE, [longest], now)
    assert set(await articles.known(SOURCE, [longest])) == {longest}
