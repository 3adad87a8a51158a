"""Sentences that ask for several changes of the digest at once: to add one area and leave out another, to replace one
by another, or to end and change the digest.
"""

import re

from bot.conversation.digest_sentences.words import DIGEST, END_WORDS, MAX_SENTENCE, POLITE, DigestSentence, called
from bot.search.marked_pattern import LazyPattern

_PLAIN_DIGEST = r"(?:the |our |this |my )?digests?"
_REPLACE = LazyPattern(
    rf"{POLITE}(?:replace|swap|exchange|substitute) (?P<old>.{{1,60}}?) (?:with|for|by) (?P<new>.{{1,60}}?)"
    rf" (?:in|of|on) {_PLAIN_DIGEST}(?: please)?",
    re.IGNORECASE,
)
_ENDS = rf"(?:{END_WORDS}|pause|hold|suspend|snooze|mute|resume|skip)"
_CHANGES = r"(?:add|include|remove|drop|exclude|leave out|take out|change|move|make|set|switch)"
_AND = r"(?:\s*[,;]\s*|\s+)(?:and |but |then |also )*"
_END_AND_CHANGE = LazyPattern(
    rf"{POLITE}{_ENDS} {_PLAIN_DIGEST}(?: .{{1,40}}?)?{_AND}{_CHANGES} .{{1,80}}"
    rf"|{POLITE}{_CHANGES} .{{1,80}}?{_AND}{_ENDS} (?:it|{_PLAIN_DIGEST})(?: .{{1,40}})?",
    re.IGNORECASE,
)
# "add sla to the digest and remove portal", "add sla, drop portal in the digest": more than one wish.
_WISH = r"(?:add|include|put in|bring in|remove|drop|exclude|delete|leave out|take out|without|with|only)"
_WISHES = LazyPattern(
    rf"{POLITE}(?P<parts>{_WISH} .{{1,80}}(?:,|;| and| but| then)+ (?:also )?"
    rf"(?:{_WISH}|(?:move|change|make|set|switch|send|post) (?:it|to)) .{{1,80}})",
    re.IGNORECASE,
)
_ITS_PLACE = LazyPattern(rf" (?:to|from|in|into|out of|of|off) {DIGEST}(?![\w-])", re.IGNORECASE)


def read_several_wishes(said: str) -> DigestSentence | None:
    """ "add sla to the digest and remove portal": the wishes, without the digest's name between them."""
    place = _ITS_PLACE.search(said)
    if place is None:
        return None
    match = _WISHES.fullmatch(" ".join(f"{said[: place.start()]}{said[place.end() :]}".split()))
    return DigestSentence("change digest", match["parts"], called(place)) if match else None


def read_compound_sentence(text: str) -> DigestSentence | None:
    """What a sentence with two wishes for the digest stands for; None for any other text."""
    said = text.strip(" .?!")
    if len(said) > MAX_SENTENCE or "digest" not in said.lower():
        return None
    if match := _REPLACE.fullmatch(said):
        return DigestSentence("change digest", f"add {match['new']}, remove {match['old']}")
    return DigestSentence("change digest", "one thing at a time") if _END_AND_CHANGE.fullmatch(said) else None
