"""Which of several digests somebody means by what they call it: "the portal digest", "our weekly one". Pure."""

import re
from collections.abc import Sequence

from bot.digests.models import ScheduledSubscription
from bot.digests.schedule_parser import DAY_NAMES
from bot.digests.subscription_parser import ParsedSubscription
from bot.storage.models import Schedule, Subscription

# Said of a digest, and no name of one.
_NO_NAME = re.compile(
    r"\b(?:halo(?:psa)?|channel|slack|bot|new|current|whole|entire|regular|usual|automat(?:ic|ed)|own|other|stupid|damn"
    r"|team['’]?s?|one|next|change|changes|release|update|updates|two|three|four|five|annoying|an?|the)\b ?",
    re.IGNORECASE,
)

_PLAIN = re.compile(r"[\w& -]{1,60}")  # a name that can stand before "digest" in a sentence


def name_in(text: str) -> str:
    """What of a text is the name of a digest; empty where it names none in particular."""
    return " ".join(_NO_NAME.sub("", text).split())


def possible_names(subscription: Subscription) -> list[str]:
    """What a digest can be called, the most telling first; the first of these that means it alone is its name."""
    schedule, held = subscription.schedule, subscription.filter
    names = [*held.areas, *held.words, *(["highlights"] if held.highlights else [])]
    names = [name.lower() for name in names if _PLAIN.fullmatch(name)] or ["everything"]
    return [*names, *(DAY_NAMES[day] for day in schedule.weekdays[:1]), schedule.cadence]


def find_called(
    rows: Sequence[ScheduledSubscription], text: str, named: ParsedSubscription
) -> list[ScheduledSubscription]:
    """The digests that hold just what is named, else those that hold some of it, else those that come then; none where
    the name means nothing.
    """
    said = named.filter
    wanted = {*said.areas, *(word.lower() for word in said.words)}
    if wanted:
        held = [(row, _held(row)) for row in rows]
        return [row for row, holds in held if holds == wanted] or [row for row, holds in held if holds & wanted]
    if named.clarifications:
        return []
    if said.highlights:
        return [row for row in rows if row.subscription.filter.highlights]
    if named.says_everything:
        return [row for row in rows if not _held(row)]
    if not named.has_schedule:
        return []
    has_day = any(day[:3] in text.lower() for day in DAY_NAMES)
    return [row for row in rows if _comes_so(row.subscription.schedule, named.schedule, has_day)]


def _held(row: ScheduledSubscription) -> set[str]:
    subscription_filter = row.subscription.filter
    return {*subscription_filter.areas, *(word.lower() for word in subscription_filter.words)}


def _comes_so(schedule: Schedule, said: Schedule, has_day: bool) -> bool:
    """Whether a digest comes on a day that is named, or else daily, weekly, …"""
    return bool({*said.weekdays} & {*schedule.weekdays}) if has_day else schedule.cadence == said.cadence
