"""Readers' own feeds, and updates that were answered, in the store."""

from datetime import timedelta

import pytest
from sqlalchemy.event import listen

from bot.chat.footer import Footer
from bot.domain.delivery import Message
from bot.domain.digest import Digest
from bot.domain.own_sources import MOST_OWN, Adoption
from bot.domain.schedule import Edition
from bot.domain.source import Source
from bot.domain.subscriber import Chat, Preferences
from bot.newsroom.ports import Filing
from bot.store.articles import ArticleStore
from bot.store.books import BookStore
from bot.store.deliveries import OutboxStore
from bot.store.own_sources import OwnSourceStore
from bot.store.shelf import ShelfStore
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from bot.store.updates import UpdateStore
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

AGENCY = Source("Agency", "https://agency.example/rss")
BLOG = Source("Blog", "https://blog.example/feed")
NAME = "Blog · blog.example"


@pytest.fixture
def own(database):
    """Readers' own feeds."""
    return OwnSourceStore(database)


@pytest.fixture
async def readers(database, now):
    """Two readers, and one source everybody hears."""
    await SourceStore(database).follow([AGENCY])
    store = SubscriberStore(database)
    return [(await store.join(Chat(number), Preferences(languages=("en",)), now))[0].id for number in (1, 2)]


@pytest.fixture
def bring(database, now):
    """A source brings an article, which is filed and summarized; gives its story."""

    async def bring(source, url, story=None, title="Rain", text="", topic=Topic.WORLD):
        articles, stories = ArticleStore(database), StoryStore(database)
        text = text or f"{title}, says {source} at {url}."
        await articles.add(Source(source, ""), [Article("", title, text, "en", now, url, source)], now)
        (new,) = await articles.ungrouped(10)
        story = await stories.file(Filing(int(new.id), story, Classification((topic,)), None, "none"), now)
        for waiting, read in await stories.unsummarized(["en"], 10):
            await stories.condense(
                waiting, int(read[0].id), Summary(read[0].text, "en", "test", read[0].title)
            )
        return story

    return bring


async def test_a_feed_is_shared_by_who_adds_it_and_forgotten_with_the_last(own, readers, database, now):
    """One address is one source, under a name that shows its host."""
    first, second = readers
    assert await own.adopt(first, BLOG, now) == (Adoption.ADDED, NAME)
    assert await own.adopt(first, BLOG, now) == (Adoption.YOURS, NAME)
    assert await own.adopt(second, BLOG, now) == (Adoption.ADDED, NAME)
    assert [source.name for source, _ in await own.own(second)] == [NAME]
    assert (await SubscriberStore(database).get(second)).own == {NAME}
    assert not (await own.disown(first, "Agency"))
    assert await own.disown(first, NAME)
    assert [source.name for source, _ in await SourceStore(database).all()] == ["Agency", NAME]
    await SubscriberStore(database).delete(second)
    assert [source.name for source, _ in await SourceStore(database).all()] == ["Agency"]


async def test_readers_come_with_their_own_feeds_and_no_others_are_read(own, readers, database, now):
    """A batch of some readers asks for the feeds of those; the store answers with no one else's."""
    store = SubscriberStore(database)
    third = (await store.join(Chat(3), Preferences(languages=("en",)), now))[0].id
    for reader in (*readers, third):
        await own.adopt(reader, BLOG, now)
    await own.adopt(third, Source("Diary", "https://diary.example/feed"), now)
    read = []
    sync = database.engine.sync_engine
    listen(sync, "before_cursor_execute", lambda *told: read.append((told[2], told[3])))
    found = await store.several(readers)
    assert {number: one.own for number, one in found.items()} == {key: {NAME} for key in readers}
    ((_, asked),) = [one for one in read if "own_sources" in one[0]]
    assert set(readers) <= set(asked)
    assert third not in asked


async def test_what_everybody_hears_is_nobodys_own(own, readers, now):
    """The address of a source in the list is answered with its name."""
    assert await own.adopt(readers[0], Source("x", AGENCY.url), now) == (Adoption.PUBLIC, "Agency")
    assert await own.public() == ["Agency"]


