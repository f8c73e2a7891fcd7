"""What a button means. A button names the state it leads to, so that a double tap changes nothing more.

Telegram gives callback data 64 bytes and no signature: each field is checked when it comes back.
"""

from enum import StrEnum
from typing import Literal

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from summarizer.topic import Topic


class View(StrEnum):
    """A screen of the settings message."""

    SETTINGS = "settings"
    TOPICS = "topics"
    LANGUAGES = "languages"
    TIME = "time"
    ZONE = "zone"


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

    slot: str = Field(pattern=r"^([01][0-9]|2[0-3])[0-5][0-9]$")
    on: bool


class DaysTick(CallbackData, prefix="d"):
    """Digests on weekdays only, or every day."""

    weekdays: bool


class ZonePick(CallbackData, prefix="z"):
    """Live by the clock of this IANA zone."""

    zone: str
