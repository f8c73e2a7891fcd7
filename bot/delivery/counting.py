"""Tells of each request to the Bot API how it ended."""

from collections.abc import Callable

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import AiogramError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.delivery.outcomes import outcome
from bot.domain.delivery import Outcome

#: Takes a method's name and why it failed; None: it did not.
Tell = Callable[[str, Outcome | None], None]


class Counting(BaseRequestMiddleware):
    """For every client; put on last, it sees each try of those that try again."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """The answer, or the error, as it came."""
        try:
            answer = await make_request(bot, method)
        except AiogramError as error:
            self._tell(method.__api_method__, outcome(error))
            raise
        self._tell(method.__api_method__, None)
        return answer
