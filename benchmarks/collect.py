"""Collecting against lemon24/reader, on the same feeds of a loopback server, each as a process of its own.

Feeds are spread over 60 addresses of 127.0.0.0/8, so that politeness to one host is not what is measured;
every answer takes 50 ms; both write to SQLite. "Cold" meets the feeds for the first time, "304" asks again.
Memory is the peak of the process; Habarshy's parsing processes, one a core, take some 60 MB each beside it.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from subprocess import PIPE, Popen

from aiohttp import web
from rich.console import Console
from rich.table import Table

ADDRESSES = 60
LATENCY = 0.05
#: Syllables of the invented texts: only their length and their Kazakh letters matter.
_SYLLABLES = ("бал", "қа", "тө", "рек", "сы", "ғы", "көл", "ің", "мен", "таң", "тің", "ұш", "су", "лік")
#: What `habarshy collect --all --fetch-only` does, with a watch on the pass itself.
_HABARSHY = """
import asyncio, os, time
from pathlib import Path
from bot.app.newsroom import open_newsroom
from bot.newsroom.collect import totals
from bot.settings import load

async def main():
    async with open_newsroom(load(os.environ, Path.cwd())) as newsroom:
        begun = time.perf_counter()
        reports = [report async for report in newsroom.collect(everything=True)]
        failed = [report for report in reports if report.failed]
        assert not failed, failed[0]
        print(time.perf_counter() - begun, totals(reports).new)

asyncio.run(main())
"""
_READER = """
import sys, time
from reader import make_reader

reader = make_reader(sys.argv[1])
for url in sys.stdin.read().split():
    reader.add_feed(url, exist_ok=True)
begun, before = time.perf_counter(), reader.get_entry_counts().total
reader.update_feeds(workers=20, scheduled=False)
assert not list(reader.get_feeds(broken=True)), "reader failed on a feed"
print(time.perf_counter() - begun, reader.get_entry_counts().total - before)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took."""

    #: From its start to its end.
    seconds: float
    #: Of the pass alone.
    inside: float
    #: Peak resident set, MB.
    memory: float
    #: Entries that were new.
    stored: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/collect.py --feeds 3000"
    )
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--items", type=int, default=30, help="full-text items a feed")
    parser.add_argument("--alone", action="store_true", help="measure only Habarshy")
    parser.add_argument("--serve", action="store_true", help="be the server (used by the benchmark itself)")
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(_serve(asked.feeds, asked.items))
    else:
        _measure(asked.feeds, asked.items, alone=asked.alone or find_spec("reader") is None)


def _measure(feeds: int, items: int, *, alone: bool) -> None:
    with _server(feeds, items) as port, tempfile.TemporaryDirectory() as folder:
        urls = [f"http://127.0.1.{number % ADDRESSES + 1}:{port}/{number}" for number in range(feeds)]
        ours = [_habarshy(Path(folder), urls) for _ in range(2)]
        theirs = [] if alone else [_reader(Path(folder), urls) for _ in range(2)]
    table = Table("pass", *_columns("Habarshy"), *_columns("reader"), "faster: pass", "process")
    compared: Sequence[Run | None] = theirs or (None, None)
    for name, own, other in zip(("cold", "304"), ours, compared, strict=True):
        faster = (f"{other.inside / own.inside:.1f}", f"{other.seconds / own.seconds:.1f}") if other else ()
        table.add_row(name, *_cells(own), *(_cells(other) if other else ("", "", "")), *faster)
    console = Console(width=130)
    console.print(table)
    console.print(
        f"{feeds} feeds of {items} items; Habarshy stored {ours[0].stored}, then {ours[1].stored} more"
    )


def _columns(name: str) -> tuple[str, str, str]:
    return f"{name}: pass, s", "process, s", "MB"


def _cells(run: Run) -> tuple[str, str, str]:
    return f"{run.inside:.2f}", f"{run.seconds:.2f}", f"{run.memory:.0f}"


def _habarshy(folder: Path, urls: Sequence[str]) -> Run:
    sources = "".join(f'[[source]]\nname = "{number}"\nurl = "{url}"\n' for number, url in enumerate(urls))
    (folder / "sources.toml").write_text(sources, "utf-8")
    settings = {
        "HABARSHY_SOURCES": str(folder / "sources.toml"),
        "HABARSHY_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'habarshy.db'}",
        "HABARSHY_ALLOW_PRIVATE_ADDRESSES": "true",
    }
    return _run([sys.executable, "-c", _HABARSHY], settings, "")


def _reader(folder: Path, urls: Sequence[str]) -> Run:
    return _run([sys.executable, "-c", _READER, str(folder / "reader.db")], {}, "\n".join(urls))


def _run(command: Sequence[str], settings: dict[str, str], said: str) -> Run:
    begun = time.perf_counter()
    process = Popen(  # noqa: S603 - our own interpreter and script
        command, env={**os.environ, **settings}, stdin=PIPE, stdout=PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(said)
    process.stdin.close()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[:4]} failed: {output[-500:]}")
    inside, stored = output.split()
    return Run(time.perf_counter() - begun, float(inside), usage.ru_maxrss / 1024, int(stored))


@contextmanager
def _server(feeds: int, items: int) -> Iterator[int]:
    command = [sys.executable, __file__, "--serve", "--feeds", str(feeds), "--items", str(items)]
    with Popen(command, stdout=PIPE, text=True) as process:  # noqa: S603 - this very file
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


async def _serve(feeds: int, items: int) -> None:
    bodies = {str(number): _feed(number, items) for number in range(feeds)}

    async def answer(request: web.Request) -> web.Response:
        await asyncio.sleep(LATENCY)
        number = request.match_info["number"]
        headers = {"ETag": f'"{number}"', "Content-Type": "application/rss+xml"}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(body=bodies[number], headers=headers)

    app = web.Application()
    app.router.add_get("/{number}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "0.0.0.0", 0)  # noqa: S104 - all of 127.0.0.0/8, on a machine of one's own
    await site.start()
    print(runner.addresses[0][1], flush=True)  # noqa: T201 - the port, for the parent
    await asyncio.Event().wait()


def _feed(number: int, items: int) -> bytes:
    dice = random.Random(number)  # noqa: S311 - texts, not secrets
    entries = "".join(_item(dice, number, item) for item in range(items))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{number}</title>{entries}'
        "</channel></rss>"
    ).encode()


def _item(dice: random.Random, number: int, item: int) -> str:
    paragraphs = "".join(f"<p>{_sentence(dice, 60)}</p>\n" for _ in range(5))
    return (
        f"<item><title>{_sentence(dice, 9)}</title><link>https://n{number}.example/{item}</link>"
        f'<guid isPermaLink="false">{number}-{item}</guid>'
        f"<pubDate>Wed, 04 Mar 2026 {item % 24:02}:23:00 +0500</pubDate>"
        f"<description>{_sentence(dice, 20)}</description>"
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>"
    )


def _sentence(dice: random.Random, words: int) -> str:
    made = ("".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(words))
    return " ".join(made).capitalize() + "."


if __name__ == "__main__":
    main()
