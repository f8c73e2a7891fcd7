"""Where articles come from, and when to ask again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

from bot.domain.errors import SourceError, SourceGone, SourceUnreachable
from summarizer.article import Article
from summarizer.topic import Topic

#: What reports and logs call a feed that readers added for themselves: whose it is, its name may tell.
OWN = "a reader's own feed"
#: How often a source is asked when neither it nor the operator says otherwise.
DEFAULT_INTERVAL = timedelta(minutes=15)
#: The longest a failing source is left alone.
LONGEST_BACKOFF = timedelta(hours=24)
#: The longest a working source is left alone because it publishes little: news must not wait longer.
SLOWEST = timedelta(hours=2)
#: Newest entries whose dates tell how often a source publishes.
_RHYTHM = 10
#: Each answer without news lengthens the pause by this factor.
_EASE = 1.5
#: Pauses are lengthened by up to this share, so that sources asked together once drift apart.
JITTER = 0.1
#: Failures in a row after which a moved source is looked for at its old address again.
_LOST = 5


class Kind(StrEnum):
    """How a source is read."""

    FEED = "feed"
    PAGE = "page"
    CHANNEL = "channel"


#: What a source is called that was never asked.
NEW = "new"


class Health(StrEnum):
    """How a source answered last."""

    OK = "ok"
    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Source:
    """One `[[source]]` of sources.toml."""

    name: str
    url: str
    kind: Kind = Kind.FEED
    #: Language of all its articles; None: detected per article.
    lang: str | None = None
    every: timedelta = DEFAULT_INTERVAL
    #: Always added to its articles' topics.
    topics: tuple[Topic, ...] = ()
    #: For pages: CSS selectors of the article links, and of an article's title, body and date.
    item: str | None = None
    title: str | None = None
    body: str | None = None
    date: str | None = None
    #: CSS selectors or literal lines that are boilerplate in its pages.
    drop: tuple[str, ...] = ()
    #: Readers added it for themselves: it is theirs, and nobody else hears of it.
    own: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class FetchState:
    """What is remembered of a source between two fetches."""

    health: Health = Health.OK
    #: Validators of the last full answer, sent back as If-None-Match and If-Modified-Since.
    etag: str = ""
    last_modified: str = ""
    checked_at: datetime | None = None
    #: Not to be asked before this time; None: due at once.
    next_at: datetime | None = None
    #: Failures in a row.
    errors: int = 0
    failing_since: datetime | None = None
    #: The last failure in one line; empty when healthy.
    message: str = ""
    #: Where the source moved for good; asked instead of its address.
    moved_to: str = ""

    @property
    def standing(self) -> str:
        """Its health in a word; `new` while it was never asked, since nothing is known of it."""
        return NEW if self.checked_at is None and self.health is Health.OK else self.health.value


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a listing names it; `full` says whether its page still has to be read."""

    url: str
    title: str = ""
    #: Plain text, paragraphs separated by newlines; a teaser unless `full`.
    text: str = ""
    full: bool = False
    #: Aware; None where the source gives no readable date.
    published: datetime | None = None
    lang: str | None = None
    categories: tuple[str, ...] = ()
    image: str = ""
    #: How often it was seen, where the source counts (channels).
    views: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An article as a pass found it, with the marks it is known by (`bot.domain.content`)."""

    article: Article
    content_hash: str
    #: What its listing said of it.
    listing_hash: str = ""
    #: The address it was published under, where that is not the canonical one.
    link: str = ""
    image: str = ""
    views: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of a source."""

    entries: tuple[Entry, ...] = ()
    #: The server said 304: nothing new, `entries` is empty.
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""
    #: The source's own title, for discovery.
    title: str = ""
    #: The new address, where the server answered with a permanent redirect.
    moved_to: str = ""
    #: How long the answer stays fresh by Cache-Control, if the server said.
    fresh_for: timedelta | None = None
    #: Of a source never asked before whose entries are all whole: its articles by canonical URL, cleaned
    #: where they were parsed, None where nothing of an entry is news. `entries` have no texts then.
    found: Mapping[str, Found | None] | None = None


def due(state: FetchState, now: datetime) -> bool:
    """Whether a source should be asked now.

    One that was asked in the future has a time of next asking from a clock that was put back since.
    """
    if state.health is Health.GONE:
        return False
    put_back = state.checked_at is not None and state.checked_at > now
    return state.next_at is None or state.next_at <= now or put_back


def after_success(state: FetchState, listing: Listing, source: Source, now: datetime) -> FetchState:
    """The state after an answer; a 304 keeps the validators it was asked with.

    The pause is `every`, or longer where the server says so or the source publishes rarely.
    """
    validators = {} if listing.unchanged else {"etag": listing.etag, "last_modified": listing.last_modified}
    fresh_for = min(listing.fresh_for or timedelta(0), LONGEST_BACKOFF)
    wait = max(source.every, fresh_for, _pace(state, listing, source))
    return replace(
        state,
        **validators,
        health=Health.OK,
        checked_at=now,
        next_at=now + wait * (1 + JITTER * _fraction(source, now)),
        errors=0,
        failing_since=None,
        message="",
        moved_to=listing.moved_to or state.moved_to,
    )


def _pace(state: FetchState, listing: Listing, source: Source) -> timedelta:
    """Half the usual time between two entries; a little more than last time where nothing is new."""
    if listing.unchanged:
        return min(_last_pause(state, source) * _EASE, SLOWEST)
    dates = sorted(entry.published for entry in listing.entries if entry.published)[-_RHYTHM:]
    if len(dates) < 3:
        return source.every
    return min((dates[-1] - dates[0]) / (len(dates) - 1) / 2, SLOWEST)


def _last_pause(state: FetchState, source: Source) -> timedelta:
    if state.health is not Health.OK or state.next_at is None or state.checked_at is None:
        return source.every
    return state.next_at - state.checked_at


def _fraction(source: Source, now: datetime) -> float:
    """Between 0 and 1, another for each source and each time, and the same when computed again."""
    return crc32(f"{source.url} {now.isoformat()}".encode()) / 2**32


def after_failure(state: FetchState, error: SourceError, source: Source, now: datetime) -> FetchState:
    """The state after a failure: the pause doubles with each one in a row, up to a day."""
    wait = max(source.every, min(source.every * 2 ** min(state.errors, 10), LONGEST_BACKOFF))
    if isinstance(error, SourceUnreachable) and error.retry_after is not None:
        wait = max(wait, timedelta(seconds=min(LONGEST_BACKOFF.total_seconds(), error.retry_after)))
    return replace(
        state,
        health=Health.GONE if isinstance(error, SourceGone) else Health.FAILING,
        checked_at=now,
        next_at=now + wait * (1 + JITTER * _fraction(source, now)),
        errors=state.errors + 1,
        failing_since=state.failing_since or now,
        message=str(error),
        moved_to=state.moved_to if state.errors + 1 < _LOST else "",
    )
