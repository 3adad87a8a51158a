"""Sentences that are about a digest where there is one, and a question anywhere else: "stop the weekly update", "less
often", "we are away until 5 january". HaloPSA has updates, schedules and pauses of its own: whoever runs the verb looks
first whether a digest is meant, and offers the search as well.
"""

import re
from typing import NamedTuple

from bot.conversation.digest_changes import read_unclear_change_of_it
from bot.conversation.digest_questions import LAST_ONE
from bot.conversation.digest_words import (
    DAYS,
    END_WORDS,
    MAX_SENTENCE,
    MORE_WHEN,
    PAUSE_END,
    POLITE,
    SOME_WHEN,
    DigestSentence,
)
from bot.search.marked_pattern import LazyPattern, LeadingPattern

MAX_SHORT_WORDS = 7
# Without "to", which is as likely said of people: "stop weekly updates to customers".
_UNTIL = PAUSE_END.replace("|before|to)", "|before)")

_WEEKLY = (
    rf"(?:halo(?:psa)? |weekly |daily |monthly |fortnightly |automat(?:ic|ed) |regular |scheduled |morning |{DAYS} )"
)
# What a digest is called by those who do not know the word.
_NEWS = (
    r"(?:(?:the |our |this |these |those |your |all (?:of )?(?:the |these |those |your )?|any (?:more )?|more )?"
    rf"{_WEEKLY}*"
    r"(?:updates?|summar(?:y|ies)|round-?ups?|newsletters?|news|change ?logs?|release (?:notes|news))"
    rf"|(?:these|those|this|your|any more|more) {_WEEKLY}*(?:posts?|postings?|messages?|notifications?|announcements?))"
)
_HERE = r"(?: (?:here|in here|in this (?:channel|room)|(?:for|to) (?:us|me|this channel)|from you))?"
_THANKS = (
    r"(?:,? (?:please|pls|now|thanks|thank you|any ?more|any longer|for good|altogether|completely|again|then"
    r"|instead))*"
)
_US = r"(?:us|me|everyone|this channel|the channel|this room)"
_SCHEDULE_FIELD = r"(?:time(?: ?zone)?|day|days|schedule|frequency|hour|cadence)"


class _Phrase(NamedTuple):
    """What a whole sentence stands for. Its group `rest` follows the verb, after `before`."""

    verb: str
    pattern: LazyPattern
    before: str = ""


def _phrase(verb: str, first_words: str, pattern: str, before: str = "") -> _Phrase:
    pattern = f"(?:{pattern}){_THANKS}"
    lazy = LeadingPattern(pattern, first_words) if first_words else LazyPattern(pattern, re.IGNORECASE)
    return _Phrase(verb, lazy, before)


