"""Spans go to a collector where one is named, and nothing is loaded where none is."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.app.tracing import no_span, trace_id, tracing

_LOADS = """
import sys
from bot.app.tracing import tracing
with tracing({}) as span:
    with span("collect"):
        pass
sys.exit(any(name.startswith("opentelemetry") for name in sys.modules))
"""


@pytest.fixture
def collector():
    """A collector on loopback: its address, and the bodies that it was sent."""
    bodies: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", bodies
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_a_collector_nothing_is_loaded():
    """Not even where the extra is installed."""
    assert subprocess.run([sys.executable, "-c", _LOADS], check=False).returncode == 0
    with tracing({}) as span:
        assert span is no_span


def test_spans_reach_the_collector(collector, monkeypatch):
    """By the verbs' names, one inside the other, before the process ends."""
    pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="needs the extra tracing")
    address, bodies = collector
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
    environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_SERVICE_NAME": "habarshy-test"}
    with tracing(environment) as span, span("compose"), span("deliver"):
        pass
    ((path, body),) = bodies
    assert path == "/v1/traces"
    assert all(name in body for name in (b"compose", b"deliver", b"habarshy-test"))


def test_a_trace_is_short_and_its_own():
    """Two runs of a job are told apart."""
    assert len({trace_id() for _ in range(100)}) == 100
    assert len(trace_id()) == 8
