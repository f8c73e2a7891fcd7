"""A model's output brought into the shape of a summary: whole sentences only, never a cut inside one."""

import re

from summarizer.text.sentences import split
from summarizer.writing.writer import Draft, Limits

#: Code points of an output that are looked at: a model that runs wild is not worth more.
_LONGEST = 4_000
_THOUGHT = re.compile(r"^\s*<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_LABEL = re.compile(
    r"^\W{0,4}(?:summary|түйін|түйіндеме|қысқаша|пересказ|кратко|резюме)\W{0,4}:\W{0,4}", re.IGNORECASE
)
_MARKUP = re.compile(r"```\w{0,10}|\*\*|__|^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+", re.MULTILINE)
# Control characters, and the sign of half a letter that a token bound leaves.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_TERMINAL = (".", "!", "?", "…")
_CLOSING = "»”\"')"
_QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'"}


def trim(output: str, limits: Limits, *, finished: bool = True, headline: str = "") -> Draft:
    """The first sentences of an output that fit the limits, or an empty draft with its reason.

    `finished` tells that the model ended by itself; otherwise a last sentence without an end is left out.
    """
    sentences = split(plain(output))[: limits.sentences]
    if sentences and not finished and not _ended(sentences[-1]):
        sentences.pop()
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer) > limits.characters:
            break
        text = longer
    return Draft(text, headline=headline, reason="" if text else "length" if sentences else "empty")


def plain(output: str) -> str:
    """An output without thoughts, labels, markdown and quotes around the whole, as one paragraph."""
    text = _THOUGHT.sub("", output[:_LONGEST])
    text = _MARKUP.sub("", _UNPRINTABLE.sub("", text))
    text = " ".join(_LABEL.sub("", text).split())
    inner = text[1:-1]
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and not {text[0], text[-1]} & {*inner}:
        return inner.strip()
    return text


def _ended(sentence: str) -> bool:
    return sentence.rstrip(_CLOSING).endswith(_TERMINAL)
