"""The line above a digest that Telegram, or we, held up for hours after it was posted."""

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import Part
from bot.domain.schedule import GRACE
from bot.words.translator import translate

#: Code points of a message without its markup (https://core.telegram.org/bots/api#sendmessage).
_LONGEST = 4096
_TAG = re.compile(r"<[^<>]*>")


def apologetic(part: Part, now: datetime) -> Part:
    """The part as it is to be sent now: the first of a late digest says so, where there is room."""
    if part.ordinal or now - part.posted <= GRACE:
        return part
    html = f"{translate(part.lang, 'part-late')}\n\n{part.html}"
    return replace(part, html=html) if len(_TAG.sub("", html)) <= _LONGEST else part
