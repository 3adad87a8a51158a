"""What a text means right after an answer: more results, one of those shown, or the last question changed.

"more", "share it", "the second one", "and for v2.214?", "what about quotes?"
"""

import re
from dataclasses import replace
from typing import Literal, NamedTuple

from bot.catalog.models import Filters, Version
from bot.search.models import Query
from bot.search.query_parser import find_area
from bot.search.snapshot import SearchSnapshot
from bot.search.versions import extract_versions
from bot.text import normalise

_POLITE = re.compile(
    r"^(?:ok|okay|thanks|thank you|great|cool|and|please|can you|could you)\b[\s,.]*"
    r"|[\s,.!?]*\b(?:please|thanks|thank you)?[\s.!?]*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:show |give |any |some |tell )?(?:me |us )?"
    r"(?:more|next|others?|the rest|what else|anything else|more results|next page|go on)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:share|post)(?: (?:it|this|that|the answer))?"
    r"(?: (?:here|to|in|with) (?:the |this )?(?:channel|everyone|team))?",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PICK = re.compile(
    r"(?:show |open |tell |details |more )?(?:me |us )?(?:about |on |of |for )?(?:the |number |no\.? |nr\.? |#)?"
    rf"(?P<position>{'|'.join(_ORDINALS)}|last|[1-9]\d?(?:st|nd|rd|th)?)(?: (?:one|result|change|hit|entry))?",
    re.IGNORECASE,
)
# Words that begin a change to the last question; without them, it may be a question of its own.
_LEAD = re.compile(
    r"^(?:and|or|also|but|what about|how about|what of|same|the same|only|just|ok and|and what about|and how about)\b"
    r"[\s,:]*",
    re.IGNORECASE,
)
_ONLY = re.compile(r"^(?:only|just)\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"^(?:for|in|with|about|on|of|to)\b\s*", re.IGNORECASE)
_NARROWING = re.compile(r"^(?:for|in|since|before|after|until|from|up to|with)\b", re.IGNORECASE)
_AREA_FILTER = re.compile(r"\barea:(?:\"[^\"]*\"|\S+)", re.IGNORECASE)
_VERSION_FILTER = re.compile(r"\b(?:version|v):\S+", re.IGNORECASE)


class FollowUp(NamedTuple):
    """What is wanted of the last answer."""

    kind: Literal["more", "pick", "share", "ask"]
    position: int = 0  # of a pick: 0 is the first, -1 the last
    question: str = ""  # of an ask: the whole question that is meant


def parse_follow_up(snapshot: SearchSnapshot, text: str, last_question: str) -> FollowUp | None:
    """What a text means right after `last_question`; None when it is a question of its own."""
    clean = normalise(text)
    plain = _POLITE.sub("", clean).strip(" .!?,")
    if _MORE.fullmatch(plain):
        return FollowUp("more")
    if _SHARE.fullmatch(plain):
        return FollowUp("share")
    if match := _PICK.fullmatch(plain):
        return FollowUp("pick", _position(match["position"].lower()))
    has_lead, change = bool(_LEAD.match(clean)), _LEAD.sub("", clean).strip(" ?!.")
    subject = _PREPOSITION.sub("", change).strip()
    if not subject:
        return None
    new, last = snapshot.parse(subject), snapshot.parse(last_question)
    if new.keys or new.intent in ("help", "nothing", "about") or not last.text:
        return None
    if _ONLY.match(clean) and (area := find_area(subject, snapshot.vocabulary)):
        return FollowUp("ask", question=f'{" ".join(_AREA_FILTER.sub(" ", last_question).split())} area:"{area}"')
    # With two filters, or a version alone, it says all that a question of its own needs.
    narrows_twice = new.filters.versions is not None and replace(new.filters, versions=None) != Filters()
    is_alone = narrows_twice or new.intent == "version"
    is_narrowing = has_lead or not is_alone or bool(_NARROWING.match(change))
    if new.filters and not new.terms and last.terms and is_narrowing:  # the same words under other filters
        kept = _without_filters(last_question, new, snapshot.versions)
        return FollowUp("ask", question=" ".join(f"{kept} {change}".split()))
    if not has_lead:
        return None
    if new.terms and last.filters.versions is not None and new.filters.versions is None:  # other words, same versions
        versions = " ".join(f"version:{version.number}" for version in last.filters.versions)
        return FollowUp("ask", question=f"{subject} {versions}")
    return FollowUp("ask", question=subject)


def _position(word: str) -> int:
    if word == "last":
        return -1
    return _ORDINALS.index(word) if word in _ORDINALS else int(re.sub(r"\D", "", word)) - 1


def _without_filters(question: str, new: Query, known_versions: tuple[Version, ...]) -> str:
    """A question without the filters that a new one replaces."""
    if new.filters.versions is not None:
        question = extract_versions(_VERSION_FILTER.sub(" ", question), known_versions)[1]
    if new.filters.area is not None:
        question = _AREA_FILTER.sub(" ", question)
    return question
