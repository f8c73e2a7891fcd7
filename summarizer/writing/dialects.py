"""How an OpenAI-compatible server is asked for JSON: each knows one of these, and says 400 to the others."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

#: Tokens of an answer whose model thinks first: thoughts count as answer, and can't be turned off everywhere.
THINKING = 4000
#: Opening braces that are tried as the start of the answer.
_MOST_STARTS = 20


def dialects(length: int, properties: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Options of a request for an object with these properties, the best first.

    A schema, any JSON, a schema for a thinking cloud model, plain text.
    """
    schema = {
        "type": "object",
        "properties": dict(properties),
        "required": [*properties],
        "additionalProperties": False,
    }
    strict = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
    greedy = {"temperature": 0, "max_tokens": length}
    return (
        {**greedy, "response_format": strict},
        {**greedy, "response_format": {"type": "json_object"}},
        {"max_completion_tokens": THINKING, "response_format": strict},
        greedy,
    )


def objects(content: str) -> Iterator[dict[str, Any]]:
    """Every JSON object that begins somewhere in an answer: after thoughts, in a fence, between words."""
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
