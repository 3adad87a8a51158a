"""What a sentence changes about a digest: "fridays", "add jira", "without portal". Pure: it only proposes.

What a sentence does not name stays as it is. A proposal travels in a button's value, so that what is confirmed is what
was read.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any, NamedTuple

from bot.catalog.models import Version
from bot.digests.change_words import HOW_OFTEN, NO_NAME, NOT_SO, in_plain_words, question_about, split_parts
from bot.digests.formatting import format_schedule
from bot.digests.schedule_parser import ParsedSchedule, extract_schedule
from bot.digests.subscription_parser import NOT_KNOWN, NOTHING_UNDERSTOOD, ParsedSubscription
from bot.storage.filters import decode_filter, encode_filter, is_same_filter
from bot.storage.models import Schedule, Subscription, SubscriptionDraft, SubscriptionFilter
from bot.text import normalise

Parse = Callable[[str, Schedule], ParsedSubscription]  # a text, and what it doesn't say about when

WHAT_TIME = "At what time, for example 8am or 14:30?"
NOTHING_LEFT = "Nothing particular is left then, so it would hold everything. What should it hold?"
ALREADY_SO = "That is what it does already."
ELSEWHERE = "A digest stays in its channel. Set one up in the other channel, and remove this one."
WHICH_DAY = "On which day, for example Friday?"
WHICH_ZONE = "Which city's time do you mean? For example London or New York."
WHEN_THEN = "When should it come instead? For example `fridays 9am`. `stop the digest` removes it."
ONE_SCHEDULE = (
    "A digest comes on certain days, all at one time of day. Say when it should come altogether, for example `mondays "
    "and fridays 9am`."
)
OTHER_DAYS = (
    "That is not one of its days. On which days should it come altogether, for example `mondays and thursdays`?"
)
WHAT_LESS = (
    "What should it leave out? For example `only highlights in the digest`, `only billing`, or `without portal`; or it "
    "can come less often."
)
WHAT_MORE = (
    "What should it hold besides? For example `add jira to the digest`. `subscribe sla fridays` adds another digest."
)
HOLDS_ALL = "It holds everything already."
HOLDS_ALL_VERSIONS = "It holds what is new of every version already. `only v{0}` limits it to that one."
NO_SINGLE_CHANGE = (
    "A digest holds what is new by area or keyword, so a single change cannot be put in or left out. You can watch it: "
    "I then tell you when it is corrected or changed."
)
WHAT_TO_CHANGE = "What should change? For example `change the digest to fridays 9am`, or `add jira to the digest`."

_POLITE = re.compile(
    r"^(?:(?:please|pls|ok|okay|and|then|now|just|to|so|be|come|it|that|is|comes|from now on)\b[\s,:]*)+"
)
_THANKS = re.compile(
    r"[\s,.!?]*(?:\b(?:please|pls|thanks|thank you|from now on|instead|again|as well|too|also|then)\b[\s,.!?]*)*$"
)
_BESIDES = re.compile(r"^(?:and )?(?:also|plus)\b|\b(?:as well|too|also|in addition)\b(?: please)?[\s.!?]*$")
_ADD = re.compile(r"^(?:add|also|include|including|plus|with|and also|put in|bring in)\s+(?:also\s+)?")
_LEAVE_OUT = re.compile(
    r"^(?:remove|drop|leave out|leave(?=.* (?:out|off|away)$)|take out|take|exclude|skip|ignore|no more|not|no|minus"
    r"|without|stop)\s+"
)
_OUT_OF = re.compile(r"\s+(?:out|away|off)$")
_ONLY = re.compile(r"^(?:only|just|limit(?:ed)? to|narrow(?:ed)? to|restrict(?:ed)? to)\s+")
_VAGUE_TIME = re.compile(r"\b(?:a (?:bit|little) |much |an hour )?(?:earlier|later|sooner|early|late)\b")
_VAGUE_CADENCE = re.compile(r"\b(?:less|more|not so|not as|too) (?:often|frequent(?:ly)?)\b|\b(?:rarer|more rarely)\b")
_LESS = re.compile(
    r"(?:(?:that['’]?s|it['’]?s|(?:this|that|it) is) )?(?:(?:a (?:bit|lot|little)|much|far|way) )?"
    r"(?:shorter|smaller|briefer|quieter|simpler|lighter|less(?: long| noisy| verbose| noise| in it| stuff)?|fewer"
    r"|too (?:long|much|many|noisy|big)|short|small|brief|more compact)(?: (?:posts|messages|updates|changes|of .*))?"
)
_MORE = re.compile(
    r"(?:(?:a (?:bit|lot|little)|much) )?(?:longer|bigger|larger|fuller|more detailed|more(?: in it| stuff)?)"
)
_MORE_OF_WHAT = re.compile(
    r"(?:add|include|put in|cover) (?:another(?: (?:one|area|topic|thing|word))?|one more|more|something(?: else)?"
    r"|some more|stuff|things|(?:a|an|one more|more) (?:areas?|topics?|words?|keywords?))"
)
_OTHER_TIME = re.compile(r"(?:another|a different|some other|different) (?P<field>time ?zone|time|day|hour|schedule)")
# "the time to 17:30": what is changed is named before what it becomes.
_FIELD = re.compile(
    r"(?:(?:the|its) )?(?P<field>time of day|time ?zone|zone|time|hour|days?|schedule|frequency|cadence"
    r"|areas?|topics?|filter|keywords?|contents?)(?: of it)?(?:$|\s*[=:]\s*|\s+(?:to|is|as|at|on|into|should be|be)\s+)"
)
_QUESTION_BY_FIELD = {
    "zone": WHICH_ZONE, "time": WHAT_TIME, "hour": WHAT_TIME, "day": WHICH_DAY, "freq": HOW_OFTEN, "cade": HOW_OFTEN,
    "sche": HOW_OFTEN,
}  # fmt: skip
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_INSTEAD_OF = re.compile(
    r"\s+(?:instead of|rather than|and not|not)\s+(?:on |at |every )?"
    rf"(?:(?P<days>{_DAY}(?:(?:,| and|,? &) {_DAY})*)"
    r"|daily|weekly|monthly|fortnightly|\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m)?)"
    r"(?: at .{1,20})?$"
)
_BY_DAYS = ("weekly", "fortnightly")  # how often what has days of the week comes
_NUMBER = re.compile(r"(?<![\w.:])#?(\d{6,8})(?![\w.:])")


class DigestChange(NamedTuple):
    """What a digest would become. While there are `questions`, nothing can be confirmed."""

    draft: SubscriptionDraft
    notes: tuple[str, ...] = ()  # how words were understood where that isn't obvious
    questions: tuple[str, ...] = ()
    number: str = ""  # of a single change that was named, as `#1016865`

    @property
    def is_understood(self) -> bool:
        """Whether the words are about a digest, though there may be something to ask."""
        unclear = (NOTHING_UNDERSTOOD, NOT_SO, NO_NAME)
        return not any(NOT_KNOWN in question or question in unclear for question in self.questions)


def change_from_text(text: str, current: Subscription, parse: Parse, replaces: bool) -> DigestChange:
    """What "to fridays", "add jira" or "without portal" makes of a digest. `replaces`: as after `subscribe`, all that
    it names takes the place of what the digest holds.
    """
    if replaces:
        return _changed(current, parse(text, current.schedule), is_added=False, replaces=True)
    parts = sorted(split_parts(normalise(text, limit=500)), key=_turn)
    if len(parts) <= 1:
        return _change_by(parts[0] if parts else "", current, parse)
    made, changes = current, []
    for part in parts:
        changes.append(change := _change_by(part, made, parse))
        draft = change.draft
        made = replace(made, filter=draft.filter, schedule=draft.schedule, post_when_empty=draft.post_when_empty)
    version = next((change.draft.from_version for change in changes if change.draft.from_version), None)
    questions = [ask for change in changes for ask in change.questions if ask != ALREADY_SO]
    if not questions and version is None and _is_same(_draft_of(made), current):
        questions.append(ALREADY_SO)
    notes = tuple(dict.fromkeys(note for change in changes for note in change.notes))
    number = next((change.number for change in changes if change.number), "")
    return DigestChange(replace(_draft_of(made), from_version=version), notes, tuple(dict.fromkeys(questions)), number)


def words_of_new(text: str) -> str:
    """What a sentence that would change a digest says of one that is yet to be set up: "add sla, drop portal" as "sla,
    without portal"; empty where it says nothing of one.
    """
    words = []
    for part in sorted(split_parts(normalise(text, limit=500)), key=_turn):
        plain = in_plain_words(_INSTEAD_OF.sub("", _THANKS.sub("", _POLITE.sub("", part)).strip()))
        if question_about(plain.lower()) or _vague_question(plain.lower()):
            return ""
        words.append(_without_verb(plain)[0])
    return ", ".join(words)


def _turn(part: str) -> int:
    """When a part has its turn: what is added comes before what is taken out, as nothing may be left between them."""
    said = _POLITE.sub("", part.lower())
    return 1 if _ADD.match(said) else 2 if _LEAVE_OUT.match(said) else 0


def _change_by(part: str, current: Subscription, parse: Parse) -> DigestChange:
    """What one part of a sentence makes of a digest."""
    is_besides = bool(_BESIDES.search(part.lower()))
    text = in_plain_words(_THANKS.sub("", _POLITE.sub("", part)).strip())
    instead_of = _INSTEAD_OF.search(text.lower())
    old_days = extract_schedule(instead_of["days"])[1].weekdays if instead_of and instead_of["days"] else []
    text = text[: instead_of.start()] if instead_of else text
    lower = text.lower()
    if number := _NUMBER.search(lower):
        return DigestChange(_draft_of(current), questions=(NO_SINGLE_CHANGE,), number=f"#{number[1]}")
    if question := question_about(lower) or _vague_question(lower):
        return DigestChange(_draft_of(current), questions=(question,))
    field = _FIELD.match(lower)
    text = text[field.end() :] if field else text
    asked = next((q for name, q in _QUESTION_BY_FIELD.items() if field and name in field["field"]), "")
    if not text:
        return DigestChange(_draft_of(current), questions=(asked or WHAT_TO_CHANGE,))
    text, is_added, is_left_out = _without_verb(text)
    parsed = parse(text, current.schedule)
    if parsed.channel and parsed.channel != current.channel:
        return DigestChange(_draft_of(current), questions=(ELSEWHERE,))
    says_only_when = parsed.has_schedule and parsed.filter == SubscriptionFilter()
    if asked and not says_only_when:
        return DigestChange(_draft_of(current), questions=parsed.clarifications or (asked,))
    if says_only_when or not is_left_out:
        parsed = _schedule_of(parsed, current.schedule, _Said(lower, is_added or is_besides, is_left_out, old_days))
    return _changed(current, parsed, is_added, replaces=False)


class _Said(NamedTuple):
    """How days are spoken of: besides those that a digest has, without some of them, or instead of some."""

    text: str
    is_besides: bool
    is_left_out: bool
    instead_of: Sequence[int]


def _schedule_of(parsed: ParsedSubscription, current: Schedule, said: _Said) -> ParsedSubscription:
    """What was understood, with the days that come of those that a digest has, or with a question."""
    says_only_when = parsed.has_schedule and parsed.filter == SubscriptionFilter()
    _, when = extract_schedule(said.text)
    if said.is_left_out:
        return _with_days(parsed, _without_days(current, when), WHEN_THEN)
    if said.is_besides and parsed.schedule != current:
        more = _with_more_days(current, parsed.schedule, when) if says_only_when else None
        return _with_days(parsed, more, ONE_SCHEDULE)
    if not (says_only_when and said.instead_of and when.weekdays):
        return parsed
    if current.cadence not in _BY_DAYS:
        return _with_days(parsed, None, ONE_SCHEDULE)
    left = {*current.weekdays} - {*said.instead_of}
    days = tuple(sorted({*left, *parsed.schedule.weekdays}))
    is_known = {*said.instead_of} <= {*current.weekdays}
    return _with_days(parsed, replace(parsed.schedule, weekdays=days) if is_known else None, OTHER_DAYS)


def _without_verb(text: str) -> tuple[str, bool, bool]:
    """What is to be in it, or "without" what is not; and whether that is added, and whether it is left out."""
    lower = text.lower()
    if add := _match_text(_ADD, lower):
        return text[len(add) :], True, False
    if leave_out := _match_text(_LEAVE_OUT, lower):
        return "without " + _OUT_OF.sub("", text[len(leave_out) :]), False, True
    only = _match_text(_ONLY, lower)
    is_of_highlights = lower[len(only) :].startswith(("highlight", "important"))
    return text if is_of_highlights else text[len(only) :], False, False


def _with_days(parsed: ParsedSubscription, schedule: Schedule | None, question: str) -> ParsedSubscription:
    """What was understood, with this schedule; where there is none, with a question."""
    if schedule:
        return replace(parsed, schedule=schedule)
    return replace(parsed, clarifications=parsed.clarifications or (question,))


def _with_more_days(current: Schedule, said: Schedule, when: ParsedSchedule) -> Schedule | None:
    """A schedule with the days that are named besides its own; None where it cannot have them."""
    is_as_before = (said.time_of_day, said.zone) == (current.time_of_day, current.zone)
    if current.cadence not in _BY_DAYS or when.cadences or not when.weekdays or not is_as_before:
        return None
    return replace(current, weekdays=tuple(sorted({*current.weekdays, *when.weekdays})))


def _without_days(current: Schedule, when: ParsedSchedule) -> Schedule | None:
    """A schedule without the days that are named; None where none is left, or something else is named."""
    is_daily = current.cadence == "daily"
    if not when.weekdays or when.cadences or when.times or not (is_daily or current.cadence in _BY_DAYS):
        return None
    had = range(7) if is_daily else current.weekdays
    left = tuple(day for day in had if day not in when.weekdays)
    if is_daily and left:
        return replace(current, cadence="weekly", weekdays=left)
    return replace(current, weekdays=left) if left else None


def _vague_question(said: str) -> str:
    """What has to be asked of words that say only that something is to be otherwise; empty for any others."""
    if other := _OTHER_TIME.fullmatch(said):
        return next(question for name, question in _QUESTION_BY_FIELD.items() if name in other["field"])
    if _LESS.fullmatch(said):
        return WHAT_LESS
    if _MORE.fullmatch(said) or _MORE_OF_WHAT.fullmatch(said):
        return WHAT_MORE
    for vague, question in ((_VAGUE_CADENCE, HOW_OFTEN), (_VAGUE_TIME, WHAT_TIME)):
        if vague.search(said) and not re.search(r"\d", said):
            return question
    return ""


def change_to(current: Subscription, draft: SubscriptionDraft) -> DigestChange:
    """A whole draft in place of a digest."""
    is_so = _is_same(draft, current) and draft.from_version is None
    return DigestChange(draft, questions=(ALREADY_SO,) if is_so else ())


def draft_of(parsed: ParsedSubscription) -> SubscriptionDraft:
    """What was understood, as it is stored."""
    return SubscriptionDraft(parsed.filter, parsed.schedule, parsed.from_version, parsed.post_when_empty)


def encode_draft(draft: SubscriptionDraft) -> str:
    """A draft for a button's value."""
    schedule = draft.schedule
    when = [
        schedule.cadence, list(schedule.weekdays), f"{schedule.time_of_day:%H:%M}", schedule.zone, schedule.day,
        schedule.nth, schedule.anchor_date.isoformat() if schedule.anchor_date else None,
    ]  # fmt: skip
    version = draft.from_version.number if draft.from_version else None
    record = [encode_filter(draft.filter), when, version, draft.post_when_empty]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def decode_draft(text: str) -> SubscriptionDraft | None:
    """The draft that `encode_draft` wrote; None where the text is none."""
    try:
        filter_text, when, version, post_when_empty = json.loads(text)
        cadence, weekdays, time_of_day, zone, day, nth, anchor_date = when
        schedule = Schedule(
            cadence, tuple(weekdays), time.fromisoformat(time_of_day), zone, day, nth, _date(anchor_date)
        )
        from_version = Version.parse(version) if version else None
        return SubscriptionDraft(decode_filter(filter_text), schedule, from_version, bool(post_when_empty))
    except (ValueError, TypeError, AttributeError):
        return None


