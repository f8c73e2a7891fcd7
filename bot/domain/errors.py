"""What can go wrong, by the reaction it asks for.

HabarshyError
 ├── SettingsError         the operator must change a setting (exit status 2)
 ├── StoreError            the database can't be used (exit status 1)
 │    └── StoreUnreachable     the database server is away: nothing was stored, do it again later
 ├── SourceError           one source failed: note it in its state, go on with the rest
 │    ├── SourceUnreachable    try again later
 │    ├── SourceUnusable       it answered, but not with news: an operator should look
 │    └── SourceGone           stop asking (410)
 ├── NotUnderstood         tell the user what would be understood; nothing changes
 └── JobFailed             a command could not do its work (exit status 1)
"""

from collections.abc import Sequence


class HabarshyError(Exception):
    """Base of every error this package raises on purpose; `str()` is one line that names a remedy."""


class SettingsError(HabarshyError):
    """A setting that is missing, unknown or has an impossible value."""


class StoreError(HabarshyError):
    """The database can't be opened, is newer than this program, or is damaged."""


class StoreUnreachable(StoreError):
    """The database server can't be reached, or went away meanwhile: the same work may succeed later."""


class JobFailed(HabarshyError):
    """A command that ran but could not do its work."""


class SourceError(HabarshyError):
    """One source's trouble, ready for its state and the report: no URL secrets, one line."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        #: HTTP status, where the source answered at all.
        self.status = status


class SourceUnreachable(SourceError):
    """No usable answer this time: DNS, refused, time-out, 5xx, 429."""

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, status=status)
        #: Seconds the server asked us to wait, if it said.
        self.retry_after = retry_after


class SourceUnusable(SourceError):
    """An answer that is not news: HTML for a feed, an empty listing, a refused address, a broken document."""


class SourceGone(SourceError):
    """The server says the source will not come back (410)."""


class NotUnderstood(HabarshyError):
    """A word in a command or an option that means nothing here."""

    def __init__(self, word: str, expected: Sequence[str]) -> None:
        super().__init__(f"«{word}» is not one of: {', '.join(expected)}")
        self.word = word
        #: What would have been understood.
        self.expected = tuple(expected)
