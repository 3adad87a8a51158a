"""What a short text asks about an answer: its version, its minute, its link, what to test first, what it is good for.

A text asks about the answer when it has none but small words, words for the answer ("it", "the change") and words of
one aspect: "when was that discussed", "which version". A word of its own makes it a question of its own: "which version
is needed for QuickBooks payments".
"""

import re

from bot.search.models import Aspect
from bot.text import STOP_WORDS, words

MAX_WORDS = 10
_WORDS: dict[Aspect, frozenset[str]] = {
    "minute": frozenset(
        """
        episode episodes minute minutes timestamp discuss discussed discussing discussion talk talked talking mention
        mentioned mentions spoke speak spoken video recording podcast listen watch hosts
        """.split()
    ),
    "link": frozenset(
        """
        link links url urls webpage source sources article post read screenshot screenshots screengrab doc docs
        documentation manual
        """.split()
    ),
    "version": frozenset(
        """
        version release released ship shipped arrive arrived land landed introduced added came come coming launched
        rolled available live
        """.split()
    ),
    "warning": frozenset(
        """
        warning warnings caution cautions caveat caveats gotcha gotchas risk risks risky careful danger dangerous safe
        safely pitfall pitfalls downside downsides drawback drawbacks beware break breaks problem problems issue issues
        catch test tested testing worry worries concern concerns
        """.split()
    ),
    "detail": frozenset(
        """
        matter matters setting settings configure configured set changed differ differs
        detail details explain elaborate mean means meaning help helps benefit benefits useful point purpose describe
        summary summarise summarize info information work works explanation tldr gist
        """.split()
    ),
    "enabling": frozenset(
        """
        default enable enabled enabling activate activated turn turned switch switched automatic automatically act acts
        itself
        """.split()
    ),
}
_ASPECT_BY_WORD = {word: aspect for aspect, of_it in _WORDS.items() for word in of_it}
# What stands for the answer, and what says nothing by itself.
_REFERENCES = frozenset("it its that thats this one ones they them those these change feature entry".split())
_OF_MANY = frozenset("ones them those these".split())
_NEUTRAL = STOP_WORDS | _REFERENCES | frozenset(
    """
    tell show give send share know see find say said exactly first there here bit little number again really asked
    decided requested short brief briefly off by quick quickly already yet still
    actually where please first hello hi ok okay thanks thank cool great another further halo during before something
    been back since open anything people guys going go need needed look
    """.split()
)  # fmt: skip
_QUESTION_WORDS = frozenset("who whom whose whos why what whats how hows".split())
_SHOWING = frozenset("show open see give explain".split())
# Words that say something of the answer only with a word for it: "how do I turn it on", not "default settings".
_NEED_A_REFERENCE = frozenset(
    """
    default enable enabled enabling activate activated turn turned switch switched automatic automatically act acts
    itself setting settings configure configured set work works changed differ differs doc docs documentation manual
    """.split()
)
_SWITCHING = frozenset("enable activate turn switch default enabled activated turned switched".split())
_WATCH_OUT = re.compile(r"\b(?:watch|look) out\b", re.IGNORECASE)
# "Do I need to do anything", "is there anything we have to do for it", "any action needed".
_NEED_TO = r"(?:need to |needs to |have to |has to |must |should |to )"
_ACTION = re.compile(
    rf"(?:(?:so|and|but|ok|okay) )*(?:(?:do|does|will|should|must) (?:i|we|anyone|somebody|someone) {_NEED_TO}?do"
    rf" (?:anything|something)|(?:is there )?(?:anything|something) (?:(?:that )?(?:i|we) )?{_NEED_TO}do"
    rf"|what (?:(?:do|must|should) )?(?:i|we) {_NEED_TO}?do|(?:is )?(?:any |an )?action (?:needed|required))"
    r"(?: (?:for|about|with|on|after) (?:it|this|that|our side|the upgrade))?(?: (?:now|then|here|first))?"
)
_YES_OR_NO = frozenset("do does did is are was has have can could".split())
# "Is that per agent", "can it be set for one client": what "it" is follows from the answer alone.
_ASKS = _YES_OR_NO | frozenset("will would should were isnt doesnt dont cant wont".split())
_LEADS = frozenset("and so but ok okay also".split())
_IT = frozenset("it that this they these those".split())
_ADVERBS = frozenset("also only just still really already then even now".split())
_SAID_OF_IT = frozenset(
    """
    per for in on by to with across apply applies work works affect affects count counts need needs require requires
    include includes support supports depend depends cost free global optional mandatory available retroactive limited
    reversible be visible configurable set reset replace replaces exist
    """.split()
)
# "Is it supposed to be so slow", "will it be possible to merge tickets": there it stands for nothing.
_NO_REFERENCE = frozenset("possible able supposed normal true expected design way why when because if".split())


