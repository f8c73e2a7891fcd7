"""Work as tasks: what there is to do, how often, by whom, and what one piece of work calls for next.

A task carries no data. It says "look in the store for what is due of this kind, in this share"; whoever
does it finds the same work there. So one that is lost, done twice or by two at once costs time, never news.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.share import WHOLE, Share, shares
from bot.jobs.clock import COLLECT_EVERY, COMPOSE_EVERY, DELIVER_EVERY, RETAIN_EVERY


class Kind(StrEnum):
    """What there is to do."""

    COLLECT = "collect"
    GROUP = "group"
    SUMMARIZE = "summarize"
    ALERT = "alert"
    COMPOSE = "compose"
    DELIVER = "deliver"
    RETAIN = "retain"


class Queue(StrEnum):
    """Who waits behind whom: a digest never waits behind a slow site."""

    NEWS = "news"
    DIGESTS = "digests"
    SENDING = "sending"


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work."""

    kind: Kind
    share: Share = WHOLE

    @property
    def key(self) -> str:
        """The same for the same work: one task of a key is enough."""
        return f"{self.kind}-{self.share.index}-{self.share.of}"


@dataclass(frozen=True, slots=True)
class Duty:
    """How one kind of work is handed out."""

    queue: Queue
    #: How often the clock asks for it; None: only other work does.
    every: timedelta | None
    #: In how many shares it is cut where several processes may work.
    cut: int = 1


#: Grouping is one stream of decisions and is never cut: an article is compared with those before it.
DUTIES: Mapping[Kind, Duty] = {
    Kind.COLLECT: Duty(Queue.NEWS, COLLECT_EVERY, 32),
    Kind.GROUP: Duty(Queue.NEWS, COLLECT_EVERY),
    Kind.SUMMARIZE: Duty(Queue.NEWS, COLLECT_EVERY, 16),
    Kind.ALERT: Duty(Queue.DIGESTS, None),
    Kind.COMPOSE: Duty(Queue.DIGESTS, COMPOSE_EVERY),
    Kind.DELIVER: Duty(Queue.SENDING, DELIVER_EVERY, 3),
    Kind.RETAIN: Duty(Queue.NEWS, RETAIN_EVERY),
}

#: Does one share of one kind of work, and says which kinds now have something to do.
Verb = Callable[[Share], Awaitable[tuple[Kind, ...]]]
#: What a process can do.
Verbs = Mapping[Kind, Verb]


def cut(kind: Kind) -> tuple[Task, ...]:
    """The tasks that together are all of one kind of work."""
    return tuple(Task(kind, share) for share in shares(DUTIES[kind].cut))
