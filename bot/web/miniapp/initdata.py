"""Who opened the Mini App, as Telegram vouches for it.

The rule is Telegram's own ("Validating data received via the Mini App"): `hash` is the HMAC-SHA-256 of all
other fields, sorted, a line each, under a key that is the HMAC-SHA-256 of the bot's token under "WebAppData".
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

#: How long after it was opened a Mini App may still speak for its reader.
LIFETIME = timedelta(hours=6)
#: How far Telegram's clock may be ahead of ours.
_AHEAD = timedelta(minutes=1)
#: Bytes and fields of initData; Telegram's own has about 700 and 8.
_LONGEST, _MOST_FIELDS = 8192, 32


class Refused(Exception):
    """The words of somebody for whom Telegram does not vouch."""


class Expired(Refused):
    """Telegram vouched for them once, too long ago."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A reader, beyond doubt."""

    #: Telegram's id: also that of their private chat with the bot.
    id: int


def vouched(raw: str, token: str, now: datetime) -> Visitor:
    """The reader whom this initData names. Raises Refused, or Expired where it is older than LIFETIME."""
    fields = _fields(raw)
    given = fields.pop("hash", "")
    said = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    if not token or not hmac.compare_digest(given.encode(), signature(said, token).encode()):
        raise Refused("forged")
    opened = _moment(fields.get("auth_date", ""))
    if now - opened > LIFETIME or opened - now > _AHEAD:
        raise Expired("old")
    return Visitor(_user(fields.get("user", "")))


def signature(said: str, token: str) -> str:
    """Telegram's hash of the sorted fields, a line each."""
    key = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    return hmac.digest(key, said.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()


def _fields(raw: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(raw[: _LONGEST + 1], strict_parsing=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Refused("not a query") from error
    fields = dict(pairs)
    if len(raw) > _LONGEST or len(fields) != len(pairs):
        raise Refused("too long, or a name twice")
    return fields


def _moment(text: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Refused("no auth_date") from error


def _user(text: str) -> int:
    try:
        user = json.loads(text)
    except ValueError as error:
        raise Refused("no user") from error
    number = user.get("id") if isinstance(user, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 1 << 52:
        raise Refused("no user id")
    return number
