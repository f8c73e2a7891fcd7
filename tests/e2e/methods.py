"""The Bot API's methods as far as the bot calls them, with the server's checks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.e2e import updates
from tests.e2e.oracle import RefusedText, Shown, shown
from tests.e2e.sent import Sent

if TYPE_CHECKING:
    from tests.e2e.botapi import BotApi

Answer = dict[str, Any]
Fields = dict[str, Any]


class Refusal(Exception):
    """The server answers 400."""

    def __init__(self, description: str, *, violation: bool = True) -> None:
        super().__init__(description)
        #: False for refusals that happen to correct bots too.
        self.violation = violation


def send_message(api: BotApi, fields: Fields) -> Answer:
    """Check and keep a message."""
    seen = _text(fields, "text", 4096)
    _check_keyboard(fields.get("reply_markup"))
    return _wire(_keep(api, fields, seen))


def send_rich_message(api: BotApi, fields: Fields) -> Answer:
    """Check a rich message's blocks and keep what a reader sees of them."""
    blocks = fields["rich_message"]["blocks"]
    seen = Shown("\n".join(map(_block, blocks)), ())
    if not 1 <= len(seen.text) <= 32768:
        raise Refusal("RICH_MESSAGE_LENGTH_INVALID")
    _check_keyboard(fields.get("reply_markup"))
    return _wire(_keep(api, fields, seen))


def _block(block: Answer) -> str:
    if block["type"] not in {"heading", "paragraph", "details"}:
        raise Refusal("RICH_BLOCK_INVALID")
    inner = [_block(each) for each in block.get("blocks", [])]
    return "\n".join([_rich_text(block.get("text") or block["summary"]), *inner])


def _rich_text(text: Any) -> str:
    if isinstance(text, list):
        return "".join(map(_rich_text, text))
    return text if isinstance(text, str) else _rich_text(text["text"])


def send_document(api: BotApi, fields: Fields) -> Answer:
    """Check the caption and keep a file's name and content."""
    upload = next(value for value in fields.values() if hasattr(value, "file"))
    fields = {**fields, "filename": upload.filename, "content": upload.file.read()}
    seen = _text(fields, "caption", 1024) if fields.get("caption") else Shown("", ())
    return _wire(_keep(api, fields, seen))


def edit_message_text(api: BotApi, fields: Fields) -> Answer:
    """Change a message; an edit that changes nothing is refused, as by the server."""
    message = _find(api, fields)
    seen = _text(fields, "text", 4096)
    _check_keyboard(fields.get("reply_markup"))
    if seen.text == message.text and fields.get("reply_markup") == message.fields.get("reply_markup"):
        raise Refusal("message is not modified", violation=False)
    message.text, message.entities, message.links = seen.text, seen.entities, seen.links
    message.fields = {**message.fields, "reply_markup": fields.get("reply_markup")}
    message.edits += 1
    return _wire(message)


def edit_message_reply_markup(api: BotApi, fields: Fields) -> Answer:
    """Change a message's buttons only."""
    message = _find(api, fields)
    _check_keyboard(fields.get("reply_markup"))
    if fields.get("reply_markup") == message.fields.get("reply_markup"):
        raise Refusal("message is not modified", violation=False)
    message.fields = {**message.fields, "reply_markup": fields.get("reply_markup")}
    message.edits += 1
    return _wire(message)


def answer_callback_query(api: BotApi, fields: Fields) -> bool:
    """A tap is answered once, with at most 200 characters."""
    query, text = fields["callback_query_id"], fields.get("text", "")
    if query not in api.answers:
        raise Refusal("query is too old and response timeout expired or query ID is invalid")
    if api.answers[query] is not None:
        raise Refusal("tap answered twice")
    if len(text) > 200:
        raise Refusal("MESSAGE_TOO_LONG")
    api.answers[query] = text
    return True


