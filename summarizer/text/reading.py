"""An article out of what a page or a feed gave."""

from collections.abc import Collection
from datetime import datetime

from summarizer.article import Article
from summarizer.errors import UnusableArticle
from summarizer.text.cleaning import clean_body, clean_title
from summarizer.text.language import detect


def read(  # noqa: PLR0913 - one keyword for each thing a page tells
    *,
    id: str,  # noqa: A002 - the field's own name, by keyword only
    title: str,
    text: str,
    lang: str | None = None,
    published: datetime | None = None,
    url: str = "",
    source: str = "",
    categories: tuple[str, ...] = (),
    drop: Collection[str] = (),
) -> Article:
    """An article from a page's raw text, one paragraph a line, cleaned and with its language told.

    `lang` is the source's language, used where the text is too short to tell; `drop` holds paragraphs that
    are known to be page furniture.

    Raises:
        UnusableArticle: neither title nor text has a word left.
    """
    title = clean_title(title, source)
    body = clean_body(text, title=title, source=source, drop=drop)
    if not body and not title:
        raise UnusableArticle("empty")
    return Article(
        id=id,
        title=title,
        text=body,
        lang=detect(f"{title}\n{body}", lang),
        published=published,
        url=url,
        source=source,
        categories=categories,
    )
