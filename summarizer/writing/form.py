"""What is wrong with a draft whatever its facts: language, script, repetition, leaked prompts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from summarizer.text.language import detect
from summarizer.text.sentences import split
from summarizer.text.stems import words
from summarizer.writing.prompt import wording

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_KAZAKH = re.compile(r"[әғқңөұүіһ]", re.IGNORECASE)
#: The least share of Kazakh's own letters: 14 % on average, 6 % in the poorest of 46 written references.
_FLOOR = 0.04
#: The most of the other alphabet that names and quotes explain.
_FOREIGN = 0.45
#: Enough letters for a share or a guess to mean something.
_ENOUGH = 60
_LINK = re.compile(r"https?://\S+|(?<!\w)@\w{4,}|\bt\.me/\S+")
#: What a model says around its answer, or a template leaves in it.
_TALK = re.compile(
    r"</?article>|<\|[^|>]{1,40}\|>|```|^\s*[{\[]\s*\"|\bas an ai\b"
    r"|\bhere(?:'s| is| are) (?:the|a|your)\b.{0,20}summar|\bвот (?:краткое|пересказ)"
    r"|^\s*(?:summary|түйін|пересказ|резюме)\s*:|\b(?:i|я) (?:cannot|can't|не могу)\b",
    re.IGNORECASE,
)
#: This many words in a row are no coincidence.
_RUN = 5


def drifts(draft: str, source: str, lang: str) -> Iterator[str]:
    """Yield "language" or "script" where the draft, or one sentence of it, leaves the article's."""
    letters = _LETTER.findall(draft)
    if detect(draft, lang) != lang:
        yield "language"
    if len(letters) < _ENOUGH:
        return
    latin = sum(bool(_LATIN.match(letter)) for letter in letters) / len(letters)
    if (1 - latin if lang == "en" else latin) > _FOREIGN:
        yield "script"
    if lang == "kk" and len(_KAZAKH.findall(draft)) < _FLOOR * len(letters):
        yield "script"
    folded = source.casefold()
    for sentence in split(draft):
        # A quotation in another language is the article's own.
        if len(sentence) >= _ENOUGH and sentence.casefold() not in folded and detect(sentence, lang) != lang:
            yield "language"


def repeats(draft: str) -> bool:
    """Whether the draft says something twice: a sentence, a run of words, or one word over and over."""
    said = [tuple(words(sentence)) for sentence in split(draft)]
    if len(set(said)) < len(said):
        return True
    spoken = [word for sentence in said for word in sentence]
    runs = Counter(_grams(spoken))
    same = max((len(run) for run in _runs(spoken)), default=0)
    return max(runs.values(), default=0) > 2 or same > 2


def leaks(draft: str, source: str) -> bool:
    """Whether the draft has words of the prompt, its example or a chat, or a link that the article lacks."""
    if any(link not in source for link in _LINK.findall(draft)):
        return True
    talk = _TALK.search(draft)
    own = list(words(draft))
    copied = set(_grams(own)) & _prompted()
    return bool(talk and talk.group() not in source) or bool(copied - set(_grams(list(words(source)))))


def _runs(spoken: Sequence[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for word in spoken:
        if run and run[-1] != word:
            yield run
            run = []
        run.append(word)
    yield run


def _grams(spoken: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(spoken[start:] for start in range(_RUN)), strict=False)


@cache
def _prompted() -> frozenset[tuple[str, ...]]:
    wordings = (wording(lang) for lang in ("kk", "ru", "en"))
    texts = (text for w in wordings for text in (w.instructions, w.answer, w.json, w.article, w.summary))
    return frozenset(gram for text in texts for gram in _grams(list(words(text))))