def answer_inline_query(api: BotApi, fields: Fields) -> bool:
    """Stories offered to somebody who types; each text must be one the server would take."""
    query, results = fields["inline_query_id"], fields["results"]
    if api.offers.get(query, ()) is not None:
        raise Refusal("query is too old and response timeout expired or query ID is invalid")
    if len(results) > 50:
        raise Refusal("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise Refusal("RESULT_ID_DUPLICATE")
    seen = []
    for result in results:
        if result["type"] != "article" or not 1 <= len(result["id"].encode()) <= 64:
            raise Refusal("RESULT_ID_INVALID")
        if not result["title"]:
            raise Refusal("ARTICLE_TITLE_EMPTY")
        seen.append(_text(result["input_message_content"], "message_text", 4096))
    api.offers[query] = {**fields, "shown": seen}
    return True


def set_my_commands(api: BotApi, fields: Fields) -> bool:
    """Check a menu against the server's limits."""
    commands = fields["commands"]
    for command in commands:
        name, description = command["command"], command["description"]
        if not (1 <= len(name) <= 32 and name.isascii() and name.replace("_", "a").isalnum()):
            raise Refusal("BOT_COMMAND_INVALID")
        if name != name.lower() or not 1 <= len(description) <= 256:
            raise Refusal("BOT_COMMAND_DESCRIPTION_INVALID")
    if len(commands) > 100:
        raise Refusal("BOT_COMMANDS_TOO_MUCH")
    scope = (fields.get("scope") or {}).get("type", "default")
    api.menus[f"{scope}:{fields.get('language_code', '')}"] = commands
    return True


def set_webhook(api: BotApi, fields: Fields) -> bool:
    """Keep the address and the secret."""
    api.webhook = dict(fields)
    return True


def delete_webhook(api: BotApi, fields: Fields) -> bool:
    """Back to polling."""
    api.webhook = {}
    if fields.get("drop_pending_updates") == "true":
        api.pending.clear()
    return True


def get_webhook_info(api: BotApi, fields: Fields) -> Answer:
    """The address and how many updates wait."""
    waiting = {"has_custom_certificate": False, "pending_update_count": len(api.pending)}
    troubles = {key: value for key, value in api.webhook.items() if key.startswith("last_error")}
    return {"url": api.webhook.get("url", ""), **waiting, **troubles}


def get_chat_member(api: BotApi, fields: Fields) -> Answer:
    """A person's standing in a chat."""
    user = int(fields["user_id"])
    status = api.members.get((int(fields["chat_id"]), user), "member")
    return updates.member(updates.user(user), status)


def _me(api: BotApi, fields: Fields) -> Answer:
    return updates.BOT | {"can_join_groups": True, "can_read_all_group_messages": False}


def _true(api: BotApi, fields: Fields) -> bool:
    return True


METHODS: dict[str, Callable[[BotApi, Fields], Any]] = {
    "getMe": _me,
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendRichMessage": send_rich_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getChatMember": get_chat_member,
    "sendChatAction": _true,
    "deleteMessage": _true,
    "setMyDescription": _true,
    "setMyShortDescription": _true,
    "setChatMenuButton": _true,
    "answerInlineQuery": answer_inline_query,
}


def _text(fields: Fields, name: str, limit: int) -> Shown:
    try:
        return shown(fields.get(name, ""), fields.get("parse_mode"), limit)
    except RefusedText as error:
        raise Refusal(str(error)) from error


def _keep(api: BotApi, fields: Fields, seen: Shown) -> Sent:
    message = Sent(
        int(fields["chat_id"]), next(api._ids), seen.text, seen.entities, seen.links, fields, time.monotonic()
    )
    api.messages.append(message)
    return message


def _find(api: BotApi, fields: Fields) -> Sent:
    wanted = int(fields["chat_id"]), int(fields["message_id"])
    found = [message for message in api.messages if (message.chat, message.id) == wanted]
    if not found:
        raise Refusal("message to edit not found")
    return found[0]


def _wire(message: Sent) -> Answer:
    thread = message.fields.get("message_thread_id")
    body = updates.message(message.chat, message.text or None, message.id) | {"from": updates.BOT}
    return body | ({"message_thread_id": int(thread), "is_topic_message": True} if thread else {})


def _check_keyboard(markup: Any) -> None:
    rows = (markup or {}).get("inline_keyboard", [])
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise Refusal("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
            raise Refusal("BUTTON_DATA_INVALID")
