"""What a later article adds to a story already told: a new figure or a new name, as its own sentence."""

import re
from collections.abc import Sequence

from summarizer.article import Article
from summarizer.text.names import names
from summarizer.text.numbers import numbers
from summarizer.text.sentences import split
from summarizer.writing.compression import compress

#: News stands in front: a figure further down is background.
_LEADING = 4
_LONGEST = 300
#: Dates and clock times differ between any two articles and are no news by themselves.
_TIME = re.compile(r"month-\d+|\d+:\d+|(?:19|20)\d\d")
_DAYS = frozenset(str(day) for day in range(1, 32))


def new_fact(article: Article, earlier: Sequence[Article]) -> str:
    """The first leading sentence with a figure that no earlier article has, or with a new name of the title.

    Figures are compared across languages, names within one (they are spelled differently in each). The
    sentence comes without its attribution; "" where nothing is new, or where it has over 300 code points.
    """
    sentences = (article.sentences or split(article.text))[:_LEADING]
    known = frozenset[str]().union(*(_figures(_whole(one), one.lang) for one in earlier))
    unheard = _new_names(article, earlier)
    for sentence in sentences:
        if _figures(sentence, article.lang) - known or unheard & names(sentence, article.lang):
            return _fitting(compress(sentence, article.lang))
    return ""


def _new_names(article: Article, earlier: Sequence[Article]) -> frozenset[str]:
    same = [one for one in earlier if one.lang == article.lang]
    if not same:
        return frozenset()
    known = frozenset[str]().union(*(names(_whole(one), one.lang) for one in same))
    return names(article.title, article.lang) - known


def _figures(text: str, lang: str) -> frozenset[str]:
    found = numbers(text, lang)
    dated = any(number.startswith("month-") for number in found)
    return frozenset(
        number for number in found if not (_TIME.fullmatch(number) or (dated and number in _DAYS))
    )


def _whole(article: Article) -> str:
    return f"{article.title}.\n{article.text}"


def _fitting(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else ""
