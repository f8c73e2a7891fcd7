"""How often articles got the right topic: the figures of `habarshy evaluate topics`."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from summarizer.article import Article, Classification
from summarizer.evaluation.gold import TopicGold, read_topics
from summarizer.evaluation.row import Row

#: Articles in, what each is about out, in the same order.
Classify = Callable[[Sequence[Article]], Sequence[Classification]]
Timer = Callable[[], float]

#: What an article without an output counts as.
NO_TOPIC = "none"


def evaluate_topics(
    paths: Iterable[Path], classify: Classify, system: str, *, timer: Timer = time.perf_counter
) -> list[Row]:
    """The classification of each gold file's articles; raises WrongGold for a file without gold topics."""
    return [_run(path, classify, system, timer) for path in paths]


def score_topics(gold: Sequence[TopicGold], outputs: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Shares with the first topic right and with any of the first two right, and macro-F1 of the first.

    A wrong first topic counts as a miss of the first gold one.
    """
    given = [(row, list(outputs.get(row.id) or [NO_TOPIC])) for row in gold]
    pairs = [(_wanted(row, topics[0]), topics[0]) for row, topics in given]
    wanted, predicted = (Counter(column) for column in zip(*pairs, strict=True))
    right = Counter(topic for topic, first in pairs if topic == first)
    f1 = [2 * right[topic] / (predicted[topic] + count) for topic, count in wanted.items()]
    return {
        "n": len(gold),
        "first_right": round(right.total() / len(gold), 3),
        "any_right": round(sum(bool({*topics[:2]} & {*row.topics}) for row, topics in given) / len(gold), 3),
        "macro_f1": round(sum(f1) / len(f1), 3),
    }


def confusion(
    gold: Sequence[TopicGold], outputs: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, dict[str, int]]]:
    """Per source: the wanted topic → the first topic given → how many articles."""
    table: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in gold:
        first = (outputs.get(row.id) or [NO_TOPIC])[0]
        table[row.source or "unknown"][_wanted(row, first)][first] += 1
    return {
        source: {topic: dict(given) for topic, given in topics.items()} for source, topics in table.items()
    }


def _wanted(row: TopicGold, first: str) -> str:
    return first if first in row.topics else row.topics[0]


def score_outputs(path: Path, outputs: Mapping[str, Sequence[str]], system: str = "given") -> Row:
    """Figures of topics that were given elsewhere, as article id → topics, best first."""
    gold = read_topics(path)
    return Row(path.name, system, score_topics(gold, outputs), {"confusion": confusion(gold, outputs)})


def _run(path: Path, classify: Classify, system: str, timer: Timer) -> Row:
    gold = read_topics(path)
    articles = [row.article() for row in gold]
    classify(articles[:1])  # loads what is loaded lazily: that is no part of the speed
    start = timer()
    classifications = classify(articles)
    seconds = timer() - start
    outputs = {
        row.id: [str(topic) for topic in found.topics]
        for row, found in zip(gold, classifications, strict=True)
    }
    row = score_outputs(path, outputs, system)
    return Row(
        row.gold, row.system, row.scores, {"articles_per_s": round(len(gold) / seconds, 1), **row.more}
    )
