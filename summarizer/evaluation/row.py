"""One line of an evaluation, as the command line prints it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """What one system is worth on one gold file."""

    #: Name of the gold file, without its folder.
    gold: str
    #: Who made the outputs: a backend or a baseline.
    system: str
    #: The figures, under the public scorers' own keys and rounded as they round.
    scores: Mapping[str, Any]
    #: Further figures of ours, which the public scorers don't have.
    more: Mapping[str, Any] = field(default_factory=dict)

    def flat(self) -> dict[str, Any]:
        """One JSON object: the scorers' keys first, then whose they are, then ours."""
        return {**self.scores, "gold": self.gold, "system": self.system, **self.more}
