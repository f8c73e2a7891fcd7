"""What the bot sent."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Sent:
    """A message the bot sent, as it stands now."""

    chat: int
    id: int
    text: str
    entities: tuple[tuple[str, int, int, str], ...]
    links: list[str]
    #: The request's fields, JSON decoded.
    fields: dict[str, Any]
    at: float
    edits: int = 0

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """All buttons, row after row."""
        markup = self.fields.get("reply_markup") or {}
        return [button for row in markup.get("inline_keyboard", []) for button in row]

    @property
    def data(self) -> list[str]:
        """Callback data of all buttons."""
        return [button["callback_data"] for button in self.buttons if "callback_data" in button]
