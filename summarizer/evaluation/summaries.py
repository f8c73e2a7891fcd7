"""How good summaries are against an editor's: the figures of `habarshy evaluate summaries`."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from summarizer.article import Article, Summary
from summarizer.evaluation.baselines import LIMIT, baselines
from summarizer.evaluation.gold import SummaryGold, read_summaries
from summarizer.evaluation.metrics import chrf, coverage, names, numbers, precision, rouge_l, stems
from summarizer.evaluation.row import Row
from summarizer.text.language import detect

#: Articles in, their summaries in the same order; None where an article gives none.
Summarize = Callable[[Sequence[Article]], Sequence[Summary | None]]
Timer = Callable[[], float]


def evaluate_summaries(
    paths: Iterable[Path],
    systems: Mapping[str, Summarize],
    *,
    with_baselines: bool = True,
    timer: Timer = time.perf_counter,
) -> list[Row]:
    """Each system and each baseline on each gold file; speed is articles per second of `timer`.

    Raises WrongGold for a file that holds no gold summaries.
    """
    rows: list[Row] = []
    for path in paths:
        gold = read_summaries(path)
        # Baselines first: scoring them loads the language identifier, which is no part of a system's speed.
        compared = [
            summary_row(path, name, gold, {row.id: write(row) for row in gold})
            for name, write in (baselines() if with_baselines else {}).items()
        ]
        rows += [_run(path, name, gold, summarize, timer) for name, summarize in systems.items()]
        rows += compared
    return rows


def score_outputs(path: Path, outputs: Mapping[str, str], system: str = "given") -> Row:
    """Figures of summaries that were written elsewhere, by article id; a missing one counts as empty."""
    return summary_row(path, system, read_summaries(path), outputs)


def summary_row(path: Path, system: str, gold: Sequence[SummaryGold], outputs: Mapping[str, str]) -> Row:
    """The public scorer's figures (percent, code points), then ours."""
    return Row(path.name, system, score_summaries(gold, outputs), _further(gold, outputs))


def score_summaries(gold: Sequence[SummaryGold], outputs: Mapping[str, str]) -> dict[str, float]:
    """Fact coverage, chrF, stem ROUGE-L, share with right numbers, mean length, share of 1–300."""
    texts = [(row, outputs.get(row.id, "")) for row in gold]
    facts = [coverage(text, [(fact.text, fact.weight) for fact in row.facts]) for row, text in texts]
    return {
        "n": len(gold),
        "facts": _percent(facts),
        "chrf": _percent([chrf(text, row.reference) for row, text in texts]),
        "rougeL": _percent([rouge_l(text, row.reference) for row, text in texts]),
        "numbers_ok": _percent([numbers(text) <= numbers(_source(row)) for row, text in texts]),
        "chars": round(_mean([len(text) for _, text in texts])),
        "within300": _percent([0 < len(text) <= LIMIT for _, text in texts]),
    }


def _further(gold: Sequence[SummaryGold], outputs: Mapping[str, str]) -> dict[str, float]:
    """Shares of numbers and names that stand in the article, and of written summaries in its language.

    An empty summary has no wrong number or name, and no language.
    """
    texts = [(_source(row), outputs.get(row.id, "")) for row in gold]
    written = [(row, outputs[row.id]) for row in gold if outputs.get(row.id)]
    return {
        "number_precision": _percent([precision(numbers(text), numbers(body)) for body, text in texts]),
        "name_precision": _percent([precision(names(text), set(stems(body))) for body, text in texts]),
        "in_language": _percent([detect(text) == row.lang for row, text in written]),
    }


def _run(path: Path, name: str, gold: Sequence[SummaryGold], summarize: Summarize, timer: Timer) -> Row:
    articles = [row.article() for row in gold]
    summarize(articles[:1])  # loads what is loaded lazily: that is no part of the speed
    start = timer()
    summaries = summarize(articles)
    seconds = timer() - start
    texts = {row.id: summary.text for row, summary in zip(gold, summaries, strict=True) if summary}
    row = summary_row(path, name, gold, texts)
    return Row(
        row.gold, row.system, row.scores, {**row.more, "articles_per_s": round(len(gold) / seconds, 1)}
    )


def _source(row: SummaryGold) -> str:
    return " ".join((row.title, *row.sentences))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _percent(shares: Sequence[float]) -> float:
    return round(100 * _mean(shares), 1)
