"""The last question with something changed: other filters, another subject, other versions.

Each function returns a whole question, as a person could have typed it: it means the same whenever it is asked.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.catalog.models import Filters, Version
from bot.search import lookups
from bot.search.area_names import find_area
from bot.search.marked_pattern import LazyPattern
from bot.search.models import Order, Query, SearchResult
from bot.search.orders import without_order
from bot.search.relevance import infer_area
from bot.search.snapshot import SearchSnapshot
from bot.search.versions import extract_versions
from bot.text import stems, words

MAX_WORDS_OF_A_NAME = 2  # a subject with more words is taken as a question of its own first
_AREA_FILTER = LazyPattern(r"\barea:(?:\"[^\"]*\"|\S+)", re.IGNORECASE)
_IMPACT_FILTER = LazyPattern(r"\bimpact:(?:\"[^\"]*\"|\S+)", re.IGNORECASE)
_VERSION_FILTER = LazyPattern(r"\b(?:version|v):\S+", re.IGNORECASE)
_PREPOSITION = LazyPattern(r"^(?:(?:for|in|with|about|on|of|to|the|same|now)\b\s*)+", re.IGNORECASE)
_PLACE = LazyPattern(r"(?:in|on|within|inside)\s+(?:the\s+)?", re.IGNORECASE)
_RANGE_VERB = LazyPattern(r"(?:compare|diff|upgrade)\b", re.IGNORECASE)
_LEFT_OVER = LazyPattern(  # "changes in" 2.212
    r"(?:\s+(?:in|for|of|from|with|on|version|release))*[\s?!.,]{0,9}$", re.IGNORECASE
)
_LAST_PLACE = LazyPattern(r"\s+(?:in|for|on|with|from|to|by|at|of)\s+(?:(?:the|a|an|my|our)\s+)?\S+(?:\s+\S+)?$")


def without_verb(question: str) -> str:
    """A question without a verb before it: `compare 2.206 2.214` asks for `v2.206 -> v2.214`."""
    if _RANGE_VERB.match(question) and len(named := lookups.versions_in(question)) == 2:
        return f"{min(named)} -> {max(named)}"
    return question


def narrowed(snapshot: SearchSnapshot, last_question: str, subject: str) -> str:
    """The last question, and of what it finds only this: an area, a filter, or what has these words."""
    verb = "upgrade " if last_question.startswith("upgrade ") else ""  # its checklist stays one
    last_question = without_verb(last_question)
    subject = _PREPOSITION.sub("", subject)
    new, last = snapshot.parse(subject), snapshot.parse(last_question)
    for of_changes in map(snapshot.parse, (f"{subject} changes", f"only {subject}", f"only {subject} ones")):
        if of_changes.filters and not of_changes.terms and (new.terms or of_changes.filters.impacts):
            new = of_changes  # "the opt-in ones", "only new features"
            break
    if area := find_area(subject, snapshot.vocabulary):
        of_area = _within(snapshot, last, f"{verb}{_without_area(last_question)}", f'area:"{area}"')
        if last.terms or _finds(snapshot, of_area):
            return of_area
        about_it = _joined(last_question, subject)  # none is of the area, but some may be about it
        return about_it if _finds(snapshot, about_it) else of_area
    if new.filters and not new.terms:
        narrowing = subject if new.filters.versions is not None else filters_text(new)
        return _within(snapshot, last, _without_filters(last_question, new, snapshot.versions), narrowing)
    if last.terms:
        return f"{last_question} {subject}"
    return f"everything for {subject} {filters_text(last)}"


def ordered(snapshot: SearchSnapshot, last_question: str, order: Order) -> str:
    """The last question, and what it finds in another order."""
    question = without_order(without_verb(last_question))
    return _within(snapshot, snapshot.parse(question), question, f"sort:{order}")


def without(snapshot: SearchSnapshot, last_question: str, subject: str) -> str:
    """The last question, and of what it finds not this."""
    question = without_verb(last_question)
    asked = _joined(question, f"but not {subject}")
    return asked if snapshot.parse(asked).notes else _joined(question, f'-"{subject}"')


def upgraded(last_question: str, change: str) -> str:
    """A checklist from or to another version; empty for anything else: "from 2.210" after `upgrade 2.214 2.216`."""
    named, asked = lookups.versions_in(last_question), lookups.versions_in(change)
    if not last_question.startswith("upgrade ") or len(named) != 2 or len(asked) != 1:
        return ""
    older, newer = min(named), max(named)
    if asked[0] >= newer or change.lower().startswith(("to ", "up to ", "until ")):
        newer = asked[0]
    else:
        older = asked[0]
    return f"upgrade {older.number} {newer.number}" if older < newer else ""


def changed(snapshot: SearchSnapshot, last_question: str, change: str, is_correction: bool = False) -> list[str]:
    """The questions that "and …" may mean after the last one, the likeliest first."""
    last_question = without_verb(last_question)
    subject = _PREPOSITION.sub("", change) or change
    new, last = snapshot.parse(subject), snapshot.parse(last_question)
    if new.filters and not new.terms:  # the same subject under other filters
        has_more = last.terms or replace(last.filters, versions=None) != Filters()
        if not has_more and new.filters.versions is not None:
            return [subject]
        return [_joined(_without_filters(last_question, new, snapshot.versions), change)]
    if last.intent in ("list", "version") and new.filters.versions is None:
        if within := _in_an_area(snapshot, last, last_question, change):
            return [within]
        return [_same_list(snapshot, last, subject)]
    if new.filters.versions is None and last.filters.versions is not None:  # other words, same versions
        return [f"{subject} {_range_text(last) or versions_text(last.filters.versions)}"]
    alone = [subject]
    together = [_joined(_LAST_PLACE.sub("", last_question), subject), _joined(last_question, subject)]
    names_only = len([word for word in words(subject) if any(term.word == word for term in new.terms)])
    if is_correction or names_only > MAX_WORDS_OF_A_NAME:
        return alone + together
    return together + alone


def choose(snapshot: SearchSnapshot, questions: list[str], subject: str, shown_key: str) -> SearchResult:
    """The result of the first question whose best hit is about the subject, rather not what was shown before; of the
    shortest one, where there is none.
    """
    results = [snapshot.search(question) for question in questions]
    wanted, shown = set(stems(subject)), None
    for result in results if len(results) > 1 else ():
        best = result.hits[0].entry if result.hits else None
        if best and best.key != shown_key and snapshot.matching_keys(subject, [best.key]):
            return result
        if best and best.key == shown_key and wanted <= set(stems(best.title)):
            shown = result  # it was about that already
    return shown or min(results, key=lambda result: len(result.query.text))


def before(snapshot: SearchSnapshot, last_question: str, entry_version: Version | None) -> str:
    """What came before: the versions before those asked for, or the same subject before an entry's version; empty
    where that is not known.
    """
    last_question = without_verb(last_question)
    last = snapshot.parse(last_question)
    asked = last.filters.versions or ()
    first = asked[0] if asked else entry_version
    earlier = [version for version in snapshot.versions if first and version < first]
    if last.intent == "version" and asked:
        return versions_text(earlier[-len(asked) :])
    return _around(snapshot, last_question, last, f"before {first}") if earlier else ""


def after(snapshot: SearchSnapshot, last_question: str, entry_version: Version | None) -> str:
    """What came after; see `before`."""
    last_question = without_verb(last_question)
    last = snapshot.parse(last_question)
    newest = last.filters.versions[-1] if last.filters.versions else entry_version
    later = [version for version in snapshot.versions if newest and version > newest]
    if last.intent == "version":
        return versions_text(later)
    return _around(snapshot, last_question, last, f"after {newest}") if later else ""


def without_versions(snapshot: SearchSnapshot, question: str) -> str:
    """A question without the versions that it is narrowed to."""
    return _cut_versions(without_verb(question), snapshot.versions)


def filters_text(query: Query) -> str:
    """The filters of a question as they are typed."""
    filters = query.filters
    parts = [
        _range_text(query) or versions_text(filters.versions or ()),
        f'area:"{filters.area}"' if filters.area else "",
        f"episode:{filters.episode}" if filters.episode else "",
        f"kind:{filters.kind}" if filters.kind else "",
        "highlights:yes" if filters.highlights else "",
        *(f'impact:"{impact}"' for impact in filters.impacts),
        "warnings:yes" if filters.warnings else "",
        f"sort:{query.order}" if query.order else "",
    ]
    return " ".join(part for part in parts if part)


def _range_text(query: Query) -> str:
    """The range of versions of a question as it is typed; empty where it has none, or no plain one."""
    between = query.version_range
    if between is None or not query.filters.versions:
        return ""
    if between.low and between.high:
        is_plain = between.high_included and not between.low_included
        return f"{between.low} -> {between.high}" if is_plain else ""
    if between.low:
        return f"{'since' if between.low_included else 'after'} {between.low}"
    return f"{'up to' if between.high_included else 'before'} {between.high}" if between.high else ""


def versions_text(versions: Iterable[Version]) -> str:
    """Versions as they are typed."""
    return " ".join(f"version:{version.number}" for version in versions)


def _finds(snapshot: SearchSnapshot, question: str) -> bool:
    return snapshot.search(question).has_answer


def _within(snapshot: SearchSnapshot, last: Query, last_question: str, narrowing: str) -> str:
    """The last question and a filter. "latest" and "what's new" mean a version only alone: then it is named."""
    question = _joined(last_question, narrowing)
    if last.intent != "version" or snapshot.parse(question).filters.versions == last.filters.versions:
        return question
    return _joined(filters_text(last), narrowing)


def _in_an_area(snapshot: SearchSnapshot, last: Query, last_question: str, change: str) -> str:
    """A list on a subject, of one area: "and in chat?" after "canned text changes". Empty where the last list was of an
    area itself, or has nothing there.
    """
    place = _PLACE.match(change)
    area = find_area(change[place.end() :], snapshot.vocabulary) if place and last.terms else None
    if not area or last.filters.area or infer_area(last, snapshot.vocabulary):
        return ""
    within = _joined(last_question, f'area:"{area}"')
    return within if _finds(snapshot, within) else ""


def _same_list(snapshot: SearchSnapshot, last: Query, subject: str) -> str:
    """A list like the last one of another area, or on another subject."""
    area = find_area(subject, snapshot.vocabulary)
    filters = replace(last, filters=replace(last.filters, area=None))
    if area and not last.terms:
        return _joined(filters_text(filters), f'area:"{area}"')
    return _joined(f"everything for {subject}", filters_text(filters))


def _around(snapshot: SearchSnapshot, last_question: str, last: Query, when: str) -> str:
    without = without_versions(snapshot, last_question)
    return _joined(
        without if last.terms else filters_text(replace(last, filters=replace(last.filters, versions=None))), when
    )


def _without_filters(question: str, new: Query, known_versions: tuple[Version, ...]) -> str:
    """A question without the filters that a new one replaces."""
    if new.filters.versions is not None:
        question = _cut_versions(question, known_versions)
    if new.filters.impacts:
        question = " ".join(_IMPACT_FILTER.sub(" ", question).split())
    return _without_area(question) if new.filters.area is not None else question


def _cut_versions(question: str, known_versions: tuple[Version, ...]) -> str:
    """A question without its versions, and without what stood before one at its end: "changes in", but not the "on" of
    "what we switch on".
    """
    rest = extract_versions(_VERSION_FILTER.sub(" ", question), known_versions)[1]
    return rest if question.split()[-1:] == rest.split()[-1:] else _LEFT_OVER.sub("", rest)


def _without_area(question: str) -> str:
    return " ".join(_AREA_FILTER.sub(" ", question).split())


def _joined(*parts: str) -> str:
    return " ".join(" ".join(parts).split())
