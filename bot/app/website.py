"""What this process answers over HTTP, by its roles."""

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.app.newsroom import Newsroom
from bot.newsroom.publishing import Publishing
from bot.settings import Settings
from bot.store.pages import PageStore
from bot.web.application import build_web
from bot.web.assets import asset_routes
from bot.web.cache import Pages
from bot.web.described import openapi_route
from bot.web.health import health_routes
from bot.web.miniapp.routes import app_routes
from bot.web.pages.index import MOST_SPANS, kept
from bot.web.pages.routes import page_routes
from bot.web.pages.site import Site
from bot.web.pages.troubles import refuse


def website(newsroom: Newsroom, roles: Collection[str], more: Sequence[BaseRoute] = ()) -> ASGIApp:
    """Health in every role, the public pages in that of the web, and `more` routes before those."""
    index = PageStore(newsroom.database)
    routes: list[BaseRoute] = [*health_routes(newsroom.database.ping, index.first), *more]
    if "web" in roles:
        token = newsroom.settings.bot_token.get_secret_value()
        routes += [*asset_routes(), *app_routes(newsroom.desk, token), *page_routes(site(newsroom))]
    free = [urlsplit(newsroom.settings.webhook_url).path]
    routes.append(openapi_route(routes))
    return build_web(routes, free, {HTTPException: refuse, Exception: refuse} if "web" in roles else None)


def site(newsroom: Newsroom) -> Site:
    """The public site over this newsroom."""
    index = PageStore(newsroom.database)
    candidates = kept(index.candidates, Pages(index.version, MOST_SPANS))
    ports = Publishing(candidates, index, newsroom.stories, newsroom.now, newsroom.settings.timezone)
    return Site(ports, Pages(index.version), public_address(newsroom.settings))


def public_address(settings: Settings) -> str:
    """What stands in front of a path that leaves the site, never taken from a request."""
    return settings.public_url or f"http://{settings.web_host}:{settings.web_port}"
