"""Deliver: send what waits in the outbox, and write down what became of it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import stamina
import structlog

from bot.domain.delivery import LEASE, Part, PartState, Settlement, UnknownPolicy, settle
from bot.newsroom.events import Attempted, Hear, unheard
from bot.newsroom.ports import Messenger, Outbox

#: Readers served at the same time, and free places that are worth a look while more waits than there is room.
#: Most wait for their turn: a part is claimed when it really leaves.
AT_ONCE, BATCH = 64, 16
#: Seconds after which a run looks for what was posted meanwhile, and for parts of processes that died.
LOOK_AGAIN, RECOVER_AGAIN = 1.0, 30.0

_log = structlog.get_logger(__name__)


class Exit:
    """The door through which requests leave: it knows who is out, and once shut lets nobody through."""

    def __init__(self) -> None:
        self.open = True
        self._out = 0
        self._all_back = asyncio.Event()
        self._all_back.set()

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
        self.open = False
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all_back.wait(), seconds)


@dataclass(frozen=True, slots=True)
class Delivering:
    """The ports delivering needs."""

    outbox: Outbox
    messenger: Messenger
    policy: UnknownPolicy
    #: The current time, aware.
    clock: Callable[[], datetime]
    exit: Exit = field(default_factory=Exit)
    hear: Hear = unheard


async def deliver(ports: Delivering) -> Counter[PartState]:
    """Send until nothing more may be sent now; returns how many attempts ended in each state."""
    run = _Run(ports)
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
    while (at := await ports.outbox.next_at()) and at - ports.clock() <= patience:
        await asyncio.sleep(max(0.0, (at - ports.clock()).total_seconds()))
        results += await deliver(ports)
    return results


class _Run:
    """One run: up to AT_ONCE readers at a time, each replaced as soon as it is done."""

    def __init__(self, ports: Delivering) -> None:
        self.results: Counter[PartState] = Counter()
        self._ports = ports
        self._under_way: dict[asyncio.Task[None], int] = {}
        #: Parts with which something went wrong that is no answer of Telegram's: left alone for a while.
        self._left: set[int] = set()
        self._recover_at = 0.0
        #: Free places that are worth a look at the outbox: a batch, as long as more waits than there is room.
        self._enough = 1

    async def dispatch(self, tasks: asyncio.TaskGroup) -> None:
        """Start attempts until nothing is ready or under way."""
        while self._ports.exit.open:
            await self._recover()
            for part in await self._ready():
                self._under_way[tasks.create_task(self._attempt(part))] = part.id
            if not self._under_way:
                return
            done, _ = await asyncio.wait(
                self._under_way, timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                del self._under_way[task]
            self._enough = self._enough if done else 1

    async def _recover(self) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._recover_at:
            return
        self._recover_at = now + RECOVER_AGAIN
        self._left.clear()
        if count := await self._ports.outbox.recover(self._ports.clock(), self._ports.policy):
            _log.warning("parts in doubt: the process that sent them died", parts=count)

    async def _ready(self) -> list[Part]:
        free = AT_ONCE - len(self._under_way)
        if free < self._enough:
            return []
        busy = {*self._under_way.values(), *self._left}
        found = list(await self._ports.outbox.ready(self._ports.clock(), free, busy))
        self._enough = BATCH if len(found) == free else 1
        return found

    async def _attempt(self, part: Part) -> None:
        try:
            if state := await _send(self._ports, part):
                self.results[state] += 1
        except Exception:  # noqa: BLE001 - one part's trouble must not cost the others theirs
            self._left.add(part.id)
            _log.exception("part not settled", part=part.id, subscriber=part.subscriber)


async def _send(ports: Delivering, part: Part) -> PartState | None:
    """One attempt; None where the part was not there to be sent any more, or it is time to stop."""
    if pause := await ports.messenger.turn(part):
        await ports.outbox.postpone(part, ports.clock() + pause)
        return PartState.PENDING
    with ports.exit.passing():
        if not ports.exit.open or not await ports.outbox.claim(part, ports.clock()):
            return None
        outcome = await ports.messenger.send(part)
        settlement = settle(part, outcome, ports.policy, ports.clock())
        _report(part, settlement)
        await _settle(ports, part, settlement)
        ports.hear(Attempted(part, outcome, settlement.state, ports.clock() - part.posted))
        return settlement.state


async def _settle(ports: Delivering, part: Part, settlement: Settlement) -> None:
    # What Telegram said can't be asked for again: a store that is locked or full may not be so for long.
    async for attempt in stamina.retry_context(on=Exception, attempts=None, timeout=LEASE):
        with attempt:
            if not await ports.outbox.settle(part, settlement, ports.clock()):
                _log.warning("settled too late", part=part.id, subscriber=part.subscriber)


def _report(part: Part, settlement: Settlement) -> None:
    if settlement.state in {PartState.FAILED, PartState.UNKNOWN}:
        _log.warning(
            "part not confirmed",
            state=settlement.state,
            part=part.id,
            subscriber=part.subscriber,
            reason=settlement.reason,
        )
