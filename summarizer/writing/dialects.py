"""How an OpenAI-compatible server is asked for JSON: each knows one of these, and says 400 to the others."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

#: Tokens of an answer whose model thinks first: thoughts count as answer, and can't be turned off everywhere.
THINKING = 4000

_SCHEMA = {
    "type": "object",
    "properties": {"headline": {"type": "string"}, "summary": {"type": "string"}},
    "required": ["headline", "summary"],
    "additionalProperties": False,
}
_STRICT = {"type": "json_schema", "json_schema": {"name": "summary", "strict": True, "schema": _SCHEMA}}
#: Opening braces that are tried as the start of the answer.
_MOST_STARTS = 20


def dialects(length: int) -> tuple[Mapping[str, Any], ...]:
    """Options of a request, the best first: a schema, any JSON, a thinking cloud model, plain text."""
    greedy = {"temperature": 0, "max_tokens": length}
    return (
        {**greedy, "response_format": _STRICT},
        {**greedy, "response_format": {"type": "json_object"}},
        {"max_completion_tokens": THINKING, "response_format": _STRICT},
        greedy,
    )


def read_answer(content: str) -> tuple[str, str] | None:
    """(headline, summary) from an answer that holds such an object somewhere; None where it holds none."""
    for found in _objects(content):
        summary, headline = found.get("summary"), found.get("headline", "")
        if isinstance(summary, str) and isinstance(headline, str):
            return headline.strip(), summary
    return None


def _objects(content: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    start = content.find("{")
    for _ in range(_MOST_STARTS):
        if start < 0:
            return
        try:
            found, _end = decoder.raw_decode(content, start)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict):
            yield found
        start = content.find("{", start + 1)
