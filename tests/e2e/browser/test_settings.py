"""The Mini App in a browser: what a reader taps is what the store then has."""

import json
from datetime import time
from urllib.parse import quote

import pytest
import pytest_asyncio

from bot.domain.subscriber import Chat, Weekly
from summarizer.topic import Topic
from tests.e2e.browser.conftest import silence

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def page(gallery):
    """A phone in which Telegram opens the Mini App."""
    context = await gallery.browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    await context.route("https://telegram.org/**", silence)
    yield await context.new_page()
    await context.close()


async def reader(gallery, number=1):
    """The reader as stored."""
    return await gallery.newsroom.subscribers.find(Chat(number))


async def test_a_tap_and_save_change_what_the_chat_knows(gallery, page):
    """Sport off, English as the bot's language: stored, said, and the page speaks English."""
    await page.goto(gallery.address + gallery.app(1))
    await page.get_by_label("Спорт").uncheck()
    await page.get_by_label("Бот сөйлейтін тіл").select_option("en")
    await page.get_by_role("button", name="Сақтау").click()
    await page.get_by_text("Saved.").wait_for()
    assert await page.evaluate("document.documentElement.lang") == "en"
    chosen = (await reader(gallery)).preferences
    assert chosen.languages == ("en", "kk")
    assert Topic.SPORT not in chosen.topics


async def test_hours_and_sources_show_what_they_need_and_are_stored(gallery, page):
    """Times are asked for only where they count; a source behind the fold is muted by a tap."""
    await page.goto(gallery.address + gallery.app(2))
    start, slot = page.get_by_label("Начало"), page.get_by_label("Время", exact=True)
    await start.fill("23:15")
    await page.get_by_label("Тихие часы").uncheck()
    assert not await start.is_visible()
    assert not await slot.is_visible()
    await page.get_by_label("Тихие часы").check()
    await page.get_by_role("combobox", name="День").select_option("Пятница")
    await slot.fill("19:30")
    await page.get_by_label("Расширенное").check()
    await page.get_by_text("Остальные источники").click()
    outlet = (await gallery.newsroom.desk.outlets.public())[0]
    await page.get_by_label(outlet, exact=True).check()
    await page.screenshot(path=gallery.folder / "settings-chosen.png", full_page=True)
    await page.get_by_role("button", name="Сохранить").click()
    await page.get_by_text("Сохранено.").wait_for()
    assert await page.get_by_label(outlet, exact=True).is_visible()
    chosen = (await reader(gallery, 2)).preferences
    assert chosen.quiet == (time(23, 15), time(7))
    assert chosen.weekly == Weekly(5, time(19, 30))
    assert (chosen.rich, chosen.muted_sources) == (True, {outlet})


async def test_a_pause_and_back(gallery, page):
    """A button pauses at once; another resumes."""
    await page.goto(gallery.address + gallery.app(2))
    await page.get_by_role("button", name="7 дней").click()
    await page.get_by_text("Дайджест приостановлен.").wait_for()
    assert (await reader(gallery, 2)).state == "paused"
    await page.get_by_role("button", name="Возобновить").click()
    await page.get_by_role("button", name="7 дней").wait_for()
    assert (await reader(gallery, 2)).state == "active"


async def test_telegrams_colours_are_worn_and_nothing_else_is(gallery, page):
    """Theme parameters become colours; a parameter that is none is ignored."""
    colours = quote(json.dumps({"bg_color": "#123456", "text_color": "red;}*{display:none"}))
    await page.goto(f"{gallery.address}{gallery.app(3)}&tgWebAppThemeParams={colours}")
    await page.wait_for_selector("fieldset")
    style = "name => getComputedStyle(document.querySelector('fieldset'))[name]"
    assert await page.evaluate(style, "backgroundColor") == "rgb(18, 52, 86)"
    assert await page.evaluate("document.documentElement.style.length") == 1


async def test_outside_telegram_the_page_says_where_to_go(gallery, page):
    """Without Telegram's word there is a note and no form; forged words get one, too."""
    await page.goto(f"{gallery.address}/app")
    assert await page.locator("form").count() == 0
    assert "/settings" in await page.inner_text("main")
    await page.goto("about:blank")
    async with page.expect_response("**/app/form") as answered:
        await page.goto(f"{gallery.address}/app#tgWebAppData=user%3D1%26hash%3D00")
    assert (await answered.value).status == 401
    assert await page.locator("form").count() == 0
