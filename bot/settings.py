"""Settings: HABARSHY_… variables over habarshy.toml over defaults, read once, frozen.

Adapters receive plain values from here; nothing else reads the environment.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from bot.domain.delivery import UnknownPolicy
from bot.domain.errors import SettingsError

_PREFIX = "HABARSHY_"
_CONFIG = "HABARSHY_CONFIG"
_DEFAULT_FILE = "habarshy.toml"
#: All of an address that may be a name and password: one that is refused may be written in any way, so more
#: is hidden than `bot.logs` hides in a line with other words in it.
_PASSWORD = re.compile(r"//.*@")


def _listed(value: object) -> object:
    """A list, or words by comma."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


def _absent(value: object) -> object:
    return None if value == "" else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _zone(value: str) -> str:
    if value not in available_timezones():
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        raise ValueError(f"is not an IANA time zone{f'; did you mean {near[0]}?' if near else ''}")
    return value


def _address(value: str) -> str:
    if value and not re.match(r"https?://[^\s/]+", value):
        raise ValueError("is not an http(s) address")
    return value.rstrip("/")


def _root(value: str) -> str:
    address = _address(value)
    if not re.fullmatch(r"(https?://[^\s/?#]+)?", address):
        raise ValueError(
            "must be the root of a host, as https://news.example.org: pages have paths of their own"
        )
    return address


def _database(value: str) -> str:
    if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise ValueError("must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
    return value


def _broker(value: str) -> str:
    if value and not re.match(r"(rediss?://[^\s/]+|unix://.)", value):
        raise ValueError("must start with redis://, rediss:// or unix://, or be empty")
    return value


Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseModel):
    """Everything an operator can set; names and defaults are part of the outward interface."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: The bot's token from @BotFather; needed by `run` and `deliver` only.
    bot_token: SecretStr = SecretStr("")
    #: Address of the Bot API server.
    telegram_api: Address = "https://api.telegram.org"
    #: Where everything is stored: `sqlite+aiosqlite:///FILE` or `postgresql+asyncpg://USER:PASSWORD@HOST/NAME`.
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///habarshy.db"
    #: Empty: work runs in this process; `redis://…` shares it between processes and machines.
    broker_url: Annotated[str, AfterValidator(_broker)] = ""
    #: TOML file of sources; None: the bundled catalogue of Kazakhstan.
    sources: Annotated[Path | None, BeforeValidator(_absent)] = None
    #: Telegram ids of the operators.
    admins: Annotated[tuple[int, ...], BeforeValidator(_listed)] = ()
    #: Zone of new subscribers and of dates without one.
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Almaty"
    #: Who writes summaries; the first needs no model (docs/models.md).
    summary_backend: Literal["extractive", "transformers", "endpoint"] = "extractive"
    #: Model name, folder or GGUF file (transformers), or the endpoint's model name.
    summary_model: str = ""
    #: An OpenAI-compatible server, up to and with /v1.
    endpoint_url: Address = ""
    #: The key that this server asks for, if it does.
    endpoint_key: SecretStr = SecretStr("")
    #: Prompt and answer tokens a local day; 0: as many as it takes.
    endpoint_daily_tokens: Annotated[int, Field(ge=0)] = 0
    #: Who hears a model's drafts besides the guard: nobody, "endpoint", or an NLI model's name or folder.
    summary_judge: str = ""
    #: Whose vectors stories are grouped by: "" for the bundled encoder, "character-ngrams", or a Hugging Face
    #: encoder's name or folder.
    encoder: str = ""
    #: Let sources live on private and loopback addresses (tests, an intranet).
    allow_private_addresses: bool = False
    #: Full public address Telegram posts updates to; empty: long polling.
    webhook_url: Address = ""
    #: Required with WEBHOOK_URL, 1 to 256 of A-Z a-z 0-9 _ -: only who knows it can speak as Telegram.
    webhook_secret: SecretStr = SecretStr("")
    #: The address that the web server listens on: /healthz, the webhook, pages.
    web_host: str = "127.0.0.1"
    #: Its port.
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8080
    #: Your address on the web: where pages live, and whom publishers may ask about the crawler.
    public_url: Annotated[str, AfterValidator(_root)] = ""
    #: Addresses or networks of proxies whose X-Forwarded-For is believed.
    trusted_proxies: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ("127.0.0.1", "::1")
    #: Messages a second over all chats; Telegram allows 30, or 1000 with paid broadcasts.
    send_rate: Annotated[float, Field(gt=0, le=1000)] = 30
    #: Requests on their way at most, fewer where the pace needs fewer: what a killed process may double.
    send_at_once: Annotated[int, Field(ge=1, le=64)] = 64
    #: Telegram's paid broadcasts, for a rate above 30.
    paid_broadcast: bool = False
    #: What becomes of a message whose confirmation was lost: sent once more, or left.
    unknown_policy: UnknownPolicy = UnknownPolicy.RESEND
    #: A digest more than two hours late: sent with a note, or merged into the next.
    late_policy: Literal["send", "merge"] = "send"
    #: Days that articles and their stories are kept, but for those that a reader saved; 0: for ever.
    keep_articles: Annotated[int, Field(ge=0)] = 365
    #: Days that the bodies of articles are kept; 0: for ever.
    keep_texts: Annotated[int, Field(ge=0)] = 90
    #: Days that sent messages are kept; 0: for ever.
    keep_messages: Annotated[int, Field(ge=0)] = 30
    #: The least important line that is written.
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    #: Lines for people, or one JSON object a line.
    log_format: Literal["console", "json"] = "console"

    @model_validator(mode="after")
    def _webhook_is_guarded(self) -> Self:
        # Without a secret anybody who finds the address can speak as Telegram: aiogram then checks nothing.
        if self.webhook_url and not re.fullmatch(
            r"[A-Za-z0-9_-]{1,256}", self.webhook_secret.get_secret_value()
        ):
            raise ValueError(
                "HABARSHY_WEBHOOK_URL needs HABARSHY_WEBHOOK_SECRET, 1-256 of A-Z, a-z, 0-9, _ and -"
            )
        return self

    def token(self) -> str:
        """The bot's token. Raises SettingsError where there is none."""
        if not (token := self.bot_token.get_secret_value()):
            raise SettingsError("HABARSHY_BOT_TOKEN is not set: get a token from @BotFather and export it")
        return token

    def secrets(self) -> tuple[str, ...]:
        """Values that must never be written anywhere."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr) and value)


def database_address(value: str) -> str:
    """A database's address as HABARSHY_DATABASE_URL takes it. Raises SettingsError."""
    try:
        return _database(value)
    except ValueError as error:
        raise SettingsError(f"{_PASSWORD.sub('//…@', value)}: {error}") from error


