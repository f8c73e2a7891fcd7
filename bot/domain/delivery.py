"""A digest's way to a chat: parts, their states, and what an answer of Telegram changes.

Two commits make one delivery: `sending` before the request, `sent` only with the message id in hand.
A request whose answer was lost is `unknown`, a state of its own: whether to send again is a policy.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.subscriber import Chat

#: An unknown part is sent again after this long: time for a late answer, short enough for a reader.
CHECK_WINDOW = timedelta(minutes=1)
#: A part still `sending` after this long belonged to a process that died; longer than any request takes.
LEASE = timedelta(seconds=90)
#: A digest that could not be sent for this long is old news: then the part has failed. Less than a day, so
#: that the next day's digest tells what it would have.
DEADLINE = timedelta(hours=20)
LONGEST_PAUSE = timedelta(minutes=30)
#: Pauses are longer by up to a quarter, in so many steps, by the part's number.
SPREAD = 16


class PartState(StrEnum):
    """Where a part stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"


class UnknownPolicy(StrEnum):
    """What becomes of a part whose sending was ambiguous."""

    #: Once more after CHECK_WINDOW: a gap is worse than a rare double.
    RESEND = "resend"
    #: Never again: a double is worse than a gap.
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Part:
    """One Telegram message of a delivery, claimed for sending."""

    id: int
    edition: int
    subscriber: int
    chat: Chat
    #: 0-based position within the digest.
    ordinal: int
    #: The reader's interface language, for the buttons under the last part.
    lang: str
    html: str
    #: True for the digest's last part, where it is one that has buttons.
    last: bool
    #: When its digest was posted, aware.
    posted: datetime
    #: Earlier attempts that count, ambiguous ones included.
    attempts: int = 0
    #: True when an earlier attempt was ambiguous.
    doubtful: bool = False
    #: The reader wants rich messages, where Telegram takes them.
    rich: bool = False
    #: Stories it tells, in order.
    stories: tuple[int, ...] = ()
    #: Telegram's id of the message that it tells more of.
    answers: int | None = None
    #: Those of them that only readers' own feeds tell: no public page has them.
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Message:
    """One Telegram message of a digest before it is posted."""

    html: str
    #: Stories it tells, in order.
    stories: tuple[int, ...] = ()
    #: The story of which it tells more: it answers the message that told that story.
    follows: int | None = None
    #: Whether, coming last, it has buttons below it.
    buttons: bool = True


@dataclass(frozen=True, slots=True)
class Revision:
    """A message that was sent, and what it is to be changed into."""

    part: Part
    #: Telegram's id of the message.
    message: int
    html: str

    @property
    def chat(self) -> Chat:
        """Where it stands."""
        return self.part.chat


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram confirmed the message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Flooded:
    """Telegram asks for a pause (429)."""

    retry_after: timedelta


@dataclass(frozen=True, slots=True)
class Refused:
    """The chat is closed to us (403 and its kin): blocked, kicked, deactivated, deleted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup; the old id is dead."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram will never take this message (400)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """The message certainly did not arrive: connection refused, 5xx before processing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The request went out and no answer came back: it may have arrived."""

    reason: str


Outcome = Sent | Flooded | Refused | Migrated | Rejected | Unsent | Ambiguous


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the store must write after one attempt."""

    state: PartState
    message_id: int | None = None
    reason: str = ""
    #: Not to be tried again before this time.
    not_before: datetime | None = None
    #: The chat's new id, to be stored with the subscriber.
    moved_to: int | None = None
    #: The subscriber can't be reached any more.
    gone: bool = False
    #: Whether later pauses grow by this attempt.
    counts: bool = True
    #: The rest of the edition fails too, and what it told counts as untold.
    gives_up: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the part will be tried again."""
        return self.state is PartState.PENDING or self.not_before is not None


def postponed(until: datetime) -> Settlement:
    """What becomes of a claimed part that may not leave yet: it was not tried."""
    return Settlement(PartState.PENDING, not_before=until, counts=False)


def settle(part: Part, outcome: Outcome, policy: UnknownPolicy, now: datetime) -> Settlement:
    """What one outcome makes of a part."""
    match outcome:
        case Sent(message_id):
            return Settlement(PartState.SENT, message_id=message_id)
        case Flooded(retry_after):
            later = now + retry_after
            return Settlement(PartState.PENDING, reason="flood", not_before=later, counts=False)
        case Migrated(chat_id):
            return Settlement(PartState.PENDING, reason="migrated", moved_to=chat_id)
        case Refused(reason) | Rejected(reason):
            return Settlement(PartState.FAILED, reason=reason, gone=isinstance(outcome, Refused))
        case Ambiguous(reason):
            return _ambiguous(part, reason, policy, now)
        case Unsent(reason):
            return _unsent(part, reason, now)


def _ambiguous(part: Part, reason: str, policy: UnknownPolicy, now: datetime) -> Settlement:
    again = policy is UnknownPolicy.RESEND and not part.doubtful
    return Settlement(PartState.UNKNOWN, reason=reason, not_before=now + CHECK_WINDOW if again else None)


def _unsent(part: Part, reason: str, now: datetime) -> Settlement:
    if now - part.posted >= DEADLINE:
        return Settlement(PartState.FAILED, reason=reason, gives_up=True)
    pause = min(timedelta(seconds=2 ** min(part.attempts, 12)), LONGEST_PAUSE)
    # Spread, so that what failed together does not come back together.
    pause *= 1 + (part.id % SPREAD) / (4 * SPREAD)
    return Settlement(PartState.PENDING, reason=reason, not_before=now + pause)
