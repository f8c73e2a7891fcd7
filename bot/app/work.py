"""What each kind of work is, over the newsroom: the tasks' bodies."""

import structlog

from bot.app.newsroom import Newsroom
from bot.domain.share import Share
from bot.jobs.tasks import Kind, Verbs
from bot.newsroom.alert import alert_all
from bot.newsroom.compose import compose_due
from bot.newsroom.deliver import Delivering, deliver
from bot.newsroom.events import Posted
from bot.newsroom.revise import revise

_log = structlog.get_logger(__name__)


def gathering(newsroom: Newsroom) -> Verbs:
    """From sources to summaries and alerts."""

    async def collect(share: Share) -> tuple[Kind, ...]:
        changed = False
        async for report in newsroom.collect(share=share):
            changed = changed or not (report.unchanged or report.failed)
        return (Kind.GROUP,) if changed else ()

    async def group(_share: Share) -> tuple[Kind, ...]:
        filed, _ = await newsroom.file()
        return (Kind.SUMMARIZE, Kind.ALERT) if filed else ()

    async def summarize(share: Share) -> tuple[Kind, ...]:
        return (Kind.ALERT,) if await newsroom.summarize(share) else ()

    async def alert(_share: Share) -> tuple[Kind, ...]:
        await alert_all(newsroom.alerting, newsroom.now())
        return ()

    async def retain(_share: Share) -> tuple[Kind, ...]:
        if gone := await newsroom.retain():
            _log.info("let go of what is past its term", **gone)
        return ()

    return {
        Kind.COLLECT: collect,
        Kind.GROUP: group,
        Kind.SUMMARIZE: summarize,
        Kind.ALERT: alert,
        Kind.RETAIN: retain,
    }


def composing(newsroom: Newsroom) -> Verbs:
    """Digests of slots that have begun."""

    async def compose(_share: Share) -> tuple[Kind, ...]:
        newsroom.hear(Posted(await compose_due(newsroom.composing, newsroom.now())))
        return ()

    return {Kind.COMPOSE: compose}


def sending(ports: Delivering) -> Verbs:
    """The outbox; all shares of this process have the same few places on the way, and one pace."""

    async def send(share: Share) -> tuple[Kind, ...]:
        await deliver(ports, share)
        if share.index == 0:
            await revise(ports)
        return ()

    return {Kind.DELIVER: send}
