"""Texts of like length share a batch."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.neural.batching import batches


@given(st.lists(st.integers(1, 500), max_size=60), st.integers(1, 9), st.integers(1, 2000))
def test_every_text_is_in_one_batch_within_the_bounds(lengths, rows, area):
    """Nothing is lost or read twice; a text that is too long alone stands alone."""
    made = batches(lengths, rows, area)

    assert sorted(index for batch in made for index in batch) == list(range(len(lengths)))
    for batch in made:
        longest = max(lengths[index] for index in batch)
        assert len(batch) <= rows
        assert len(batch) == 1 or longest * len(batch) <= area


def test_like_lengths_go_together():
    """Two short and two long texts cost no padding."""
    assert batches([5, 90, 6, 91], rows=2, area=1000) == [[3, 1], [2, 0]]
