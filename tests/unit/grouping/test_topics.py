"""Topics of articles in three languages."""

import pytest

from summarizer.article import Article
from summarizer.grouping.topics import classify
from summarizer.topic import Topic


@pytest.mark.parametrize(
    ("title", "lang", "topic"),
    [
        ("Футболдан ұлттық құрама чемпионат матчын ұтты", "kk", Topic.SPORT),
        ("В Караганде загорелся склад: пожарные спасли троих пострадавших", "ru", Topic.INCIDENTS),
        ("Central bank raises interest rate as inflation and currency worries grow", "en", Topic.ECONOMY),
    ],
)
def test_words_of_three_languages_name_the_topic(title, lang, topic) -> None:
    """A plain headline is enough in Kazakh, Russian and English."""
    assert classify(Article(id="1", title=title, text="", lang=lang)).topics[0] is topic


def test_nothing_said_is_society() -> None:
    """Where no word speaks for a topic, the honest answer is society."""
    assert classify(Article(id="1", title="", text="", lang="kk")).topics == (Topic.SOCIETY,)


def test_probabilities_cover_the_twelve_and_add_up() -> None:
    """Scores are a distribution."""
    scores = classify(Article(id="1", title="Чемпионат", text="", lang="ru")).scores
    assert set(scores) == set(Topic)
    assert sum(scores.values()) == pytest.approx(1)


def test_the_source_s_own_categories_count() -> None:
    """A feed's section name decides where the text is silent."""
    article = Article(id="1", title="Жаңа күн", text="", lang="kk", categories=("Спорт",))
    assert classify(article).topics[0] is Topic.SPORT
