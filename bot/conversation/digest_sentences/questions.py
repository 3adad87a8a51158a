"""Sentences that ask about a digest, or for one: "when does the digest come", "set up a weekly digest"."""

import re

from bot.conversation.digest_sentences.words import (
    DAYS,
    DIGEST,
    MAX_SENTENCE,
    OWNED,
    PLACE,
    POLITE,
    WHEN,
    WORD,
    DigestSentence,
    called,
    digest_named,
)
from bot.search.marked_pattern import LazyPattern

# After `subscriptions`: when the last one was posted is asked; and that it is not clear what is asked.
LAST_ONE, UNCLEAR = "last", "unclear"
_NOW = LazyPattern(
    rf"{POLITE}(?:send|post|run|give|publish|get)(?: (?:us|me|out))? {DIGEST} (?:right )?(?:now|away)(?: please)?",
    re.IGNORECASE,
)
_SHOW_NEXT = LazyPattern(
    rf"{POLITE}(?:preview|show)(?: (?:us|me))? (?:what (?:is|will be) in )?"
    rf"(?!the last|the previous)(?:the next )?{DIGEST}"
    rf"|(?:what(?:['’]?s| is| will be)(?: coming)? in|what (?:would|will)) the next {digest_named('which2')}"
    r"(?: say| hold| contain| be)?"
    rf"|what would {digest_named('which3')} (?:say|hold|contain)",
    re.IGNORECASE,
)
# What is asked of a digest is on its card; when the last one came, above it.
_ANY = rf"{OWNED}(?:{WORD}){{0,2}}?digests?{PLACE}"
_ASKED = LazyPattern(
    rf"(?:when|what time|(?:on )?(?:what|which) day|how often)(?:['’]s)?(?: (?:is|does|do|are|will|comes?))?"
    rf"(?: we get)?(?: the next)? {_ANY}"
    r"(?: (?:come|due|arrive|out|posted|sent|go out|be posted|be sent|next|here|scheduled))*"
    rf"|who (?:set up|made|created|owns|started|added|asked for|has set up|gets|receives|reads|sees|paused|changed"
    rf"|stopped|removed|cancell?ed|deleted) {_ANY}"
    rf"|is {_ANY} (?:paused|on|off|running|active|still on|set up|working)(?: here)?|does {_ANY} (?:still )?work"
    rf"|(?:is there|are there|do we have|does this channel (?:have|get)|have we got|do we get|are we getting)"
    rf" (?:any|an?|the) (?:{WORD}){{0,2}}?digests?{PLACE}"
    r"|(?:what|which|how many) digests? (?:are there|is there|exist|do we have|do we get"
    r"|does this channel (?:get|have))(?: here)?"
    r"|which (?:of the |of our )?digests? (?:is|are) (?:paused|running|active|on|off)"
    r"|(?:list|show)(?: me)? (?:all )?(?:the |our |my )?digests|(?:the |our )?(?:next )?digests?|digest settings"
    r"|(?:which|what) channels? (?:have|has|gets?) (?:an? |the )?digests?|where are (?:the |our )?digests? posted"
    r"|who (?:can|may|is allowed to) (?:change|pause|stop|remove|edit) (?:the |our )?digests?"
    rf"|what(?:['’]?s| is) in {_ANY}|what does {_ANY} (?:contain|hold|have|cover|say)"
    rf"|why (?:is there no|(?:did|does)(?: not|n['’]?t)?|is) {_ANY}(?: (?:not )?(?:come|arrive|posted|paused|late))?"
    rf"|where(?:['’]?s| is) {_ANY}|what happened to {_ANY}"
    rf"|where (?:does|will|is) {_ANY} (?:go|come|posted|sent)(?: to)?"
    rf"|(?:until when|till when|how long|for how long) (?:is|will) {_ANY} (?:be )?paused(?: for)?"
    rf"|when (?:does|will) {_ANY} (?:resume|go on|start|continue|come back|be back|end|stop)(?: again)?",
    re.IGNORECASE,
)
_LAST = LazyPattern(
    rf"when (?:was|were|did) (?:the |our |we (?:get |have )?(?:the |our )?)?(?:very )?(?:last|latest|previous)"
    rf"(?: (?:get|have|receive))? (?:a )?(?:{WORD}){{0,2}}?digests?"
    r"(?: (?:come|posted|sent|here|out|go out|arrive))*"
    rf"|(?:did|has|have) {_ANY} (?:go out|gone out|come|arrived?|get posted|been posted|been sent|work)(?: .{{1,20}})?"
    rf"|{_ANY} (?:did not|didn['’]?t|has not|hasn['’]?t|never) (?:come|arrived?|been posted|post|work)(?: .{{1,20}})?"
    rf"|{_ANY} is (?:missing|late)(?: (?:today|this week|again))?"
    rf"|(?:was|were) there (?:an?|any|no) digests?(?: .{{1,20}})?"
    rf"|did (?:we|i) (?:get|have|receive) {_ANY}(?: .{{1,20}})?"
    r"|why (?:was there no|did (?:we|i) (?:not|never) get (?:an?|the|any|our)"
    r"|didn['’]?t (?:we|i) get (?:an?|the|any|our))"
    rf" digests?(?: .{{1,20}})?|why (?:is|was) {_ANY} (?:so )?(?:empty|short|small)"
    rf"|when did {_ANY} last (?:come|arrive|go out|post|get posted)|when was {_ANY} last (?:posted|sent)(?: here)?"
    r"|when did (?:we|you) last (?:get|have|see|receive|post|send) (?:an?|the|our)"
    rf" (?:{WORD}){{0,2}}?digests?(?: here)?",
    re.IGNORECASE,
)
# "the last digest", "send the last one again".
_LAST_ITSELF = LazyPattern(
    r"(?:(?:please )?(?:show|resend|repost|send|post|give|get)(?: (?:us|me))? )?(?:the |our )?(?:last|latest|previous)"
    rf" (?:{WORD}){{0,2}}?digests?(?: again)?|(?:please )?(?:resend|repost) (?:the |our )?digests?"
    r"|what (?:was|is) in (?:the |our )?(?:last|latest|previous) digest"
    r"|(?:(?:show(?: me| us)?|where(?: is|['’]s)|what (?:was|is) in) )?"
    r"(?:today|yesterday|this week|last week|this morning)['’]?s digest",
    re.IGNORECASE,
)
# Any other words on a digest, unless they are on one in HaloPSA. Without "the" or its like, what stands before is what
# the digest is called: "copilot digest list" is a question where none is called so.
_MENTIONED = LazyPattern(
    r"(?:.*?\b)?(?:the|our|this|my|that|your|an?|any|no|which|what|next|last|halo)\s(?:[\w-]+\s){0,2}?digests?\b.*"
    r"|(?P<which>(?:\S+\s){0,2})digests?(?:\s\S+){0,2}",
    re.IGNORECASE,
)
OF_HALOPSA = (
    r"\b(?:e-?mails?|templates?|reports?|layouts?|senders?|recipients?|subjects?|formats?|agents?|customers?|clients?"
    r"|users?|technicians?|managers?|contacts?|tickets?|suppliers?|notifications?|logos?|html|invoices?)\b"
)
_OF_HALOPSA = LazyPattern(OF_HALOPSA, re.IGNORECASE)
_PRAISE = LazyPattern(
    r"\b(?:thanks?|thank you|cheers|great|nice|good|love(?:ly)?|awesome|cool|excellent|perfect|helpful)\b",
    re.IGNORECASE,
)
# What its card says, unless it is about one in HaloPSA.
_ASKED_ABOUT = LazyPattern(
    rf"(?:is|are|does|do|will) {_ANY} .{{1,60}}|is .{{1,40}} in {_ANY}"
    rf"|(?:what|which) (?:areas?|topics?|words?|keywords?|things?) (?:is|are|does|do)(?: in)? {_ANY}(?: .{{1,20}})?",
    re.IGNORECASE,
)
_EXPLAIN = LazyPattern(
    r"(?:what(?:['’]?s| is| are)|explain|tell me about|how do|help (?:me )?with) (?:a |the )?digests?(?: work)?"
    r"|digests? help|what can (?:a |the )?digests? do|what can (?:i|we) (?:say|do|ask|tell you) (?:about|with|of|to)"
    r" (?:a |the )?digests?",
    re.IGNORECASE,
)
_SET_UP = LazyPattern(
    rf"{POLITE}(?:(?:set ?up|create|make|start|add|get|give|have|open|schedule|want|need)(?: (?:me|us))?"
    r"|subscribe(?: (?:me|us|this channel))? to|sign (?:me|us|this channel) up (?:for|to))?"
    rf" ?(?:an?|another|one more|a new|new|(?<=set up )the|(?<=setup )the|(?<=create )the)"
    rf" (?P<which>(?:{WORD}){{0,3}}?)digests?(?: here| in this channel| for us)?"
    rf"(?P<rest>(?: (?:about|of|on|with|for|every|each|at|in|{WHEN}).{{0,120}})?)",
    re.IGNORECASE,
)
_JOIN = LazyPattern(
    rf"{POLITE}subscribe(?: (?:us|me|everyone|this channel|the channel|here))(?: (?:here|please|pls|now))*",
    re.IGNORECASE,
)
# After `subscribe` or `unsubscribe`: "a user to a ticket", "end users", "contacts from campaigns".
_PEOPLE = (
    r"(?:(?:users?|customers?|clients?|contacts?|agents?|technicians?|techs?|managers?|requesters?|people|persons?|staff"
    r"|someone|somebody|anyone|members?|suppliers?|vendors?|partners?|employees?|approvers?|followers?|recipients?"
    r"|departments?|colleagues?)\b)"
)
_OURSELVES = LazyPattern(r"(?:us|me|this channel|the channel|here|<#\w+>|#[a-z][\w-]*)(?: to)?\b", re.IGNORECASE)
_ACTION = LazyPattern(
    rf"(?:(?:an?|my|our|all|every|each|some|any|new|multiple|several|other|the) )?(?:[\w-]+ )?{_PEOPLE}.*"
    rf"|(?:an?|my|every|each|some|any|multiple|several) .*|(?:(?!{DAYS}\b|\d)\S+ )*?(?!{DAYS}\b|\d)\S+ (?:on)?to .*",
    re.IGNORECASE,
)


