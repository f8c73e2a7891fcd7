"""How well articles were put into stories: the figures of `habarshy evaluate stories`."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

from summarizer.article import Article, Placement
from summarizer.evaluation.gold import GoldArticle, PairGold, StoryGold, distinct_articles, read_stories
from summarizer.evaluation.row import Row

#: Articles in order of arrival in, where each went out.
Group = Callable[[Sequence[Article]], Iterable[Placement]]
Timer = Callable[[], float]
K = TypeVar("K", bound=Hashable)


def evaluate_stories(
    paths: Iterable[Path], group: Group, system: str, *, timer: Timer = time.perf_counter
) -> list[Row]:
    """The grouping of each gold file's articles, each file as a stream of its own.

    Raises WrongGold for a file that holds neither labelled pairs nor a labelled stream.
    """
    return [_run(path, group, system, timer) for path in paths]


def story_inputs(path: Path) -> list[GoldArticle]:
    """The articles of a gold file in order of arrival, each once."""
    return distinct_articles(read_stories(path))


def score_stories(
    gold: Sequence[PairGold] | Sequence[StoryGold], story_of: Mapping[str, str]
) -> dict[str, Any]:
    """Pair precision, recall and F1; for streams also B-cubed (Bagga & Baldwin 1998) and per language pair.

    An article that is missing from `story_of` is a story of its own.
    """
    pairs = [row for row in gold if isinstance(row, PairGold)]
    stream = [row for row in gold if isinstance(row, StoryGold)]
    return _score_pairs(pairs, story_of) if pairs else _score_stream(stream, story_of)


def score_outputs(path: Path, story_of: Mapping[str, str], system: str = "given") -> Row:
    """Figures of a grouping that was made elsewhere, as article id → story id."""
    return Row(path.name, system, score_stories(read_stories(path), story_of))


def _run(path: Path, group: Group, system: str, timer: Timer) -> Row:
    gold = read_stories(path)
    articles = [row.article() for row in distinct_articles(gold)]
    start = timer()
    story_of = {placement.article: placement.story for placement in group(articles)}
    seconds = timer() - start
    speed = {"articles_per_s": round(len(articles) / seconds, 1)}
    return Row(path.name, system, score_stories(gold, story_of), speed)


def _story(story_of: Mapping[str, str], article: str) -> str:
    # The mark keeps a lone article apart from a story that happens to bear its id.
    return story_of.get(article, f"?{article}")


def _score_pairs(gold: Sequence[PairGold], story_of: Mapping[str, str]) -> dict[str, Any]:
    joined = [row for row in gold if _story(story_of, row.a.id) == _story(story_of, row.b.id)]
    right = sum(row.label == "same" for row in joined)
    wrong = Counter(row.label for row in joined if row.label != "same")
    figures = _prf(right, len(joined), sum(row.label == "same" for row in gold))
    return {"pairs": len(gold), **figures, "joined_wrongly": dict(wrong)}


def _score_stream(gold: Sequence[StoryGold], story_of: Mapping[str, str]) -> dict[str, Any]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for a, b in combinations(gold, 2):
        wanted, given = a.story == b.story, _story(story_of, a.id) == _story(story_of, b.id)
        for key in ("all", "-".join(sorted((a.lang, b.lang)))):
            counts[key].update(right=wanted and given, given=given, wanted=wanted)
    by_languages = {
        key: _prf(count["right"], count["given"], count["wanted"]) for key, count in sorted(counts.items())
    }
    return {"articles": len(gold), "b_cubed": _b_cubed(gold, story_of), **by_languages}


def _b_cubed(gold: Sequence[StoryGold], story_of: Mapping[str, str]) -> dict[str, float]:
    wanted = _members((row.story, row.id) for row in gold)
    given = _members((_story(story_of, row.id), row.id) for row in gold)
    precision = recall = 0.0
    for row in gold:
        ours, theirs = given[_story(story_of, row.id)], wanted[row.story]
        common = len(ours & theirs)
        precision += common / len(ours)
        recall += common / len(theirs)
    return _rounded(precision / len(gold), recall / len(gold))


def _members(pairs: Iterable[tuple[K, str]]) -> dict[K, set[str]]:
    members: defaultdict[K, set[str]] = defaultdict(set)
    for key, article in pairs:
        members[key].add(article)
    return members


def _prf(right: int, given: int, wanted: int) -> dict[str, float]:
    f1 = 2 * right / max(1, given + wanted)
    return {"P": round(right / max(1, given), 3), "R": round(right / max(1, wanted), 3), "F1": round(f1, 3)}


def _rounded(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall)
    return {"P": round(precision, 3), "R": round(recall, 3), "F1": round(f1, 3)}
