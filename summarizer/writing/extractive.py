"""The default writer: whole sentences of the article itself."""

from collections.abc import Sequence

from summarizer.article import Article
from summarizer.text.sentences import split
from summarizer.writing.writer import Draft, Limits


class ExtractiveWriter:
    """Picks the sentences that say most; needs no model and can't invent anything."""

    name = "extractive"

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        return [_draft(article, limits) for article in articles]


def _draft(article: Article, limits: Limits) -> Draft:
    sentences = article.sentences or tuple(split(article.text))
    picked: list[int] = []
    length = -1
    for place, sentence in enumerate(sentences):
        if len(picked) < limits.sentences and length + 1 + len(sentence) <= limits.characters:
            picked.append(place)
            length += 1 + len(sentence)
    if not picked:
        return Draft("", (), reason="no sentence fits" if sentences else "no sentence")
    return Draft(" ".join(sentences[place] for place in picked), tuple(picked))
