"""Recognises a text that builds on the last answer: "more", "the second one", "which version", "and for v2.214?".

What it asks of the answer, or how it changes the last question. A text with a subject of its own is none of these,
unless it begins with a sign that it goes on ("and", "what about", "only", "no, I meant").
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.catalog.models import Filters
from bot.conversation.aspects import find_aspect, is_about_the_answer, is_asked_of_it, is_of_many, is_of_one
from bot.conversation.format_requests import asks_as_list, asks_for_file
from bot.conversation.verbs import VERSION
from bot.search.audiences import area_people, audience, broken_for
from bot.search.exclusions import is_name
from bot.search.marked_pattern import LazyPattern, MarkedPattern
from bot.search.models import Aspect
from bot.search.orders import AskedOrder, find_order
from bot.search.snapshot import SearchSnapshot
from bot.text import normalise, words

MAX_LENGTH = 200  # characters; what is longer is a question of its own
MAX_WORDS_OF_A_SUBJECT = 3  # after "only": what is longer is a sentence, "only agents see private notes"

FollowUpKind = Literal[
    "more",
    "all",
    "pick",
    "other",
    "one",
    "share",
    "aspect",
    "count",
    "older",
    "newer",
    "same version",
    "compare",
    "both",
    "important",
    "narrow",
    "without",
    "change",
    "order",
    "list",
    "export",
]
_NOTHING_ALONE: frozenset[FollowUpKind] = frozenset({"more", "pick", "other", "share", "order"})

_POLITE = LazyPattern(
    r"^(?:(?:ok|okay|oh|great|cool|and|please|can you|could you|thanks|thank you"
    r"|(?:got it|gotcha|noted|understood|perfect|nice|cheers|ta|right)(?=[,.!;]))\b[\s,.!;]*)+"
    r"|\s*[,.!?]*\s*\b(?:please|thanks|thank you|then|pls)?[\s.!?]*$",
    re.IGNORECASE,
)
_MORE = MarkedPattern(
    r"(?:(?:are|is) there |do you have |have you (?:got )?)?(?:show |give |any |some )?(?:me |us )?"
    r"(?:more|next|others|the others|the rest|what else|anything else|more results|more of them|next page|go on"
    r"|keep going|continue|another)|can i see (?:more|the rest|the others)",
    "more next other rest else go_on keep continue can_i_see",
)
_ALL = MarkedPattern(
    r"(?:(?:show|list|give)(?: me| us)? |can i see )?(?:them )?(?:all|everything)"
    r"(?: (?:of )?(?:them|it|these|those|results|the results|changes))?|(?:the )?(?:whole|full|complete) list",
    "all everything list",
)
_SHARE = MarkedPattern(
    r"(?:share|post)(?: (?:it|this|that|the answer))?"
    r"(?: (?:here|to|in|with) (?:the |this )?(?:channel|everyone|team))?",
    "share post",
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PICK = MarkedPattern(
    r"(?:show |open |tell |details |more )?(?:me |us )?(?:about |on |of |for )?(?:the |number |no\.? |nr\.? |#)?"
    rf"(?P<position>{'|'.join(_ORDINALS)}|last|[1-9]\d?(?:st|nd|rd|th)?)(?: (?:one|result|change|hit|entry))?",
    "first second third fourth fifth sixth seventh eighth ninth tenth last 1 2 3 4 5 6 7 8 9",
)
_OTHER = MarkedPattern(
    r"(?:no,? )?(?:show me |what about |how about )?(?:not (?:this|that)(?: one)?|(?:the|an) ?other one|the next one)",
    "not other next",
)
_ANY_MORE = (
    r"(?:is there |are there |do you have |have you )?(?:anything |something |any |what about |what's |what is )?"
)
_NEWER = MarkedPattern(
    rf"{_ANY_MORE}(?:newer|more recent|later)(?: (?:ones?|changes?|than (?:that|this|it)|on (?:that|this|it)))?"
    r"|(?:what |anything |any |has (?:it|that|this) )?(?:came |new |changed |changes |updates? )?"
    r"(?:after|since) (?:that|this|it|then)"
    r"|(?:anything|any changes|what changed|what came) (?:since|next|afterwards?|later)"
    r"|(?:what about )?(?:the )?(?:next|later|newer|following) (?:version|release)s?",
    "newer recent later after since next following",
)
_OLDER = MarkedPattern(
    rf"{_ANY_MORE}(?:older|earlier)(?: (?:ones?|changes?|than (?:that|this|it)|on (?:that|this|it)))?"
    r"|(?:what |what about |anything |what came |what was )?(?:new |changed )?before (?:that|this|it|then)"
    r"|(?:what about )?the (?:one|version|release) before(?: (?:that|this|it))?"
    r"|(?:what about )?(?:the )?(?:previous|earlier|older|prior) (?:version|release)s?",
    "older earlier before previous prior",
)
_SAME_VERSION = MarkedPattern(
    r"(?:what|everything|anything)(?: else)? (?:is |was |came |changed |comes )*"
    r"(?:in (?:that|this|the same|its) (?:version|release)|(?:together )?with (?:it|that|this))",
    "what everything anything",
)
_COMPARE = LazyPattern(
    rf"(?:compared?|diff|difference|vs\.?|versus)(?: (?:it|that|this))?(?: (?:to|with|and|against))?"
    rf" (?P<version>{VERSION})",
    re.IGNORECASE,
)
_BOTH = MarkedPattern(
    r"(?:what(?:'s|s| is| are) )?(?:the )?differences?(?: between (?:them|these|those|the two|both)(?: of them)?)?"
    r"|compare (?:them|these|those|both|the two)|how (?:do|are) (?:they|these|those|the two) (?:differ|different)"
    r"|(?:show )?(?:me )?both(?: of (?:them|these|those))?|which (?:one )?(?:of (?:them|these|those) )?is better",
    "difference compare differ both better",
)
_IMPORTANT = MarkedPattern(
    r"(?:which|what)(?: (?:ones?|of (?:them|these|those)))? (?:is|are|were) (?:the )?"
    r"(?:(?:most |really )?important|biggest|main|highlights?|highlighted)(?: ones?)?|any (?:highlights|big ones)"
    r"|what (?:matters|counts) (?:most|here|really|first)"
    r"|(?:only |just )?the (?:most )?important (?:ones|things|changes|stuff|bits)"
    r"|(?:what|which) (?:ones )?should (?:i|we) (?:look at|read|check|care about) first"
    r"|which (?:ones )?(?:matter|count)(?: most)?",
    "important matter count first biggest main highlight big",
)
_COUNT = MarkedPattern(
    r"(?:so )?how many(?: (?:is|are|was|were) (?:that|there|it|those|these|they|left)| of (?:them|those|these)"
    r"| (?:changes|ones)| in total| altogether| left| remain)*|(?:the )?(?:count|total)|count (?:them|those|these)",
    "many count total",
)
_COUNT_OF = LazyPattern(r"how many of (?:them|those|these) (?:are|is|were|have|has)\b\s*(?P<subject>.+)", re.IGNORECASE)
# "the one for reopened tickets", "which of those is about quotes", "the jira one".
_ONE = LazyPattern(
    r"(?:(?:show me|open|tell me about|i mean(?:t)?|no,?)\s+)*"
    r"(?:(?:the|that) one|which (?:one|of (?:these|those|them))(?: is| was)?|is there one|one)\s+"
    r"(?:(?:for|about|with|on|in|of|from|that|which|where|to|called|regarding|says?|has|does)\s+)+(?P<subject>.+)"
    r"|(?:(?:show me|open|tell me about|i mean(?:t)?|no,?)\s+)*(?:the|that) (?P<name>[^,]{2,60}) one",
    re.IGNORECASE,
)
_ONLY = LazyPattern(
    r"(?:(?:and|or|show|show me|which(?: ones)? of (?:these|those|them) are"
    r"|(?:do |are |is )?any of (?:these|those|them)(?: mention)?)\s+)*"
    r"(?:(?:only|just|limit (?:it|that|them) to|filter (?:by|for|to))\s+"
    r"|(?<=are )|(?<=them )|(?<=those )|(?<=these )|(?<=mention ))"
    r"(?:(?:the|those|ones?|for|about|in|on|with)\s+)*(?P<subject>.+?)(?:\s+(?:ones|changes|stuff|only))?",
    re.IGNORECASE,
)
# "not portal", "without the jira ones".
_WITHOUT = LazyPattern(
    r"(?:and |but |just )?(?:not|no|(?P<plain>without|except(?: for)?|excluding|minus|leave out)) (?:the |any )?"
    r"(?P<subject>[\w&/-]+(?: [\w&/-]+){0,2}?)(?P<ones> ones| stuff| changes)?",
    re.IGNORECASE,
)
# "anything for the service desk in there", "any of those for billing".
_AMONG = LazyPattern(
    r"(?:(?:is|are) there |do you have )?(?:anything|something|any|what(?:'s|s| is)?)(?: (?:new|changed))?"
    r"(?: of (?:them|these|those))? (?:(?:for|about|on|in|with|to do with) )?(?:the |our )?(?P<subject>.{2,60}?)"
    r"(?: (?:in|among|of|from) (?:there|it|that|this|these|those|them|that list|the list))",
    re.IGNORECASE,
)
_AMONG_FIRST = LazyPattern(  # "anything in there about assets"
    r"(?:(?:is|are) there )?(?:anything|something|any|what(?:'s|s| is)?) (?:in|among|of)"
    r" (?:there|it|that|these|those|them) (?:for|about|on|with|to do with) (?:the |our )?(?P<subject>.{2,60})",
    re.IGNORECASE,
)
# "billing only", "the portal ones".
_ONLY_BEHIND = LazyPattern(
    r"(?P<subject>.{2,60}?) only|the (?P<named>.{2,60}) ones|(?P<kind>(?:brand[ -])?new|opt[ -]?in) ones", re.IGNORECASE
)
# Words that begin a change to the last question; without them, it may be a question of its own.
_LEAD = LazyPattern(
    r"(?:and what about|and how about|what about|how about|what of|ok and|and|or|also|but|the same|same"
    r"|(?:(?:no|nope)(?:\s*[,.:;]\s*|\s+(?=i mean))|(?:sorry|actually|rather)[\s,.:;]+)"
    r"(?:i (?:mean|meant|was asking about|am asking about)\s+)?"
    r"|i (?:mean|meant)|not [^,]{1,40},|not that[\s,.:;]+(?:but )?)(?:\b|(?<=[\s,.:;]))[\s,:]*",
    re.IGNORECASE,
)
_PREPOSITIONS = LazyPattern(r"(?:(?:for|in|with|about|on|of|to|the|same|now)\b\s*)+", re.IGNORECASE)
_TRAILING = LazyPattern(
    r"[\s,;]+(?:(?:is there )?(?:anything|something)(?: (?:there|new|on that|for that))?|too|instead)$"
)
# Names what it asks for: "which changes come with a warning". "Any with a warning" goes on.
_WHOLE_QUESTION = LazyPattern(
    r"\W*(?:(?:please|can you|could you|show|list|give|tell|me|us|all|every|the|any|are there|what are|which|what"
    r"|of)\s+)*"
    r"(?:changes?|updates?|features?|improvements?|entries|everything|anything"
    r"|what\s+(?:is|are|was|were|do|does|did|acts?|changes?|came|comes|should|has|have)\b"
    r"|which\s+(?:changes?|came)\b)\W",
    re.IGNORECASE,
)
_NARROWING = LazyPattern(r"(?:for|in|since|before|after|until|from|up to|with)\b", re.IGNORECASE)


class FollowUp(NamedTuple):
    """What is wanted of the last answer."""

    kind: FollowUpKind
    position: int = 0  # of a pick: 0 is the first, -1 the last
    aspect: Aspect | None = None
    subject: str = ""  # the words of a change, of the one that is meant, or of what is counted
    of_many: bool = False  # of an aspect: it is asked of all that were shown
    of_one: bool = False  # of an aspect or a narrowing: it may be asked of "it", and not of all that were shown
    is_correction: bool = False  # of a change: the last question was not what was meant
    order: AskedOrder | None = None  # of a list


def parse_follow_up(snapshot: SearchSnapshot, text: str) -> FollowUp | None:
    """What a text means right after an answer; None when it is a question of its own."""
    clean = normalise(text)
    if len(clean) > MAX_LENGTH:
        return None
    plain = _plain(clean)
    return _of_the_answer(plain) or _of_one(snapshot, plain) or _of_the_question(snapshot, clean)


def needs_an_answer(text: str) -> bool:
    """Whether a text means nothing where nothing was answered: "more", "the second one"."""
    clean = normalise(text)
    follow_up = _of_the_answer(_plain(clean)) if len(clean) <= MAX_LENGTH else None
    if follow_up is None or (follow_up.order and follow_up.order.may_be_of_halo):
        return False
    if follow_up.aspect == "action":  # not "action required", which is searched for, nor "what should I do"
        typed = set(words(clean))
        return "do" in typed and ("what" not in typed or not typed.isdisjoint(("need", "have")))
    return follow_up.kind in _NOTHING_ALONE


def _plain(clean: str) -> str:
    return _POLITE.sub("", clean).strip(" .!?,")


@lru_cache(maxsize=64)  # every text is asked twice, by `parse_follow_up` and `needs_an_answer`
def _of_the_answer(plain: str) -> FollowUp | None:
    """What needs no other words than these: another part of the answer, or a fact about it."""
    if order := find_order(plain):
        return FollowUp("order", order=order)
    if asks_as_list(plain):
        return FollowUp("list", subject=plain)
    if asks_for_file(plain):
        return FollowUp("export", subject=plain)
    simple: tuple[tuple[LazyPattern, FollowUpKind], ...] = (
        (_MORE, "more"), (_ALL, "all"), (_SHARE, "share"), (_OTHER, "other"), (_NEWER, "newer"), (_OLDER, "older"),
        (_COUNT, "count"), (_SAME_VERSION, "same version"), (_BOTH, "both"), (_IMPORTANT, "important"),
    )  # fmt: skip
    for pattern, kind in simple:
        if pattern.fullmatch(plain):
            return FollowUp(kind)
    if match := _PICK.fullmatch(plain):
        return FollowUp("pick", _position(match["position"].lower()))
    aspect = find_aspect(plain)
    if aspect is None:
        return None
    return FollowUp("aspect", aspect=aspect, of_many=is_of_many(plain), of_one=is_of_one(plain), subject=plain)


def _of_one(snapshot: SearchSnapshot, plain: str) -> FollowUp | None:
    """One or some of those that were shown, named by what they are about; or one of them and a version."""
    if match := _COUNT_OF.fullmatch(plain):
        return FollowUp("narrow", subject=match["subject"], aspect="count")
    match = _WITHOUT.fullmatch(plain)
    if match and (match["plain"] or match["ones"] or is_name(match["subject"], snapshot.vocabulary)):
        return FollowUp("without", subject=match["subject"])
    if match := _COMPARE.fullmatch(plain):
        return FollowUp("compare", subject=match["version"])
    if match := _ONE.fullmatch(plain):
        return FollowUp("one", subject=match["subject"] or match["name"])
    if match := _ONLY.fullmatch(plain) or _ONLY_BEHIND.fullmatch(plain) or _among(plain):
        groups = match.groupdict()
        subject = groups.get("subject") or groups.get("named") or groups.get("kind") or ""
        if len(subject.split()) <= MAX_WORDS_OF_A_SUBJECT:
            return FollowUp("narrow", subject=subject)
    typed = " ".join(words(plain))
    if who := broken_for(typed, snapshot.vocabulary):
        return FollowUp("narrow", subject=who, of_one=True)
    if who := area_people(typed, snapshot.vocabulary):
        return FollowUp("narrow", subject=f"for {who}")
    told = audience(typed, snapshot.vocabulary)  # "what should I tell finance"
    if told is not None:
        return FollowUp("narrow", subject=told) if told else FollowUp("all")
    is_of_it = is_asked_of_it(plain)
    if (is_of_it or is_about_the_answer(plain)) and snapshot.parse(plain).filters.versions:
        return FollowUp("aspect", aspect="availability", subject=plain)
    if is_of_it:
        return FollowUp("aspect", aspect="other")
    return None


def _among(plain: str) -> re.Match[str] | None:
    return _AMONG.fullmatch(plain) or _AMONG_FIRST.fullmatch(plain)


def _of_the_question(snapshot: SearchSnapshot, clean: str) -> FollowUp | None:
    """The last question with other filters or another subject."""
    lead = _LEAD.match(clean)
    change = clean[lead.end() :] if lead else clean
    change = _TRAILING.sub("", change.strip(" ?!.,"))
    subject = _PREPOSITIONS.sub("", change, count=1) if _PREPOSITIONS.match(change) else change
    query = snapshot.parse(subject)
    if not subject or query.keys or query.intent in ("help", "nothing", "about"):
        return None
    if lead:
        is_correction = not re.match(r"and|or|also|but|what|how|same|the same|ok", lead[0], re.IGNORECASE)
        return FollowUp("change", subject=change, is_correction=is_correction)
    if query.terms or not query.filters or query.aspect == "link" or _WHOLE_QUESTION.match(clean):
        return None
    # Without a sign that it goes on, filters alone do: one of them, or a version with "in", "since" …
    filters = query.filters
    has_others = replace(filters, versions=None) != Filters()
    if filters.versions is None or (not has_others and _NARROWING.match(change)):
        return FollowUp("change", subject=change)
    return None


def _position(word: str) -> int:
    if word == "last":
        return -1
    return _ORDINALS.index(word) if word in _ORDINALS else int(re.sub(r"\D", "", word)) - 1
