"""Buttons about stories: below digests, and of what was saved. Checked when they come back, as all are."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.chat.buttons import KEY
from summarizer.topic import Topic


class StoryVerb(StrEnum):
    """What can be done with a digest's stories."""

    SAVE = "save"
    LIKE = "like"
    DISLIKE = "dislike"
    MUTE = "mute"


class TopicVerb(StrEnum):
    """What can be done with a digest's topics."""

    MORE = "more"
    MUTE = "mute"


class Act(CallbackData, prefix="a"):
    """Choose among an edition's stories or topics; no verb: back to the buttons below a digest."""

    verb: StoryVerb | TopicVerb | None
    edition: int = Field(ge=0, lt=2**53)


class OnStory(CallbackData, prefix="s"):
    """Save or judge a story of an edition."""

    verb: StoryVerb
    edition: int = Field(ge=0, lt=2**53)
    story: int = Field(ge=0, lt=2**53)


class OnTopic(CallbackData, prefix="g"):
    """Hear more of a topic, or none of it."""

    verb: TopicVerb
    edition: int = Field(ge=0, lt=2**53)
    topic: Topic


class SavedPage(CallbackData, prefix="v"):
    """A page of what was saved."""

    page: int = Field(ge=0, lt=1000)


class Unsave(CallbackData, prefix="e"):
    """Keep a story no longer."""

    story: int = Field(ge=0, lt=2**53)
    page: int = Field(ge=0, lt=1000)


class Hush(CallbackData, prefix="m"):
    """Hear no more of something in a story; the key of what."""

    edition: int = Field(ge=0, lt=2**53)
    story: int = Field(ge=0, lt=2**53)
    key: str = Field(pattern=KEY)
