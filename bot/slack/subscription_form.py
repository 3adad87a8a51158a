"""The window that sets a digest up, between its inputs and a subscription: what it shows of one, and what its inputs
ask for. Pure.

What the inputs cannot show of a subscription stands in the box for words, as it would be typed, or is kept as it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.digests.formatting import format_days, format_zone
from bot.digests.subscription_parser import ParsedSubscription
from bot.digests.timezones import UnclearZone, extract_zone, is_zone_name
from bot.slack.views import subscription_modal as say
from bot.slack.views.limits import pack_lines
from bot.storage.models import Schedule, SubscriptionFilter

SCHEDULE_HAS_OWN_FIELDS = "When it comes and where has its own fields here. Leave it out of the words, please."
MAX_ERROR = 150  # characters of an error under an input


def words_field_text(wanted: SubscriptionFilter, post_when_empty: bool) -> str:
    """`"jira", -SLA, only v2.214`: what has no input of its own, so that typed again it means the same. Whole items, as
    many as fit.
    """
    items = [
        *map(_quoted, wanted.words),
        *(f"-{area}" for area in wanted.without_areas),
        *(f"-{_quoted(word)}" for word in wanted.without_words),
    ]
    items += [f"only {version}" for version in wanted.versions]
    items += ["even if nothing is new"] if post_when_empty else []
    return pack_lines(items, say.MAX_WORDS, ", ")[0] if items else ""


def _quoted(word: str) -> str:
    """In quotes a word is never taken for an area, a day or a place; what was not typed in quotes may be too long for
    them.
    """
    return word if '"' in word or len(word) > 80 else f'"{word}"'


def format_unlisted_days(schedule: Schedule) -> str:
    """What the list of weekdays cannot show, in words: `Monday to Friday`, `on the 15th of every month`; empty where it
    can.
    """
    if schedule.cadence in ("daily", "on arrival"):
        return ""
    shown = schedule.nth == 1 if schedule.cadence == "monthly" else len(schedule.weekdays) == 1
    return "" if shown else format_days(schedule)


def schedule_from_form(values: Mapping[str, Any], zone: str, known: Schedule | None, today: date) -> Schedule:
    """What was chosen. Days that were left as they stood in the window stay those of `known`, and two weeks go on in
    its rhythm.
    """
    was = known or Schedule()
    cadence, at, chosen = values[say.CADENCE], time.fromisoformat(values[say.AT]), str(values[say.WEEKDAY])
    shown = say.KEEP_DAYS if format_unlisted_days(was) else str((was.weekdays or (0,))[0])
    if cadence == was.cadence and chosen == shown:
        return replace(was, time_of_day=at, zone=zone)
    weekdays = (was.weekdays or (0,)) if chosen == say.KEEP_DAYS else (int(chosen),)
    start = (was.anchor_date or today) if cadence == "fortnightly" else None
    if cadence == "monthly":
        return Schedule(cadence, weekdays[:1], at, zone, nth=1)
    return Schedule(cadence, weekdays, at, zone, anchor_date=start)


def filter_from_form(values: Mapping[str, Any], typed: ParsedSubscription) -> SubscriptionFilter:
    """The areas chosen and what the words said, together."""
    found = typed.filter
    areas = tuple(dict.fromkeys((*(values.get(say.AREAS) or ()), *found.areas)))
    return replace(found, areas=areas, highlights=found.highlights or values[say.ONLY] == "highlights")


def zone_field_text(zone: str) -> str:
    """`UTC+2` for Etc/GMT-2, which nobody would type; others by their name."""
    return format_zone(zone) if zone.startswith("Etc/") else zone


def zone_from_form(values: Mapping[str, Any]) -> str | None:
    """The time zone that was typed; None when there is none of that name. Raises UnclearZone for one that could be
    several.
    """
    text = str(values[say.ZONE])
    if "/" in text and is_zone_name(text):  # its own name, as it stood there
        return text
    _, zone, _ = extract_zone(text.lower())
    return zone or (text if is_zone_name(text) else None)


def form_errors(values: Mapping[str, Any], typed: ParsedSubscription) -> dict[str, str]:
    """Which question stands under which input."""
    errors = {}
    if typed.has_schedule or typed.channel:
        errors[say.WORDS] = SCHEDULE_HAS_OWN_FIELDS
    elif typed.clarifications:
        errors[say.WORDS] = typed.clarifications[0][:MAX_ERROR]
    try:
        if zone_from_form(values) is None:
            errors[say.ZONE] = "Which city's time do you mean? For example London or New York."
    except UnclearZone as question:
        errors[say.ZONE] = str(question)[:MAX_ERROR]
    return errors


def typed_command(values: Mapping[str, Any], known: Schedule | None) -> str:
    """The same in one line, for somebody who may type it: `subscribe <#C1> Chat, "jira", weekly monday 09:00 London`."""
    what = [*(values.get(say.AREAS) or ()), *([str(values[say.WORDS])] if values.get(say.WORDS) else [])]
    what += ["only highlights"] if values[say.ONLY] == "highlights" else []
    cadence, day = str(values[say.CADENCE]), str(values[say.WEEKDAY])
    when = [format_unlisted_days(known)] if known and day == say.KEEP_DAYS and cadence == known.cadence else [cadence]
    if cadence != "on arrival":
        when += [say.WEEKDAY_NAMES[int(day)].lower()] if cadence != "daily" and day.isdecimal() else []
        when += [str(values[say.AT]), str(values[say.ZONE])]
    return f"subscribe <#{values[say.CHANNEL]}> {', '.join(what) or 'everything'}, {' '.join(when)}"
