"""Whether the process lives, and whether it takes work: what a supervisor and a load balancer ask."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.web.described import Described

#: Raises when the process can't do its work.
Probe = Callable[[], Awaitable[object]]
_ANSWERS = dict.fromkeys((200, 503), "application/json")


def health_routes(alive: Probe, ready: Probe | None = None) -> list[Route]:
    """`/healthz` and `/readyz`: 200 while their probe succeeds, 503 when it raises."""
    probes = {"/healthz": alive, "/readyz": ready or alive}
    return [Described(path, _answering(probe), _ANSWERS) for path, probe in probes.items()]


def _answering(probe: Probe) -> Callable[[Request], Awaitable[JSONResponse]]:
    async def answer(_: Request) -> JSONResponse:
        try:
            await probe()
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is 503
            return JSONResponse({"status": "failing", "reason": type(error).__name__}, 503)
        return JSONResponse({"status": "ok"})

    return answer
