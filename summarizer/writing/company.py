"""The company a name or a figure keeps: the words on its left and right, by which its place is known."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.text.stems import STOP, stem

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[-’'][^\W\d_]+)*|[,.:;!?]")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")
#: How far on each side words count, and what they weigh by distance.
_WEIGHTS = (2.0, 1.5, 1.0, 0.5)
#: Letters of a stem that are compared: Kazakh «елшісі» and «елшілігі» share four.
_LETTERS = 4
#: Words of a name: in «Асан Серіков Көкшетауда» the third is another's.
_NAME = 2

Company = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of one or two words, or a figure, in its company."""

    words: tuple[str, ...]
    company: Company
    #: 0-based places among the sentence's tokens, the end not included.
    start: int
    end: int

    def fit(self, company: Company) -> float:
        """How much of this mention's company is in another."""
        return sum(weight for word, weight in self.company.items() if word in company)


def names(sentence: str, lang: str) -> Iterator[Mention]:
    """The names of a sentence: capitalised words, two side by side at most."""
    tokens = _TOKEN.findall(sentence)
    place = 0
    while place < len(tokens):
        end = _end(tokens, place)
        if place == 0 and end == _NAME and _end(tokens, end) > end:
            # «Премьер Асан Серіков» at a sentence's start: its first word is a title.
            place, end = 1, end + 1
        if end > place:
            yield _mention(tokens, place, end, lang)
        place = max(end, place + 1)


def figures(sentence: str, lang: str) -> Iterator[Mention]:
    """The figures of a sentence, grouped thousands joined."""
    tokens = _TOKEN.findall(_THOUSANDS.sub("", sentence))
    return (
        _mention(tokens, place, place + 1, lang) for place, token in enumerate(tokens) if token[0].isdigit()
    )


def mentions(
    sentences: Sequence[str], lang: str, read: Callable[[str, str], Iterator[Mention]]
) -> list[Mention]:
    """All that `read` (names or figures) finds in the sentences, in order."""
    return [mention for sentence in sentences for mention in read(sentence, lang)]


def _end(tokens: Sequence[str], place: int) -> int:
    end = place
    while (
        end < min(len(tokens), place + _NAME) and tokens[end][0].isupper() and tokens[end].lower() not in STOP
    ):
        end += 1
    return end


def _mention(tokens: Sequence[str], start: int, end: int, lang: str) -> Mention:
    left, right = tokens[max(0, start - len(_WEIGHTS)) : start][::-1], tokens[end : end + len(_WEIGHTS)]
    company = {
        side + stem(word, lang)[:_LETTERS]: weight
        for side, neighbours in (("<", left), (">", right))
        for word, weight in reversed(list(zip(neighbours, _WEIGHTS, strict=False)))
        if word[0].isalpha() and word.lower() not in STOP
    }
    return Mention(tuple(tokens[start:end]), company, start, end)
