"""TDLib's own text rules, offline: what the Bot API server would make of a message, or refuse."""

import json
from dataclasses import dataclass

import tdjson

_HIDE = str.maketrans("*_~|`[", "\ue000\ue001\ue002\ue003\ue004\ue005")
_SHOW = str.maketrans("\ue000\ue001\ue002\ue003\ue004\ue005", "*_~|`[")


class RefusedText(ValueError):
    """The server would answer 400."""


@dataclass(frozen=True)
class Shown:
    """A message as a reader sees it."""

    text: str
    #: Kind, UTF-16 offset and length, and the address of a link.
    entities: tuple[tuple[str, int, int, str], ...]

    @property
    def links(self) -> list[str]:
        """Addresses in order."""
        return [url for kind, _, _, url in self.entities if kind == "TextUrl"]


def shown(text: str, parse_mode: str | None, limit: int = 4096) -> Shown:
    """What becomes of an outgoing text; raises RefusedText as the server refuses."""
    if len(text.encode()) > 32768:
        raise RefusedText("text is too long")
    formatted = {"@type": "formattedText", "text": text, "entities": []}
    if parse_mode == "HTML":
        formatted = _td("parseTextEntities", text=text, parse_mode={"@type": "textParseModeHTML"})
    formatted["text"] = formatted["text"].translate(_HIDE)
    final = _td("parseMarkdown", text=formatted)
    plain = final["text"].translate(_SHOW)
    if not plain.strip():
        raise RefusedText("message text is empty")
    if len(plain.strip()) > limit:
        raise RefusedText("message is too long")
    if len(final["entities"]) > 100:
        raise RefusedText("more than 100 entities: the server would drop some silently")
    return Shown(plain, tuple(map(_entity, final["entities"])))


def _entity(entity: dict) -> tuple[str, int, int, str]:
    kind = entity["type"]
    name = kind["@type"].removeprefix("textEntityType")
    return name, entity["offset"], entity["length"], kind.get("url", "")


def _td(kind: str, **fields) -> dict:
    answer = json.loads(tdjson.td_execute(json.dumps({"@type": kind, **fields}).encode()) or b"null")
    if answer["@type"] == "error":
        raise RefusedText(answer["message"])
    return answer


_td("setLogVerbosityLevel", new_verbosity_level=0)
