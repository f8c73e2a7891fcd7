"""A digest as messages: what Telegram shows, by its own text rules."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.render import as_text, messages, render
from bot.domain.digest import Digest, Item
from bot.domain.story import Change, Publisher
from summarizer.topic import Topic
from tests.e2e.oracle import shown

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
HOSTILE = "a <b>bold</b> & \"quotes\" 'apostrophes' </a> *x* _y_ ||z|| `c` [t](u) 🧑‍🚀 &amp; &lt; <"


def item(headline="Headline", summary="Summary.", url="https://outlet.example/1", **more):
    """A story as picking gives it."""
    publishers = more.pop("publishers", (Publisher("Outlet", url, "en"),))
    fields = {"story": 1, "topic": Topic.ECONOMY, "lang": "en", "published": NOW} | more
    return Item(headline=headline, summary=summary, url=url, publishers=publishers, **fields)


def digest(*items):
    """An edition of 22 November 2026, 09:00 in Almaty."""
    return Digest(NOW, NOW, ("en",), frozenset(Topic), items)


@pytest.mark.parametrize(
    ("lang", "header"),
    [
        ("kk", "🗞 Хабаршы · 2026 ж. 22 қараша, жексенбі"),
        ("ru", "🗞 Хабаршы · воскресенье, 22 ноября 2026 г."),
        ("en", "🗞 Habarshy · Sunday, 22 November 2026"),
    ],
)
def test_the_first_part_begins_with_the_local_date_in_the_readers_language(lang, header):
    """The header is the date where the reader lives, as their newspapers print it."""
    assert shown(render(digest(item()), lang, "Asia/Almaty")[0], "HTML").text.startswith(header)


def test_the_date_is_the_readers_not_the_servers():
    """At 04:00 UTC it is still the day before in New York."""
    assert "21 November" in render(digest(item()), "en", "America/New_York")[0]


def test_a_story_is_a_bold_linked_headline_a_summary_its_publishers_and_the_local_time():
    """The message shows all of it, under its topic."""
    outlets = (
        Publisher("One", "https://one.example/a", "en"),
        Publisher("Two", "https://two.example/b", "ru"),
    )
    (part,) = render(digest(item(publishers=outlets, url="https://one.example/a")), "en", "Asia/Almaty")
    seen = shown(part, "HTML")
    assert seen.text.splitlines()[2:] == ["📈 Economy", "Headline", "Summary.", "One, Two · 09:00"]
    assert seen.links == ["https://one.example/a", "https://one.example/a", "https://two.example/b"]
    assert [kind for kind, *_ in seen.entities].count("Bold") == 3


def test_hostile_titles_arrive_literally():
    """Markup, entities, Markdown marks and emoji in a title are text."""
    (part,) = render(digest(item(headline=HOSTILE, summary=HOSTILE)), "kk", "Asia/Almaty")
    assert shown(part, "HTML").text.count(HOSTILE) == 2


def test_control_characters_become_spaces_and_never_break_a_message():
    """Bells, nulls, line breaks, direction overrides and half surrogates leave readable text."""
    (part,) = render(digest(item(headline="a\x07b\x00c\nd\u202ee\ud800f")), "kk", "Asia/Almaty")
    assert "a b c def\n" in shown(part, "HTML").text


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "/relative", "https://", "http://[broken", "", "https://x.example/" + "a" * 9000],
)
def test_an_address_that_can_be_no_link_leaves_the_headline_readable(url):
    """The story stays, without a link."""
    seen = shown(render(digest(item(url=url)), "en", "Asia/Almaty")[0], "HTML")
    assert "Headline" in seen.text
    assert seen.links == []


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ('https://x.example/a"onclick="b', "https://x.example/a%22onclick=%22b"),
        ("https://x.example/?a=1&b=2&amp=3", "https://x.example/?a=1&b=2&amp=3"),
        (
            "https://x.example/әлем жаңалығы",
            "https://x.example/%D3%99%D0%BB%D0%B5%D0%BC%20%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%93%D1%8B",
        ),
        ("https://x.example/%D3%99", "https://x.example/%D3%99"),
        ("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/a"),
    ],
)
def test_addresses_arrive_as_they_are(url, sent):
    """What the reader opens is the article's address, whatever characters it holds."""
    assert shown(render(digest(item(url=url)), "en", "Asia/Almaty")[0], "HTML").links[0] == sent


