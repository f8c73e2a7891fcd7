"""What an operator exports before starting a process."""

import os
from pathlib import Path

from tests.e2e.botapi import TOKEN, BotApi

ROOT = Path(__file__).parents[2]


def environment(api: BotApi, **settings: str) -> dict[str, str]:
    """The least that `habarshy run` needs, with these settings beside it and nothing of the tester's own."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HABARSHY_BOT_TOKEN": TOKEN,
        "HABARSHY_TELEGRAM_API": api.address,
        "HABARSHY_SOURCES": "sources.toml",
        **settings,
    }
