"""`habarshy demo`: the whole path, as a newcomer sees it first."""

import re
from collections import defaultdict

import pytest

from bot.demo.outlets import outlets
from bot.demo.readers import READERS

BOXES = str.maketrans("", "", "│╭╮╰╯─")


@pytest.fixture(scope="module")
def events():
    """Outlets by event and by language of the event's tellings."""
    told = defaultdict(set)
    langs = defaultdict(set)
    for outlet in outlets():
        for article in outlet.articles:
            told[article.event].add(outlet.name)
            langs[article.event].add(outlet.lang)
    return [(told[event], langs[event]) for event in told]


def test_three_readers_get_digests_made_from_the_sample(process, events):
    """From pages over HTTP to boxes: their topics, events told once with all their outlets, no furniture."""
    with process("demo", COLUMNS="200") as running:
        out, err = running.communicate(timeout=100)
    assert (running.returncode, err) == (0, "")
    assert out.splitlines()[-1].startswith("Run it for real: HABARSHY_BOT_TOKEN=")
    counts = re.match(r"(\d+) sources, (\d+) articles, (\d+) stories", out)
    assert counts
    found = tuple(map(int, counts.groups()))
    assert found[:2] == (len(outlets()), sum(len(outlet.articles) for outlet in outlets()))
    # Parting a story costs a reader a repeat; joining two would tell them something false.
    assert len(events) <= found[2] <= len(events) + 2
    for reader in READERS:
        assert out.count(f"{reader.name} ({reader.preferences.languages[0]})") >= 1
    shown = " ".join(out.translate(BOXES).split())
    for outlet in outlets():
        for furniture in (outlet.share, outlet.views, outlet.related, outlet.popular, outlet.copyright):
            assert furniture not in shown
    names = {outlet.name for outlet in outlets()}
    lines = [
        re.fullmatch(r"([^·]+) · [^·]*\d\d:\d\d", line.translate(BOXES).strip()) for line in out.splitlines()
    ]
    told = [frozenset(line[1].split(", ")) for line in lines if line and set(line[1].split(", ")) <= names]
    assert len(told) >= 15
    assert sum(len(publishers) > 1 for publishers in told) >= 7
    # A parted story names fewer outlets than its event has: how well grouping does is measured elsewhere.
    expected = {frozenset(outlets_of) for outlets_of, _ in events}
    assert sum(publishers in expected for publishers in told) >= 0.9 * len(told)
