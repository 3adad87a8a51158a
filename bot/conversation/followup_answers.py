"""Answers a text that builds on the last answer; `followups` recognises such a text."""

import re
from dataclasses import replace

from bot.catalog.models import Entry
from bot.conversation import changed_questions
from bot.conversation.answers import (
    Answer,
    ComparisonAnswer,
    EntryAnswer,
    ExportAnswer,
    Interpretation,
    ResultAnswer,
    ShareAnswer,
    TextAnswer,
    UpgradeAnswer,
    answer_keys,
)
from bot.conversation.followups import FollowUp
from bot.conversation.format_requests import may_be_a_question
from bot.conversation.models import LastAnswer
from bot.conversation.questions import answer_question
from bot.conversation.verb_finder import find_verb
from bot.search import lookups
from bot.search.models import SearchResult
from bot.search.orders import CANNOT_SORT, AskedOrder, without_order
from bot.search.snapshot import SearchSnapshot
from bot.text import stems, words

END_OF_RESULTS = "That was all."
NOTHING_TO_SORT = "My last answer is no list of several changes, so there is nothing to put in order."
CHECKLIST_AS_LIST = "A checklist has an order of its own, so this is a list of its changes."
ENTRY_GONE = "That change is no longer in my catalogue. Ask again."
WHAT_TO_DO = "Those with a warning are to be tested first. What somebody has to enable: `{}`."
NOTHING_TO_NAME = "My last answer had no change in it. Ask a question first."
NOTHING_LEFT = "None of my last answer is of that; this is all of it."
# "area:billing episode:13". Blanks have to stand between two: a row of colons could be read in millions of ways.
_TYPED_FILTER = r"[a-z]{2,20}:(?:\"[^\"]{1,100}\"|[^\s\"]{1,100})"
_TYPED_FILTERS = re.compile(rf"{_TYPED_FILTER}(?:\s{{1,10}}{_TYPED_FILTER}){{0,9}}", re.IGNORECASE)
TITLE_WEIGHT = 2.0  # of a word in a title, when one of those shown is named by what it is about


def follow(snapshot: SearchSnapshot, follow_up: FollowUp, last: LastAnswer) -> Interpretation:
    """What a follow-up means after the last answer."""
    match follow_up.kind:
        case "more":
            return _more(snapshot, last)
        case "all" | "count":
            return _again(snapshot, last, is_count=follow_up.kind == "count")
        case "pick" | "other":
            position = follow_up.position if follow_up.kind == "pick" else _next_position(last)
            return Interpretation(_pick(snapshot, last, position))
        case "one":
            return _one(snapshot, last, follow_up.subject)
        case "order" | "list" | "export":
            return _in_another_form(snapshot, follow_up, last)
        case "share":
            return _share(snapshot, last)
        case "aspect":
            return _aspect(snapshot, last, follow_up)
        case "same version":
            return _same_version(snapshot, last)
        case "compare":
            return _compared(snapshot, last, follow_up.subject)
        case "without":
            return answer_question(snapshot, changed_questions.without(snapshot, last.question, follow_up.subject))
        case "both":
            return _both(snapshot, last)
        case "important":
            return _important(snapshot, last)
        case "older" | "newer":
            return _around(snapshot, last, follow_up.kind == "newer")
        case "narrow":
            return _narrowed(snapshot, last, follow_up)
        case _:
            return _change(snapshot, last, follow_up)


def repeat(snapshot: SearchSnapshot, question: str) -> Interpretation:
    """The answer to a question that was answered before: of the verbs, only those that answer by themselves."""
    match = find_verb(question, question, snapshot.vocabulary.stems_by_word)
    if match and match.is_certain and match.is_complete and match.verb.answer:
        return Interpretation(match.verb.answer(snapshot, match.argument), question)
    return answer_question(snapshot, question)


def _more(snapshot: SearchSnapshot, last: LastAnswer) -> Interpretation:
    """The page after the one that was shown."""
    again = repeat(snapshot, last.question)
    is_left = _has_answer(again.answer) and 0 < last.next_offset < len(answer_keys(again.answer))
    return again._replace(offset=last.next_offset) if is_left else Interpretation(TextAnswer(END_OF_RESULTS))


