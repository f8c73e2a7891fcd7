"""Which stories one reader gets, and in what order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import MOST_STORIES, Digest, Wishes, pick
from bot.domain.story import Condensed, Publisher, StoryCard, Telling
from bot.domain.tastes import NO_TASTES, Tastes
from summarizer.topic import Topic

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
ALL = frozenset(Topic)
LANGUAGES = ("kk", "ru", "en")


def told_by(*tellings):
    """Tellings from (outlet, lang) pairs, a minute apart, oldest first; article ids count from 1."""
    return tuple(
        Telling(
            number,
            Publisher(outlet, f"https://{outlet}.example/{number}", lang),
            f"{outlet} {number}",
            NOW + timedelta(minutes=number),
            NOW + timedelta(minutes=number),
        )
        for number, (outlet, lang) in enumerate(tellings, start=1)
    )


def card(ident, *tellings, topics=(Topic.ECONOMY,), hours=0):
    """A story summarized in each language it is told in, from that language's first telling."""
    tellings = told_by(*tellings or (("a", "kk"),))
    first = {telling.publisher.lang: telling for telling in reversed(tellings)}
    summaries = {lang: Condensed(one.article, f"{lang} {ident}", f"{ident}.") for lang, one in first.items()}
    moved = tuple(replace(one, published=one.published + timedelta(hours=hours)) for one in tellings)
    return StoryCard(ident, topics, moved, summaries)


def picked(cards, languages=("kk",), topics=ALL, told=(), tastes=NO_TASTES, most=MOST_STORIES):
    wishes = Wishes(tuple(languages), topics, dict.fromkeys(told, NOW + timedelta(days=1)), tastes)
    return pick(cards, wishes, NOW + timedelta(hours=1), most)


def ids(items):
    return [item.story for item in items]


def test_only_topics_and_languages_that_were_asked_for():
    """A story needs a wanted topic, best or second, and a summary in a wanted language."""
    cards = [
        card(1, topics=(Topic.SPORT,)),
        card(2, topics=(Topic.WORLD, Topic.ECONOMY)),
        card(3, ("a", "ru")),
        card(4),
    ]
    items = picked(cards, topics={Topic.ECONOMY})
    assert sorted(ids(items)) == [2, 4]
    assert {item.topic for item in items} == {Topic.ECONOMY}


def test_a_story_stands_under_the_best_of_its_topics_that_was_asked_for():
    """A reader of the second topic only still gets the story, once."""
    both = [card(1, topics=(Topic.WORLD, Topic.ECONOMY))]
    assert [item.topic for item in picked(both)] == [Topic.WORLD]


def test_the_reader_s_first_language_that_tells_the_story_is_taken():
    """Order of preference decides, not that of publication; the link leads to what was condensed."""
    (item,) = picked([card(1, ("a", "en"), ("b", "ru"))], ["kk", "ru", "en"])
    assert (item.lang, item.headline, item.url) == ("ru", "ru 1", "https://b.example/2")


def test_what_was_told_is_not_told_again():
    """Neither is a story told in another language."""
    assert ids(picked([card(1), card(2)], told={1})) == [2]


def test_more_outlets_come_first_and_then_the_newer():
    """One outlet that repeats itself counts once."""
    cards = [
        card(1, ("a", "kk")),
        card(2, ("a", "kk"), ("a", "kk"), ("a", "kk")),
        card(3, ("a", "kk"), ("b", "ru"), hours=-48),
    ]
    assert ids(picked(cards)) == [3, 2, 1]


def test_topics_stand_together_in_the_order_of_their_best_story():
    """A weaker story moves up to its topic's stronger one."""
    two = (("a", "kk"), ("b", "kk"))
    cards = [
        card(1, topics=(Topic.SPORT,)),
        card(2, *two, topics=(Topic.HEALTH,), hours=-9),
        card(3, topics=(Topic.HEALTH,), hours=-9),
        card(4, topics=(Topic.SPORT,), hours=-5),
    ]
    items = picked(cards)
    assert ids(items) == [2, 3, 1, 4]
    digest = Digest(NOW, NOW, ("kk",), ALL, items)
    assert [(topic, ids(found)) for topic, found in digest.by_topic()] == [
        (Topic.HEALTH, [2, 3]),
        (Topic.SPORT, [1, 4]),
    ]


def test_a_digest_has_an_end():
    """The weightiest fifteen are kept, whatever order they came in."""
    cards = [card(number, hours=number - 40) for number in range(40)]
    assert set(ids(picked(cards))) == set(range(40 - MOST_STORIES, 40))
    assert ids(picked(cards, most=2)) == [39, 38]


def test_every_outlet_is_named_once_the_linked_one_first():
    """The others follow in order of publication, each with its first text."""
    (item,) = picked([card(1, ("a", "ru"), ("b", "en"), ("c", "kk"), ("a", "ru"), ("c", "kk"))])
    assert [(one.name, one.url) for one in item.publishers] == [
        ("c", "https://c.example/3"),
        ("a", "https://a.example/1"),
        ("b", "https://b.example/2"),
    ]
    assert item.published == NOW + timedelta(minutes=3)


def test_tastes_come_before_weight():
    """A followed word leads whatever its topic, a disliked topic comes last, a muted word not at all."""
    cards = [
        card(1, ("a", "kk"), ("b", "kk"), topics=(Topic.SPORT,)),
        card(2),
        card(3, topics=(Topic.WORLD,)),
        card(4),
    ]
    tastes = Tastes(muted=("4",), followed=("3",), disliked_topics=frozenset({Topic.SPORT}))
    assert ids(picked(cards, topics={Topic.SPORT, Topic.ECONOMY}, tastes=tastes)) == [3, 2, 1]


def test_nothing_to_tell_is_an_empty_digest():
    """No cards, no topics and no languages are not errors."""
    assert picked([]) == picked([card(1)], languages=[]) == picked([card(1)], topics=()) == ()


CARDS = st.lists(
    st.builds(
        card,
        st.integers(1, 60),
        st.tuples(st.sampled_from("abc"), st.sampled_from(LANGUAGES)),
        st.tuples(st.sampled_from("abc"), st.sampled_from(LANGUAGES)),
        topics=st.lists(st.sampled_from(Topic), min_size=1, max_size=2, unique=True).map(tuple),
        hours=st.integers(-48, 0),
    ),
    unique_by=lambda one: one.id,
    max_size=25,
)


@given(
    CARDS,
    st.permutations(LANGUAGES).flatmap(lambda all_: st.integers(1, 3).map(lambda few: all_[:few])),
    st.sets(st.sampled_from(Topic)),
    st.sets(st.integers(1, 60)),
)
def test_each_item_is_what_the_reader_asked_for(cards, languages, topics, told):
    """Whatever the cards: wanted, new, once, linked, and each topic in one block."""
    items = picked(cards, languages, topics, told)
    assert len(set(ids(items))) == len(items) <= MOST_STORIES
    for item in items:
        assert item.topic in topics
        assert item.lang in languages
        assert item.story not in told
        assert item.publishers[0].url == item.url
        assert item.publishers[0].lang == item.lang
    blocks = [topic for topic, _ in groupby(item.topic for item in items)]
    assert len(set(blocks)) == len(blocks)
