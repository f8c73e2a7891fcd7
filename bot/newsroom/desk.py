"""What the chat needs from the newsroom, in one value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.subscriber import Subscriber
from bot.newsroom.ports import Subscribers


class ComposeNow(Protocol):
    """Posts an edition on demand to the outbox."""

    async def __call__(self, subscriber: Subscriber, request: str, now: datetime) -> bool:
        """False when there is nothing new; `request` tells one demand from another."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a reader's wishes are taken."""

    subscribers: Subscribers
    compose_now: ComposeNow
    #: The present moment, aware.
    now: Callable[[], datetime]
