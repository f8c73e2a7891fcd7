"""When a page's article was published, to the minute where the page says so anywhere."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from lxml.etree import _Element as Element

from bot.sources.dates import read_date
from bot.sources.webpage import meta, select

_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "publish_date", "pubdate", "publication_date", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "parsely-pub-date", "sailthru.date",
)  # fmt: skip
#: «04.03.2026, 15:23», «2026-03-04 15:23», «4 наурыз 2026, 15:23», «15:23, 4 марта 2026».
_CLOCK = r"\d{1,2}:\d\d"
_DAY = (
    r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d"
    r"|\d{1,2}\s[а-яёәіңғүұқөһa-z]{3,10},?\s\d{4}|(?:бүгін|кеше|сегодня|вчера|today|yesterday)(?=,?\s\d))"
)
_WRITTEN = re.compile(
    rf"(?<![\d.:-])(?:{_CLOCK},?\s{_DAY}|{_DAY}(?:,?\s(?:г\.,?\s|ж\.,?\s|в\s|сағат\s)?{_CLOCK})?)(?![\d:])",
    re.IGNORECASE,
)
_YEAR_MARK = re.compile(r"(?<=\d{4}),?\s[гж]\.")
#: Text looked at around a headline or a link, code points.
_AROUND = 400
_MOST_JSON = 300_000


def page_date(root: Element, zone: str, selector: str | None = None) -> datetime | None:
    """The article's publication time; zone-less times are local to `zone`.

    The source's selector decides; then what machines are told (meta, JSON-LD, microdata, <time>), of which
    the first with a time of day wins; then the text around the headline, which also lends its time of day
    to a date that has none. Raises SourceUnusable for a selector that is none.
    """
    if selector:
        return next(_moments((_stated(node) for node in select(root, selector)), zone), None)
    told = list(_moments(_told(root), zone))
    exact = next((moment for moment in told if _has_clock(moment)), None)
    seen = exact or written_date(_headings(root), zone)
    if exact is None and told and not (seen and seen.date() == told[0].date()):
        return told[0]
    return seen


def _moments(texts: Iterable[str], zone: str) -> Iterator[datetime]:
    for text in texts:
        if moment := read_date(text, zone):
            yield moment


def _has_clock(moment: datetime) -> bool:
    return bool(moment.hour or moment.minute or moment.second)


def _stated(node: Element) -> str:
    text = " ".join(node.text_content().split())
    found = _WRITTEN.search(text[:_AROUND])
    return node.get("datetime") or node.get("content") or (_YEAR_MARK.sub("", found[0]) if found else text)


def _told(root: Element) -> Iterator[str]:
    for name in _META:
        if content := meta(root, name):
            yield content
    yield from _linked_data(root)
    for node in root.iter("time", "meta", "span", "div"):
        if node.get("itemprop") == "datePublished" or (node.tag == "time" and node.get("datetime")):
            yield _stated(node)


def _linked_data(root: Element) -> Iterator[str]:
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text or len(script.text) > _MOST_JSON:
            continue
        try:
            yield from _dates_in(json.loads(script.text, strict=False), depth=4)
        except (ValueError, RecursionError):
            continue


def _dates_in(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and depth:
        if isinstance(date := value.get("datePublished"), str):
            yield date
        for part in value.values():
            yield from _dates_in(part, depth - 1)
    elif isinstance(value, list) and depth:
        for part in value[:50]:
            yield from _dates_in(part, depth - 1)


def _headings(root: Element) -> Iterator[Element]:
    for heading in list(root.iter("h1"))[:2]:
        node = heading
        for _ in range(3):
            node = node.getparent() if node.getparent() is not None else node
            yield node


def written_date(places: Iterable[Element], zone: str) -> datetime | None:
    """The first date that stands in any of these elements, nearest first; None where none does."""
    for place in places:
        times = (node.get("datetime") for node in place.iter("time") if node.get("datetime"))
        if moment := next(_moments(times, zone), None):
            return moment
        text = " ".join(place.text_content()[: 4 * _AROUND].split())[:_AROUND]
        if (found := _WRITTEN.search(text)) and (moment := read_date(_YEAR_MARK.sub("", found[0]), zone)):
            return moment
    return None
