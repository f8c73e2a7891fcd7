"""What a reader asks for: news, help, and their own data."""

import json

from aiogram import Bot, F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Command, CommandObject
from aiogram.types import BufferedInputFile, CallbackQuery, LinkPreviewOptions, Message

from bot.chat.buttons import Erase
from bot.chat.readers import may_change, subscribed
from bot.chat.screens import farewell
from bot.domain import filters
from bot.domain.subscriber import Subscriber
from bot.newsroom import browse
from bot.newsroom.belongings import belongings
from bot.newsroom.desk import Desk
from bot.words.translator import translate


def router() -> Router:
    """Commands of reading, for everybody in the chat; of one's own data, for who may change it."""
    reading = Router(name="reading")
    for posts in (reading.message, reading.channel_post):
        for wish in (digest, latest):
            posts.register(wish, Command(wish.__name__, ignore_case=True), subscribed)
        # With words it is a setting, and chat.commands has taken it.
        posts.register(weekly, Command("weekly", ignore_case=True, magic=~F.args), subscribed)
        posts.register(search, Command("search", ignore_case=True), subscribed)
        posts.register(export, Command("export", ignore_case=True), subscribed, may_change)
        posts.register(delete, Command("delete", ignore_case=True), subscribed, may_change)
        posts.register(help_, Command("help", ignore_case=True))
        posts.register(about, Command("about", ignore_case=True))
    reading.callback_query.register(erase, Erase.filter(), subscribed, may_change)
    return reading


async def digest(message: Message, desk: Desk, reader: Subscriber) -> None:
    """What happened since the last digest; it goes the way of every digest, through the outbox."""
    if not await desk.compose_now(reader, str(message.message_id), desk.now()):
        await message.answer(translate(reader.lang, "nothing-new"))


async def latest(message: Message, desk: Desk, reader: Subscriber) -> None:
    """The best of the last two days, told or not."""
    found, title = await browse.latest(desk, reader), translate(reader.lang, "title-latest")
    parts = desk.render(found, reader.lang, reader.preferences.zone, title)
    await show(message, parts, translate(reader.lang, "nothing-latest"))


async def weekly(message: Message, desk: Desk, reader: Subscriber) -> None:
    """The week's most important stories, told or not; through the outbox as any digest."""
    if not await desk.compose_week(reader, str(message.message_id), desk.now()):
        await message.answer(translate(reader.lang, "nothing-weekly"))


async def search(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Stories in which all the words stand, in any form."""
    words = filters.terms(command.args or "")
    said = " ".join(words)
    found, title = (
        await browse.search(desk, reader, words),
        translate(reader.lang, "title-search", words=said),
    )
    parts = desk.render(found, reader.lang, reader.preferences.zone, title)
    await show(message, parts, translate(reader.lang, "nothing-found", words=said))


async def export(message: Message, desk: Desk, reader: Subscriber) -> None:
    """All that is stored of the reader, as a file."""
    content = json.dumps(await belongings(desk, reader), ensure_ascii=False, indent=2)
    file = BufferedInputFile(content.encode(), "habarshy.json")
    await message.answer_document(file, caption=translate(reader.lang, "export-ready"))


async def delete(message: Message, command: CommandObject, desk: Desk, reader: Subscriber) -> None:
    """Ask before everything is deleted; "/delete yes" is the answer already."""
    words = {"yes", translate(reader.lang, "word-yes")}
    if (command.args or "").strip().casefold() in words:
        await desk.subscribers.delete(reader.id)
        await message.answer(translate(reader.lang, "deleted"))
        return
    question = farewell(reader.lang)
    await message.answer(question.text, reply_markup=question.keyboard)


async def erase(callback: CallbackQuery, callback_data: Erase, desk: Desk, reader: Subscriber) -> None:
    """The answer to that question."""
    if callback_data.sure:
        await desk.subscribers.delete(reader.id)
    if isinstance(callback.message, Message):
        await callback.message.edit_text(translate(reader.lang, "deleted" if callback_data.sure else "kept"))
    await callback.answer()


async def help_(message: Message, bot: Bot, lang: str) -> None:
    """What the bot can do."""
    await message.answer(translate(lang, "help", bot=(await bot.me()).username or ""))


async def about(message: Message, lang: str) -> None:
    """What this is, and what it stores."""
    await message.answer(translate(lang, "about"))


async def show(message: Message, parts: list[str], otherwise: str = "") -> None:
    """Stories as messages, or why there are none."""
    for part in parts:
        off = LinkPreviewOptions(is_disabled=True)
        await message.answer(part, parse_mode=ParseMode.HTML, link_preview_options=off)
    if not parts and otherwise:
        await message.answer(otherwise)
