"""`habarshy sources`: an address is followed once."""

import asyncio
import json
from datetime import UTC, datetime

from bot.domain.source import Source
from bot.domain.subscriber import Chat, Preferences
from bot.store.engine import open_database
from bot.store.own_sources import OwnSourceStore
from bot.store.subscribers import SubscriberStore

_TEXT = "Көпір екі жылда салынды, деп хабарлады әкімдік. " * 40
FEED = (
    "<rss><channel><title>Тау хабары</title><item><title>Жаңа көпір ашылды</title><link>/1</link>"
    f"<description>{_TEXT}</description></item></channel></rss>"
)
OPML = (
    "<opml version='2.0'><body><outline text='Экономика'><outline text='Басқа ат' xmlUrl='{0}/rss.xml/'/>"
    "<outline text='Екінші' xmlUrl='{0}/second.xml'/></outline></body></opml>"
)


def listed(habarshy):
    """Name and topics of what is followed."""
    ran = habarshy("sources", "list", "--json")
    return {one["name"]: one["topics"] for one in map(json.loads, ran.out.splitlines())}


def standing(habarshy):
    """Of the one source, for people and for programs, and how many `stats` calls new."""
    row = habarshy("sources", "list").out.split()
    told = json.loads(habarshy("sources", "list", "--json").out)
    return row[-1], told["health"], json.loads(habarshy("stats", "--json").out).get("sources new")


def test_an_address_that_is_followed_is_not_followed_twice(habarshy, serve, monkeypatch, tmp_path):
    """Adding it under another name is refused, importing it keeps its name and adds what the list knows."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "rss.xml").write_text(FEED, encoding="utf-8")
    root = serve(tmp_path / "site")
    (tmp_path / "none.toml").touch()
    monkeypatch.setenv("HABARSHY_SOURCES", "none.toml")
    monkeypatch.setenv("HABARSHY_ALLOW_PRIVATE_ADDRESSES", "true")
    assert habarshy("sources", "add", f"{root}/rss.xml", "--name", "Тау").status == 0
    again = habarshy("sources", "add", f"{root}/rss.xml?utm_source=x", "--name", "Дала")
    assert (again.status, "is followed already, as «Тау»" in again.err) == (1, True)
    assert habarshy("sources", "add", f"{root}/rss.xml", "--name", "Тау", "--topics", "sport").status == 0
    assert listed(habarshy) == {"Тау": ["sport"]}
    assert standing(habarshy) == ("new", "new", 1)
    assert habarshy("collect", "--fetch-only").status == 0
    assert standing(habarshy) == ("ok", "ok", None)

    (tmp_path / "list.opml").write_text(OPML.format(root), encoding="utf-8")
    assert "2 sources added or changed" in habarshy("sources", "import", "list.opml").out
    assert listed(habarshy) == {"Екінші": ["economy"], "Тау": ["economy"]}


def test_a_title_that_another_source_has_replaces_none(habarshy, serve, monkeypatch, tmp_path):
    """The newcomer's host stands behind it; a name that was given is refused, a removed source's too."""
    (tmp_path / "site").mkdir()
    for name in ("rss.xml", "second.xml", "third.xml"):
        (tmp_path / "site" / name).write_text(FEED, encoding="utf-8")
    root = serve(tmp_path / "site")
    (tmp_path / "none.toml").touch()
    monkeypatch.setenv("HABARSHY_SOURCES", "none.toml")
    monkeypatch.setenv("HABARSHY_ALLOW_PRIVATE_ADDRESSES", "true")
    assert habarshy("sources", "add", f"{root}/rss.xml").status == 0
    second = habarshy("sources", "add", f"{root}/second.xml")
    assert (second.status, second.out.splitlines()[0].partition(":")[0]) == (0, "Тау хабары · 127.0.0.1")
    refused = habarshy("sources", "add", f"{root}/third.xml", "--name", "Тау хабары")
    assert (refused.status, "«Тау хабары» is another source's name" in refused.err) == (1, True)
    assert listed(habarshy).keys() == {"Тау хабары", "Тау хабары · 127.0.0.1"}

    assert habarshy("sources", "remove", "Тау хабары").status == 0
    assert habarshy("sources", "add", f"{root}/third.xml", "--name", "Тау хабары").status == 1
    assert habarshy("sources", "add", f"{root}/rss.xml").status == 0
    assert listed(habarshy).keys() == {"Тау хабары", "Тау хабары · 127.0.0.1"}


def test_a_readers_own_feed_can_be_followed_for_everybody(habarshy, serve, monkeypatch, tmp_path):
    """Added or imported, it becomes a source of its own: the reader's stays theirs, under its name."""
    (tmp_path / "site").mkdir()
    for name in ("rss.xml", "second.xml"):
        (tmp_path / "site" / name).write_text(FEED, encoding="utf-8")
    root = serve(tmp_path / "site")
    (tmp_path / "none.toml").touch()
    monkeypatch.setenv("HABARSHY_SOURCES", "none.toml")
    monkeypatch.setenv("HABARSHY_ALLOW_PRIVATE_ADDRESSES", "true")
    mine = asyncio.run(_adopt(tmp_path, f"{root}/rss.xml", f"{root}/second.xml"))
    assert habarshy("sources", "add", f"{root}/rss.xml", "--name", "Тау").status == 0
    (tmp_path / "list.opml").write_text(OPML.format(root), encoding="utf-8")
    assert habarshy("sources", "import", "list.opml").status == 0
    (tmp_path / "out").mkdir()
    assert habarshy("sources", "export", "out/all.toml").out.startswith("2 sources")
    assert listed(habarshy).keys() == {"Тау", "Екінші", *mine}


async def _adopt(folder, *urls):
    async with open_database(f"sqlite+aiosqlite:///{folder}/habarshy.db") as database:
        now = datetime(2026, 11, 22, tzinfo=UTC)
        reader, _ = await SubscriberStore(database).join(Chat(1), Preferences(), now)
        own = OwnSourceStore(database)
        return [(await own.adopt(reader.id, Source("Менікі", url), now))[1] for url in urls]