def _again(snapshot: SearchSnapshot, last: LastAnswer, is_count: bool) -> Interpretation:
    """All of the last answer, or how many there are."""
    again = repeat(snapshot, last.question)
    if is_count:
        return _counted(again)
    if isinstance(again.answer, ResultAnswer) and again.answer.result.more_hits:
        result = again.answer.result
        whole = replace(result, query=replace(result.query, intent="list"), hits=(*result.hits, *result.more_hits))
        again = again._replace(answer=ResultAnswer(replace(whole, more_hits=())))
    return again._replace(is_whole=True)


def _in_another_form(snapshot: SearchSnapshot, follow_up: FollowUp, last: LastAnswer) -> Interpretation:
    """The last answer in another order, as a plain list, or how to have it as a file."""
    if follow_up.order:
        return _ordered(snapshot, last, follow_up.order)
    if follow_up.kind == "list":
        return _as_list(snapshot, last, follow_up.subject)
    return _export(snapshot, last, follow_up.subject)


def _ordered(snapshot: SearchSnapshot, last: LastAnswer, asked: AskedOrder) -> Interpretation:
    """The last answer in another order; of a checklist, which has an order of its own, its changes as a list."""
    if asked.is_other:
        return Interpretation(TextAnswer(CANNOT_SORT))
    is_newest = snapshot.parse(last.question).order in (None, "newest")
    order = asked.order or ("oldest" if is_newest else "newest")
    found = answer_question(snapshot, changed_questions.ordered(snapshot, last.question, order))
    result = _result(found.answer)
    if result is None or result.query.intent != "list" or len(answer_keys(found.answer)) < 2:
        return Interpretation(TextAnswer(NOTHING_TO_SORT))
    return found._replace(note=CHECKLIST_AS_LIST) if last.question.startswith("upgrade ") else found


def _as_list(snapshot: SearchSnapshot, last: LastAnswer, text: str) -> Interpretation:
    """The last answer as a plain list, whole; "list view" after what is no list is a question of its own."""
    question, is_list = without_order(last.question), _is_list(snapshot, last)
    if not is_list and may_be_a_question(text):
        return answer_question(snapshot, text)
    if is_list and snapshot.parse(last.question).order is None:
        question = changed_questions.ordered(snapshot, last.question, "newest")
        return answer_question(snapshot, question)._replace(is_whole=True)
    return _again(snapshot, replace(last, question=question), is_count=False)


def _export(snapshot: SearchSnapshot, last: LastAnswer, text: str) -> Interpretation:
    """How to have the last answer as a file. After what is no list, "csv export" is a question of its own, and
    after one change "csv", too.
    """
    if may_be_a_question(text) and not _is_list(snapshot, last) and (" " in text or len(last.entry_keys) < 2):
        return answer_question(snapshot, text)
    return Interpretation(ExportAnswer(last.question) if last.entry_keys else TextAnswer(NOTHING_TO_NAME))


def _counted(interpretation: Interpretation) -> Interpretation:
    """An answer with the number of its changes said first."""
    result = _result(interpretation.answer)
    if result is not None and not result.has_answer:
        return interpretation
    count, possible = len(answer_keys(interpretation.answer)), 0
    if result is not None:
        count, possible = len(result.hits), len(result.possible_hits)
    note = f"{count:,} {'change' if count == 1 else 'changes'}"
    return interpretation._replace(note=note + (f", and perhaps {possible:,} more." if possible else "."))


def _share(snapshot: SearchSnapshot, last: LastAnswer) -> Interpretation:
    """The entry that is looked at, for everyone."""
    key = _focus_key(last)
    return Interpretation(ShareAnswer(key) if lookups.find_entry(snapshot, key) else TextAnswer(ENTRY_GONE))


def _pick(snapshot: SearchSnapshot, last: LastAnswer, position: int) -> Answer:
    """One of the entries that were shown last."""
    count = len(last.entry_keys)
    if not count:
        return TextAnswer(NOTHING_TO_NAME)
    if not -count <= position < count:
        shown = "one change" if count == 1 else f"{count} changes"
        return TextAnswer(f"My last answer showed only {shown}. Say `more`, or ask again.")
    entry = lookups.find_entry(snapshot, last.entry_keys[position])
    return EntryAnswer(entry) if entry else TextAnswer(ENTRY_GONE)


def _next_position(last: LastAnswer) -> int:
    """Of "the other one": the one after the one that was looked at, and the first after the last."""
    keys = last.entry_keys
    at = keys.index(last.selected_key) if last.selected_key in keys else 0
    return (at + 1) % len(keys) if len(keys) > 1 else 1


