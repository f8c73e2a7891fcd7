"""Settings: the environment over the file over defaults; each mistake is one line with its remedy."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.domain.delivery import UnknownPolicy
from bot.domain.errors import SettingsError
from bot.settings import Settings, load

TOKEN = "123456789:AAH-notARealTokenButLooksLikeOne_12345"
PASSWORD = "hunter2-hunter2"


@pytest.fixture
def file(tmp_path):
    """Writes habarshy.toml."""

    def write(text, name="habarshy.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")

    return write


def refusal(environment, directory):
    """The one line that loading ends in."""
    with pytest.raises(SettingsError) as caught:
        load(environment, directory)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_without_anything_the_defaults_of_the_interface_hold(tmp_path):
    """Other programs' variables are none of ours."""
    settings = load({"PATH": "/bin", "BOT_TOKEN": TOKEN}, tmp_path)
    assert settings == Settings()
    assert (settings.database_url, settings.timezone) == ("sqlite+aiosqlite:///habarshy.db", "Asia/Almaty")
    assert (settings.web_host, settings.web_port, settings.send_rate) == ("127.0.0.1", 8080, 30)
    assert settings.unknown_policy is UnknownPolicy.RESEND
    assert not settings.allow_private_addresses


def test_the_environment_wins_over_the_file(tmp_path, file):
    """What the environment does not say, the file does."""
    file('timezone = "Asia/Aqtau"\nweb_port = 9000\n')
    settings = load({"HABARSHY_WEB_PORT": "9001"}, tmp_path)
    assert (settings.timezone, settings.web_port) == ("Asia/Aqtau", 9001)


def test_every_setting_can_come_as_text(tmp_path):
    """Variables are texts: numbers, switches, paths and lists by comma are read from them."""
    settings = load(
        {
            "HABARSHY_ADMINS": "5, 77,",
            "HABARSHY_ALLOW_PRIVATE_ADDRESSES": "true",
            "HABARSHY_SEND_RATE": "12.5",
            "HABARSHY_SOURCES": "my.toml",
            "HABARSHY_UNKNOWN_POLICY": "skip",
            "HABARSHY_LOG_LEVEL": "debug",
            "HABARSHY_TELEGRAM_API": "http://127.0.0.1:8081/",
            "HABARSHY_BOT_TOKEN": TOKEN,
        },
        tmp_path,
    )
    assert settings.admins == (5, 77)
    assert settings.allow_private_addresses
    assert settings.send_rate == 12.5
    assert settings.sources == Path("my.toml")
    assert settings.unknown_policy is UnknownPolicy.SKIP
    assert settings.log_level == "DEBUG"
    assert settings.telegram_api == "http://127.0.0.1:8081"
    assert settings.token() == TOKEN


def test_the_pages_address_is_the_root_of_a_host(tmp_path):
    """A slash behind it is none of a path."""
    assert load({"HABARSHY_PUBLIC_URL": "https://news.example.org:8443/"}, tmp_path).public_url == (
        "https://news.example.org:8443"
    )


def test_an_empty_source_file_is_none(tmp_path):
    """Container files set variables to nothing: that means the bundled catalogue, not a folder."""
    assert load({"HABARSHY_SOURCES": "", "HABARSHY_BROKER_URL": ""}, tmp_path) == Settings()


def test_a_file_may_list_in_its_own_way(tmp_path, file):
    """TOML has lists and switches of its own."""
    file("admins = [5, 77]\npaid_broadcast = true\n")
    settings = load({}, tmp_path)
    assert (settings.admins, settings.paid_broadcast) == ((5, 77), True)


def test_another_file_can_be_named(tmp_path, file):
    """HABARSHY_CONFIG replaces habarshy.toml; one that is not there is a mistake, unlike the default."""
    file("web_port = 9000\n")
    file("web_port = 9002\n", "other.toml")
    assert load({"HABARSHY_CONFIG": str(tmp_path / "other.toml")}, Path("/")).web_port == 9002
    message = refusal({"HABARSHY_CONFIG": "nowhere.toml"}, tmp_path)
    assert "HABARSHY_CONFIG" in message
    assert "nowhere.toml" in message


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("HABARSHY_TOKEN", "HABARSHY_BOT_TOKEN"),
        ("HABARSHY_DATABASEURL", "HABARSHY_DATABASE_URL"),
        ("HABARSHY_LOGLEVEL", "HABARSHY_LOG_LEVEL"),
    ],
)
def test_an_unknown_variable_names_the_nearest_known_one(tmp_path, variable, nearest):
    """A typing mistake must not pass for a default; its value is not shown."""
    message = refusal({variable: PASSWORD}, tmp_path)
    assert message.startswith(variable)
    assert message.endswith(nearest)
    assert PASSWORD not in message


