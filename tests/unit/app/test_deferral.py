"""aiogram without what is never used: told in processes of their own, for here it is loaded already."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.app.deferral import load_aiogram

ROOT = Path(__file__).parents[3]
_LOADED = """
from bot.app.deferral import load_aiogram
load_aiogram()
import aiogram
from aiogram import methods, types
from aiogram.methods.base import Response
"""
_BUILT = """
named = [one for one in vars(types).values() if isinstance(one, type)]
models = [one for one in named if issubclass(one, types.TelegramObject)]
print(sum(one.__pydantic_complete__ for one in models) * 10 < len(models) > 300)
"""
_UPDATE = """
told = {"update_id": 7, "message": {"message_id": 1, "date": 1700000000, "text": "/start",
        "chat": {"id": 1, "type": "private"}, "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}}
found = Response[list[types.Update]].model_validate({"ok": True, "result": [told]}).result[0]
print(found.message.chat.id, found.message.reply_markup.inline_keyboard[0][0].text, found.message.date.year)
"""
_SENT = """
keys = types.InlineKeyboardMarkup(inline_keyboard=[[types.InlineKeyboardButton(text="x", callback_data="y")]])
sent = methods.SendMessage(chat_id=1, text="z", reply_markup=keys)
print(sent.model_dump(include={"chat_id", "reply_markup"}, exclude_none=True))
"""
_WRONG = """
try:
    types.Chat(id="no number", type="private")
except ValueError as error:
    print(type(error).__name__)
"""


def said(script: str) -> str:
    """What a process prints that loads aiogram this way."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LOADED + script],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("script", "output"),
    [
        (_BUILT, "True"),
        (_UPDATE, "1 x 2023"),
        (
            _SENT,
            "{'chat_id': 1, 'reply_markup': {'inline_keyboard': [[{'text': 'x', 'callback_data': 'y'}]]}}",
        ),
        (_WRONG, "ValidationError"),
    ],
    ids=["nothing is built", "an update", "a method", "a wrong type"],
)
def test_models_are_built_when_they_are_used(script, output):
    """None before; then they read, write and refuse as ever."""
    assert said(script) == output


def test_aiogram_that_is_loaded_stays_as_it_is():
    """Nothing of pydantic is changed for good."""
    import aiogram  # noqa: F401, PLC0415 - loaded by other tests, or now

    before = BaseModel.__dict__["model_rebuild"], dict(BaseModel.model_config)
    load_aiogram()
    assert (BaseModel.__dict__["model_rebuild"], dict(BaseModel.model_config)) == before
