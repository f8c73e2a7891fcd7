"""Inline mode: a person types the bot's name and some words in any chat and sends a story there."""

from aiogram import Router
from aiogram.enums import ParseMode
from aiogram.types import (
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)

from bot.chat.layout import short
from bot.domain import filters
from bot.domain.digest import Digest, Item
from bot.domain.errors import NotUnderstood
from bot.domain.subscriber import LANGUAGES, Subscriber, interface_language
from bot.newsroom.desk import Desk
from bot.newsroom.showcase import Showcase
from bot.words.translator import topic_emoji, translate

#: Stories offered; Telegram takes 50.
MOST = 20
#: Seconds for which Telegram may answer the same query of the same person by itself.
CACHED = 60
#: Characters of a query that are looked at, of a title and of a description that are shown.
_QUERY, _TITLE, _DESCRIPTION = 120, 120, 160


def router() -> Router:
    """Queries of people, subscribed or not."""
    sharing = Router(name="sharing")
    sharing.inline_query.register(offer)
    return sharing


async def offer(
    query: InlineQuery,
    event_update: Update,
    desk: Desk,
    showcase: Showcase,
    reader: Subscriber | None,
) -> None:
    """Stories in which the words stand, as messages ready to be sent; none for words that mean nothing."""
    first = reader.preferences.languages if reader else (interface_language(query.from_user.language_code),)
    languages = tuple(dict.fromkeys((*first, *LANGUAGES)))
    asked = query.from_user.id, event_update.update_id
    found = await showcase.find(asked, _words(query.query), languages, MOST)
    if found is not None:
        results = [_result(desk, reader, first[0], item) for item in found]
        # Languages and clock are the person's own: no answer serves another.
        await query.answer(list(results), cache_time=CACHED, is_personal=True)


def _words(text: str) -> tuple[str, ...]:
    try:
        return filters.terms(text[:_QUERY])[: filters.MOST_WORDS]
    except NotUnderstood:
        return ()


def _result(desk: Desk, reader: Subscriber | None, lang: str, item: Item) -> InlineQueryResultArticle:
    zone = reader.preferences.zone if reader else desk.zone
    (html, *_) = desk.render(_alone(desk, item), lang, zone, translate(lang, "title-shared"))
    off = LinkPreviewOptions(is_disabled=True)
    return InlineQueryResultArticle(
        id=str(item.story),
        title=f"{topic_emoji(item.topic)} {short(item.headline, _TITLE)}",
        description=short(item.summary, _DESCRIPTION) or None,
        input_message_content=InputTextMessageContent(
            message_text=html, parse_mode=ParseMode.HTML, link_preview_options=off
        ),
    )


def _alone(desk: Desk, item: Item) -> Digest:
    now = desk.now()
    return Digest(now, now, (item.lang,), frozenset({item.topic}), (item,))
