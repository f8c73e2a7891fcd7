"""Outputs that were made elsewhere, as the filters print them: {"id", "summary" | "story" | "topics"} a line.

A line that is no such object is no output: `{"id", "error"}` stands where an article could not be used.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarizer.errors import WrongGold


def read_summaries(path: Path) -> dict[str, str]:
    """Article id → summary, empty where the line has none; raises WrongGold for an unreadable file."""
    return {key: row["summary"] if isinstance(row.get("summary"), str) else "" for key, row in _rows(path)}


def read_stories(path: Path) -> dict[str, str]:
    """Article id → story id; raises WrongGold for an unreadable file."""
    return {key: str(row["story"]) for key, row in _rows(path) if row.get("story") is not None}


def read_topics(path: Path) -> dict[str, list[str]]:
    """Article id → topics, best first; raises WrongGold for an unreadable file."""
    return {
        key: [*map(str, row["topics"])] for key, row in _rows(path) if isinstance(row.get("topics"), list)
    }


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongGold(str(path), f"can't be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError) as error:
            raise WrongGold(str(path), f"line {number} is not JSON; give the filters' output") from error
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield row["id"], row
