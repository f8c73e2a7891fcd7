"""What the topic classifier is worth: on gold topics, and its features under a head for other topics.

The second table fits a logistic regression on the train split of SIB-200 (seven topics) over the classifier's
own features and scores its test split; it needs scikit-learn, and some minutes for the vectors.
"""

import argparse
import importlib.util
import json
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from summarizer.article import Article
from summarizer.evaluation.topics import evaluate_topics
from summarizer.grouping.embeddings import default_encoder, document
from summarizer.grouping.topics import features
from summarizer.pipeline import Classifier

GOLD = Path(__file__).resolve().parents[2] / "shared" / "eval"
SENTENCES = {"kk": "topics_sib200_kaz_Cyrl.jsonl", "ru": "topics_sib200_rus_Cyrl.jsonl"}


def worth(paths: list[Path]) -> Table:
    """First topic right, any right, macro-F1, as the public scorer counts them."""
    table = Table(title="topics on gold")
    for head in ("gold", "n", "first right", "any right", "macro-F1"):
        table.add_column(head)
    classifier = Classifier()
    for row in evaluate_topics(paths, lambda found: list(map(classifier, found)), "habarshy"):
        figures = (row.scores[key] for key in ("n", "first_right", "any_right", "macro_f1"))
        table.add_row(row.gold, *map(str, figures))
    return table


def other_heads(folder: Path) -> Table:
    """Macro-F1 on SIB-200's test split, in each language by a head fitted on its train split."""
    linear = importlib.import_module("sklearn.linear_model")
    metrics = importlib.import_module("sklearn.metrics")
    table = Table(title="the same features under another head (SIB-200)")
    for head in ("language", "train", "test", "macro-F1"):
        table.add_column(head)
    for lang, name in SENTENCES.items():
        rows = [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        articles = [Article(row["id"], "", row["text"], lang) for row in rows]
        vectors = default_encoder().encode([document(article) for article in articles])
        inputs = np.stack([features(a, v) for a, v in zip(articles, vectors, strict=True)])
        train, test = (np.array([row["split"] == split for row in rows]) for split in ("train", "test"))
        wanted = np.array([row["topic"] for row in rows])
        model = linear.LogisticRegression(max_iter=3000).fit(inputs[train], wanted[train])
        score = metrics.f1_score(wanted[test], model.predict(inputs[test]), average="macro")
        table.add_row(lang, str(train.sum()), str(test.sum()), f"{score:.3f}")
    return table


def main() -> None:
    """Prints both tables, or says why one is skipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=GOLD, help="gold files")
    folder = parser.parse_args().folder
    console = Console(width=100)
    gold = sorted([*folder.glob("summaries_*.jsonl"), *folder.glob("topics_tgcontest.jsonl")])
    console.print(worth(gold) if gold else "skipped: no gold files in the folder")
    if not all((folder / name).exists() for name in SENTENCES.values()):
        console.print("skipped: no SIB-200 files in the folder")
    elif importlib.util.find_spec("sklearn") is None:
        console.print("skipped: scikit-learn is not installed (pip install scikit-learn)")
    else:
        console.print(other_heads(folder))


if __name__ == "__main__":
    main()
