"""Who gets into the dashboard, and who does not."""

import re
from datetime import timedelta

from bot.newsroom.control import LINK
from bot.web.operator.doorkeeper import SESSION, Doorkeeper
from tests.e2e.operator.conftest import ADMIN, READER

STRANGE = (
    "/operator/stories/99999999999999999999999",
    "/operator/stories/1",
    "/operator/stories?page=99999999999999",
    "/operator/stories?page=-1%00",
    "/operator/sources/1/probe",
    "/operator/login?pass=%0d%0aSet-Cookie:x=1",
    "/operator/..%2f..%2fetc/passwd",
    "/operator/stories?" + "&".join(f"a{n}=1" for n in range(300)),
)
PAGES = ("", "/sources", "/stories", "/summaries", "/deliveries", "/readers")


async def get(visitor, path: str, **more) -> tuple[int, str]:
    async with visitor.get(path, allow_redirects=False, **more) as answer:
        return answer.status, await answer.text()


async def test_a_link_opens_once(operated, visitor, link):
    """Looking at it uses nothing up; the button opens; a second time it is closed."""
    path = await link()
    for _ in range(2):
        assert (await get(visitor, path))[0] == 200
    token = path.partition("pass=")[2]
    async with visitor.post("/operator/login", data={"pass": token}, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/operator")
        cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/operator" in cookie
    assert (await get(visitor, "/operator"))[0] == 200
    visitor.cookie_jar.clear()
    async with visitor.post("/operator/login", data={"pass": token}, allow_redirects=False) as answer:
        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers


async def test_nobody_sees_a_page_without_a_session(operated, visitor):
    """Nor with a cookie they made up; what they see tells nothing."""
    for page in PAGES:
        for cookies in ({}, {"habarshy_operator": "x" * 43}, {"habarshy_operator": "x" * 5000}):
            status, text = await get(visitor, f"/operator{page}", cookies=cookies)
            assert status in {400, 403, 431}
            assert "Құс жолы" not in text


async def test_forged_links_are_refused(operated, visitor, link):
    """Another signature, another bot's key, nothing, rubbish."""
    token = (await link()).partition("pass=")[2]
    other = Doorkeeper(operated.operation.doorkeeper._passes, (ADMIN,), "1:other", operated.clock, "")
    forged = (await other.invite(ADMIN)).partition("pass=")[2]
    for wrong in (token[:-2] + "xx", forged, "", "x" * 3000, "\x00", token.partition(".")[0]):
        async with visitor.post("/operator/login", data={"pass": wrong}, allow_redirects=False) as answer:
            assert answer.status == 403
        assert (await get(visitor, "/operator/login", params={"pass": wrong}))[0] in {403, 414}


async def test_an_old_link_is_refused(operated, visitor, link):
    """After ten minutes."""
    token = (await link()).partition("pass=")[2]
    operated.clock.at += LINK + timedelta(seconds=1)
    async with visitor.post("/operator/login", data={"pass": token}, allow_redirects=False) as answer:
        assert answer.status == 403


async def test_a_session_ends(operated, visitor, enter):
    """After its time."""
    await enter()
    assert (await get(visitor, "/operator"))[0] == 200
    operated.clock.at += SESSION + timedelta(seconds=1)
    assert (await get(visitor, "/operator"))[0] == 403


async def test_a_session_ends_with_the_place_in_admins(operated, visitor, enter):
    """Another process with other ADMINS knows the cookie and refuses it."""
    await enter()
    session = next(iter(visitor.cookie_jar)).value
    keeper = operated.operation.doorkeeper
    assert await keeper.admitted(session) == ADMIN
    without = Doorkeeper(keeper._passes, (READER,), "42:e2e-token", operated.clock, "")
    assert await without.admitted(session) is None


async def test_a_link_of_who_is_no_administrator_any_more_is_refused(operated):
    """It was sent before the setting changed."""
    keeper = operated.operation.doorkeeper
    token = (await keeper.invite(ADMIN)).partition("pass=")[2]
    without = Doorkeeper(keeper._passes, (READER,), "42:e2e-token", operated.clock, "")
    assert without.is_signed(token)
    assert await without.enter(token) is None


async def test_logging_out_ends_the_session_on_the_server(operated, visitor, enter):
    """The old cookie opens nothing."""
    await enter()
    session = next(iter(visitor.cookie_jar)).value
    _, page = await get(visitor, "/operator")
    stamp = re.search(r'name="stamp" value="(\w+)"', page)[1]
    async with visitor.post("/operator/logout", data={"stamp": stamp}, allow_redirects=False) as answer:
        assert answer.status == 303
    assert (await get(visitor, "/operator", cookies={"habarshy_operator": session}))[0] == 403


async def test_a_form_of_another_site_changes_nothing(operated, visitor, enter):
    """Each form carries the session's stamp, and the browser says where it comes from."""
    await enter()
    _, page = await get(visitor, "/operator/sources")
    stamp = re.search(r'name="stamp" value="(\w+)"', page)[1]
    outlet = (await operated.operation.control.outlets.listed())[0]
    path = f"/operator/sources/{outlet.id}/pause"
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for data, headers in (
        ({}, {}),
        ({"stamp": "0" * 64}, {}),
        ({"stamp": "қате"}, {}),
        ({"stamp": stamp}, foreign),
    ):
        async with visitor.post(path, data=data, headers=headers, allow_redirects=False) as answer:
            assert answer.status == 403
    assert (await operated.operation.control.outlets.find(outlet.id)).enabled


async def test_one_sessions_stamp_is_no_good_in_another(operated, visitor, enter):
    """It is made from the session's secret."""
    await enter()
    first = operated.operation.doorkeeper.stamp(next(iter(visitor.cookie_jar)).value)
    visitor.cookie_jar.clear()
    await enter()
    async with visitor.post("/operator/logout", data={"stamp": first}, allow_redirects=False) as answer:
        assert answer.status == 403


async def test_answers_are_kept_by_nobody(operated, visitor, enter):
    """No cache, no frame, no script, no address told to other sites."""
    await enter()
    async with visitor.get("/operator") as answer:
        headers = answer.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]


async def test_strange_addresses_are_no_trouble(operated, visitor, enter):
    """They are not found, refused, or shown as if they said nothing; never a failure."""
    await enter()
    for path in STRANGE:
        async with visitor.get(path, allow_redirects=False) as answer:
            assert answer.status in {200, 403, 404, 405, 414}, path
            assert "x" not in answer.cookies
