"""Full-text search on each engine."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, update

from bot.domain.filters import terms
from bot.domain.source import Source
from bot.store.keywords import query_of
from bot.store.search import SearchStore
from bot.store.sources import READERS, SourceStore
from bot.store.tables import articles, sources, stories

LANGUAGES = ("kk", "ru", "en")
OUTLET, PRIVATE = Source("Құс жолы", "https://example.org/rss"), Source("Менікі", "https://example.org/own")


@pytest.fixture
async def search(database):
    """A search over an empty store with two sources, the second a reader's own."""
    await SourceStore(database).follow([OUTLET, PRIVATE])
    own = update(sources).where(sources.c.name == PRIVATE.name).values(origin=READERS)
    async with database.write() as connection:
        await connection.execute(own)
    return SearchStore(database)


@pytest.fixture
def write(database, search, now):
    """Stores and indexes an article of a story of its own; returns its id."""
    count = iter(range(1, 99))

    async def write(title, body="", lang="kk", *, age=timedelta(0), source=1, story=0):
        number = next(count)
        row = {
            "source_id": source,
            "story_id": number if story == 0 else story,
            "url": f"https://example.org/{number}",
            "content_hash": str(number),
            "lang": lang,
            "categories": [],
            "found_at": now,
        }
        async with database.write() as connection:
            event = {"id": number, "topics": [], "created_at": now, "updated_at": now}
            await connection.execute(insert(stories).values(event))
            new = insert(articles).values(**row, id=number, title=title, text=body, appeared_at=now - age)
            await connection.execute(new)
        await search.index()
        return number

    return write


@pytest.fixture
def find(search, now):
    """Ids of the articles found, in order."""

    async def find(query, **narrowed):
        hits = await search.find(terms(query), narrowed.pop("languages", LANGUAGES), now, **narrowed)
        return [hit.article for hit in hits]

    return find


@pytest.mark.parametrize(
    ("lang", "said", "wanted"),
    [
        ("kk", "Теңгенің бағамы өсті", "теңге"),
        ("kk", "Теңге нығайды", "теңгенің"),
        ("kk", "Кітабы шықты", "кітап"),
        ("kk", "Балаларымызға сыйлық", "балалар"),
        ("kk", "Ауданның тауы қар басты", "тау"),
        ("ru", "О шахтёрах Караганды", "шахтер"),
        ("ru", "Правительство обсудило тариф", "тарифы"),
        ("en", "Miners were rescued", "miner"),
        ("en", "The budget of 2026", "2026"),
    ],
)
async def test_a_word_is_found_in_any_of_its_forms(write, find, lang, said, wanted):
    """In the headline and in the text alike; a stranger of the same language is not."""
    await write("Мүлде басқа әңгіме", "Другое совсем, something else", lang)
    headline, body = await write(said, lang=lang), await write("Х", said, lang)
    assert set(await find(wanted)) == {headline, body}


async def test_strangers_that_share_a_beginning_are_not_found(write, find):
    """«Алма» is an apple, «Алматы» a city."""
    city = await write("Алматыдағы көктем")
    apple = await write("Алманың бағасы")
    assert await find("алма") == [apple]
    assert await find("алматы") == [city]


async def test_every_word_must_stand_and_no_exception(write, find):
    """Words in any order; what stands behind "!" must not."""
    both = await write("Мұнай бағасы", "Нарық")
    await write("Мұнай өндірісі")
    third = await write("Бағасы белгілі болды", "мұнай, футбол")
    assert set(await find("бағасы мұнай")) == {both, third}
    assert await find("бағасы мұнай !футбол") == [both]
    assert await find("!футбол") == []


async def test_a_phrase_stands_word_by_word(write, find):
    """In order and beside each other, in any form; an excluded phrase leaves either word alone."""
    phrase = await write("Ұлттық банктің шешімі")
    apart = await write("Банктер ұлттық валютаны сатты")
    assert await find('"ұлттық банк"') == [phrase]
    assert await find('ұлттық !"ұлттық банк"') == [apart]


async def test_the_headline_counts_more_and_the_fresh_more_than_the_old(write, find):
    """Relevance and age together decide."""
    fresh = timedelta(hours=1)
    mention = await write(
        "Өңір жаңалығы", "Жиында мұнай туралы айтылды. " + "Басқа сөздер көп. " * 9, age=fresh
    )
    old = await write("Мұнай туралы", age=timedelta(days=60))
    about = await write("Мұнай бағасы", age=fresh)
    order = await find("мұнай")
    assert (order[0], set(order)) == (about, {about, mention, old})
    twin = await write("Мұнай бағасы", age=timedelta(days=30))
    assert (await find("мұнай бағасы")).index(about) < (await find("мұнай бағасы")).index(twin)


async def test_a_story_is_found_once_by_its_best_article(write, find):
    """However many outlets tell it."""
    first = await write("Мұнай бағасы өсті")
    await write("Өңірде", "мұнай", story=first)
    assert await find("мұнай") == [first]


async def test_only_the_languages_asked_for(write, find):
    """A word that two languages share is found in those the reader reads."""
    kazakh, russian = await write("Банк жабылды"), await write("Банк закрыт", lang="ru")
    assert await find("банк", languages=("ru",)) == [russian]
    assert set(await find("банк")) == {kazakh, russian}


