"""The values of the subscription modal: how a subscription is shown in its inputs, and how the inputs are read. Pure.

What the inputs cannot show of a subscription is in the field for words, as it would be typed, or stays as it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.digests.formatting import format_days, format_zone
from bot.digests.subscription_parser import ParsedSubscription
from bot.digests.timezones import UnclearZone, extract_zone, is_zone_name
from bot.slack.views import subscription_modal as modal
from bot.slack.views.limits import pack_lines
from bot.storage.models import Schedule, SubscriptionFilter

SCHEDULE_HAS_OWN_FIELDS = "When it comes and where has its own fields here. Leave it out of the words, please."
MAX_ERROR = 150  # characters of an error under an input
MAX_QUOTED = 80  # characters that the parser reads between quotes


# -- a subscription in the modal --------------------------------------------------------------------------------------


def words_field_text(subscription_filter: SubscriptionFilter, post_when_empty: bool) -> str:
    """`"jira", -SLA, only v2.214`: what has no input of its own, so that it means the same when it is parsed again.
    Whole items, as many as the field takes.
    """
    items = [
        *map(_quote, subscription_filter.words),
        *(f"-{area}" for area in subscription_filter.without_areas),
        *(f"-{_quote(word)}" for word in subscription_filter.without_words),
        *(f"only {version}" for version in subscription_filter.versions),
    ]
    items += ["even if nothing is new"] if post_when_empty else []
    return pack_lines(items, modal.MAX_WORDS, ", ")[0] if items else ""


def _quote(word: str) -> str:
    """In quotes a word is never parsed as an area, a day or a city. Some words are too long for quotes."""
    return word if '"' in word or len(word) > MAX_QUOTED else f'"{word}"'


def format_unlisted_days(schedule: Schedule) -> str:
    """`Monday to Friday`, `on the 15th of every month`: days that the list of weekdays cannot show. Empty if it can."""
    if schedule.cadence in ("daily", "on arrival"):
        return ""
    is_listed = schedule.nth == 1 if schedule.cadence == "monthly" else len(schedule.weekdays) == 1
    return "" if is_listed else format_days(schedule)


def zone_field_text(zone: str) -> str:
    """`UTC+2` for Etc/GMT-2, which nobody would type; other zones by their name."""
    return format_zone(zone) if zone.startswith("Etc/") else zone


# -- what was filled in -----------------------------------------------------------------------------------------------


def schedule_from_form(values: Mapping[str, Any], zone: str, current: Schedule | None, today: date) -> Schedule:
    """The schedule that was chosen. Days that were left alone stay as in `current`, and a fortnight keeps its weeks."""
    current = current or Schedule()
    cadence, day = values[modal.CADENCE], str(values[modal.WEEKDAY])
    time_of_day = time.fromisoformat(values[modal.AT])
    first_weekday = (current.weekdays or (0,))[0]
    day_before = modal.KEEP_DAYS if format_unlisted_days(current) else str(first_weekday)
    if cadence == current.cadence and day == day_before:
        return replace(current, time_of_day=time_of_day, zone=zone)
    weekdays = (current.weekdays or (0,)) if day == modal.KEEP_DAYS else (int(day),)
    if cadence == "monthly":
        return Schedule(cadence, weekdays[:1], time_of_day, zone, nth=1)
    anchor_date = (current.anchor_date or today) if cadence == "fortnightly" else None
    return Schedule(cadence, weekdays, time_of_day, zone, anchor_date=anchor_date)


def filter_from_form(values: Mapping[str, Any], parsed: ParsedSubscription) -> SubscriptionFilter:
    """The areas that were chosen, with what the words say."""
    areas = tuple(dict.fromkeys((*(values.get(modal.AREAS) or ()), *parsed.filter.areas)))
    highlights = parsed.filter.highlights or values[modal.ONLY] == "highlights"
    return replace(parsed.filter, areas=areas, highlights=highlights)


def zone_from_form(values: Mapping[str, Any]) -> str | None:
    """The time zone that was typed; None when there is none of that name. Raises UnclearZone when there are several."""
    text = str(values[modal.ZONE])
    if "/" in text and is_zone_name(text):  # an IANA name, as the modal showed it
        return text
    _, zone, _ = extract_zone(text.lower())
    return zone or (text if is_zone_name(text) else None)


def form_errors(values: Mapping[str, Any], parsed: ParsedSubscription) -> dict[str, str]:
    """The question to show under each input that needs one, by the input's block_id."""
    errors = {}
    if parsed.has_schedule or parsed.channel:
        errors[modal.WORDS] = SCHEDULE_HAS_OWN_FIELDS
    elif parsed.clarifications:
        errors[modal.WORDS] = parsed.clarifications[0][:MAX_ERROR]
    try:
        if zone_from_form(values) is None:
            errors[modal.ZONE] = "Which city's time do you mean? For example London or New York."
    except UnclearZone as question:
        errors[modal.ZONE] = str(question)[:MAX_ERROR]
    return errors


def typed_command(values: Mapping[str, Any], current: Schedule | None) -> str:
    """What was filled in as a command that an admin can type: `subscribe <#C1> Chat, weekly monday 09:00 London`."""
    items = [*(values.get(modal.AREAS) or ()), *([str(values[modal.WORDS])] if values.get(modal.WORDS) else [])]
    items += ["only highlights"] if values[modal.ONLY] == "highlights" else []
    cadence, day = str(values[modal.CADENCE]), str(values[modal.WEEKDAY])
    keeps_days = current is not None and day == modal.KEEP_DAYS and cadence == current.cadence
    when = [format_unlisted_days(current)] if current and keeps_days else [cadence]
    if cadence != "on arrival":
        when += [modal.WEEKDAY_NAMES[int(day)].lower()] if cadence != "daily" and day.isdecimal() else []
        when += [str(values[modal.AT]), str(values[modal.ZONE])]
    return f"subscribe <#{values[modal.CHANNEL]}> {', '.join(items) or 'everything'}, {' '.join(when)}"
