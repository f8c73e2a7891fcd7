"""What only administrators can ask for, in their own chat with the bot; to others it does not exist."""

from collections.abc import Mapping
from datetime import timedelta

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from bot.chat import admin_broadcast, admin_outlets
from bot.chat.admin_buttons import Run
from bot.newsroom import subscribe
from bot.newsroom.control import LINK, Control
from bot.newsroom.desk import Desk
from bot.newsroom.watch import advice
from bot.words.translator import translate

_STATES = ("sources", "subscribers", "parts")


async def is_admin(event: Message | CallbackQuery, control: Control | None = None) -> bool:
    """Filter: one of ADMINS, alone with the bot."""
    message = event.message if isinstance(event, CallbackQuery) else event
    alone = message is not None and message.chat.type == ChatType.PRIVATE
    return (
        alone and control is not None and event.from_user is not None and event.from_user.id in control.admins
    )


def router() -> Router:
    """Comes first: what it does not take is answered as everybody's words are."""
    admin = Router(name="admin")
    admin.message.filter(is_admin)
    admin.callback_query.filter(is_admin)
    for name, handler in (("stats", stats), ("health", health), ("ban", ban), ("unban", unban)):
        admin.message.register(handler, Command(name, ignore_case=True))
    admin.message.register(admin_broadcast.offer, Command("broadcast", ignore_case=True))
    admin.callback_query.register(admin_broadcast.run, Run.filter())
    with_words = Command("admin", ignore_case=True, magic=F.args)
    admin.message.register(admin_outlets.order, with_words)
    admin.message.register(enter, Command("admin", ignore_case=True))
    return admin


async def enter(message: Message, control: Control, lang: str) -> None:
    """A link into the dashboard, and what can be done here."""
    assert message.from_user
    link = await control.invite(message.from_user.id)
    said = translate(lang, "admin-login", link=link, minutes=LINK // timedelta(minutes=1))
    # A preview would have Telegram's servers open the link.
    hidden = LinkPreviewOptions(is_disabled=True)
    await message.answer(f"{said}\n\n{translate(lang, 'admin-help')}", link_preview_options=hidden)


async def stats(message: Message, control: Control, lang: str) -> None:
    """How much of everything there is."""
    found = await control.counts()
    totals = {name: found.get(name, 0) for name in ("articles", "stories", "summaries")}
    states = {name: _by_state(lang, name, found) for name in _STATES}
    await message.answer(translate(lang, "stats", **totals, **states))


def _by_state(lang: str, name: str, found: Mapping[str, int]) -> str:
    counted = [
        f"{key.removeprefix(f'{name} ')} {n}" for key, n in found.items() if key.startswith(f"{name} ")
    ]
    return ", ".join(counted) or translate(lang, "stats-none")


async def health(message: Message, control: Control, lang: str) -> None:
    """What is wrong now and what to do, or that all is well."""
    vitals, found = await control.troubles()
    newest = admin_outlets.moment(control, lang, vitals.newest)
    up = admin_outlets.moment(control, lang, control.up_since)
    lines = [
        translate(lang, "health-trouble", count=len(found)) if found else translate(lang, "health-well"),
        *[advice(lang, trouble) for trouble in found[:10]],
        translate(lang, "health-newest", when=newest) + "\n" + translate(lang, "health-up", when=up),
    ]
    await message.answer("\n\n".join(lines))


async def ban(message: Message, command: CommandObject, control: Control, lang: str) -> None:
    """Shut a chat or a person out; alone: who is shut out."""
    chat = _number(command)
    if chat is None:
        chats = ", ".join(map(str, await control.bans.all()))
        listed = f"\n{translate(lang, 'banned-list', chats=chats)}"[:3000] if chats else ""
        await message.answer(translate(lang, "ban-usage") + listed)
    elif chat in control.admins:
        await message.answer(translate(lang, "ban-self"))
    else:
        new = await control.bans.ban(chat, control.now())
        await message.answer(translate(lang, "banned-now" if new else "banned-already", chat=str(chat)))


async def unban(message: Message, command: CommandObject, control: Control, desk: Desk, lang: str) -> None:
    """Let a chat in again, with the settings it had."""
    chat = _number(command)
    if chat is None:
        await message.answer(translate(lang, "ban-usage"))
        return
    let_in = await control.bans.unban(chat)
    if let_in:
        await subscribe.come_back(desk, chat)
    await message.answer(translate(lang, "unbanned" if let_in else "not-banned", chat=str(chat)))


def _number(command: CommandObject) -> int | None:
    try:
        number = int((command.args or "").strip())
    except ValueError:
        return None
    # Telegram's ids have at most 52 bits; the store holds 64.
    return number if number.bit_length() <= 62 else None
