"""Summaries made false on purpose, to measure what the guard catches.

Each kind of falsehood is one small change of a true summary, as a careless model makes it: another number,
another name, a denial more or less, two names exchanged, a plan told as done. The rules are blunt; a change
that gives the same text, or that no rule can make, is left out.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

from summarizer.article import Article
from summarizer.text.numbers import numbers

_FIGURE = re.compile(r"(?<![\w.,:])\d+(?:[.,]\d+)?(?![.,:]?\d)")
_WORD = r"[A-ZА-ЯЁӘҒҚҢӨҰҮІҺ][a-zа-яёәғқңөұүіһ]{2,}(?:[-’'][A-ZА-ЯЁӘҒҚҢӨҰҮІҺ]?[a-zа-яёәғқңөұүіһ]+)?"
#: A capitalised word behind a comma or a word: no sentence begins there.
_NAME = re.compile(rf"(?<=[\w,] ){_WORD}")
#: A whole name, be it of one word or three.
_WHOLE_NAME = re.compile(rf"(?<=[\w,] ){_WORD}(?: {_WORD}){{0,2}}")
_ENDING = {
    "kk": re.compile(
        r"(?:[дт][ыі]ң|н[ыі]ң|[дтн][ыі]|[ғгқк][аеә]|[дт][ае]н?|н[ае]н?|[мбп]ен|[дт][ае][ғг][ыі])$"
    ),
    "ru": re.compile(r"(?:а|у|ом|ем|е|ы|и|ой|ей|ого|ому|ым|я|ю|ии|ию|ией|ями|ов)$"),
    "en": re.compile(r"(?:'s|’s)$"),
}
KINDS = ("number", "name", "role", "negation", "modality")


@dataclass(frozen=True)
class Falsehood:
    """A true summary and what became of it."""

    article: Article
    #: One of KINDS.
    kind: str
    truth: str
    text: str


def falsehoods(true: Sequence[tuple[Article, str]], seed: int = 0) -> Iterator[Falsehood]:
    """Every kind of change of each (article, summary), where it can be made."""
    dice = Random(seed)  # noqa: S311 - which word is changed is no secret
    names = {lang: _names(true, lang) for lang in {article.lang for article, _ in true}}
    for article, summary in true:
        for kind in KINDS:
            text = _changed(kind, article, summary, names[article.lang], dice)
            if text and text != summary:
                yield Falsehood(article, kind, summary, text)


def _changed(kind: str, article: Article, summary: str, names: Sequence[str], dice: Random) -> str | None:
    if kind == "number":
        return _other_number(article, summary, dice)
    if kind == "name":
        return _other_name(article, summary, names, dice)
    if kind == "role":
        return _exchanged(article.lang, summary, dice)
    return _reworded(summary, _rules(article.lang, kind))


def _body(article: Article) -> str:
    return f"{article.title}\n{article.text}"


def _other_number(article: Article, summary: str, dice: Random) -> str | None:
    figures = list(_FIGURE.finditer(summary))
    if not figures:
        return None
    figure = dice.choice(figures)
    digits, body = figure.group(), re.sub(r"\s", "", _body(article))
    known = numbers(_body(article), article.lang)
    for _ in range(50):
        place = dice.choice([i for i, digit in enumerate(digits) if digit.isdigit()])
        wrong = f"{digits[:place]}{dice.randint(1, 9)}{digits[place + 1 :]}"
        if wrong not in body and not numbers(wrong) <= known:
            return summary[: figure.start()] + wrong + summary[figure.end() :]
    return None


def _names(true: Sequence[tuple[Article, str]], lang: str) -> list[str]:
    return sorted({name for article, text in true if article.lang == lang for name in _NAME.findall(text)})


def _other_name(article: Article, summary: str, names: Sequence[str], dice: Random) -> str | None:
    """A name of another article in a name's place."""
    own, body = list(_NAME.finditer(summary)), _body(article).lower()
    unknown = [name for name in names if name[:5].lower() not in body]
    if not own or not unknown:
        return None
    name = dice.choice(own)
    return summary[: name.start()] + dice.choice(unknown) + summary[name.end() :]


def _exchanged(lang: str, summary: str, dice: Random) -> str | None:
    """Two names of one sentence in each other's place, with the case endings left where they were."""
    pairs = [
        (one, other)
        for one in _WHOLE_NAME.finditer(summary)
        for other in _WHOLE_NAME.finditer(summary, one.end())
        if summary[one.end() : other.start()].strip()
        and not re.search(r"[.!?]\s", summary[one.end() : other.start()])
        and one.group()[:4] != other.group()[:4]
    ]
    if not pairs:
        return None
    one, other = dice.choice(pairs)
    (a, a_end), (b, b_end) = (_parted(name.group(), lang) for name in (one, other))
    middle = summary[one.end() : other.start()]
    return f"{summary[: one.start()]}{b}{a_end}{middle}{a}{b_end}{summary[other.end() :]}"


def _parted(name: str, lang: str) -> tuple[str, str]:
    ending = _ENDING[lang].search(name)
    cut = ending.start() if ending and ending.start() >= 3 else len(name)
    return name[:cut], name[cut:]


def _reworded(summary: str, rules: Sequence[tuple[re.Pattern[str], str]]) -> str | None:
    for pattern, template in rules:
        if found := list(pattern.finditer(summary)):
            last = found[-1]
            groups = (last.group(), *last.groups())
            written = template.format(*groups, **_endings(groups[-1]))
            return summary[: last.start()] + written + summary[last.end() :]
    return None


def _endings(root: str) -> dict[str, str]:
    """Kazakh endings in harmony with a root: its vowels are all of the back or all of the front."""
    vowels = [letter for letter in root.lower() if letter in "аоұыуяёәөүіеиэ"]
    back = not vowels or vowels[-1] in "аоұыуяё"
    last = root[-1:]
    hard = last in "пткқсшчфхц"
    a, y = ("а", "ы") if back else ("е", "і")
    m = "п" if hard else "б" if last in "зжмнң" else "м"
    k = "қ" if back else "к"
    return {"past": ("т" if hard else "д") + y, "no": m + a, "d": "д" + y, "plan": m + a + k}


@cache
def _rules(lang: str, kind: str) -> list[tuple[re.Pattern[str], str]]:
    text = resources.files("summarizer.evaluation").joinpath("corruption.toml").read_text("utf-8")
    return [(re.compile(pattern), template) for pattern, template in tomllib.loads(text)[lang][kind]]