def _one(snapshot: SearchSnapshot, last: LastAnswer, subject: str) -> Interpretation:
    """The one of those shown, or of what comes after them, that is about a subject; otherwise it is asked for."""
    further = answer_keys(repeat(snapshot, last.question).answer) if last.question else ()
    keys = tuple(dict.fromkeys((*last.entry_keys, *further)))
    matching = snapshot.matching_keys(subject, keys)
    entry = lookups.find_entry(snapshot, matching[0]) if matching else _most_alike(snapshot, keys, subject)
    if entry:
        return Interpretation(EntryAnswer(entry))
    return _change(snapshot, last, FollowUp("change", subject=subject))


def _most_alike(snapshot: SearchSnapshot, keys: tuple[str, ...], subject: str) -> Entry | None:
    """The entry that has most of the subject's words, the rare ones counting most; None where none has half of them."""
    wanted, idf = set(stems(subject)), snapshot.vocabulary.idf

    def likeness(entry: Entry) -> float:
        in_title = wanted & set(stems(entry.title))
        anywhere = wanted & set(stems(" ".join((entry.summary, *entry.names, *entry.also))))
        weights = (idf(stem) * (TITLE_WEIGHT if stem in in_title else 1.0) for stem in in_title | anywhere)
        return sum(weights)

    best = max(snapshot.entries(keys), key=likeness, default=None)
    half = sum(idf(stem) for stem in wanted) / 2
    return best if best and likeness(best) > half else None


def _aspect(snapshot: SearchSnapshot, last: LastAnswer, follow_up: FollowUp) -> Interpretation:
    """The entry that is looked at, with what is asked about it first; of a list of which none was looked at, those of
    which that holds: "any with a warning", "what should we test first", "the ones that need enabling".
    """
    is_of_all = not (follow_up.of_one or last.selected_key) and len(last.entry_keys) > 1
    if (follow_up.of_many or is_of_all) and _is_list(snapshot, last):
        query, asked = snapshot.parse(follow_up.subject), _filter_asked(follow_up)
        if query.filters.impacts or query.filters.warnings or asked:
            asked = changed_questions.filters_text(query) or asked
            found = answer_question(snapshot, changed_questions.narrowed(snapshot, last.question, asked))
            if follow_up.aspect != "action":
                return found
            to_enable = changed_questions.narrowed(snapshot, last.question, "impact:opt-in")
            return found._replace(note=WHAT_TO_DO.format(to_enable))
    entry = lookups.find_entry(snapshot, _focus_key(last))
    if entry is None:
        return Interpretation(TextAnswer(ENTRY_GONE if _focus_key(last) else NOTHING_TO_NAME))
    is_of_version = follow_up.aspect == "availability"
    versions = snapshot.parse(follow_up.subject).filters.versions if is_of_version else None
    return Interpretation(EntryAnswer(entry, follow_up.aspect, versions or ()))


def _filter_asked(follow_up: FollowUp) -> str:
    """What those of a list pass of which it holds what is asked about them all: "do I have to enable them". Empty where
    that is no filter.
    """
    if follow_up.aspect in ("warning", "action"):
        return "warnings:yes"
    typed = set(words(follow_up.subject))
    if follow_up.aspect != "enabling" or not follow_up.of_many or ("off" in typed and "default" not in typed):
        return ""
    acts = {"default", "automatic", "automatically", "act", "acts", "itself", "already"}
    return "impact:opt-in" if "off" in typed or not acts & typed else "impact:behaviour"


def _same_version(snapshot: SearchSnapshot, last: LastAnswer) -> Interpretation:
    """All of the version that brought the entry that is looked at."""
    entry = lookups.find_entry(snapshot, _focus_key(last))
    if entry is None or entry.version is None:
        return Interpretation(TextAnswer("I do not know its version." if entry else NOTHING_TO_NAME))
    return answer_question(snapshot, str(entry.version))


def _around(snapshot: SearchSnapshot, last: LastAnswer, is_newer: bool) -> Interpretation:
    """What came before or after what was asked for."""
    entry = lookups.find_entry(snapshot, _focus_key(last))
    build = changed_questions.after if is_newer else changed_questions.before
    question = build(snapshot, last.question, entry.version if entry else None)
    found = answer_question(snapshot, question) if question else None
    if found and _has_answer(found.answer) and _is_on_the_same(snapshot, found.answer, last.question):
        return found
    known = f" The newest version I know is {snapshot.versions[-1]}." if is_newer and snapshot.versions else ""
    when = "newer" if is_newer else "earlier"
    return Interpretation(TextAnswer(f"I know nothing {when} on that.{known}"))


