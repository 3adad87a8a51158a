"""Talk around a version: who is to be told of it, and who asked. "What should I tell finance about 2.214" asks for what
of it belongs to finance, "summarise 2.214 for the board" for all of it. Pure.
"""

import re

from bot.search.area_names import means_area
from bot.search.vocabulary import Vocabulary
from bot.text import words

MAX_WORDS = 24  # of a text that is looked at; a longer one tells more than this
# No area's people: what is for them is all of a version.
_EVERYBODY = frozenset(
    """
    everyone everybody all people them him her us me team teams staff colleagues boss bosses board management manager
    managers director directors ceo cto coo owner owners partners company business office customer customers client
    clients user users tech techs technician technicians engineer engineers agent agents lads guys folks
    """.split()
)
_TEAM = "team|teams|department|dept|people|folks|guys|lot|crew|side|staff|reps|directors?|managers?|leads?|lads|users"
_GROUP = rf"(?: (?:{_TEAM}))?"
_WHO = rf"(?:(?:the|our|my|your|some) )?(?P<who>[a-z0-9]+(?: [a-z0-9]+){{0,2}}?){_GROUP}"
_KNOW = r"(?:know|care|hear|see|notice|learn|like|expect|understand|be aware|be told|look at|look out for)"
_ABOUT = r"(?: (?:about|on|of|in|from|for|regarding|with|over))*"
_NEED = r"(?:(?:should|must|will|would|might|may|do|does|need|needs|have|has|want|wants|ought|to|really|actually) )"
_OF_IT = r"(?:(?:is|are|s|was|in|new|there|that|it|us|changed|changes) )"
_SOMETHING = r"(?:what|whats|which|anything|everything|something|bits|changes)"
_PLEASE = (
    r"(?:(?:please|can|could|you|i|we|need|want|have|to|give|send|make|write|do|help|me|us|some|a|an|the|short|quick)"
    r" )*"
)
# "Notes" and "announcements" alone are HaloPSA's own.
_PAPER = (
    r"(?:(?:training|briefing|handover|talking|speaking|release) (?:notes|points)|briefing|brief|handout|slides|summary"
    r"|summarise|summarize|rundown|recap|overview)"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"what (?:should|can|do|must|shall|could|would) (?:i|we) (?:tell|show|report to|say to|pass on to)"
        rf" {_WHO}{_ABOUT}",
        rf"{_PLEASE}(?:brief|tell) {_WHO}{_ABOUT}",
        rf"{_PLEASE}(?:update|inform|warn|prepare) {_WHO} (?:about|on|of|regarding|for)",  # not "update users in"
        rf"what {_NEED}{{1,2}}{_WHO} {_NEED}{{0,3}}{_KNOW}{_ABOUT}",
        rf"{_SOMETHING} {_OF_IT}{{0,4}}{_WHO} {_NEED}{{1,4}}{_KNOW}{_ABOUT}",
        rf"how {_NEED}(?:it |this |that )?(?:affect|hit|change things for|impact) {_WHO}",
        rf"{_PLEASE}{_PAPER}(?: (?:of|on|about|with|it|for)){{0,4}} for {_WHO}{_ABOUT}",
    )
)
_FOR = re.compile(rf"(?:only |just )?for {_WHO}")
# "Did it break anything for portal users", "what broke in the portal".
_BREAK = r"(?:break|breaks|broke|broken|affect|affects|affected|hurt|hurts|bite|hit|impact|impacts)"
_BREAKS = re.compile(
    r"(?:(?:did|does|do|will|would|could|can|might|has|is|was) (?:it |this |that |going to |(?:anything|something) )?"
    rf"{_BREAK}(?: (?:anything|something|things|stuff|any of it)(?: (?:for|in|with|on))?| (?:for|in|with|on))?"
    rf"|(?:what|whats|anything|something)(?: (?:did|does|will|would|could|is|it|has))* {_BREAK} (?:for|in|with|on))"
    rf" {_WHO}{_ABOUT}"
)
# "boss wants to know what's in": who asked says nothing of what is asked.
_WHO_ASKED = re.compile(
    r"(?:(?:my|the|our|a|one of our|some) )?[a-z]+(?: [a-z]+)? (?:wants|needs|would like|d like|asked|asks|is asking"
    r"|are asking|keeps asking|want) (?:to (?:know|see|hear) |me |us |for )?(?:about )?"
    r"(?=(?:what|whats|which|anything|everything|if|how) )"
)
# "can you email me", "can you send me everything": how it is handed over says nothing of what is asked.
_HAND_OVER = re.compile(
    r"(?:can|could|would|will) (?:you|i|we) (?:please )?"
    r"(?:email|mail|send|give|show|get|have|see|dm|message|print|share|forward)(?: (?:me|us|it|over|to|the|all|of))*"
    r"(?=$| (?:what|whats)\b"
    r"| (?:everything|anything|whatever|changes|highlights|warnings|fixes)\b(?! to (?!me\b|us\b)))"
)


def without_audience(text: str, vocabulary: Vocabulary) -> str:
    """The rest of a text that names versions, without the talk around them: "everything for finance", or nothing where
    all of the version is asked for; the text itself where there is no such talk.
    """
    typed = words(text)
    if not typed or len(typed) > MAX_WORDS:
        return text
    plain = " ".join(typed)
    asked = _WHO_ASKED.match(plain)
    if asked:
        plain = plain[asked.end() :]
    handed = _HAND_OVER.match(plain)
    if handed:
        plain = plain[handed.end() :].lstrip()
    who = broken_for(plain, vocabulary) or audience(plain, vocabulary)
    if who is not None:
        return f"everything for {who}" if who else ""
    return plain if asked or handed else text


def audience(plain: str, vocabulary: Vocabulary) -> str | None:
    """Who is to be told, in words with blanks between them: "finance", or nothing for everybody; None where a text asks
    something else.
    """
    for form in _FORMS:
        if (match := form.fullmatch(plain)) and (found := _for_whom(match["who"], vocabulary)) is not None:
            return found
    return None


def broken_for(plain: str, vocabulary: Vocabulary) -> str:
    """Whom something may be broken for, in words with blanks between them: "portal"; empty where a text asks something
    else, or for everybody.
    """
    match = _BREAKS.fullmatch(plain)
    return (_for_whom(match["who"], vocabulary) or "") if match else ""


def area_people(plain: str, vocabulary: Vocabulary) -> str:
    """Whose changes are asked for with nothing but "for finance"; empty where a text is anything else."""
    match = _FOR.fullmatch(plain)
    return (_for_whom(match["who"], vocabulary) or "") if match else ""


def _for_whom(who: str, vocabulary: Vocabulary) -> str | None:
    """What names an area's people, or nothing for everybody; None where that names nobody that is known."""
    if who in _EVERYBODY or (who.split()[-1] in _EVERYBODY and means_area(who, vocabulary) is None):
        return ""
    return who if means_area(who, vocabulary) else None
