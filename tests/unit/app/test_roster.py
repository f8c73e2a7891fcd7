"""Who does what."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.app.roster import open_broker, open_pace, verbs_of
from bot.delivery.pacing import Pacing
from bot.delivery.shared_pacing import SharedPacing
from bot.domain.errors import JobFailed
from bot.jobs.tasks import Kind
from bot.settings import Settings

NEWS = {Kind.COLLECT, Kind.GROUP, Kind.SUMMARIZE, Kind.ALERT, Kind.RETAIN}
ROOT = Path(__file__).parents[3]


def kinds(*roles, ports=None, shared=None):
    """What a process in these roles can do."""
    return set(verbs_of(frozenset(roles), None, ports, shared))


def test_without_a_broker_the_clock_composes_and_the_worker_gathers():
    """As before there were brokers: processes of one machine over one store."""
    assert kinds("clock") == {Kind.COMPOSE}
    assert kinds("worker") == NEWS
    assert kinds("web") == set()
    assert kinds("bot", "clock", "worker", "web", ports=object()) == set(Kind)


def test_with_a_broker_the_clock_only_asks_and_workers_do():
    """A clock that computes would be late for the next second."""
    assert kinds("clock", shared=object()) == set()
    assert kinds("worker", shared=object()) == {*NEWS, Kind.COMPOSE}
    assert kinds("sender", ports=object(), shared=object()) == {Kind.DELIVER}


async def test_a_pace_is_shared_exactly_where_work_is(broker):
    """The settings decide."""
    async with open_broker(Settings()) as none, open_pace(Settings()) as alone:
        assert none is None
        assert isinstance(alone, Pacing)
    settings = Settings(broker_url=broker.url)
    async with open_broker(settings) as shared, open_pace(settings) as together:
        assert shared
        assert isinstance(together, SharedPacing)


async def test_an_address_where_nobody_answers_is_said_without_its_password():
    """One line with the setting's name and the remedy."""
    with pytest.raises(
        JobFailed, match=r"^HABARSHY_BROKER_URL=redis://…@127\.0\.0\.1:1 does not answer"
    ) as caught:
        async with open_broker(Settings(broker_url="redis://:hunter2@127.0.0.1:1")):
            pass
    assert "hunter2" not in str(caught.value)


def test_without_its_extra_the_broker_is_a_setting_to_correct(tmp_path):
    """Where taskiq is not installed: which extra to install, and status 2."""
    script = (
        "import sys; sys.modules['taskiq'] = None; sys.modules['taskiq_redis'] = None\n"
        "from bot.cli import main; main(['run', '--roles', 'clock'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(ROOT), "HABARSHY_BROKER_URL": "redis://127.0.0.1:1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install 'habarshy[cluster]'" in done.stderr
    assert "Traceback" not in done.stderr
