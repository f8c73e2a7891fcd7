"""Digest days and stories as anybody sees them."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from yarl import URL

from bot.store.merging import merge
from bot.store.tables import articles, sources, stories
from summarizer.topic import Topic
from tests.newsstand import NOW, SITE

DAY = timedelta(days=1)
NOT_OURS = (
    "/ru/2026-13-45",
    "/ru/0000-00-00",
    "/ru/9999-12-31",
    "/ru/0001-01-01",
    "/de",
    "/ru/weather",
    "/ru/2026-11-22/weather",
    "/ru/story/0",
    "/ru/story/-1",
    "/ru/story/1e9",
    "/ru/story/" + "9" * 400,
    "/story/%D9%A3",
    "/ru/../../etc/passwd",
    "/ru/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2fsettings.py",
    "/static/site.css",
    "/ru%0d%0aSet-Cookie:x=1",
    "/ru/feed.xml",
    "/%2Fevil.example/ru",
    "/%00",
)


async def text(web, path, status=200, **options):
    """The page at a path, which must answer so."""
    async with web.get(path, allow_redirects=False, **options) as answer:
        assert answer.status == status, path
        return await answer.text()


async def leads_to(web, path, **headers):
    """Status and target of a redirect."""
    async with web.get(path, allow_redirects=False, headers=headers) as answer:
        return answer.status, answer.headers["Location"]


async def test_the_door_opens_in_the_visitors_language(web):
    """By Accept-Language; Kazakh where it names none of ours."""
    wishes = {"": "kk", "ru-RU,ru;q=0.9,en;q=0.8": "ru", "de, en;q=0.5, ru;q=0.4": "en", "*;q=1, \x80": "kk"}
    for wish, lang in wishes.items():
        assert await leads_to(web, "/", **{"Accept-Language": wish}) == (302, f"/{lang}")


async def test_a_day_is_told_by_topic(stand, web):
    """Each story once, under its topic, in the page's language; other languages' pages have theirs."""
    await stand.tell("Тариф повышен", topic=Topic.ENERGY)
    await stand.tell("Банк снизил ставку")
    await stand.tell("Bank cuts rate", lang="en")
    page = await text(web, "/ru/2026-11-22")
    assert page.count("Тариф повышен</a>") == page.count("Банк снизил ставку</a>") == 1
    assert "Bank cuts rate" not in page
    assert "Воскресенье, 22 ноября 2026 г." in page
    assert "Банк снизил" not in await text(web, "/ru/2026-11-22/energy")
    assert "Bank cuts rate" in await text(web, "/en/2026-11-22")


async def test_a_day_begins_at_the_operators_midnight(stand, web):
    """23:59 and 00:01 in Almaty are two days, though one in UTC."""
    midnight = NOW.replace(hour=19, minute=0) - DAY
    await stand.tell("Перед полуночью", at=midnight - timedelta(minutes=1))
    await stand.tell("После полуночи", at=midnight + timedelta(minutes=1))
    assert "После полуночи" not in await text(web, "/ru/2026-11-21")
    assert "Перед полуночью" not in await text(web, "/ru/2026-11-22")


async def test_days_lead_to_the_nearest_days_with_news(stand, web):
    """Empty days are passed over; the front page is the latest day that has news."""
    for days in (9, 5, 2):
        await stand.tell(f"Новость {days}", at=NOW - days * DAY)
    page = await text(web, "/ru")
    assert "Новость 2</a>" in page
    assert '<link rel="prev" href="/ru/2026-11-17">' in page
    assert '<link rel="next"' not in page
    middle = await text(web, "/ru/2026-11-17")
    assert '<a rel="prev" href="/ru/2026-11-13">' in middle
    assert '<a rel="next" href="/ru/2026-11-20">' in middle


@pytest.mark.parametrize(
    ("lang", "said"), [("kk", "Әзірге жаңалық жоқ"), ("ru", "Новостей пока нет"), ("en", "No news yet")]
)
async def test_a_front_page_without_any_news_says_so(stand, web, lang, said):
    """In the visitor's language, for people and not for search engines; the first story takes its place."""
    for path in (f"/{lang}", f"/{lang}/sport"):
        page = await text(web, path)
        assert f"<h1>{said}</h1>" in page
        assert '<meta name="robots" content="noindex">' in page
    await text(web, f"/{lang}/2026-11-22", 404)
    async with web.get("/", headers={"Accept-Language": lang}) as answer:
        assert (answer.status, answer.url.path) == (200, f"/{lang}")
    await stand.tell("Бірінші", lang=lang)
    await asyncio.sleep(1.1)  # a version is looked at once a second
    page = await text(web, f"/{lang}")
    assert "Бірінші</a>" in page
    assert "noindex" not in page
    assert said in await text(web, f"/{lang}/sport")


