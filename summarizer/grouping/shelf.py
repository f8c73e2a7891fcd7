"""Vectors kept by date, so that a new article is compared with the days around it and no others.

The search is exact up to EXACT rows in a span of days. Beyond, a product in a random space of COARSE
dimensions (Johnson and Lindenstrauss; it errs by 0.1) makes a shortlist for the exact one, since matrices
that outgrow the processor's cache cost milliseconds.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from summarizer.grouping.embeddings import Vectors


@cache
def _blas() -> ThreadpoolController:
    # On a busy machine the threads of so small a product wait forty times longer than it takes.
    return ThreadpoolController().select(user_api="blas")


#: Rows in a span of days beyond which a shortlist is made, and how many dimensions and rows that takes.
EXACT, COARSE, SHORTLIST = 2048, 96, 128
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Shelf:
    """Grows by one row at a time; a row keeps its number for good.

    Args:
        dimensions: length of a row.
        window: two articles nearer in time than this are compared, and none further apart than twice this.
            One without a date is compared with everything.
    """

    def __init__(self, dimensions: int, window: timedelta) -> None:
        self._dimensions = dimensions
        self._window = window
        self._blocks: dict[int | None, _Block] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, row: Vectors, published: datetime | None) -> int:
        """Keep a row of shape (dimensions,); its number counts up from 0."""
        block = self._blocks.setdefault(self._span(published), _Block(self._dimensions))
        block.append(row, self._size)
        self._size += 1
        return self._size - 1

    def nearest(
        self, row: Vectors, published: datetime | None, count: int, floor: float
    ) -> list[tuple[int, float]]:
        """Numbers and products of at most `count` rows with a product of at least `floor`, best first."""
        around = self._around(self._span(published))
        with _blas().limit(limits=1):
            found = [pair for block in around for pair in block.nearest(row, count, floor)]
        return sorted(found, key=lambda pair: -pair[1])[:count]

    def _span(self, published: datetime | None) -> int | None:
        return None if published is None else (published - _EPOCH) // self._window

    def _around(self, span: int | None) -> Iterator["_Block"]:
        for other, block in self._blocks.items():
            if span is None or other is None or abs(span - other) <= 1:
                yield block


class _Block:
    def __init__(self, dimensions: int) -> None:
        self._rows = np.empty((64, dimensions), dtype=np.float32)
        self._coarse = np.empty((64, min(COARSE, dimensions)), dtype=np.float32)
        self._numbers = np.empty(64, dtype=np.int64)
        self._size = 0

    def append(self, row: Vectors, number: int) -> None:
        if self._size == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
            self._coarse = np.concatenate([self._coarse, np.empty_like(self._coarse)])
            self._numbers = np.concatenate([self._numbers, np.empty_like(self._numbers)])
        self._rows[self._size], self._numbers[self._size] = row, number
        self._coarse[self._size] = row @ _projection(len(row))
        self._size += 1

    def nearest(self, row: Vectors, count: int, floor: float) -> Iterator[tuple[int, float]]:
        numbers, rows = self._numbers[: self._size], self._rows[: self._size]
        if self._size > EXACT:
            places = _best(self._coarse[: self._size] @ (row @ _projection(len(row))), SHORTLIST, floor)
            numbers, rows = numbers[places], rows[places]
        products = rows @ row
        places = _best(products, count, floor)
        return zip(numbers[places].tolist(), products[places].tolist(), strict=True)


def _best(products: Vectors, count: int, floor: float) -> NDArray[np.intp]:
    places = np.flatnonzero(products >= floor)
    if len(places) > count:
        places = places[np.argpartition(products[places], -count)[-count:]]
    return places


@cache
def _projection(dimensions: int) -> Vectors:
    """Orthogonal axes, shape (dimensions, COARSE), scaled so that products keep their size on average."""
    axes = np.linalg.qr(np.random.default_rng(0).standard_normal((dimensions, min(COARSE, dimensions))))[0]
    scaled: Vectors = (axes * np.sqrt(dimensions / axes.shape[1])).astype(np.float32)
    return scaled
