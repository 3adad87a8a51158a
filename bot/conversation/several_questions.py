"""Several questions in one text: "1) when do we get asset merging 2) is there a Kaseya integration", "dark mode? sso?".

Each is searched for by itself. Where at least two are surely answered, by different changes, these are the answer;
any other text is one question.
"""

import re

from bot.conversation.answers import Interpretation, ResultAnswer
from bot.conversation.aspects import find_aspect, is_asked_of_it
from bot.search.models import Query
from bot.search.snapshot import SearchSnapshot
from bot.text import truncate, words

MAX_LENGTH = 500  # characters of a text that is looked at
MAX_QUESTIONS = 5
MIN_CUT = 5  # characters that are told besides a question
MAX_REPEATED = 60  # characters of a question that a sentence repeats
_NUMBER = re.compile(r"(?:^|\s)\(?([1-5])[.)]\s+")
_QUESTION_MARK = re.compile(r"\?{1,3}(?:\s+|$)")
_SEPARATOR = re.compile(r"\s\+\s|;\s|\s/\s")  # between questions only where the whole text has no answer
_LEAD = re.compile(
    r"^(?:(?:and|also|plus|then|oh|ok|my|the|another|next|last|first|second|third)\s+)*"
    r"(?:question|and|also|plus|then|first(?:ly)?|second(?:ly)?|third(?:ly)?)\b\s*(?:[,:]\s*|(?<=also)\s|(?<=and)\s)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!]\s+")
_CALL = re.compile(
    r"^(?:(?:hey|hi|hello|dear|team|all|guys|folks|everyone|@?here|@channel|@everyone)[\s,:]+)+", re.IGNORECASE
)
_PREPOSITIONS = frozenset("in on for with at from by to of about without".split())
_PRONOUNS = frozenset("it that this them these those".split())
_PRONOUNS_WITHIN = frozenset({"it", "them"})


def answer_several(snapshot: SearchSnapshot, query: Query, whole: Interpretation) -> Interpretation | None:
    """The answers to several questions, one each; None where a text is one. `whole`: what answers the whole text."""
    text, answer = query.text, whole.answer
    if query.intent != "search" or query.filters or len(text) > MAX_LENGTH or not isinstance(answer, ResultAnswer):
        return None
    parts = _questions(text, may_be_list=not answer.result.has_answer)
    parts = [part for part in parts if snapshot.parse(part).intent != "about"]  # "thanks"
    if len(parts) < 2:
        return None if answer.result.has_answer else _answer_the_question(snapshot, text)
    keys, unanswered = list[str](), list[str]()
    for part in parts:
        key = _sure_answer(snapshot, part)
        if key is None:
            unanswered.append(f"“{truncate(part, MAX_REPEATED)}”")
        elif key not in keys:
            keys.append(key)
    if len(keys) < 2:
        return None
    result = snapshot.search(" ".join(keys))
    note = f"You asked {len(parts)} things. These answer them:"
    if unanswered:
        rest = "this one by itself" if len(unanswered) == 1 else "these one by one"
        note = f"You asked {len(parts)} things. I am sure of the ones below; ask {rest}: {', '.join(unanswered)}."
    return Interpretation(ResultAnswer(result), result.query.text, note=note)


def _questions(text: str, may_be_list: bool) -> list[str]:
    """The questions in a text, at least two; none where it is one, or too many."""
    if _NUMBER.search(text):
        first, *rest = _NUMBER.split(text)
        in_order = rest[::2] == [str(n) for n in range(int(rest[0]), int(rest[0]) + len(rest) // 2)]
        # A "1)" at the beginning was taken for the formatting of a list, and is gone.
        parts = [*([first] if rest[0] == "2" else []), *rest[1::2]] if in_order and rest[0] in "12" else []
    elif text.count("?") > 1:
        parts = _QUESTION_MARK.split(text)
    elif may_be_list and _SEPARATOR.search(text):
        parts = _SEPARATOR.split(text)
    else:
        parts = []
    found = [part for part in (_LEAD.sub("", part.strip(" \n\t?!.,;")) for part in parts) if part]
    found = [part for part in found if not _goes_on(part)]
    return found if 2 <= len(found) <= MAX_QUESTIONS else []


def _answer_the_question(snapshot: SearchSnapshot, text: str) -> Interpretation | None:
    """The answer to the one question in a text that tells more: "did anyone test the new sync? we're scared"."""
    if "?" not in text[:-1]:
        return None
    asked = [_SENTENCE_END.split(part.strip())[-1] for part in text.split("?")[:-1]]
    asked = [_LEAD.sub("", _CALL.sub("", part)).strip() for part in asked]
    asked = [part for part in asked if part and len(part) < len(text) - MIN_CUT and not _goes_on(part)]
    if len(asked) != 1:
        return None
    result = snapshot.search(asked[0])
    if result.query.intent != "search" or not result.has_answer:
        return None
    note = f"I looked for “{truncate(asked[0], MAX_REPEATED)}”, as all of it finds nothing."
    return Interpretation(ResultAnswer(result), result.query.text, note=note)


def _goes_on(part: str) -> bool:
    """Whether a part is about another one of them, and no question of its own: "can we stop that"."""
    typed = words(part)
    if typed[:1] and typed[0] in _PREPOSITIONS:  # "canned text in chat? and in tickets?"
        return True
    refers = typed[-1:] and (typed[-1] in _PRONOUNS or not _PRONOUNS_WITHIN.isdisjoint(typed[2:]))
    return bool(refers) or is_asked_of_it(part) or find_aspect(part) is not None


def _sure_answer(snapshot: SearchSnapshot, part: str) -> str | None:
    query = snapshot.parse(part)
    if query.intent != "search" or not query.terms:
        return None
    result = snapshot.search(query)
    return result.hits[0].entry.key if result.hits and result.confidence == "sure" else None
