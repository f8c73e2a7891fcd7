"""Numbers as values, however a sentence writes them: «6 760», «1,75 миллион», «10-12%-ға», «жиырма бес»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from summarizer.text.lexicon import table

CARDINALS, SCALES = table("numbers"), table("scales")
#: Read as numbers in Kazakh only: «он» is "he" in Russian.
ONLY_KAZAKH = frozenset({"он"})
#: January to December, by the beginnings of their names in the three languages.
MONTHS = (
    ("қаңтар", "январ", "january"),
    ("ақпан", "феврал", "february"),
    ("наурыз", "март", "march"),
    ("сәуір", "апрел", "april"),
    ("мамыр", "мая", "май", "may"),
    ("маусым", "июн", "june"),
    ("шілде", "июл", "july"),
    ("тамыз", "август", "august"),
    ("қыркүйек", "сентябр", "september"),
    ("қазан", "октябр", "october"),
    ("қараша", "ноябр", "november"),
    ("желтоқсан", "декабр", "december"),
)

_SPACE = "[ \u00a0\u202f\u2009]"
#: A time or score, a date, a number with grouped thousands and decimals, a word, or what parts them.
_TOKEN = re.compile(
    r"(?P<pair>(?<![\d.,:])\d{1,3}:\d{1,2}(?![\d:]))"
    r"|(?P<date>(?<![\d.,])[0-3]?\d\.[01]?\d\.(?:\d{4}|\d\d)(?!\d))"
    rf"|(?P<figure>(?<!№)\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d))+(?:[.,]\d{{1,9}})?|\d{{1,15}}(?:[.,]\d{{1,9}})*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<gap>[^\w\s])"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")


def numbers(text: str, lang: str = "") -> frozenset[str]:
    """Every number of a text in one normal form, so that equal values are equal strings.

    "1750000" for «1,75 миллион», "10" and "12" for «10-12%-ға», "2" for «2-ші» and «екінші», "15:30" for a
    time or a score, "month-3" for a month that stands beside a day or a year. `lang` tells «он» (ten) from
    «он» (he).
    """
    counter = _Counter(lang)
    for token in _TOKEN.finditer(text):
        counter.take(token.lastgroup or "gap", token.group(), text[token.end() : token.end() + 14])
    counter.flush()
    return frozenset(counter.found)


@dataclass
class _Counter:
    """Adds up compound numbers: «1 миллион 300 мың», «екі жүз елу»."""

    lang: str
    found: set[str] = field(default_factory=set)
    #: What complete scales have added up to («1 миллион»), and the scale of the last one.
    total: Decimal = Decimal(0)
    scale: int = 99
    #: The number that is being read, and whether it was spelled out.
    part: Decimal | None = None
    spelled: bool = False
    #: The month named just before, and whether the last token was a number.
    month: str = ""
    beside: bool = False

    def take(self, kind: str, token: str, after: str) -> None:
        if kind == "word":
            self._word(token.lower())
        elif kind == "figure":
            self._number(_value(token, after, self.lang), spelled=False)
        else:
            self.flush()
            self._whole(kind, token)

    def flush(self) -> None:
        """Write down the number that ends here."""
        if self.part is not None or self.total:
            self.found.add(_normal(self.total + (self.part or 0)))
        self.total, self.scale, self.part, self.spelled = Decimal(0), 99, None, False

    def _whole(self, kind: str, token: str) -> None:
        if kind == "pair":
            self.found.add(":".join(str(int(side)) for side in token.split(":")))
        elif kind == "date":
            day, month, year = (int(side) for side in token.split("."))
            self.found |= {str(day), f"month-{month}", str(year if year > 99 else 2000 + year)}
        self.month, self.beside = "", False

    def _word(self, word: str) -> None:
        scale, cardinal = SCALES.get(word), CARDINALS.get(word)
        if scale is not None and self.part is not None and scale < self.scale:
            self.total += self.part.scaleb(scale)
            self.scale, self.part, self.spelled = scale, None, False
        elif cardinal is not None and (self.lang == "kk" or word not in ONLY_KAZAKH):
            self._number(Decimal(cardinal), spelled=True)
        else:
            self.flush()
            self._month(word)

    def _number(self, value: Decimal, *, spelled: bool) -> None:
        if self.part is not None:
            if spelled and self.spelled and value == 100 and self.part < 10:
                self.part *= 100
                return
            if spelled and self.spelled and self.part % (10 ** len(str(value))) == 0:
                self.part += value
                return
            self.flush()
        self.part, self.spelled, self.beside = value, spelled, True
        if self.month:
            self.found.add(self.month)

    def _month(self, word: str) -> None:
        self.month = _month_key(word)
        if self.month and self.beside:
            self.found.add(self.month)
        self.beside = False


@lru_cache(maxsize=1 << 14)
def _month_key(word: str) -> str:
    return next((f"month-{n}" for n, stems in enumerate(MONTHS, 1) if word.startswith(stems)), "")


def _value(figure: str, after: str, lang: str) -> Decimal:
    figure = re.sub(_SPACE, "", figure)
    following = re.match(r"\s*([^\W\d_]+)", after)
    scaled = following is not None and following.group(1).lower() in SCALES
    if _THOUSANDS.fullmatch(figure) and (lang == "en" or not scaled):
        return Decimal(figure.replace(",", ""))
    whole, *rest = re.split("[.,]", figure)
    return Decimal(f"{whole}.{''.join(rest)}" if len(rest) == 1 else figure.replace(",", "").replace(".", ""))


def _normal(value: Decimal) -> str:
    return format(value.normalize(), "f")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where figures stand in a text, as (start, end): no cut may fall inside one."""
    return (token.span() for token in _TOKEN.finditer(text) if token.lastgroup in {"pair", "date", "figure"})
