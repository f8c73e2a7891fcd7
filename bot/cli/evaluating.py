"""`habarshy evaluate`: what summaries, stories and topics are worth on gold files."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot.app.models import build_encoder, build_writer
from bot.cli.options import ENCODER, read_settings
from summarizer.evaluation import outputs
from summarizer.evaluation import stories as story_figures
from summarizer.evaluation import summaries as summary_figures
from summarizer.evaluation import topics as topic_figures
from summarizer.evaluation.row import Row
from summarizer.pipeline import Classifier, group
from summarizer.pipeline import summarize as write

_GOLD = click.argument(
    "gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
_OUT = click.option(
    "--out", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Score these outputs instead."
)
_JSON = click.option(
    "--json", "as_json", is_flag=True, help="A JSON object a line, with the scorers' own keys."
)


@click.group(epilog="Example: habarshy evaluate summaries gold.jsonl")
def evaluate() -> None:
    """Figures on gold files."""


@evaluate.command(epilog="Example: habarshy evaluate summaries gold.jsonl --out mine.jsonl")
@_GOLD
@_OUT
@_JSON
@click.option("--backend", type=click.Choice(["extractive", "transformers", "endpoint"]), default=None)
@click.option("--model", default=None, help="Model name, folder or GGUF file, or the endpoint's model.")
def summaries(
    *, gold: tuple[Path, ...], out: Path | None, as_json: bool, backend: str | None, model: str | None
) -> None:
    """Fact coverage, chrF, ROUGE-L and more, beside the baselines."""
    if out:
        given = outputs.read_summaries(out)
        rows = [summary_figures.score_outputs(path, given) for path in gold]
    else:
        writer = build_writer(read_settings(summary_backend=backend, summary_model=model or None))
        rows = summary_figures.evaluate_summaries(gold, {writer.name: lambda found: write(found, writer)})
    _show(rows, as_json=as_json)


@evaluate.command(epilog="Example: habarshy evaluate stories pairs.jsonl")
@_GOLD
@_OUT
@_JSON
@ENCODER
def stories(*, gold: tuple[Path, ...], out: Path | None, as_json: bool, encoder: str | None) -> None:
    """Pair precision, recall and F1, and B-cubed, per language pair."""
    if out:
        given = outputs.read_stories(out)
        rows = [story_figures.score_outputs(path, given) for path in gold]
    else:
        made = build_encoder(read_settings(encoder=encoder))
        rows = story_figures.evaluate_stories(gold, lambda found: group(found, made), "habarshy")
    _show(rows, as_json=as_json)


@evaluate.command(epilog="Example: habarshy evaluate topics gold.jsonl --json")
@_GOLD
@_OUT
@_JSON
def topics(*, gold: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """How often the first topic, or any, is right."""
    given = outputs.read_topics(out) if out else None
    rows = (
        [topic_figures.score_outputs(path, given) for path in gold]
        if given is not None
        else topic_figures.evaluate_topics(gold, lambda found: list(map(Classifier(), found)), "habarshy")
    )
    _show(rows, as_json=as_json)


def _show(rows: Sequence[Row], *, as_json: bool) -> None:
    print_rows: Callable[[Sequence[Row]], None] = _lines if as_json else _table
    print_rows(rows)


def _lines(rows: Sequence[Row]) -> None:
    for row in rows:
        click.echo(json.dumps(row.flat(), ensure_ascii=False))


def _table(rows: Sequence[Row]) -> None:
    plain = [{key: value for key, value in row.flat().items() if not isinstance(value, dict)} for row in rows]
    names = dict.fromkeys(key for row in plain for key in ("gold", "system", *row))
    table = Table(*names, box=None)
    for figures in plain:
        table.add_row(*(str(figures.get(name, "")) for name in names))
    Console(width=None if Console().is_terminal else 240).print(table)
    for row in rows:
        for name, value in row.flat().items():
            if isinstance(value, dict):
                click.echo(f"{row.gold} {row.system} {name}: {json.dumps(value, ensure_ascii=False)}")
