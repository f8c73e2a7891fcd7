"""A Bot API server on loopback: the real server's rules, its limits and its bad days."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.e2e import updates
from tests.e2e.limits import Limits
from tests.e2e.methods import METHODS, Answer, Refusal
from tests.e2e.sent import Sent

TOKEN = "42:e2e-token"

#: Faults that answer instead of the method: status, description.
ANSWERS = {
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "kicked": (403, "Forbidden: bot was kicked from the group chat"),
    "deleted": (403, "Forbidden: the group chat was deleted"),
    "not found": (400, "Bad Request: chat not found"),
    "bad button": (400, "Bad Request: BUTTON_URL_INVALID"),
    "uneditable": (400, "Bad Request: message can't be edited"),
    "no rich": (400, "Bad Request: RICH_MESSAGES_UNSUPPORTED"),
    "500": (500, "Internal Server Error"),
}
#: Edits of settings in place have far wider limits of their own.
WRITES = {"sendMessage", "sendDocument", "sendRichMessage"}


@dataclass
class Fault:
    """What happens to the next `times` calls of a method (to a chat)."""

    kind: str
    method: str = "sendMessage"
    chat: int | None = None
    times: int = 1
    #: Seconds: of a flood's retry_after, of a hanging answer.
    seconds: float = 1


@dataclass
class BotApi:
    """The server's state, and what people do on the other side of it."""

    limits: Limits | None = field(default_factory=Limits)
    messages: list[Sent] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    #: Rules the bot broke: refused texts, unknown methods, taps answered twice. Tests end with none.
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    #: Decides by chat what happens to a write that no fault was planned for: a fault's kind, or None.
    weather: Callable[[int], str | None] | None = None
    #: By (chat, user): status of members; people are plain members elsewhere.
    members: dict[tuple[int, int], str] = field(default_factory=dict)
    #: Callback query id → text of its answer; None while unanswered.
    answers: dict[str, str | None] = field(default_factory=dict)
    #: Inline query id → what was offered; None while unanswered.
    offers: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    menus: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    webhook: dict[str, str] = field(default_factory=dict)
    migrated: dict[int, int] = field(default_factory=dict)
    address: str = ""

    def __post_init__(self) -> None:
        self.pending: deque[dict[str, Any]] = deque()
        self.news = asyncio.Event()
        self._read: dict[int, int] = {}
        self._ids = iter(range(1, 10**9))
        self._poll: asyncio.Future[None] | None = None
        self._runner: web.AppRunner | None = None
        self._clients: ClientSession | None = None

    # What people do

    def user_sends(self, chat: int, text: str | None, **more: Any) -> int:
        """A person writes; returns the update id. See updates.message for what else can be said."""
        return self.update("message", updates.message(chat, text, next(self._ids), **more))

    def posts(self, channel: int, text: str, **more: Any) -> int:
        """Someone posts in a channel."""
        return self.update(
            "channel_post", updates.message(channel, text, next(self._ids), kind="channel", **more)
        )

    def taps(self, message: Sent, data: str, *, sender: int | None = None, lang: str | None = None) -> str:
        """A person taps a button under a message (or forges one); returns the callback query's id."""
        query = str(next(self._ids))
        self.answers[query] = None
        shown = updates.message(message.chat, message.text, message.id)
        shown |= {"from": updates.BOT} | {
            key: message.fields[key] for key in ("message_thread_id",) if key in message.fields
        }
        if "message_thread_id" in shown:
            shown["is_topic_message"] = True
        person = updates.user(sender or abs(message.chat), lang)
        body = {"id": query, "from": person, "chat_instance": "1", "message": shown, "data": data}
        self.update("callback_query", body)
        return query

    def membership(self, chat: int, old: str, new: str, kind: str | None = None) -> int:
        """The bot is blocked, kicked, added, let in again."""
        return self.update("my_chat_member", updates.membership(chat, old, new, kind))

    def types(self, person: int, query: str, *, lang: str | None = None) -> str:
        """A person types the bot's name and some words in any chat; returns the inline query's id."""
        ident = str(next(self._ids))
        self.offers[ident] = None
        self.update("inline_query", updates.inline(ident, person, query, lang))
        return ident

    def update(self, kind: str, body: dict[str, Any]) -> int:
        """Queue any update; returns its id."""
        update_id = next(self._ids)
        self.pending.append({"update_id": update_id, kind: body})
        self.news.set()
        return update_id

    # What tests wait for

    async def wait_for_message(self, chat: int, containing: str = "", seconds: float = 20) -> Sent:
        """The next message to a chat not yet seen by the test that contains a text."""
        async with asyncio.timeout(seconds):
            while True:
                for message in self.sent_to(chat):
                    if message.id > self._read.get(chat, 0) and containing in message.text:
                        self._read[chat] = message.id
                        return message
                await asyncio.sleep(0.005)

    async def until(self, condition: Any, seconds: float = 20) -> None:
        """Return when a condition holds."""
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.005)

    async def answer_to(self, query: str, seconds: float = 20) -> str:
        """The text with which a tap was answered."""
        await self.until(lambda: self.answers[query] is not None, seconds)
        return self.answers[query] or ""

    async def settled(self) -> None:
        """Return when every update was taken and a moment has passed without a call."""
        await self.until(lambda: not self.pending)
        seen = -1
        while seen != len(self.calls):
            seen = len(self.calls)
            await asyncio.sleep(0.25)

    def sent_to(self, chat: int) -> list[Sent]:
        """All messages in a chat, oldest first."""
        return [message for message in self.messages if message.chat == chat]

    def fault(self, kind: str, **more: Any) -> None:
        """Plan a bad day: a key of ANSWERS, or 502, flood, drop, lost, hang, slow."""
        self.faults.append(Fault(kind, **more))

    # The server

    async def start(self, port: int = 0, routes: Sequence[web.RouteDef] = ()) -> None:
        """Serve on loopback (with more routes for whoever measures); `address` is for the bot's settings."""
        app = web.Application()
        app.add_routes(routes)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._clients = ClientSession()

    async def stop(self) -> None:
        """Stop serving."""
        assert self._runner
        assert self._clients
        await self._clients.close()
        await self._runner.cleanup()

    async def push(self) -> list[int]:
        """Deliver pending updates to the webhook as the server does; returns the statuses."""
        assert self._clients
        statuses = []
        while self.pending:
            secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
            body = self.pending.popleft()
            async with self._clients.post(self.webhook["url"], json=body, headers=secret) as answer:
                statuses.append(answer.status)
        return statuses

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = {key: _decoded(value) for key, value in (await request.post()).items()}
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        self.calls.append((method, fields))
        fault = self._fault_for(method, fields)
        if fault and (answer := await self._before(fault, request)):
            return answer
        answer = await self._answer(method, fields)
        if fault and fault.kind in {"slow", "hang"}:
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind in {"lost", "hang"}:
            _cut(request)
        return answer

    async def _answer(self, method: str, fields: dict[str, Any]) -> web.StreamResponse:
        if method == "getUpdates":
            return await self._updates(fields)
        if method not in METHODS:
            self.violations.append(f"unknown method {method}")
            return _error(404, "Not Found: method not found")
        if wait := self._flood(method, fields):
            return _flood(wait)
        if (chat := int(fields.get("chat_id", 0))) in self.migrated:
            new = {"migrate_to_chat_id": self.migrated[chat]}
            return _error(400, "Bad Request: group chat was upgraded to a supergroup chat", **new)
        try:
            return web.json_response({"ok": True, "result": METHODS[method](self, fields)})
        except Refusal as refusal:
            if refusal.violation:
                self.violations.append(f"{method}: {refusal}: {str(fields)[:300]}")
            return _error(400, f"Bad Request: {refusal}")

    async def _updates(self, fields: dict[str, Any]) -> web.StreamResponse:
        if self.webhook.get("url"):
            return _error(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        self._poll = mine = asyncio.get_running_loop().create_future()
        offset = int(fields.get("offset", 0))
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        deadline = time.monotonic() + min(int(fields.get("timeout", 0)), 50)
        while not self.pending and not mine.done() and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        if mine.done():
            return _error(409, "Conflict: terminated by other getUpdates request")
        mine.set_result(None)
        return web.json_response({"ok": True, "result": list(self.pending)[: int(fields.get("limit", 100))]})

    def _flood(self, method: str, fields: dict[str, Any]) -> float:
        if method not in WRITES or self.limits is None or fields.get("allow_paid_broadcast"):
            return 0.0
        return self.limits.take(int(fields.get("chat_id", 0)), time.monotonic())

    def _fault_for(self, method: str, fields: dict[str, Any]) -> Fault | None:
        for fault in self.faults:
            if fault.method == method and fault.chat in (None, int(fields.get("chat_id", 0))):
                fault.times -= 1
                self.faults = [each for each in self.faults if each.times > 0]
                return fault
        kind = self.weather(int(fields.get("chat_id", 0))) if self.weather and method in WRITES else None
        return Fault(kind) if kind else None

    async def _before(self, fault: Fault, request: web.Request) -> web.StreamResponse | None:
        if fault.kind in ANSWERS:
            return _error(*ANSWERS[fault.kind])
        if fault.kind == "502":
            page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
            return web.Response(status=502, text=page, content_type="text/html")
        if fault.kind == "flood":
            return _flood(fault.seconds)
        if fault.kind == "drop":
            _cut(request)
        return None


def _decoded(value: Any) -> Any:
    try:
        decoded = json.loads(value)
    except (TypeError, ValueError):
        return value
    return decoded if isinstance(decoded, dict | list) else value


def _cut(request: web.Request) -> None:
    assert request.transport
    request.transport.abort()
    raise ConnectionResetError


def _flood(seconds: float) -> web.Response:
    wait = max(1, int(seconds + 0.999))
    return _error(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


def _error(status: int, description: str, **parameters: int) -> web.Response:
    body: Answer = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=status)
