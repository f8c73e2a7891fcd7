"""The buttons below a digest's last part, and what they open."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.buttons import Act, OnStory, OnTopic, StoryVerb, TopicVerb
from bot.chat.layout import button, keyboard
from bot.domain.delivery import Part
from bot.domain.digest import Item
from bot.words.translator import topic_emoji, topic_name, translate
from summarizer.topic import Topic

#: Characters of a headline on its button.
_SHOWN_HEADLINE = 40


class Footer:
    """Makes the buttons; satisfies delivery.sender.Buttons."""

    def __init__(self, web: str = "") -> None:
        #: Address under which the public pages stand; empty for none.
        self._web = web

    def __call__(self, part: Part) -> InlineKeyboardMarkup | None:
        """Buttons under a digest's last part, none under the others."""
        return self.closed(part.lang, part.edition) if part.last else None

    def closed(self, lang: str, edition: int) -> InlineKeyboardMarkup:
        """What can be done with the digest."""
        save = button(translate(lang, "button-save"), Act(verb=StoryVerb.SAVE, edition=edition))
        like = button("👍", Act(verb=StoryVerb.LIKE, edition=edition))
        dislike = button("👎", Act(verb=StoryVerb.DISLIKE, edition=edition))
        more = button(translate(lang, "button-more"), Act(verb=TopicVerb.MORE, edition=edition))
        mute = button(translate(lang, "button-mute-topic"), Act(verb=TopicVerb.MUTE, edition=edition))
        web = [[InlineKeyboardButton(text=translate(lang, "button-web"), url=self._web)]] if self._web else []
        return InlineKeyboardMarkup(inline_keyboard=[[save, like, dislike], [more], [mute], *web])


def opened(
    lang: str, verb: StoryVerb | TopicVerb, edition: int, items: Iterable[Item]
) -> InlineKeyboardMarkup:
    """The edition's stories (or their topics) to choose from, and the way back."""
    back = button(translate(lang, "button-close"), Act(verb=None, edition=edition))
    if isinstance(verb, StoryVerb):
        return keyboard(_stories(verb, edition, items), 1, [back])
    return keyboard(_topics(lang, verb, edition, items), 2, [back])


def _stories(verb: StoryVerb, edition: int, items: Iterable[Item]) -> list[InlineKeyboardButton]:
    return [
        button(_short(item.headline), OnStory(verb=verb, edition=edition, story=item.story)) for item in items
    ]


def _topics(lang: str, verb: TopicVerb, edition: int, items: Iterable[Item]) -> list[InlineKeyboardButton]:
    told = {item.topic for item in items}
    return [
        button(
            f"{topic_emoji(topic)} {topic_name(lang, topic)}",
            OnTopic(verb=verb, edition=edition, topic=topic),
        )
        for topic in Topic
        if topic in told
    ]


def _short(headline: str) -> str:
    line = " ".join(headline.split())
    return line if len(line) <= _SHOWN_HEADLINE else line[: _SHOWN_HEADLINE - 1] + "…"
