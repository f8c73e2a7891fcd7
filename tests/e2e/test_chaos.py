"""Bad nights in their short form: nobody misses a message, in order; `make chaos` has the long one."""

import pytest

from tests.e2e import nights
from tests.e2e.crowd import Crowd
from tests.e2e.night import Morning, Night, Size

SHORT = Size(readers=20, faults=2)

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    """The address of a database: SQLite makes it, PostgreSQL has it."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite+aiosqlite:///{tmp_path}/habarshy.db"


@pytest.fixture
async def crowd(api, url, tmp_path):
    """Processes on that database."""
    made = Crowd(tmp_path, api, HABARSHY_DATABASE_URL=url)
    made.follow()
    yield made
    await made.clear()


@pytest.mark.parametrize(
    ("url", "bad"),
    [
        *(("sqlite", bad) for bad in nights.PROCESSES),
        ("postgresql", nights.kills),
    ],
    indirect=["url"],
)
async def test_processes_that_end_lose_nothing(api, url, crowd, bad):
    """Killed, they double one part each at most; asked to stop, none."""
    morning = await bad(Night(api, url), crowd, SHORT)
    assert morning.is_good, morning


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_full_disk_loses_nothing(api, url, crowd):
    """What Telegram confirmed while nothing could be stored is stored later, and not sent again."""
    morning = await nights.full_disk(Night(api, url), crowd, Size(readers=20, faults=1))
    assert morning.is_good, morning


@pytest.mark.parametrize("bad", nights.WEATHER)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_bad_weather_loses_nothing(api, url, bad):
    """Doubles only where an answer was lost, and one for each such at most."""
    morning = await bad(Night(api, url), SHORT)
    assert morning.is_good, morning


def test_a_morning_tells_bad_from_good():
    """A double too many, a gap, a wrong order or an unsound store: none of them passes."""
    good = {"doubles": 1, "excused": 1, "missing": 0, "disordered": 0, "problems": ()}
    assert Morning("", 1, 2, 1, **good).is_good
    for bad in ({"doubles": 2}, {"missing": 1}, {"disordered": 1}, {"problems": ("row 7",)}):
        assert not Morning("", 1, 2, 1, **(good | bad)).is_good