def find_aspect(text: str) -> Aspect | None:
    """The aspect of the last answer that a text asks about; None when it is not about the answer, or not only."""
    typed = words(_WATCH_OUT.sub("warning", text))
    if not typed or len(typed) > MAX_WORDS:
        return None
    if _ACTION.fullmatch(" ".join(typed)):
        return "action"
    aspects = {_ASPECT_BY_WORD[word] for word in typed if word in _ASPECT_BY_WORD}
    if any(word not in _NEUTRAL and word not in _ASPECT_BY_WORD for word in typed):
        return None
    refers = not _REFERENCES.isdisjoint(typed) or typed[-2:] == ["changed", "there"]
    if not _NEED_A_REFERENCE.isdisjoint(typed) and not refers and not _is_switching(typed):
        return None
    if "enabling" in aspects:
        return "enabling" if aspects <= {"enabling", "detail"} and _asks_yes_or_no(typed) else "detail"
    if aspects == {"minute", "link"} or aspects == {"version", "minute"}:
        return "minute"  # "the link to the episode", "when did that come up in an episode"
    if aspects == {"version"} and "short" in typed:
        return "detail"
    if aspects == {"version", "detail"} and "when" in typed:
        return "version"
    if len(aspects) == 1:
        return aspects.pop()
    return None if aspects else _aspect_without_its_word(typed)


def is_asked_of_it(text: str) -> bool:
    """Whether a text asks in words of its own whether something holds for "it": "is that per agent"."""
    typed = words(text)
    if len(typed) > MAX_WORDS + 1:
        return False
    while typed and typed[0] in _LEADS:
        typed = typed[1:]
    if len(typed) < 3 or typed[0] not in _ASKS or typed[1] not in _IT:
        return False
    said = next((word for word in typed[2:] if word not in _ADVERBS), "")
    return said in _SAID_OF_IT and _NO_REFERENCE.isdisjoint(typed) and _IT.isdisjoint(typed[2:])


def is_of_many(text: str) -> bool:
    """Whether a text is about several of those shown: "any of them", "which ones"."""
    return not _OF_MANY.isdisjoint(words(text))


def is_of_one(text: str) -> bool:
    """Whether a text is about one of those shown: "any warnings about it", "is this risky"."""
    return not (_IT - _OF_MANY - {"they"}).isdisjoint(words(text))


def is_about_the_answer(text: str) -> bool:
    """Whether a text is about "it" or "that", and nothing else but a version's number: "do we have it on 2.210"."""
    versions = {"version", "release"}
    typed = [word for word in words(text) if not word.removeprefix("v").isdigit() and word not in versions]
    of_it = {"version", "detail", "enabling"}
    return not _REFERENCES.isdisjoint(typed) and all(
        word in _NEUTRAL or _ASPECT_BY_WORD.get(word) in of_it for word in typed
    )


def _is_switching(typed: list[str]) -> bool:
    """ "Turn off?", "on by default?", "how to enable": what is switched has to be the answer."""
    if "you" in typed and "can" not in typed:  # "how do I turn you off in here"
        return False
    return not _SWITCHING.isdisjoint(typed) and ("on" in typed or "off" in typed or "how" in typed)


def _asks_yes_or_no(typed: list[str]) -> bool:
    """Whether it is asked whether, and not how: "do we need to enable it", "on by default?"."""
    return _QUESTION_WORDS.isdisjoint(typed) and "where" not in typed


def _aspect_without_its_word(typed: list[str]) -> Aspect | None:
    """ "since when do we have that", "who is it for", "is it out yet", "tell me more about it"."""
    refers = not _REFERENCES.isdisjoint(typed)
    if "more" in typed and {"tell", "say", "know", "about", "bit"} & set(typed):
        return "detail"
    if "when" in typed and (refers or "since" in typed):
        return "version"
    if typed[0] in _SHOWING and refers:
        return "detail"
    if not refers:
        return "detail" if typed in (["why"], ["who"], ["how"]) else None
    if typed[0] in _QUESTION_WORDS:
        return "detail"
    if "on" in typed[-2:] or "off" in typed[-2:]:  # "so it's off?", "is that on now"
        return "enabling"
    return "version" if typed[0] in _YES_OR_NO and {"yet", "have", "out", "already", "in"} & set(typed) else None
