"""Stories as one pass sees them: read once, for however many readers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.story import StoryCard
from bot.domain.subscriber import Subscriber
from bot.newsroom.ports import Stories


class Clippings:
    """What was stored when the pass first looked."""

    def __init__(self, stories: Stories, now: datetime) -> None:
        self._stories = stories
        self._now = now
        self._cut: dict[tuple[timedelta, bool], Sequence[StoryCard]] = {}

    async def reaching(self, reach: timedelta, reader: Subscriber) -> Sequence[StoryCard]:
        """Stories of the time `reach` until now; with readers' own feeds for a reader who has any."""
        key = reach, bool(reader.own)
        if key not in self._cut:
            self._cut[key] = await self._stories.cards(self._now - reach, self._now, private=bool(reader.own))
        return self._cut[key]
