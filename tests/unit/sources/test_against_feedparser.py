"""Real feeds, read here and by feedparser: nothing that it has right is lost or wrong."""

import html
from calendar import timegm
from pathlib import Path

import feedparser
import pytest

from bot.sources.feed import parse_feed

FEEDS = Path(__file__).parents[4] / "shared" / "eval" / "feeds"
pytestmark = pytest.mark.skipif(
    not FEEDS.is_dir(), reason="needs ../shared/eval, which is not part of the project"
)
BASE = "https://feed.example/rss"


@pytest.fixture(scope="module")
def pairs():
    """Entries of both, side by side."""
    found = []
    for path in sorted(FEEDS.iterdir()):
        theirs, ours = (
            feedparser.parse(path.read_bytes()).entries,
            parse_feed(path.read_bytes(), url=BASE).entries,
        )
        assert len(theirs) == len(ours), path.name
        found += zip(theirs, ours, strict=True)
    return found


def test_titles_are_the_same_but_for_references_it_leaves(pairs):
    """«&amp;hellip;» is an ellipsis here."""
    for theirs, ours in pairs:
        assert " ".join(html.unescape(html.unescape(theirs.get("title", ""))).split()) == ours.title


def test_links_are_the_same_and_absolute(pairs):
    """A link it leaves relative is made absolute here."""
    for theirs, ours in pairs:
        assert ours.url.startswith(("http://", "https://"))
        assert "://" not in theirs.get("link", "") or theirs.link == ours.url


def test_dates_are_the_same_but_for_those_that_are_none(pairs):
    """The year one is how some programs write «no date»."""
    for theirs, ours in pairs:
        stamp = theirs.get("published_parsed") or theirs.get("updated_parsed")
        if stamp and stamp.tm_year > 1:
            assert ours.published is not None
            assert int(ours.published.timestamp()) == timegm(stamp)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("1772619780", 1772619780),
        ("Wed, 04 Mar 2026 24:00:00 GMT", 1772668800),
        ("04.03.2026 15:23", 1772619780),
        ("Wed, 04 Mar 2026 13:23:00 MSK", 1772619780),
        ("Wed, 04 Mar 2026 15:23:00 ALMT", 1772619780),
        ("Ср, 4 марта 2026 15:23:00 +0500", 1772619780),
    ],
)
def test_dates_that_it_gets_wrong_are_right_here(date, moment):
    """Stamps, midnight, zone-less dates, the names of zones, months in Russian."""
    body = (
        f"<rss><channel><item><title>т</title><link>/1</link><pubDate>{date}</pubDate></item></channel></rss>"
    )
    (entry,) = parse_feed(body.encode(), url=BASE, zone="Asia/Almaty").entries
    assert entry.published.timestamp() == moment
    stamp = feedparser.parse(body.encode()).entries[0].get("published_parsed")
    assert not stamp or timegm(stamp) != moment
