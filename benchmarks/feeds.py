"""Parsing against feedparser's defaults, extraction against trafilatura alone, on the files of ../shared.

Parsing: milliseconds a feed (the best round), and how often feedparser has something that we have not;
a text counts as lost where less than four fifths of its words are there (captions are left out on purpose).
Extraction: precision and recall over the multisets of lower-case words of a page's text and its gold text,
each averaged over pages; F1 is their harmonic mean. Pages per second include decoding.
"""

import argparse
import gzip
import html
import json
import re
import time
from calendar import timegm
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import feedparser
import trafilatura
from rich.console import Console
from rich.table import Table

from bot.domain.source import Source
from bot.sources.articlepage import body_text
from bot.sources.feed import parse_feed
from bot.sources.webpage import read_page

SHARED = Path(__file__).parents[2] / "shared" / "eval"
#: Share of feedparser's words that make a text the same: captions and forms are left out on purpose.
ENOUGH = 0.8
BASE = "https://feed.example/rss"
_SOURCE = Source("page", BASE)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/feeds.py --rounds 1"
    )
    parser.add_argument("--rounds", type=int, default=5, help="the best of so many counts")
    rounds = parser.parse_args().rounds
    if not SHARED.is_dir():
        print(f"skipped: no real feeds and pages at {SHARED}")  # noqa: T201 - a benchmark's report
        return
    console = Console(width=110)
    console.print(_parsing([path.read_bytes() for path in sorted((SHARED / "feeds").iterdir())], rounds))
    console.print(_extraction())


def _parsing(feeds: Sequence[bytes], rounds: int) -> Table:
    ours = _best(lambda: [parse_feed(body, url=BASE) for body in feeds], rounds)
    theirs = _best(lambda: [feedparser.parse(body) for body in feeds], rounds)
    lost = Counter(field for body in feeds for field in losses(body))
    table = Table("parser", "ms a feed", "times faster", "lost or wrong", title=f"{len(feeds)} feeds")
    table.add_row("feedparser", f"{theirs / len(feeds) * 1e3:.2f}", "1.0", "")
    found = ", ".join(f"{count} {field}" for field, count in lost.items()) or "nothing"
    table.add_row("Habarshy", f"{ours / len(feeds) * 1e3:.2f}", f"{theirs / ours:.1f}", found)
    return table


def _best(work: Callable[[], object], rounds: int) -> float:
    def seconds() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return min(seconds() for _ in range(rounds))


def losses(body: bytes) -> Iterator[str]:
    """Names of the fields that feedparser has right and we have not, one for each time."""
    theirs, ours = feedparser.parse(body).entries, parse_feed(body, url=BASE).entries
    if len(theirs) > len(ours):
        yield from ["entry"] * (len(theirs) - len(ours))
    for one, other in zip(theirs, ours, strict=False):
        if _line(one.get("title", "")) != _line(other.title):
            yield "title"
        if "://" in (link := one.get("link", "")) and link != other.url:
            yield "link"
        if _moment(one) not in {None, other.published and int(other.published.timestamp())}:
            yield "date"
        text = _words(_plain(one))
        if sum((text & _words(other.text)).values()) < ENOUGH * sum(text.values()):
            yield "text"


def _line(title: str) -> str:
    return " ".join(html.unescape(html.unescape(title)).split())


def _moment(entry: Any) -> int | None:
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    # Year 1 is how some programs write «no date».
    return timegm(stamp) if stamp and stamp.tm_year > 1 else None


def _plain(entry: Any) -> str:
    markup = max([*(part.value for part in entry.get("content", ())), entry.get("summary", "")], key=len)
    return html.unescape(re.sub(r"<[^<>]*>", " ", markup))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _extraction() -> Table:
    gold = json.loads((SHARED / "extraction" / "ground-truth.json").read_text("utf-8"))
    pages = [
        (
            gzip.decompress((SHARED / "extraction" / "html" / f"{name}.html.gz").read_bytes()),
            page["articleBody"],
        )
        for name, page in gold.items()
    ]
    table = Table("extraction", "precision", "recall", "F1", "pages a second", title=f"{len(pages)} pages")
    table.add_row(
        "trafilatura", *_scores(pages, lambda body: trafilatura.extract(body, favor_precision=True))
    )
    table.add_row("Habarshy", *_scores(pages, lambda body: body_text(read_page(body), _SOURCE)))
    return table


def _scores(pages: Sequence[tuple[bytes, str]], extract: Callable[[bytes], str | None]) -> tuple[str, ...]:
    begun = time.perf_counter()
    texts = [extract(body) or "" for body, _ in pages]
    seconds = time.perf_counter() - begun
    shares = [_shares(_words(text), _words(gold)) for text, (_, gold) in zip(texts, pages, strict=True)]
    precision, recall = (sum(share) / len(pages) for share in zip(*shares, strict=True))
    f1 = 2 * precision * recall / (precision + recall)
    return f"{precision:.4f}", f"{recall:.4f}", f"{f1:.4f}", f"{len(pages) / seconds:.0f}"


def _shares(text: Counter[str], gold: Counter[str]) -> tuple[float, float]:
    both = sum((text & gold).values())
    return both / max(1, sum(text.values())), both / max(1, sum(gold.values()))


if __name__ == "__main__":
    main()
