"""All that is stored of a reader, as the reader may ask for it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.source import Source
from bot.domain.subscriber import Subscriber
from bot.newsroom.desk import Desk


async def belongings(desk: Desk, reader: Subscriber) -> dict[str, Any]:
    """Everything of this reader as JSON values; times are ISO 8601 in UTC."""
    wanted = reader.preferences
    return {
        "chat": reader.chat.id,
        "thread": reader.chat.thread,
        "state": reader.state.value,
        "languages": list(wanted.languages),
        "topics": sorted(wanted.topics),
        "times": [f"{slot:%H:%M}" for slot in wanted.slots],
        "weekdays": sorted(wanted.days),
        "zone": wanted.zone,
        "muted": list(wanted.muted),
        "followed": list(wanted.followed),
        "breaking": wanted.breaking.value,
        "quiet": [f"{moment:%H:%M}" for moment in wanted.quiet or ()],
        "weekly": {"day": wanted.weekly.day, "time": f"{wanted.weekly.slot:%H:%M}"}
        if wanted.weekly
        else None,
        "rich": wanted.rich,
        "muted_sources": sorted(wanted.muted_sources),
        "own_sources": [
            *(_feed(source, "on") for source, _ in await desk.outlets.own(reader.id)),
            *(_feed(source, "off") for source in await desk.outlets.refused(reader.id)),
        ],
        "next_digest": reader.next_at.isoformat() if reader.next_at else None,
        "told_until": reader.told_until.isoformat() if reader.told_until else None,
        "told_stories": sorted(await desk.subscribers.told(reader.id)),
        **{name: _plain(rows) for name, rows in (await desk.shelf.records(reader.id)).items()},
    }


def _feed(source: Source, state: str) -> dict[str, str]:
    return {"name": source.name, "url": source.url, "state": state}


def _plain(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        for row in rows
    ]
