"""The dashboard over the demo's sample with invented readers and deliveries, for pictures and for tests."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert

from bot.app.newsroom import Newsroom
from bot.app.operating import Operation
from bot.app.tracing import no_span
from bot.app.website import website
from bot.domain.delivery import PartState
from bot.domain.source import Health
from bot.domain.subscriber import LANGUAGES, Chat, Preferences
from bot.metrics.meter import Meter
from bot.store.tables import editions, parts
from bot.web.operator.doorkeeper import HOME, Doorkeeper
from bot.web.operator.session import COOKIE
from bot.web.server import serving
from summarizer.topic import Topic

#: The one administrator's Telegram id.
ADMIN = 7001
_READERS = 120
_HOURS = 48


@asynccontextmanager
async def dashboard(newsroom: Newsroom) -> AsyncIterator[tuple[str, str]]:
    """Serve the dashboard; yields its address and a session's secret, to be sent as its cookie."""
    administered = replace(newsroom, settings=newsroom.settings.model_copy(update={"admins": (ADMIN,)}))
    operation = Operation(administered, Meter(), no_span, newsroom.now() - timedelta(days=9, hours=5))
    await _invent(newsroom, newsroom.now())
    async with serving(website(administered, {"web"}, operation.routes({"web"})), "127.0.0.1", 0) as port:
        keeper: Doorkeeper = operation.doorkeeper
        session = await keeper.enter((await keeper.invite(ADMIN)).partition("pass=")[2])
        assert session
        yield f"http://127.0.0.1:{port}", session


def entered(session: str) -> dict[str, object]:
    """A browser's state with this session, as playwright takes it."""
    cookie = {"name": COOKIE, "value": session, "domain": "127.0.0.1", "path": HOME, "expires": -1}
    return {"cookies": [cookie | {"httpOnly": True, "secure": False, "sameSite": "Strict"}], "origins": []}


async def _invent(newsroom: Newsroom, now: datetime) -> None:
    dice = Random(8)  # noqa: S311 - invented readers guard no secret
    for number in range(_READERS):
        topics = frozenset(dice.sample(list(Topic), dice.randint(2, 12)))
        wanted = Preferences((dice.choice(LANGUAGES),), topics)
        await newsroom.subscribers.join(Chat(10_000 + number), wanted, now)
    readers = [one.id for one in await newsroom.subscribers.all()]
    for hour in range(_HOURS):
        await _send(newsroom, readers, now - timedelta(hours=_HOURS - hour, minutes=-5), dice)
    (source, state), *_ = await newsroom.sources.all()
    reason = "answered 503 Service Unavailable; asked again later"
    failing = replace(state, health=Health.FAILING, failing_since=now - timedelta(hours=7), message=reason)
    await newsroom.sources.remember([(source, failing)])


async def _send(newsroom: Newsroom, readers: list[int], at: datetime, dice: Random) -> None:
    """An hour of digests: many in the morning, few at night, one in forty not confirmed."""
    hour = (at + timedelta(hours=5)).hour
    count = int(
        _READERS * (0.08 + 0.9 * math.exp(-((hour - 9) ** 2) / 3) + 0.5 * math.exp(-((hour - 20) ** 2) / 3))
    )
    async with newsroom.database.write() as connection:
        for reader in dice.sample(readers, min(count, len(readers))):
            edition = {"subscriber_id": reader, "day": at.date(), "slot": f"{at:%d %H}", "created_at": at}
            made = await connection.execute(insert(editions).values(edition).returning(editions.c.id))
            part = {
                "edition_id": made.scalar_one(),
                "subscriber_id": reader,
                "ordinal": 0,
                "last": True,
                "html": "…",
            }
            await connection.execute(insert(parts).values(part | _outcome(at, dice)))


def _outcome(at: datetime, dice: Random) -> dict[str, object]:
    settled = at + timedelta(seconds=dice.expovariate(1 / 9))
    state = dice.choices([PartState.SENT, PartState.FAILED, PartState.UNKNOWN], [39, 0.7, 0.3])[0]
    reasons = {PartState.FAILED: "Forbidden: bot was blocked by the user", PartState.UNKNOWN: "time-out"}
    return {"state": state, "settled_at": settled, "reason": reasons.get(state, ""), "attempts": 1}
