"""Schedules, filters and moments in words for people, not escaped. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from bot.digests.models import ScheduledSubscription
from bot.digests.schedule_parser import DAY_NAMES
from bot.digests.timezones import ZONES_OFF_THE_HOUR, load_zone
from bot.storage.models import Schedule, Subscription, SubscriptionDraft, SubscriptionFilter

SAYS_YEAR_AFTER = 180  # days: of a day that is farther away, its year is said
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def format_schedule(schedule: Schedule) -> str:
    """`every Monday at 09:00 (Europe/London)`."""
    if schedule.cadence == "on arrival":
        return "as soon as something arrives"
    return f"{format_days(schedule)} at {schedule.time_of_day:%H:%M} ({format_zone(schedule.zone)})"


def format_days(schedule: Schedule) -> str:
    """`every Monday`, `on the 15th of every month`."""
    days = [DAY_NAMES[day].title() for day in schedule.weekdays]
    match schedule.cadence:
        case "daily":
            return "every day"
        case "fortnightly":
            return f"every two weeks on {join_words(days)}"
        case "monthly" if schedule.nth is not None:
            return f"on the {_NTH[schedule.nth]} {days[0]} of every month"
        case "monthly":
            day = schedule.day or 1
            return f"on the {ordinal(day)} of every month{' (or its last day)' if day > 28 else ''}"
    if schedule.weekdays == (0, 1, 2, 3, 4):
        return "Monday to Friday"
    return f"every {join_words(days)}"


def format_filter(subscription_filter: SubscriptionFilter) -> str:
    """`highlights in Billing & invoicing or about “jira”, without Chat`."""
    wanted = [*subscription_filter.areas, *(f"about “{word}”" for word in subscription_filter.words)]
    without = [*subscription_filter.without_areas]
    without += (f"anything about “{word}”" for word in subscription_filter.without_words)
    text = join_words(wanted, "or") if wanted else "everything"
    if subscription_filter.highlights:
        text = f"highlights and cautions{' in ' + text if wanted else ''}"
    if subscription_filter.versions:
        text += f", only of {join_words([str(version) for version in subscription_filter.versions])}"
    return text + (f", without {join_words(without, 'or')}" if without else "")


def format_subscription(subscription: Subscription) -> str:
    """`Billing & invoicing; every Monday at 09:00 (Europe/London)`."""
    return f"{format_filter(subscription.filter)}; {format_schedule(subscription.schedule)}"


def format_draft(draft: SubscriptionDraft) -> str:
    """The same of what somebody wants to subscribe to."""
    return f"{format_filter(draft.filter)}; {format_schedule(draft.schedule)}"


def subscription_mark(subscription: Subscription) -> str:
    """A short text that changes when what a subscription contains, or when it comes, changes."""
    return sha256(repr(subscription.contents).encode()).hexdigest()[:10]


def channel_mark(subscriptions: Sequence[ScheduledSubscription]) -> str:
    """A short text that changes when a channel gets another digest, or loses one; empty where it has none."""
    ids = sorted(row.subscription.id for row in subscriptions)
    return sha256(repr(ids).encode()).hexdigest()[:10] if ids else ""


def format_zone(zone: str) -> str:
    """`Europe/London`; fixed offsets the way people write them: `UTC+2` for Etc/GMT-2, and beside the city where they
    are no whole hour: `Asia/Kolkata, UTC+5:30`. Of a zone that this machine does not know: `UTC, because
    Mars/Base is not known here`.
    """
    if zone in ("Etc/GMT", "UTC", "Etc/UTC"):
        return "UTC"
    if zone.startswith("Etc/GMT"):
        return "UTC" + zone.removeprefix("Etc/GMT").translate(str.maketrans("+-", "-+"))
    if load_zone(zone) is UTC:
        return f"UTC, because {zone} is not known here"
    offset = next((f", UTC{offset}" for offset, name in ZONES_OFF_THE_HOUR.items() if name == zone), "")
    return zone.replace("_", " ") + offset


def format_moment(moment: datetime, zone: str) -> str:
    """`Monday 30 November at 09:00`, on the zone's clock."""
    local = moment.astimezone(load_zone(zone))
    return f"{local:%A} {local.day} {local:%B} at {local:%H:%M}"


def format_day(moment: datetime, zone: str, today: date) -> str:
    """`Monday 30 November`, on the zone's calendar, with its year as in `format_date`."""
    day = moment.astimezone(load_zone(zone)).date()
    return f"{day:%A} {format_date(day, today)}"


def format_date(day: date, today: date) -> str:
    """`1 February`, with its year where the next day of that name may be thought of first: `3 November 2027`."""
    return f"{day.day} {day:%B}" + (f" {day.year}" if (day - today).days > SAYS_YEAR_AFTER else "")


def join_words(items: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `31st`."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
