"""Summaries by any OpenAI-compatible server: vLLM, llama.cpp, Ollama, a cloud."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.writing.connection import Connection
from summarizer.writing.dialects import objects
from summarizer.writing.prompt import (
    HEADLINE,
    Matter,
    fence,
    first,
    instructions,
    matter,
    new_tokens,
    wording,
)
from summarizer.writing.spending import Usage
from summarizer.writing.trim import plain, trim
from summarizer.writing.writer import Draft, Limits

#: Code points of an article that are sent: about 3,000 tokens of Kazakh.
_SENT = 6_000
_PROPERTIES = {"headline": {"type": "string"}, "summary": {"type": "string"}}


class EndpointWriter:
    """A Writer over an endpoint: JSON answers, bounded in time, number and tokens.

    Blocking; safe between threads. The connection may serve others within the same bounds, a judge say.
    Sentences of an article that speak to a model are never sent (see injection).
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.name = connection.name

    @property
    def usage(self) -> Usage:
        """Requests, tokens and cost since the start."""
        return self.connection.usage

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        """One draft an article, in order; one that got no readable answer is empty, with its reason.

        Raises:
            ModelUnavailable: not one article got an answer: the client is not installed, the endpoint is down
                or refuses us, or the day's tokens are spent.
        """
        matters = [matter(article) for article in articles]
        usable = sum(bool(found.sentences) for found in matters)
        if not usable:
            return [Draft("", reason="empty") for _ in articles]
        self.connection.open()
        with ThreadPoolExecutor(self.connection.patience.concurrency) as pool:
            outcomes = list(pool.map(lambda found: self._outcome(found, limits), matters))
        errors = [outcome for outcome in outcomes if isinstance(outcome, ModelUnavailable)]
        if len(errors) == usable:
            raise errors[0]
        return [
            outcome if isinstance(outcome, Draft) else Draft("", reason="unavailable") for outcome in outcomes
        ]

    def close(self) -> None:
        """Close the connections; the next write opens them again."""
        self.connection.close()

    def _outcome(self, found: Matter, limits: Limits) -> Draft | ModelUnavailable:
        if not found.sentences:
            return Draft("", reason="empty")
        length = new_tokens(limits.characters + HEADLINE)
        try:
            return _draft(self.connection.ask(_messages(found, limits), length, _PROPERTIES), limits)
        except ModelUnavailable as error:
            return error


def _messages(found: Matter, limits: Limits) -> list[dict[str, str]]:
    words = wording(found.lang)
    example = json.dumps({"headline": words.headline, "summary": words.summary}, ensure_ascii=False)
    return [
        {"role": "system", "content": instructions(found.lang, limits, json=True)},
        {"role": "user", "content": fence(words.title, [words.article])},
        {"role": "assistant", "content": example},
        {"role": "user", "content": fence(found.title, first(found.sentences, _SENT))},
    ]


def _draft(content: str, limits: Limits) -> Draft:
    for found in objects(content):
        summary, headline = found.get("summary"), found.get("headline", "")
        if isinstance(summary, str) and isinstance(headline, str):
            fits = len(headline) <= HEADLINE
            return trim(summary, limits, headline=plain(headline) if fits else "")
    return Draft("", reason="unreadable")
