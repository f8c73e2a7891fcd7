"""Who does what: the work of a process by its roles, and whether it is shared with others."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.app.newsroom import Newsroom
from bot.app.work import composing, gathering, sending
from bot.delivery.pacing import Pace, Pacing
from bot.domain.errors import SettingsError
from bot.jobs.broker import Broker, InProcess
from bot.jobs.clock import Clock, Job
from bot.jobs.tasks import DUTIES, Kind, Verb, Verbs
from bot.newsroom.deliver import Delivering
from bot.settings import Settings, without_password

if TYPE_CHECKING:
    from bot.jobs.shared import SharedBroker

#: Tasks of one queue that a process works on at a time: while some wait for the network, one computes.
AT_ONCE = 4
#: Seconds that tasks under way have to end when the process is asked to stop; then others take them over.
GRACE = 1.0

_log = structlog.get_logger(__name__)


def verbs_of(
    roles: frozenset[str], newsroom: Newsroom, ports: Delivering | None, shared: "SharedBroker | None"
) -> Verbs:
    """What a process in these roles can do; with `ports` it sends too.

    Where work is shared, the clock only asks for it; without a broker it composes digests itself.
    """
    found: dict[Kind, Verb] = {}
    if "worker" in roles:
        found |= gathering(newsroom)
    if ("worker" if shared else "clock") in roles:
        found |= composing(newsroom)
    if ports:
        found |= sending(ports)
    return found


@asynccontextmanager
async def open_broker(settings: Settings) -> AsyncIterator["SharedBroker | None"]:
    """The broker of the settings; None where work stays in this process.

    Raises:
        SettingsError: the extra `cluster` is not installed.
        JobFailed: nobody answers at its address.
    """
    if not settings.broker_url:
        yield None
        return
    with _its_extra():
        from bot.jobs.shared import shared_broker  # noqa: PLC0415 - said where it is missing
    shown = f"HABARSHY_BROKER_URL={without_password(settings.broker_url)}"
    async with shared_broker(settings.broker_url, shown) as broker:
        yield broker


@contextmanager
def _its_extra() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise SettingsError(
            "HABARSHY_BROKER_URL needs taskiq-redis: pip install 'habarshy[cluster]', or leave it empty"
        ) from error


@asynccontextmanager
async def open_pace(settings: Settings) -> AsyncIterator[Pace]:
    """The pace of this process's messages, which it shares with all that have the same broker and token."""
    if not settings.broker_url:
        yield Pacing(settings.send_rate)
        return
    with _its_extra():
        from bot.delivery.shared_pacing import shared_pacing  # noqa: PLC0415 - said where it is missing
    bot = settings.bot_token.get_secret_value().partition(":")[0]
    async with shared_pacing(settings.broker_url, settings.send_rate, bot) as pace:
        yield pace


@asynccontextmanager
async def on_duty(verbs: Verbs, roles: frozenset[str], shared: "SharedBroker | None") -> AsyncIterator[None]:
    """Have work done until the block ends."""
    async with AsyncExitStack() as stack:
        if shared and verbs:
            from bot.jobs.shared import Crew  # noqa: PLC0415 - needs its extra

            await stack.enter_async_context(Crew(shared, verbs).working(AT_ONCE, GRACE))
        # One clock is enough, and two are harmless: what waits already is not asked for twice.
        asked = verbs if shared is None else Kind if "clock" in roles else ()
        clock = Clock(_jobs(shared or InProcess(verbs), asked))
        clock.start()
        stack.callback(clock.stop)
        yield


def _jobs(broker: Broker, asked: Iterable[Kind]) -> dict[str, tuple[Job, timedelta]]:
    """What the clock starts, and how often."""
    every = {kind: DUTIES[kind].every for kind in asked}
    return {kind: (partial(broker.ask, kind), pause) for kind, pause in every.items() if pause}
