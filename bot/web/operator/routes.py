"""Addresses of the dashboard."""

from starlette.routing import BaseRoute, Route

from bot.web.operator.doorkeeper import HOME, Doorkeeper
from bot.web.operator.entrance import Entrance
from bot.web.operator.panel import Panel
from bot.web.operator.session import Gate, LanguageOf


def operator_routes(
    panel: Panel, doorkeeper: Doorkeeper, language_of: LanguageOf, *, secure: bool
) -> list[BaseRoute]:
    """The dashboard's routes; `secure` where browsers reach it by https."""
    gate, entrance = Gate(doorkeeper, language_of), Entrance(doorkeeper, secure)
    read, act = gate.reading, gate.acting
    return [
        Route(f"{HOME}/login", entrance.show),
        Route(f"{HOME}/login", entrance.enter, methods=["POST"]),
        Route(f"{HOME}/logout", act(entrance.leave), methods=["POST"]),
        Route(HOME, read(panel.overview)),
        Route(f"{HOME}/sources", read(panel.sources)),
        Route(f"{HOME}/sources/{{outlet:int}}/probe", act(panel.probe), methods=["POST"]),
        Route(f"{HOME}/sources/{{outlet:int}}/{{verb}}", act(panel.switch), methods=["POST"]),
        Route(f"{HOME}/stories", read(panel.stories)),
        Route(f"{HOME}/stories/{{story:int}}", read(panel.story)),
        Route(f"{HOME}/summaries", read(panel.summaries)),
        Route(f"{HOME}/deliveries", read(panel.deliveries)),
        Route(f"{HOME}/readers", read(panel.readers)),
    ]