def load(environment: Mapping[str, str], directory: Path) -> Settings:
    """The settings of this process. Raises SettingsError with the name and the remedy."""
    values = {**_from_file(environment, directory), **_from_environment(environment)}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_first_problem(error)) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    found = {
        name: value for name, value in environment.items() if name.startswith(_PREFIX) and name != _CONFIG
    }
    for name in found:
        _known(name.removeprefix(_PREFIX).lower(), name, str.upper)
    return {name.removeprefix(_PREFIX).lower(): value for name, value in found.items()}


def _from_file(environment: Mapping[str, str], directory: Path) -> dict[str, Any]:
    named = environment.get(_CONFIG)
    path = directory / (named or _DEFAULT_FILE)
    if not named and not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{_CONFIG}={path} can't be read: {error.strerror}; correct the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error
    for key in values:
        _known(key, f"{key} in {path.name}", str.lower)
    return values


def _known(key: str, shown: str, style: Any) -> None:
    if key in Settings.model_fields:
        return
    near = difflib.get_close_matches(key.lower(), Settings.model_fields, n=1, cutoff=0.0)[0]
    suggestion = f"{_PREFIX}{near.upper()}" if style is str.upper else near
    raise SettingsError(f"{shown} is not a setting; the nearest known one is {suggestion}")


def without_password(address: str) -> str:
    """An address that can be shown to anybody."""
    return _PASSWORD.sub("//…@", address)


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    name = "".join(f"{_PREFIX}{str(part).upper()}" for part in problem["loc"][:1])
    reason = problem["msg"].removeprefix("Value error, ")
    secret = not name or any(word in name for word in ("SECRET", "TOKEN", "KEY"))
    shown = "" if secret else f"={without_password(repr(problem['input']))}"
    return f"{name}{shown}: {reason}".removeprefix(": ")
