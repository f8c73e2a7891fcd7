"""`habarshy demo`: the whole path on the bundled sample, with a terminal where Telegram would be."""

import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.app.crawl import wall_clock
from bot.app.newsroom import Newsroom, open_newsroom
from bot.cli.options import TOPICS, asynchronous
from bot.cli.terminal import TerminalMessenger
from bot.demo.readers import READERS, Reader
from bot.demo.site import DemoSite
from bot.domain.delivery import UnknownPolicy
from bot.domain.errors import JobFailed
from bot.domain.subscriber import LANGUAGES, Chat, Preferences
from bot.logs import configure
from bot.newsroom.compose import compose_now
from bot.newsroom.deliver import Delivering, deliver
from bot.settings import Settings
from summarizer.topic import Topic


@click.command(epilog="Example: habarshy demo --lang kk --topics economy,technology")
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="One reader of this language.")
@click.option("--topics", type=TOPICS, default=None, help="That reader's topics by comma; default all.")
@asynchronous
async def demo(*, lang: str | None, topics: tuple[str, ...] | None) -> None:
    """The whole path on the bundled sample: fetch, store, group, summarize, compose, show."""
    configure("ERROR", "console")
    console = Console()
    now = wall_clock()
    with tempfile.TemporaryDirectory(prefix="habarshy-demo-") as folder:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{Path(folder)}/demo.db", allow_private_addresses=True
        )
        async with DemoSite(now) as site, open_newsroom(settings, sources=site.sources, gap=0) as newsroom:
            console.print(await _work(newsroom, console), highlight=False)
            for number, reader in enumerate(_readers(lang, topics), start=1):
                await _show(newsroom, reader, number, console)
    console.print("\nRun it for real: HABARSHY_BOT_TOKEN=<token from @BotFather> make run", highlight=False)


def _readers(lang: str | None, topics: tuple[str, ...] | None) -> tuple[Reader, ...]:
    if lang is None and topics is None:
        return READERS
    wanted = frozenset(Topic(topic) for topic in topics) if topics else frozenset(Topic)
    name = next(reader.name for reader in READERS if reader.preferences.languages[0] == (lang or "kk"))
    return (Reader(name, Preferences((lang or "kk",), wanted)),)


async def _work(newsroom: Newsroom, console: Console) -> str:
    """Collect, group and summarize; returns what came of it in one line."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(
        *columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        asked = await newsroom.sources.all()
        task = progress.add_task("Fetching pages", total=len(asked) + 1)
        counted: Counter[str] = Counter()
        async for report in newsroom.collect(everything=True):
            if report.failed:
                raise JobFailed(f"{report.source}: {report.failed}")
            counted["articles"] += report.new
            progress.advance(task)
        progress.update(task, description="Grouping and summarizing")
        await newsroom.condense()
        progress.advance(task)
    stories = await newsroom.stories.cards(newsroom.now() - timedelta(days=2), newsroom.now())
    return f"{len(asked)} sources, {counted['articles']} articles, {len(stories)} stories"


async def _show(newsroom: Newsroom, reader: Reader, number: int, console: Console) -> None:
    subscriber, _ = await newsroom.subscribers.join(Chat(number), reader.preferences, newsroom.now())
    await compose_now(newsroom.composing, subscriber, "demo", newsroom.now())
    title = f"{reader.name} ({', '.join(reader.preferences.languages)})"
    ports = Delivering(newsroom.outbox, TerminalMessenger(console, title), UnknownPolicy.RESEND, newsroom.now)
    await deliver(ports)
