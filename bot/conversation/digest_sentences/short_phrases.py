"""Patterns of short phrases that mean a digest only where nothing else was talked about: "add jira", "fridays at 8",
"stop". Otherwise they are a question or a follow-up of the last answer. `ambiguous_sentences` tries them.
"""

from bot.conversation.digest_sentences.ambiguous_phrases import FIELD_VALUE, SCHEDULE_FIELD, UNTIL, phrase
from bot.conversation.digest_sentences.questions import OF_HALOPSA
from bot.conversation.digest_sentences.words import DAYS, MORE_WHEN, PLAIN_END, SOME_WHEN

_IT_IS = r"(?:that['’]?s |it['’]?s |this is |that is |it is )?"
SHORT_PHRASES = (
    phrase(
        "unsubscribe",
        "stop enough that no_more cancel end turn switch remove delete get shut be_quiet go_away kill opt disable"
        " terminate",
        r"stop(?: (?:it|this|that|posting|everything))?|enough|that['’]?s enough|no more"
        r"|(?:cancel|end|turn off|switch off|remove|delete|get rid of|kill|disable|terminate)(?: (?:it|this|that))"
        r"|(?:turn|switch) (?:it|this) off|stop (?:the|all|these) (?:posts|postings)|shut up|be quiet|go away|opt out",
    ),
    phrase(
        "change digest", "change edit adjust modify update", r"(?:change|edit|adjust|modify|update) (?:it|this|that)"
    ),
    phrase("digest preview", "preview", r"preview (?:it|this|the next one)"),
    phrase(
        "unsubscribe",
        "remove cancel stop end delete we",
        r"(?:remove|cancel|stop|end|delete) (?:both|all|them|all of them|both of them)"
        r"|cancel|(?:we|i) (?:(?:don['’]?t|do not|no longer) (?:want|need)) (?:this|it|that|these)",
    ),
    phrase("pause", "pause", r"pause (?:all|both|them|all of them|both of them)(?: (?P<rest>.{1,40}))?"),
    phrase(
        "pause",
        "not skip take snooze hold mute wait nothing",
        rf"(?:not|skip|nothing) (?P<rest>(?:this|next|the next|a|the coming) (?:week|month|fortnight))"
        rf"|(?:take a break|snooze|hold(?: off| on)?|mute(?: (?:it|this))?|wait)(?: (?P<rest2>{UNTIL}))?",
    ),
    phrase(
        "pause",
        "stop don do_not no skip give out pause hold mute",
        rf"(?:stop(?: (?:it|this|posting|sending))?|(?:don['’]?t|do not) (?:post|send)(?: (?:it|this|anything))?"
        r"|no (?:more )?posts"
        r"|give us a (?:break|rest)|out of office|skip(?: (?:it|this))?)"
        rf"(?: here)? (?P<rest>{UNTIL})|give us a (?:break|rest)"
        rf"|(?:pause|mute|snooze) (?!the |an? |all )(?P<which>[\w&-]+(?: [\w&-]+)?) (?P<rest2>{PLAIN_END})",
    ),
    phrase(
        "pause",
        "skip",
        r"(?P<rest>skip (?:this|the next|next)(?: (?:one|time|\d|two|three|four))?)",
    ),
    phrase(
        "resume",
        "start begin post unmute unsnooze don carry continue go_on wake back turn switch resume unpause",
        r"(?:start|begin|post)(?: it)? again|unmute|unsnooze|don['’]?t pause it|carry on|continue|go on|wake up"
        r"|back to normal"
        r"|(?:turn|switch) (?:it|this) (?:back )?on|(?:resume|unpause) (?P<which>[\w&-]+(?: [\w&-]+)?)",
    ),
    phrase(
        "change digest",
        "can could should",
        r"(?:can|could|should) (?:it|this|that) (?:come|be|arrive|go out|be posted|be sent|move(?: to)?|happen)"
        r"(?: out)? "
        rf"(?P<rest>{SOME_WHEN}{MORE_WHEN})",
    ),
    phrase(
        "change digest",
        "too that it_is it's it’s this not far way a_bit",
        rf"{_IT_IS}(?:far |way |a bit )?(?:too|not (?:so|that|too)) early(?: in the day)?",
        "later",
    ),
    phrase(
        "change digest",
        "too that it_is it's it’s this not far way a_bit",
        rf"{_IT_IS}(?:far |way |a bit )?(?:too|not (?:so|that|too)) late(?: in the day)?",
        "earlier",
    ),
    phrase(
        "change digest",
        "too that less fewer shorter longer more not_so",
        r"(?:that['’]?s |it['’]?s |this is |that is |it is )?(?:far |way |a bit )?(?P<rest>"
        r"(?:too (?:often|many|much|long|noisy|short|frequent)"
        r"|less(?: often| frequent(?:ly)?| noise| noisy)?|fewer|shorter|longer|more often|not so often)"
        r"(?: (?:posts|messages|updates|of these))?)",
    ),
    phrase(
        "change digest",
        "another a_different some_other",
        r"(?P<rest>(?:another|a different|some other) (?:time|day|hour|time ?zone|schedule))",
    ),
    phrase("change digest", "", rf"(?P<rest>{SOME_WHEN}{MORE_WHEN})"),
    phrase(
        "change digest",
        "we let i how what better",
        r"(?:(?:we|let['’]?s) (?:do|go with|go for|have|get)(?: (?:it|this|that))?"
        r"|(?:we|i)(?:['’]d| would)? (?:prefer|like)(?: it)?|how about|what about|better)"
        rf" (?P<rest>{SOME_WHEN}{MORE_WHEN})",
    ),
    phrase(
        "change digest",
        "mon tue wed thu fri sat sun",
        rf"(?P<rest>{DAYS}{MORE_WHEN}) (?:would be|would|is|are|works?|suits?)(?: (?:us|me))?"
        r" (?:better|best|nicer|fine|good|ideal|work better|be better|suit us)(?: for (?:us|me))?",
    ),
    phrase(
        "change digest",
        "cover also",
        r"(?:also )?cover (?P<rest>\S+(?: \S+){0,2}?)(?: too| as well| also)?",
        "add ",
    ),
    phrase(
        "change digest",
        "stop don do_not no_longer",
        r"(?:(?:stop|no longer) (?:including|covering)|(?:don['’]?t|do not) (?:include|cover))"
        rf"(?!.*{OF_HALOPSA}) (?P<rest>\S+(?: \S+){{0,2}}?)(?: any ?more| any longer)?",
        "without ",
    ),
    phrase(
        "change digest",
        "change set move adjust",
        rf"(?:change|set|move|adjust) (?P<rest>{SCHEDULE_FIELD} {FIELD_VALUE})",
    ),
    phrase(
        "change digest",
        "limit narrow restrict reduce cut",
        r"(?:limit|narrow|restrict|reduce|cut) (?:it|this)(?: down)? to (?P<rest>.{1,60})",
        "only ",
    ),
    phrase(
        "change digest",
        "use",
        r"use (?P<rest>(?:(?:my|our|local) (?:own )?time|utc(?: ?[+-]\d{1,2}(?::\d\d)?)?|gmt|bst|ist|jst|cest"
        r"|a[ew][sd]t|nz[sd]t|[ce]et|[ecmp][sd]t)(?: time)?)",
        "time zone to ",
    ),
    phrase(
        "change digest",
        "post send say tell come even",
        r"(?:(?:post|send|say|tell us|come)(?: (?:so|something|it|a line))? )?(?:even )?(?:when|if)"
        r" (?:there (?:is|['’]?s) |there['’]s )?nothing(?: is)?(?: new)?",
        "even if nothing is new",
    ),
    phrase(
        "change digest",
        "",
        rf"(?P<rest>{SOME_WHEN}{MORE_WHEN} (?:instead of|rather than|and not|not) {SOME_WHEN}{MORE_WHEN})",
    ),
    phrase(
        "change digest",
        "add include also without leave drop exclude only just nothing",
        r"(?P<rest>(?:add|include|also|without|leave out|drop|exclude|only|just|nothing (?:about|on|from))"
        r" \S+(?: \S+){0,3})",
    ),
    phrase(
        "subscriptions",
        "when who is what",
        r"when(?:['’]?s| is| comes| do we get| will there be) the next(?: one| post)?(?: due| coming| out)?"
        r"|when (?:does|will) (?:it|the next(?: one)?) (?:come|be posted|go out|arrive)(?: next| again)?"
        r"|when is it (?:next|due|coming)(?: due)?|who (?:gets|sees|reads) it"
        r"|who (?:set|has set) (?:it|this) up|is it (?:paused|on|off|running)|until when is it paused"
        r"|what(?:['’]?s| is) in it|what do we get(?: here)?",
    ),
)
