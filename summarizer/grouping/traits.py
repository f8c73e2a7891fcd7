"""What an article says beside its vector: rare words, names, numbers, dates, its outlet and its hour."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from importlib import resources
from urllib.parse import urlsplit

from summarizer.article import Article
from summarizer.text.numbers import CARDINALS, MONTHS, ONLY_KAZAKH, SCALES
from summarizer.text.stems import STOP, stem

#: Code points of body read for words and figures, for names and for days: bounds for a megabyte.
READ, LEAD, OPENING = 2000, 600, 300
#: Code points of title read.
TITLE = 300
#: A body shorter than this tells no more than its title does.
SHORT = 100

_WORD = re.compile(r"\w{2,}")
#: A figure as it stands, thousands grouped or not; summarizer.text.numbers reads more, in ten times the time.
_FIGURE = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?!\d)|\d{1,15}(?:[.,]\d{1,3})?")
_SPELLED = {word: str(number) for word, number in CARDINALS.items() if word not in ONLY_KAZAKH}
_GROUPS = str.maketrans("", "", " \u00a0\u202f,")
#: «92 мың», «1,75 млн»: the number means its scale, as 92,000 in another language does.
_SCALED = re.compile(rf"(?<![\d.,])(\d{{1,4}}(?:[.,]\d{{1,3}})?)\s?({'|'.join(SCALES)})\b")
_SENTENCE = re.compile(r"[.!?…]+[\s»\"”]|\n")
_CAPITAL = "A-ZÀ-ÖØ-ÞĞİŞŠŽА-ЯЁӘҒҚҢӨҰҮҺІ"
#: A capitalised word, after what makes its capital mean nothing: the start of a sentence or a quotation.
_NAME = re.compile(rf"([.!?…:\n«\"“(]\s*)?\b([{_CAPITAL}][\w’'-]{{1,40}})(?=\s+([{_CAPITAL}])|)")
#: A short quotation that begins like a name and does not end like a sentence is one, all its words.
_QUOTED = re.compile(
    rf"[«\"“]([{_CAPITAL}#][^»\"”\s]{{1,30}}(?:\s[^»\"”\s]{{1,20}}){{0,2}}(?<![!?.,]))[»\"”]"
)
#: Share of capitalised words from which a title's capitals mean nothing: "Hong Kong Festival Is Cancelled".
_HEADLINE_CASE = 0.6
_DAY = re.compile(
    r"\b(\d{1,2})(?:-\w{1,3})?\s+(?:" + "|".join(name for month in MONTHS for name in month) + ")",
    re.IGNORECASE,
)
_LATIN = str.maketrans(
    dict(
        zip("абвгдежзийклмнопрстуфхцчшщэюяәғқңөұүһіё", "abvgdejziiklmnoprstufhscwweuaagknouuhie", strict=True)
    )
    | dict.fromkeys("ъь'’-_", None)
    | {"ы": "i", "q": "k", "x": "ks"}
)
_SOUNDS = [
    ("sch", "w"),
    ("sh", "w"),
    ("ch", "c"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("ts", "s"),
]
_SOUNDS += [("ck", "k"), ("th", "t")]


@dataclass(frozen=True, slots=True)
class Traits:
    """The few hundred bytes that are kept of an article once it is placed."""

    lang: str
    #: The publisher's name or, without one, the host of the address; empty when neither is known.
    outlet: str
    published: datetime | None
    #: Code points of the body.
    length: int
    #: Sentence ends in the body's first READ code points.
    sentences: int
    #: Stems of title and body, stop words left out.
    stems: tuple[str, ...]
    title_stems: frozenset[str]
    #: Names as consonant skeletons, equal in Cyrillic and Latin: «Тоқаев» and "Tokayev" are "tkv".
    names: frozenset[str]
    title_names: frozenset[str]
    #: Stems of the title's names, by skeleton.
    roots: Mapping[str, str]
    #: Days of the month that the title or, without one there, the first lines name.
    days: frozenset[str]
    #: Figures of title and body, grouping and decimal sign made equal.
    figures: frozenset[str]
    title_figures: frozenset[str]

    @property
    def short(self) -> bool:
        """Whether there is hardly more than a title."""
        return self.length < SHORT


@dataclass(frozen=True, slots=True)
class Opening:
    """What is read of an article: bounded, and cut into words once."""

    article: Article
    title: str
    #: The first READ code points of the body, whose length is `length`.
    body: str
    length: int
    title_words: list[str]
    #: Lower-case words and figures of the body in their order.
    words: list[str]


def opening(article: Article) -> Opening:
    """The part of an article that grouping reads."""
    title, body = article.title[:TITLE], article.text or " ".join(article.sentences)
    read = body[:READ]
    words = _WORD.findall(read.lower())
    return Opening(article, title, read, len(body), _WORD.findall(title.lower()), words)


def traits(of: Opening) -> Traits:
    """What an article says, ready to be compared."""
    article, title, lead = of.article, of.title, of.body[:LEAD]
    title_words, words = set(of.title_words), set(of.words)
    title_stems = _stems(title_words, article.lang)
    roots = _roots(title, lead, article.lang)
    title_names = frozenset(roots)
    title_figures = _figures(title, title_words)
    return Traits(
        lang=article.lang,
        outlet=article.source or _host(article.url),
        published=article.published,
        length=of.length,
        sentences=len(_SENTENCE.findall(of.body)) + 1,
        stems=tuple(title_stems | _stems(words, article.lang)),
        title_stems=title_stems,
        names=title_names | _roots(lead, title, article.lang).keys(),
        title_names=title_names,
        roots=roots,
        days=frozenset(_DAY.findall(title) or _DAY.findall(of.body[:OPENING])),
        figures=title_figures | _figures(of.body, words),
        title_figures=title_figures,
    )


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """The first four consonant sounds of a name in Latin letters, with "a" for a vowel at its start."""
    latin = name.lower().translate(_LATIN)
    for letters, sound in _SOUNDS:
        latin = latin.replace(letters, sound)
    consonants = re.sub(r"[aeiouy]", "", latin[1:])
    return re.sub(r"(.)\1+", r"\1", ("a" if latin[:1] in "aeiouy" else latin[:1]) + consonants)[:4]


def _stems(words: set[str], lang: str) -> frozenset[str]:
    return frozenset([stem(word, lang) for word in words - STOP if not word[0].isdigit()])


def _roots(text: str, beside: str, lang: str) -> dict[str, str]:
    """Stems of the names of a text by skeleton; `beside` is the rest of what is read for names."""
    sure, unsure = set(), []
    shouted = _shouts(text)
    for start, name, follows in _NAME.findall(f". {text}"):
        if shouted or (start and not name.isupper() and (not follows or _common(name, lang))):
            unsure.append(name)
        else:
            sure.add(name)
    # A capital that means nothing makes a name where the same word has one elsewhere.
    sure.update(name for name in unsure if name[:5] in beside and name[:5].lower() not in beside)
    sure.update(word for quoted in _QUOTED.findall(text) for word in _WORD.findall(quoted))
    roots = [stem(name, lang) for name in sure if name.lower() not in STOP]
    return {bone: root for root in roots if len(bone := skeleton(root)) > 1}


def _shouts(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()] if len(text) <= TITLE else []
    return len(words) > 3 and sum(word[0].isupper() for word in words) > _HEADLINE_CASE * len(words)


@lru_cache(maxsize=1 << 14)
def _common(word: str, lang: str) -> bool:
    return stem(word, lang) in background().get(lang, {})


@cache
def background() -> dict[str, dict[str, int]]:
    """Common words of news by language, with how many articles hold each; "" holds how many were counted."""
    text = (resources.files("summarizer.grouping") / "common_words.json").read_text("utf-8")
    return dict(json.loads(text))


def _figures(text: str, words: set[str]) -> frozenset[str]:
    written = [f.translate(_GROUPS) if len(f) > 4 else f.replace(",", ".") for f in _FIGURE.findall(text)]
    spelled = [_SPELLED[word] for word in words & _SPELLED.keys()]
    if words.isdisjoint(SCALES):
        return frozenset(written + spelled)
    scaled = {
        figure.replace(",", "."): format(float(figure.replace(",", ".")) * 10 ** SCALES[scale], ".0f")
        for figure, scale in _SCALED.findall(text.lower())
    }
    return frozenset([scaled.get(figure, figure) for figure in written] + spelled)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