def _changed(current: Subscription, parsed: ParsedSubscription, is_added: bool, replaces: bool) -> DigestChange:
    draft, questions = _draft_of(current), list(parsed.clarifications)
    wanted, said = current.filter, parsed.filter
    if is_added and said.versions and not wanted.versions:
        return DigestChange(draft, questions=(HOLDS_ALL_VERSIONS.format(said.versions[0].number),))
    says_what = bool(said.areas or said.words) or (replaces and said != SubscriptionFilter())
    if is_added and (parsed.says_everything or (says_what and not (wanted.areas or wanted.words))):
        kept = _merge(wanted, said)  # what was left out may be wanted now
        is_there = (kept.without_areas, kept.without_words) == (wanted.without_areas, wanted.without_words)
        questions += [HOLDS_ALL] if is_there and not (wanted.areas or wanted.words) else []
        wanted = replace(kept, areas=(), words=())
    elif is_added or (not says_what and said != SubscriptionFilter()):
        merged = _merge(wanted, said)
        if (wanted.areas or wanted.words) and not (merged.areas or merged.words):
            questions.append(NOTHING_LEFT)
        wanted = merged
    elif says_what or parsed.says_everything:
        wanted = said
    draft = SubscriptionDraft(
        wanted, parsed.schedule, parsed.from_version, parsed.post_when_empty or current.post_when_empty
    )
    if not questions and _is_same(draft, current) and draft.from_version is None:
        questions.append(ALREADY_SO)
    return DigestChange(draft, parsed.notes, tuple(dict.fromkeys(questions)))


