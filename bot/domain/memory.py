"""What a reader was told, and when it is worth telling more: a story comes again only when it has changed."""

from datetime import datetime

from bot.domain.story import Change, StoryCard

#: So many outlets that had not told the story yet make it news again.
NEW_PUBLISHERS = 2
#: Code points of an update's text, as of a summary's.
LONGEST = 300


def news_since(card: StoryCard, lang: str, told: datetime) -> tuple[Change, str] | None:
    """What changed since the reader was told; None where nothing material did.

    A correction in the reader's language comes before all else. New facts are said as their article says
    them; several new outlets, or a fact in another language, bring the story's summary again.
    """
    later = [development for development in card.developments if development.found > told]
    mine = [development for development in later if development.lang == lang]
    if corrected := [one.text for one in mine if one.kind is Change.CORRECTION]:
        return Change.CORRECTION, corrected[-1]
    news = [one for one in later if one.kind is Change.NEWS]
    if not news and len(_new_publishers(card, told)) < NEW_PUBLISHERS:
        return None
    said = _latest(tuple(one.text for one in mine if one.kind is Change.NEWS))
    return Change.NEWS, said or card.summaries[lang].text


def may_be_news(card: StoryCard, told: datetime) -> bool:
    """False where `news_since` finds nothing in any language."""
    later = any(development.found > told for development in card.developments)
    return later or len(_new_publishers(card, told)) >= NEW_PUBLISHERS


def _new_publishers(card: StoryCard, told: datetime) -> set[str]:
    known = {telling.publisher.name for telling in card.tellings if telling.found <= told}
    return {telling.publisher.name for telling in card.tellings} - known


def _latest(texts: tuple[str, ...]) -> str:
    """As many of the latest texts as fit, in order of time; the latest first has its place."""
    kept: list[str] = []
    for text in reversed(texts):
        if len(" ".join((text, *kept))) <= LONGEST:
            kept.insert(0, text)
    return " ".join(kept)
