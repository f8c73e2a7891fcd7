"""The patterns of marks.toml and verbs.toml: how each language ties, attributes, denies and plans."""

import re
import tomllib
from functools import cache
from importlib import resources

_NEVER = re.compile(r"(?!)")


def mark(lang: str, kind: str) -> re.Pattern[str]:
    """The pattern for a language and a kind; one that never matches where there is none."""
    return _table().get((lang, kind), (_NEVER,))[0]


def marks(lang: str, kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns for a language and a kind, in the order they are tried."""
    return _table().get((lang, kind), ())


@cache
def _table() -> dict[tuple[str, str], tuple[re.Pattern[str], ...]]:
    return {
        (lang, kind): tuple(map(_compiled, [found] if isinstance(found, str) else found))
        for name in ("marks", "verbs")
        for lang, kinds in _read(name).items()
        for kind, found in kinds.items()
    }


def _read(name: str) -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(resources.files("summarizer.writing").joinpath(f"{name}.toml").read_text("utf-8"))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)
