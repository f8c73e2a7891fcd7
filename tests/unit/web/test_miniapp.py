"""A reader's own settings on the page inside Telegram."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from html import unescape
from io import BytesIO

import pytest

from bot.chat.overview import settings
from bot.domain.subscriber import Breaking, Chat, Preferences, State, Weekly
from bot.domain.timing import DEFAULT_WEEKLY
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
    ({"quiet": ["on"], "quiet_from": ["07:00"], "quiet_until": ["07:00"]}, "07:00-07:00"),
    ({"quiet": ["on"], "quiet_from": [""]}, "22:00-07:00, 23-8, off"),
    ({"weekly": ["8"]}, "«8»"),
    ({"weekly": []}, "off, 1, 2"),
    ({"weekly": ["1"], "weekly_time": ["18:00 19:00"]}, "18:00 19:00"),
    ({"layout": ["<b>"]}, "&lt;b&gt;"),
    ({"muted_sources": ["Меридиан", "Нарния"]}, "«Нарния»"),
]


@pytest.fixture
async def readers(stand):
    """Two readers, with different wishes, and two sources that anybody hears."""
    for outlet in ("Меридиан", "Таңшолпан"):
        await stand.tell("Жаңа мектеп", outlet=outlet)
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
    fields, list_name = [], ""
    for tag in re.findall(r"<(?:input|select|option)[^>]*>", form):
        found = dict(re.findall(r'(name|value|type)="([^"]*)"', tag))
        if tag.startswith("<select"):
            list_name = found["name"]
            continue
        optional = tag.startswith("<option") or found.get("type") in {"checkbox", "radio"}
        if not optional or " checked" in tag or " selected" in tag:
            fields.append((found.get("name", list_name), unescape(found.get("value", ""))))
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
    """Every field is stored, and the next digest is planned anew; another reader's settings stay."""
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
        "quiet": ["on"],
        "quiet_from": ["23:30"],
        "quiet_until": ["06:15"],
        "weekly": ["5"],
        "weekly_time": ["19:00"],
        "layout": ["rich"],
        "muted_sources": ["Меридиан"],
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
        quiet=(time(23, 30), time(6, 15)),
        weekly=Weekly(5, time(19)),
        rich=True,
        muted_sources=frozenset({"Меридиан"}),
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


async def test_the_chat_shows_what_was_chosen_here(stand, readers, web):
    """Its overview names the quiet hours, the weekly, the layout and the muted source."""
    wishes = {
        "quiet_from": ["00:00"],
        "weekly": ["6"],
        "weekly_time": ["10:30"],
        "layout": ["rich"],
        "muted_sources": ["Таңшолпан"],
    }
    await ask(web, "settings", changed(filled(await ask(web, "form")), **wishes))
    overview = settings(await stored(stand)).text
    assert "Тыныш уақыт: 00:00–07:00" in overview
    assert "Апталық шолу: сенбі, 10:30" in overview
    assert "Көрінісі: кеңейтілген" in overview
    assert "Өшірілген дереккөздер: Таңшолпан" in overview


async def test_quiet_hours_and_the_weekly_can_be_switched_off_and_on_again(stand, readers, web):
    """Off is none at all; who switches them on again begins with the chat's own defaults."""
    off = {"quiet": [], "weekly": ["off"]}
    page = await ask(web, "settings", changed(filled(await ask(web, "form")), **off))
    have = (await stored(stand)).preferences
    assert (have.quiet, have.weekly) == (None, None)
    await ask(web, "settings", changed(filled(page), quiet=["on"], weekly=["7"]))
    have = (await stored(stand)).preferences
    assert (have.quiet, have.weekly) == (Preferences().quiet, DEFAULT_WEEKLY)


async def test_a_muted_source_that_is_gone_can_still_be_taken_off(stand, readers, web):
    """It stands among the muted; a source that came after the form was opened is heard."""
    reader = await stored(stand)
    gone = replace(reader.preferences, muted_sources=frozenset({"Бұрынғы <газет>"}))
    await stand.newsroom.subscribers.change(replace(reader, preferences=gone))
    page = await ask(web, "form")
    assert "<span>Бұрынғы &lt;газет&gt;</span>" in page
    await stand.tell("Жаңа мектеп", outlet="Кейінгі")
    page = await ask(web, "settings", changed(filled(page), muted_sources=["Бұрынғы <газет>", "Меридиан"]))
    assert (await stored(stand)).preferences.muted_sources == {"Бұрынғы <газет>", "Меридиан"}
    page = await ask(web, "settings", changed(filled(page), muted_sources=[]))
    assert (await stored(stand)).preferences.muted_sources == frozenset()
    assert "Бұрынғы" not in page


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"zone": "Asia/Tokyo"},
        {"quiet": None},
        {"weekly": Weekly(3, time(12))},
        {"rich": True},
        {"muted_sources": frozenset({"Меридиан"})},
    ],
    ids=lambda chosen: next(iter(chosen)),
)
async def test_a_form_older_than_the_settings_does_not_win(stand, readers, web, meanwhile):
    """What was changed in the chat meanwhile is shown, not overwritten."""
    fields = filled(await ask(web, "form"))
    reader = await stored(stand)
    later = replace(reader, preferences=replace(reader.preferences, **meanwhile))
    await stand.newsroom.subscribers.change(later)
    page = await ask(web, "settings", changed(fields, topics=["sport"]))
    assert "өзгеріпті" in page
    assert (await stored(stand)).preferences == later.preferences
    await ask(web, "settings", filled(page))
    assert (await stored(stand)).preferences == later.preferences


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
