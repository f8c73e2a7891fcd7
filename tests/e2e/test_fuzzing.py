"""Every address of ours, asked everything that schemathesis can think of."""

import asyncio
import random
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from starlette.routing import BaseRoute

from bot.app.operating import Operation
from bot.app.tracing import no_span
from bot.domain.subscriber import Chat, Preferences
from bot.metrics.meter import Meter
from tests.newsstand import NOW, Newsstand, init_data, newsstand, visiting

AIDA = 1001
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
pytestmark = pytest.mark.timeout(300)


def _dashboard(stand: Newsstand) -> list[BaseRoute]:
    return Operation(stand.newsroom, Meter(), no_span, NOW).routes({"web"})


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The site with a story and a reader, in a thread of its own: schemathesis asks and waits."""
    ready, done = threading.Event(), asyncio.Event()
    found: dict[str, object] = {}

    async def serve() -> None:
        async with newsstand(store) as stand, visiting(stand, _dashboard(stand)) as session:
            await stand.tell("Новость")
            await stand.newsroom.subscribers.join(Chat(AIDA), Preferences(("ru",)), NOW)
            found.update(address=str(session._base_url).rstrip("/"), loop=asyncio.get_running_loop())
            ready.set()
            await done.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    yield str(found["address"])
    found["loop"].call_soon_threadsafe(done.set)
    thread.join(30)


@pytest.fixture(scope="module")
def site(empty_store, tmp_path_factory) -> Iterator[str]:
    """The address of the site."""
    with served(Path(shutil.copy(empty_store, tmp_path_factory.mktemp("fuzzed") / "test.db"))) as address:
        yield address


@pytest.fixture(scope="module")
def described(site):
    """What the site says of itself."""
    return schemathesis.openapi.from_url(f"{site}/openapi.json")


def neighbour() -> str:
    """Somebody else each time: one address may ask 240 times a minute."""
    return f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(256)}"


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_asked_is_answered_as_described(described, mode):
    """No 500, no status and no media type that the document does not name; signed and unsigned."""
    asked = 0
    for operation in (found.ok() for found in described.get_all_operations()):

        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(operation.as_strategy(generation_mode=mode), st.booleans())
        def ask(case, signed):
            nonlocal asked
            asked += 1
            word = {"Authorization": f"tma {init_data(AIDA)}"} if signed else {}
            case.headers = {**(case.headers or {}), **word, "X-Forwarded-For": neighbour()}
            answer = case.call(timeout=20, allow_redirects=False)
            case.validate_response(answer, checks=CHECKS)

        with suppress(Unsatisfiable):  # an address without parameters can't be asked for wrongly
            ask()
    assert asked > 100


def test_nothing_public_is_left_undescribed(site):
    """Every page, feed, form and probe stands in the document; the webhook, which is a secret, does not."""
    paths = requests.get(f"{site}/openapi.json", timeout=20).json()["paths"]
    assert {"/", "/{lang}/{day}/{topic}", "/{lang}/feed.atom", "/app/settings", "/healthz"} <= paths.keys()
    own = {path: each for path, each in paths.items() if not path.startswith(("/operator", "/metrics"))}
    assert not any("default" in each["responses"] for path in own.values() for each in path.values())
