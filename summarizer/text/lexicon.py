"""The word lists beside the code: blank-separated entries, `#` starts a comment line."""

from collections import Counter
from collections.abc import Collection
from functools import cache
from importlib import resources


@cache
def entries(name: str) -> tuple[str, ...]:
    """Entries of the list `name`, in order."""
    text = resources.files("summarizer.text").joinpath("words", f"{name}.txt").read_text("utf-8")
    return tuple(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def table(name: str) -> dict[str, int]:
    """A list of `word:number` entries."""
    return {word: int(value) for word, value in (entry.split(":") for entry in entries(name))}


@cache
def lines(name: str) -> tuple[str, ...]:
    """A list whose entries are whole lines."""
    text = resources.files("summarizer.text").joinpath("words", f"{name}.txt").read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def pairs(name: str) -> dict[str, str]:
    """A list of `word:word` entries."""
    return dict(entry.split(":") for entry in entries(name))


def shared_parts(phrases: Collection[str], length: int) -> tuple[str, ...]:
    """Few strings of at most `length` characters such that each phrase has one of them."""
    left, chosen = set(phrases), []
    while left:
        parts = Counter(
            part
            for phrase in left
            for part in {phrase[at : at + length] for at in range(max(1, len(phrase) - length + 1))}
        )
        # Which of equals is taken must not depend on the order of a set.
        best = max(sorted(parts), key=parts.__getitem__)
        chosen.append(best)
        left = {phrase for phrase in left if best not in phrase}
    return tuple(chosen)
