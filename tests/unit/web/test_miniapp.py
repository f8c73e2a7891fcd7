"""A reader's own settings on the page inside Telegram."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import unescape
from io import BytesIO

import pytest

from bot.domain.subscriber import Breaking, Chat, Preferences, State
from summarizer.topic import Topic
from tests.newsstand import NOW, init_data

AIDA, BOLAT = 1001, 2002
#: What a form may hold that means nothing, and the word that is then named.
MEANINGLESS = [
    ({"zone": ["Нарния"]}, "Нарния"),
    ({"slots": ["25:00"]}, "25:00"),
    ({"slots": [f"{hour:02}:00" for hour in range(8)]}, "00:00 01:00"),
    ({"days": []}, "1, 2, 3"),
    ({"days": ["8"]}, "«8»"),
    ({"topics": ["weather"]}, "weather"),
    ({"languages": ["de"]}, "de"),
    ({"breaking": ["<script>"]}, "&lt;script&gt;"),
    ({"muted": ["а" * 100]}, "а" * 60),
]


@pytest.fixture
async def readers(stand):
    """Two readers, with different wishes."""
    join = stand.newsroom.subscribers.join
    await join(Chat(AIDA), Preferences(("kk", "ru"), muted=("екі сөз", "!газ")), NOW)
    await join(Chat(BOLAT), Preferences(("en",)), NOW)


async def stored(stand, reader=AIDA):
    """The reader as the store has them."""
    return await stand.newsroom.subscribers.find(Chat(reader))


async def ask(web, what, fields=(), *, data=None, status=200):
    """The fragment that comes back."""
    given = init_data(AIDA) if data is None else data
    headers = {"Authorization": f"tma {given}", "Accept-Language": "en"}
    async with web.post(f"/app/{what}", data=list(fields), headers=headers) as answer:
        page = await answer.text()
        assert answer.status == status, page
        assert answer.headers["Cache-Control"] == "no-store"
        return page


def filled(page):
    """A form's fields as a browser would send them."""
    form = page[page.index("<form") : page.index("</form>")]
    fields = []
    for tag in re.findall(r"<(?:input|option)[^>]*>", form):
        found = dict(re.findall(r'(name|value|type)="([^"]*)"', tag))
        chosen = " checked" in tag or " selected" in tag
        if chosen or found.get("type") not in {"checkbox", "radio"}:
            name = found.get("name") or ("interface" if chosen else "")
            fields += [(name, unescape(found.get("value", "")))] if name else []
    return fields


def changed(fields, **wishes):
    """The fields with these names' values replaced."""
    kept = [(name, value) for name, value in fields if name not in wishes]
    return kept + [(name, value) for name, values in wishes.items() for value in values]


async def test_the_form_shows_what_is_stored(readers, web):
    """In the reader's language, with their ticks; a phrase in its quotation marks."""
    page = await ask(web, "form")
    assert '<h1 lang="kk">Баптаулар</h1>' in page
    fields = filled(page)
    assert [value for name, value in fields if name == "languages"] == ["kk", "ru"]
    assert len([value for name, value in fields if name == "topics"]) == 12
    assert ("muted", '"екі сөз" !газ') in fields
    assert ("interface", "kk") in fields


async def test_saving_what_was_shown_changes_nothing(stand, readers, web):
    """The form says everything that it would store."""
    before = await stored(stand)
    page = await ask(web, "settings", filled(await ask(web, "form")))
    assert "Сақталды." in page
    assert (await stored(stand)).preferences == before.preferences


async def test_what_is_chosen_is_what_the_chat_has(stand, readers, web):
    """Every field is stored, the next digest is planned anew, and what the form does not ask stays."""
    untouched = await stored(stand)
    await stand.newsroom.subscribers.change(
        replace(untouched, preferences=replace(untouched.preferences, rich=True))
    )
    wishes = {
        "interface": ["ru"],
        "languages": ["en", "ru"],
        "topics": ["sport", "world"],
        "slots": ["08:30", "", "20:00"],
        "days": ["6", "7"],
        "zone": ["Берлин"],
        "muted": [""],
        "followed": ['жылу "су тасқыны"'],
        "breaking": ["off"],
    }
    page = await ask(web, "settings", changed(filled(await ask(web, "form")), **wishes))
    assert "Сохранено." in page
    reader = await stored(stand)
    assert reader.preferences == Preferences(
        languages=("ru", "en"),
        topics=frozenset({Topic.SPORT, Topic.WORLD}),
        slots=(time(8, 30), time(20)),
        days=frozenset({6, 7}),
        zone="Europe/Berlin",
        muted=(),
        followed=("жылу", "су тасқыны"),
        breaking=Breaking.OFF,
        rich=True,
    )
    assert reader.next_at == datetime(2026, 11, 22, 19, tzinfo=UTC)
    assert (await stored(stand, BOLAT)).preferences == Preferences(("en",))


