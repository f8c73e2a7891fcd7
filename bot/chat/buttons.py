"""What a button means. A button names the state it leads to, so that a double tap changes nothing more.

Telegram gives callback data 64 bytes and no signature: each field is checked when it comes back.
"""

import hashlib
from enum import StrEnum
from typing import Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.subscriber import Breaking
from summarizer.topic import Topic

#: A time of day ("0830"); what `key_of` gives.
_CLOCK, KEY = "(?:[01][0-9]|2[0-3])[0-5][0-9]", "^[0-9a-f]{12}$"


class View(StrEnum):
    """A screen of the settings message."""

    SETTINGS = "settings"
    LANGUAGES = "languages"
    TOPICS = "topics"
    TIME = "time"
    ZONE = "zone"
    MUTE = "mute"
    FOLLOW = "follow"
    BREAKING = "breaking"
    WEEKLY = "weekly"
    LAYOUT = "layout"


class Filter(StrEnum):
    """A reader's own words: the field of Preferences that holds them."""

    MUTED = "muted"
    FOLLOWED = "followed"


class Open(CallbackData, prefix="o"):
    """Show a screen in the same message."""

    view: View


class TopicTick(CallbackData, prefix="t"):
    """Want a topic, or all of them, or not."""

    topic: Topic | Literal["all"]
    on: bool


class LanguageTick(CallbackData, prefix="l"):
    """Read a language, or not."""

    lang: str = Field(pattern=r"^(kk|ru|en)$")
    on: bool


class SlotTick(CallbackData, prefix="h"):
    """Get a digest at a time of day ("0830"), or not."""

    slot: str = Field(pattern=rf"^{_CLOCK}$")
    on: bool


class DaysTick(CallbackData, prefix="d"):
    """Digests on weekdays only, or every day."""

    weekdays: bool


class ZonePick(CallbackData, prefix="z"):
    """Live by the clock of this IANA zone."""

    zone: str


class BreakingPick(CallbackData, prefix="b"):
    """Which breaking news to get."""

    mode: Breaking


class QuietPick(CallbackData, prefix="q"):
    """Hours in which breaking news waits ("2200-0700"), or none."""

    hours: str = Field(pattern=rf"^({_CLOCK}-{_CLOCK}|off)$")


class WeeklyPick(CallbackData, prefix="w"):
    """The day (Monday is 1; 0: none) and hour of the weekly."""

    day: int = Field(ge=0, le=7)
    slot: str = Field(pattern=rf"^{_CLOCK}$")


class LayoutPick(CallbackData, prefix="r"):
    """Digests as rich messages, or plain."""

    rich: bool


class SourcesPage(CallbackData, prefix="p"):
    """A page of the sources."""

    page: int = Field(ge=0, lt=1000)


class SourceTick(CallbackData, prefix="i"):
    """Hear a source, or not; its key, for names are longer than a button may be."""

    key: str = Field(pattern=KEY)
    on: bool
    page: int = Field(ge=0, lt=1000)


class Disown(CallbackData, prefix="n"):
    """Take a feed off one's own."""

    key: str = Field(pattern=KEY)
    page: int = Field(ge=0, lt=1000)


class Unlist(CallbackData, prefix="u"):
    """Take a term off a filter; its key, for terms are longer than a button may be."""

    of: Filter
    key: str


class Erase(CallbackData, prefix="x"):
    """Forget the reader, or not after all."""

    sure: bool


def key_of(term: str) -> str:
    """A short name for a filter's term; not a secret, only shorter."""
    return hashlib.sha256(term.encode()).hexdigest()[:12]
