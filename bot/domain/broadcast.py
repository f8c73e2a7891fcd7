"""A message of the operator's to every reader: a draft first, then editions of its own in the outbox."""

from dataclasses import dataclass
from enum import StrEnum

#: Beginning of the slot of a broadcast's editions.
SLOT = "broadcast-"


class BroadcastState(StrEnum):
    """How far it is."""

    DRAFT = "draft"
    SENDING = "sending"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One message to everyone."""

    id: int
    #: Telegram id of who wrote it; progress is shown to them.
    admin: int
    #: Telegram HTML, one message.
    html: str
    state: BroadcastState
    #: The last subscriber (by id) for whom it was put into the outbox.
    reached: int = 0
    #: The message that shows its progress.
    message: int | None = None

    @property
    def slot(self) -> str:
        """Its editions' slot: unique a subscriber and day, so that nothing is posted twice."""
        return f"{SLOT}{self.id}"


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of a broadcast so far, in readers."""

    sent: int = 0
    unknown: int = 0
    failed: int = 0
    #: In the outbox, not sent yet.
    open: int = 0
    #: Not in the outbox yet.
    ahead: int = 0

    @property
    def total(self) -> int:
        """Everyone it is for."""
        return self.sent + self.unknown + self.failed + self.open + self.ahead
