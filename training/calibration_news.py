"""News about invented events, by which another encoder is measured beside the default one.

    python training/calibration_news.py

Writes calibration.json in summarizer/grouping: what an encoder sees of each article of the demo's sample.
"""

import json
import tomllib
from pathlib import Path

from summarizer.article import Article
from summarizer.grouping.embeddings import document

ROOT = Path(__file__).parent.parent
OUT = ROOT / "summarizer" / "grouping" / "calibration.json"


def rows() -> list[dict[str, str]]:
    """Event, language and text of each article."""
    outlets = [
        tomllib.loads(file.read_text("utf-8")) for file in sorted((ROOT / "bot/demo/sample").glob("*.toml"))
    ]
    return [
        {"event": told["event"], "lang": lang, "text": _seen(told, lang)}
        for outlet in outlets
        for told in outlet["article"]
        for lang in [told.get("lang", outlet["lang"])]
    ]


def _seen(told: dict[str, str], lang: str) -> str:
    return document(Article("", told["title"], told["text"].strip(), lang))


def main() -> None:
    """Write the file."""
    OUT.write_text(json.dumps(rows(), ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
