"""Sentences of an article that speak to a language model instead of a reader.

Instructions alone don't keep a model from obeying them, so such sentences never reach one. The patterns are
narrow: news about artificial intelligence has to pass. A command in other words is left to the guard.
"""

import re
import unicodedata
from collections.abc import Iterable

#: A command's sentence and this many after it are left out: what it commands mostly follows it.
AFTERMATH = 2
#: Code points of one sentence that are looked at.
_LONGEST = 2_000

_COMMANDS = (
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|guidelines)\b",
    r"\b(?:ignore|disregard|forget)\b[^.]{0,20}\b(?:everything|all|anything)\b[^.]{0,20}\b(?:above|before|previous)",
    r"\b(?:system|developer) (?:prompt|override)\b|\bnew instructions? ?:",
    r"\b(?:respond|reply|answer) only with\b|\byou are now (?:a|an|in)\b",
    r"\b(?:dear|attention|note to|hey) (?:the )?(?:ai|llm|chatgpt|assistant|summari[sz]er|model)\b",
    r"^\W{0,3}(?:system|assistant|user|developer) ?:",
    r"\b(?:(?:про)?игнорируй|забудь|отмени)(?:те)?\b[^.]{0,40}(?:инструкц|указани|правил|промпт)",
    r"\b(?:игнорируй|забудь)\w{0,4}\b[^.]{0,20}\b(?:всё|все)\b[^.]{0,20}\b(?:выше|предыдущ|до этого)",
    r"\bсистемн\w{2,3} промпт|\bнов\w{2} инструкци\w ?:|\bответь(?:те)? только\b",
    r"(?:нұсқау|ереже|бұйрық)[^.]{0,40}(?:елеме|ескерме|ұмыт|орындама)|\bжаңа нұсқау\w{0,5} ?:",
    r"\bтек\b[^.]{0,60}\bдеп жауап бер",
)
_COMMAND = re.compile("|".join(_COMMANDS), re.IGNORECASE)
#: The control tokens of chat templates, and the marks of our own fence.
_MARKS = re.compile(
    r"</?\s{0,9}article\s{0,9}>|<\|[^|<>\n]{1,40}\|>|</?s>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>",
    re.IGNORECASE,
)
_BRACKETS = str.maketrans(dict.fromkeys("<>[]|", " "))


def harmless(sentences: Iterable[str]) -> list[str]:
    """The sentences that a model may see, as plain text: no commands, no control tokens, none empty."""
    kept: list[str] = []
    skip = 0
    for sentence in map(plain, sentences):
        skip = AFTERMATH + 1 if commands(sentence) else skip
        if skip:
            skip -= 1
        elif sentence:
            kept.append(sentence)
    return kept


def commands(sentence: str) -> bool:
    """Whether a sentence speaks to a model."""
    return bool(_COMMAND.search(sentence[:_LONGEST]))


def plain(sentence: str) -> str:
    """A sentence on one line, without control tokens and without letters that show nothing."""
    shown = "".join(letter for letter in sentence if unicodedata.category(letter) not in {"Cf", "Co", "Cs"})
    unmarked = _MARKS.sub(" ", shown)
    if _MARKS.search(unmarked):  # one mark was nested in another, which no reader ever writes
        unmarked = unmarked.translate(_BRACKETS)
    return " ".join(unmarked.split())
