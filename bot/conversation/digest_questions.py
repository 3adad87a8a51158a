"""Sentences that ask about a digest, or for one: "when does the digest come", "set up a weekly digest"."""

import re

from bot.conversation.digest_words import DIGEST, OWNED, PLACE, POLITE, WHEN, WORD, DigestSentence, called, digest_named
from bot.search.marked_pattern import LazyPattern

_NOW = LazyPattern(
    rf"{POLITE}(?:send|post|run|give|publish|get)(?: (?:us|me|out))? {DIGEST} (?:right )?(?:now|away)(?: please)?",
    re.IGNORECASE,
)
_SHOW_NEXT = LazyPattern(
    rf"{POLITE}(?:preview|show)(?: (?:us|me))? (?:what (?:is|will be) in )?(?:the next )?{DIGEST}"
    rf"|(?:what(?:['’]?s| is| will be) in|what (?:would|will)) the next {digest_named('which2')}"
    r"(?: say| hold| contain| be)?"
    rf"|what would {digest_named('which3')} (?:say|hold|contain)",
    re.IGNORECASE,
)
# What is asked of a digest is on its card.
_ASKED = LazyPattern(
    rf"(?:when|what time|(?:on )?(?:what|which) day|how often) (?:is|does|do|are|will|comes?)(?: the next)? {DIGEST}"
    r"(?: (?:come|due|arrive|out|posted|sent|go out|be posted|be sent|next|here|scheduled))*"
    r"|who (?:set up|made|created|owns|started|added|asked for|has set up) DIGEST"
    r"|is DIGEST (?:paused|on|off|running|active|still on|set up)(?: here)?"
    r"|(?:is there|are there|do we have|does this channel (?:have|get)|have we got) (?:any|an?) DIGEST"
    r"|(?:what|which) digests? (?:are there|is there|do we have|do we get|does this channel get)(?: here)?"
    r"|(?:list|show)(?: me)? (?:all )?(?:the |our |my )?digests"
    r"|what(?:['’]?s| is) in DIGEST|what does DIGEST (?:contain|hold|have|cover|say)"
    r"|why (?:is there no|(?:did|does)(?: not|n['’]?t)?|is) DIGEST(?: (?:not )?(?:come|arrive|posted|paused|late))?"
    r"|where(?:['’]?s| is) DIGEST|what happened to DIGEST".replace(
        "DIGEST", rf"{OWNED}(?:{WORD}){{0,2}}?digests?{PLACE}"
    ),
    re.IGNORECASE,
)
_EXPLAIN = LazyPattern(
    r"(?:what(?:['’]?s| is| are)|explain|tell me about|how do|help (?:me )?with) (?:a |the )?digests?(?: work)?",
    re.IGNORECASE,
)
_SET_UP = LazyPattern(
    rf"{POLITE}(?:(?:set ?up|create|make|start|add|get|give|have|open|schedule|want|need)(?: (?:me|us))?"
    r"|subscribe(?: (?:me|us|this channel))? to|sign (?:me|us|this channel) up (?:for|to))?"
    rf" ?(?:an?|another|one more|a new|new) (?P<which>(?:{WORD}){{0,3}}?)digests?(?: here| in this channel| for us)?"
    rf"(?P<rest>(?: (?:about|of|on|with|every|each|at|in|{WHEN}).{{0,120}})?)",
    re.IGNORECASE,
)
_JOIN = LazyPattern(
    rf"{POLITE}subscribe(?: (?:us|me|everyone|this channel|the channel|here))(?: (?:here|please|pls|now))*",
    re.IGNORECASE,
)


def read_joining(said: str) -> DigestSentence | None:
    """ "subscribe us", with no word of what the digest is to hold."""
    return DigestSentence("subscribe", "") if _JOIN.fullmatch(said) else None


def read_question(said: str) -> DigestSentence | None:
    """What a sentence that names the digest asks of it, or asks for."""
    if match := _NOW.fullmatch(said):
        return DigestSentence("digest now", "", called(match))
    if _EXPLAIN.fullmatch(said):
        return DigestSentence("help", "digests")
    if match := _ASKED.fullmatch(said):
        return DigestSentence("subscriptions", "")
    if match := _SHOW_NEXT.fullmatch(said):
        return DigestSentence("digest preview", "", called(match))
    if match := _SET_UP.fullmatch(said):
        return DigestSentence("subscribe", f"{match['which']}{match['rest'].strip()}".strip())
    return None
