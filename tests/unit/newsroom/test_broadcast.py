"""A broadcast is never far ahead of what is sent, and its author sees how far it is."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.broadcast import Broadcast, BroadcastState, Progress
from bot.newsroom.broadcast import SHOW_EVERY, Broadcasting, broadcast

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@dataclass
class Outbox:
    """Satisfies newsroom.broadcast.Broadcasts: so many readers, sent a few at a time."""

    readers: int
    posted: int = 0
    sent: int = 0
    most_open: int = 0
    state: BroadcastState = BroadcastState.SENDING

    async def sending(self):
        return [Broadcast(1, 7001, "x", self.state)] if self.state is BroadcastState.SENDING else []

    async def post(self, broadcast, now, most):
        count = min(most, self.readers - self.posted)
        self.posted += count
        self.most_open = max(self.most_open, self.posted - self.sent)
        return count

    async def progress(self, broadcast):
        return Progress(sent=self.sent, open=self.posted - self.sent, ahead=self.readers - self.posted)

    async def finish(self, broadcast, now):
        self.state = BroadcastState.DONE
        return True

    def send(self, count: int) -> None:
        """Telegram confirms some."""
        self.sent = min(self.posted, self.sent + count)


@dataclass
class Board:
    """Satisfies newsroom.broadcast.Board."""

    shown: list[tuple[int, bool]] = field(default_factory=list)

    async def show(self, broadcast, progress, *, over):
        """Keep it."""
        self.shown.append((progress.sent, over))


async def test_it_goes_as_fast_as_it_is_sent():
    """Never more than so many wait; everybody is reached, and it ends once."""
    outbox, board = Outbox(95), Board()
    ports = Broadcasting(outbox, board, most=20)
    now = NOW
    while outbox.state is BroadcastState.SENDING:
        await broadcast(ports, now)
        outbox.send(7)
        now += timedelta(seconds=2)
        assert now < NOW + timedelta(minutes=5)
    assert (outbox.sent, outbox.most_open) == (95, 20)
    assert [over for _, over in board.shown].count(True) == 1
    assert board.shown[-1] == (95, True)


async def test_progress_is_shown_now_and_then():
    """Telegram allows few edits of a message."""
    outbox, board = Outbox(10_000), Board()
    ports = Broadcasting(outbox, board, most=100)
    for second in range(0, 60, 2):
        await broadcast(ports, NOW + timedelta(seconds=second))
        outbox.send(60)
    assert len(board.shown) <= 60 / SHOW_EVERY.total_seconds() + 1


async def test_nothing_to_send_asks_nobody():
    """A bot without broadcasts shows none."""
    board = Board()
    await broadcast(Broadcasting(Outbox(5, state=BroadcastState.CANCELLED), board, most=10), NOW)
    assert board.shown == []