@pytest.mark.parametrize(("key", "nearest"), [("bot_tokn", "bot_token"), ("BOT_TOKEN", "bot_token")])
def test_an_unknown_key_names_the_nearest_known_one(tmp_path, file, key, nearest):
    """In the file the names are lower case, and so is the answer."""
    file(f'{key} = "{PASSWORD}"\n')
    message = refusal({}, tmp_path)
    assert message == f"{key} in habarshy.toml is not a setting; the nearest known one is {nearest}"


@pytest.mark.parametrize("text", ["timezone = ", "= 3", '"\ud800'.encode("utf-8", "surrogatepass"), "a" * 9])
def test_a_file_that_is_not_toml_is_named(tmp_path, text):
    """The line where it breaks is named too, as far as the parser knows it."""
    (tmp_path / "habarshy.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert "habarshy.toml is not valid TOML" in refusal({}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("TIMEZONE", "Asia/Almata", "did you mean Asia/Almaty"),
        ("TIMEZONE", "", "not an IANA time zone"),
        ("WEB_PORT", "http", "valid integer"),
        ("WEB_PORT", "70000", "65535"),
        ("SEND_RATE", "0", "greater than 0"),
        ("ADMINS", "5,me", "valid integer"),
        ("SUMMARY_BACKEND", "gpt", "'extractive', 'transformers' or 'endpoint'"),
        ("UNKNOWN_POLICY", "again", "'resend' or 'skip'"),
        ("LOG_LEVEL", "loud", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("ALLOW_PRIVATE_ADDRESSES", "perhaps", "valid boolean"),
        ("DATABASE_URL", "habarshy.db", "must start with sqlite+aiosqlite:///"),
        ("ENDPOINT_URL", "localhost:8000/v1", "not an http(s) address"),
        ("BROKER_URL", "amqp://localhost", "must start with redis://, rediss:// or unix://"),
        ("BROKER_URL", "redis://", "must start with redis://"),
        ("PUBLIC_URL", "https://news.example.org/kk", "root of a host"),
        ("PUBLIC_URL", "https://news.example.org?kk", "root of a host"),
        ("PUBLIC_URL", "news.example.org", "not an http(s) address"),
    ],
)
def test_a_wrong_value_names_its_variable_and_what_would_do(tmp_path, name, value, remedy):
    """One line, with the value that was given."""
    message = refusal({f"HABARSHY_{name}": value}, tmp_path)
    assert message.startswith(f"HABARSHY_{name}")
    assert remedy in message


def test_a_wrong_type_in_the_file_is_a_wrong_value(tmp_path, file):
    """A number where a word belongs, or a table where a list belongs, never ends in a traceback."""
    for line in ("log_level = 10", "admins = 5", "timezone = 6", "sources = []", "bot_token = 1.5"):
        file(f"{line}\n")
        assert refusal({}, tmp_path).startswith(f"HABARSHY_{line.split()[0].upper()}")


@pytest.mark.parametrize(
    "environment",
    [
        {"HABARSHY_DATABASE_URL": f"postgresql://habarshy:{PASSWORD}@db/news"},
        {"HABARSHY_DATABASE_URL": f"mysql://habarshy:/{PASSWORD}@{PASSWORD}@db/news"},
        {"HABARSHY_ENDPOINT_URL": f"ftp://me:{PASSWORD}@host/v1"},
        {"HABARSHY_BROKER_URL": f"amqp://:{PASSWORD}@broker"},
        {"HABARSHY_WEBHOOK_URL": "https://bot.example/hook", "HABARSHY_WEBHOOK_SECRET": f"{PASSWORD}!"},
    ],
)
def test_no_secret_reaches_a_message(tmp_path, environment):
    """Neither a secret setting nor a password inside an address; also not through str or repr."""
    assert PASSWORD not in refusal(environment, tmp_path)
    held = Settings(bot_token=TOKEN, endpoint_key=PASSWORD, webhook_secret=PASSWORD)
    assert TOKEN not in f"{held}{held!r}"
    assert PASSWORD not in f"{held}{held!r}{held.model_dump_json()}"


@pytest.mark.parametrize("secret", ["", "with space", "ключ", "x" * 257])
def test_a_webhook_without_a_proper_secret_is_refused(tmp_path, secret):
    """Whoever finds the address could speak as Telegram."""
    given = {"HABARSHY_WEBHOOK_URL": "https://bot.example/hook", "HABARSHY_WEBHOOK_SECRET": secret}
    assert refusal(given, tmp_path).startswith("HABARSHY_WEBHOOK_URL needs HABARSHY_WEBHOOK_SECRET")
    assert load(given | {"HABARSHY_WEBHOOK_SECRET": "a-Z_0"}, tmp_path).webhook_url


def test_a_missing_token_is_a_mistake_only_where_it_is_needed():
    """`collect` runs without one; asking for it says where to get it."""
    with pytest.raises(SettingsError, match=r"HABARSHY_BOT_TOKEN is not set.*@BotFather"):
        Settings().token()


def test_settings_are_frozen():
    """Nothing changes them after they were read."""
    with pytest.raises(ValidationError, match="frozen"):
        Settings().web_port = 1
