"""Option types: durations, and lists by comma whose unknown words are named with what is known."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from bot.domain.duration import read_duration
from bot.domain.errors import NotUnderstood
from bot.domain.subscriber import LANGUAGES
from bot.logs import configure
from bot.settings import Settings, load
from summarizer.topic import Topic

P = ParamSpec("P")
R = TypeVar("R")

#: The longest that can be asked for: a century.
_LONGEST = timedelta(days=36_525)


class Duration(click.ParamType[timedelta]):
    """A length of time such as 90m, 24h, 7d or 2w."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """A positive timedelta of at most a century."""
        if isinstance(value, timedelta):
            return value
        length = read_duration(str(value))
        if not (length and length <= _LONGEST):
            self.fail(f"«{value}» is not a duration; write 90m, 24h, 7d or 2w.", param, ctx)
        return length


class Words(click.ParamType[tuple[str, ...]]):
    """Known words by comma."""

    name = "list"

    def __init__(self, known: Sequence[str]) -> None:
        self._known = tuple(known)

    def convert(
        self, value: Any, _param: click.Parameter | None, _ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words in order, each once. Raises NotUnderstood."""
        if isinstance(value, tuple):
            return value
        words = dict.fromkeys(word.strip().lower() for word in str(value).split(",") if word.strip())
        for word in words:
            if word not in self._known:
                raise NotUnderstood(word, self._known)
        return tuple(words) or self._known


DURATION = Duration()
LANGS = Words(LANGUAGES)
TOPICS = Words([str(topic) for topic in Topic])


#: For commands whose lines people read by default.
AS_JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines, for programs.")


#: For commands that group.
ENCODER = click.option(
    "--encoder", default=None, help='"character-ngrams", or a Hugging Face encoder\'s name or folder.'
)


def read_settings(*, structured: bool = True, **given: str | None) -> Settings:
    """This process's settings, with logging set up by them (`structured` as in `bot.logs`).

    What an option gave takes the setting's place.
    """
    settings = load(os.environ, Path.cwd())
    configure(settings.log_level, settings.log_format, structured=structured, hidden=settings.secrets())
    return settings.model_copy(update={name: value for name, value in given.items() if value is not None})


def asynchronous(command: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, R]:
    """Let click call a coroutine function."""

    @wraps(command)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return asyncio.run(command(*args, **kwargs))

    return call
