"""Administrators hear of a trouble once, in their language, with what to do; a restart repeats nothing."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.watch import FLICKER, Habit, Kind, Trouble, Vitals, changes
from bot.newsroom.watch import Watching, report, watch
from bot.store.troubles import TroubleStore

NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)
WELL = Vitals()
FULL = replace(WELL, disk=1 << 20)
ADMINS = (7001, 7002)


@dataclass
class Phone:
    """Satisfies newsroom.watch.Pager."""

    told: list[tuple[int, str]] = field(default_factory=list)
    reachable: bool = True

    async def lang(self, admin: int) -> str:
        """One of them chose Russian."""
        return "ru" if admin == ADMINS[1] else "kk"

    async def tell(self, admin: int, text: str) -> bool:
        """Keep it, where they can be reached."""
        if self.reachable:
            self.told.append((admin, text))
        return self.reachable


@pytest.fixture
def pager() -> Phone:
    """The administrators' phones."""
    return Phone()


@pytest.fixture
def look(newsroom, pager):
    """Looks at given vitals, as a process that has just started would: it knows what the store knows."""

    async def once(vitals: Vitals, now: datetime = NOON) -> int:
        async def taken(_: datetime) -> Vitals:
            return vitals

        memory = TroubleStore(newsroom.database)
        ports = Watching(taken, memory, pager, ADMINS, "Asia/Almaty", NOON - timedelta(days=1))
        return await watch(ports, now)

    return once


async def test_a_trouble_is_told_once_to_each_in_their_language(look, pager):
    """What is wrong and what to do; the next look, after a restart, says nothing."""
    assert await look(FULL) == 1
    assert [admin for admin, _ in pager.told] == list(ADMINS)
    assert "Дискіде 1 МБ қана қалды" in pager.told[0][1]
    assert "освободите место" in pager.told[1][1]
    assert await look(FULL, NOON + timedelta(minutes=2)) == 1
    assert len(pager.told) == 2


async def test_well_again_is_told_once_too(look, pager):
    """An hour after it was; then it is forgotten, and the next one is told."""
    await look(FULL)
    pager.told.clear()
    for minutes in (2, 30, 61):
        await look(WELL, NOON + timedelta(minutes=minutes))
    await look(WELL, NOON + timedelta(minutes=2) + FLICKER)
    assert [text for _, text in pager.told] == [
        "✅ Қайта қалпына келді: дискінің толуы",
        "✅ Снова в порядке: нехватка места",
    ]
    await look(FULL, NOON + timedelta(hours=3))
    assert len(pager.told) == 4


async def test_what_reached_nobody_is_told_the_next_time(look, pager):
    """Telegram was down: nothing was told, so nothing is remembered."""
    pager.reachable = False
    await look(FULL)
    pager.reachable = True
    await look(FULL, NOON + timedelta(minutes=2))
    assert len(pager.told) == 2


async def test_without_administrators_it_is_remembered_all_the_same(newsroom, pager):
    """The dashboard shows it; nobody is told."""

    async def full(_: datetime) -> Vitals:
        return FULL

    ports = Watching(full, TroubleStore(newsroom.database), pager, (), "UTC", NOON - timedelta(days=1))
    assert await watch(ports, NOON) == 1
    assert [one.kind for one in await ports.memory.known()] == [Kind.DISK]


def test_many_silent_sources_are_one_message():
    """Five are named, the others counted, and what to do is said once."""
    found = [Trouble(Kind.SILENT, f"Source {n}", {"hours": 5, "usual": 1, "reason": ""}) for n in range(9)]
    text = report("en", changes([], found, NOON))
    assert text.count("🔕") == 5
    assert "4 more" in text
    assert text.count("What to do") == 1


async def test_a_silent_sources_own_words_are_told(look, pager):
    """Why it failed stands beside its silence; a name is text, whatever it says."""
    found = tuple(NOON - timedelta(hours=9, minutes=10 * n) for n in range(20))
    await look(replace(WELL, habits=(Habit("<b>Құс жолы</b>", found, "HTTP 403"),)))
    assert "«<b>Құс жолы</b>» 9 сағат бойы үнсіз" in pager.told[0][1]
    assert "(HTTP 403)" in pager.told[0][1]