def names_an_action(argument: str) -> bool:
    """Whether what follows `subscribe` or `unsubscribe` is as likely something that is done in HaloPSA: "a user to a
    ticket", "agents from notifications".
    """
    ours = _OURSELVES.match(argument)
    return bool(_ACTION.fullmatch(argument[ours.end() :].strip() if ours else argument))


def read_joining(said: str) -> DigestSentence | None:
    """ "subscribe us", with no word of what the digest is to hold."""
    return DigestSentence("subscribe", "") if _JOIN.fullmatch(said) else None


def read_mention(said: str) -> DigestSentence | None:
    """Any other words that speak of a digest of ours: what is asked is not clear."""
    if len(said) > MAX_SENTENCE or "digest" not in said.lower() or _OF_HALOPSA.search(said) or _PRAISE.search(said):
        return None
    mentioned = _MENTIONED.fullmatch(" ".join(said.split()))
    return DigestSentence("subscriptions", UNCLEAR, called(mentioned)) if mentioned else None


def read_question(said: str) -> DigestSentence | None:
    """What a sentence that names the digest asks of it, or asks for."""
    if match := _NOW.fullmatch(said):
        return DigestSentence("digest now", "", called(match))
    if _EXPLAIN.fullmatch(said):
        return DigestSentence("help", "digests")
    if _LAST.fullmatch(said) or _LAST_ITSELF.fullmatch(said):
        return DigestSentence("subscriptions", LAST_ONE)
    if _ASKED.fullmatch(said) or (_ASKED_ABOUT.fullmatch(said) and not _OF_HALOPSA.search(said)):
        return DigestSentence("subscriptions", "")
    if match := _SHOW_NEXT.fullmatch(said):
        return DigestSentence("digest preview", "", called(match))
    if match := _SET_UP.fullmatch(said):
        return DigestSentence("subscribe", f"{match['which']}{match['rest'].strip()}".strip())
    return None
