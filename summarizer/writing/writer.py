"""What every writer of summaries promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from summarizer.article import Article


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a summary may be."""

    #: Code points of the whole text.
    characters: int = 300
    sentences: int = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """One summary as its writer left it, not yet checked."""

    #: Empty when the writer has nothing to say; `reason` then tells why.
    text: str
    #: 0-based indexes of the article's sentences it is made of, None where it was written anew.
    picked: tuple[int, ...] | None = None
    #: The writer's own headline, or empty: the article's title serves then.
    headline: str = ""
    reason: str = ""


class Writer(Protocol):
    """Turns articles into drafts; a model writer batches inside."""

    @property
    def name(self) -> str:
        """What a reader of the store sees: "extractive", "transformers:NAME", "endpoint:NAME"."""
        ...

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        """One draft an article, in order; a text that can't be used gives an empty draft, never an error.

        Raises:
            ModelUnavailable: the writer's model can't be had; the caller uses another writer.
        """
        ...
