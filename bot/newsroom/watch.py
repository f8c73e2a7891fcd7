"""Watch: tell the administrators once what is wrong and what to do, and once that it is well again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from bot.domain.watch import Changes, Kind, Known, Trouble, Vitals, changes, troubles
from bot.words.translator import translate

#: Troubles of one kind that one message spells out.
_SPELLED = 5

_log = structlog.get_logger(__name__)


class Memory(Protocol):
    """What was told before."""

    async def known(self) -> Sequence[Known]:
        """Every trouble remembered."""

    async def remember(self, known: Sequence[Known]) -> None:
        """These, and no others."""


class Pager(Protocol):
    """Reaches one administrator."""

    async def lang(self, admin: int) -> str:
        """The language they chose in the bot; else Kazakh."""

    async def tell(self, admin: int, text: str) -> bool:
        """Send plain text; False where it did not arrive."""


class Looks(Protocol):
    """Takes the vitals."""

    async def __call__(self, now: datetime) -> Vitals:
        """As they are now."""


@dataclass(frozen=True, slots=True)
class Watching:
    """The ports watching needs."""

    look: Looks
    memory: Memory
    pager: Pager
    #: Telegram ids.
    admins: Sequence[int]
    #: IANA zone of day and night.
    zone: str
    #: When this process began.
    up_since: datetime
    #: Told which kinds of trouble there are.
    hear: Callable[[Sequence[Trouble]], None] = lambda _: None


async def watch(ports: Watching, now: datetime) -> int:
    """Look once; returns how many troubles there are.

    What could not be told to anybody is told the next time: only then is it remembered.
    """
    found = troubles(await ports.look(now), ports.zone, now, ports.up_since)
    ports.hear(found)
    changed = changes(await ports.memory.known(), found, now)
    news = bool(changed.raised or changed.mended)
    if news:
        _log.warning("troubles", raised=[_name(one) for one in changed.raised], mended=len(changed.mended))
    if not news or await _told(ports, changed):
        await ports.memory.remember(changed.remembered)
    return len(found)


async def _told(ports: Watching, changed: Changes) -> bool:
    reached = [
        await ports.pager.tell(admin, report(await ports.pager.lang(admin), changed))
        for admin in ports.admins
    ]
    return any(reached) or not reached


def report(lang: str, changed: Changes) -> str:
    """What is wrong and what to do, then what is well again."""
    return "\n\n".join([*_raised(lang, changed.raised), *_mended(lang, changed.mended)])


def advice(lang: str, trouble: Trouble) -> str:
    """One trouble, and what to do."""
    return f"{_said(lang, trouble)}\n{translate(lang, f'alert-{trouble.kind}-do')}"


def _raised(lang: str, raised: Sequence[Trouble]) -> list[str]:
    told = []
    for kind in Kind:
        mine = [_said(lang, one) for one in raised if one.kind is kind]
        hidden = len(mine) - _SPELLED
        more = [translate(lang, "and-more", count=hidden)] if hidden > 0 else []
        if mine:
            told.append("\n".join([*mine[:_SPELLED], *more, translate(lang, f"alert-{kind}-do")]))
    return told


def _mended(lang: str, mended: Sequence[Known]) -> list[str]:
    named = [name for one in mended for name in [one.subject or translate(lang, f"alert-{one.kind}-name")]]
    return [translate(lang, "alert-mended", what=", ".join(named[:_SPELLED]))] if named else []


def _said(lang: str, trouble: Trouble) -> str:
    reason = str(trouble.facts.get("reason", ""))
    said = translate(lang, f"alert-{trouble.kind}", **{"source": trouble.subject, **trouble.facts})
    return f"{said} ({reason})" if reason else said


def _name(trouble: Trouble) -> str:
    return f"{trouble.kind} {trouble.subject}".strip()
