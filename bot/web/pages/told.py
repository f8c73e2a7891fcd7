"""A story in the visitor's language as far as it goes, and in the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.story import Condensed, StoryCard, Telling
from bot.domain.subscriber import LANGUAGES


def languages_from(lang: str) -> list[str]:
    """All languages, this one first."""
    return sorted(LANGUAGES, key=lambda code: code != lang)


@dataclass(frozen=True, slots=True)
class Headline:
    """What a story's page says first."""

    lang: str
    headline: str
    text: str


def headline(card: StoryCard, lang: str) -> Headline:
    """The story in this language, else in another it is condensed in, else its first telling's title."""
    for code in languages_from(lang):
        if found := card.summaries.get(code):
            return _headline(code, found, card.tellings)
    first = card.tellings[0]
    return Headline(first.publisher.lang, first.title, "")


def _headline(lang: str, found: Condensed, tellings: Sequence[Telling]) -> Headline:
    title = next((one.title for one in tellings if one.article == found.article), found.text)
    return Headline(lang, found.headline or title, found.text)


def by_language(tellings: Sequence[Telling], lang: str) -> list[tuple[str, list[Telling]]]:
    """Tellings under their language: the visitor's first, then ours, then any other."""
    found: dict[str, list[Telling]] = {code: [] for code in languages_from(lang)}
    for one in tellings:
        found.setdefault(one.publisher.lang, []).append(one)
    return [(code, told) for code, told in found.items() if told]
