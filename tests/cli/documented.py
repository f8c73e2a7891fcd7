"""The commands that README and docs tell people to type."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: Explained, not typed: the synopsis of a table, a decision's history, what the reference shows by itself.
_SYNOPSIS = re.compile(r"[\[\]…]|\\\|| [a-z]+\|[a-z]+")
#: Our program with settings before it; «-n habarshy» is a namespace.
_CALL = re.compile(r"((?:HABARSHY_\w+=\S+ )*)(?<!-n )(?:\S*/)?\bhabarshy ((?:[a-z]\S*).*)")
_SKIPPED = {"decisions", "reference"}


@dataclass(frozen=True)
class Command:
    """One `habarshy …` of a documented line."""

    #: Settings written before it.
    environment: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    #: Where its output goes, if it is kept.
    target: str = ""


@dataclass(frozen=True)
class Line:
    """A documented line: one command, or several in a pipe."""

    page: str
    text: str
    commands: tuple[Command, ...]


def lines() -> Iterator[Line]:
    """Each documented line with `habarshy` in it, once."""
    seen = set()
    for page in PAGES:
        if _SKIPPED & set(page.parts):
            continue
        for text in _typed(page.read_text(encoding="utf-8")):
            if text not in seen and (commands := tuple(_commands(text))):
                seen.add(text)
                yield Line(str(page.relative_to(ROOT)), text, commands)


def blocks() -> Iterator[tuple[str, str]]:
    """Every line of every shell block, with its page."""
    for page in PAGES:
        for line in _block_lines(page.read_text(encoding="utf-8")):
            yield str(page.relative_to(ROOT)), line


def _typed(text: str) -> Iterator[str]:
    yield from _block_lines(text)
    outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    yield from (code for code in re.findall(r"`([^`\n]+)`", outside) if not _SYNOPSIS.search(code))


def _block_lines(text: str) -> Iterator[str]:
    for block in re.findall(r"```(?:sh|bash|console)\n(.*?)```", text, re.DOTALL):
        joined = block.replace("\\\n", " ")
        for line in joined.splitlines():
            if bare := re.sub(r"(^|\s)#.*", "", line).strip():
                yield bare


def _commands(line: str) -> Iterator[Command]:
    for piece in re.split(r"\||&&|;", line):
        found = re.search(
            r"((?:HABARSHY_\w+=\S+ )*)(?<!-n )(?:\S*/)?\bhabarshy ((?:[a-z]\S*).*)", piece.strip(" ()")
        )
        if not found or not re.match(r"[a-z]+( |$)", found[2]):
            continue
        words, _, target = found[2].partition(">")
        if words.startswith("habarshy "):  # a container of that name
            words = words.removeprefix("habarshy ")
        settings = tuple(tuple(pair.split("=", 1)) for pair in found[1].split())
        yield Command(settings, tuple(shlex.split(words)), target.strip())
