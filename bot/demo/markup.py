"""What an outlet sends: its feed or listing, and its article pages with all their furniture."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from string import Template
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.demo import templates
from bot.demo.outlets import Outlet, SampleArticle

_ALMATY = ZoneInfo("Asia/Almaty")
#: Code points of a lead that the RSS feed gives away.
_TEASER = 160
#: How many other articles a page points to.
_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Document:
    """One answer of the site."""

    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Press:
    """Prints one outlet's documents."""

    outlet: Outlet
    #: The address of the outlet's root; ends in "/".
    home: str
    #: The moment the sample's clock stands at.
    now: datetime

    def documents(self) -> dict[str, Document]:
        """Everything the outlet serves, by address below `home`."""
        pages = {f"news/{article.id}": self._page(article) for article in self.outlet.articles}
        return {front_page(self.outlet): self._front()} | pages

    def _front(self) -> Document:
        match self.outlet.format:
            case "rss":
                return self._list("application/rss+xml", templates.RSS, templates.RSS_ITEM)
            case "atom":
                return self._list("application/atom+xml", templates.ATOM, templates.ATOM_ENTRY)
            case "json":
                return self._json_feed()
            case _:
                return self._list("text/html", templates.LISTING, templates.LISTING_ITEM)

    def _list(self, content_type: str, whole: Template, entry: Template) -> Document:
        words = self._words(self.outlet.articles[0])
        entries = self._entries(entry, self.outlet.articles)
        return Document(content_type, whole.substitute(words, entries=entries).encode())

    def _page(self, article: SampleArticle) -> Document:
        shape = templates.OLD_PAGE if self.outlet.format == "listing" else templates.PAGE
        others = [other for other in self.outlet.articles if other is not article][:_OTHERS]
        links = self._entries(templates.LISTING_ITEM, others)
        return Document("text/html", shape.substitute(self._words(article), others=links).encode())

    def _entries(self, shape: Template, articles: Iterable[SampleArticle]) -> str:
        return "".join(shape.substitute(self._words(article)) for article in articles)

    def _json_feed(self) -> Document:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.outlet.name,
            "home_page_url": self.home,
            "language": self.outlet.lang,
            "items": [self._json_item(article) for article in self.outlet.articles],
        }
        return Document("application/feed+json", json.dumps(feed, ensure_ascii=False, indent=1).encode())

    def _json_item(self, article: SampleArticle) -> dict[str, str | list[str]]:
        return {
            "id": self._url(article),
            "url": self._url(article),
            "title": article.title,
            "content_html": self._content(article),
            "date_published": self._published(article).isoformat(),
            "tags": [self.outlet.section(article)],
        }

    def _words(self, article: SampleArticle) -> dict[str, str]:
        """What the templates ask for, escaped for markup."""
        plain = self._outlet_words() | self._article_words(article)
        menu = " ".join(f'<a href="#">{escape(name)}</a>' for name in self.outlet.sections.values())
        markup = {"menu": menu, "body": _paragraphs(article.paragraphs)}
        return {word: escape(text) for word, text in plain.items()} | markup

    def _outlet_words(self) -> dict[str, str]:
        return {
            "home": self.home,
            "name": self.outlet.name,
            "lang": self.outlet.lang,
            "tagline": self.outlet.tagline,
            "share": self.outlet.share,
            "views": self.outlet.views,
            "related": self.outlet.related,
            "popular": self.outlet.popular,
            "copyright": self.outlet.copyright,
        }

    def _article_words(self, article: SampleArticle) -> dict[str, str]:
        published = self._published(article)
        return {
            "url": self._url(article),
            "title": article.title,
            "credit": article.credit,
            "section": self.outlet.section(article),
            "teaser": _teaser(article.paragraphs[0]),
            "content": self._content(article),
            "stamp": f"{published:%d.%m.%Y, %H:%M}",
            "iso": published.isoformat(),
            "mail_date": format_datetime(published),
            # A counter that stands still: one that moved would change every ETag.
            "seen": str(crc32(article.id.encode()) % 9_000 + 100),
        }

    def _url(self, article: SampleArticle) -> str:
        return f"{self.home}news/{article.id}"

    def _published(self, article: SampleArticle) -> datetime:
        return article.published(self.now).astimezone(_ALMATY)

    def _content(self, article: SampleArticle) -> str:
        return _paragraphs((article.credit, *article.paragraphs, self.outlet.copyright))


def front_page(outlet: Outlet) -> str:
    """Where an outlet lists its articles, below its root."""
    return {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}.get(outlet.format, "")


def _teaser(lead: str) -> str:
    return lead if len(lead) <= _TEASER else lead[:_TEASER].rsplit(" ", 1)[0] + "…"


def _paragraphs(paragraphs: Iterable[str]) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
