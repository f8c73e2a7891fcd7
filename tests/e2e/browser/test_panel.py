"""The dashboard as an administrator sees it, at a phone's and a desk's width, light and dark."""

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe

from bot.web.operator.session import COOKIE
from dev.panel import dashboard
from tests.e2e.browser.conftest import Look
from tests.e2e.browser.test_looks import RULES, WIDTHS

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = {
    "overview": "",
    "sources": "/sources",
    "stories": "/stories",
    "why": "/stories/{story}",
    "summaries": "/summaries",
    "deliveries": "/deliveries",
    "readers": "/readers",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def panel(gallery):
    """The dashboard's address and a session."""
    async with dashboard(gallery.newsroom) as found:
        yield found


@pytest_asyncio.fixture(
    loop_scope="session",
    params=[("phone", "light", "kk-KZ"), ("desk", "dark", "ru-RU")],
    ids="-".join,
)
async def look(request, gallery, panel):
    """A browser with a session, at that width, in those colours and that language."""
    name, scheme, locale = request.param
    width, height = WIDTHS[name]
    address, session = panel
    context = await gallery.browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale
    )
    await context.add_cookies([{"name": COOKIE, "value": session, "url": f"{address}/operator"}])
    found = Look(await context.new_page())
    found.page.on("console", lambda message: found.heard.append(message.text))
    found.page.on("pageerror", lambda error: found.heard.append(str(error)))
    yield found
    await context.close()


async def test_the_dashboard_fits_is_readable_and_runs_without_a_complaint(gallery, panel, look, request):
    """No sideways scrolling, nothing in the console, no violation of axe's rules."""
    for name, path in PAGES.items():
        await look.page.goto(f"{panel[0]}/operator{path.format(story=gallery.story)}")
        shot = gallery.folder / f"panel-{name}-{request.node.callspec.id}.png"
        await look.page.screenshot(path=shot, full_page=True)
        wider = await look.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"{name} is {wider} px too wide: {shot}"
        found = await Axe().run(look.page, options=RULES)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert look.heard == [], name


async def test_the_door_looks_as_good(gallery, panel):
    """Closed, and with its button."""
    context = await gallery.browser.new_context(viewport={"width": 390, "height": 844}, locale="kk-KZ")
    page = await context.new_page()
    for path in ("", "/login?pass=x"):
        await page.goto(f"{panel[0]}/operator{path}")
        await page.screenshot(path=gallery.folder / "panel-closed.png")
        assert "/admin" in await page.inner_text("main")
        assert (await Axe().run(page, options=RULES)).violations_count == 0
    await context.close()
