"""Clean: the articles in what one source listed, with the marks they are known by."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from bot.domain.address import published_url
from bot.domain.content import content_hash
from bot.domain.source import Entry, Found, Source
from summarizer.article import Article
from summarizer.errors import UnusableArticle
from summarizer.text.reading import read

#: A paragraph that stands in this many articles of one source is the source's, not the news's.
_REPEATED = 3


def clean(source: Source, entries: Mapping[str, Entry], listed: Mapping[str, str]) -> list[Found]:
    """The articles of one source, cleaned together: what they share is not news.

    `entries` are by canonical URL, as is `listed`, the fingerprints of what the listing said of each.
    Entries without a word that is news are left out.
    """
    # One text a title: an article that is listed at several addresses is no furniture.
    texts = {entry.title: entry.text for entry in entries.values()}
    drop = _repeated(texts.values()) | set(source.drop)
    return [
        _found(article, entry, listed[url])
        for url, entry in entries.items()
        if (article := _article(source, url, entry, drop))
    ]


def _found(article: Article, entry: Entry, listing_hash: str) -> Found:
    link = published_url(entry.url)
    return Found(
        article,
        content_hash(article.title, article.text),
        listing_hash,
        link=link if link != article.url else "",
        image=entry.image,
        views=entry.views,
    )


def _repeated(texts: Iterable[str]) -> set[str]:
    lines = chain.from_iterable(set(map(str.strip, text.splitlines())) for text in texts)
    return {line for line, times in Counter(lines).items() if times >= _REPEATED} - {""}


def _article(source: Source, url: str, entry: Entry, drop: set[str]) -> Article | None:
    try:
        return read(
            id=url,
            title=entry.title,
            text=entry.text,
            lang=entry.lang or source.lang,
            published=entry.published,
            url=url,
            source=source.name,
            categories=entry.categories,
            drop=drop,
        )
    except UnusableArticle:
        return None
