"""Whose tellings reach a reader."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.digest import Wishes, pick
from bot.domain.hearing import PUBLIC, Hearing, heard, hearing
from bot.domain.story import Condensed, Publisher, StoryCard, Telling
from bot.domain.subscriber import Chat, Preferences, Subscriber
from summarizer.topic import Topic

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def telling(article, outlet, lang="ru", *, private=False):
    publisher = Publisher(outlet, f"https://{outlet}.example/{article}", lang, private=private)
    return Telling(article, publisher, f"{outlet} says", NOW, NOW)


def card(*tellings, summaries=()):
    """A story with a summary from each of these articles, by language."""
    made = {
        lang: Condensed(article, f"Headline {article}", f"Text {article}.") for lang, article in summaries
    }
    return StoryCard(1, (Topic.ECONOMY,), tellings, made)


def test_a_muted_outlet_is_not_the_telling():
    """The story stands, linked to an outlet that is heard and counted without the muted one."""
    story = heard(card(telling(1, "a"), telling(2, "b"), summaries=[("ru", 2)]), Hearing(frozenset("a")))
    assert [one.publisher.name for one in story.tellings] == ["b"]
    assert story.summaries["ru"].text == "Text 2."


def test_a_summary_of_a_muted_outlet_gives_way_to_a_bare_headline():
    """Its text was checked against the muted article only; another language that is heard keeps its own."""
    both = card(telling(1, "a"), telling(2, "b"), telling(3, "c", "kk"), summaries=[("ru", 1), ("kk", 3)])
    story = heard(both, Hearing(frozenset("a")))
    assert story.summaries["ru"] == Condensed(2, "b says", "")
    assert story.summaries["kk"].text == "Text 3."
    (item,) = pick([both], Wishes(("ru",), frozenset(Topic), hearing=Hearing(frozenset("a"))), NOW)
    assert (item.headline, item.summary, item.url) == ("b says", "", "https://b.example/2")


def test_a_language_nobody_has_summarized_is_not_invented():
    """Muting one outlet does not bring a language into a digest in which no summary stands."""
    story = heard(
        card(telling(1, "a"), telling(2, "b", "kk"), summaries=[("ru", 1)]), Hearing(frozenset("a"))
    )
    assert story.summaries == {}


def test_a_story_that_only_muted_outlets_tell_is_dropped():
    """For this reader, not for others."""
    story = card(telling(1, "a"), summaries=[("ru", 1)])
    assert heard(story, Hearing(frozenset("a"))) is None
    assert heard(story, PUBLIC) is story


def test_own_feeds_are_their_readers_only():
    """A private telling is heard by who added the feed."""
    story = card(telling(1, "blog", private=True), summaries=[("ru", 1)])
    assert heard(story, PUBLIC) is None
    assert heard(story, Hearing(own=frozenset({"other"}))) is None
    assert heard(story, Hearing(own=frozenset({"blog"}))) is story


def test_most_readers_hear_what_anybody_may():
    """Nothing is to be looked through for them."""
    reader = Subscriber(1, Chat(5), Preferences())
    assert hearing(reader) is None
    assert hearing(replace(reader, own=frozenset({"blog"}))) == Hearing(own=frozenset({"blog"}))
    muting = replace(reader, preferences=Preferences(muted_sources=frozenset({"a"})))
    assert hearing(muting) == Hearing(frozenset({"a"}))
