"""The main job by commands, from pages on loopback to a digest."""

import json
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "kt"
AGENCY = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs ../shared/corpus, which is not part of the project"
)
BOILERPLATE = ("Достарға айту", "Сурет:", "тақырып бойынша", "Ең көп оқылғаны", "Басты бет", "14181", "©")

FEED = """<rss version="2.0"><channel><title>Құс жолы</title>
<item><title>Ертіс &lt;b&gt; &amp;amp; «өткел» 🌊</title><link>{0}/1.html</link>
<description>Тасқын су Ертістегі ескі өткелді шайып кетті. Жолды екі аптада жөндейді.</description></item>
</channel></rss>"""
PAGE = """<html lang="kk"><title>Өткел</title><article><h1>Ертіс &lt;b&gt; &amp;amp; «өткел» 🌊</h1>
<p>Тасқын су Ертістегі ескі өткелді шайып кетті, деп хабарлады аудан әкімдігі. 48 тұрғын көшірілді.</p>
<p>Жолды қалпына келтіруге екі апта керек. Көпір 1974 жылы салынған, ұзындығы 120 метр.</p>
</article></html>"""


@pytest.fixture
def follow(monkeypatch):
    """Writes the sources to follow; loopback is allowed."""

    def write(**sources):
        tables = (
            f'[[source]]\nname = "{name}"\nurl = "{url}"\nkind = "{kind}"\n'
            for name, (kind, url) in sources.items()
        )
        Path("sources.toml").write_text("".join(tables), encoding="utf-8")
        monkeypatch.setenv("HABARSHY_SOURCES", "sources.toml")
        monkeypatch.setenv("HABARSHY_ALLOW_PRIVATE_ADDRESSES", "true")

    return write


@pytest.fixture
def collected(habarshy):
    """Collects all sources; the report's lines."""

    def run(*options):
        ran = habarshy("collect", "--all", *options)
        assert (ran.status, ran.err) == (0, "")
        return ran.out.splitlines()

    return run


@pytest.fixture
def stories(habarshy):
    """The digest of all that was ever published."""

    def read(*options):
        ran = habarshy("digest", "--since", "9999d", "--format", "json", *options)
        assert (ran.status, ran.err) == (0, "")
        return json.loads(ran.out)["stories"]

    return read


@pytest.fixture
def articles(habarshy):
    """Everything stored."""

    def read(*options):
        ran = habarshy("articles", "--since", "9999d", *options)
        assert (ran.status, ran.err) == (0, "")
        return [json.loads(line) for line in ran.out.splitlines()]

    return read


@AGENCY
@pytest.mark.parametrize(("kind", "path"), [("page", "index.html"), ("feed", "rss.xml")])
def test_a_real_agency_from_its_pages_to_a_digest(serve, follow, collected, stories, articles, kind, path):
    """Six clean articles, five stories, Kazakh, in Kazakhstan's time, and nothing more the second time."""
    follow(agency=(kind, f"{serve(CORPUS)}/{path}"))
    assert "agency: 6 new, 0 known" in collected()
    stored = articles()
    assert len(stored) == 6
    assert {article["lang"] for article in stored} == {"kk"}
    assert not any(words in article["text"] for article in stored for words in BOILERPLATE)
    assert min(len(article["text"]) for article in stored) > 1_000
    # 15:23 in Almaty, UTC+5.
    assert "2026-03-04T10:23:00+00:00" in {article["published"] for article in stored}

    def told_in(*words):
        return [article["story"] for article in stored if all(word in article["title"] for word in words)]

    assert len({article["story"] for article in stored}) == 5
    briefing, received = told_in("IT-Aiel", "AqylTech"), told_in("қабылдады")
    assert (len(briefing), len(set(briefing))) == (2, 1)
    assert (len(received), len(set(received))) == (2, 2)

    told = stories("--lang", "kk")
    assert len(told) == 5
    for story in told:
        assert story["lang"] == "kk"
        assert 0 < len(story["summary"]) <= 300
        assert story["url"].startswith("http://127.0.0.1")
        assert [publisher["name"] for publisher in story["publishers"]] == ["agency"]
    assert stories("--lang", "ru") == []

    again = collected()
    assert "1 sources: 0 new, 6 known, 0 unread, 0 failed" in again or "agency: 304 not modified" in again
    assert "0 articles filed, 0 summaries written" in again
    assert articles() == stored


