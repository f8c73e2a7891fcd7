"""The patterns of marks.toml: how news in each language ties, attributes and repeats itself."""

import re
import tomllib
from functools import cache
from importlib import resources

_NEVER = re.compile(r"(?!)")


def mark(lang: str, kind: str) -> re.Pattern[str]:
    """The pattern for a language and a kind; one that never matches where there is none."""
    return next(iter(marks(lang, kind)), _NEVER)


def marks(lang: str, kind: str) -> tuple[re.Pattern[str], ...]:
    """The patterns for a language and a kind, in the order they are tried."""
    return _table().get((lang, kind), ())


@cache
def _table() -> dict[tuple[str, str], tuple[re.Pattern[str], ...]]:
    text = resources.files("summarizer.writing").joinpath("marks.toml").read_text("utf-8")
    return {
        (lang, kind): tuple(map(_compiled, [found] if isinstance(found, str) else found))
        for lang, kinds in tomllib.loads(text).items()
        for kind, found in kinds.items()
    }


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)