_POLITE_START = LazyPattern(POLITE, re.IGNORECASE)
# Said whatever was spoken of before.
_PHRASES = (
    _phrase(
        "unsubscribe",
        "cancel stop end remove delete turn switch kill get disable drop quit terminate discontinue unsubscribe opt",
        rf"(?:{END_WORDS}|turn)(?: (?:sending|posting|getting|giving))?(?: (?:us|me|everyone))? {_NEWS}{_HERE}"
        r"(?: off)?",
    ),
    _phrase("unsubscribe", "no", rf"no(?: more)? {_NEWS}{_HERE}"),
    _phrase(
        "unsubscribe",
        "don no_longer i_no we_no i_don we_don i_do we_do",
        rf"(?:(?:i|we) )?(?:don['’]?t|do not|no longer) (?:want|need|read)(?: to get| to have)? {_NEWS}{_HERE}",
    ),
    _phrase(
        "unsubscribe",
        "stop quit",
        r"(?:stop|quit)(?: (?:posting|spamming|messaging|bothering|sending|talking))"
        rf"(?: (?:{_US}|here|in here|this|these|things|stuff|messages|in|to|with))*",
    ),
    _phrase(
        "unsubscribe",
        "take remove drop opt sign leave",
        rf"(?:take|remove|drop) {_US} (?:off|from) (?:the |your |this )?(?:mailing |digest )?list"
        rf"|(?:opt|sign) {_US} out|leave us alone",
    ),
    _phrase(
        "pause",
        "pause hold suspend snooze mute halt skip silence put",
        rf"(?:pause|hold|suspend|snooze|mute|halt|skip|silence) {_NEWS}{_HERE}(?: (?P<rest>{_UNTIL}))?"
        rf"|put {_NEWS}{_HERE} on hold(?: (?P<rest2>{_UNTIL}))?",
    ),
    _phrase(
        "pause",
        "no nothing quiet be stay silence",
        rf"(?:no {_NEWS}|nothing|(?:be |stay )?quiet|silence){_HERE} (?P<rest>{_UNTIL})",
    ),
    _phrase("pause", "stop", rf"stop (?:(?:posting|sending) )?{_NEWS}{_HERE} (?P<rest>{_UNTIL})"),
    _phrase(
        "pause",
        "we i everyone the_office our_office",
        r"(?:we|i|everyone|the office|our office)(?:['’]re|['’]m| are| am| is)? (?:all )?"
        rf"(?:away|closed|out of office|on (?:holiday|vacation|leave|a break))(?: (?P<rest>{_UNTIL}))?",
    ),
    _phrase(
        "resume",
        "start resume restart continue unmute unpause bring turn switch keep",
        rf"(?:start|resume|restart|continue|unmute|unpause|bring|turn on|switch on) {_NEWS}{_HERE}"
        r"(?: (?:again|back|back on))?"
        rf"|(?:turn|switch|bring) {_NEWS}{_HERE} (?:back on|back|on)"
        r"|(?:start|keep) (?:posting|sending)(?: here)?(?: again)?",
    ),
    _phrase("resume", "we i", r"(?:we|i)(?:['’]re|['’]m| are| am) (?:all )?back(?: (?:now|again))?"),
    _phrase(
        "change digest",
        "change set move adjust alter",
        rf"(?:change|set|move|adjust|alter) (?:the |its |our |this channel['’]s )(?P<rest>{_SCHEDULE_FIELD}"
        r"(?: of it)?(?: (?:to|at|from|on) .{1,60})?)(?: here)?",
    ),
    _phrase(
        "change digest",
        "stop don less no_more nothing leave",
        r"(?:stop (?:posting|sending us|telling us|bothering us with)|don['’]?t (?:post|send us|tell us)|less"
        r"|no more|nothing)"
        r" (?:stuff |news |posts |updates |things |anything )?(?:about|on|to do with) (?P<rest>.{1,60})",
        "without ",
    ),
    _phrase(
        "change digest",
        "we i",
        r"(?:we|i)(?:['’]re| are| am|['’]m)? (?:only|just) (?:care about|interested in|want to (?:see|hear about)"
        r"|need to see|want) "
        r"(?P<rest>.{1,60})",
        "only ",
    ),
    _phrase(
        "change digest",
        "we i",
        r"(?:we|i)(?:['’]re| are| am|['’]m)? also (?:care about|interested in|want(?: to see)?|need) (?P<rest>.{1,60}?)"
        r"(?: too| as well)?",
        "add ",
    ),
    _phrase(
        "change digest",
        "post send",
        rf"(?:post|send)(?: (?:us|it|them|{_NEWS}))?(?: here)? (?P<rest>{SOME_WHEN}{MORE_WHEN})",
    ),
    _phrase(
        "subscribe",
        "send post give keep",
        rf"(?:send|post|give)(?: (?:us|here))? {_WEEKLY}*updates?(?: here)?(?: (?P<rest>(?:(?:about|on) .{{1,60}} )?"
        rf"{SOME_WHEN}{MORE_WHEN}))"
        rf"|keep us (?:posted|updated|informed|up to date)(?: (?P<rest2>(?:about|on|of) .{{1,80}}))?",
    ),
    _phrase(
        "subscriptions",
        "when",
        r"when did (?:we|you) last (?:get|have|see|receive|post|send) (?:one|anything)(?: here| in here)?"
        rf"|when (?:was|were) the last (?:one|post)(?: here)?|when did {_NEWS} last (?:come|arrive)",
        LAST_ONE,
    ),
    _phrase(
        "subscriptions",
        "when how_often who what are is which",
        r"(?:when|how often|what) do you post(?: (?:here|in here|in this channel))?"
        r"|what (?:are we|is this channel|am i) subscribed to"
        r"|(?:are we|is this channel) subscribed(?: to (?:anything|you))?"
        rf"|(?:when (?:is|does|do|are|comes?)|who (?:set up|made|created|started)|what time (?:is|are)) {_NEWS}"
        r"(?: (?:come|due|posted|sent|out))?",
    ),
)
# Said where nothing else was spoken of.
_SHORT_PHRASES = (
    _phrase(
        "unsubscribe",
        "stop enough that no_more cancel end turn switch remove delete get shut be_quiet go_away kill opt",
        r"stop(?: (?:it|this|that|posting|everything))?|enough|that['’]?s enough|no more"
        r"|(?:cancel|end|turn off|switch off|remove|delete|get rid of|kill)(?: (?:it|this|that))"
        r"|turn (?:it|this) off|shut up|be quiet|go away|opt out",
    ),
    _phrase(
        "pause",
        "not skip take snooze hold mute wait nothing",
        rf"(?:not|skip|nothing) (?P<rest>(?:this|next|the next|a|the coming) (?:week|month|fortnight))"
        rf"|(?:take a break|snooze|hold(?: off| on)?|mute|wait)(?: (?P<rest2>{_UNTIL}))?",
    ),
    _phrase(
        "pause",
        "skip",
        r"(?P<rest>skip (?:this|the next|next)(?: (?:one|time|\d|two|three|four))?)",
    ),
    _phrase(
        "resume",
        "start unmute carry continue go_on wake back turn switch",
        r"start(?: it)? again|unmute|carry on|continue|go on|wake up|back to normal"
        r"|(?:turn|switch) (?:it|this) (?:back )?on",
    ),
    _phrase(
        "change digest",
        "can could should",
        r"(?:can|could|should) (?:it|this|that) (?:come|be|arrive|go out|be posted|be sent|move(?: to)?|happen)"
        r"(?: out)? "
        rf"(?P<rest>{SOME_WHEN}{MORE_WHEN})",
    ),
    _phrase(
        "change digest",
        "too that less fewer shorter longer more not_so",
        r"(?:that['’]?s |it['’]?s |this is |that is |it is )?(?:far |way |a bit )?(?P<rest>"
        r"(?:too (?:often|many|much|long|noisy|short|frequent)"
        r"|less(?: often| frequent(?:ly)?| noise| noisy)?|fewer|shorter|longer|more often|not so often)"
        r"(?: (?:posts|messages|updates|of these))?)",
    ),
    _phrase(
        "change digest",
        "another a_different some_other",
        r"(?P<rest>(?:another|a different|some other) (?:time|day|hour|time ?zone|schedule))",
    ),
    _phrase("change digest", "", rf"(?P<rest>{SOME_WHEN}{MORE_WHEN})"),
    _phrase(
        "change digest",
        "",
        rf"(?P<rest>{SOME_WHEN}{MORE_WHEN} (?:instead of|rather than|and not|not) {SOME_WHEN}{MORE_WHEN})",
    ),
    _phrase(
        "change digest",
        "add include also without leave drop exclude only just nothing",
        r"(?P<rest>(?:add|include|also|without|leave out|drop|exclude|only|just|nothing (?:about|on|from))"
        r" \S+(?: \S+){0,3})",
    ),
    _phrase(
        "subscriptions",
        "when who is what",
        r"when (?:is|comes|do we get|will there be) the next(?: one| post)?"
        r"|when (?:does|will) it (?:come|be posted|go out)"
        r"|who (?:set|has set) (?:it|this) up|is it (?:paused|on|off|running)|until when is it paused"
        r"|what(?:['’]?s| is) in it|what do we get(?: here)?",
    ),
)


