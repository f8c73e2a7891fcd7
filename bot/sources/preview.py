"""Where the posts of a public Telegram channel can be read without an account."""

import re
from urllib.parse import urlsplit

from bot.domain.errors import SourceUnusable

_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
#: First words of Telegram addresses that are no channel's name.
_NO_NAMES = frozenset({"joinchat", "addstickers", "addlist", "share", "proxy", "socks", "login", "boost"})


def is_channel(url: str) -> bool:
    """Whether an address is Telegram's."""
    return (urlsplit(url).hostname or "") in _TELEGRAM


def preview_url(url: str) -> str:
    """The preview's address for a channel's; an address outside Telegram is taken as the preview itself.

    Raises SourceUnusable for a Telegram address that names no channel.
    """
    if not is_channel(url):
        return url
    name = urlsplit(url).path.removeprefix("/s/").strip("/").partition("/")[0]
    if not _NAME.fullmatch(name) or name in _NO_NAMES:
        raise SourceUnusable("not a public channel's address; write https://t.me/NAME")
    return f"https://t.me/s/{name}"
