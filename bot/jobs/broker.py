"""The seam between who asks for work and who does it: in this process, or over Redis Streams."""

from collections import Counter
from typing import Protocol

from bot.domain.errors import HabarshyError
from bot.domain.share import WHOLE
from bot.jobs.tasks import Kind, Verbs


class BrokerAway(HabarshyError):
    """The broker does not answer; what was asked for is still due in the store."""


class Broker(Protocol):
    """Takes requests for work."""

    async def ask(self, kind: Kind) -> None:
        """See that all due work of this kind is done, soon; asking again meanwhile adds at most one round.

        Raises BrokerAway.
        """


class InProcess:
    """Does the work at once, here, uncut: one machine needs no broker.

    Satisfies Broker. Work of one kind never runs twice at a time; asked meanwhile, it runs once more.
    """

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs
        #: Rounds asked for by kind: 1 runs, 2 will run again.
        self._rounds: Counter[Kind] = Counter()

    async def ask(self, kind: Kind) -> None:
        """Do all due work of this kind and what follows from it. Raises what the work raises."""
        if kind not in self._verbs:
            # Another process of this machine has the role.
            return
        self._rounds[kind] = min(self._rounds[kind] + 1, 2)
        if self._rounds[kind] == 1:
            await self._run(kind)

    async def _run(self, kind: Kind) -> None:
        following: set[Kind] = set()
        try:
            while self._rounds[kind]:
                following.update(await self._verbs[kind](WHOLE))
                self._rounds[kind] -= 1
        finally:
            del self._rounds[kind]
        for each in Kind:
            if each in following:
                await self.ask(each)
