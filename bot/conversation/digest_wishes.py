"""Sentences about the digest that wish for two things: one area for another, or an end and a change at once."""

import re

from bot.conversation.digest_sentences import END_WORDS, MAX_SENTENCE, POLITE, DigestSentence
from bot.search.marked_pattern import LazyPattern

_DIGEST = r"(?:the |our |this |my )?digests?"
_REPLACE = LazyPattern(
    rf"{POLITE}(?:replace|swap|exchange|substitute) (?P<old>.{{1,60}}?) (?:with|for|by) (?P<new>.{{1,60}}?)"
    rf" (?:in|of|on) {_DIGEST}(?: please)?",
    re.IGNORECASE,
)
_ENDS = rf"(?:{END_WORDS}|pause|hold|suspend|snooze|mute|resume|skip)"
_CHANGES = r"(?:add|include|remove|drop|exclude|leave out|take out|change|move|make|set|switch)"
_AND = r"(?:\s*[,;]\s*|\s+)(?:and |but |then |also )*"
_END_AND_CHANGE = LazyPattern(
    rf"{POLITE}{_ENDS} {_DIGEST}(?: .{{1,40}}?)?{_AND}{_CHANGES} .{{1,80}}"
    rf"|{POLITE}{_CHANGES} .{{1,80}}?{_AND}{_ENDS} (?:it|{_DIGEST})(?: .{{1,40}})?",
    re.IGNORECASE,
)


def read_digest_wishes(text: str) -> DigestSentence | None:
    """What a sentence with two wishes for the digest stands for; None for any other text."""
    said = text.strip(" .?!")
    if len(said) > MAX_SENTENCE or "digest" not in said.lower():
        return None
    if match := _REPLACE.fullmatch(said):
        return DigestSentence("change digest", f"add {match['new']}, remove {match['old']}")
    return DigestSentence("change digest", "one thing at a time") if _END_AND_CHANGE.fullmatch(said) else None
