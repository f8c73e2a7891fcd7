"""How close one text is to another, for languages that bend their words.

Words are compared by their first five letters: `rouge_score` drops every letter outside ASCII, and whole
words hardly ever recur in Kazakh. chrF: Popović 2015, ROUGE-L: Lin 2004.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

STEM = 5
#: A fact counts as told when this share of its content stems stands in the summary.
TOLD = 0.6

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")
_LETTERS = re.compile(r"[^\W\d_]+")
_BORDERS = frozenset('.!?…:;\n«“"„(')
_SPACE = re.compile(r"\s")
_FOLD = str.maketrans({"\u00a0": " ", "\u202f": " ", "ё": "е"})
_FUNCTION_WORDS = frozenset(
    _WORD.findall(
        "және мен бен пен да де та те бұл сол осы ол үшін туралы бойынша деп деді екен еді бар жоқ "
        "и в на по с о об что для из от до за к у не это его их также "
        "the a an of in on to for and or is was were are with at by from that"
    )
)


def stems(text: str) -> list[str]:
    """The words and numbers of a text in order, each cut to five characters."""
    return [word[:STEM] for word in words(text)]


def content_stems(text: str) -> set[str]:
    """The stems that carry content: function words of kk, ru and en are left out."""
    return {word[:STEM] for word in words(text) if word not in _FUNCTION_WORDS}


def numbers(text: str) -> set[str]:
    """Every number as written, with a decimal point and without spaces between thousands."""
    return {found.replace(",", ".") for found in _NUMBER.findall(_THOUSANDS.sub("", text))}


def coverage(summary: str, facts: Iterable[tuple[str, float]]) -> float:
    """The weighted share (0–1) of the (text, weight) facts that the summary tells; 0 without facts."""
    told, total, said = 0.0, 0.0, content_stems(summary)
    for text, weight in facts:
        wanted = content_stems(text)
        total += weight
        told += weight if wanted and len(wanted & said) / len(wanted) >= TOLD else 0
    return told / total if total else 0.0


def rouge_l(text: str, reference: str) -> float:
    """F1 (0–1) of the longest common subsequence of stems."""
    ours, theirs = stems(text), stems(reference)
    common = _longest_common(ours, theirs)
    return 2 * common / (len(ours) + len(theirs)) if common else 0.0


def chrf(text: str, reference: str, longest: int = 6, beta: float = 2) -> float:
    """Character n-gram F-score (0–1), spaces left out, averaged over the lengths that both texts have."""
    ours, theirs = _letters(text), _letters(reference)
    lengths = range(1, min(longest, len(ours), len(theirs)) + 1)
    if not lengths:
        return 0.0
    shares = [_shared(_ngrams(ours, size), _ngrams(theirs, size)) for size in lengths]
    precision, recall = (sum(column) / len(lengths) for column in zip(*shares, strict=True))
    weighed = beta**2 * precision + recall
    return (1 + beta**2) * precision * recall / weighed if weighed else 0.0


def words(text: str) -> list[str]:
    """Words and numbers, folded to lower case, thousands joined."""
    return _WORD.findall(_fold(_THOUSANDS.sub("", text)))


def _fold(text: str) -> str:
    return text.lower().translate(_FOLD)


def _letters(text: str) -> str:
    return _SPACE.sub("", _fold(text))


def _ngrams(text: str, size: int) -> Counter[str]:
    return Counter(text[start : start + size] for start in range(len(text) - size + 1))


def _shared(ours: Counter[str], theirs: Counter[str]) -> tuple[float, float]:
    common = (ours & theirs).total()
    return common / ours.total(), common / theirs.total()


def _longest_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    row = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for column, other in enumerate(theirs, 1):
            above = row[column]
            row[column] = diagonal + 1 if word == other else max(above, row[column - 1])
            diagonal = above
    return row[-1]


def precision(found: Collection[str], known: Collection[str]) -> float:
    """The share (0–1) of what was found that is known; 1 where nothing was found."""
    return sum(item in known for item in found) / len(found) if found else 1.0


def names(text: str) -> set[str]:
    """Stems of the words that are capitalised inside a sentence: names, for measuring and not for judging.

    A word after an initial («Қ. Тоқаев») counts; the first word of a sentence or a quotation does not.
    """
    found = list(_LETTERS.finditer(text))
    return {
        _fold(word[0])[:STEM]
        for before, word in pairwise(found)
        if word[0][0].isupper() and _same_sentence(before[0], text[before.end() : word.start()])
    }


def _same_sentence(before: str, between: str) -> bool:
    return len(before) == 1 or not set(between) & _BORDERS
