"""Texts that come again."""

from summarizer.article import Article
from summarizer.grouping.duplicates import NEAR, Fingerprint, fingerprint, resemblance
from summarizer.grouping.traits import opening

TEXT = (
    "Жители села в предгорьях построили мост через реку своими силами. Работы заняли два месяца, "
    "деньги собирали всем районом, а инженер из областного центра проверил опоры и остался доволен."
)


def _print(text: str, title: str = "Мост") -> Fingerprint:
    return fingerprint(opening(Article(id="1", title=title, text=text, lang="ru")))


def test_case_spaces_and_punctuation_do_not_matter() -> None:
    """The same words in the same order are the same text."""
    assert _print(TEXT).whole == _print(TEXT.upper().replace(" ", "  ").replace(",", ";")).whole


def test_a_small_edit_leaves_a_near_duplicate() -> None:
    """One word changed of thirty keeps most runs of three."""
    assert resemblance(_print(TEXT).shingles, _print(TEXT.replace("месяца", "года")).shingles) >= NEAR


def test_another_text_is_no_duplicate() -> None:
    """Shared topic words make no shared runs of words."""
    other = "Через реку построят мост: деньги выделит область, работы начнутся через два месяца. " * 2
    assert resemblance(_print(TEXT).shingles, _print(other).shingles) < 0.1


def test_a_body_of_a_few_words_is_told_apart_by_its_title() -> None:
    """«Details later» under two titles is two texts."""
    assert _print("Подробности позже.", "Пожар").whole != _print("Подробности позже.", "Ливень").whole


def test_nothing_resembles_nothing() -> None:
    """A text without words has an empty fingerprint, which equals no other."""
    assert _print("", "").whole == b""
    assert resemblance(_print("", "").shingles, _print("", "").shingles) == 0