async def test_a_readers_own_feed_is_found_by_its_reader_only(write, find):
    """Nobody else hears what it tells."""
    public, private = await write("Мұнай"), await write("Мұнай", source=2)
    assert await find("мұнай") == [public]
    assert set(await find("мұнай", own=[PRIVATE.name])) == {public, private}


async def test_a_readers_own_feed_hides_nothing_from_others(write, find, monkeypatch):
    """However much of it is newer: only the newest articles that hold a word are looked at."""
    monkeypatch.setattr("bot.store.search.NEWEST", 3)
    public = await write("Жаңбыр жауды")
    mine = [await write(f"Жаңбыр {number}", source=2) for number in range(3)]
    assert await find("жаңбыр") == [public]
    assert set(await find("жаңбыр", own=[PRIVATE.name])) == set(mine)


@pytest.mark.parametrize(
    "unwelcome",
    [{"lang": "ky"}, {"age": timedelta(days=20)}, {"story": None}],
    ids=["another language", "too old", "no story yet"],
)
async def test_what_can_be_no_answer_hides_none(write, find, monkeypatch, now, unwelcome):
    """However much of it was stored later: only the newest articles that may be read are looked at.

    Kazakh and Kyrgyz keys begin with the same letter.
    """
    monkeypatch.setattr("bot.store.search.NEWEST", 3)
    public = await write("Банк жабылды")
    for number in range(4):
        await write(f"Банк {number}", **unwelcome)
    assert await find("банк", since=now - timedelta(days=14)) == [public]


async def test_what_changes_and_goes_is_followed(write, find, search, database, now):
    """Whoever writes: a correction is found by its new words only, a deleted article not at all."""
    number, gone = await write("Мұнай бағасы"), await write("Газ құбыры")
    async with database.write() as connection:
        this = update(articles).where(articles.c.id == number)
        await connection.execute(this.values(title="Көмір бағасы"))
        await connection.execute(delete(articles).where(articles.c.id == gone))
    assert await search.index() == 1
    assert await search.index() == 0
    assert (await find("мұнай"), await find("көмір"), await find("газ")) == ([], [number], [])


async def test_as_far_back_as_asked(write, find, now):
    """A chat looks at two weeks, the web at everything."""
    new, old = await write("Мұнай"), await write("Мұнай", age=timedelta(days=20))
    assert await find("мұнай", since=now - timedelta(days=14)) == [new]
    assert set(await find("мұнай")) == {new, old}
    assert await find("мұнай", limit=1) == [new]


HOSTILE = [
    '"',
    "'",
    "')) OR 1=1 --",
    "title:мұнай NEAR(мұнай, 2) AND *",
    "мұнай* ^мұнай + - мұнай",
    "мұнай & | ! <-> мұнай:*",
    "\\'; DROP TABLE articles; --",
    "NOT OR AND",
    "{1,2} : $$ %s :query ?",
    "сөз " * 500,
    "ы" * 5000,
    "\0мұнай\ud800",
]


@pytest.mark.parametrize("query", HOSTILE)
async def test_hostile_queries_are_literals(write, search, now, query):
    """No engine's own signs mean anything; whatever is asked, the answer is a list."""
    await write("Мұнай бағасы")
    for asked in ([query], query.split() or ["!"]):
        await search.find(asked, LANGUAGES, now)
    assert [hit.article for hit in await search.find(["мұнай"], LANGUAGES, now)] == [1]


async def test_operators_in_a_query_find_their_words_only(write, find):
    """«OR» is a word that stands nowhere here."""
    await write("Мұнай бағасы")
    assert await find("мұнай OR көмір") == []
    assert await find("бағ*") == []


@given(st.lists(st.text(max_size=50), max_size=5))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_a_query_holds_nothing_but_quoted_words(said):
    """Between the quotation marks stand letters and digits, outside only the engine's own words."""
    for engine, mark in (("sqlite", '"'), ("postgresql", "'")):
        outside, inside = [], []
        for place, piece in enumerate(query_of(said, LANGUAGES, engine).split(mark)):
            (inside if place % 2 else outside).append(piece)
        assert all(word.isalnum() for word in inside)
        assert set(re.findall(r"[^\s()]+", " ".join(outside))) <= {"OR", "AND", "NOT", "|", "&", "!"}


async def test_the_queue_is_left_to_what_changed_meanwhile(write, database, search, monkeypatch, now):
    """An article revised while it is being indexed is indexed once more."""
    number = await write("Мұнай")
    waiting = search._next

    async def overtaken():
        found = await waiting()
        if found and found[0]["title"] != "Көмір":
            async with database.write() as connection:
                await connection.execute(update(articles).values(title="Көмір"))
        return found

    async with database.write() as connection:
        await connection.execute(update(articles).values(title="Газ"))
    monkeypatch.setattr(search, "_next", overtaken)
    assert await search.index() == 2
    assert [hit.article for hit in await search.find(["көмір"], LANGUAGES, now)] == [number]
    assert await search.waiting() == 0


async def test_a_long_queue_is_taken_in_passes_newest_first(database, search, write, find):
    """After an upgrade a whole archive waits; what is new must not wait behind it."""
    first, *_ = [await write(f"Мұнай {number}") for number in range(3)]
    async with database.write() as connection:
        await connection.execute(update(articles).values(title="Көмір"))
    assert await search.waiting() == 3
    assert await search.index(most=1) == 3  # a batch is never cut
    assert first in await find("көмір")
