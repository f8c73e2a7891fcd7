"""A public Telegram channel by its web preview."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import SourceUnusable
from bot.domain.source import FetchState, Kind, Source
from bot.sources.channel import parse_channel
from bot.sources.preview import preview_url

URL = "https://t.me/s/tau_habary"
STORY = "Таулы ауданда жаңа көпір ашылды\nҚұрылыс екі жылға созылып, осы аптада аяқталды."


def post(number: int, text: str = STORY, *, kind: str = "", extra: str = "", views: str = "1.2K") -> str:
    """One message as the preview shows it."""
    words = text.replace("\n", "<br/>")
    return f"""<div class="tgme_widget_message_wrap js-widget_message_wrap">
<div class="tgme_widget_message text_not_supported_wrap js-widget_message {kind}"
 data-post="tau_habary/{number}">
<div class="tgme_widget_message_bubble">{extra}
<div class="tgme_widget_message_text js-message_text" dir="auto">{words}</div>
<div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">{views}</span>
<a class="tgme_widget_message_date" href="https://t.me/tau_habary/{number}">
<time datetime="2026-03-04T10:23:00+00:00" class="time">15:23</time></a></div></div></div></div>"""


def page(*posts: str) -> bytes:
    """A preview page."""
    head = '<html><head><meta property="og:title" content="Тау хабары"></head><body>'
    return (head + "".join(posts) + "</body></html>").encode()


def entries(*posts: str):
    """What a page of these posts lists."""
    return parse_channel(page(*posts), url=URL).entries


def test_a_post_is_a_whole_article():
    """Text, title, link, time, views and picture are read; nothing is left to fetch."""
    photo = '<a class="tgme_widget_message_photo_wrap" style="width:9px;background-image:url(\'https://cdn.example/a.jpg\')"></a>'
    (entry,) = entries(post(7, extra=photo))
    assert entry.title == "Таулы ауданда жаңа көпір ашылды"
    assert entry.text == "Құрылыс екі жылға созылып, осы аптада аяқталды."
    assert (entry.url, entry.full, entry.views) == ("https://t.me/tau_habary/7", True, 1200)
    assert entry.published == datetime(2026, 3, 4, 10, 23, tzinfo=UTC)
    assert entry.image == "https://cdn.example/a.jpg"
    assert parse_channel(page(post(7)), url=URL).title == "Тау хабары"


@pytest.mark.parametrize(
    "ad",
    [
        STORY + "\n#реклама",
        STORY + "\n#жарнама",
        "Реклама\n" + STORY,
        STORY + "\nООО «Тау», erid: 2Vtzqw",
        "На правах рекламы.\n" + STORY,
    ],
)
def test_paid_posts_are_dropped(ad):
    """What calls itself an advertisement is none of the news."""
    assert [entry.url[-1] for entry in entries(post(1), post(2, ad))] == ["1"]


def test_news_about_advertising_is_news():
    """The word alone does not make a post paid."""
    assert (
        len(
            entries(
                post(1, "Қалада реклама заңы өзгерді\nЖаңа ережелер келесі айда күшіне енеді, деді әкімдік.")
            )
        )
        == 1
    )


def test_service_posts_and_posts_without_words_are_dropped():
    """A changed photo, a pinned message, a lone picture or a greeting is no article."""
    silent = post(3).replace("js-message_text", "none")
    assert [
        entry.url[-1] for entry in entries(post(1, kind="service_message"), post(2), silent, post(4, "👍"))
    ] == ["2"]


def test_an_album_and_a_repeated_post_come_once():
    """One link is one article."""
    assert len(entries(post(5), post(5).replace('tau_habary/5"', 'tau_habary/5?single"'))) == 1


def test_a_reply_is_told_in_its_own_words():
    """The quoted message above a reply is not its text."""
    words = '<div class="tgme_widget_message_text js-message_reply_text">Ескі</div>'
    quoted = f'<a class="tgme_widget_message_reply">{words}</a>'
    (entry,) = entries(post(6, extra=quoted))
    assert "Ескі" not in entry.title + entry.text


def test_the_channels_signature_goes():
    """A last line that only invites is not the article's."""
    (entry,) = entries(post(8, STORY + "\n\n👉 Жазылыңыз: @tau_habary\nhttps://t.me/tau_habary"))
    assert entry.text == "Құрылыс екі жылға созылып, осы аптада аяқталды."


@pytest.mark.parametrize(
    ("shown", "views"), [("987", 987), ("12K", 12_000), ("1.5M", 1_500_000), ("x", None)]
)
def test_views_are_numbers(shown, views):
    """Thousands and millions are spelled out."""
    (entry,) = entries(post(9, views=shown))
    assert entry.views == views


def test_a_long_first_line_gives_its_first_sentence_as_the_title():
    """A post of one paragraph keeps all of it as text."""
    sentence = "Таулы ауданда жаңа көпір ашылды."
    (entry,) = entries(post(1, " ".join([sentence] * 9)))
    assert (entry.title, entry.text) == (sentence, " ".join([sentence] * 9))
    (endless,) = entries(post(2, "сөз " * 100))
    assert len(endless.title) <= 201


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://t.me/tau_habary", URL),
        ("https://t.me/s/tau_habary/", URL),
        ("https://telegram.me/tau_habary/15", URL),
        ("http://127.0.0.1:8000/s/tau_habary", "http://127.0.0.1:8000/s/tau_habary"),
    ],
)
def test_a_channel_is_asked_at_its_preview(given, asked):
    """Any of a channel's addresses leads to its preview; a mirror elsewhere is asked as it is."""
    assert preview_url(given) == asked


@pytest.mark.parametrize(
    "url", ["https://t.me/", "https://t.me/+AbCdEf", "https://t.me/joinchat/x", "https://t.me/a b"]
)
def test_an_address_without_a_public_name_is_refused(url):
    """Invite links name no public channel."""
    with pytest.raises(SourceUnusable):
        preview_url(url)


async def test_a_channel_is_read_over_http(site, reader):
    """The reader goes the same way for channels; a page without posts is refused with the reason."""
    site.put("/s/tau_habary", page(post(1), post(2, STORY + " Тағы бір сөйлем.")))
    listing = await reader.listing(Source("Тау", site.url("/s/tau_habary"), Kind.CHANNEL), FetchState())
    assert len(listing.entries) == 2
    site.put("/s/closed", page())
    with pytest.raises(SourceUnusable, match="public"):
        await reader.listing(Source("Тау", site.url("/s/closed"), Kind.CHANNEL), FetchState())
