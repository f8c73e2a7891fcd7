"""One verb form of a sentence, as far as its ending and its neighbours tell."""

from dataclasses import dataclass
from enum import Enum


class Tense(Enum):
    """When it happens, as far as the form tells."""

    DONE = "done"
    PLANNED = "planned"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb form."""

    root: str
    negated: bool
    tense: Tense
    #: 0-based place among the sentence's words.
    place: int
    #: Said to be intended in so many words: «салынбақ», «планирует построить», "will build".
    meant: bool = False
    #: The word a light verb needs to mean anything: «есеп» in «есеп берді».
    complement: str = ""
    #: A Kazakh converb or participle («салып», «салатын»): its tense depends on a later verb.
    bound: bool = False
