"""What a person's client makes the server send to a bot."""

import time
from typing import Any

BOT = {"id": 42, "is_bot": True, "first_name": "Habarshy", "username": "habarshy_bot"}

RIGHTS = (
    "manage_chat",
    "delete_messages",
    "manage_video_chats",
    "restrict_members",
    "promote_members",
    "change_info",
    "invite_users",
    "post_stories",
    "edit_stories",
    "delete_stories",
    "manage_topics",
    "send_welcome_messages",
)


def user(user_id: int, lang: str | None = None) -> dict[str, Any]:
    """A person as the Bot API describes one."""
    person = {"id": user_id, "is_bot": False, "first_name": f"Reader {user_id}"}
    return person | ({"language_code": lang} if lang else {})


def chat(chat_id: int, kind: str | None = None) -> dict[str, Any]:
    """A chat; its kind follows from the id where it isn't given."""
    kind = kind or ("private" if chat_id > 0 else "supergroup" if chat_id < -(10**12) else "group")
    return {"id": chat_id, "type": kind, "title": f"Chat {chat_id}", "first_name": f"Reader {chat_id}"}


def message(
    chat_id: int,
    text: str | None,
    message_id: int,
    *,
    lang: str | None = None,
    sender: int | None = None,
    kind: str | None = None,
    thread: int | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A message written in a chat; commands carry their entity as the server adds it."""
    where = chat(chat_id, kind)
    found = {"message_id": message_id, "date": int(time.time()), "chat": where, **more}
    if where["type"] == "channel":
        found["sender_chat"] = where
    else:
        found["from"] = user(sender or abs(chat_id), lang)
    if text is not None:
        found["text"] = text
        found["entities"] = _commands(text)
    if thread is not None:
        found |= {"message_thread_id": thread, "is_topic_message": True}
    return found


def membership(chat_id: int, old: str, new: str, kind: str | None = None) -> dict[str, Any]:
    """The bot's own standing in a chat changed: "member", "administrator", "left", "kicked"."""
    return {
        "chat": chat(chat_id, kind),
        "from": user(abs(chat_id)),
        "date": int(time.time()),
        "old_chat_member": member(BOT, old),
        "new_chat_member": member(BOT, new),
    }


def inline(query_id: str, person: int, query: str, lang: str | None = None) -> dict[str, Any]:
    """Words typed after the bot's name in any chat."""
    return {"id": query_id, "from": user(person, lang), "query": query, "offset": "", "chat_type": "sender"}


def _commands(text: str) -> list[dict[str, Any]]:
    if not text.startswith("/"):
        return []
    return [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]


def member(person: dict[str, Any], status: str) -> dict[str, Any]:
    """A ChatMember of the given status with the fields that status has."""
    rights = ("can_be_edited", "is_anonymous", *(f"can_{right}" for right in RIGHTS))
    extra = {
        "kicked": {"until_date": 0},
        "creator": {"is_anonymous": False},
        "administrator": dict.fromkeys(rights, False),
    }
    return {"user": person, "status": status, **extra.get(status, {})}
