"""The list of sources, and what is said of a feed that a reader wants."""

from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.chat.buttons import Disown, Open, SourcesPage, SourceTick, View, key_of
from bot.chat.layout import Screen, button, keyboard, pages, short, ticked
from bot.domain.own_sources import MOST_OWN, Adoption
from bot.domain.source import FetchState, Health, Source
from bot.domain.subscriber import LANGUAGES, Subscriber
from bot.newsroom.adopt import Adopted
from bot.newsroom.desk import Desk, Found
from bot.words.translator import short_moment, translate

#: Sources on one page.
A_PAGE = 12
#: Characters of a name on its button.
_SHOWN = 28


async def screen(desk: Desk, reader: Subscriber, page: int) -> Screen:
    """One's own feeds, and a page of the sources everybody hears."""
    lang, muted = reader.lang, reader.preferences.muted_sources
    known = await desk.outlets.public()
    page = min(page, max(0, len(known) - 1) // A_PAGE)
    shown = known[page * A_PAGE : (page + 1) * A_PAGE]
    own = [
        [button(_own_sign(source, state), Disown(key=key_of(source.name), page=page))]
        for source, state in await desk.outlets.own(reader.id)
    ]
    ticks = [
        button(_sign(name, muted), SourceTick(key=key_of(name), on=name in muted, page=page))
        for name in shown
    ]
    turns = pages(page, (page + 1) * A_PAGE < len(known), lambda number: SourcesPage(page=number))
    back = button(translate(lang, "button-back"), Open(view=View.SETTINGS))
    text = translate(lang, "screen-sources", count=len(known), most=MOST_OWN)
    listed = keyboard(ticks, 2, turns, [back]).inline_keyboard
    return Screen(text, InlineKeyboardMarkup(inline_keyboard=[*own, *listed]))


def _own_sign(source: Source, state: FetchState) -> str:
    trouble = "" if state.health is Health.OK else "⚠️ "
    return f"✖ {trouble}{short(source.name, 2 * _SHOWN)}"


def _sign(name: str, muted: frozenset[str]) -> str:
    return f"🔇 {short(name, _SHOWN)}" if name in muted else ticked(short(name, _SHOWN), on=True)


def told(desk: Desk, reader: Subscriber, adopted: Adopted) -> str:
    """What became of a wish for a feed, and what it gives."""
    lang = reader.lang
    if adopted.adoption is None:
        return translate(lang, "source-not-found")
    text = translate(lang, f"source-{adopted.adoption}", name=adopted.name, most=MOST_OWN)
    if adopted.adoption is not Adoption.ADDED or adopted.found is None:
        return text
    return "\n".join((text, *_probed(desk, reader, adopted.found)))


def _probed(desk: Desk, reader: Subscriber, found: Found) -> list[str]:
    lang, zone = reader.lang, reader.preferences.zone
    language = translate(lang, f"language-{found.lang}") if found.lang in LANGUAGES else "?"
    lines = [translate(lang, "source-gives", count=found.entries, language=language)]
    if found.newest:
        today = desk.now().astimezone(ZoneInfo(zone)).date()
        lines.append(translate(lang, "source-newest", time=short_moment(lang, found.newest[0], zone, today)))
    return [*lines, *(f"• {short(headline, 120)}" for headline in found.headlines)]
