"""sources.toml as values."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import SettingsError
from bot.domain.source import Kind, Source
from bot.sources import catalogue
from bot.sources.catalogue import dump, load, parse
from summarizer.topic import Topic

CATALOGUE = Path(catalogue.__file__).parent / "kazakhstan.toml"
WHOLE = """
[[source]]
name = "Тау хабары"
url = "https://tau.example/news"
kind = "page"
lang = "kk"
every = "2h"
topics = ["energy"]
item = "a.news"
title = "h1"
body = ".text"
date = "time"
drop = [".share", "Достарға айту"]
homepage = "https://tau.example/"
verified = false
known = "invented"
"""


def test_every_key_reaches_the_source():
    """All keys of the interface are read; those that inform people change nothing."""
    assert parse(WHOLE, "my.toml") == (
        Source(
            name="Тау хабары",
            url="https://tau.example/news",
            kind=Kind.PAGE,
            lang="kk",
            every=timedelta(hours=2),
            topics=(Topic.ENERGY,),
            item="a.news",
            title="h1",
            body=".text",
            date="time",
            drop=(".share", "Достарға айту"),
        ),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('langs = "kk"', "unknown key `langs`; did you mean `lang`"),
        ('kind = "rss"', "feed, page, channel"),
        ('lang = "de"', "kk, ru, en"),
        ('every = "often"', "15m"),
        ("every = 15", "15m"),
        ('topics = ["money"]', "«money»"),
        ('topics = "economy"', "list"),
        ("drop = [1]", "text"),
        ('item = ""', "text"),
        ('verified = "no"', "true or false"),
    ],
)
def test_a_wrong_key_or_value_is_one_line_that_names_it(line, said):
    """File, entry, key and remedy stand in the error."""
    with pytest.raises(SettingsError) as caught:
        parse(f'[[source]]\nname = "Тау"\nurl = "https://tau.example/"\n{line}\n', "my.toml")
    message = str(caught.value)
    assert message.startswith("my.toml, source 1 («Тау»)")
    assert line.partition(" ")[0] in message
    assert said in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source]\n", "not TOML"),
        ("[[sources]]\n", "did you mean `source`"),
        ("[source]\n", "[[source]]"),
        ('[[source]]\nname = "a"\n', "`url` is missing"),
        ('[[source]]\nurl = "https://a.example/"\n', "`name` is missing"),
        ('[[source]]\nname = "a"\nurl = "file:///etc/passwd"\n', "http"),
        (2 * '[[source]]\nname = "a"\nurl = "https://a.example/"\n', "two sources"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_it(text, said):
    """Broken TOML, missing keys, doubles and addresses that are none are refused."""
    with pytest.raises(SettingsError) as caught:
        parse(text, "my.toml")
    assert str(caught.value).startswith("my.toml")
    assert said in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    """The operator learns which file could not be read."""
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")


def test_an_own_file_replaces_the_bundled_catalogue(tmp_path):
    """A file given is the whole catalogue."""
    path = tmp_path / "sources.toml"
    path.write_text(WHOLE, "utf-8")
    assert [source.name for source in load(path)] == ["Тау хабары"]


def test_the_bundled_catalogue_is_whole_and_honest():
    """At least thirty sources in three languages, each with homepage, origin and the mark «unverified»."""
    tables = tomllib.loads(CATALOGUE.read_text("utf-8"))["source"]
    sources = load(None)
    assert len(sources) == len(tables) >= 30
    assert {source.lang for source in sources} >= {"kk", "ru", "en"}
    assert all(source.url.startswith("https://") for source in sources)
    assert all({"kind", "homepage", "known"} <= table.keys() for table in tables)
    assert all(table["verified"] is False for table in tables)


def test_what_is_dumped_reads_back_as_it_was():
    """Export and import by TOML lose nothing."""
    sources = (
        Source("Бір", "https://one.example/rss"),
        Source(
            "Two",
            "https://two.example/",
            Kind.PAGE,
            lang="kk",
            every=timedelta(hours=2),
            topics=(Topic.ENERGY,),
            item="a.news",
            drop=("div.share", "Сурет"),
        ),
    )
    assert parse(dump(sources), "exported") == sources