async def test_no_more_than_the_quota(own, readers, now):
    """The sixth is refused, whatever it is."""
    became = [
        (await own.adopt(readers[0], Source("Same", f"https://{number}.example/"), now))[0]
        for number in range(MOST_OWN + 1)
    ]
    assert became == [Adoption.ADDED] * MOST_OWN + [Adoption.FULL]


async def test_what_the_operator_switched_off_stays_off(own, readers, database, now):
    """For who had it and for who asks for it again; its articles stay private."""
    await own.adopt(readers[0], BLOG, now)
    assert await SourceStore(database).remove(NAME)
    assert await own.own(readers[0]) == []
    assert [source.name for source in await own.refused(readers[0])] == [NAME]
    assert not (await SubscriberStore(database).get(readers[0])).own
    assert await own.adopt(readers[1], BLOG, now) == (Adoption.REFUSED, NAME)
    await own.disown(readers[0], NAME)
    assert await own.adopt(readers[1], BLOG, now) == (Adoption.REFUSED, NAME)
    assert await SourceStore(database).private() == {NAME}


async def test_only_who_may_sees_what_a_reader_s_feed_tells(own, readers, bring, database, now):
    """Cards are public unless all is asked for; a public article takes the summary over."""
    await own.adopt(readers[0], BLOG, now)
    story = await bring(NAME, "https://blog.example/1")
    stories, day = StoryStore(database), (now - timedelta(hours=1), now)
    assert await stories.cards(*day) == []
    (card,) = await stories.cards(*day, private=True)
    assert card.publishers[0].private
    await bring("Agency", "https://agency.example/1", story)
    (card,) = await stories.cards(*day)
    assert [one.publisher.name for one in card.tellings] == ["Agency"]
    assert "Agency" in card.summaries["en"].text
    (card,) = await stories.cards(*day, private=True)
    assert "Agency" in card.summaries["en"].text


async def test_administrators_read_nothing_that_a_reader_s_feed_tells(own, readers, bring, database, now):
    """The dashboard shows neither its stories nor its part in those of others."""
    await own.adopt(readers[0], BLOG, now)
    shared = await bring("Agency", "https://agency.example/1")
    await bring(NAME, "https://blog.example/1", shared, "Rain at home")
    hidden = await bring(NAME, "https://blog.example/2", title="Secret")
    books = BookStore(database)
    assert [line.id for line in await books.stories(0, 10)] == [shared]
    assert [member.outlet for member in (await books.story(shared)).members] == ["Agency"]
    assert await books.story(hidden) is None
    assert [one.story for one in await books.written(10, doubted=False)] == [shared]


async def test_a_reader_s_feed_cannot_take_an_article_from_everybody(own, readers, bring, database, now):
    """An address it listed first, with whatever text, is another source's as soon as that lists it."""
    await own.adopt(readers[0], BLOG, now)
    articles, blog = ArticleStore(database), Source(NAME, BLOG.url)
    real, empty = "https://agency.example/1", "https://agency.example/2"
    await bring(NAME, real, title="Nonsense")
    await articles.pass_over(blog, [empty], now)
    assert await articles.known(AGENCY, [real, empty]) == {}
    assert set(await articles.known(blog, [real, empty])) == {real, empty}
    await bring("Agency", real, title="Rain")
    (card,) = await StoryStore(database).cards(now - timedelta(hours=1), now, private=True)
    assert [one.title for one in card.tellings] == ["Rain"]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://blog.example/1", "Rain"),
        ("https://blog.example/1", "Rain, corrected"),
        ("https://agency.example/1", "Rain"),
    ],
    ids=["same", "corrected", "elsewhere"],
)
async def test_what_a_reader_saved_stays_when_everybody_hears_it(
    own, readers, bring, database, now, address, title
):
    """The story from one's own feed goes over into the public one's: saved, liked, summarized, classified."""
    await own.adopt(readers[0], BLOG, now)
    shelf, stories = ShelfStore(database), StoryStore(database)
    private = await bring(NAME, "https://blog.example/1", text="Rain.")
    await shelf.save(readers[0], private, now)
    await shelf.vote(readers[0], private, 1, now)
    public = await bring("Agency", address, title=title, text=f"{title}.", topic=Topic.SPORT)
    (card,) = await stories.cards(now - timedelta(hours=1), now)
    assert (card.id, card.topics) == (public, (Topic.SPORT,))
    assert [(one.publisher.name, one.publisher.private) for one in card.tellings] == [("Agency", False)]
    assert card.summaries["en"].text == f"{title}."
    assert await shelf.saved(readers[0], 9) == [public]
    assert [vote.topics for vote in await shelf.votes(readers[0])] == [(Topic.SPORT,)]


