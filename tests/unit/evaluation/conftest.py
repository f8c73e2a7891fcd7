"""The public scorers beside the project, and small gold files of our own invention."""

import importlib.util
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cli.gold import ROW

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
    price = {"text": "It cost 40.5 million tenge", "weight": 1, "sentences": [2]}
    return deepcopy(ROW) | {"best": [1, 2], "facts": [*ROW["facts"], price]}
