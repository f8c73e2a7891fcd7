"""Collect: what is new is stored once, and one source's trouble stays its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import SourceGone, SourceUnreachable, SourceUnusable
from bot.domain.source import OWN, Entry, Health, Listing, Source
from bot.newsroom.collect import Collected, totals
from bot.store.own_sources import OwnSourceStore
from tests.unit.newsroom.conftest import NOW

PLOT = (
    "Тасқын су Ертістегі ескі өткелді шайып кетті. Құтқарушылар тұрғындарды көшіріп жатыр. "
    "Жолды қалпына келтіруге екі апта керек."
)


def entry(name, number, text=PLOT, **changes):
    """A full entry with a text of its own."""
    fields = {"title": f"{name} {number} хабары", "text": f"{number} ауыл. {text}", "full": True}
    return Entry(url=f"https://{name}.example/{number}", **fields | changes)


def listing(name, *numbers, etag="", **changes):
    return Listing(tuple(entry(name, number, **changes) for number in numbers), etag=etag)


async def stored(newsroom):
    return [article for article, _ in await newsroom.articles.listed(NOW - timedelta(days=9))]


async def test_what_is_new_is_stored_with_its_source_language_and_time(newsroom, follow):
    """Language is told from the text; a text without a date appeared when it was found."""
    await follow(a=listing("a", 1, 2))
    assert await newsroom.collect() == {"a": Collected("a", new=2)}
    first = (await stored(newsroom))[0]
    assert (first.source, first.lang, first.url, first.published) == ("a", "kk", "https://a.example/1", NOW)


async def test_a_failing_source_is_noted_and_the_rest_goes_on(newsroom, follow):
    """Each trouble is one line in the report and in the source's state."""
    await follow(
        a=SourceUnreachable("a.example: can't connect"),
        b=SourceUnusable("a web page where a feed was expected"),
        c=SourceGone("c.example: gone for good (410)"),
        d=listing("d", 1),
    )
    reports = await newsroom.collect()
    assert reports["d"] == Collected("d", new=1)
    assert {name: report.failed for name, report in reports.items() if report.failed} == {
        "a": "a.example: can't connect",
        "b": "a web page where a feed was expected",
        "c": "c.example: gone for good (410)",
    }
    for name, health in (("a", Health.FAILING), ("c", Health.GONE), ("d", Health.OK)):
        state = await newsroom.state(name)
        assert (state.health, state.message) == (health, reports[name].failed)


async def test_a_defect_that_one_source_brings_out_is_that_source_s_failure(newsroom, follow, caplog):
    """Nothing that strangers publish ends a pass: the log has the traceback, the state one line."""
    await follow(a=RecursionError("deep\nmarkup"), b=listing("b", 1))
    reports = await newsroom.collect()
    assert reports["a"].failed == "unexpected RecursionError; the log has more"
    assert reports["b"].new == 1
    assert (await newsroom.state("a")).health is Health.FAILING
    (line,) = caplog.records
    assert (line.levelname, line.getMessage()) == ("ERROR", "unexpected trouble with the source «a»")
    assert line.exc_info


OWN_FEED = Source("Күнделік", "https://kundelik.example/feed")


@pytest.mark.parametrize(
    ("answer", "report"),
    [
        (listing("kundelik", 1), Collected(OWN, new=1)),
        (SourceUnreachable("kundelik.example: can't connect"), Collected(OWN, failed="no news from it")),
        (RecursionError("https://kundelik.example/feed"), Collected(OWN, failed="no news from it")),
    ],
    ids=["news", "trouble", "a defect"],
)
async def test_a_readers_own_feed_is_named_in_no_report_and_no_log(newsroom, caplog, answer, report):
    """What readers follow is theirs; that a feed of somebody's fails, and where the program did, is said."""
    reader = await newsroom.reader()
    _, name = await OwnSourceStore(newsroom.database).adopt(reader.id, OWN_FEED, NOW)
    newsroom.web.listings[name] = answer
    assert await newsroom.collect() == {OWN: report}
    assert "kundelik" not in caplog.text
    assert "Күнделік" not in caplog.text
    if isinstance(answer, RecursionError):
        assert "unexpected RecursionError with a reader's own feed" in caplog.text
        assert "_collect_one" in caplog.text


async def test_a_second_pass_over_unchanged_sources_adds_nothing(newsroom, follow):
    """Neither with validators (304) nor without (every entry is known)."""
    await follow(a=listing("a", 1, 2, etag='"x"'), b=listing("b", 3))
    await newsroom.collect()
    again = await newsroom.collect(everything=True)
    assert again == {"a": Collected("a", unchanged=True), "b": Collected("b", known=1)}
    assert len(await stored(newsroom)) == 3


async def test_known_articles_are_not_fetched_again(newsroom, follow):
    """The page of an article is read once, under any spelling of its address."""
    teaser = entry("a", 1, full=False)
    newsroom.web.pages[teaser.url] = PLOT
    await follow(a=Listing((teaser,)))
    await newsroom.collect()
    respelled = replace(teaser, url=f"{teaser.url}/?utm_source=rss#top", text="Another teaser")
    newsroom.web.listings["a"] = Listing((respelled,))
    await newsroom.collect(everything=True)
    assert newsroom.web.asked == ["a", teaser.url, "a"]