def _is_on_the_same(snapshot: SearchSnapshot, answer: Answer, last_question: str) -> bool:
    """Whether the best hit of a search would also answer the last question; of a list every one does."""
    result = _result(answer)
    if result is None or result.query.intent != "search" or not result.hits:
        return True
    subject = changed_questions.without_versions(snapshot, last_question)
    return bool(snapshot.matching_keys(subject, [result.hits[0].entry.key]))


def _compared(snapshot: SearchSnapshot, last: LastAnswer, subject: str) -> Interpretation:
    """The version that was asked for, or that brought what is looked at, compared with another one."""
    asked = snapshot.parse(changed_questions.without_verb(last.question)).filters.versions or ()
    entry = lookups.find_entry(snapshot, _focus_key(last))
    version = asked[-1] if asked else entry.version if entry else None
    if version is None:
        return Interpretation(TextAnswer("Compare what? For example: `compare 2.206 2.214`."))
    return repeat(snapshot, f"compare {version.number} {lookups.versions_in(subject)[0].number}")


def _narrowed(snapshot: SearchSnapshot, last: LastAnswer, follow_up: FollowUp) -> Interpretation:
    """Of the last answer only what is about a subject, or passes a filter. Whether a single change breaks something for
    somebody is more than is known of it; "for finance" is a question of its own after what is about something.
    """
    asked = snapshot.parse(last.question)
    if follow_up.subject.startswith("for ") and (asked.keys or asked.terms or asked.filters.area):
        return answer_question(snapshot, follow_up.subject)
    if follow_up.of_one and (last.selected_key or not _is_list(snapshot, last)):
        return _aspect(snapshot, last, FollowUp("aspect", aspect="other", of_one=True))
    narrowed = answer_question(snapshot, changed_questions.narrowed(snapshot, last.question, follow_up.subject))
    return _counted(narrowed) if follow_up.aspect == "count" else narrowed


def _both(snapshot: SearchSnapshot, last: LastAnswer) -> Interpretation:
    """The two that were shown, one below the other."""
    keys = last.entry_keys
    if len(keys) < 2:
        return _aspect(snapshot, last, FollowUp("aspect", aspect="other"))
    if len(keys) > 2 and _is_list(snapshot, last):
        return Interpretation(TextAnswer(f"Which two? Name their numbers, and I show both: `{keys[0]} {keys[1]}`."))
    return answer_question(snapshot, " ".join(keys[:2]))._replace(note="I compare nothing myself; these are the two.")


def _important(snapshot: SearchSnapshot, last: LastAnswer) -> Interpretation:
    """The highlights of a list; of anything else, the one that is looked at."""
    if not _is_list(snapshot, last):
        return _aspect(snapshot, last, FollowUp("aspect", aspect="detail"))
    return answer_question(snapshot, changed_questions.narrowed(snapshot, last.question, "highlights:yes"))


def _change(snapshot: SearchSnapshot, last: LastAnswer, follow_up: FollowUp) -> Interpretation:
    """The last question with other filters or another subject."""
    if upgrade := changed_questions.upgraded(last.question, follow_up.subject):
        return repeat(snapshot, upgrade)
    questions = changed_questions.changed(snapshot, last.question, follow_up.subject, follow_up.is_correction)
    result = changed_questions.choose(snapshot, questions, follow_up.subject, _focus_key(last))
    if not result.has_answer and _TYPED_FILTERS.fullmatch(follow_up.subject):
        alone = answer_question(snapshot, follow_up.subject)
        if _has_answer(alone.answer):
            return alone._replace(note=NOTHING_LEFT)
    return Interpretation(ResultAnswer(result), result.query.text)


def _focus_key(last: LastAnswer) -> str:
    """The entry that was shown alone, or the best of those shown."""
    return last.selected_key or (last.entry_keys[0] if last.entry_keys else "")


def _is_list(snapshot: SearchSnapshot, last: LastAnswer) -> bool:
    return snapshot.parse(changed_questions.without_verb(last.question)).intent in ("list", "version")


def _result(answer: Answer) -> SearchResult | None:
    if isinstance(answer, ComparisonAnswer):
        return answer.comparison.result
    return answer.result if isinstance(answer, ResultAnswer) else None


def _has_answer(answer: Answer) -> bool:
    if isinstance(answer, UpgradeAnswer):
        return bool(answer.checklist.sections)
    result = _result(answer)
    return result is not None and result.has_answer
