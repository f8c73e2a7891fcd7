"""What each backend and baseline is worth on gold summaries, and how fast it writes.

Facts, chrF and ROUGE-L as the public scorer counts them; numbers and names that stand in the article; share
in the article's language; mean length; articles a second with the guard.
"""

import argparse
import sys
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from summarizer.errors import WrongGold
from summarizer.evaluation.row import Row
from summarizer.evaluation.summaries import Summarize, evaluate_summaries
from summarizer.neural.writer import TransformersWriter
from summarizer.pipeline import summarize
from summarizer.writing.connection import Connection
from summarizer.writing.endpoint import EndpointWriter

GOLD = Path(__file__).resolve().parents[2] / "shared" / "eval"
COLUMNS = {
    "facts": "facts",
    "chrf": "chrF",
    "rougeL": "ROUGE-L",
    "number_precision": "numbers",
    "name_precision": "names",
    "in_language": "language",
    "chars": "chars",
    "within300": "≤ 300",
    "articles_per_s": "articles/s",
}


def main() -> int:
    """Prints a table a gold file."""
    asked = _arguments()
    gold = asked.gold or sorted(GOLD.glob("summaries_*.jsonl"))
    if not gold:
        Console().print("skipped: no gold files; give some, as JSON Lines with reference and facts")
        return 0
    try:
        for path in gold:
            Console(width=110).print(_table(path.name, evaluate_summaries([path], _systems(asked))))
    except WrongGold as error:
        Console(stderr=True).print(str(error))
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="example: python benchmarks/summaries.py --transformers my-model gold.jsonl",
    )
    parser.add_argument("gold", nargs="*", type=Path, help="gold files (default: those beside the checkout)")
    parser.add_argument("--transformers", metavar="MODEL", help="measure this model too")
    parser.add_argument(
        "--endpoint", nargs=3, metavar=("URL", "KEY", "MODEL"), help="measure this endpoint too"
    )
    return parser.parse_args()


def _systems(asked: argparse.Namespace) -> dict[str, Summarize]:
    systems: dict[str, Summarize] = {"extractive": summarize}
    if asked.transformers:
        writer = TransformersWriter(asked.transformers)
        systems[writer.name] = partial(summarize, writer=writer)
    if asked.endpoint:
        endpoint = EndpointWriter(Connection(*asked.endpoint))
        systems[endpoint.name] = partial(summarize, writer=endpoint)
    return systems


def _table(title: str, rows: list[Row]) -> Table:
    table = Table("system", *COLUMNS.values(), title=title)
    for row in rows:
        figures = row.flat()
        table.add_row(row.system, *(str(figures.get(key, "")) for key in COLUMNS))
    return table


if __name__ == "__main__":
    sys.exit(main())
