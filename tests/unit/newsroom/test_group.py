"""Group: each article is filed once, in this run or a later one, under the story it belongs to."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.source import OWN, Source
from bot.newsroom.events import unheard
from bot.newsroom.group import WINDOW, group
from bot.store.own_sources import OwnSourceStore
from summarizer.article import Article, Placement
from summarizer.errors import ModelUnavailable
from summarizer.grouping.embeddings import CharacterNgrams
from summarizer.pipeline import Grouper
from summarizer.topic import Topic
from tests.unit.newsroom.conftest import NOW

FLOOD = (
    "Паводок смыл мост через реку Баянка в посёлке Жаркент",
    """Паводок смыл мост через реку Баянка в посёлке Жаркент 12 ноября. Спасатели вывезли 48 жителей.
    Восстановить мост через Баянку обещают за 3 недели.""",
)
FLOOD_AGAIN = (
    "Мост через реку Баянка в посёлке Жаркент смыл паводок",
    """В посёлке Жаркент паводок смыл мост через реку Баянка, сообщили 12 ноября спасатели.
    Вывезены 48 жителей. Мост через Баянку восстановят за 3 недели.""",
)
CHESS = (
    "Шахматистка Дана Утеева выиграла турнир в Шымкенте",
    "Шахматистка Дана Утеева из Павлодара выиграла юношеский турнир в Шымкенте, набрав 8 очков из 9.",
)


class OtherEncoder(CharacterNgrams):
    """A newer model: its vectors are not those of the store."""

    name = "another"
    dimensions = 256

    def __init__(self, most=10**6):
        self.seen, self.most = [], most

    def encode(self, texts):
        """As the base, of another length; fails when it has seen too much."""
        if len(self.seen) + len(texts) > self.most:
            raise ModelUnavailable(self.name, "the memory is full")
        self.seen += texts
        return super().encode(texts)


@pytest.fixture
def arrive(newsroom):
    """Stores articles of a source, an hour apart."""

    async def make(*texts, source="a", topics=(), found_at=NOW):
        followed = {known.name: known for known, _ in await newsroom.sources.all()}
        followed[source] = Source(source, f"https://{source}.example/rss", topics=topics)
        await newsroom.sources.follow(list(followed.values()))
        articles = [
            Article(url, title, text, "ru", url=url, source=source)
            for title, text in texts
            for url in [f"https://{source}.example/{abs(hash(title))}"]
        ]
        assert await newsroom.articles.add(followed[source], articles, found_at=found_at) == len(articles)

    return make


@pytest.fixture
def run(newsroom):
    """Groups what waits; stories by title."""

    async def make(expected, encoder=None, now=NOW, hear=unheard):
        grouper = Grouper(encoder or CharacterNgrams())
        filed = await group(newsroom.articles, newsroom.stories, newsroom.sources, grouper, lambda: now, hear)
        assert filed == expected
        return {article.title: story for article, story in await newsroom.articles.listed(NOW - 20 * WINDOW)}

    return make


async def test_one_event_told_twice_is_one_story(arrive, run):
    """Two outlets, other words: one story; another event: another one."""
    await arrive(FLOOD, CHESS)
    await arrive(FLOOD_AGAIN, source="b")
    stories = await run(3)
    assert stories[FLOOD[0]] == stories[FLOOD_AGAIN[0]] != stories[CHESS[0]]


async def test_a_later_run_goes_on_where_the_last_one_ended(arrive, run):
    """The grouper is new, the stories are the store's; filed articles are not filed again."""
    await arrive(FLOOD, CHESS)
    before = await run(2)
    assert await run(0) == before
    await arrive(FLOOD_AGAIN, source="b", found_at=NOW + timedelta(hours=3))
    after = await run(1, now=NOW + timedelta(hours=3))
    assert after == before | {FLOOD_AGAIN[0]: before[FLOOD[0]]}


async def test_another_encoder_finds_the_old_stories(arrive, run):
    """Vectors of another model are made anew, once."""
    await arrive(FLOOD)
    before = await run(1)
    await arrive(FLOOD_AGAIN, source="b")
    assert (await run(1, OtherEncoder()))[FLOOD_AGAIN[0]] == before[FLOOD[0]]


