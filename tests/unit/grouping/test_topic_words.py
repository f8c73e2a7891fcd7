"""Words that speak for a topic."""

from summarizer.grouping.topic_words import named, stem_lines
from summarizer.topic import Topic


def test_a_word_counts_once_in_any_form() -> None:
    """Endings do not hide a word, repeating it does not strengthen it."""
    assert named("футболист футболист", "ru") == {Topic.SPORT: 1}
    assert named("футболшылар", "kk") == {Topic.SPORT: 1}


def test_languages_stay_apart() -> None:
    """«Сот» is a court in Kazakh; a Russian «сотрудник» is no incident."""
    assert Topic.INCIDENTS in named("сот үкімі", "kk")
    assert Topic.INCIDENTS not in named("сотрудник", "ru")


def test_an_unknown_language_is_read_by_all() -> None:
    """A category's language is not told."""
    assert Topic.SPORT in named("Sport", "")
    assert Topic.SPORT in named("Спорт", "")


def test_every_topic_has_words_in_every_language() -> None:
    """Twelve lines a language."""
    for lang in ("kk", "ru", "en"):
        assert len(stem_lines(lang)) == len(Topic)
        assert all(stem_lines(lang))
