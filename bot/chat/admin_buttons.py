"""What the buttons of an administrator's messages mean."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from pydantic import Field


class Step(StrEnum):
    """What to do with a message to everyone."""

    SEND = "send"
    CANCEL = "cancel"


class Run(CallbackData, prefix="adm"):
    """Let a message to everyone out, or stop it."""

    step: Step
    broadcast: int = Field(ge=0, lt=2**53)
