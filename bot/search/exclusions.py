"""What a list is to be without, in plain words: "integrations not jira", "2.214 except the portal", "I don't want jira,
I want xero". Pure.

"Not" and "without" stand in many questions that ask for no list ("close tickets without an email"). So a text is read
so only where the rest of it asks for a list, names versions, or is an area or a product; and where a word leaves open
what it excludes, only if that is an area or a product.
"""

import re
from typing import NamedTuple

from bot.search import lists
from bot.search.marked_pattern import LazyPattern, LeadingPattern, MarkedPattern
from bot.search.vocabulary import Vocabulary, area_words
from bot.text import stems, words

MAX_WORDS = 3  # of what is left out, and of a subject
MAX_EXCLUSIONS = 3
MAX_LENGTH = 300  # characters; who writes more asks for no list
_PLAIN = r"(?:but (?:not|no|without)|except(?: for)?|excluding|other than|apart from|aside from|leaving out|minus)"
_WHAT = (
    r"(?:the |any |for |anything (?:for|about|on|to do with) )*"
    r"(?P<what>[\w&/-]+(?: (?!minus\b|not\b|without\b|except)[\w&/-]+){0,2}?)"
)
_END = r"(?:[\s,]{1,4}(?:ones|stuff|changes|things|please|pls|thanks)){0,3}[\s.!?,]{0,9}$"
_AND = LazyPattern(r"\s*(?:\b(?:and|or)\b|[/&])\s*", re.IGNORECASE)
_PLACE = LazyPattern(r"(?:in|on|from|by|at|to|of|as|for)\b", re.IGNORECASE)
_BEHIND = MarkedPattern(
    rf"[\s,]{{1,4}}(?:(?P<plain>{_PLAIN})|(?P<open>(?:and |just )?(?:not|without|no))) {_WHAT}{_END}",
    "_not_ _no_ _without_ except excluding _than_ apart aside leaving_out minus",
)
_BEFORE = LeadingPattern(
    r"(?:(?P<plain>nothing (?:to do |related )?(?:with|about|on|for|from|to)|(?P<ours>(?:i|we) (?:don['’]?t|do not))"
    rf" (?:want|mean|need|use|have|care about))|(?P<open>not|no|without)) {_WHAT}(?: please| pls)?"
    r"\s*(?:[,.;:]|\bbut\b|\bjust\b)[\s,]*(?:(?:but|just|only|rather|instead|i|we|want|need|mean|use)[\s,]+){0,5}"
    r"(?P<rest>\S.*)$",
    "nothing_ i_do we_do not_ no_ without_",
)


class Exclusion(NamedTuple):
    """What is left out."""

    what: str  # as it is told
    stems: str  # that must not occur, together
    area: str  # that must not be the entry's


def extract_exclusions(text: str, vocabulary: Vocabulary, is_narrowed: bool) -> tuple[str, list[Exclusion]]:
    """A text without the words that say what to leave out, and what that is: "except billing, not the portal".
    `is_narrowed`: versions, an area or the like are named besides.
    """
    found: list[Exclusion] = []
    while len(text) <= MAX_LENGTH and len(found) < MAX_EXCLUSIONS:
        more, text = _extract_next(text, vocabulary, is_narrowed)
        if not more:
            break
        found = more + found
    return text, found


def _extract_next(text: str, vocabulary: Vocabulary, is_narrowed: bool) -> tuple[list[Exclusion], str]:
    for pattern in (_BEHIND, _BEFORE):
        match = pattern.match(text.strip()) if pattern is _BEFORE else pattern.search(text)
        if match is None:
            continue
        what = match["what"]
        rest = text[: match.start()] if pattern is _BEHIND else match["rest"]
        is_plain = match["plain"] is not None and not lists.has_verb(what)
        is_named = all(is_name(one, vocabulary) for one in _each_of(what, vocabulary))
        if not (is_plain or is_named) or _PLACE.match(what):  # "assets not in Intune"
            continue
        if pattern is _BEFORE and match["ours"] and area_words(what) in vocabulary.area_by_words:
            continue  # "I don't want emails, just notifications": that is done in HaloPSA
        if pattern is _BEFORE or _can_be_narrowed(rest, what, vocabulary, is_narrowed, is_plain):
            return [_exclusion(one, vocabulary) for one in _each_of(what, vocabulary)], rest
    return [], text


def _each_of(what: str, vocabulary: Vocabulary) -> list[str]:
    """What is left out, each by itself: "jira and slack" are two, and an area with "and" in its name is one."""
    if area_words(what) in vocabulary.area_by_words:
        return [what]
    return [part for part in _AND.split(what) if part] or [what]


def _exclusion(what: str, vocabulary: Vocabulary) -> Exclusion:
    area = vocabulary.area_by_words.get(area_words(what), "")
    return Exclusion(area or what, "" if area else " ".join(stems(what)), area)


def _can_be_narrowed(rest: str, what: str, vocabulary: Vocabulary, is_narrowed: bool, is_plain: bool) -> bool:
    """Whether a text asks for a list, or for all of something."""
    said = words(rest)
    if lists.is_list(said, is_narrowed):
        return True
    if len(said) > MAX_WORDS or not lists.is_bare_subject(said):
        return is_narrowed and not said
    if is_narrowed:
        return True
    # "Integrations without jira"; but "tickets without SLA" are such tickets, "whatsapp without twilio" and "SLA
    # excluding weekends" are asked for, and "sync users but not contacts" is a wish.
    is_area = area_words(what) in vocabulary.area_by_words
    if is_plain:
        return is_name(rest, vocabulary) and any(is_name(one, vocabulary) for one in _each_of(what, vocabulary))
    return area_words(rest) in vocabulary.area_by_words and not is_area


def is_name(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is what people call an area, or a product that the glossary knows."""
    if area_words(text) in vocabulary.area_by_words:
        return True
    called = tuple(stems(text))
    readings = {called, *(other.stems for other in vocabulary.synonyms.synonyms_of(called))}
    return not vocabulary.synonyms.foreign_products.isdisjoint(readings)