def test_each_broken_source_is_one_clear_line_and_the_rest_goes_on(
    tmp_path, serve, follow, collected, habarshy, articles
):
    """Unreachable, empty, a page for a feed, broken, missing: in the report and in the source's state."""
    site = tmp_path / "site"
    site.mkdir()
    root = serve(site)
    files = {
        "good.xml": FEED.format(root),
        "1.html": PAGE,
        "empty.xml": "",
        "page.xml": PAGE,
        "broken.xml": "<rss><channel><item><title>x</title",
        "none.xml": '<rss version="2.0"><channel><title>x</title></channel></rss>',
        "noise.xml": "\x00\x01 not xml at all",
        "list.html": "<html><p>Nothing is linked here.</p></html>",
    }
    for name, text in files.items():
        (site / name).write_text(text, encoding="utf-8")
    follow(
        good=("feed", f"{root}/good.xml"),
        unreachable=("feed", "http://127.0.0.1:9/rss"),
        empty=("feed", f"{root}/empty.xml"),
        page=("feed", f"{root}/page.xml"),
        noise=("feed", f"{root}/noise.xml"),
        missing=("feed", f"{root}/nowhere.xml"),
        listing=("page", f"{root}/list.html"),
        broken=("feed", f"{root}/broken.xml"),
        quiet=("feed", f"{root}/none.xml"),
    )
    report = collected()
    assert "good: 1 new, 0 known" in report
    failed = dict(line.split(": failed: ") for line in report if ": failed: " in line)
    assert set(failed) >= {"unreachable", "empty", "page", "noise", "missing", "listing"}
    assert all(0 < len(reason) < 200 for reason in failed.values())
    assert "can't connect" in failed["unreachable"]
    assert "empty" in failed["empty"]
    assert "a web page where a feed was expected" in failed["page"]
    assert "404" in failed["missing"]
    assert len([line for line in report if line.split(":")[0] in {"broken", "quiet"}]) == 2

    listed = habarshy("sources", "list").out.splitlines()
    for name, reason in failed.items():
        (line,) = [one for one in listed if one.startswith(f"{name} ")]
        assert "failing since" in line
        assert line.endswith(reason)
    (line,) = [one for one in listed if one.startswith("good ")]
    assert line.endswith(" ok")
    states = [json.loads(one) for one in habarshy("sources", "list", "--json").out.splitlines()]
    assert {state["name"]: state["message"] for state in states if state["message"]} == failed
    assert [article["source"] for article in articles()] == ["good"]


def test_private_addresses_are_refused_unless_allowed(serve, follow, collected, tmp_path, monkeypatch):
    """A feed on loopback is not asked without HABARSHY_ALLOW_PRIVATE_ADDRESSES."""
    (tmp_path / "good.xml").write_text(FEED, encoding="utf-8")
    follow(good=("feed", f"{serve(tmp_path)}/good.xml"))
    monkeypatch.delenv("HABARSHY_ALLOW_PRIVATE_ADDRESSES")
    assert any("not a public address" in line for line in collected())


def test_what_is_stored_feeds_the_filters_and_every_form_of_digest(
    tmp_path, serve, follow, collected, habarshy, stories, articles
):
    """`articles | summarize` works; hostile titles are literal in JSON and escaped in Telegram's HTML."""
    site = tmp_path / "site"
    site.mkdir()
    root = serve(site)
    (site / "good.xml").write_text(FEED.format(root), encoding="utf-8")
    (site / "1.html").write_text(PAGE, encoding="utf-8")
    follow(good=("feed", f"{root}/good.xml"))
    assert any("0 articles filed" in line for line in collected("--fetch-only")) is False
    assert articles()[0]["story"] is None
    assert stories() == []
    assert "1 articles filed, 1 summaries written" in collected()

    piped = habarshy("articles").out
    (summary,) = [json.loads(line) for line in habarshy("summarize", stdin=piped).out.splitlines()]
    assert (summary["id"], summary["lang"]) == (articles()[0]["id"], "kk")
    assert summary["summary"]

    (story,) = stories()
    assert "«өткел» 🌊" in story["headline"]
    assert story["summary"] == summary["summary"]
    html = habarshy("digest", "--format", "html").out
    assert f'<a href="{story["url"]}">' in html
    assert "<b> " not in html.replace("<b><a", "")
    assert "good" in habarshy("digest").out
    assert articles("--source", "nobody") == []
