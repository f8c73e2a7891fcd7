"""Revise: messages that were sent become what they are to be, once nothing new waits to be sent."""

from bot.domain.delivery import Ambiguous, Flooded, Revision, Unsent
from bot.newsroom.deliver import Delivering

_AT_ONCE = 100


async def revise(ports: Delivering) -> int:
    """Change messages as wanted, one after another; returns how many were dealt with.

    An edit can be repeated without harm: what Telegram did not answer for sure is tried again in the next
    run. What it refuses stays as it was sent.
    """
    count = 0
    for revision in await ports.outbox.revisions(_AT_ONCE):
        if not ports.exit.open or ports.messenger.halt() or ports.circuit.wait(ports.clock()):
            break
        with ports.exit.passing():
            count += await _revise(ports, revision)
    return count


async def _revise(ports: Delivering, revision: Revision) -> bool:
    if await ports.messenger.turn(revision.part):
        return False
    outcome = await ports.messenger.edit(revision)
    ports.circuit.heard(outcome, ports.clock())
    if isinstance(outcome, Unsent | Ambiguous | Flooded):
        return False
    await ports.outbox.revised(revision, ports.clock())
    return True
