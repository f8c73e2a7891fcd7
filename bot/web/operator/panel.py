"""The dashboard's pages and what can be done on them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.newsroom.control import Control, Outlet
from bot.newsroom.dashboard import LATENESS, Books, Ledger
from bot.newsroom.watch import advice
from bot.web.operator.charts import Column, chart, sparkline
from bot.web.operator.doorkeeper import HOME
from bot.web.operator.session import HEADERS, Visit
from bot.words.translator import short_moment, translate

#: Hours of the overview's charts, and of a source's.
_HOURS, _LATELY = 48, 24
_STORIES, _SUMMARIES = 50, 25
#: Pages of stories that can be leafed through; older ones have their own addresses.
_MOST_PAGES = 200
#: No row has this number; larger ones the database would not take.
_BEYOND = 2**53
_OPEN = ("pending", "sending", "unknown")
_SETTLED = ("sent", "unknown", "failed")


@dataclass(frozen=True, slots=True)
class Panel:
    """The pages over their ports."""

    control: Control
    books: Books
    ledger: Ledger

    async def overview(self, visit: Visit) -> Response:
        """Whether all is well, at a glance."""
        now = self.control.now()
        vitals, troubles = await self.control.troubles()
        by_source = await self.books.by_hour(now, _HOURS)
        hours = [sum(counts) for counts in zip(*by_source.values(), strict=True)] or [0] * _HOURS
        sent = await self.ledger.deliveries(now)
        counts = await self.control.counts()
        outlets = Counter(one.standing for one in await self.control.outlets.listed())
        return visit.page(
            "overview.html",
            outlets=outlets,
            troubles=[_plain(advice(visit.lang, trouble)).splitlines() for trouble in troubles],
            vitals=vitals,
            counts=counts,
            waiting=sum(counts.get(f"parts {state}", 0) for state in _OPEN[:2]),
            hours=hours,
            sent=sent,
            up_since=self.control.up_since,
            news=chart(self._hourly(now, hours)),
            mail=chart(self._settled(now, sent.hours)),
            **self._clock(visit),
        )

    async def sources(self, visit: Visit) -> Response:
        """Every source with its state, those in trouble first."""
        now = self.control.now()
        outlets = await self.control.outlets.listed()
        lately = await self.books.by_hour(now, _LATELY)
        none = [0] * _LATELY
        rows = [(one, one.standing, lately.get(one.id, none)) for one in outlets]
        rows.sort(key=lambda row: (_ORDER[row[1]], row[0].source.name.casefold()))
        lines = {one.id: sparkline(counts) for one, _, counts in rows}
        return visit.page("sources.html", rows=rows, lines=lines, **self._clock(visit))

    async def switch(self, visit: Visit) -> Response:
        """Ask a source, or not."""
        outlet, verb = await self._outlet(visit), visit.request.path_params["verb"]
        if verb not in {"pause", "resume"}:
            raise HTTPException(404)
        await self.control.outlets.switch(outlet.id, on=verb == "resume")
        return RedirectResponse(f"{HOME}/sources#s{outlet.id}", 303, HEADERS)

    async def probe(self, visit: Visit) -> Response:
        """What a source gives at this moment; nothing is stored."""
        outlet = await self._outlet(visit)
        found = await self.control.probe(outlet.source)
        return visit.page("probe.html", outlet=outlet, found=found, **self._clock(visit))

    async def stories(self, visit: Visit) -> Response:
        """Stories, the latest changed first."""
        page = min(_number(visit.request.query_params.get("page", "0")), _MOST_PAGES)
        lines = await self.books.stories(page, _STORIES)
        more = len(lines) == _STORIES and page < _MOST_PAGES
        clock = self._clock(visit)
        return visit.page("stories.html", lines=lines, number=page, more=more, **clock)

    async def story(self, visit: Visit) -> Response:
        """One story: who told it, why they are together, what was made of it."""
        number = visit.request.path_params["story"]
        found = await self.books.story(number) if number < _BEYOND else None
        if found is None:
            raise HTTPException(404)
        titles = {one.id: one.title for one in found.members}
        name = partial(evidence_name, visit.lang)
        return visit.page("story.html", story=found, titles=titles, evidence_name=name, **self._clock(visit))

    async def summaries(self, visit: Visit) -> Response:
        """Summaries beside their articles, with what the guard said."""
        doubted = visit.request.query_params.get("doubted") == "1"
        found = await self.books.written(_SUMMARIES, doubted=doubted)
        return visit.page("summaries.html", written=found, doubted=doubted)

    async def deliveries(self, visit: Visit) -> Response:
        """What became of the latest messages, and how late they were."""
        now = self.control.now()
        sent = await self.ledger.deliveries(now)
        bounds = [span(visit.lang, second) for second in LATENESS]
        labels = [f"< {bounds[0]}", *(f"< {bound}" for bound in bounds[1:]), f"≥ {bounds[-1]}"]
        late = [
            Column(f"{label}: {n}", [("sent", n)], label)
            for label, n in zip(labels, sent.lateness, strict=True)
        ]
        return visit.page(
            "deliveries.html",
            sent=sent,
            mail=chart(self._settled(now, sent.hours)),
            late=chart(late),
            **self._clock(visit),
        )

    async def readers(self, visit: Visit) -> Response:
        """How many read what; never who."""
        return visit.page("readers.html", who=await self.ledger.readership())

    async def _outlet(self, visit: Visit) -> Outlet:
        number = visit.request.path_params["outlet"]
        outlet = await self.control.outlets.find(number) if number < _BEYOND else None
        if outlet is None:
            raise HTTPException(404)
        return outlet

    def _clock(self, visit: Visit) -> dict[str, Any]:
        now = self.control.now()
        today = self.control.today()

        def moment(at: datetime) -> str:
            return short_moment(visit.lang, at, self.control.zone, today)

        return {"now": now, "moment": moment, "span": partial(span, visit.lang)}

    def _hourly(self, now: datetime, counts: Sequence[int]) -> list[Column]:
        starts = _starts(now, len(counts))
        return [
            Column(f"{self._label(at)}: {count}", [("bar", count)], self._mark(at))
            for at, count in zip(starts, counts, strict=True)
        ]

    def _settled(self, now: datetime, hours: Mapping[datetime, Mapping[str, int]]) -> list[Column]:
        columns = []
        for at in _starts(now, _HOURS):
            values = [(state, hours.get(at, {}).get(state, 0)) for state in _SETTLED]
            told = ", ".join(str(number) for _, number in values)
            columns.append(Column(f"{self._label(at)}: {told}", values, self._mark(at)))
        return columns

    def _label(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.control.zone)):%d.%m %H:00}"

    def _mark(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(self.control.zone))
        return f"{local:%H:00}" if local.hour % 6 == 0 else ""


#: Sources' states in the order in which they ask for attention.
_ORDER = {"failing": 0, "gone": 1, "new": 2, "ok": 3, "off": 4}


#: Units of time from the greatest, in seconds.
_UNITS = (("hours", 3600), ("minutes", 60), ("seconds", 1))


def evidence_name(lang: str, field: str) -> str:
    """What a piece of evidence is called; of an older version's, which has no word any more, the field."""
    try:
        return translate(lang, f"evidence-{field.replace('_', '-')}")
    except KeyError:
        return field


def _plain(advice: str) -> str:
    """Without the sign that catches the eye in a chat: not every browser has it."""
    return advice if advice[0].isalnum() else advice.partition(" ")[2]


def _starts(now: datetime, hours: int) -> list[datetime]:
    last = now.replace(minute=0, second=0, microsecond=0)
    return [last - timedelta(hours=back) for back in reversed(range(hours))]


def span(lang: str, seconds: float | None) -> str:
    """A length of time in its greatest unit; a dash for none."""
    if seconds is None:
        return "—"
    unit, size = next((one for one in _UNITS if seconds >= one[1]), _UNITS[-1])
    return translate(lang, f"panel-{unit}", count=round(seconds / size))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
