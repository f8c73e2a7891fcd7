"""Deliver: send what waits in the outbox, and write down what became of it."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush

import structlog
from structlog.contextvars import bind_contextvars

from bot.domain.circuit import Circuit
from bot.domain.delivery import Outcome, Part, PartState, Settlement, UnknownPolicy, postponed, settle
from bot.domain.share import WHOLE, Share
from bot.domain.window import Window
from bot.newsroom.apology import apologetic
from bot.newsroom.books import Books
from bot.newsroom.events import Attempted, Hear, unheard
from bot.newsroom.ports import Messenger, Outbox

#: Parts read ahead, nobody's until they are claimed; and so few are left when more are read.
AHEAD, FEW = 128, 32
#: Seconds after which a run looks for what was posted meanwhile, and for parts of processes that died.
LOOK_AGAIN, RECOVER_AGAIN = 1.0, 30.0
#: A chat's pause that is waited for rather than written down: its next second. And how many rest at most.
SHORT, MOST_RESTING = timedelta(seconds=1.5), 500
#: Seconds between two looks at the outbox while parts are on their way: each may free its reader's next.
LOOK_SOON = 0.02

_log = structlog.get_logger(__name__)


class Exit:
    """The door through which requests leave: it knows who is out, and once shut lets nobody through."""

    def __init__(self) -> None:
        self._locked = asyncio.Event()
        self._out = 0
        self._all_back = asyncio.Event()
        self._all_back.set()

    @property
    def open(self) -> bool:
        """Whether anybody may still leave."""
        return not self._locked.is_set()

    def lock(self) -> None:
        """Let nothing more leave."""
        self._locked.set()

    async def wait(self, seconds: float) -> None:
        """Return after so long, or when the door is locked."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._locked.wait(), seconds)

    @contextmanager
    def passing(self) -> Iterator[None]:
        """For the time between a part's claim and its settlement."""
        self._out += 1
        self._all_back.clear()
        try:
            yield
        finally:
            self._out -= 1
            if not self._out:
                self._all_back.set()

    async def shut(self, seconds: float) -> None:
        """Let nothing more leave, and wait so long for what is out."""
        self.lock()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all_back.wait(), seconds)


@dataclass(frozen=True, slots=True)
class Delivering:
    """The ports delivering needs, and what it knows from one run to the next."""

    outbox: Outbox
    messenger: Messenger
    policy: UnknownPolicy
    #: The current time, aware.
    clock: Callable[[], datetime]
    exit: Exit = field(default_factory=Exit)
    hear: Hear = unheard
    window: Window = field(default_factory=Window)
    circuit: Circuit = field(default_factory=Circuit)


async def deliver(ports: Delivering, share: Share = WHOLE) -> Counter[PartState]:
    """Send until nothing more may be sent to the share's readers now; returns how many attempts ended how."""
    run = _Run(ports, share)
    trouble: Exception | None = None
    async with asyncio.TaskGroup() as tasks:
        try:
            await run.dispatch(tasks)
        except Exception as error:  # noqa: BLE001 - raised below: those under way come to their end first
            trouble = error
    if trouble:
        raise trouble
    return run.results


async def deliver_patiently(ports: Delivering, patience: timedelta) -> Counter[PartState]:
    """As deliver, but wait for parts that a flood or a doubt holds back for less than `patience`."""
    results = await deliver(ports)
    while ports.exit.open and (wait := await _until_next(ports)) <= patience:
        await ports.exit.wait(max(0.0, wait.total_seconds()))
        results += await deliver(ports)
    return results


async def _until_next(ports: Delivering) -> timedelta:
    silence = max(ports.messenger.halt(), ports.circuit.wait(ports.clock()))
    at = await ports.outbox.next_at()
    return timedelta.max if at is None else max(at - ports.clock(), silence)


