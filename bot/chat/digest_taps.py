"""What a reader taps below a digest: save, like, more of a topic, none of it."""

from contextlib import suppress
from dataclasses import replace

from aiogram import Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.chat.buttons import Act, OnStory, OnTopic, StoryVerb, TopicVerb
from bot.chat.footer import Footer, opened
from bot.chat.readers import may_change, subscribed
from bot.chat.reading import show
from bot.chat.taps import Answers
from bot.domain.subscriber import Subscriber
from bot.newsroom import browse, subscribe
from bot.newsroom.desk import Desk
from bot.words.translator import topic_emoji, topic_name, translate
from summarizer.topic import Topic

_DONE = {StoryVerb.SAVE: "saved-story", StoryVerb.LIKE: "liked-story", StoryVerb.DISLIKE: "disliked-story"}


def router() -> Router:
    """The buttons below digests."""
    taps = Router(name="digest taps")
    taps.callback_query.filter(subscribed, may_change)
    taps.callback_query.middleware(Answers())
    taps.callback_query.register(act, Act.filter())
    taps.callback_query.register(on_story, OnStory.filter())
    taps.callback_query.register(on_topic, OnTopic.filter())
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
) -> str:
    """Save, like or dislike a story of this reader's own edition."""
    verb, story = callback_data.verb, callback_data.story
    if story not in await desk.shelf.told_in(reader.id, callback_data.edition):
        return translate(reader.lang, "stale-button")
    if verb is StoryVerb.SAVE:
        await desk.shelf.save(reader.id, story, desk.now())
    else:
        await desk.shelf.vote(reader.id, story, 1 if verb is StoryVerb.LIKE else -1, desk.now())
    await _redraw(callback, footer.closed(reader.lang, callback_data.edition))
    return translate(reader.lang, _DONE[verb])


async def on_topic(
    callback: CallbackQuery, callback_data: OnTopic, desk: Desk, reader: Subscriber, footer: Footer
) -> str | None:
    """More of a topic now, or none of it from now on."""
    topic = callback_data.topic
    await _redraw(callback, footer.closed(reader.lang, callback_data.edition))
    if callback_data.verb is TopicVerb.MUTE:
        rest = reader.preferences.topics - {topic}
        await subscribe.revise(desk, reader, replace(reader.preferences, topics=rest))
        return translate(reader.lang, "muted-topic", topic=topic_name(reader.lang, topic))
    await _more(callback, desk, reader, topic)
    return None


async def _more(callback: CallbackQuery, desk: Desk, reader: Subscriber, topic: Topic) -> None:
    name = topic_name(reader.lang, topic)
    title = translate(reader.lang, "title-topic", emoji=topic_emoji(topic), topic=name)
    if isinstance(callback.message, Message):
        parts = await browse.topic(desk, reader, title, topic)
        await show(callback.message, parts, translate(reader.lang, "nothing-latest"))


async def _redraw(callback: CallbackQuery, keyboard: InlineKeyboardMarkup) -> None:
    if isinstance(callback.message, Message):
        with suppress(TelegramBadRequest):  # not modified, or no longer there: the tap itself counts
            await callback.message.edit_reply_markup(reply_markup=keyboard)
