"""The values of the subscription modal: how a subscription is shown in its inputs, and how the inputs are read. Pure.

What the inputs cannot show of a subscription stays as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.catalog.models import Version
from bot.digests.formatting import format_days, format_zone
from bot.digests.subscription_parser import ParsedSubscription
from bot.digests.timezones import UnclearZone, extract_zone, is_zone_name
from bot.slack.views import subscription_modal as modal
from bot.storage.models import Schedule, Subscription, SubscriptionFilter

SCHEDULE_HAS_OWN_FIELDS = "When it comes and where has its own fields here. Leave it out of the words, please."
MAX_ERROR = 150  # characters of an error under an input
MAX_QUOTED = 80  # characters that the parser reads between quotes
ROOM_BESIDE_WORDS = 900  # characters of a field that areas and versions may take


# -- a subscription in the modal --------------------------------------------------------------------------------------


def keywords_field_text(subscription_filter: SubscriptionFilter) -> str:
    """`"jira", only v2.214`, so that it means the same when it is parsed again. Whole items, as many as the field
    takes; the others stay as they are.
    """
    versions = [f"only {version}" for version in subscription_filter.versions]
    return ", ".join([*versions, *map(_quote, _split(subscription_filter.words)[0])])


def leave_out_field_text(subscription_filter: SubscriptionFilter) -> str:
    """`SLA, "zendesk"`: the areas and keywords that are left out."""
    words = _split(subscription_filter.without_words)[0]
    return ", ".join([*subscription_filter.without_areas, *map(_quote, words)])


def _split(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """As many words as a field has room for beside areas or versions, and the rest."""
    length, shown = 0, 0
    for word in words:
        length += len(word) + len('"", ')
        if length > modal.MAX_WORDS - ROOM_BESIDE_WORDS:
            break
        shown += 1
    return list(words[:shown]), list(words[shown:])


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


def read_form(
    values: Mapping[str, Any],
    parse: Callable[[str], ParsedSubscription],
    today: date,
    current: Subscription | None = None,
) -> tuple[ParsedSubscription | None, dict[str, str]]:
    """What was filled in, in place of `current` or as a new digest; or None, and the question under each input that
    needs one.
    """
    wanted = parse(str(values.get(modal.WORDS) or "") or "everything")
    left_out = parse(str(values.get(modal.LEAVE_OUT) or "") or "everything")
    errors = form_errors(values, wanted, left_out)
    zone = None if errors else zone_from_form(values)
    if zone is None:
        return None, errors
    begins = str(values.get(modal.BEGINS) or "")
    return replace(
        wanted,
        filter=_filter_from_form(values, wanted, left_out, current.filter if current else SubscriptionFilter()),
        schedule=schedule_from_form(values, zone, current.schedule if current else None, today),
        from_version=Version.parse(begins) if begins not in ("", modal.FROM_NOW) else wanted.from_version,
        post_when_empty=wanted.post_when_empty or bool(values.get(modal.EMPTY)),
        notes=(*wanted.notes, *left_out.notes),
    ), {}


def _filter_from_form(
    values: Mapping[str, Any], wanted: ParsedSubscription, left_out: ParsedSubscription, current: SubscriptionFilter
) -> SubscriptionFilter:
    """The areas that were chosen, with what the words say, and what the window had no room for."""
    said, out = wanted.filter, left_out.filter
    return replace(
        said,
        areas=_unique(*(values.get(modal.AREAS) or ()), *said.areas),
        words=_unique(*said.words, *_split(current.words)[1]),
        without_areas=_unique(*said.without_areas, *out.areas, *out.without_areas),
        without_words=_unique(*said.without_words, *out.words, *out.without_words, *_split(current.without_words)[1]),
        highlights=said.highlights or values[modal.ONLY] == "highlights",
    )


def _unique(*items: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def zone_from_form(values: Mapping[str, Any]) -> str | None:
    """The time zone that was typed; None when there is none of that name. Raises UnclearZone when there are several."""
    text = str(values[modal.ZONE])
    if "/" in text and is_zone_name(text):  # an IANA name, as the modal showed it
        return text
    _, zone, _ = extract_zone(text.lower())
    return zone or (text if is_zone_name(text) else None)


def form_errors(values: Mapping[str, Any], wanted: ParsedSubscription, left_out: ParsedSubscription) -> dict[str, str]:
    """The question to show under each input that needs one, by the input's block_id."""
    errors = {}
    for name, parsed in ((modal.WORDS, wanted), (modal.LEAVE_OUT, left_out)):
        if parsed.has_schedule or parsed.channel:
            errors[name] = SCHEDULE_HAS_OWN_FIELDS
        elif parsed.clarifications:
            errors[name] = parsed.clarifications[0][:MAX_ERROR]
    areas = {*(values.get(modal.AREAS) or ()), *wanted.filter.areas}
    both = (areas & {*left_out.filter.areas}) | ({*wanted.filter.words} & {*left_out.filter.words})
    if both and not errors:
        errors[modal.LEAVE_OUT] = f"{min(both)}: with or without it?"[:MAX_ERROR]
    if values.get(modal.LEAVE_OUT) and left_out.says_everything and not errors:
        errors[modal.LEAVE_OUT] = "Nothing would be left then. What should be left out?"
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
    items += ["even if nothing is new"] if values.get(modal.EMPTY) else []
    if (begins := str(values.get(modal.BEGINS) or modal.FROM_NOW)) != modal.FROM_NOW:
        items.append(f"from v{begins}")
    if left_out := str(values.get(modal.LEAVE_OUT) or ""):
        items = [*(items or ["everything"]), *(f"-{item.strip()}" for item in left_out.split(",") if item.strip())]
    cadence, day = str(values[modal.CADENCE]), str(values[modal.WEEKDAY])
    keeps_days = current is not None and day == modal.KEEP_DAYS and cadence == current.cadence
    when = [format_unlisted_days(current)] if current and keeps_days else [cadence]
    if cadence != "on arrival":
        when += [modal.WEEKDAY_NAMES[int(day)].lower()] if cadence != "daily" and day.isdecimal() else []
        when += [str(values[modal.AT]), str(values[modal.ZONE])]
    return f"subscribe <#{values[modal.CHANNEL]}> {', '.join(items) or 'everything'}, {' '.join(when)}"
