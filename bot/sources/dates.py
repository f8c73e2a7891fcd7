"""Dates as sources write them, in any of their three languages, as aware moments."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

#: Zone names that the e-mail rules don't know. Kazakhstan has one time, UTC+5, since 1 March 2024
#: (its older names stay in feeds); they are read by the zone's own history.
_ALMATY_NAMES = re.compile(r"\b(?:ALMT|ALMST|QYZT|ORAT|AQTT|KZT)\b$")
_NAMED = {"MSK": "+0300", "MSD": "+0400", "SAMT": "+0400", "YEKT": "+0500", "UZT": "+0500", "KGT": "+0600"}
_NAME = re.compile(rf"\b(?:{'|'.join(_NAMED)})$")
_STAMP = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:T|\s+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_DOTTED = re.compile(
    r"(\d\d?)[./](\d\d?)[./](\d{4})(?:[,\s]+(?:в\s+|сағат\s+)?(\d\d?)[:.](\d\d)(?::(\d\d))?)?"
)
_MIDNIGHT = re.compile(r"(?<!:)\b24:00(:00)?\b")
_RFC_LIKE = re.compile(r"\d{1,2}[\s-]+[A-Za-z]{3,9}[\s-]+\d{2,4}")
#: What stands for no date at all in .NET's feeds; the e-mail rules would read it as 2001.
_NEVER = re.compile(r"\b0001\b")
#: Earlier or later years are slips or malice: no news site is older, and none writes the far future.
_YEARS = range(1980, 2100)
_LONGEST = 80
#: Only a date with its year means the same tomorrow, and may be remembered.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_date(value: str, zone: str) -> datetime | None:
    """The moment a source means, aware; None where it can't be read.

    Zone-less times are local to `zone` (IANA name). ISO 8601, RFC 822 and dotted dates are read at once;
    the rest («4 наурыз 2026», «2 часа назад») goes to dateparser, relative to the clock.
    """
    text = " ".join(value[:_LONGEST].split())
    if not text or _NEVER.search(text):
        return None
    try:
        moment = _exact(text, zone) or _in_words(text, zone)
    except (ValueError, OverflowError):
        return None
    return moment if moment and moment.year in _YEARS else None


def _exact(text: str, zone: str) -> datetime | None:
    if _STAMP.fullmatch(text):
        return datetime.fromtimestamp(float(text[:10]), UTC)
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, offset = match.groups()
        return _moment((year, month, day), (hour, minute, second), _offset(offset) or ZoneInfo(zone))
    if match := _DOTTED.fullmatch(text):
        day, month, year, *clock = match.groups()
        return _moment((year, month, day), clock, ZoneInfo(zone))
    return _mail(text, zone) if _RFC_LIKE.search(text) else None


def _moment(
    date: tuple[str, str, str], clock: tuple[str | None, ...] | list[str | None], where: tzinfo
) -> datetime:
    hour, minute, second = (int(part or 0) for part in clock)
    late = timedelta(days=1) if (hour, minute) == (24, 0) else timedelta(0)
    year, month, day = (int(part) for part in date)
    return (
        datetime(year, month, day, hour % 24 if late else hour, minute, min(second, 59), tzinfo=where) + late
    )


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:] if len(text) > 3 else 0)
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _mail(text: str, zone: str) -> datetime | None:
    text, late = _MIDNIGHT.subn("00:00", text)
    text, local = _ALMATY_NAMES.subn("", _NAME.sub(lambda match: _NAMED[match[0]], text))
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo("Asia/Almaty" if local else zone))
    return moment + timedelta(days=1) if late else moment


def _in_words(text: str, zone: str) -> datetime | None:
    return _full(text, zone) if _YEAR.search(text) else _parse(text, zone)


@lru_cache(maxsize=4096)
def _full(text: str, zone: str) -> datetime | None:
    return _parse(text, zone)


def _parse(text: str, zone: str) -> datetime | None:
    if not any(character.isdigit() for character in text) and len(text) > 20:
        return None
    import dateparser  # noqa: PLC0415 - few sources write dates in words, and it takes 6 MB and 50 ms

    return dateparser.parse(
        text,
        languages=["kk", "ru", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "TIMEZONE": zone,
            "RETURN_AS_TIMEZONE_AWARE": True,
            "TO_TIMEZONE": zone,
        },
    )
