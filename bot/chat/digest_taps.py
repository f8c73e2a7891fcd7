"""What a reader taps below a digest: save, like, more of a topic, none of it."""

from contextlib import suppress
from dataclasses import replace

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.chat.footer import Footer, muting_key, mutings, named, opened
from bot.chat.layout import short
from bot.chat.readers import may_change, subscribed
from bot.chat.reading import show
from bot.chat.redrawing import Answers
from bot.chat.story_buttons import Act, Hush, OnStory, OnTopic, StoryVerb, TopicVerb
from bot.domain.digest import Item
from bot.domain.muting import muted, offers
from bot.domain.subscriber import Subscriber
from bot.newsroom import browse, subscribe
from bot.newsroom.desk import Desk
from bot.words.translator import topic_emoji, topic_name, translate
from summarizer.topic import Topic

#: Characters of a name in the answer to a tap, which has room for 200.
_SHOWN = 60
_DONE = {StoryVerb.SAVE: "saved-story", StoryVerb.LIKE: "liked-story", StoryVerb.DISLIKE: "disliked-story"}


def router() -> Router:
    """The buttons below digests."""
    taps = Router(name="digest taps")
    taps.callback_query.filter(subscribed, may_change)
    taps.callback_query.middleware(Answers())
    taps.callback_query.register(act, Act.filter())
    taps.callback_query.register(on_story, OnStory.filter())
    taps.callback_query.register(on_topic, OnTopic.filter())
    taps.callback_query.register(hush, Hush.filter())
    return taps


async def act(
    callback: CallbackQuery, callback_data: Act, desk: Desk, reader: Subscriber, footer: Footer
) -> str | None:
    """Offer the edition's stories or topics, or close the offer."""
    verb, edition = callback_data.verb, callback_data.edition
    items = await browse.told_in(desk, reader, edition)
    if not items:
        return translate(reader.lang, "stale-button")
    lang = reader.lang
    await _redraw(callback, opened(lang, verb, edition, items) if verb else footer.closed(lang, edition))
    return None


async def on_story(
    callback: CallbackQuery, callback_data: OnStory, desk: Desk, reader: Subscriber, footer: Footer
) -> str | None:
    """Save, like, dislike or mute something of a story of this reader's own edition."""
    verb, story = callback_data.verb, callback_data.story
    if story not in await desk.shelf.told_in(reader.id, callback_data.edition):
        return translate(reader.lang, "stale-button")
    if verb is StoryVerb.MUTE:
        return await _offer_mutings(callback, desk, reader, callback_data)
    if verb is StoryVerb.SAVE:
        await desk.shelf.save(reader.id, story, desk.now())
    else:
        await desk.shelf.vote(reader.id, story, 1 if verb is StoryVerb.LIKE else -1, desk.now())
    await _redraw(callback, footer.closed(reader.lang, callback_data.edition))
    return translate(reader.lang, _DONE[verb])


async def hush(
    callback: CallbackQuery, callback_data: Hush, desk: Desk, reader: Subscriber, footer: Footer
) -> str:
    """Hear no more of a topic, an outlet or a name."""
    item = await _item(desk, reader, callback_data.edition, callback_data.story)
    wanted = {muting_key(one): one for one in (offers(item) if item else ())}
    if (muting := wanted.get(callback_data.key)) is None:
        return translate(reader.lang, "stale-button")
    await subscribe.revise(desk, reader, muted(reader.preferences, muting))
    await _redraw(callback, footer.closed(reader.lang, callback_data.edition))
    what = short(named(reader.lang, muting), _SHOWN)
    return translate(reader.lang, f"muted-{muting.of}", what=what)


async def _offer_mutings(
    callback: CallbackQuery, desk: Desk, reader: Subscriber, tapped: OnStory
) -> str | None:
    item = await _item(desk, reader, tapped.edition, tapped.story)
    if item is None:
        return translate(reader.lang, "stale-button")
    await _redraw(callback, mutings(reader.lang, tapped.edition, item))
    return None


async def _item(desk: Desk, reader: Subscriber, edition: int, story: int) -> Item | None:
    items = await browse.told_in(desk, reader, edition)
    return next((item for item in items if item.story == story), None)


async def on_topic(
    callback: CallbackQuery, callback_data: OnTopic, desk: Desk, reader: Subscriber, footer: Footer
) -> str | None:
    """More of a topic now, or none of it from now on."""
    topic = callback_data.topic
    await _redraw(callback, footer.closed(reader.lang, callback_data.edition))
    if callback_data.verb is TopicVerb.MUTE:
        rest = reader.preferences.topics - {topic}
        await subscribe.revise(desk, reader, replace(reader.preferences, topics=rest))
        return translate(reader.lang, "muted-topic", what=topic_name(reader.lang, topic))
    await _more(callback, desk, reader, topic)
    return None


async def _more(callback: CallbackQuery, desk: Desk, reader: Subscriber, topic: Topic) -> None:
    name = topic_name(reader.lang, topic)
    title = translate(reader.lang, "title-topic", emoji=topic_emoji(topic), topic=name)
    if isinstance(callback.message, Message):
        found = await browse.topic(desk, reader, topic)
        parts = desk.render(found, reader.lang, reader.preferences.zone, title)
        await show(callback.message, parts, translate(reader.lang, "nothing-latest"))


async def _redraw(callback: CallbackQuery, keyboard: InlineKeyboardMarkup) -> None:
    if isinstance(callback.message, Message):
        with suppress(TelegramBadRequest):  # not modified, or no longer there: the tap itself counts
            await callback.message.edit_reply_markup(reply_markup=keyboard)
