"""The buttons below a digest's last part, and what they open."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.buttons import key_of
from bot.chat.layout import button, keyboard, short
from bot.chat.story_buttons import Act, Hush, OnStory, OnTopic, StoryVerb, TopicVerb
from bot.domain.delivery import Part
from bot.domain.digest import Item
from bot.domain.muting import Mutable, Muting, offers
from bot.domain.pages import page, story_page
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
        if not part.last:
            return None
        alone = part.ordinal == 0 and len(part.stories) == 1
        footer = self if not (alone and part.hidden) else Footer()
        return footer.closed(part.lang, part.edition, part.stories[0] if alone else None)

    def closed(self, lang: str, edition: int, story: int | None = None) -> InlineKeyboardMarkup:
        """What can be done with the digest, which leads to its only `story` or to the latest of the day."""
        save = button(translate(lang, "button-save"), Act(verb=StoryVerb.SAVE, edition=edition))
        like = button("👍", Act(verb=StoryVerb.LIKE, edition=edition))
        dislike = button("👎", Act(verb=StoryVerb.DISLIKE, edition=edition))
        more = button(translate(lang, "button-more"), Act(verb=TopicVerb.MORE, edition=edition))
        mute = button(translate(lang, "button-mute-this"), Act(verb=StoryVerb.MUTE, edition=edition))
        address = self._web + (page(lang) if story is None else story_page(story, lang))
        web = [[InlineKeyboardButton(text=translate(lang, "button-web"), url=address)]] if self._web else []
        return InlineKeyboardMarkup(inline_keyboard=[[save, like, dislike], [more], [mute], *web])


def opened(
    lang: str, verb: StoryVerb | TopicVerb, edition: int, items: Iterable[Item]
) -> InlineKeyboardMarkup:
    """The edition's stories (or their topics) to choose from, and the way back."""
    back = button(translate(lang, "button-close"), Act(verb=None, edition=edition))
    if isinstance(verb, StoryVerb):
        return keyboard(_stories(verb, edition, items), 1, [back])
    return keyboard(_topics(lang, verb, edition, items), 2, [back])


def mutings(lang: str, edition: int, item: Item) -> InlineKeyboardMarkup:
    """What can be muted about a story, and the way back."""
    choices = [
        button(
            translate(lang, f"button-mute-{one.of}", what=short(named(lang, one), _SHOWN_HEADLINE)),
            Hush(edition=edition, story=item.story, key=muting_key(one)),
        )
        for one in offers(item)
    ]
    back = button(translate(lang, "button-close"), Act(verb=None, edition=edition))
    return keyboard(choices, 1, [back])


def named(lang: str, muting: Muting) -> str:
    """What would be muted, as a reader knows it."""
    return topic_name(lang, Topic(muting.value)) if muting.of is Mutable.TOPIC else muting.value


def muting_key(muting: Muting) -> str:
    """By which a button names it."""
    return key_of(f"{muting.of} {muting.value}")


def _stories(verb: StoryVerb, edition: int, items: Iterable[Item]) -> list[InlineKeyboardButton]:
    return [
        button(short(item.headline, _SHOWN_HEADLINE), OnStory(verb=verb, edition=edition, story=item.story))
        for item in items
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
