"""What a reader taps to change when news comes."""

from datetime import time

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.chat.buttons import BreakingPick, DaysTick, QuietPick, SlotTick, View, WeeklyPick, ZonePick
from bot.chat.readers import may_change, subscribed
from bot.chat.redrawing import Answers, change, ticked
from bot.domain import preferences
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Subscriber, Weekly
from bot.domain.timing import MOST_SLOTS, quiet_hours
from bot.newsroom.desk import Desk
from bot.words.places import zones_by_name


def router() -> Router:
    """The buttons of the screens about when."""
    taps = Router(name="clock taps")
    taps.callback_query.filter(subscribed, may_change)
    taps.callback_query.middleware(Answers())
    for data, handler in (
        (SlotTick, slot),
        (DaysTick, days),
        (ZonePick, zone),
        (BreakingPick, breaking),
        (QuietPick, quiet),
        (WeeklyPick, weekly),
    ):
        taps.callback_query.register(handler, data.filter())
    return taps


async def slot(callback: CallbackQuery, callback_data: SlotTick, desk: Desk, reader: Subscriber) -> None:
    """Tick or untick an hour, up to the number of slots a day."""
    moment = time.fromisoformat(callback_data.slot)
    chosen = ticked(reader.preferences.slots, [moment], callback_data.on)[-MOST_SLOTS:]
    await change(callback, desk, reader, View.TIME, slots=tuple(sorted(chosen)))


async def days(callback: CallbackQuery, callback_data: DaysTick, desk: Desk, reader: Subscriber) -> None:
    """Weekdays only, or every day."""
    chosen = WEEKDAYS if callback_data.weekdays else EVERY_DAY
    await change(callback, desk, reader, View.TIME, days=chosen)


async def zone(callback: CallbackQuery, callback_data: ZonePick, desk: Desk, reader: Subscriber) -> None:
    """Live by another clock."""
    chosen = preferences.zone(callback_data.zone, zones_by_name())
    await change(callback, desk, reader, View.ZONE, zone=chosen)


async def breaking(
    callback: CallbackQuery, callback_data: BreakingPick, desk: Desk, reader: Subscriber
) -> None:
    """Get breaking news, or not."""
    await change(callback, desk, reader, View.BREAKING, breaking=callback_data.mode)


async def quiet(callback: CallbackQuery, callback_data: QuietPick, desk: Desk, reader: Subscriber) -> None:
    """Let breaking news wait in these hours, or never."""
    await change(callback, desk, reader, View.BREAKING, quiet=quiet_hours(callback_data.hours))


async def weekly(callback: CallbackQuery, callback_data: WeeklyPick, desk: Desk, reader: Subscriber) -> None:
    """Get the weekly on this day at this hour, or never."""
    slot = time.fromisoformat(callback_data.slot)
    chosen = Weekly(callback_data.day, slot) if callback_data.day else None
    await change(callback, desk, reader, View.WEEKLY, weekly=chosen)