class _Run:
    """One run: parts are read ahead, and claimed when there is a place for them on the way."""

    def __init__(self, ports: Delivering, share: Share) -> None:
        self._share = share
        self.results: Counter[PartState] = Counter()
        self._ports = ports
        self._books = Books(ports.outbox, ports.clock)
        self._queue: deque[Part] = deque()
        #: Parts whose chat has its next turn in a moment, by the second it comes.
        self._resting: list[tuple[float, int, Part]] = []
        self._under_way: set[int] = set()
        #: Parts with which something went wrong that is no answer of Telegram's: left alone for a while.
        self._left: set[int] = set()
        self._recover_at = 0.0
        self._look_at = 0.0
        #: Set when a part has come to its end.
        self._ended = asyncio.Event()

    async def dispatch(self, tasks: asyncio.TaskGroup) -> None:
        """Start attempts until nothing is ready or under way."""
        while self._ports.exit.open:
            await self._recover()
            await self._look()
            for part in await self._claimed():
                self._under_way.add(part.id)
                tasks.create_task(self._attempt(part))
            if not self._under_way and (self._silence() or not (self._queue or self._resting)):
                return
            await self._pause()

    async def _recover(self) -> None:
        now = _seconds()
        if now < self._recover_at:
            return
        self._recover_at = now + RECOVER_AGAIN
        self._left.clear()
        if count := await self._ports.outbox.recover(self._ports.clock(), self._ports.policy):
            _log.warning("parts in doubt: the process that sent them died", parts=count)

    async def _look(self) -> None:
        """Read ahead what is ready."""
        while self._resting and self._resting[0][0] <= _seconds():
            self._queue.append(heappop(self._resting)[2])
        busy_until = self._look_at if self._under_way or self._resting else 0.0
        if len(self._queue) > FEW or len(self._resting) > MOST_RESTING or _seconds() < busy_until:
            return
        waiting = (*self._queue, *(part for _, _, part in self._resting))
        busy = {*self._under_way, *self._left, *(part.id for part in waiting)}
        room = AHEAD - len(self._queue)
        found = await self._ports.outbox.ready(self._ports.clock(), room, busy, self._share)
        self._queue += found
        self._look_at = _seconds() + (LOOK_SOON if found else LOOK_AGAIN)

    async def _claimed(self) -> list[Part]:
        """Parts that have a place on the way and nothing against them, marked as being sent."""
        if self._silence():
            return []
        ports, now = self._ports, _seconds()
        free = ports.window.free(ports.messenger.rate, now)
        if ports.circuit.probes:
            free = 0 if self._under_way else 1
        wanted: list[Part] = []
        while self._queue and len(wanted) < free:
            part = self._queue.popleft()
            if pause := ports.messenger.pause(part):
                await self._put_off(part, pause)
            else:
                wanted.append(part)
        return await self._claim(wanted) if wanted else []

    async def _claim(self, wanted: Sequence[Part]) -> list[Part]:
        """Those that are still to be had; each has its place from now on: other runs take from the same."""
        ports, claimed = self._ports, list[Part]()
        for part in wanted:
            ports.window.began(part.id, _seconds())
        try:
            claimed += await ports.outbox.claim(wanted, ports.clock())
        finally:
            for part in wanted:
                if part not in claimed:
                    ports.window.ended(part.id, _seconds())
        return claimed

    async def _put_off(self, part: Part, pause: timedelta) -> None:
        if pause <= SHORT:
            heappush(self._resting, (_seconds() + pause.total_seconds(), part.id, part))
            return
        await self._ports.outbox.postpone(part, self._ports.clock() + pause)
        self.results[PartState.PENDING] += 1

    def _silence(self) -> bool:
        """Whether nobody may be written to now."""
        ports = self._ports
        return bool(ports.messenger.halt() or ports.circuit.wait(ports.clock()))

    async def _pause(self) -> None:
        rest = self._resting[0][0] - _seconds() if self._resting else LOOK_AGAIN
        # With nothing of its own under way, a run waits for places that others have.
        most = LOOK_AGAIN if self._under_way or not self._queue else LOOK_SOON
        with suppress(TimeoutError):
            async with asyncio.timeout(min(most, max(0.0, rest))):
                await self._ended.wait()
        self._ended.clear()

    async def _attempt(self, part: Part) -> None:
        bind_contextvars(edition=part.edition, part=part.id)  # of this task only
        try:
            with self._ports.exit.passing():
                self.results[await self._send(part)] += 1
        except Exception:  # noqa: BLE001 - one part's trouble must not cost the others theirs
            self._left.add(part.id)
            _log.exception("part not settled", part=part.id, subscriber=part.subscriber)
        finally:
            self._ports.window.ended(part.id, _seconds())
            self._under_way.discard(part.id)
            self._look_at = min(self._look_at, _seconds() + LOOK_SOON)
            self._ended.set()

    async def _send(self, part: Part) -> PartState:
        """One attempt at a claimed part."""
        ports = self._ports
        asked = _seconds()
        pause = await ports.messenger.turn(part)
        if pause or not ports.exit.open:
            await self._books.settle(part, postponed(ports.clock() + pause))
            return PartState.PENDING
        ports.window.left(part.id, _seconds(), _seconds() - asked)
        outcome = await ports.messenger.send(apologetic(part, ports.clock()))
        self._heard(outcome)
        settlement = settle(part, outcome, ports.policy, ports.clock())
        _report(part, settlement)
        await self._books.settle(part, settlement)
        ports.hear(Attempted(part, outcome, settlement.state, ports.clock() - part.posted))
        return settlement.state

    def _heard(self, outcome: Outcome) -> None:
        if self._ports.circuit.heard(outcome, self._ports.clock()):
            _log.warning("Telegram does not answer: everything waits")


def _seconds() -> float:
    return asyncio.get_running_loop().time()


def _report(part: Part, settlement: Settlement) -> None:
    if settlement.state in {PartState.FAILED, PartState.UNKNOWN}:
        _log.warning(
            "part not confirmed",
            state=settlement.state,
            part=part.id,
            subscriber=part.subscriber,
            reason=settlement.reason,
        )
