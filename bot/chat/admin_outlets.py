"""Sources by word of an administrator: /admin sources, add, pause, resume, probe."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram.filters import CommandObject
from aiogram.types import LinkPreviewOptions, Message

from bot.domain.source import NEW, Health
from bot.newsroom.control import Control, Outlet
from bot.newsroom.desk import Found
from bot.words.translator import short_moment, translate

#: Characters of one message; the rest of a long list stands in the dashboard.
_MOST = 3900
_Answer = Callable[[Control, str, str], Awaitable[str]]


async def order(message: Message, command: CommandObject, control: Control, lang: str) -> None:
    """Do what the first word says with what the rest names."""
    verb, _, named = (command.args or "").strip().partition(" ")
    answer = ORDERS.get(verb.casefold())
    text = await answer(control, lang, named.strip()) if answer else translate(lang, "admin-help")
    await message.answer(text[:_MOST], link_preview_options=LinkPreviewOptions(is_disabled=True))


async def listed(control: Control, lang: str, _: str) -> str:
    """Every source with its state, those in trouble first."""
    outlets = sorted(await control.outlets.listed(), key=lambda one: one.standing == "ok")
    return "\n".join(_line(control, lang, one) for one in outlets) or translate(lang, "outlets-none")


async def add(control: Control, lang: str, url: str) -> str:
    """Find the source behind an address, and follow it."""
    found = await control.discover(_address(url))
    if found.source is None:
        return translate(lang, "outlet-refused", url=url[:200], reason=_refusal(found, lang))
    name = await control.outlets.add(found.source)
    return f"{translate(lang, 'outlet-added', name=name)}\n\n{_seen(control, lang, found)}"


async def pause(control: Control, lang: str, name: str) -> str:
    """Ask it no more, whatever the file says."""
    return await _switch(control, lang, name, on=False)


async def resume(control: Control, lang: str, name: str) -> str:
    """Ask it again, at once."""
    return await _switch(control, lang, name, on=True)


async def probe(control: Control, lang: str, named: str) -> str:
    """What a source, or an address, gives now; nothing is changed."""
    outlet = await control.outlets.find(named)
    asked = control.probe(outlet.source) if outlet else control.discover(_address(named))
    found = await asked
    if found.source is None:
        return translate(lang, "outlet-refused", url=named[:200], reason=_refusal(found, lang))
    return _seen(control, lang, found)


ORDERS: dict[str, _Answer] = {
    "sources": listed,
    "add": add,
    "pause": pause,
    "resume": resume,
    "probe": probe,
}


#: Before a source's name; another standing is trouble.
_SIGNS = {Health.OK.value: "✅", NEW: "🆕", "off": "⏸"}


async def _switch(control: Control, lang: str, name: str, *, on: bool) -> str:
    outlet = await control.outlets.find(name)
    if outlet is None:
        return translate(lang, "outlet-unknown", name=name[:100])
    changed = await control.outlets.switch(outlet.id, on=on)
    key = ("outlet-resumed" if on else "outlet-paused") if changed else "outlet-same"
    return translate(lang, key, name=outlet.source.name)


def _line(control: Control, lang: str, outlet: Outlet) -> str:
    last = moment(control, lang, outlet.last)
    sign = _SIGNS.get(outlet.standing, "⚠️")
    trouble = f" · {outlet.state.message[:100]}" if outlet.state.message and outlet.enabled else ""
    return f"{sign} {outlet.source.name} · {translate(lang, f'outlet-{outlet.standing}')} · {last}{trouble}"


def moment(control: Control, lang: str, at: datetime | None) -> str:
    """A time as an administrator reads it, or that it never was."""
    if at is None:
        return translate(lang, "never")
    return short_moment(lang, at, control.zone, control.today())


def _seen(control: Control, lang: str, found: Found) -> str:
    assert found.source
    newest = moment(control, lang, found.newest[0] if found.newest else None)
    head = translate(
        lang,
        "outlet-found",
        name=found.source.name,
        kind=translate(lang, f"kind-{found.source.kind}"),
        url=found.source.url,
        entries=found.entries,
        language=found.lang or "—",
        newest=newest,
    )
    return "\n".join([head, *(f"• {headline[:200]}" for headline in found.headlines)])


def _refusal(found: Found, lang: str) -> str:
    return found.refusal or translate(lang, "unreachable")


def _address(named: str) -> str:
    return named if "://" in named else f"https://{named}"
