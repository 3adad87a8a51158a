"""Watches on more than words: on an area ("the portal area"), on a version ("billing in v2.218"), or on whatever
version comes next. Such a watch wants all of it, whatever the entries say.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from bot.catalog.models import Version
from bot.digests.formatting import format_filter
from bot.digests.models import newest_version
from bot.digests.selection import IndexedEntry, select_entries
from bot.digests.subscription_parser import parse_subscription
from bot.storage.models import Arrival, KeyHistory, Schedule, SubscriptionCursor, SubscriptionFilter

_AREA_MARK = re.compile(r"\barea\s*:", re.IGNORECASE)
_NEXT_VERSION = re.compile(
    r"(?:(?:for|when) )?(?:there(?:'s| is) )?(?:a|an|any|the|every|each|all)? ?(?:new|next|newest|latest|coming)"
    r" (?:halo(?:psa)? )?(?:versions?|releases?)|(?:the )?(?:latest|newest)",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:what(?:ever|['’]?s)?(?: is)?|all(?: that is)?|everything that is|anything that is) new"
    r"|(?:all |any )?(?:the )?(?:new changes|news)|(?:all|every) (?:new )?changes?",
    re.IGNORECASE,
)
# "1016865", "change #1016865" and "id 1016865" are one thing, and so are "2.230" and "version 2.230".
_NUMBER = re.compile(r"(?:(?:change|entry|item|id|number|no\.?|nr\.?) )?#? ?(?P<number>\d{5,9})", re.IGNORECASE)
_VERSION = re.compile(r"(?:version|release|v)? ?(?P<version>\d{1,3}\.\d{1,4})", re.IGNORECASE)
# "for changes in the SLA area" is the SLA area.
_CHANGES_IN = re.compile(
    r"(?:for )?(?:(?:any|all|new|the) )?(?:new )?(?:changes|news|updates|anything new|something new)"
    r" (?:in|to|about|on|for|of) (?=\S)",
    re.IGNORECASE,
)
_NO_DAY = date(2000, 1, 3)  # of a schedule, which a watch has none of


class WatchSubject(NamedTuple):
    """What a watch wants all of."""

    filter: SubscriptionFilter = SubscriptionFilter()
    from_version: Version | None = None
    is_next_version: bool = False

    @property
    def words(self) -> str:
        """In words, not escaped."""
        if self.is_next_version:
            return "the first changes of each new version"
        if self == WatchSubject():
            return "everything that is new"
        since = f", from {self.from_version} on" if self.from_version else ""
        return f"{format_filter(self.filter).replace('everything, only of ', 'everything of ')}{since}"


def plain_question(question: str) -> str:
    """A question as it is watched: a change by its number as `#1016865`, a version as `v2.230`, "changes in the SLA
    area" as the SLA area, any other as it is.
    """
    whole = " ".join(question.split()).strip('“”" .?!')
    said = whole[match.end() :] if (match := _CHANGES_IN.match(whole)) else whole
    if match := _NUMBER.fullmatch(said):
        return f"#{match['number']}"
    if match := _VERSION.fullmatch(said):
        return f"v{match['version']}"
    return said if said != whole else question


def is_same_watch(question: str, other: str, areas: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether two questions watch the same: the same words, or by other words the same areas and versions."""
    words, others = (plain_question(one).casefold().strip('“”" .?!') for one in (question, other))
    if words == others:
        return True
    subject = read_subject(words, areas)
    return subject is not None and subject == read_subject(others, areas)


def read_subject(question: str, areas: Mapping[str, tuple[str, ...]]) -> WatchSubject | None:
    """What a question names if it names nothing but areas, versions, highlights, or everything; None for any other
    question.
    """
    text = _AREA_MARK.sub(" ", question)
    if _NEXT_VERSION.fullmatch(text.strip(" .?!")):
        return WatchSubject(is_next_version=True)
    if _ALL.fullmatch(text.strip(" .?!")):
        return WatchSubject()
    parsed = parse_subscription(text, Schedule(), areas, lambda _: False, _NO_DAY)
    wanted = parsed.filter
    if parsed.clarifications or parsed.notes or parsed.has_schedule or parsed.channel:
        return None
    is_whole = parsed.says_everything or wanted.areas or wanted.versions or wanted.highlights or parsed.from_version
    if not is_whole or wanted.words or wanted.without_words:
        return None
    return WatchSubject(wanted, parsed.from_version)


def arrived_for(
    subject: WatchSubject,
    cursor: int,
    arrivals: Iterable[Arrival],
    entries: Mapping[str, IndexedEntry],
    histories: Mapping[str, KeyHistory],
    told_keys: Iterable[str],
    keys_of_version: Callable[[Version], Iterable[str]],
) -> dict[str, int]:
    """What arrived after `cursor` and belongs to the subject, by key with its seq; also what only now turned out to."""
    start = SubscriptionCursor(subject.filter, cursor, cursor, None)
    told = set(told_keys)
    found = {
        item.entry.key: (item.seq, newest_version(item.entry))
        for item in select_entries(arrivals, entries, [start], (), histories, told).items
        if item.kind == "new" and item.entry.key not in told
    }
    if subject.is_next_version:
        versions = {version for _, version in found.values() if version}
        new = {version for version in versions if set(keys_of_version(version)) <= found.keys()}
        return {key: seq for key, (seq, version) in found.items() if version in new}
    from_version = subject.from_version
    return {
        key: seq
        for key, (seq, version) in found.items()
        if from_version is None or (version and version >= from_version)
    }
