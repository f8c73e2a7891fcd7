"""/sources: hear a source or not, and add feeds of one's own; one message, edited in place."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.chat.buttons import Disown, SourcesPage, SourceTick, key_of
from bot.chat.layout import Screen, button, keyboard, short
from bot.chat.outlet_screens import A_PAGE, screen, told
from bot.chat.readers import may_change, subscribed
from bot.chat.redrawing import Answers, put
from bot.domain.errors import NotUnderstood
from bot.domain.own_sources import Adoption, web_address
from bot.domain.subscriber import Subscriber
from bot.newsroom import subscribe
from bot.newsroom.adopt import Adopting
from bot.newsroom.desk import Desk
from bot.words.translator import translate, words_for

_EXPECTED = ("https://example.kz", "@channel", "mute NAME", "unmute NAME", "remove NAME")
#: What /sources is told to do with a name, by the words for it in every language.
_VERBS = {word: verb for verb in ("mute", "unmute", "remove") for word in words_for(verb)}


def router() -> Router:
    """The command, its words, and its buttons; for who may change settings."""
    outlets = Router(name="outlets")
    for posts in (outlets.message, outlets.channel_post):
        posts.register(sources, Command("sources", ignore_case=True), subscribed, may_change)
        posts.register(mute_outlet, Command("mute", ignore_case=True), subscribed, names_outlet, may_change)
    taps = outlets.callback_query
    taps.filter(subscribed, may_change)
    taps.middleware(Answers())
    taps.register(turn, SourcesPage.filter())
    taps.register(tick, SourceTick.filter())
    taps.register(disown, Disown.filter())
    return outlets


async def sources(
    message: Message, command: CommandObject, desk: Desk, reader: Subscriber, adopting: Adopting
) -> None:
    """The list; with an address, a feed is added; with a verb, a source is muted, unmuted or removed."""
    said = " ".join((command.args or "").split())
    verb, _, name = said.partition(" ")
    if not said:
        shown = await screen(desk, reader, 0)
    elif url := web_address(said):
        await _add(message, desk, reader, adopting, url)
        return
    else:
        shown = await _obey(desk, reader, verb.casefold(), name)
    await message.answer(shown.text, reply_markup=shown.keyboard)


async def names_outlet(_: Message, command: CommandObject, desk: Desk) -> bool | dict[str, str]:
    """Filter: the command's words are a source's name; handlers get it as `outlet`."""
    said = " ".join((command.args or "").split()).casefold()
    named = [name for name in await desk.outlets.public() if name.casefold() == said] if said else []
    return {"outlet": named[0]} if named else False


async def mute_outlet(message: Message, desk: Desk, reader: Subscriber, outlet: str) -> None:
    """`/mute` of a source's name mutes the source."""
    shown = await _hear(desk, reader, outlet, on=False)
    await message.answer(shown.text, reply_markup=shown.keyboard)


async def turn(callback: CallbackQuery, callback_data: SourcesPage, desk: Desk, reader: Subscriber) -> None:
    """Another page of the list."""
    await put(callback, await screen(desk, reader, callback_data.page))


async def tick(
    callback: CallbackQuery, callback_data: SourceTick, desk: Desk, reader: Subscriber
) -> str | None:
    """Hear a source, or not."""
    name = _keyed(await desk.outlets.public(), callback_data.key)
    if name is None:
        return translate(reader.lang, "stale-button")
    await put(callback, await _hear(desk, reader, name, callback_data.page, on=callback_data.on))
    return None


async def disown(callback: CallbackQuery, callback_data: Disown, desk: Desk, reader: Subscriber) -> str:
    """Take a feed off one's own."""
    own = [source.name for source, _ in await desk.outlets.own(reader.id)]
    name = _keyed(own, callback_data.key)
    gone = name is not None and await desk.outlets.disown(reader.id, name)
    await put(callback, await screen(desk, reader, callback_data.page))
    return translate(reader.lang, "source-removed" if gone else "stale-button", name=short(name or "", 60))


async def _obey(desk: Desk, reader: Subscriber, verb: str, name: str) -> Screen:
    verb = _VERBS.get(verb, verb)
    if verb in {"mute", "unmute"} and name:
        return await _hear(desk, reader, _named(await desk.outlets.public(), name), on=verb == "unmute")
    if verb == "remove" and name:
        own = [source.name for source, _ in await desk.outlets.own(reader.id)]
        await desk.outlets.disown(reader.id, _named(own, name))
        return await screen(desk, reader, 0)
    raise NotUnderstood(f"{verb} {name}".strip(), _EXPECTED)


async def _hear(desk: Desk, reader: Subscriber, name: str, page: int | None = None, *, on: bool) -> Screen:
    have = reader.preferences
    muted = have.muted_sources - {name} if on else have.muted_sources | {name}
    reader = await subscribe.revise(desk, reader, replace(have, muted_sources=muted))
    if page is None:
        page = list(await desk.outlets.public()).index(name) // A_PAGE
    return await screen(desk, reader, page)


async def _add(message: Message, desk: Desk, reader: Subscriber, adopting: Adopting, url: str) -> None:
    waiting = await message.answer(translate(reader.lang, "source-looking"))
    adopted = await adopting(reader, url)
    text, keys = told(desk, reader, adopted), None
    if adopted.adoption is Adoption.ADDED:
        away = button(translate(reader.lang, "button-remove"), Disown(key=key_of(adopted.name), page=0))
        keys = keyboard([away], 1)
    await waiting.edit_text(text, reply_markup=keys)


def _keyed(names: Sequence[str], key: str) -> str | None:
    return next((name for name in names if key_of(name) == key), None)


def _named(names: Sequence[str], said: str) -> str:
    """The name meant: the same whatever its letters' case, or the only one that holds these words."""
    folded = {name.casefold(): name for name in names}
    holding = [name for fold, name in folded.items() if said.casefold() in fold]
    if (same := folded.get(said.casefold())) or len(holding) == 1:
        return same or holding[0]
    near = [folded[fold] for fold in get_close_matches(said.casefold(), folded, n=5, cutoff=0.3)]
    raise NotUnderstood(said, (holding or near or list(names))[:5])
