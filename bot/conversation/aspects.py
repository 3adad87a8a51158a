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
    "link": frozenset("link links url urls webpage source sources article post read".split()),
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
        matter matters default enable enabled turn turned switch switched setting settings configure configured set
        detail details explain elaborate mean means meaning help helps benefit benefits useful point purpose describe
        summary summarise summarize info information work works explanation
        """.split()
    ),
}
_ASPECT_BY_WORD = {word: aspect for aspect, of_it in _WORDS.items() for word in of_it}
# What stands for the answer, and what says nothing by itself.
_REFERENCES = frozenset("it its that thats this one ones they them those these change feature entry".split())
_OF_MANY = frozenset("ones them those these".split())
_NEUTRAL = STOP_WORDS | _REFERENCES | frozenset(
    """
    tell show give send share know see find say said exactly first there here bit little number again really
    actually where please first hello hi ok okay thanks thank cool great another further halo during before something
    been back since open anything people guys going go need needed look
    """.split()
)  # fmt: skip
_QUESTION_WORDS = frozenset("who whom whose whos why what whats how hows".split())
_SHOWING = frozenset("show open see give explain".split())
# Words that say something of the answer only with a word for it: "how do I turn it on", not "default settings".
_NEED_A_REFERENCE = frozenset(
    "default enable enabled turn turned switch switched setting settings configure configured set work works".split()
)
_WATCH_OUT = re.compile(r"\b(?:watch|look) out\b", re.IGNORECASE)
_YES_OR_NO = frozenset("do does did is are was has have can could".split())


def find_aspect(text: str) -> Aspect | None:
    """The aspect of the last answer that a text asks about; None when it is not about the answer, or not only."""
    typed = words(_WATCH_OUT.sub("warning", text))
    if not typed or len(typed) > MAX_WORDS:
        return None
    aspects = {_ASPECT_BY_WORD[word] for word in typed if word in _ASPECT_BY_WORD}
    if any(word not in _NEUTRAL and word not in _ASPECT_BY_WORD for word in typed):
        return None
    if not _NEED_A_REFERENCE.isdisjoint(typed) and _REFERENCES.isdisjoint(typed):
        return None
    if aspects == {"minute", "link"} or aspects == {"version", "minute"}:
        return "minute"  # "the link to the episode", "when did that come up in an episode"
    if aspects == {"version", "detail"} and "when" in typed:
        return "version"
    if len(aspects) == 1:
        return aspects.pop()
    return None if aspects else _aspect_without_its_word(typed)


def is_of_many(text: str) -> bool:
    """Whether a text is about several of those shown: "any of them", "which ones"."""
    return not _OF_MANY.isdisjoint(words(text))


def is_about_the_answer(text: str) -> bool:
    """Whether a text is about "it" or "that", and nothing else but a version's number: "do we have it on 2.210"."""
    versions = {"version", "release"}
    typed = [word for word in words(text) if not word.removeprefix("v").isdigit() and word not in versions]
    return not _REFERENCES.isdisjoint(typed) and all(word in _NEUTRAL for word in typed)


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
    return "version" if typed[0] in _YES_OR_NO and {"yet", "have", "out", "already", "in"} & set(typed) else None
