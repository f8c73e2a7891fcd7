"""OpenTelemetry, where it is installed and told where to send: spans around the verbs.

Nothing of it is imported otherwise. Its own variables (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, …) are
read by its SDK: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

import structlog

#: Opens a span of that name for the length of a block.
Span = Callable[[str], AbstractContextManager[object]]
_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"

_log = structlog.get_logger(__name__)


def trace_id() -> str:
    """A short name for one run of a job: what it logs can be found together."""
    return secrets.token_hex(4)


def no_span(_: str) -> AbstractContextManager[object]:
    """Nothing is traced."""
    return nullcontext()


@contextmanager
def tracing(environment: Mapping[str, str]) -> Iterator[Span]:
    """Spans that are sent to the collector of `environment`; without one, or without the extra, none."""
    if not environment.get(_ENDPOINT):
        yield no_span
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - as below
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource  # noqa: PLC0415 - as below
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - needs its extra
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above
    except ImportError:
        _log.warning("nothing is traced: pip install 'habarshy[tracing]', or unset " + _ENDPOINT)
        yield no_span
        return
    resource = Resource.create({SERVICE_NAME: environment.get("OTEL_SERVICE_NAME", "habarshy")})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    try:
        yield provider.get_tracer("habarshy").start_as_current_span
    finally:
        provider.shutdown()
