"""Broadcast: put the operator's message into the outbox, never far ahead of what is sent.

So digests go out between its parts, and cancelling it stops it within moments.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.broadcast import Broadcast, Progress

#: Progress is shown this often, and at the end.
SHOW_EVERY = timedelta(seconds=5)


class Broadcasts(Protocol):
    """Messages to everyone."""

    async def sending(self) -> Sequence[Broadcast]:
        """Those under way."""

    async def post(self, broadcast: Broadcast, now: datetime, most: int) -> int:
        """Put it into the outbox for the next readers; returns how many there were."""

    async def progress(self, broadcast: Broadcast) -> Progress:
        """How far it is."""

    async def finish(self, broadcast: int, now: datetime) -> bool:
        """Everyone was reached; False where it was cancelled meanwhile."""


class Board(Protocol):
    """Where its author sees how far it is."""

    async def show(self, broadcast: Broadcast, progress: Progress, *, over: bool) -> None:
        """Show it; a failure to do so costs nobody the message."""


@dataclass(frozen=True, slots=True)
class Broadcasting:
    """The ports broadcasting needs."""

    broadcasts: Broadcasts
    board: Board
    #: Parts of one broadcast that may wait in the outbox.
    most: int
    #: When each broadcast's progress was shown last.
    shown: dict[int, datetime] = field(default_factory=dict)


async def broadcast(ports: Broadcasting, now: datetime) -> None:
    """Carry on with every broadcast under way."""
    for one in await ports.broadcasts.sending():
        reached = await ports.broadcasts.progress(one)
        room = ports.most - reached.open
        if reached.ahead and room > 0:
            await ports.broadcasts.post(one, now, room)
        over = not reached.ahead and not reached.open and await ports.broadcasts.finish(one.id, now)
        if over or now - ports.shown.get(one.id, now - SHOW_EVERY) >= SHOW_EVERY:
            ports.shown[one.id] = now
            await ports.board.show(one, reached, over=over)