def read_unclear_sentence(text: str) -> DigestSentence | None:
    """What a sentence may stand for where a digest is meant, whatever was spoken of before; None for any other text."""
    said = text.strip(" .?!")
    is_change = len(said) <= MAX_SENTENCE and "digest" not in said.lower() and not said.lower().startswith("how ")
    return (read_unclear_change_of_it(said) if is_change else None) or _read(text, _PHRASES)


def read_short_sentence(text: str) -> DigestSentence | None:
    """The same for words that are about the digest only where nothing else is spoken of: "add jira", "without portal",
    "fridays at 8".
    """
    sentence = _read(text, _SHORT_PHRASES)
    return sentence if sentence and len(sentence.argument.split()) <= MAX_SHORT_WORDS else None


def _read(text: str, phrases: tuple[_Phrase, ...]) -> DigestSentence | None:
    said = text.strip(" .?!")
    if not said or len(said) > MAX_SENTENCE or "digest" in said.lower() or said.lower().startswith("how do"):
        return None
    start = _POLITE_START.match(said)
    variants = dict.fromkeys((said, said[start.end() :] if start else said))
    for phrase in phrases:
        for variant in variants:
            if match := phrase.pattern.fullmatch(variant):
                groups = match.groupdict()
                rest = (groups.get("rest") or groups.get("rest2") or "").strip()
                return DigestSentence(phrase.verb, f"{phrase.before}{rest}".strip())
    return None