async def test_a_topics_days_are_those_that_have_it(stand, web):
    """Its front page and its way back and on pass over days with other news only."""
    for days, topic in ((8, Topic.SPORT), (5, Topic.WORLD), (3, Topic.SPORT), (0, Topic.WORLD)):
        await stand.tell(f"Новость {days}", at=NOW - days * DAY, topic=topic)
    page = await text(web, "/ru/sport")
    assert "Новость 3</a>" in page
    assert '<a rel="prev" href="/ru/2026-11-14/sport">' in page
    assert 'rel="next"' not in page


async def test_a_story_shows_all_its_sources_and_what_changed(stand, web):
    """Tellings by language with links, the summary of each language, developments with their time."""
    story = await stand.tell("Взрыв в городе", outlet="Меридиан")
    await stand.tell("Қалада жарылыс", lang="kk", outlet="Бозторғай", story=story, development="Екі адам.")
    page = await text(web, f"/ru/story/{story}")
    for said in ("Взрыв в городе", "Кратко: Қалада жарылыс.", "Бозторғай", "https://outlet2.example/2"):
        assert said in page
    assert '<p lang="kk">Екі адам.</p>' in page
    await stand.tell("Шаарда жарылуу", lang="ky", outlet="Бишкек", story=story, summary=None)
    assert "<h1>Взрыв в городе</h1>" in page
    kazakh = await text(web, f"/kk/story/{story}")
    assert "<h1>Қалада жарылыс</h1>" in kazakh
    assert "<h3>Қырғыз тілі</h3>" in kazakh
    assert '<h1 lang="kk">' in await text(web, f"/en/story/{story}")
    wish = {"Accept-Language": "ru"}
    assert await leads_to(web, f"/story/{story}", **wish) == (302, f"/ru/story/{story}")


async def test_a_correction_reaches_the_page_at_once(stand, web):
    """A page made before is not shown once what it shows has changed."""
    story = await stand.tell("Ставка снижена", summary="До 15 процентов.")
    assert "До 15 процентов." in await text(web, f"/ru/story/{story}")
    await text(web, "/ru")
    await stand.tell("Ставка снижена ещё", story=story, summary="До 14 процентов.")
    await asyncio.sleep(1.1)  # a version is looked at once a second
    assert "До 14 процентов." in await text(web, f"/ru/story/{story}")
    assert "До 14 процентов." in await text(web, "/ru")


async def test_a_merged_story_moves_for_good(stand, web):
    """Both its addresses redirect to the story it became."""
    kept = await stand.tell("Первая")
    merged = await stand.tell("Вторая")
    async with stand.newsroom.database.write() as connection:
        await merge(connection, kept, merged)
    assert await leads_to(web, f"/ru/story/{merged}") == (301, f"/ru/story/{kept}")
    assert await leads_to(web, f"/story/{merged}") == (301, f"/story/{kept}")


async def test_what_is_gone_and_what_never_was_are_told_apart(stand, web):
    """410 for a story that retention removed, 404 for an id nobody had; both in the visitor's language."""
    story = await stand.tell("Старая")
    await stand.tell("Новая")
    async with stand.newsroom.database.write() as connection:
        await connection.execute(delete(articles).where(articles.c.story_id == story))
        await connection.execute(delete(stories).where(stories.c.id == story))
    assert "Эта новость больше не хранится" in await text(web, f"/ru/story/{story}", 410)
    assert "Мұндай бет жоқ" in await text(web, "/kk/story/99", 404)
    assert "There is no such page" in await text(web, "/none", 404, headers={"Accept-Language": "en"})


async def test_an_address_that_is_none_of_ours_is_not_found(stand, web):
    """Impossible days, unknown words, ids beyond any store, ways out of the folder: 404 and no more."""
    await stand.tell("Новость")
    for path in NOT_OURS:
        async with web.get(URL(path, encoded=True), allow_redirects=False) as answer:
            assert answer.status == 404, path
            assert "Set-Cookie" not in answer.headers


