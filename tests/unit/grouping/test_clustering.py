"""Stories as a stream of articles builds them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from random import Random

import numpy as np
import pytest

from summarizer.article import Article
from summarizer.grouping.clustering import STORY_CAP, Grouper, group
from summarizer.grouping.embeddings import CharacterNgrams, Vectors

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


def test_five_thousand_copies_are_one_story_and_cost_nothing() -> None:
    """Each copy names the first as what it repeats; none is compared again."""
    grouper = Grouper(CharacterNgrams())
    vector = grouper.vector(_article(0, FLOOD))
    placements = [grouper.add(_article(number, FLOOD), vector) for number in range(5000)]
    assert {p.story for p in placements} == {"a0"}
    assert {p.duplicate_of for p in placements[1:]} == {"a0"}


def test_a_chain_of_likenesses_makes_no_giant() -> None:
    """Each text is like the one before; still no story outgrows its cap."""
    grouper = Grouper(SlowTurn())
    stories = [grouper.add(_numbered(number)).story for number in range(400)]
    assert max(stories.count(story) for story in set(stories)) <= STORY_CAP


def test_a_crowd_of_like_texts_stops_at_the_cap() -> None:
    """However alike different texts are, beyond the cap they start another story."""
    grouper = Grouper(SameForAll())
    stories = [grouper.add(_shuffled(number)).story for number in range(3 * STORY_CAP)]
    assert max(stories.count(story) for story in set(stories)) == STORY_CAP


HOSTILE = [
    Article(id="empty", title="", text="", lang=""),
    Article(id="word", title="Жаңалық", text="", lang="kk"),
    Article(id="megabyte", title="т" * 500_000, text="сөз " * 250_000, lang="kk"),
    Article(id="breathless", title="А", text="1 234" * 200_000, lang="ru"),
    Article(id="future", title="Мост", text=FLOOD, lang="ru", published=datetime(9999, 12, 31, tzinfo=UTC)),
    Article(
        id="past", title="Мост через реку", text=MATCH, lang="ru", published=datetime(1, 1, 1, tzinfo=UTC)
    ),
    Article(
        id="latin", title="Almatyda özen tasydy", text="Almatyda özen tasyp, üilerdi su basty.", lang="kk"
    ),
    Article(id="mixed", title="Flood в Алматы", text="Сел stream басты.", lang="en"),
    Article(id="signs", title="\0\ud800", text="«" * 5000 + "." * 5000, lang="ru", url="http://[::1"),
]


@pytest.mark.parametrize("order", [1, -1])
def test_whatever_comes_is_placed(order) -> None:
    """Empty, huge, mixed and misdated articles each get a story of some kind, and time goes on."""
    placements = list(group(HOSTILE[::order], CharacterNgrams()))
    assert [p.article for p in placements] == [article.id for article in HOSTILE[::order]]


def test_empty_articles_do_not_gather() -> None:
    """Texts without a word have nothing in common."""
    articles = [Article(id=str(n), title="", text="", lang="kk") for n in range(20)]
    assert len({p.story for p in group(articles, CharacterNgrams())}) == 20


def test_a_small_edit_elsewhere_is_a_duplicate() -> None:
    """Another outlet's edited copy joins and names what it repeats."""
    longer = f"{FLOOD} Құтқарушылар түні бойы жұмыс істеп, адамдарды қауіпсіз жерге шығарды."
    first, second = _article(1, longer), _article(2, longer.replace("түні бойы", "таңға дейін"))
    assert [p.duplicate_of for p in group([first, second], CharacterNgrams())] == [None, "a1"]


def test_merged_stories_take_later_articles_together() -> None:
    """After a merge the kept story's id answers for both."""
    grouper = Grouper(CharacterNgrams())
    grouper.add(_article(1, FLOOD))
    grouper.add(_article(2, MATCH, "en"))
    grouper.merge("a1", "a2")
    assert grouper.add(_article(3, MATCH, "en")).story == "a1"


def test_stories_come_one_by_one() -> None:
    """A placement is given before the next article is asked for."""
    asked: list[str] = []

    def source() -> Iterator[Article]:
        for article in (_article(1, FLOOD), _article(2, MATCH, "en")):
            asked.append(article.id)
            yield article

    placements = group(source(), CharacterNgrams())
    next(placements)
    assert asked == ["a1"]


class SameForAll:
    """An encoder that finds everything alike."""

    name, dimensions = "same", 4

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for all headlines; the topics' words, which the means are taken from, lie elsewhere."""
        return np.array([[1, 0, 0, 0] if len(t) < 200 else [0, 1, 0, 0] for t in texts], dtype=np.float32)


class SlowTurn:
    """An encoder whose rows turn a little from each article to the next."""

    name, dimensions = "turn", 3

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The angle is the number that the headline starts with."""
        angles = [float(t.split()[0]) / 20 if t[0].isdigit() else None for t in texts]
        rows = [[0, 0, 1] if a is None else [np.cos(a), np.sin(a), 0] for a in angles]
        return np.array(rows, dtype=np.float32)


def _shuffled(number: int) -> Article:
    words = f"{FLOOD} {FLOOD.upper()} Құтқарушылар қайықпен қарттар мен балаларды көшірді".replace(
        ".", ""
    ).split()
    Random(number).shuffle(words)
    return Article(
        id=str(number), title="Өзен тасыды", text=" ".join(words), lang="kk", source=f"outlet {number}"
    )


def _numbered(number: int) -> Article:
    words = f"сөз{chr(1072 + number % 32)}{chr(1072 + number // 32)}"
    return Article(id=str(number), title=f"{number} {words}", text=f"{words} су тасқыны. " * 8, lang="kk")


def test_a_placement_says_why():
    """Which article spoke loudest, the odds of joining, and what the two share; the first has no reason."""
    grouper = Grouper(CharacterNgrams())
    text = "Алматыда метроның жаңа бекеті ашылды. Бекет жолаушыларды сенбіден бастап қабылдайды."
    first, second = (
        grouper.add(Article(name, "Метроның жаңа бекеті ашылды", text + more, "kk", source=name))
        for name, more in (("a", ""), ("b", " Құрылысы үш жылға созылды."))
    )
    assert first.because is None
    assert second.because is not None
    assert (second.story, second.because.beside) == ("a", "a")
    assert second.because.score > 0
    assert second.because.evidence["likeness"] > 0.5


def test_a_copy_joins_because_of_its_original():
    """The same text needs no evidence."""
    grouper = Grouper(CharacterNgrams())
    one, other = (grouper.add(Article(name, "Тақырып", "Мәтін бар.", "kk")) for name in "ab")
    assert one.because is None
    assert other.because is not None
    assert (other.because.beside, dict(other.because.evidence)) == ("a", {})
