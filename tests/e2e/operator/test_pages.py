"""What the dashboard shows, and what can be done there."""

import re
from datetime import timedelta

from aiohttp import ClientSession

from bot.domain.delivery import PartState
from bot.newsroom.deliver import deliver
from summarizer.article import Because
from tests.e2e.operator.conftest import ADMIN, READER, SOURCES

SCRIPT = "<script>alert(1)</script>"


async def get(visitor, path: str) -> str:
    async with visitor.get(path) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.text()


async def test_the_overview_says_at_a_glance_that_all_is_well(operated, visitor, enter):
    """With numbers of articles, the queue and readers, in the administrator's language."""
    await operated.subscribe(READER, ADMIN)
    await operated.publish("Бюджет бекітілді", SOURCES[0])
    await enter()
    page = await get(visitor, "/operator")
    assert "Бәрі дұрыс" in page
    assert re.search(r"Соңғы екі сағатта</dt><dd>1<", page)
    assert re.search(r"Оқырмандар</dt><dd>2<", page)


async def test_the_overview_says_what_is_wrong_and_what_to_do(operated, visitor, enter):
    """A digest that waits for an hour."""
    (reader,) = await operated.subscribe(READER)
    await operated.post(reader, "a")
    operated.clock.at += timedelta(hours=1)
    await operated.subscribe(ADMIN)
    await enter()
    page = await get(visitor, "/operator")
    assert "Дайджест 60 минутқа кешігіп тұр" in page
    assert "SEND_RATE" in page


async def test_a_story_shows_why_its_articles_are_together(operated, visitor, enter):
    """The article that spoke loudest, the odds, and what both share; a headline is text, whatever it says."""
    story, first = await operated.publish(f"Бюджет {SCRIPT} бекітілді", SOURCES[0])
    why = Because(str(first), 2.75, {"likeness": 0.91, "figures_missing": 0.33})
    await operated.publish("Утверждён бюджет", SOURCES[1], story, lang="ru", because=why)
    await enter()
    page = await get(visitor, f"/operator/stories/{story}")
    assert "+2.8" in page
    assert "мағынасының ұқсастығы" in page
    assert "0.91" in page
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    listed = await get(visitor, "/operator/stories")
    assert f"/operator/stories/{story}" in listed


async def test_summaries_stand_beside_their_articles_with_the_guards_verdicts(operated, visitor, enter):
    """All of them, or only those with doubts."""
    await operated.publish("Көпір ашылды", SOURCES[0])
    await operated.publish("Мектеп салынды", SOURCES[0], rejected=("numbers", "names"))
    await enter()
    page = await get(visitor, "/operator/summaries")
    assert "Бұл туралы баспасөз қызметі хабарлады" in page
    assert "Көпір ашылды" in page
    doubted = await get(visitor, "/operator/summaries?doubted=1")
    assert "<li>numbers</li>" in doubted
    assert "Көпір ашылды" not in doubted


async def test_deliveries_are_counted_and_doubts_named(operated, visitor, enter):
    """Sent, failed with its reason, and how late."""
    reader, blocked = await operated.subscribe(READER, READER + 1)
    operated.api.fault("blocked", chat=READER + 1)
    for one in (reader, blocked):
        await operated.post(one, "<b>дайджест</b>")
    results = await deliver(operated.ports)
    assert results == {PartState.SENT: 1, PartState.FAILED: 1}
    await enter()
    page = await get(visitor, "/operator/deliveries")
    assert "bot was blocked by the user" in page
    assert str(READER) not in page


async def test_readers_are_counted_and_never_named(operated, visitor, enter):
    """By topic and by language; no chat's number stands on the page."""
    await operated.subscribe(READER, READER + 1, ADMIN)
    await enter()
    page = await get(visitor, "/operator/readers")
    assert "<b>3</b>" in page
    for chat in (READER, READER + 1, ADMIN):
        assert str(chat) not in page


async def test_a_source_is_paused_and_resumed_by_its_buttons(operated, visitor, enter):
    """What the catalogue's file says does not wake it; resumed it is due at once."""
    await enter()
    for verb, enabled in (("pause", False), ("resume", True)):
        page = await get(visitor, "/operator/sources")
        stamp = re.search(r'name="stamp" value="(\w+)"', page)[1]
        outlet = await operated.operation.control.outlets.find("құс жолы")
        path = f"/operator/sources/{outlet.id}/{verb}"
        async with visitor.post(path, data={"stamp": stamp}, allow_redirects=False) as answer:
            assert answer.headers["Location"] == f"/operator/sources#s{outlet.id}"
        await operated.newsroom.sources.follow(SOURCES)
        assert (await operated.operation.control.outlets.find(outlet.id)).enabled is enabled


async def test_a_probe_says_why_a_source_does_not_answer(operated, visitor, enter):
    """Nothing is stored, and private addresses stay closed to it."""
    await enter()
    page = await get(visitor, "/operator/sources")
    stamp = re.search(r'name="stamp" value="(\w+)"', page)[1]
    outlet = await operated.operation.control.outlets.find("Меридиан")
    async with visitor.post(f"/operator/sources/{outlet.id}/probe", data={"stamp": stamp}) as answer:
        page = await answer.text()
        assert answer.status == 200
    assert 'class="state bad"' in page
    assert (await operated.operation.control.outlets.find(outlet.id)).state == outlet.state


async def test_metrics_are_for_the_own_network_only(operated, visitor):
    """A scraper beside the bot reads them; who comes through a proxy finds nothing."""
    (reader,) = await operated.subscribe(READER)
    await operated.post(reader, "a")
    await deliver(operated.ports)
    page = await get(visitor, "/metrics")
    assert 'habarshy_deliver_attempts_total{outcome="sent"} 1.0' in page
    assert 'habarshy_outbox_parts{state="sent"} 1.0' in page
    assert 'habarshy_sources{health="new"} 2.0' in page
    assert 'habarshy_telegram_requests_total{method="sendMessage",result="ok"} 1.0' in page
    async with ClientSession() as stranger:
        headers = {"X-Forwarded-For": "10.0.0.7"}
        async with stranger.get(f"{operated.web}/metrics", headers=headers) as answer:
            assert answer.status == 404