async def test_what_two_feeds_brought_apart_becomes_one_public_article(own, readers, bring, database, now):
    """One has its address and the other its words; both readers keep what they saved, and it counts once."""
    shelf, other = ShelfStore(database), Source("Diary", "https://diary.example/feed")
    diary = (await own.adopt(readers[1], other, now))[1]
    await own.adopt(readers[0], BLOG, now)
    first = await bring(NAME, "https://agency.example/1", text="Nonsense.")
    second = await bring(diary, "https://diary.example/1", text="Rain.")
    await shelf.save(readers[0], first, now)
    await shelf.save(readers[1], second, now)
    article = Article("", "Rain", "Rain.", "en", now, "https://agency.example/1", "Agency")
    assert await ArticleStore(database).add(AGENCY, [article], now) == 1
    public = await bring("Agency", "https://agency.example/1", text="Rain.")
    assert [await shelf.saved(reader, 9) for reader in readers] == [[public], [public]]


async def test_a_story_that_others_tell_too_is_not_taken_along(own, readers, bring, database, now):
    """A feed that put an address beside another outlet's news moves nobody's story by it."""
    await own.adopt(readers[0], BLOG, now)
    shelf, stories = ShelfStore(database), StoryStore(database)
    shared = await bring(NAME, "https://agency.example/1", text="Nonsense.")
    await bring("Agency", "https://agency.example/2", shared, "Snow")
    await shelf.save(readers[1], shared, now)
    public = await bring("Agency", "https://agency.example/1")
    assert public != shared
    assert await shelf.saved(readers[1], 9) == [shared]
    cards = await stories.cards(now - timedelta(hours=1), now)
    assert {card.id: [one.title for one in card.tellings] for card in cards} == {
        shared: ["Snow"],
        public: ["Rain"],
    }


async def test_a_part_says_which_of_its_stories_has_no_public_page(own, readers, bring, database, now):
    """As long as only a reader's feed tells it; its button leads nowhere then."""
    await own.adopt(readers[0], BLOG, now)
    outbox = OutboxStore(database)
    story = await bring(NAME, "https://blog.example/1")
    digest = Digest(now, now, ("en",), frozenset(), ())
    await outbox.post(Edition(readers[0], now.date(), "08:30"), digest, [Message("x", (story,))], now)
    (part,) = await outbox.ready(now, 10)
    assert part.hidden == {story}
    assert "https://habarshy.example" not in str(Footer("https://habarshy.example")(part))
    await bring("Agency", "https://agency.example/1", story)
    (part,) = await outbox.ready(now, 10)
    assert not part.hidden
    assert f"https://habarshy.example/en/story/{story}" in str(Footer("https://habarshy.example")(part))


async def test_an_answered_update_is_known_to_the_next_process(database, now):
    """Once is enough; the oldest are forgotten when there are many."""
    updates = UpdateStore(database)
    assert not await updates.answered(7)
    for _ in range(2):
        await updates.remember(7, now)
    assert await UpdateStore(database).answered(7)


async def test_old_updates_are_forgotten_when_there_are_many(database, now):
    """The store keeps the latest; Telegram asks for no older ones."""
    updates = UpdateStore(database, most=3, every=5)
    for number in range(5):
        await updates.remember(number, now + timedelta(seconds=number))
    assert [number for number in range(5) if await updates.answered(number)] == [2, 3, 4]