async def vectors_of(newsroom, model):
    """How many articles have a vector of that model."""
    async with newsroom.database.read() as connection:
        rows = await connection.exec_driver_sql(f"SELECT count(*) FROM vectors WHERE model = '{model}'")
        return rows.scalar_one()


async def test_a_change_of_encoder_makes_each_vector_anew_once(arrive, run, newsroom):
    """Old stories keep their articles and take new ones; what was made stays, and the old vectors too."""
    await arrive(FLOOD, CHESS)
    before = await run(2)
    await arrive(FLOOD_AGAIN, source="b")
    after = await run(1, OtherEncoder())
    assert after == before | {FLOOD_AGAIN[0]: before[FLOOD[0]]}
    assert (await vectors_of(newsroom, "another"), await vectors_of(newsroom, CharacterNgrams.name)) == (3, 2)
    again = OtherEncoder()
    await arrive(("Концерт", "В Алматы дали концерт."), source="b")
    await run(1, again)
    assert not [text for text in again.seen if FLOOD[0] in text or CHESS[0] in text]


async def test_a_change_of_encoder_that_is_cut_off_goes_on_where_it_was(arrive, run, newsroom):
    """Vectors are kept a few at a time, so a long archive needs no process that lives long."""
    notes = [(f"Заметка номер {number}", f"Слово {number} сказано в зале {number}.") for number in range(120)]
    await arrive(*notes)
    before = await run(120)
    await arrive(FLOOD)
    measured = OtherEncoder()
    Grouper(measured)
    with pytest.raises(ModelUnavailable):
        await run(1, OtherEncoder(most=len(measured.seen) + 70))
    kept = await vectors_of(newsroom, "another")
    assert 0 < kept <= 70
    rest = OtherEncoder()
    after = await run(1, rest)
    assert sum("Заметка" in text for text in rest.seen) == 120 - kept
    assert before.items() <= after.items()


async def test_the_clock_goes_on_while_vectors_are_made_anew(arrive, run):
    """A slow encoder holds up the filing only."""
    await arrive(FLOOD, CHESS)
    await run(2)
    await arrive(FLOOD_AGAIN, source="b")
    elsewhere = asyncio.Event()
    loop = asyncio.get_running_loop()

    class Waiting(OtherEncoder):
        def encode(self, texts):
            if any(CHESS[0] in text for text in texts):
                asyncio.run_coroutine_threadsafe(_set(elsewhere), loop).result(timeout=10)
            return super().encode(texts)

    await run(1, Waiting())
    assert elsewhere.is_set()


async def _set(event):
    event.set()


async def test_what_is_long_past_starts_anew(arrive, run):
    """A second flood a month later is another event, however alike."""
    await arrive(FLOOD, found_at=NOW - timedelta(days=30))
    await run(1)
    await arrive(FLOOD_AGAIN, source="b")
    stories = await run(1)
    assert stories[FLOOD[0]] != stories[FLOOD_AGAIN[0]]


async def test_more_articles_than_fit_in_a_batch_are_all_filed(arrive, run):
    """None waits for the next run."""
    await arrive(
        *((f"Заметка номер {number}", f"Слово {number} сказано в зале {number}.") for number in range(230))
    )
    stories = await run(230)
    assert None not in stories.values()


async def test_a_source_s_own_topics_are_added(arrive, run, newsroom):
    """What the text says comes first."""
    await arrive(CHESS, topics=(Topic.ENERGY,))
    await run(1)
    (card,) = await newsroom.stories.cards(NOW, NOW)
    assert card.topics[0] is Topic.SPORT
    assert Topic.ENERGY in card.topics


async def test_a_copy_names_what_it_copies(arrive, run, newsroom):
    """The same words under other marks are one story, and no second voice in it."""
    await arrive(FLOOD)
    await arrive((FLOOD[0] + " (фото)", FLOOD[1]), source="b")
    assert len(set((await run(2)).values())) == 1
    async with newsroom.database.read() as connection:
        copies = await connection.exec_driver_sql("SELECT duplicate_of FROM articles ORDER BY id")
        assert copies.scalars().all() == [None, 1]