async def test_an_article_that_could_not_be_reached_is_seen_again(newsroom, follow):
    """The others are stored at once, the validators wait until all are: nothing is lost to a 304."""
    missing = entry("a", 2, full=False)
    newsroom.web.pages[missing.url] = SourceUnreachable("busy", status=503)
    await follow(a=Listing((entry("a", 1), missing), etag='"x"'))
    assert (await newsroom.collect())["a"] == Collected("a", new=1, unread=1)
    assert (await newsroom.state("a")).etag == ""
    newsroom.web.pages[missing.url] = PLOT
    assert (await newsroom.collect(everything=True))["a"] == Collected("a", new=1, known=1)
    assert (await newsroom.state("a")).etag == '"x"'


async def test_a_page_that_will_never_do_is_not_asked_for_until_the_listing_changes(newsroom, follow):
    """One dead link does not cost the source its conditional requests."""
    dead = entry("a", 2, full=False)
    newsroom.web.pages[dead.url] = SourceUnusable("answers 404", status=404)
    await follow(a=Listing((entry("a", 1), dead), etag='"x"'))
    assert (await newsroom.collect())["a"] == Collected("a", new=1, unread=1)
    assert (await newsroom.collect(everything=True))["a"].unchanged
    assert newsroom.web.asked.count(dead.url) == 1


async def test_only_due_sources_are_asked_unless_all_are_wanted(newsroom, follow):
    """A quarter of an hour after the last pass they are due again."""
    await follow(a=listing("a", 1))
    assert list(await newsroom.collect()) == ["a"]
    assert await newsroom.collect(NOW + timedelta(minutes=14)) == {}
    assert list(await newsroom.collect(NOW + timedelta(minutes=14), everything=True)) == ["a"]
    assert list(await newsroom.collect(NOW + timedelta(hours=1))) == ["a"]


async def test_a_paragraph_that_three_articles_share_is_the_source_s(newsroom, follow):
    """Share buttons and contacts go, in whatever words; what two articles share stays."""
    call, quote = "Біздің арнаға жазылыңыз бірінші болыңыз", "Су деңгейі түсіп келеді, деді облыс әкімі."
    texts = {1: f"{PLOT} Бір.\n{quote}\n{call}", 2: f"{PLOT} Екі.\n{quote}\n{call}", 3: f"{PLOT} Үш.\n{call}"}
    entries = [entry("a", number, full=False) for number in texts]
    newsroom.web.pages = {one.url: text for one, text in zip(entries, texts.values(), strict=True)}
    await follow(a=Listing(tuple(entries)))
    await newsroom.collect()
    bodies = [article.text for article in await stored(newsroom)]
    assert not any(call in body for body in bodies)
    assert sum(quote in body for body in bodies) == 2


async def test_one_article_at_three_addresses_is_stored_once_with_its_text(newsroom, follow):
    """Copies are no furniture: the text stays, the copies go."""
    copies = [entry("a", number, title="Өткелді су шайып кетті", text=PLOT) for number in (1, 2, 3)]
    copies = [Entry(one.url, one.title, PLOT, full=True) for one in copies]
    await follow(a=Listing(tuple(copies)))
    assert (await newsroom.collect())["a"] == Collected("a", new=1, known=2)
    assert (await stored(newsroom))[0].text == PLOT


async def test_lines_the_operator_named_are_dropped(newsroom):
    """`drop` of sources.toml, also where only one article has the line."""
    source = Source("a", "https://a.example/rss", drop=("Автор: редакция",))
    await newsroom.sources.follow([source])
    newsroom.web.listings["a"] = Listing(
        (Entry("https://a.example/1", "Өткел", f"{PLOT}\nАвтор: редакция", full=True),)
    )
    await newsroom.collect()
    assert (await stored(newsroom))[0].text == PLOT


@pytest.mark.parametrize(
    "hostile", ["javascript:alert(1)", "https://", "", "https://a.example/" + "x" * 5000]
)
async def test_an_entry_without_a_usable_address_is_left_out(newsroom, follow, hostile):
    """No digest could link to it."""
    await follow(a=Listing((Entry(hostile, "Өткел", PLOT, full=True), entry("a", 1))))
    assert (await newsroom.collect())["a"] == Collected("a", new=1)


async def test_hostile_texts_are_stored_as_what_they_say(newsroom, follow):
    """Controls, lone surrogates and nothing but blanks: no source fails by them."""
    entries = (
        Entry("https://a.example/1", "Өткел\x00 \ud83d «су» <b>", f"\u202e{PLOT}\ud800", full=True),
        Entry("https://a.example/2", "\x00", " \n\t ", full=True),
    )
    await follow(a=Listing(entries))
    assert (await newsroom.collect())["a"].new == 1
    (only,) = await stored(newsroom)
    assert only.title.encode()
    assert PLOT in only.text


async def test_a_hundred_sources_are_asked_in_one_pass(newsroom, follow):
    """More than are asked at the same time."""
    await follow(**{f"s{number}": listing(f"s{number}", number) for number in range(100)})
    reports = await newsroom.collect()
    assert totals(list(reports.values())) == Collected("", new=100)


async def test_a_reprint_is_read_once(newsroom, follow):
    """Its words are stored under another address, so its own is remembered as passed over."""
    original, reprint = entry("a", 1, full=False), entry("a", 2, full=False)
    newsroom.web.pages = {original.url: PLOT, reprint.url: PLOT}
    reprint = replace(reprint, title=original.title)
    await follow(a=Listing((original, reprint)))
    await newsroom.collect()
    await newsroom.collect(everything=True)
    assert newsroom.web.asked.count(reprint.url) == 1
