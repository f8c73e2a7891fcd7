"""What a page prints around its news, taken away: furniture, copyright, datelines, repeated titles."""

import re
from collections.abc import Collection, Iterator

from summarizer.text.characters import UPPER, plain, unglued, without_markup
from summarizer.text.lexicon import lines, shared_parts
from summarizer.text.sentences import split
from summarizer.text.titles import clean_title

__all__ = ["clean_body", "clean_title"]

#: Longer bodies are cut behind the last whole paragraph: no news item has this many characters.
BODY_LIMIT = 200_000

_LEGAL = lines("legal")
#: Each of the phrases has one of these.
_LEGAL_STEMS = shared_parts(_LEGAL, 8)
_FURNITURE = lines("furniture")
_OPENERS = lines("block_openers")
_INLINE = tuple(opener + sign for opener in _OPENERS for sign in (":", " -", "?"))
#: A longer paragraph opens no list of other news.
_OPENER_LIMIT = 220
_WORD = re.compile(r"\w+")
_SPEAKS = re.compile(r"[^\W\d_]{2}")
_ENDS = re.compile(r"[.!?…:;][»”\"'’)\]]{0,2}$")
_DOTS = " .:!?…–—-»«\"'▶►→>•*#"
_AGENCY = rf"(?:[{UPPER}][\w.&’'-]{{1,24}}(?:\s[{UPPER}0-9][\w.&’'-]{{1,24}}){{0,2}})"
_CITY = rf"[{UPPER}][{UPPER}-]{{2,20}}(?:\s[{UPPER}-]{{2,20}})?"
_FRESH = re.compile(rf"[.!?]?\s+[{UPPER}«\"“]")
_DATELINES = (
    # «АСТАНА. ҚазАқпарат –», «АЛМАТЫ. 4 марта. КАЗИНФОРМ -», "LONDON, March 4 (Reuters) -"
    re.compile(
        rf"^{_CITY}[.,]\s{{0,2}}(?:[^.–—\n]{{1,24}}[.,]\s{{0,2}})?/?{_AGENCY}/?\.?\s{{0,2}}[–—-]\s{{1,2}}"
    ),
    re.compile(rf"^{_CITY}(?:,\s[^()\n]{{1,30}})?\s{{0,2}}[(/]{_AGENCY}[)/]\.?\s{{0,2}}[–—:-]?\s{{0,2}}"),
    re.compile(rf"^[(/]?{_AGENCY}[)/]\s{{0,2}}[–—-]\s{{1,2}}"),
    # «Москва. 14 ноября. INTERFAX.RU -»
    re.compile(rf"^[{UPPER}][\w-]{{2,20}}\.\s\d{{1,2}}\s\w{{3,10}}\.\s{_AGENCY}\s{{0,2}}[–—-]\s{{1,2}}"),
    # "ASTANA — The Ministry…"
    re.compile(rf"^{_CITY}\s{{0,2}}[–—]\s{{1,2}}(?=[{UPPER}«\"“])"),
)
#: «Продолжение■Headline15 апреля 2024 12:08■Headline…»: headlines of other news inside a paragraph, dated.
_DATED = r"(?:\d{1,2}\s\w{3,10}\s\d{4}|вчера|сегодня|кеше|бүгін|yesterday|today),?\s\d{1,2}:\d\d"
_BULLETS = "■▪◼◾●"
_LINK = rf"[{_BULLETS}]\s?[^{_BULLETS}\n]{{4,200}}?\s?{_DATED}\s?"
_LINKS = re.compile(rf"\s?(?:(?:{'|'.join(sorted(_OPENERS))})[:.]?\s?)?(?:{_LINK})+", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"^(?:об этом|бұл туралы|осы туралы|бұл жөнінде|this was|the news was)\b[^,«\"“\d]{0,140}"
    r"\b(?:сообща\w+|сообщил\w*|переда\w+|пишет|информиру\w+|рассказал\w*|хабарла\w+|деп хабарла\w+|"
    r"мәлім\w*|жаз\w+|жеткіз\w+|reported|reports)\b.{0,60}$",
    re.IGNORECASE,
)