class Scripted(Grouper):
    """Places articles as told, by title: which story each joins, and which other story is one with it."""

    def __init__(self, joins, same):
        super().__init__(CharacterNgrams())
        self.joins, self.same, self.ids = joins, same, {}

    def add(self, article, vector=None):
        """As scripted."""
        self.ids[article.title] = article.id
        self.restore(article, self.vector(article) if vector is None else vector, article.id)
        first = self.joins.get(article.title, article.title)
        same = tuple(self.ids[title] for title in self.same.get(article.title, ()))
        return Placement(article.id, self.ids[first], new=first == article.title, same=same)


async def test_an_article_that_shows_two_stories_to_be_one_merges_them(newsroom, arrive):
    """All that was filed under either stands on one card, and later articles join it under both names."""
    titles = [
        ("Өрт", "Қоймада өрт шықты."),
        ("Қойма", "Қойма жанып жатыр."),
        ("Екеуі", "Қоймадағы өрт."),
        ("Соңы", "Өрт сөнді."),
    ]
    await arrive(*titles)
    grouper = Scripted({"Екеуі": "Өрт", "Соңы": "Қойма"}, {"Екеуі": ("Қойма",)})
    assert await group(newsroom.articles, newsroom.stories, newsroom.sources, grouper, lambda: NOW) == 4
    (card,) = await newsroom.stories.cards(NOW - timedelta(days=1), NOW)
    assert len(card.tellings) == 4


def test_the_grouper_forgets_that_two_stories_were_two():
    """What was placed in the merged story counts as placed in the kept one."""
    grouper = Grouper(CharacterNgrams())
    one = grouper.add(Article("1", *FLOOD, "ru", published=NOW))
    two = grouper.add(Article("2", *CHESS, "ru", published=NOW))
    grouper.merge(one.story, two.story)
    assert grouper.add(Article("2", *CHESS, "ru", published=NOW)).story == one.story
    assert (
        grouper.add(Article("3", CHESS[0], CHESS[1] + " Поздравляем!", "ru", published=NOW)).story
        == one.story
    )


async def test_one_old_date_does_not_bring_the_archive_back(newsroom, arrive):
    """However old an article says it is, two windows are all that is loaded."""
    await arrive(FLOOD)
    asked = []
    load = newsroom.articles.grouped_since

    async def spied(since, model):
        asked.append(since)
        return await load(since, model)

    newsroom.articles.grouped_since = spied
    source = Source("old", "https://old.example/rss")
    await newsroom.sources.follow([source])
    old = Article(
        "u", "Архив", "Старая новость.", "ru", NOW.replace(year=2001), "https://old.example/1", "old"
    )
    await newsroom.articles.add(source, [old], found_at=NOW)
    grouper = Grouper(CharacterNgrams())
    await group(newsroom.articles, newsroom.stories, newsroom.sources, grouper, lambda: NOW)
    assert asked == [NOW - 2 * WINDOW]


async def test_a_reader_s_own_feed_changes_no_story_that_others_read(newsroom, arrive, run):
    """It joins stories, and neither adds news to them nor keeps what others add from being news."""
    await arrive(FLOOD)
    known = (await run(1))[FLOOD[0]]
    reader = await newsroom.reader()
    own = OwnSourceStore(newsroom.database)
    _, name = await own.adopt(reader.id, Source("Blog", "https://blog.example/feed"), NOW)
    more = f"{FLOOD[1]} Пострадали 17 домов."
    article = Article("", FLOOD_AGAIN[0], more, "ru", url="https://blog.example/1", source=name)
    await newsroom.articles.add(Source(name, ""), [article], NOW)
    heard = []
    assert (await run(1, hear=heard.append))[FLOOD_AGAIN[0]] == known
    # Whose feed it is, its name may tell: what is logged does not have it.
    assert [event.source for event in heard] == [OWN]
    (card,) = await newsroom.stories.cards(NOW, NOW, private=True)
    assert (len(card.tellings), card.developments) == (2, ())
    await arrive((f"{FLOOD_AGAIN[0]}: 17 домов", more), source="b")
    await run(1)
    (card,) = await newsroom.stories.cards(NOW, NOW)
    assert [one.publisher.name for one in card.tellings] == ["a", "b"]
    assert card.developments