async def test_what_strangers_write_is_shown_literally(stand, web):
    """Markup in a headline, a summary and an outlet's name is text; a link that is no web page is none."""
    evil = "<script>alert(1)</script>\"'&"
    story = await stand.tell(
        evil, summary=f"{evil} {{{{ 7*7 }}}}", outlet="<b>Меридиан</b>", url="javascript:alert(1)"
    )
    for path in ("/ru", f"/ru/story/{story}", "/ru/feed.atom"):
        page = await text(web, path)
        assert "<script" not in page
        assert "<b>" not in page
        assert 'href="javascript' not in page
        assert "{{ 7*7 }}" in page


async def test_readers_own_feeds_are_never_public(stand, web):
    """Neither their stories, nor their tellings of public ones, nor what only they added."""
    public = await stand.tell("Всем известно")
    own = await stand.tell("Только своим", outlet="Чужой дневник")
    await stand.tell("Своими словами", outlet="Чужой дневник", story=public, development="Тайное.")
    await _make_private(stand, "Чужой дневник")
    for path in ("/ru", f"/ru/story/{public}", "/ru/feed.atom", "/ru/feed.json"):
        page = await text(web, path)
        assert "Тайное" not in page
        assert "Чужой дневник" not in page
        assert "Только своим" not in page
    await text(web, f"/ru/story/{own}", 404)


async def _make_private(stand, name):
    async with stand.newsroom.database.write() as connection:
        await connection.execute(update(sources).where(sources.c.name == name).values(origin="reader"))


async def test_pages_say_where_they_stand(stand, web):
    """Canonical address and languages under PUBLIC_URL, whatever the Host header says."""
    await stand.tell("Новость", topic=Topic.SPORT)
    page = await text(web, "/ru/sport", headers={"Host": "evil.example"})
    assert f'<link rel="canonical" href="{SITE}/ru/2026-11-22/sport">' in page
    assert f'hreflang="kk" href="{SITE}/kk/2026-11-22/sport"' in page
    assert f'<meta property="og:url" content="{SITE}/ru/2026-11-22/sport">' in page
    assert "evil.example" not in page


async def test_a_page_that_is_known_is_not_sent_again(stand, web):
    """Conditional GET; the compressed page is a third of the plain one or less."""
    for number in range(10):
        await stand.tell(f"Новость номер {number}")
    async with web.get("/ru") as first, web.get("/ru", headers={"Accept-Encoding": "identity"}) as plain:
        tag, packed = first.headers["ETag"], int(first.headers["Content-Length"])
        assert first.headers["Content-Encoding"] == "gzip"
        assert packed * 3 < int(plain.headers["Content-Length"])
    async with web.get("/ru", headers={"If-None-Match": f'"other", {tag}'}) as again:
        assert (again.status, await again.read()) == (304, b"")
        assert again.headers["ETag"] == tag


async def test_a_full_day_stays_below_thirty_kilobytes(stand, web):
    """Fifteen stories as long as stories get, each told by many outlets."""
    for number in range(30):
        story = await stand.tell(f"{number} " + "Заголовок " * 9, summary="Предложение из слов. " * 14)
        for outlet in range(6):
            await stand.tell("Ещё", story=story, outlet=f"Издание {outlet}", summary=None)
    async with web.get("/ru", headers={"Accept-Encoding": "identity"}) as answer:
        assert len(await answer.read()) < 30_000


async def test_styles_keep_for_ever_and_change_their_address(stand, web):
    """An asset's address holds its hash, so that caches may keep it for a year."""
    await stand.tell("Новость")
    (address,) = set(re.findall(r"/static/site\.[0-9a-f]{12}\.css", await text(web, "/ru")))
    async with web.get(address) as found:
        assert found.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert found.headers["Content-Type"].startswith("text/css")


async def test_search_engines_find_every_day(stand, web):
    """robots.txt names the sitemap; the sitemap has each day in each language."""
    await stand.tell("Новость", at=NOW - DAY)
    assert f"Sitemap: {SITE}/sitemap.xml" in await text(web, "/robots.txt")
    sitemap = await text(web, "/sitemap.xml")
    assert sitemap.count("<loc>") == 6
    assert f"<loc>{SITE}/kk/2026-11-21</loc>" in sitemap
