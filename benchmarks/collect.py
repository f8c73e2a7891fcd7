"""`habarshy collect --fetch-only` against lemon24/reader, on the same feeds of a loopback server.

Both are processes of their own, measured from start to end, on an empty database ("cold") and again ("304").
Feeds are spread over 60 addresses of 127.0.0.0/8, so that politeness to one host is not what is measured;
every answer takes 50 ms; both write to SQLite. reader is set up as its documentation says (`make_reader`,
`add_feed`, `update_feeds(workers=…)`), with as many workers as Habarshy asks sources at a time.

An item is what an entry is in real feeds that carry the whole text: in the median of the 35 such feeds among
the 64 of shared/eval/feeds it has 2,870 characters of text, 7 paragraphs, 26 tags with 11 attributes, 2.5
links and one character reference in 4.3 kB; 58 % have a summary of 300 characters beside it, and one
category. The articles of shared/corpus have 1,470 to 2,660 characters. Words are invented, letters Kazakh.

Memory is the greatest sum, over a process and those it started, of what each has for itself and its share of
what it shares (PSS), in a round of its own: looking at it costs a tenth of a core. Seconds depend on what
else the machine does; processor seconds (CPU) do so less.
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
from statistics import median
from subprocess import PIPE, Popen

from aiohttp import web
from rich.console import Console
from rich.table import Table

from bot.newsroom.places import AT_ONCE, QUIET_AT_ONCE

ADDRESSES = 60
LATENCY = 0.05
#: Seconds between two looks at the processes.
_LOOK = 0.05
#: Syllables of the invented texts: only their length and their Kazakh letters matter.
_SYLLABLES = ("бал", "қа", "тө", "рек", "сы", "ғы", "көл", "ің", "мен", "таң", "тің", "ұш", "су", "лік")
_READER = """
import sys
from reader import make_reader

reader = make_reader(sys.argv[1])
for url in open(sys.argv[2]).read().split():
    reader.add_feed(url, exist_ok=True)