def test_a_long_digest_is_split_between_stories_and_keeps_their_order():
    """No story is cut, every part names its topic first, and headlines follow each other."""
    stories = [
        item(f"Headline {n:02}", "Summary. " * 50, topic=list(Topic)[n // 8], url=f"https://x.example/{n}")
        for n in range(40)
    ]
    parts = [shown(part, "HTML") for part in render(digest(*stories), "en", "Asia/Almaty")]
    assert len(parts) > 1
    text = "\n".join(part.text for part in parts)
    assert [text.index(f"Headline {n:02}") for n in range(40)] == sorted(
        text.index(f"Headline {n:02}") for n in range(40)
    )
    assert text.count("Outlet · 09:00") == 40
    assert all(part.entities[0][0] == "Bold" for part in parts)
    assert not any(part.text.startswith("Headline") for part in parts)


def test_a_topics_further_stories_are_folded():
    """Three stand open; the fourth and fifth show their headline, linked, and unfold at a tap."""
    stories = [item(f"Headline {n}", url=f"https://x.example/{n}") for n in range(5)]
    seen = shown(render(digest(*stories), "en", "UTC")[0], "HTML")
    folds = [(start, length) for kind, start, length, _ in seen.entities if kind == "ExpandableBlockQuote"]
    text = seen.text.encode("utf-16-le")
    quotes = [text[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length in folds]
    assert [quote.splitlines()[0] for quote in quotes] == ["Headline 3", "Headline 4"]
    assert "https://x.example/4" in seen.links


def test_many_publishers_are_named_up_to_five():
    """The rest is a number: links are what a message has few of."""
    outlets = tuple(Publisher(f"Outlet {n}", f"https://x.example/{n}", "en") for n in range(9))
    assert "Outlet 4, 4 more" in shown(render(digest(item(publishers=outlets)), "en", "UTC")[0], "HTML").text


def test_an_empty_digest_is_no_message():
    """Nothing to tell, nothing sent."""
    assert render(digest(), "kk", "Asia/Almaty") == []


def test_plain_text_names_each_address():
    """On a terminal the address stands under its headline."""
    text = as_text(digest(item(headline="A < B & C")), "en", "Asia/Almaty")
    assert "A < B & C\nhttps://outlet.example/1\nSummary." in text


texts = st.text(max_size=700)
addresses = st.one_of(texts, st.builds("https://x.example/{}".format, texts))
items = st.builds(
    item,
    headline=texts,
    summary=texts,
    url=addresses,
    topic=st.sampled_from(Topic),
    publishers=st.lists(st.builds(Publisher, texts, addresses, st.just("en")), min_size=1, max_size=8).map(
        tuple
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(items, min_size=1, max_size=30))
def test_whatever_sources_write_every_part_is_a_message(stories):
    """Telegram's own rules accept each part: 4096 code points, 32,768 bytes, 100 entities, no open tag."""
    for part in render(digest(*stories), "kk", "Asia/Almaty"):
        shown(part, "HTML")


def test_a_changed_story_is_marked_as_an_update():
    """A reader sees at once that the story is known and what is new."""
    (part,) = render(digest(item(change=Change.NEWS, headline="Өзен арнасынан асты")), "kk", "Asia/Almaty")
    assert "🔄 Жаңа дерек: Өзен арнасынан асты" in shown(part, "HTML").text


def _changed(number, change=Change.NEWS):
    return item(f"Grown {number}", "What is new.", story=number, change=change)


def test_each_message_knows_its_stories():
    """So that what is told later can answer the message that told it first."""
    stories = [item(f"Headline {number}", "Long summary. " * 40, story=number) for number in range(1, 16)]
    found = messages(digest(*stories), "en", "Asia/Almaty")
    assert len(found) > 1
    assert [story for message in found for story in message.stories] == list(range(1, 16))
    assert all(f"Headline {story}<" in message.html for message in found for story in message.stories)


def test_what_tells_more_of_a_story_is_a_message_of_its_own():
    """After the news, without a second header; it follows its story, and says what is new."""
    first, second = messages(digest(_changed(1), item(story=2)), "en", "Asia/Almaty")
    assert (first.stories, first.follows) == ((2,), None)
    assert (second.stories, second.follows) == ((1,), 1)
    assert shown(second.html, "HTML").text.splitlines()[:3] == [
        "📈 Economy",
        "🔄 Update: Grown 1",
        "What is new.",
    ]


def test_with_nothing_else_to_tell_the_first_such_message_has_the_header():
    """A digest always begins with its date."""
    first, second = messages(digest(_changed(1), _changed(2)), "en", "Asia/Almaty")
    assert first.html.startswith("<b>🗞 Habarshy")
    assert (first.follows, second.follows) == (1, 2)
    assert "Habarshy" not in second.html


def test_only_a_few_have_messages_of_their_own():
    """A storm of updates is no storm of messages."""
    found = messages(digest(*(_changed(number) for number in range(1, 9))), "en", "Asia/Almaty")
    assert [message.follows for message in found] == [None, 1, 2, 3]
    assert found[0].stories == (4, 5, 6, 7, 8)


def test_an_empty_digest_has_no_messages():
    """Not even a header."""
    assert messages(digest(), "en", "Asia/Almaty") == []