def _is_same(draft: SubscriptionDraft, current: Subscription) -> bool:
    when = (format_schedule(draft.schedule), draft.post_when_empty)
    is_then = when == (format_schedule(current.schedule), current.post_when_empty)
    return is_then and is_same_filter(draft.filter, current.filter)


def _merge(wanted: SubscriptionFilter, said: SubscriptionFilter) -> SubscriptionFilter:
    """Both filters in one: what is said to be in it is no longer left out, and the other way round."""
    holds_all = not (wanted.areas or wanted.words)
    new_areas, new_words = ((), ()) if holds_all else (said.areas, said.words)
    left_areas, left_words = set(said.without_areas), {word.lower() for word in said.without_words}
    areas = _union(wanted.areas, new_areas, left_areas)
    words = _union(wanted.words, new_words, left_words)
    is_taken_out = left_areas <= set(wanted.areas) and left_words <= {word.lower() for word in wanted.words}
    without_areas = _union(wanted.without_areas, () if is_taken_out else said.without_areas, set(said.areas))
    without_words = _union(
        wanted.without_words, () if is_taken_out else said.without_words, {word.lower() for word in said.words}
    )
    return replace(
        wanted,
        areas=areas,
        words=words,
        without_areas=without_areas,
        without_words=without_words,
        highlights=wanted.highlights or said.highlights,
        versions=tuple(sorted({*wanted.versions, *said.versions})),
    )


def _union(before: Iterable[str], added: Iterable[str], left_out: set[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys((*before, *added)) if one not in left_out and one.lower() not in left_out)


def _draft_of(subscription: Subscription) -> SubscriptionDraft:
    return SubscriptionDraft(subscription.filter, subscription.schedule, None, subscription.post_when_empty)


def _match_text(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match[0] if match else ""


def _date(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
