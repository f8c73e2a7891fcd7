"""The public scorers beside the project, and small gold files of our own invention."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVAL = Path(__file__).resolve().parents[4] / "shared" / "eval"


@pytest.fixture(scope="session")
def eval_folder() -> Path:
    """The folder of real gold files."""
    if not EVAL.is_dir():
        pytest.skip("the gold files are not beside this checkout (../shared/eval)")
    return EVAL


@pytest.fixture(scope="session")
def scorer(eval_folder: Path) -> Callable[[str], ModuleType]:
    """Loads one of the public scorers."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, eval_folder / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def gold_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as a JSON Lines file."""

    def write(*rows: dict[str, Any], name: str = "gold.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def summary_row() -> dict[str, Any]:
    """One invented article with an editor's notes."""
    return {
        "id": "a1",
        "lang": "en",
        "source": "The Steppe Herald",
        "published": None,
        "title": "Bridge over the Tobol opens",
        "sentences": [
            "Hello, dear readers.",
            "A bridge of 1 250 metres over the Tobol opened on Friday, Mayor Anna Kim said.",
            "It cost 40.5 million tenge.",
            "The weather was fine.",
        ],
        "reference": "A bridge over the Tobol, 1 250 metres long, opened on Friday.",
        "headline": "A bridge over the Tobol opened",
        "best": [1, 2],
        "facts": [
            {"text": "A bridge over the Tobol opened on Friday", "weight": 3, "sentences": [1]},
            {"text": "It cost 40.5 million tenge", "weight": 1, "sentences": [2]},
        ],
        "topics": ["economy", "society"],
    }
