"""Charts as shapes: numbers in, rectangles out; the template draws them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Units of the drawing; the style sheet scales it to its column.
WIDTH, HEIGHT = 720, 160
#: Share of a bar's place that is left free.
_GAP = 0.2


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle."""

    x: float
    y: float
    width: float
    height: float
    #: Its class in the style sheet.
    kind: str
    #: What a pointer over it tells.
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word below the bars."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of WIDTH × HEIGHT."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    #: The value at the upper edge.
    top: int


@dataclass(frozen=True, slots=True)
class Column:
    """What stands at one place: values from the ground up, each with its class."""

    label: str
    values: Sequence[tuple[str, int]]
    #: The word below; empty for none.
    mark: str = ""


def chart(columns: Sequence[Column]) -> Chart:
    """Columns side by side, as high as their share of the highest."""
    top = _ceiling(max((sum(value for _, value in column.values) for column in columns), default=0))
    step = WIDTH / max(len(columns), 1)
    bars = [bar for place, column in enumerate(columns) for bar in _bars(column, place * step, step, top)]
    marks = [Mark(round((n + 0.5) * step, 1), column.mark) for n, column in enumerate(columns) if column.mark]
    return Chart(tuple(bars), tuple(marks), top)


def sparkline(values: Sequence[int]) -> tuple[Bar, ...]:
    """A small chart in a unit of 100 × 20, without words."""
    top, step = max(max(values, default=0), 1), 100 / max(len(values), 1)
    heights = [round(20 * value / top, 2) for value in values]
    return tuple(
        Bar(round(n * step, 2), round(20 - height, 2), round(step * (1 - _GAP), 2), height, "bar", "")
        for n, height in enumerate(heights)
        if height
    )


def _bars(column: Column, x: float, step: float, top: int) -> list[Bar]:
    bars, ground = [], float(HEIGHT)
    for kind, value in column.values:
        height = HEIGHT * value / top
        ground -= height
        if value:
            place = round(x + step * _GAP / 2, 1), round(ground, 1)
            bars.append(Bar(*place, round(step * (1 - _GAP), 1), round(height, 1), kind, column.label))
    return bars


def _ceiling(value: int) -> int:
    """The next round number: 1, 2 or 5 with noughts."""
    scale = 1
    while True:
        for step in (1, 2, 5):
            if step * scale >= value:
                return step * scale
        scale *= 10
