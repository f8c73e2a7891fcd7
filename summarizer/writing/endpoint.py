"""Summaries by any OpenAI-compatible server: vLLM, llama.cpp, Ollama, a cloud."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.writing.dialects import dialects, read_answer
from summarizer.writing.prompt import HEADLINE, Matter, fence, instructions, matter, new_tokens, wording
from summarizer.writing.spending import Budget, Ledger, Prices, Usage
from summarizer.writing.trim import plain, trim
from summarizer.writing.writer import Draft, Limits

#: Code points of an article that are sent: about 3,000 tokens of Kazakh.
_SENT = 6_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How hard an endpoint is tried."""

    #: Seconds without a byte after which a request has failed.
    timeout: float = 60.0
    #: Further attempts after a failure that may pass (429, 5xx, no connection), with jittered pauses.
    retries: int = 2
    #: Requests under way at once, over all callers.
    concurrency: int = 4
    #: Seconds after a failure in which the endpoint is left alone: a hanging one must not hold up a digest.
    rest: float = 60.0


class EndpointWriter:
    """A Writer over an endpoint: JSON answers, bounded in time, number and tokens.

    Blocking; safe between threads. `url` goes up to and with /v1. Sentences of an article that speak to a
    model are never sent (see injection).
    """

    def __init__(  # noqa: PLR0913 - an endpoint is its address, key and model; the rest is by keyword
        self,
        url: str,
        key: str,
        model: str,
        *,
        patience: Patience | None = None,
        budget: Budget | None = None,
        prices: Prices | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = f"endpoint:{model}"
        self._url, self._key, self._model = url, key, model
        self._patience = patience or Patience()
        self._ledger = Ledger(budget, prices)
        self._turns = threading.BoundedSemaphore(self._patience.concurrency)
        self._monotonic = monotonic
        self._dialect = 0
        self._client: Any = None
        self._down: tuple[float, ModelUnavailable] | None = None

    @property
    def usage(self) -> Usage:
        """Requests, tokens and cost since the start."""
        return self._ledger.usage

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        """One draft an article, in order; one that got no readable answer is empty, with its reason.

        Raises:
            ModelUnavailable: not one article got an answer: the client is not installed, the endpoint is down
                or refuses us, or the day's tokens are spent.
        """
        matters = [matter(article) for article in articles]
        if not any(found.sentences for found in matters):
            return [Draft("", reason="empty") for _ in articles]
        self._connect()
        with ThreadPoolExecutor(self._patience.concurrency) as pool:
            outcomes = list(pool.map(lambda found: self._outcome(found, limits), matters))
        errors = [outcome for outcome in outcomes if isinstance(outcome, ModelUnavailable)]
        if errors and len(errors) == sum(bool(found.sentences) for found in matters):
            raise errors[0]
        return [
            outcome if isinstance(outcome, Draft) else Draft("", reason="unavailable") for outcome in outcomes
        ]

    def close(self) -> None:
        """Close the connections; the next write opens them again."""
        if self._client:
            self._client.close()
            self._client = None

    def _outcome(self, found: Matter, limits: Limits) -> Draft | ModelUnavailable:
        if not found.sentences:
            return Draft("", reason="empty")
        with self._turns:
            try:
                return self._draft(found, limits)
            except ModelUnavailable as error:
                return error

    def _draft(self, found: Matter, limits: Limits) -> Draft:
        messages = _messages(found, limits)
        length = new_tokens(limits.characters + HEADLINE)
        # Half a token a code point is what Kazakh costs in a tokenizer of many languages.
        wanted = length + sum(len(message["content"]) for message in messages) // 2
        self._check_rest()
        if not self._ledger.reserve(wanted):
            raise ModelUnavailable(
                self.name, "the day's tokens are spent; raise the budget or wait for tomorrow"
            )
        prompt = completion = 0
        try:
            answer = self._ask(messages, length)
            content, prompt, completion = _content(answer), *_tokens(answer, wanted)
        finally:
            self._ledger.settle(wanted, prompt, completion)
        return _read(content, limits)

    def _ask(self, messages: list[dict[str, str]], length: int) -> Any:
        """The server's answer in the first dialect it takes; later requests begin with that one."""
        import openai  # noqa: PLC0415 - an extra; _connect has said so where it is missing

        known = dialects(length)
        while True:
            spoken = self._dialect
            try:
                with self._failing():
                    return self._client.chat.completions.create(
                        model=self._model, messages=messages, **known[spoken]
                    )
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if spoken + 1 >= len(known):
                    raise self._unavailable(
                        f"it refuses our requests (status {error.status_code})"
                    ) from error
                self._dialect = max(self._dialect, spoken + 1)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turns the client's errors into ModelUnavailable; a 400 or 422 passes, another dialect may help."""
        import openai  # noqa: PLC0415 - as in _ask

        try:
            yield
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            raise
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise self._unavailable("it refuses the key; check ENDPOINT_KEY") from error
        except openai.NotFoundError as error:
            remedy = (
                f"it knows no {self._model} there; check SUMMARY_MODEL, and that ENDPOINT_URL ends in /v1"
            )
            raise self._unavailable(remedy) from error
        except openai.APITimeoutError as error:
            raise self._unavailable(f"it did not answer within {self._patience.timeout:g} s") from error
        except openai.APIStatusError as error:
            raise self._unavailable(f"it answers with status {error.status_code}; try later") from error
        except (openai.OpenAIError, ValueError) as error:
            raise self._unavailable("it can't be reached or speaks no HTTP; check ENDPOINT_URL") from error

    def _unavailable(self, remedy: str) -> ModelUnavailable:
        """The error to raise, kept: until the rest is over no further request is made."""
        error = ModelUnavailable(self.name, remedy)
        self._down = (self._monotonic() + self._patience.rest, error)
        return error

    def _check_rest(self) -> None:
        if self._down and self._monotonic() < self._down[0]:
            raise self._down[1]
        self._down = None

    def _connect(self) -> None:
        if self._client:
            return
        try:
            import openai  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise ModelUnavailable(
                self.name, "install the extra: pip install 'habarshy[endpoint]'"
            ) from error
        # A local server asks for no key, but the client asks for one.
        self._client = openai.OpenAI(
            base_url=self._url,
            api_key=self._key or "none",
            timeout=self._patience.timeout,
            max_retries=self._patience.retries,
        )


def _messages(found: Matter, limits: Limits) -> list[dict[str, str]]:
    words = wording(found.lang)
    example = json.dumps({"headline": words.headline, "summary": words.summary}, ensure_ascii=False)
    kept: list[str] = []
    length = 0
    for sentence in found.sentences:
        length += len(sentence)
        if kept and length > _SENT:
            break
        kept.append(sentence[:_SENT])
    return [
        {"role": "system", "content": instructions(found.lang, limits, json=True)},
        {"role": "user", "content": fence(words.title, [words.article])},
        {"role": "assistant", "content": example},
        {"role": "user", "content": fence(found.title, kept)},
    ]


def _content(answer: Any) -> str:
    """The text of an answer; empty where a server that only looks compatible gives another shape."""
    try:
        return str(answer.choices[0].message.content or "")
    except (AttributeError, IndexError, TypeError):
        return ""


def _tokens(answer: Any, estimate: int) -> tuple[int, int]:
    """(prompt, completion) tokens as the server counts them, the estimate where it doesn't."""
    usage = getattr(answer, "usage", None)
    counts = getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None)
    if isinstance(counts[0], int) and isinstance(counts[1], int):
        return counts[0], counts[1]
    return estimate, 0


def _read(content: str, limits: Limits) -> Draft:
    found = read_answer(content)
    if found is None:
        return Draft("", reason="unreadable")
    headline, summary = found
    return trim(summary, limits, headline=plain(headline) if len(headline) <= HEADLINE else "")
