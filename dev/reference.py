"""Write docs/reference/ from the code it describes, so that it can't be wrong.

`python dev/reference.py [FOLDER]`; `make reference` calls it, and a test compares.
"""

import argparse
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bot import settings
from bot.cli import cli
from bot.domain.subscriber import LANGUAGES
from bot.metrics.catalogue import reference
from bot.settings import Settings
from bot.words.translator import topic_emoji, topic_name
from summarizer.topic import Topic

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
_MADE = "<!-- Written by dev/reference.py from the code; change that, then `make reference`. -->\n\n"

_SETTINGS = """\
# Settings

Environment variables, or the same names in lower case without the prefix in `habarshy.toml` (in the working
directory, or where `HABARSHY_CONFIG` points). The environment wins. An unknown name is an error that names
the nearest known one. Lists are written by comma.

| Setting | Values | Default | Meaning |
|---|---|---|---|
"""

_COMMANDS = """\
# Commands

An error is one line on stderr; the exit status is 2 for a wrong option or setting and 1 for a job that
failed. `--debug` anywhere on the line shows the traceback. `habarshy completion bash|zsh|fish` prints what
a shell needs to complete commands and options.

"""

_METRICS = """\
# Metrics

What `/metrics` tells Prometheus, beside the process's own memory and time. Each process counts what it does
itself; the gauges are read from the store when somebody asks, and are the same in all.

"""

_TOPICS = """\
# Topics

A story has one or two of these. Commands and files use the key; readers may write the names too.

| | Key | kk | ru | en |
|---|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    made = {
        "settings.md": _settings(),
        "commands.md": _commands(),
        "metrics.md": _METRICS + reference(),
        "topics.md": _topics(),
    }
    return {name: _MADE + text for name, text in made.items()}


def write(folder: Path = FOLDER) -> None:
    """Put the pages where they belong."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _settings() -> str:
    rows = (
        f"| `HABARSHY_{name.upper()}` | {_type(field)} | {_default(field)} | {_meanings()[name]} |"
        for name, field in Settings.model_fields.items()
    )
    return _SETTINGS + "\n".join(rows) + "\n"


def _meanings() -> dict[str, str]:
    """What stands before each field in `#:` lines."""
    source = inspect.getsource(settings)
    found = re.findall(r"((?:    #: .*\n)+)    (\w+): ", source)
    return {name: " ".join(re.findall(r"#: (.*)", lines)).replace("|", "\\|") for lines, name in found}


def _type(field: FieldInfo) -> str:
    kind: Any = field.annotation
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    if hasattr(kind, "__members__"):
        return ", ".join(f"`{member.value}`" for member in kind)
    if get_origin(kind) is tuple:
        return "list of numbers" if int in get_args(kind) else "list"
    names = {bool: "`true`, `false`", int: "number", float: "number", str: "text", SecretStr: "secret"}
    return names.get(kind, "path")


def _default(field: FieldInfo) -> str:
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str("" if value is None else value)
    return f"`{shown}`" if shown else "–"


def _commands() -> str:
    parts = (
        f"## habarshy {' '.join(path)}\n\n```text\n{_help(path, command)}\n```\n"
        for path, command in _walk(cli, ())
    )
    return _COMMANDS + "\n".join(parts)


def _walk(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from _walk(command, (*path, name))
        else:
            yield (*path, name), command


def _help(path: tuple[str, ...], command: click.Command) -> str:
    settings: Any = cli.context_settings
    parent = click.Context(cli, info_name="habarshy", **settings)
    context = click.Context(command, parent, " ".join(path), max_content_width=100, terminal_width=100)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def _topics() -> str:
    rows = (
        f"| {topic_emoji(topic)} | `{topic}` | {' | '.join(topic_name(lang, topic) for lang in LANGUAGES)} |"
        for topic in Topic
    )
    return _TOPICS + "\n".join(rows) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    write(parser.parse_args().folder)
