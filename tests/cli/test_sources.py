"""`habarshy sources`: an address is followed once."""

import json

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

    (tmp_path / "list.opml").write_text(OPML.format(root), encoding="utf-8")
    assert "2 sources added or changed" in habarshy("sources", "import", "list.opml").out
    assert listed(habarshy) == {"Екінші": ["economy"], "Тау": ["economy"]}
