"""Who may read the metrics."""

import pytest
from starlette.requests import Request

from bot.web.exposition import is_internal


def request(address: str | None, **headers: str) -> Request:
    named = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    client = (address, 5000) if address else None
    return Request({"type": "http", "headers": named, "client": client, "method": "GET", "path": "/metrics"})


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "172.20.0.5", "192.168.7.7", "fd00::5"])
def test_the_own_machine_and_network_may(address):
    """Loopback and private addresses, of both families."""
    assert is_internal(request(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "172.32.0.1", "testclient", "", None])
def test_the_rest_of_the_world_may_not(address):
    """Nor who has no address at all."""
    assert not is_internal(request(address))


@pytest.mark.parametrize("header", ["X_Forwarded_For", "Forwarded", "X_Real_IP", "Via"])
def test_nobody_may_through_a_proxy(header):
    """Whatever address it names: a scraper asks directly."""
    assert not is_internal(request("127.0.0.1", **{header: "127.0.0.1"}))