async def test_what_means_nothing_changes_nothing(stand, readers, web):
    """The reader is told which word, as in the chat; the form stands as it is stored."""
    before = await stored(stand)
    for wish, word in MEANINGLESS:
        page = await ask(web, "settings", changed(filled(await ask(web, "form")), **wish), status=422)
        assert word in page
        assert await stored(stand) == before


async def test_a_form_older_than_the_settings_does_not_win(stand, readers, web):
    """What was changed in the chat meanwhile is shown, not overwritten."""
    fields = filled(await ask(web, "form"))
    reader = await stored(stand)
    meanwhile = replace(reader, preferences=replace(reader.preferences, zone="Asia/Tokyo"))
    await stand.newsroom.subscribers.change(meanwhile)
    page = await ask(web, "settings", fields)
    assert "өзгеріпті" in page
    assert (await stored(stand)).preferences.zone == "Asia/Tokyo"


async def test_a_pause_is_the_chats_pause(stand, readers, web):
    """For some days, without an end, and back."""
    await ask(web, "pause", [("days", "7")])
    reader = await stored(stand)
    assert (reader.state, reader.next_at) == (State.PAUSED, NOW + timedelta(days=7))
    assert "Дайджест тоқтап тұр." in await ask(web, "form")
    await ask(web, "pause", [("days", "")])
    assert (await stored(stand)).next_at is None
    await ask(web, "resume")
    assert (await stored(stand)).state is State.ACTIVE
    await ask(web, "pause", [("days", "9999")], status=422)


async def test_whom_telegram_does_not_vouch_for_sees_and_changes_nothing(stand, readers, web):
    """Forged data, another bot's, another reader's id: 401 and a friendly note on each way in."""
    before = [await stored(stand, reader) for reader in (AIDA, BOLAT)]
    another = init_data(AIDA).replace(str(AIDA), str(BOLAT))
    for data in ("", "hash=0", init_data(AIDA, token="43:OTHER"), another):
        for what in ("form", "settings", "pause", "resume"):
            page = await ask(web, what, [("days", "7")], data=data, status=401)
            assert "/settings" in page
            assert "<form" not in page
    assert [await stored(stand, reader) for reader in (AIDA, BOLAT)] == before


async def test_a_page_left_open_for_long_asks_to_be_opened_again(readers, web):
    """Six hours and a second."""
    data = init_data(AIDA, NOW - timedelta(hours=6, seconds=1))
    assert "opened too long ago" in await ask(web, "form", data=data, status=401)


async def test_who_has_not_subscribed_is_shown_the_way(stand, readers, web):
    """A stranger, and a reader who is gone (or banned), can't change anything here."""
    assert "/start" in await ask(web, "form", data=init_data(3003), status=404)
    await stand.newsroom.subscribers.change(replace(await stored(stand), state=State.GONE))
    assert "/start" in await ask(web, "resume", status=404)
    assert (await stored(stand)).state is State.GONE


async def test_another_readers_id_in_the_form_is_nobodys(stand, readers, web):
    """Whose settings they are is what Telegram says; fields that are not asked for are ignored."""
    before = await stored(stand, BOLAT)
    fields = filled(await ask(web, "form"))
    await ask(web, "settings", [*fields, ("id", str(BOLAT)), ("user", str(BOLAT)), ("chat", str(BOLAT))])
    assert await stored(stand, BOLAT) == before


async def test_ten_thousand_fields_and_broken_bytes_are_refused(readers, web):
    """A body that is no form of ours is answered 400."""
    await ask(web, "settings", [(f"n{number}", "1") for number in range(10_000)], status=400)
    headers = {"Authorization": f"tma {init_data(AIDA)}"}
    async with web.post("/app/settings", data=b"\xff\xfe=\x80", headers=headers) as answer:
        assert answer.status == 400
    async with web.post("/app/settings", data=BytesIO(b"a" * 2_000_000), headers=headers) as answer:
        assert answer.status == 413


async def test_the_page_runs_our_script_and_telegrams_and_no_other(web):
    """Its policy allows exactly those, in Telegram's frames; without Telegram the page says where to go."""
    async with web.get("/app", headers={"Accept-Language": "ru"}) as answer:
        page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"] == "'self' https://telegram.org"
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert "https://web.telegram.org" in rules["frame-ancestors"]
    assert re.findall(r'<script src="([^"]+)"', page)[1] == "https://telegram.org/js/telegram-web-app.js"
    assert "откр" in page
