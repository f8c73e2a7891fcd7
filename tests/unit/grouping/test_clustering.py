"""Stories as a stream of articles builds them."""

from summarizer.article import Article
from summarizer.grouping.clustering import Grouper, group
from summarizer.grouping.embeddings import CharacterNgrams

FLOOD = "Алматыда өзен тасып, жағалаудағы отыз үйді су басты. Тұрғындар мектепке көшірілді."
MATCH = "Astana beat Kairat in the last minute of the cup final before a full stadium."


def _article(number: int, text: str, lang: str = "kk") -> Article:
    return Article(id=f"a{number}", title=text.split(".", maxsplit=1)[0], text=text, lang=lang)


def test_a_first_article_starts_a_story() -> None:
    """The story carries the id of the article that started it."""
    placement = next(group([_article(1, FLOOD)], CharacterNgrams()))
    assert (placement.story, placement.new, placement.duplicate_of) == ("a1", True, None)


def test_a_repeated_text_joins_the_story_and_names_what_it_repeats() -> None:
    """The same text under another id is a duplicate of the first."""
    first, second = group([_article(1, FLOOD), _article(2, FLOOD)], CharacterNgrams())
    assert (second.story, second.new, second.duplicate_of) == (first.story, False, "a1")


def test_unlike_texts_start_stories_of_their_own() -> None:
    """Two events stay two."""
    placements = list(group([_article(1, FLOOD), _article(2, MATCH, "en")], CharacterNgrams()))
    assert [p.story for p in placements] == ["a1", "a2"]


def test_a_restored_article_receives_later_ones() -> None:
    """A grouper loaded from the store continues its stories."""
    grouper = Grouper(CharacterNgrams())
    known = _article(1, FLOOD)
    grouper.restore(known, grouper.vector(known), "story-7")
    assert grouper.add(_article(2, FLOOD)).story == "story-7"


def test_an_id_seen_before_keeps_its_place() -> None:
    """Adding one article twice does not move it."""
    grouper = Grouper(CharacterNgrams())
    grouper.add(_article(1, FLOOD))
    assert grouper.add(_article(1, MATCH)).story == "a1"