before = reader.get_entry_counts().total
reader.update_feeds(workers=int(sys.argv[3]), scheduled=False)
assert not list(reader.get_feeds(broken=True)), "reader failed on a feed"
print(f"{reader.get_entry_counts().total - before} new")
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process and those it started took."""

    #: From its start to its end.
    seconds: float
    #: Of the processor.
    cpu: float
    #: Greatest sum of proportional set sizes, MB; 0 where nobody looked.
    memory: float
    #: Its last line.
    said: str


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/collect.py --feeds 3000 --rounds 1"
    )
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--items", type=int, default=30, help="full-text items a feed")
    parser.add_argument("--rounds", type=int, default=3, help="medians of so many, and one more for memory")
    parser.add_argument("--alone", action="store_true", help="measure only Habarshy")
    parser.add_argument("--serve", action="store_true", help="be the server (used by the benchmark itself)")
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(_serve(asked.feeds, asked.items))
    else:
        _measure(asked)


def _measure(asked: argparse.Namespace) -> None:
    names = ["Habarshy", *(["reader"] if find_spec("reader") and not asked.alone else [])]
    taken: dict[tuple[str, str], list[Run]] = {}
    with _server(asked.feeds, asked.items) as port:
        urls = [f"http://127.0.1.{number % ADDRESSES + 1}:{port}/{number}" for number in range(asked.feeds)]
        for round_ in range(asked.rounds + 1):
            for name in names:
                with tempfile.TemporaryDirectory() as folder:
                    for kind in ("cold", "304"):
                        run = _pass(name, kind, Path(folder), urls, look=round_ == asked.rounds)
                        taken.setdefault((name, kind), []).append(run)
    Console(width=120).print(_table(taken, names))
    for kind in ("cold", "304"):
        print(f"{kind}: {taken['Habarshy', kind][-1].said}")  # noqa: T201 - a benchmark's report


def _table(taken: dict[tuple[str, str], list[Run]], names: Sequence[str]) -> Table:
    table = Table(
        "pass", *(f"{name}: {what}" for name in names for what in ("s", "CPU s", "MB")), "times faster"
    )
    for kind in ("cold", "304"):
        runs = [_middle(taken[name, kind]) for name in names]
        cells = [cell for run in runs for cell in _cells(run)]
        table.add_row(kind, *cells, f"{runs[-1].seconds / runs[0].seconds:.1f}" if len(runs) > 1 else "")
    return table


def _middle(runs: Sequence[Run]) -> Run:
    *timed, looked_at = runs
    return Run(
        median(run.seconds for run in timed),
        median(run.cpu for run in timed),
        looked_at.memory,
        looked_at.said,
    )


def _cells(run: Run) -> tuple[str, str, str]:
    return f"{run.seconds:.2f}", f"{run.cpu:.2f}", f"{run.memory:.0f}"


def _pass(name: str, kind: str, folder: Path, urls: Sequence[str], *, look: bool) -> Run:
    if name == "reader":
        workers = AT_ONCE if kind == "cold" else QUIET_AT_ONCE
        (folder / "urls").write_text("\n".join(urls), "utf-8")
        command = ["-c", _READER, str(folder / "reader.db"), str(folder / "urls"), str(workers)]
        return _run([sys.executable, *command], {}, look=look)
    sources = "".join(f'[[source]]\nname = "{number}"\nurl = "{url}"\n' for number, url in enumerate(urls))
    (folder / "sources.toml").write_text(sources, "utf-8")
    settings = {
        "HABARSHY_SOURCES": str(folder / "sources.toml"),
        "HABARSHY_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'habarshy.db'}",
        "HABARSHY_ALLOW_PRIVATE_ADDRESSES": "true",
    }
    return _run([sys.executable, "-m", "bot", "collect", "--all", "--fetch-only"], settings, look=look)


def _run(command: Sequence[str], settings: dict[str, str], *, look: bool) -> Run:
    with tempfile.TemporaryFile("w+") as output:
        begun = time.perf_counter()
        process = Popen(  # noqa: S603 - our own interpreter and scripts
            command, env={**os.environ, **settings}, stdout=output, text=True
        )
        memory, cpu = 0.0, 0.0
        while process.poll() is None:
            family = list(_family(process.pid))
            memory = max(memory, sum(map(_memory, family))) if look else 0.0
            cpu = max(cpu, sum(map(_cpu, family)))
            time.sleep(_LOOK)
        seconds = time.perf_counter() - begun
        output.seek(0)
        said = output.read().splitlines() or [""]
    if process.returncode:
        raise SystemExit(f"{command[:4]} failed: {said[-1]}")
    return Run(seconds, cpu, memory, said[-1])


def _family(process: int) -> Iterator[int]:
    """A process and all it started that are alive."""
    yield process
    try:
        # Children are listed with the thread that started them.
        threads = list(Path(f"/proc/{process}/task").iterdir())
        children = " ".join((thread / "children").read_text("ascii") for thread in threads).split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _memory(process: int) -> float:
    """Proportional set size, MB; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def _cpu(process: int) -> float:
    """Seconds of the processor so far; 0 for one that has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
    modules = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {modules}><channel>'
        f"<title>{number}</title><link>https://n{number}.example/</link>{entries}</channel></rss>"
    ).encode()


def _item(dice: random.Random, number: int, item: int) -> str:
    link = f"https://n{number}.example/kk/news/{item}-{_word(dice)}"
    return (
        f"<item><title>{_words(dice, 9)}</title><link>{link}</link>"
        f'<guid isPermaLink="false">{number}-{item}</guid><dc:creator>{_words(dice, 2)}</dc:creator>'
        f"<pubDate>Wed, 04 Mar 2026 {item % 24:02}:23:00 +0500</pubDate><category>{_word(dice)}</category>"
        f"<description>{_prose(dice, 300)}</description>"
        f"<content:encoded><![CDATA[{_article(dice, link)}]]></content:encoded></item>"
    )


def _article(dice: random.Random, link: str) -> str:
    paragraphs = [_prose(dice, 260) for _ in range(7)]
    for place in (1, 3, 5):
        anchor = f'<a href="/kk/tag/{_word(dice)}" target="_blank" rel="noopener">{_words(dice, 3)}</a>'
        paragraphs[place] += f" {anchor} <strong>{_words(dice, 2)}</strong>&nbsp;{_prose(dice, 60)}"
    paragraphs[2] += f'<br><span style="color: #333">&laquo;{_words(dice, 8)}&raquo;</span><br>'
    told = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    listed = "".join(f"<li>{_words(dice, 5)}</li>" for _ in range(4))
    picture = (
        f'<figure><img src="{link}/photo.jpg" alt="{_words(dice, 4)}" width="800">'
        f"<figcaption>{_words(dice, 4)}</figcaption></figure>"
    )
    parts = [picture, *told[:4], f"<h2>{_words(dice, 6)}</h2>", *told[4:], f"<ul>{listed}</ul>"]
    return f'<div class="article">{chr(10).join(parts)}</div>'


def _prose(dice: random.Random, length: int) -> str:
    """Sentences of some fifteen words, about `length` characters."""
    told = ""
    while len(told) < length:
        told += f"{_words(dice, dice.randint(8, 22)).capitalize()}. "
    return told.strip()


def _words(dice: random.Random, count: int) -> str:
    return " ".join(_word(dice) for _ in range(count))


def _word(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4)))


if __name__ == "__main__":
    main()
