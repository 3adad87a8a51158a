"""What a message means right after an answer: the next ones, one of those shown, or the same question narrowed or
moved. Pure.
"""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from bot.search import versions
from bot.search.models import Query
from bot.search.query_parser import find_area
from bot.search.vocabulary import Vocabulary
from bot.text import normalise, unescape

_MARK = re.compile(r"<[@!#][^<>]*>")
_POLITE = re.compile(
    r"^(?:ok|okay|thanks|thank you|great|cool|and|please|can you|could you)\b[\s,.]*|[\s,.!?]*\b(?:please|thanks|thank you)?[\s.!?]*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:show |give |any |some |tell )?(?:me |us )?(?:more|next|others?|the rest|what else|anything else|more results|next page|go on)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:share|post)(?: (?:it|this|that|the answer))?(?: (?:here|to|in|with) (?:the |this )?(?:channel|everyone|team))?",
    re.IGNORECASE,
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PICK = re.compile(
    rf"(?:show |open |tell |details |more )?(?:me |us )?(?:about |on |of |for )?(?:the |number |no\.? |nr\.? |#)?"
    rf"(?P<place>{'|'.join(_ORDINALS)}|last|[1-9]\d?(?:st|nd|rd|th)?)(?: (?:one|result|change|hit|entry))?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:and|or|also|but|what about|how about|what of|same|the same|only|just|ok and|and what about|and how about)\b[\s,:]*",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"^(?:for|in|with|about|on|of|to)\b\s*", re.IGNORECASE)
_NARROWS = re.compile(r"^(?:for|in|since|before|after|until|from|up to|with)\b", re.IGNORECASE)
_ONLY = re.compile(r"^(?:only|just)\b", re.IGNORECASE)
_AREA = re.compile(r"\barea:(?:\"[^\"]*\"|\S+)", re.IGNORECASE)
_VERSION_FILTER = re.compile(r"\b(?:version|v):\S+", re.IGNORECASE)


class FollowUp(NamedTuple):
    """What is wanted of the last answer."""

    kind: Literal["more", "pick", "share", "ask"]
    position: int = 0  # of a pick: 0 is the first, -1 the last
    question: str = ""  # of an ask: the whole question that was meant


def parse_follow_up(
    text: str, last_question: str, parse: Callable[[str], Query], vocabulary: Vocabulary
) -> FollowUp | None:
    """What a text means right after `last_question`; None when it is a question of its own. `parse` parses a text."""
    said = " ".join(unescape(_MARK.sub(" ", normalise(text))).split())
    plain = _POLITE.sub("", said).strip(" .!?,")
    if _MORE.fullmatch(plain):
        return FollowUp("more")
    if _SHARE.fullmatch(plain):
        return FollowUp("share")
    if match := _PICK.fullmatch(plain):
        return FollowUp("pick", _position(match["place"].lower()))
    question = _modified_question(said, last_question, parse, vocabulary)
    return FollowUp("ask", question=question) if question else None


def _position(word: str) -> int:
    if word == "last":
        return -1
    return _ORDINALS.index(word) if word in _ORDINALS else int(re.sub(r"\D", "", word)) - 1


def _modified_question(said: str, last: str, parse: Callable[[str], Query], vocabulary: Vocabulary) -> str | None:
    """The last question with what the new text changes: other filters on the same words, or other words under the same
    filters.
    """
    led, added = bool(_LEAD.match(said)), _LEAD.sub("", said).strip(" ?!.")
    rest = _PREPOSITION.sub("", added).strip()
    if not rest:
        return None
    new, old = parse(rest), parse(last)
    if new.keys or new.intent in ("help", "nothing") or not old.text:
        return None
    if (area := find_area(rest, vocabulary)) and _ONLY.match(said):
        return f'{" ".join(_AREA.sub(" ", last).split())} area:"{area}"'
    if not new.terms and new.filters and old.terms and (led or new.intent != "version" or _NARROWS.match(added)):
        kept = last
        if new.filters.versions is not None:
            kept = versions.extract_versions(_VERSION_FILTER.sub(" ", kept), vocabulary.versions)[1]
        if new.filters.area is not None:
            kept = _AREA.sub(" ", kept)
        return " ".join(f"{kept} {added}".split())
    if led and new.terms and old.filters.versions is not None and new.filters.versions is None:
        asked = " ".join(f"version:{version.number}" for version in old.filters.versions)
        return f"{rest} {asked}"
    return rest if led else None