def clean_body(text: str, *, title: str = "", source: str = "", drop: Collection[str] = ()) -> str:
    """The news of a page: cleaned paragraphs, joined by one newline, "" when nothing is left.

    `text` has one paragraph a line; `source` is the publisher, as datelines name it. `drop` holds paragraphs
    that are known to be page furniture: the source's settings say so, or other articles of the host repeat
    them.
    """
    unwanted = {_key(plain(paragraph)) for paragraph in (*drop, title)} - {""}
    openings = {key.partition(" ")[0] for key in unwanted}
    kept: list[str] = []
    paragraphs = list(_without_blocks(_paragraphs(_cut(text))))
    legal = _may_be_legal(paragraphs)
    for paragraph in paragraphs:
        # Most paragraphs differ from all of these in their first word already.
        if _opening(paragraph) in openings and _key(paragraph) in unwanted:
            continue
        if news := _news(_without_legal(paragraph) if legal else paragraph):
            kept.append(_without_dateline(news, source) if not kept else news)
    return _without_title("\n".join(kept), title)


def _cut(text: str) -> str:
    if len(text) <= BODY_LIMIT:
        return text
    head, newline, _ = text[:BODY_LIMIT].rpartition("\n")
    return head if newline else text[:BODY_LIMIT].rpartition(" ")[0]


def _paragraphs(text: str) -> Iterator[str]:
    paragraphs = unglued("\n".join(map(plain, without_markup(text).splitlines())))
    # Few texts have such a mark; trying the pattern on all would make cleaning four times slower.
    if any(bullet in paragraphs for bullet in _BULLETS):
        paragraphs = "\n".join(_LINKS.sub(" ", paragraph).strip() for paragraph in paragraphs.split("\n"))
    return filter(_SPEAKS.search, paragraphs.split("\n"))


def _without_blocks(paragraphs: Iterator[str]) -> Iterator[str]:
    """Leave out lists of other news: the line that opens one, and the headlines behind it."""
    inside = False
    for paragraph in paragraphs:
        lower = paragraph.lower().strip(_DOTS) if len(paragraph) < _OPENER_LIMIT else ""
        opens = lower.startswith(_OPENERS)
        if opens and lower in _OPENERS:
            inside = True
        elif not (opens and lower.startswith(_INLINE)) and not (inside and _is_headline(paragraph)):
            inside = False
            yield paragraph


def _is_headline(paragraph: str) -> bool:
    return len(paragraph) < 160 and not _ENDS.search(paragraph)


def _may_be_legal(paragraphs: Collection[str]) -> bool:
    # A few beginnings that all the phrases share are looked for in a third of the time.
    lower = "\n".join(paragraphs).lower()
    return any(stem in lower for stem in _LEGAL_STEMS)


def _without_legal(paragraph: str) -> str:
    lower = paragraph.lower()
    if not any(phrase in lower for phrase in _LEGAL):
        return paragraph
    return " ".join(s for s in split(paragraph) if not any(phrase in s.lower() for phrase in _LEGAL))


def _news(paragraph: str) -> str:
    """The paragraph, "" where it is none of the news."""
    if len(paragraph) < 200 and (_is_furniture(paragraph) or _ATTRIBUTION.match(paragraph)):
        return ""
    return paragraph


def _is_furniture(paragraph: str) -> bool:
    """A line about the page, or a credit: «Фото: …»."""
    start = paragraph.lower().lstrip(_DOTS) if len(paragraph) < 140 else ""
    if not start.startswith(_FURNITURE):
        return False
    return ":" in start[:30] or (len(paragraph) < 90 and not _ENDS.search(paragraph[-3:]))


def _without_dateline(paragraph: str, source: str) -> str:
    for dateline in (*_DATELINES, *_own_dateline(source)):
        found = dateline.match(paragraph)
        if found and len(paragraph) > found.end() + 20:
            return paragraph[found.end() :]
    return paragraph


def _own_dateline(source: str) -> Iterator[re.Pattern[str]]:
    """«ТАРАЗ. Степной меридиан –»: a name of several words passes for a sentence unless it is known."""
    if source:
        name = rf"[«\"]?{re.escape(source)}[»\"]?"
        yield re.compile(rf"^{_CITY}[.,]\s{{0,2}}(?:[^.–—\n]{{1,24}}[.,]\s{{0,2}})?{name}\s{{0,2}}[–—-]\s")


def _without_title(body: str, title: str) -> str:
    """Take off a title that is printed again at the head of the first paragraph."""
    title = plain(title)
    head, rest = body[: len(title)], body[len(title) :]
    repeated = len(title) > 15 and head.casefold() == title.casefold() and _FRESH.match(rest)
    return rest.lstrip(".!? ") if repeated else body


def _opening(paragraph: str) -> str:
    word = _WORD.search(paragraph)
    return word[0].casefold() if word else ""


def _key(paragraph: str) -> str:
    return " ".join(_WORD.findall(paragraph.casefold()))
