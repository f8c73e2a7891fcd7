"""What README and docs tell people to type does what they say: each command is run on the bundled sample."""

import asyncio
import json
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from bot.cli import cli, main
from bot.domain.subscriber import Chat, Preferences
from bot.store.engine import open_database
from bot.store.subscribers import SubscriberStore
from tests.cli.documented import Command, Line, blocks, lines
from tests.cli.gold import ROW, STREAM
from tests.cli.loopback import Loopback, loopback
from tests.e2e.botapi import TOKEN

OPML = (
    '<opml version="2.0"><body><outline text="Sport"><outline text="A" xmlUrl="{}"/></outline></body></opml>'
)

#: Words in documented commands that stand for something of the reader's own.
_STANDS_FOR = {"https://example.org": "{site}", "HOMEPAGE": "{site}", "Example": "{outlet}", "NUMBER": "1"}
#: Serving until stopped: tests/e2e drives it as a process.
_SERVES = {"run"}
#: What shell blocks hold besides our own commands; a new word must be looked at.
_OTHERS = {
    "redis-cli",
    *("make", "docker", "git", "cd", "python", "pip", "export", "echo", "sudo", "useradd", "install", "apt"),
    *(
        "systemctl",
        "journalctl",
        "kubectl",
        "curl",
        "mv",
        "cp",
        "eval",
        "source",
        "createdb",
        "createuser",
        "redis-cli",
    ),
}


@dataclass(frozen=True)
class Sample:
    """A database with the sample in it, and where the sample comes from."""

    folder: Path
    world: Loopback


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Collected once; each command gets a copy."""
    folder = tmp_path_factory.mktemp("sample")
    with loopback() as world, pytest.MonkeyPatch.context() as patch:
        _files(folder, world)
        patch.chdir(folder)
        _configure(patch, world)
        with pytest.raises(SystemExit) as ended:
            main(["collect", "--all"])
        assert ended.value.code == 0
        asyncio.run(_subscribe(folder))
        shutil.copy("habarshy.db", "kept.db")
        yield Sample(folder, world)


def _files(folder: Path, world: Loopback) -> None:
    table = '[[source]]\nname = {}\nurl = "{}"\nkind = "{}"\nlang = "{}"\n'
    feeds = [source for source in world.sources if source.kind == "feed"]
    listed = "".join(
        table.format(json.dumps(s.name, ensure_ascii=False), s.url, s.kind, s.lang) for s in feeds
    )
    for name in ("sources.toml", "one.toml"):
        (folder / name).write_text(listed, encoding="utf-8")
    (folder / "feeds.opml").write_text(OPML.format(world.sources[0].url), encoding="utf-8")
    outputs = [{"id": "a1", "summary": ROW["sentences"][1]}]
    for name, rows in {"GOLD": [ROW], "MINE": outputs, "PAIRS": STREAM, "STREAM": STREAM}.items():
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def _configure(patch: pytest.MonkeyPatch, world: Loopback) -> None:
    patch.setenv("HABARSHY_ALLOW_PRIVATE_ADDRESSES", "true")
    patch.setenv("HABARSHY_BOT_TOKEN", TOKEN)
    patch.setenv("HABARSHY_TELEGRAM_API", world.api.address)
    patch.setenv("HABARSHY_SOURCES", "sources.toml")
    patch.setenv("HF_HUB_OFFLINE", "1")


async def _subscribe(folder: Path) -> None:
    async with open_database(f"sqlite+aiosqlite:///{folder}/habarshy.db") as database:
        await SubscriberStore(database).join(Chat(7), Preferences(), datetime.now(UTC))


def _words(command: Command, sample: Sample) -> list[str]:
    feed = next(source for source in sample.world.sources if source.kind == "feed")
    own = {"{site}": feed.url, "{outlet}": feed.name}
    given = [re.sub(r"\$\(.*", "today.db", word) for word in command.words]
    given = [word.rpartition("/")[2] if word.startswith("/") else word for word in given if word != "+%F).db"]
    return [own.get(_STANDS_FOR.get(word, ""), _STANDS_FOR.get(word, word)) for word in given]


def _parses(words: list[str]) -> None:
    command: click.Command = cli
    while isinstance(command, click.Group):
        name = words.pop(0)
        found = command.get_command(click.Context(command), name)
        assert found, f"there is no command {name}"
        command = found
    command.make_context(name, words).close()


@pytest.mark.parametrize("line", [pytest.param(line, id=f"{line.page}: {line.text}") for line in lines()])
def test_a_documented_command_works(line: Line, sample, habarshy, monkeypatch, tmp_path):
    """Each exits with 0, in a folder with the files that the text speaks of."""
    shutil.copytree(sample.folder, tmp_path, dirs_exist_ok=True)
    _configure(monkeypatch, sample.world)
    piped = ""
    for command in line.commands:
        for name, value in command.environment:
            monkeypatch.setenv(name, value)
        words = _words(command, sample)
        if words == ["evaluate"]:  # the group's own name
            continue
        if words[0] in _SERVES or any("://" in word and "postgresql" in word for word in words):
            _parses(words)
            continue
        ran = habarshy(*words, stdin=piped)
        assert ran.status == 0, ran.err
        piped = ran.out


def test_every_line_of_every_shell_block_is_known():
    """A command is run, or begins with a program that is not ours."""
    ours = {line.text for line in lines()}
    unknown = [
        (page, line)
        for page, line in blocks()
        if line not in ours and not set(re.split(r"[\s()/]+", line)) & _OTHERS and "=" not in line.split()[0]
    ]
    assert unknown == []


def test_make_targets_in_the_documents_exist():
    """`make demo` is the first thing a newcomer types."""
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    named = {found for _, line in blocks() for found in re.findall(r"\bmake ([a-z]+)", line)}
    assert named >= {"demo", "test"}
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()
