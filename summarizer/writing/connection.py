"""The way to an OpenAI-compatible server, bounded in time, number and cost: the only home of its client."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import ModelUnavailable
from summarizer.writing.dialects import dialects
from summarizer.writing.spending import Budget, Ledger, Prices, Usage

#: Bytes of one answer that are read: a summary has a few hundred.
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How hard an endpoint is tried."""

    #: Seconds that one answer may take.
    timeout: float = 60.0
    #: Further attempts after a failure that may pass (429, 5xx, no connection), with jittered pauses.
    retries: int = 2
    #: Requests under way at once, over all callers.
    concurrency: int = 4
    #: Seconds after a failure in which the endpoint is left alone: a hanging one must not hold up a digest.
    rest: float = 60.0


class Connection:
    """Asks one model at one address, which goes up to and with /v1; safe between threads."""

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
        self.patience = patience or Patience()
        self._url, self._key, self._model = url, key, model
        self._ledger = Ledger(budget, prices)
        self._turns = threading.BoundedSemaphore(self.patience.concurrency)
        self._monotonic = monotonic
        self._dialect = 0
        self._client: Any = None
        self._down: tuple[float, ModelUnavailable] | None = None

    @property
    def usage(self) -> Usage:
        """Requests, tokens and cost since the start."""
        return self._ledger.usage

    def open(self) -> None:
        """Make the client; raises ModelUnavailable where its extra is not installed."""
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
            timeout=self.patience.timeout,
            max_retries=self.patience.retries,
        )

    def close(self) -> None:
        """Close the connections; the next use opens them again."""
        if self._client:
            self._client.close()
            self._client = None

    def ask(self, messages: Sequence[Mapping[str, str]], length: int, properties: Mapping[str, Any]) -> str:
        """The text of the answer, of at most `length` tokens; empty where it is no completion.

        Raises:
            ModelUnavailable: the endpoint is down, refuses us or rests, or the day's tokens are spent.
        """
        # Half a token a code point is what Kazakh costs in a tokenizer of many languages.
        wanted = length + sum(len(message["content"]) for message in messages) // 2
        with self._turns:
            self._check_rest()
            if not self._ledger.reserve(wanted):
                raise ModelUnavailable(self.name, "the day's tokens are spent; raise the budget, or wait")
            prompt = completion = 0
            try:
                answer = self._answer(messages, dialects(length, properties))
                prompt, completion = answer.tokens(wanted)
            finally:
                self._ledger.settle(wanted, prompt, completion)
        return answer.text

    def _answer(self, messages: Sequence[Mapping[str, str]], known: Sequence[Mapping[str, Any]]) -> "_Answer":
        """The answer in the first dialect that the server takes; later requests begin with that one."""
        import openai  # noqa: PLC0415 - an extra; `open` has said so where it is missing

        while True:
            spoken = self._dialect
            try:
                with self._failing():
                    return _Answer.read(self._body({"messages": messages, **known[spoken]}))
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if spoken + 1 >= len(known):
                    raise self._unavailable(
                        f"it refuses our requests (status {error.status_code})"
                    ) from error
                self._dialect = max(self._dialect, spoken + 1)

    def _body(self, request: Mapping[str, Any]) -> bytes:
        """The answer's bytes, read piece by piece: a server that drips outlives any time-out of a read."""
        import openai  # noqa: PLC0415 - as in _answer

        end = self._monotonic() + self.patience.timeout * (self.patience.retries + 1)
        streaming = self._client.chat.completions.with_streaming_response
        with streaming.create(model=self._model, **request) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > _LARGEST or self._monotonic() > end:
                    raise openai.APITimeoutError(response.http_request)
        return bytes(body)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Turns the client's errors into ModelUnavailable; a 400 or 422 passes, another dialect may help."""
        import openai  # noqa: PLC0415 - as in _answer

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
            raise self._unavailable(f"it did not answer within {self.patience.timeout:g} s") from error
        except openai.APIStatusError as error:
            raise self._unavailable(f"it answers with status {error.status_code}; try later") from error
        except (openai.OpenAIError, ValueError, OSError) as error:
            raise self._unavailable("it can't be reached or speaks no HTTP; check ENDPOINT_URL") from error

    def _unavailable(self, remedy: str) -> ModelUnavailable:
        """The error to raise, kept: until the rest is over no further request is made."""
        error = ModelUnavailable(self.name, remedy)
        self._down = (self._monotonic() + self.patience.rest, error)
        return error

    def _check_rest(self) -> None:
        if self._down and self._monotonic() < self._down[0]:
            raise self._down[1]
        self._down = None


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message = _Message()


class _Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int


class _Answer(BaseModel):
    """The part of a chat completion that we use."""

    choices: list[_Choice] = []
    usage: _Usage | None = None

    @classmethod
    def read(cls, body: bytes) -> "_Answer":
        """Empty for what is no chat completion."""
        try:
            return cls.model_validate_json(body)
        except ValidationError:
            return cls()

    @property
    def text(self) -> str:
        return (self.choices[0].message.content or "") if self.choices else ""

    def tokens(self, estimate: int) -> tuple[int, int]:
        """(prompt, completion) as the server counts them, the estimate where it doesn't."""
        return (self.usage.prompt_tokens, self.usage.completion_tokens) if self.usage else (estimate, 0)
