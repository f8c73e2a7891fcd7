"""Words of a command, and what they are known to mean."""

from collections.abc import Mapping
from typing import TypeVar

from bot.domain.errors import NotUnderstood

T = TypeVar("T")


def words_of(text: str, expected: tuple[str, ...]) -> list[str]:
    """Words by comma or space, lower case. Raises NotUnderstood where there are none."""
    words = text.casefold().replace(",", " ").split()
    if not words:
        raise NotUnderstood(text, expected)
    return words


def known(word: str, names: Mapping[str, T], expected: tuple[str, ...]) -> T:
    """What a word means. Raises NotUnderstood; `names` is lower case."""
    found = names.get(word.casefold())
    if found is None:
        raise NotUnderstood(word, expected)
    return found
