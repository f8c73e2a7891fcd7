"""What readers want of the news, all together."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.subscriber import LANGUAGES
from summarizer.topic import Topic


@dataclass(frozen=True, slots=True)
class Wish:
    """What some readers want alike."""

    languages: frozenset[str]
    topics: frozenset[Topic]
    #: They follow words too, which may stand in a story on any topic.
    words: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """What anybody could be sent: a model's time goes into nothing else."""

    languages: frozenset[str]
    topics: frozenset[Topic]

    def covers(self, lang: str, topics: Collection[Topic]) -> bool:
        """Whether a story told in this language could reach somebody."""
        return lang in self.languages and not self.topics.isdisjoint(topics)


def demand(wishes: Collection[Wish]) -> Demand:
    """What is wanted of all; everything where nobody wants anything yet, or where words are followed."""
    languages = frozenset(lang for wish in wishes for lang in wish.languages)
    topics = frozenset(topic for wish in wishes for topic in wish.topics)
    everything = not wishes or any(wish.words for wish in wishes)
    return Demand(languages or frozenset(LANGUAGES), frozenset(Topic) if everything else topics)
