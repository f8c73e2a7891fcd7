"""Pages as people see them: at a phone's and a desk's width, light and dark."""

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe

from tests.e2e.browser.conftest import Look, silence

pytestmark = pytest.mark.asyncio(loop_scope="session")

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
#: WCAG 2.2 at AA, and what axe's makers advise beside it.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = {
    "digest": "/kk",
    "topic": "/ru/technology",
    "english": "/en",
    "story": "/kk/story/{story}",
    "lost": "/ru/nothing",
    "app": "{app}",
    "app outside Telegram": "/app",
}


@pytest_asyncio.fixture(
    loop_scope="session",
    params=[(width, scheme) for width in WIDTHS for scheme in ("light", "dark")],
    ids="-".join,
)
async def look(request, gallery):
    """A fresh browser at that width and in those colours."""
    name, scheme = request.param
    width, height = WIDTHS[name]
    context = await gallery.browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="ru-RU"
    )
    await context.route("https://telegram.org/**", silence)
    found = Look(await context.new_page())
    found.page.on("console", lambda message: found.heard.append(message.text))
    found.page.on("pageerror", lambda error: found.heard.append(str(error)))
    yield found
    await context.close()


async def inspect(gallery, look, name, request):
    """Nothing sideways, nothing in the console, no violation of axe's rules (contrast among them)."""
    shot = gallery.folder / f"{name}-{request.node.callspec.id}.png"
    await look.page.screenshot(path=shot, full_page=True)
    wider = await look.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0, f"{name} is {wider} px too wide: {shot}"
    found = await Axe().run(look.page, options=RULES)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    # The browser itself notes that an address was not found.
    assert [line for line in look.heard if name != "lost" or "404" not in line] == [], name
    look.heard.clear()


async def unfold(page):
    """The Mini App with all that it can show: each source, one of them muted, and the weekly's hour."""
    await page.click("summary")
    await page.check("details input >> nth=0")
    await page.select_option("select[name=weekly]", "5")


async def test_pages_fit_are_readable_and_run_without_a_complaint(gallery, look, request):
    """Every kind of public page, and the Mini App inside and outside Telegram."""
    for name, address in PAGES.items():
        path = address.format(story=gallery.story, app=gallery.app(1))
        await look.page.goto(gallery.address + path)
        if name == "app":
            await unfold(look.page)
        await inspect(gallery, look, name, request)


@pytest.mark.parametrize("look", [("desk", "light")], ids="-".join, indirect=True)
async def test_the_way_by_keyboard_begins_with_the_news(gallery, look):
    """The first Tab shows a link past the masthead; it is visible while it has the focus."""
    await look.page.goto(f"{gallery.address}/kk")
    await look.page.keyboard.press("Tab")
    skip = look.page.locator("a.skip")
    assert await skip.evaluate("link => link === document.activeElement")
    box = await skip.bounding_box()
    assert box
    assert box["x"] >= 0
    await look.page.keyboard.press("Enter")
    assert look.page.url.endswith("#news")
