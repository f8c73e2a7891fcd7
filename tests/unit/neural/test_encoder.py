"""Any encoder gives unit vectors, the same in a batch as alone."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from summarizer.errors import ModelUnavailable
from summarizer.grouping.calibration import Calibration
from summarizer.grouping.clustering import Grouper
from summarizer.neural.encoder import TransformersEncoder

TEXTS = ["Көпір ашылды", "Мост открыт в городе Жанатас, его длина 120 метров", "A bridge", ""]


def test_rows_are_of_unit_length(bert):
    """Cosine is then a plain product."""
    rows = TransformersEncoder(bert).encode(TEXTS)

    assert rows.shape == (4, 32)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_padding_changes_nothing(bert):
    """A text's vector does not depend on what it is encoded with."""
    encoder = TransformersEncoder(bert)

    alone = np.vstack([encoder.encode([text]) for text in TEXTS])

    np.testing.assert_allclose(encoder.encode(TEXTS), alone, atol=1e-5)


def test_no_texts_give_no_rows(bert):
    """The shape still tells the dimensions."""
    assert TransformersEncoder(bert).encode([]).shape == (0, 32)


def test_an_e5_model_gets_its_mark(bert, tmp_path):
    """E5 was trained on marked texts; the tiny model here bears its name."""
    marked = TransformersEncoder(bert)

    assert "e5" in bert
    assert marked._prefix == "passage: "
    assert marked.name == f"transformers:{bert}"


def test_a_missing_encoder_is_told_at_once():
    """Before the first article, so that the fallback can be chosen."""
    with pytest.raises(ModelUnavailable):
        TransformersEncoder("habarshy/never-published")


def test_a_model_that_pools_its_first_token_is_heeded(bert, tmp_path):
    """BGE-M3 says so in a file beside its weights."""
    folder = shutil.copytree(bert, tmp_path / "e5-cls")
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')

    first = TransformersEncoder(str(folder)).encode(TEXTS)

    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert not np.allclose(first, TransformersEncoder(bert).encode(TEXTS), atol=1e-3)


def test_stories_are_grouped_by_it(bert, articles):
    """Untaught, it sees no translations: its cosines are left as they are, and a copy is still a copy."""
    encoder = TransformersEncoder(bert)
    calibration = Calibration.of(encoder)
    grouper = Grouper(encoder, calibration=calibration)
    told = [*articles("kk", "ru"), replace(*articles("kk"), id="copy")]
    placed = {article.id: grouper.add(article) for article in told}
    assert placed["copy"].story == placed["0"].story
    assert (calibration.across, calibration.within) == (1.0, 1.0)


def test_weights_that_are_missing_are_told_at_the_first_text(bert, tmp_path):
    """The configuration alone is no model: whoever groups by it hears so, with the remedy."""
    folder = shutil.copytree(bert, tmp_path / "hollow")
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelUnavailable, match="hollow"):
        Calibration.of(TransformersEncoder(str(folder)))


def test_a_model_that_is_no_encoder_of_texts_is_told(tmp_path):
    """Its configuration has no length of a vector."""
    (tmp_path / "config.json").write_text('{"model_type": "clip"}')
    with pytest.raises(ModelUnavailable):
        TransformersEncoder(str(tmp_path))
