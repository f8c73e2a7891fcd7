"""What programs read: every command that reports does so as JSON too."""

import json

import pytest

from tests.cli.loopback import loopback
from tests.e2e.botapi import TOKEN


@pytest.fixture
def world(monkeypatch, tmp_path):
    """One feed of the sample, and a Bot API."""
    with loopback() as servers:
        feed = next(source for source in servers.sources if source.kind == "feed")
        (tmp_path / "sources.toml").write_text(f'[[source]]\nname = "A"\nurl = "{feed.url}"\n')
        monkeypatch.setenv("HABARSHY_SOURCES", "sources.toml")
        monkeypatch.setenv("HABARSHY_ALLOW_PRIVATE_ADDRESSES", "true")
        monkeypatch.setenv("HABARSHY_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("HABARSHY_TELEGRAM_API", servers.api.address)
        yield servers


def rows(ran):
    """A JSON object a line, and nothing else."""
    assert ran.status == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_pass_is_an_object_a_source_and_one_for_what_was_made(habarshy, world):
    """By the names of the report's fields."""
    report, made = rows(habarshy("collect", "--all", "--json"))
    assert report["source"] == "A"
    assert report["new"] == made["filed"] > 0


def test_what_others_report(habarshy, world):
    """Sources, readers, the database and deliveries."""
    [checked] = rows(habarshy("sources", "check", "--json"))
    assert checked["source"] == "A"
    assert rows(habarshy("subscribers", "list", "--json")) == []
    assert rows(habarshy("db", "check", "--json")) == [{"problems": []}]
    assert rows(habarshy("deliver", "--json")) == [{"digests": 0, "parts": {}, "waiting": False}]
