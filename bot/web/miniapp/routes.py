"""The Mini App's page, and the forms that it shows: each request carries Telegram's word for the reader."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from bot.domain import preferences
from bot.domain.errors import NotUnderstood
from bot.domain.pages import APP
from bot.domain.subscriber import Chat, State, Subscriber
from bot.newsroom import subscribe
from bot.newsroom.desk import Desk
from bot.web.described import Described
from bot.web.miniapp.initdata import Expired, Refused, vouched
from bot.web.miniapp.shown import values
from bot.web.miniapp.wishes import Fields, edition_of, wished
from bot.web.pages.visitor import language
from bot.web.protection import policy
from bot.web.rendering import render
from bot.words.translator import translate

#: Telegram's web clients show a Mini App in a frame; its script comes from Telegram and nowhere else.
_POLICY = policy(
    script_src="'self' https://telegram.org",
    connect_src="'self'",
    frame_ancestors="https://web.telegram.org https://webk.telegram.org https://webz.telegram.org",
)
_SCHEME = "tma "
#: A form has a field for each source that is muted, and some forty others.
_MOST_FIELDS = 1000

_HTML = "text/html"
_ANSWERS = dict.fromkeys((200, 400, 401, 404, 422), _HTML)
_WORD, _WORDS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
_ONCE = ("edition", "interface", "zone", "muted", "followed", "breaking", "layout", "weekly", "weekly_time")
_QUIET = ("quiet", "quiet_from", "quiet_until")
_FORM = dict.fromkeys((*_ONCE, *_QUIET), _WORD) | (
    dict.fromkeys(("languages", "topics", "slots", "days", "muted_sources"), _WORDS)
)

#: What a request asks for a reader; returns the reader as they then are and what to tell them.
Act = Callable[[Subscriber, Fields], Awaitable[tuple[Subscriber, str]]]


def app_routes(desk: Desk, token: str) -> list[BaseRoute]:
    """`/app` and what it asks; `token` is the bot's, under which Telegram signs."""
    app = _App(desk, token)
    return [
        Described(APP, app.page, {200: _HTML}),
        *(
            Described(f"{APP}/{name}", app.answering(act), _ANSWERS, methods=["POST"], form=form)
            for name, act, form in (
                ("form", app.look, {}),
                ("settings", app.save, _FORM),
                ("pause", app.pause, {"days": {"type": "string"}}),
                ("resume", app.resume, {}),
            )
        ),
    ]


@dataclass(frozen=True, slots=True)
class _App:
    desk: Desk
    token: str

    async def page(self, request: Request) -> Response:
        lang = language(request)
        headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept-Language", "Cache-Control": "no-cache"}
        return HTMLResponse(render("app.html", lang), headers=headers)

    def answering(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that lets `act` be done for whom Telegram vouches, and shows the form after it."""

        async def answer(request: Request) -> Response:
            lang = language(request)
            try:
                reader = await self._reader(request)
            except Refused as refused:
                return _note(lang, "app-old" if isinstance(refused, Expired) else "app-outside", 401)
            if reader is None:
                return _note(lang, "not-subscribed", 404)
            try:
                fields = parse_qs((await request.body()).decode(), max_num_fields=_MOST_FIELDS)
                reader, told = await act(reader, fields)
            except NotUnderstood as error:
                expected = ", ".join(error.expected)
                words = translate(reader.lang, "not-understood", word=error.word, expected=expected)
                return await self._form(reader, words, 422)
            except ValueError:
                return _note(lang, "failed", 400)
            return await self._form(reader, told and translate(reader.lang, told))

        return answer

    async def _reader(self, request: Request) -> Subscriber | None:
        given = request.headers.get("Authorization", "")
        if not given.startswith(_SCHEME):
            raise Refused("no initData")
        visitor = vouched(given.removeprefix(_SCHEME), self.token, self.desk.now())
        reader = await self.desk.subscribers.find(Chat(visitor.id))
        return None if reader is None or reader.state is State.GONE else reader

    async def _form(self, reader: Subscriber, told: str, status: int = 200) -> Response:
        shown = values(reader, await self.desk.outlets.public())
        return _fragment(render("form.html", reader.lang, **shown, told=told), status)

    async def look(self, reader: Subscriber, _: Fields) -> tuple[Subscriber, str]:
        return reader, ""

    async def save(self, reader: Subscriber, fields: Fields) -> tuple[Subscriber, str]:
        if fields.get("edition") != [edition_of(reader)]:
            return reader, "app-changed"
        wishes = wished(fields, reader.preferences, await self.desk.outlets.public())
        return await subscribe.revise(self.desk, reader, wishes), "app-saved"

    async def pause(self, reader: Subscriber, fields: Fields) -> tuple[Subscriber, str]:
        days = preferences.pause(" ".join(fields.get("days", ())))
        return await subscribe.pause(self.desk, reader, days), "app-saved"

    async def resume(self, reader: Subscriber, _: Fields) -> tuple[Subscriber, str]:
        resumed, _new = await subscribe.start(self.desk, reader.chat, reader.preferences)
        return resumed, "app-saved"


def _note(lang: str, key: str, status: int) -> Response:
    return _fragment(render("note.html", lang, text=translate(lang, key)), status)


def _fragment(html: str, status: int) -> Response:
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})
