"""A day's candidates, kept: the pages of all its topics choose from the same."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.domain.pages import Candidate, Span
from bot.newsroom.publishing import Candidates
from bot.web.cache import Pages

#: Spans kept, with about a thousand candidates each: a month of days in three languages.
MOST_SPANS = 100


def kept(candidates: Candidates, cache: Pages) -> Candidates:
    """The same candidates, looked up once for each state of their span."""

    async def known(since: datetime, until: datetime, lang: str) -> Sequence[Candidate]:
        make = partial(candidates, since, until, lang)
        return await cache.get(f"{lang} {since} {until}", Span(since, until), make)

    return known
