"""What administrators can see and do, in one value: the chat and the dashboard ask here."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.broadcast import Broadcast, Progress
from bot.domain.source import FetchState, Source
from bot.domain.watch import Trouble, Vitals, troubles
from bot.newsroom.desk import Discover, Found
from bot.newsroom.watch import Looks

#: How long a link into the dashboard is good.
LINK = timedelta(minutes=10)


class Pass(StrEnum):
    """What a secret opens."""

    #: A session, once.
    LOGIN = "login"
    #: The dashboard, until it expires.
    SESSION = "session"


class Passes(Protocol):
    """Who may come in by which secret."""

    async def issue(self, kind: Pass, secret: str, admin: int, until: datetime, now: datetime) -> None:
        """Let `secret` count until then."""

    async def spend(self, kind: Pass, secret: str, now: datetime) -> int | None:
        """Whose secret it was, which counts no more; None where it does not count."""

    async def holder(self, kind: Pass, secret: str, now: datetime) -> int | None:
        """Whose secret it is; None where it does not count."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source as an administrator sees it."""

    id: int
    source: Source
    state: FetchState
    #: Whether it is asked at all.
    enabled: bool
    #: When its newest article was found.
    last: datetime | None

    @property
    def standing(self) -> str:
        """new, ok, failing, gone or off: the ending of its word's key."""
        return self.state.standing if self.enabled else "off"


class Outlets(Protocol):
    """All sources but readers' own, the paused too."""

    async def listed(self) -> Sequence[Outlet]:
        """Every source, by name."""

    async def find(self, named: str | int) -> Outlet | None:
        """By name in any letter case, or by number."""

    async def add(self, source: Source) -> str:
        """Follow a source, or once more the one at that address; returns the name it has here."""

    async def switch(self, outlet: int, *, on: bool) -> bool:
        """Ask it or not; False where it is so already."""


class Drafts(Protocol):
    """Messages to everyone, from their author's side."""

    async def draft(self, admin: int, html: str, now: datetime) -> Broadcast:
        """Keep a message; nobody gets it yet."""

    async def find(self, broadcast: int) -> Broadcast | None:
        """The one with this number."""

    async def begin(self, broadcast: int, message: int) -> bool:
        """Let a draft go out, its progress shown in that message; False where it is none any more."""

    async def cancel(self, broadcast: int, now: datetime) -> bool:
        """Stop it, and take out of the outbox what has not left; False where it has ended."""

    async def progress(self, broadcast: Broadcast) -> Progress:
        """How far it is."""


class Bans(Protocol):
    """Chats and people that are shut out."""

    async def ban(self, chat: int, now: datetime) -> bool:
        """Shut a chat out, with all that waits for it; False where it was already."""

    async def unban(self, chat: int) -> bool:
        """Let a chat in again; False where it was not shut out."""

    async def any_banned(self, ids: Sequence[int]) -> bool:
        """Whether one of these chats or people is shut out."""

    async def all(self) -> Sequence[int]:
        """Everyone shut out, the latest first."""


@dataclass(frozen=True, slots=True)
class Control:
    """The administrators' ports."""

    #: Telegram ids.
    admins: tuple[int, ...]
    outlets: Outlets
    drafts: Drafts
    bans: Bans
    discover: Discover
    #: What a source gives now, asked as it is defined.
    probe: Callable[[Source], Awaitable[Found]]
    counts: Callable[[], Awaitable[Mapping[str, int]]]
    look: Looks
    #: A link that lets one administrator into the dashboard, once.
    invite: Callable[[int], Awaitable[str]]
    now: Callable[[], datetime]
    #: IANA zone of day and night.
    zone: str
    #: When this process began.
    up_since: datetime

    def today(self) -> date:
        """The day it is where the administrators are."""
        return self.now().astimezone(ZoneInfo(self.zone)).date()

    async def troubles(self) -> tuple[Vitals, Sequence[Trouble]]:
        """What is looked at, and what is wrong with it now."""
        now = self.now()
        vitals = await self.look(now)
        return vitals, troubles(vitals, self.zone, now, self.up_since)
