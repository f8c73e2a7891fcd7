"""Deliver: send what waits in the outbox, and write down what became of it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.delivery import Part, PartState, UnknownPolicy, settle
from bot.newsroom.ports import Messenger, Outbox

#: Parts under way at the same time: enough to hide a slow answer, few to be in doubt after a crash.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Delivering:
    """The ports delivering needs."""

    outbox: Outbox
    messenger: Messenger
    policy: UnknownPolicy
    #: The current time, aware.
    clock: Callable[[], datetime]


async def deliver(ports: Delivering) -> Counter[PartState]:
    """Send until nothing more may be sent now; returns how many attempts ended in each state."""
    await ports.outbox.recover(ports.clock(), ports.policy)
    results: Counter[PartState] = Counter()
    while claimed := await ports.outbox.claim(ports.clock(), AT_ONCE):
        results.update(await asyncio.gather(*(_attempt(ports, part) for part in claimed)))
    return results


async def deliver_patiently(ports: Delivering, patience: timedelta) -> Counter[PartState]:
    """As deliver, but wait for parts that a flood or a doubt holds back for less than `patience`."""
    results = await deliver(ports)
    while (at := await ports.outbox.next_at()) and at - ports.clock() <= patience:
        await asyncio.sleep(max(0.0, (at - ports.clock()).total_seconds()))
        results += await deliver(ports)
    return results


async def _attempt(ports: Delivering, part: Part) -> PartState:
    outcome = await ports.messenger.send(part)
    settlement = settle(part, outcome, ports.policy, ports.clock())
    await ports.outbox.settle(part, settlement, ports.clock())
    return settlement.state
