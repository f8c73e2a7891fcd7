"""The article on its page."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Source
from bot.sources.articlepage import parse_article

URL = "https://tau.example/news/1"
TITLE = "Таулы ауданда жаңа көпір ашылды"
PARAGRAPHS = [
    f"Көпірдің {number}-бөлігі екі жыл бойы салынып, осы аптада толық аяқталды, деп хабарлады аудан әкімдігі."
    for number in range(1, 6)
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def article(inside: str, head: str = "", entry: Entry | None = None, **chosen):
    """The article of a page."""
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{inside}</body></html>".encode()
    return parse_article(
        page, source=Source("Тау", URL, **chosen), entry=entry or Entry(URL), zone="Asia/Almaty"
    )


def test_the_article_is_extracted_and_what_surrounds_it_is_not():
    """Text in paragraphs, title, picture; no menu, sidebar, footer or script."""
    found = article(
        f"""<nav><a href="/">Басты бет</a></nav><article><h1>{TITLE}</h1>{TEXT}<script>x=1</script></article>
        <aside><b>Ең көп оқылғаны</b><ul><li>Басқа жаңалық</li></ul></aside><footer>Байланыс</footer>""",
        f'<title>{TITLE} - Тау</title><meta property="og:image" content="/a.jpg">',
    )
    assert found.full
    assert found.title == TITLE
    assert found.text.split("\n") == PARAGRAPHS
    assert found.image == "https://tau.example/a.jpg"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-03-04T15:23:00+05:00">', ""),
        ('<script type="application/ld+json">[{"datePublished": "2026-03-04T15:23:00"}]</script>', ""),
        ("", '<time datetime="2026-03-04T10:23:00Z">бүгін</time>'),
        ("", '<span itemprop="datePublished" content="2026-03-04T15:23">күні</span>'),
        ("", '<div class="date">04.03.2026, 15:23 <span>14181</span></div>'),
        ("", "<div>15:23, 4 наурыз 2026</div>"),
        ("", "<div>4 марта 2026 г., 15:23</div>"),
        ('<meta property="article:published_time" content="2026-03-04">', "<p>04.03.2026 15:23</p>"),
        (
            '<meta name="date" content="қате"><script type="application/ld+json">{broken</script>',
            "<i>2026-03-04 15:23</i>",
        ),
    ],
)
def test_the_time_of_day_is_found_wherever_it_is_said(head, body):
    """Meta, JSON-LD, microdata, <time>, or the text around the headline; zone-less times are Almaty's."""
    found = article(f"<div>{body}<h1>{TITLE}</h1>{TEXT}</div>", head)
    assert found.published == datetime(2026, 3, 4, 10, 23, tzinfo=UTC)


def test_a_date_alone_is_kept_and_the_listings_date_stands_in():
    """Midnight where the page says no time; the entry's own date where it says nothing."""
    alone = article(
        f"<h1>{TITLE}</h1>{TEXT}", '<meta property="article:published_time" content="2026-03-04">'
    )
    assert alone.published.isoformat() == "2026-03-04T00:00:00+05:00"
    listed = datetime(2026, 3, 3, tzinfo=UTC)
    assert article(f"<h1>{TITLE}</h1>{TEXT}", entry=Entry(URL, published=listed)).published == listed


def test_the_sources_selectors_win():
    """Title, body, date and drop are taken from where the operator says."""
    found = article(
        f"""<h1>Тау хабары</h1><h2 class="t">{TITLE}</h2><i id="d">05.03.2026, 09:00</i>{TEXT}
        <div class="b"><p>Өз мәтіні.</p><p class="share">Бөлісу</p><p>Достарға айту</p></div>""",
        '<meta property="article:published_time" content="2026-03-04T15:23:00+05:00">',
        title=".t",
        body=".b",
        date="#d",
        drop=(".share", "Достарға айту", "[[қате"),
    )
    assert (found.title, found.text) == (TITLE, "Өз мәтіні.")
    assert found.published.isoformat() == "2026-03-05T09:00:00+05:00"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{TITLE} | Тау хабары</title>", "", TITLE),
        (f'<meta property="og:title" content="{TITLE} &amp; су">', "", f"{TITLE} & су"),
        (f"<title>{TITLE} - Тау</title>", f"<h1>Тау</h1><h1>{TITLE}</h1>", TITLE),
        ("", "", "Тізімдегі тақырып"),
    ],
)
def test_the_headline_is_the_articles_and_not_the_sites(head, body, title):
    """The heading that the title names, the title without the site's name, or what the listing said."""
    assert article(f"{body}{TEXT}", head, Entry(URL, title="Тізімдегі тақырып")).title == title


def test_a_comment_inside_a_paragraph_costs_nothing():
    """What stands behind it is still the article's."""
    found = article(
        f"<article><h1>{TITLE}</h1>{TEXT.replace('екі жыл', '<!-- жарнама -->екі жыл')}</article>"
    )
    assert found.text.split("\n") == PARAGRAPHS


def test_a_teaser_stands_in_for_a_page_without_text_and_nothing_is_refused():
    """A page of scripts gives the listing's words, or a line with the remedy."""
    assert article("<div id=app></div>", entry=Entry(URL, text="Қысқа мазмұны.")).text == "Қысқа мазмұны."
    with pytest.raises(SourceUnusable, match="`body`"):
        article("<div id=app></div>")
    with pytest.raises(SourceUnusable, match="empty page"):
        parse_article(b"", source=Source("Тау", URL), entry=Entry(URL))
