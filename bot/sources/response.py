"""What an HTTP response means: an answer, a redirect, or which kind of trouble."""

import errno
import re
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from yarl import URL

from bot.domain.errors import SourceError, SourceGone, SourceUnreachable, SourceUnusable
from bot.sources.answer import Answer
from bot.sources.guard import AddressRefused

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
#: Not now, perhaps later: request time-out, too early, too many requests.
_LATER = frozenset({408, 425, 429})
_WHY = {
    errno.ECONNREFUSED: "nobody listens at this port",
    errno.ECONNRESET: "it hung up",
    errno.EHOSTUNREACH: "no way to this host",
    errno.ENETUNREACH: "no way to this network; is this machine online?",
    errno.ETIMEDOUT: "it does not answer",
}
_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|,)\s*no-(?:cache|store)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that points elsewhere."""

    to: URL
    permanent: bool


def web_address(url: str, base: URL | None = None) -> URL:
    """`url`, relative to `base`, as an absolute http(s) address. Raises SourceUnusable otherwise."""
    try:
        parsed = base.join(URL(url)) if base else URL(url)
        if parsed.scheme in {"http", "https"} and parsed.host:
            return parsed.with_fragment(None)
    except ValueError as error:
        raise SourceUnusable(f"not a web address ({error})") from error
    raise SourceUnusable(f"not an http or https address (scheme «{parsed.scheme[:20]}»)")


def redirect(response: aiohttp.ClientResponse) -> Redirect:
    """Where a 3xx answer points. Raises SourceUnusable where it does not say."""
    location = response.headers.get("Location", "").strip()
    if not location:
        raise SourceUnusable(f"{response.url.host}: redirects to nowhere", status=response.status)
    return Redirect(web_address(location, response.url), response.status in _PERMANENT)


def judge(response: aiohttp.ClientResponse) -> None:
    """Raise the SourceError that a status asks for; 2xx and 304 pass."""
    status, host = response.status, response.url.host
    if status == 410:
        raise SourceGone(f"{host}: gone for good (410)", status=status)
    if status in _LATER or status >= 500:
        wait = _retry_after(response.headers.get("Retry-After", ""))
        raise SourceUnreachable(f"{host}: answers {status}", status=status, retry_after=wait)
    if not (200 <= status < 300 or status == 304):
        raise SourceUnusable(f"{host}: answers {status}; is the address right?", status=status)


def answer(response: aiohttp.ClientResponse, body: bytes, moved_to: str) -> Answer:
    """A judged response with its body as a value."""
    headers = response.headers
    return Answer(
        url=str(response.url),
        status=response.status,
        body=body,
        content_type=response.content_type.lower(),
        charset=(response.charset or "").lower(),
        etag=headers.get("ETag", ""),
        last_modified=headers.get("Last-Modified", ""),
        moved_to=moved_to,
        fresh_for=_fresh_for(headers.get("Cache-Control", "")),
    )


def trouble(error: Exception, host: str, time_out: float) -> SourceError:
    """What a failed request means for its source."""
    if isinstance(error, TimeoutError):
        return SourceUnreachable(f"{host}: no complete answer within {time_out:g} s")
    if isinstance(error, aiohttp.InvalidURL):
        return SourceUnusable(f"{host}: not a web address that can be asked")
    if isinstance(error, aiohttp.ClientConnectorError):
        if isinstance(error.os_error, AddressRefused):
            return SourceUnusable(
                f"{host}: refused, not a public address (ALLOW_PRIVATE_ADDRESSES allows it)"
            )
        return SourceUnreachable(f"{host}: can't connect ({_why(error.os_error)})")
    return SourceUnreachable(f"{host}: the answer broke off or is not HTTP ({type(error).__name__})")


def _why(error: OSError) -> str:
    """What keeps a connection from being made, as an operator would say it."""
    if isinstance(error, socket.gaierror):
        return "no such host, or no name server answers"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return "no secure connection could be agreed on; does it speak https?"
    return _WHY.get(error.errno or 0, "none of its addresses answers")


def _fresh_for(cache_control: str) -> timedelta | None:
    found = _MAX_AGE.search(cache_control)
    if not found or _NOT_KEPT.search(cache_control):
        return None
    return timedelta(seconds=int(found[1]))


def _retry_after(value: str) -> float | None:
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
