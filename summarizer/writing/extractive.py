"""The default writer: the article's own sentences, the ones that together say most, without their ballast."""

from collections.abc import Sequence
from dataclasses import replace

from summarizer.article import Article
from summarizer.writing.clauses import head
from summarizer.writing.passage import Passage, Sentence, passage
from summarizer.writing.salience import features, fitted
from summarizer.writing.selection import select
from summarizer.writing.writer import Draft, Limits


class ExtractiveWriter:
    """Picks whole sentences; needs no model and can't invent anything."""

    name = "extractive"

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        """One draft an article, in order; a text without a sentence gives an empty one."""
        return [_draft(passage(article), limits) for article in articles]


def _draft(text: Passage, limits: Limits) -> Draft:
    if not text.sentences:
        return Draft("", (), reason="no-sentence")
    worth = fitted().worth(features(text))
    chosen = _whole(text, limits) or select(text.sentences, worth, limits) or _beheaded(text, worth, limits)
    return Draft(" ".join(s.short for s in chosen), tuple(s.place for s in chosen))


def _whole(text: Passage, limits: Limits) -> tuple[Sentence, ...]:
    """All of a text that is as short as a summary: leaving anything out would only lose news."""
    length = len(" ".join(sentence.short for sentence in text.sentences))
    fits = len(text.sentences) <= limits.sentences and length <= limits.characters
    return tuple(text.sentences) if fits else ()


def _beheaded(text: Passage, worth: Sequence[float], limits: Limits) -> tuple[Sentence, ...]:
    """The best sentence, every one being too long, up to a clause border."""
    best = max(text.sentences, key=lambda sentence: worth[sentence.place])
    return (replace(best, short=head(best.short, text.lang, limits.characters)),)
