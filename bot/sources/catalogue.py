"""sources.toml as values: the operator's own file, or the bundled catalogue of Kazakhstan."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

import tomli_w

from bot.domain.address import canonical_url
from bot.domain.duration import read_duration
from bot.domain.errors import SettingsError
from bot.domain.source import Kind, Source
from bot.domain.subscriber import LANGUAGES
from summarizer.topic import Topic

_BUNDLED = "kazakhstan.toml"
#: Sources may not be asked more often than this, whatever `every` says.
SHORTEST_INTERVAL = timedelta(minutes=1)


def load(path: Path | None) -> tuple[Source, ...]:
    """The sources of a TOML file; of the bundled catalogue where `path` is None.

    Raises SettingsError naming the file, the entry, the key, and the nearest known key.
    """
    name = str(path or _BUNDLED)
    try:
        text = path.read_text("utf-8") if path else files("bot.sources").joinpath(_BUNDLED).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: can't be read ({error})") from error
    return parse(text, name)


def parse(text: str, name: str) -> tuple[Source, ...]:
    """The sources of a TOML text; `name` stands for the file in errors. Raises SettingsError."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: not TOML ({error})") from error
    _known(document, {"source"}, name)
    tables = document.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingsError(f"{name}: sources are written as [[source]] tables")
    sources = tuple(_source(table, f"{name}, source {number}") for number, table in enumerate(tables, 1))
    _unique(sources, name)
    return sources


def _unique(sources: tuple[Source, ...], name: str) -> None:
    for what in ("name", "url"):
        seen: set[str] = set()
        for source in sources:
            value = getattr(source, what)
            if value in seen:
                raise SettingsError(f"{name}: two sources have the {what} «{value}»; remove one")
            seen.add(value)


def _source(table: Mapping[str, Any], where: str) -> Source:
    named = table.get("name")
    where = f"{where} («{named}»)" if isinstance(named, str) else where
    _known(table, set(_READERS), where)
    for key in ("name", "url"):
        if key not in table:
            raise SettingsError(f"{where}: `{key}` is missing")
    values = {key: _value(key, value, where) for key, value in table.items()}
    return Source(**{key: value for key, value in values.items() if key not in _NOTES})


def _known(table: Mapping[str, Any], keys: set[str], where: str) -> None:
    for key in table:
        if key not in keys:
            nearest = get_close_matches(key, keys, 1, 0.0)[0]
            raise SettingsError(f"{where}: unknown key `{key}`; did you mean `{nearest}`?")


def _value(key: str, value: Any, where: str) -> Any:
    try:
        return _READERS[key](value)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{where}: `{key}` {error}") from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("must be a list of texts")
    return tuple(_text(item) for item in value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("must be true or false")
    return value


def _url(value: Any) -> str:
    if not canonical_url(_text(value)):
        raise ValueError("must be an http or https address")
    return _text(value)


def _lang(value: Any) -> str:
    if value not in LANGUAGES:
        raise ValueError(f"must be one of {', '.join(LANGUAGES)}")
    return str(value)


def _kind(value: Any) -> Kind:
    if value not in set(Kind):
        raise ValueError(f"must be one of {', '.join(Kind)}")
    return Kind(value)


def _topics(value: Any) -> tuple[Topic, ...]:
    wrong = [topic for topic in _texts(value) if topic not in set(Topic)]
    if wrong:
        raise ValueError(f"has no topic «{wrong[0]}»; topics are {', '.join(Topic)}")
    return tuple(Topic(topic) for topic in _texts(value))


def _every(value: Any) -> timedelta:
    length = read_duration(value) if isinstance(value, str) else None
    if length is None:
        raise ValueError("must be a time like 15m, 2h or 1d")
    return max(length, SHORTEST_INTERVAL)


#: Keys of the catalogue that inform people and change nothing.
_NOTES = frozenset({"homepage", "verified", "known"})
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "name": _text,
    "url": _url,
    "kind": _kind,
    "lang": _lang,
    "every": _every,
    "topics": _topics,
    "item": _text,
    "title": _text,
    "body": _text,
    "date": _text,
    "drop": _texts,
    "homepage": _url,
    "verified": _flag,
    "known": _text,
}


def dump(sources: Iterable[Source]) -> str:
    """The sources as a TOML text that `parse` reads back; what is at its default is left out."""
    return "\n".join(f"[[source]]\n{tomli_w.dumps(_table(source))}" for source in sources)


def _table(source: Source) -> dict[str, Any]:
    usual = asdict(Source(source.name, source.url))
    written = {"every": f"{max(1, int(source.every.total_seconds() // 60))}m"}
    chosen = {key: written.get(key, value) for key, value in asdict(source).items() if value != usual[key]}
    return {"name": source.name, "url": source.url, "kind": str(source.kind)} | chosen
