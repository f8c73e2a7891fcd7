"""What one HTTP answer says, as a value that can go to another process."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer, or a 304 with an empty body."""

    #: Where the answer came from, after redirects.
    url: str
    status: int
    body: bytes
    content_type: str = ""
    #: Charset of the Content-Type header, lower case; "" where it names none.
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    #: The new address, where every redirect up to it was permanent.
    moved_to: str = ""
    fresh_for: timedelta | None = None
