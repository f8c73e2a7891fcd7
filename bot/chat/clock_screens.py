"""Screens of the settings message about when: hours and days, the zone, breaking news, the weekly."""

from datetime import time

from bot.chat.buttons import (
    BreakingPick,
    DaysTick,
    Open,
    QuietPick,
    SlotTick,
    View,
    WeeklyPick,
    ZonePick,
)
from bot.chat.layout import Screen, button, keyboard, rows, ticked, way
from bot.chat.overview import quiet_hours
from bot.domain.subscriber import WEEKDAYS, Breaking, Subscriber
from bot.domain.timing import DEFAULT_WEEKLY, OFFERED_SLOTS
from bot.words.places import city_name
from bot.words.translator import translate, weekday_name

_OFFERED_WEEKLY = tuple(map(time, (10, 12, 18, 20)))
_OFFERED_QUIET = ((time(21), time(8)), (time(22), time(7)), (time(23), time(7)), (time(0), time(8)))
_OFFERED_ZONES = ("Asia/Almaty", "Asia/Tashkent", "Europe/Moscow", "Europe/Istanbul", "Europe/Berlin")


def times(reader: Subscriber) -> Screen:
    """Hours and days of the digest."""
    lang, slots = reader.lang, reader.preferences.slots
    choices = [
        button(ticked(f"{slot:%H:%M}", slot in slots), SlotTick(slot=f"{slot:%H%M}", on=slot not in slots))
        for slot in sorted({*OFFERED_SLOTS, *slots})
    ]
    weekdays = reader.preferences.days == WEEKDAYS
    days = button(
        translate(lang, "button-every-day" if weekdays else "button-weekdays"),
        DaysTick(weekdays=not weekdays),
    )
    weekly = button(translate(lang, "button-weekly"), Open(view=View.WEEKLY))
    done = button(translate(lang, "button-done"), Open(view=View.SETTINGS))
    return Screen(translate(lang, "screen-time"), keyboard(choices, 4, [days, weekly], [done]))


def zone(reader: Subscriber) -> Screen:
    """The clock the reader lives by."""
    lang, zone = reader.lang, reader.preferences.zone
    choices = [
        button(ticked(city_name(lang, name), name == zone), ZonePick(zone=name)) for name in _OFFERED_ZONES
    ]
    shown = f"{city_name(lang, zone)}, {zone}"
    return Screen(translate(lang, "screen-zone", zone=shown), keyboard(choices, 2, way(lang)))


def breaking(reader: Subscriber) -> Screen:
    """Which breaking news comes, and when it waits."""
    lang, chosen = reader.lang, reader.preferences.breaking
    modes = [
        [button(ticked(translate(lang, f"breaking-{mode}"), mode is chosen), BreakingPick(mode=mode))]
        for mode in Breaking
    ]
    quiet = reader.preferences.quiet
    hours = [
        button(ticked(f"🌙 {quiet_hours(lang, one)}", one == quiet), QuietPick(hours=_packed(one)))
        for one in dict.fromkeys((*_OFFERED_QUIET, quiet, None))
    ]
    text = translate(lang, "screen-breaking")
    return Screen(text, keyboard((), 1, *modes, *rows(hours, 2), way(lang)))


def weekly(reader: Subscriber) -> Screen:
    """The day and hour of the weekly."""
    lang, chosen = reader.lang, reader.preferences.weekly
    day, slot = (chosen.day if chosen else 0), (chosen or DEFAULT_WEEKLY).slot
    days = [
        button(
            ticked(weekday_name(lang, one).capitalize(), one == day), WeeklyPick(day=one, slot=_clock(slot))
        )
        for one in range(1, 8)
    ]
    hours = [
        button(ticked(f"{one:%H:%M}", one == slot), WeeklyPick(day=day, slot=_clock(one)))
        for one in (sorted({*_OFFERED_WEEKLY, slot}) if chosen else ())
    ]
    never = button(ticked(translate(lang, "weekly-off"), not chosen), WeeklyPick(day=0, slot=_clock(slot)))
    below = [*rows(days, 2), *rows(hours, 5), [never], way(lang)]
    return Screen(translate(lang, "screen-weekly"), keyboard((), 1, *below))


def _clock(moment: time) -> str:
    return f"{moment:%H%M}"


def _packed(hours: tuple[time, time] | None) -> str:
    return "-".join(map(_clock, hours)) if hours else "off"
