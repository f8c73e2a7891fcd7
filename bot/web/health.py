"""Whether the process lives, and whether it takes work: what a supervisor and a load balancer ask."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

#: Raises when the process can't do its work.
Probe = Callable[[], Awaitable[object]]


def health_routes(alive: Probe, ready: Probe | None = None) -> list[Route]:
    """`/healthz` and `/readyz`: 200 while their probe succeeds, 503 when it raises."""
    return [Route("/healthz", _answering(alive)), Route("/readyz", _answering(ready or alive))]


def _answering(probe: Probe) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def answer(_: Request) -> JSONResponse:
        try:
            await probe()
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is 503
            return JSONResponse({"status": "failing", "reason": type(error).__name__}, 503)
        return JSONResponse({"status": "ok"})

    return answer
