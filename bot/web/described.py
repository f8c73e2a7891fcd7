"""Routes that say what they take and answer, and the OpenAPI document made of them."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from starlette.convertors import Convertor, IntegerConvertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

Endpoint = Callable[[Request], Awaitable[Response]]
#: What any address may answer, whoever asks.
_ANYWHERE = {
    405: ("text/plain", "another method"),
    413: ("text/plain", "a body larger than any of ours"),
    414: ("text/plain", "an address longer than any of ours"),
    429: ("text/plain", "too many requests from one address"),
}
_CHOICE = re.compile(r"[a-z]+(\|[a-z]+)+")


class Described(Route):
    """A route with the status codes and media types of its answers, and the form it takes."""

    def __init__(
        self,
        path: str,
        endpoint: Endpoint,
        answers: Mapping[int, str],
        *,
        methods: Sequence[str] = ("GET",),
        form: Mapping[str, Any] | None = None,
    ) -> None:
        """`answers`: media type by status, "" for an answer without a body; `form`: JSON Schema by field."""
        super().__init__(path, endpoint, methods=list(methods))
        self.answers, self.form = answers, form


def openapi_route(routes: Iterable[BaseRoute]) -> Route:
    """`/openapi.json`: these routes, as OpenAPI 3.1."""
    written = document(routes)

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(written, headers={"Cache-Control": "public, max-age=3600"})

    return Described("/openapi.json", answer, {200: "application/json"})


def document(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """The routes that are no secret, as OpenAPI 3.1."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        if isinstance(route, Route) and route.include_in_schema:
            for method in sorted((route.methods or set()) - {"HEAD"}):
                paths.setdefault(route.path_format, {})[method.lower()] = _operation(route)
    signed = {"type": "apiKey", "in": "header", "name": "Authorization", "description": "tma <initData>"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Habarshy", "version": version("habarshy")},
        "paths": paths,
        "components": {"securitySchemes": {"telegram": signed}},
    }


def _operation(route: Route) -> dict[str, Any]:
    parameters = [_parameter(name, kind) for name, kind in route.param_convertors.items()]
    operation: dict[str, Any] = {"parameters": parameters, "responses": _responses(route)}
    form = getattr(route, "form", None)
    if form is not None:
        taken = {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": form}}}
        operation |= {"requestBody": {"content": taken}, "security": [{"telegram": []}]}
    return operation


def _responses(route: Route) -> dict[str, Any]:
    if not isinstance(route, Described):
        return {"default": {"description": "not described"}}
    own = {status: (kind, "") for status, kind in route.answers.items()}
    if route.param_convertors:
        own[404] = ("text/html", "no such address")
    return {
        str(status): {"description": words or str(status)} | ({"content": {kind: {}}} if kind else {})
        for status, (kind, words) in (_ANYWHERE | own).items()
    }


def _parameter(name: str, kind: Convertor[Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _schema(kind)}


def _schema(kind: Convertor[Any]) -> dict[str, Any]:
    if isinstance(kind, IntegerConvertor):
        return {"type": "integer", "pattern": f"^{kind.regex}$", "minimum": 1, "maximum": 10**18 - 1}
    if _CHOICE.fullmatch(kind.regex):
        return {"type": "string", "enum": kind.regex.split("|")}
    return {"type": "string", "pattern": f"^{kind.regex}$"}
