"""Sentences about watches: "keep me posted about jira", "stop telling me about sso", "what am I watching"."""

import re
from typing import NamedTuple

from bot.conversation.record_mentions import names_one_record, names_record_type
from bot.conversation.verbs import VERSION
from bot.search.marked_pattern import LazyPattern, LeadingPattern

MAX_SENTENCE = 200  # characters
# What is said of all watches.
EVERYTHING = frozenset(
    (
        "everything", "all", "all of it", "all of them", "all watches", "all my watches", "my watches", "anything",
        "them all",
    )
)  # fmt: skip

_PLEASE = r"(?:please |pls |can you |could you |i want you to )*"
_END = r"(?:,? (?:please|pls|any ?more|any longer|now|thanks|thank you|for good))*"
_LIST = LeadingPattern(
    r"(?:what (?:am i|do i|are my) watch(?:ing|es)?|(?:show|list|see)(?: me)?(?: all)?(?: of)?"
    r" (?:my (?:watches|alerts|watch ?list)|(?:the )?watches)|(?:my |the )?watch ?list|(?:what|which) watches do i have"
    r"|what (?:watches|alerts) do i have|my alerts|what do you tell me about|what did i ask you to tell me(?: about)?"
    r"|(?:do i|am i) watch(?:ing)? .{1,80}?)" + _END,
    "what which show list see do_i am_i watch my_ the_watch my_alerts",
)
_PAUSE = LeadingPattern(
    _PLEASE + r"(?:pause|mute|snooze|suspend|hold|silence|resume|unpause|unmute)"
    r" (?:(?:all )?(?:of )?my (?:watches|watch|alerts)|(?:the )?(?:all )?watches)(?: .{1,40})?" + _END,
    "please pls can could i_want pause mute snooze suspend hold silence resume unpause unmute",
)
# "edit my watch".
_EDIT = LeadingPattern(
    _PLEASE + r"(?:edit|change|modify|update) (?:my |the |a )?watch(?:es)?" + _END,
    "please pls can could i_want edit change modify update",
)
NO_EDIT = "A watch cannot be edited: remove it, and set up another one."
# "follow jira", "forget jira": as likely done in HaloPSA, so it is searched for, and how to watch it is said.
_PERHAPS = LeadingPattern(
    _PLEASE + r"(?:(?P<watch>follow|monitor) (?!up\b)(?P<what>#?[\w.-]{2,40}(?: [\w.-]{2,40})?)"
    r"|forget (?!me\b)(?P<end>#?[\w.-]{2,40}(?: [\w.-]{2,40})?)"
    r"|tell (?!me\b|us\b|the\b)(?P<name>@?[\w.-]{2,40}) (?:when|if|once) (?P<it>.{1,80}?) (?:changes|comes out"
    r"|is (?:updated|changed|fixed|corrected|out)))" + _END,
    "please pls can could i_want follow monitor forget tell",
)
NO_PAUSE = "A watch cannot be paused: remove it, and set it up again later."
_HELP = LeadingPattern(
    r"how (?:do|can) (?:i|we) (?:watch|unwatch|stop watching|(?:set up|add|make|stop|end|remove) a watch)"
    r"(?: (?:something|things|it|an? (?:area|version|change|topic)))?"
    r"|what can (?:i|we) watch|can (?:i|we) watch (?:something|things|an? (?:area|version|topic)|areas|versions)"
    r"|(?:what is|what['’]s|explain) a watch|what are watches|how do(?:es)? (?:a watch|watches) work",
    "how what can_i can_we explain",
)
_END_ALL = LeadingPattern(
    _PLEASE + r"(?:(?:unwatch|stop watching|stop telling me about|remove|clear|delete|cancel|end|stop|drop)"
    r" (?:everything|all(?: of (?:it|them))?|them all|(?:all )?(?:of )?my watches|all watches|(?:all )?my alerts)"
    r"|(?:stop|quit) (?:telling|messaging|pinging|notifying|alerting|dm(?:'?ing)?|bothering|sending) me"
    r"(?: (?:things|stuff|messages|direct messages|alerts|everything|dms))?"
    r"|(?:don['’]?t|do not) (?:message|ping|notify|alert|tell|dm) me"
    r"|no more (?:direct messages|dms|alerts)(?: for me)?|leave me alone)" + _END,
    "please pls can could i_want unwatch stop remove clear delete cancel end drop quit don do_not no_more leave_me",
)
_STOP = r"(?:stop|end|cancel|remove|delete|drop|undo)"
_END_ONE = LeadingPattern(
    _PLEASE
    + r"(?:(?:stop|quit) (?:telling|notifying|alerting|messaging|pinging|informing|updating|bothering|sending) me"
    r"(?: (?:messages|alerts|things|news|stuff|updates|anything))? (?:about|of|on|for|with) (?P<what>.{1,120}?)"
    r"|(?:don['’]?t|do not) (?:tell|notify|alert|message|ping|bother) me (?:about|of|on|with) (?P<what2>.{1,120}?)"
    r"|(?:i )?(?:don['’]?t|do not|no longer) (?:want|need|care)(?: to (?:hear|know|be told))?(?: anything)? about"
    r" (?P<what3>.{1,120}?)|i(?:['’]m| am) no longer interested in (?P<what4>.{1,120}?)"
    r"|no more (?:alerts|messages|direct messages|messages for me) (?:about|on|for) (?P<what5>.{1,120}?)"
    r"|(?:unfollow|forget about) (?P<what6>.{1,120}?)|i(?:['’]m| am) not interested in (?P<what7>.{1,120}?)"
    r"|(?:unwatch|stop watching) (?P<what8>.{1,120}?)"
    rf"|{_STOP} (?:my |the )?watch(?:ing)? (?:(?:on|for|of|about) )?(?P<what9>.{{1,120}}?)"
    rf"|{_STOP} (?:my |the )(?P<what10>[\w#.& -]{{1,80}}?) watch"
    r"|(?:remove|take|drop|delete) (?P<what11>.{1,120}?) (?:from|off) (?:my |the )?(?:watches|watch ?list))" + _END,
    "please pls can could i_want stop quit don do_not i_ no_more no_longer i' i’ unfollow forget unwatch end cancel"
    " remove delete drop undo take",
)
_KEEP_POSTED = LeadingPattern(
    _PLEASE
    + r"(?:keep me (?:posted|updated|informed|up to date|in the loop) (?:about|on|of|with) (?P<posted>.{1,120}?)"
    r"|keep (?:an eye|watch) on (?P<eye>.{1,120}?)(?: for me)?"
    r"|(?:tell|inform|ping|message|dm|alert|notify|let) me (?:know )?about (?:anything|everything|something|all) new "
    r"(?:(?:in|about|for|on|with) )?(?P<new>.{1,120}?)"
    r"|(?:let me know|tell me) (?:about|of) (?:news|updates|new (?:things|stuff|changes)) (?:in|on|about|for|to) "
    r"(?P<news>.{1,120}?)|(?:let me know|ping me|message me|dm me) about (?P<what>.{1,120}?)"
    r"|(?:notify|alert|inform) me (?:of|on|to) (?P<what2>.{1,120}?)(?: (?:changes|updates|news))?"
    r"|(?:tell|inform|ping|message|alert|notify|dm) me (?:about|of)"
    r" (?P<next>(?:every|each|any|all|a) new (?:version|release)s?)"
    r"|inform me about (?P<what3>(?!new ).{1,120}?))" + _END,
    "please pls can could i_want keep tell inform ping message alert notify let dm",
)
_THANKS = r"(?:,? (?:please|pls|thanks|thank you))*"
# "please watch jira", "can you watch jira for me"; "can you watch a ticket" is a question.
_PLEASE_WATCH = LeadingPattern(
    r"(?:(?:(?:please|pls|(?:i|we) (?:want|would like) to|(?:i|we)['’]d like to),? )+watch"
    r" (?P<wanted>.{1,120}?)(?: for me)?"
    r"|(?:(?:can|could|would) you|please),? (?:please )?watch (?P<wanted2>.{1,120}?) for me)" + _END,
    "please pls i_ i' i’ we_ can could would",
)
# "tell me when #1016865 is corrected": an entry, an area or a subject, and that something is to come of it.
_TELL_WHEN = LazyPattern(
    r"(?:please )?(?:tell|let|inform|notify|alert|message|ping|dm) (?:me|us) (?:know )?(?:when|if|once|as soon as) "
    r"(?:there(?:['’]s| is)(?: something| anything| news| one)?(?: new)?(?: (?:about|for|on|in) (?:it|that|this))?"
    r"|there(?:['’]s| is) (?:something|anything|news)(?: new)? (?:about|for|on|in|with) (?P<about>.{1,120})"
    r"|(?:something|anything)(?: new)? (?:about|on|in|for) (?P<of>.{1,120}?) (?:is|comes|changes|arrives|gets)\b.{0,40}"
    r"|(?P<what>.{1,120}?) (?:is|are|gets?|has been) (?:\w+ )?"
    r"(?:corrected|fixed|changed|updated|released|available|out)"
    r"|(?P<it>.{1,120}?) (?:comes? out|changes?|arrives?))" + _THANKS,
    re.IGNORECASE,
)
_RELEASE = LazyPattern(
    r"(?:please )?(?:tell|let|inform|notify|alert|message|ping|dm) (?:me|us) (?:know )?(?:when|if|once|as soon as) "
    rf"(?P<version>(?:version |release )?{VERSION})"
    r" (?:(?:is|has been|gets?) (?:out|released|available|there|here|published)"
    r"|comes? out|arrives?|is live|lands|ships)" + _THANKS,
    re.IGNORECASE,
)


_COURTESY = LazyPattern(
    r"(?>(?: for me|,? (?:please|pls|any ?more|any longer|now|thanks|thank you|for good))*)", re.IGNORECASE
)


class WatchSentence(NamedTuple):
    """A sentence as a verb's name and what follows it."""

    verb: str
    argument: str = ""
    note: str = ""  # what has to be said first
    is_certain: bool = True  # else it is searched for, with the note


def read_watch_sentence(text: str) -> WatchSentence | None:
    """What a sentence about watches stands for; None for any other text."""
    said = text.strip(" .!?")
    if not said or len(said) > MAX_SENTENCE:
        return None
    if match := _TELL_WHEN.fullmatch(said) or _PLEASE_WATCH.fullmatch(said) or _KEEP_POSTED.fullmatch(said):
        what = _first_group(match)
        return None if _is_of_halopsa(match, what) else WatchSentence("watch", what)
    if _HELP.fullmatch(said):
        return WatchSentence("help", "watches")
    if _PAUSE.fullmatch(said):
        return WatchSentence("watches", note=NO_PAUSE)
    if _EDIT.fullmatch(said):
        return WatchSentence("watches", note=NO_EDIT)
    if (match := _PERHAPS.fullmatch(said)) and (perhaps := _perhaps(match)):
        return perhaps
    if _LIST.fullmatch(said):
        return WatchSentence("watches")
    if _END_ALL.fullmatch(said):
        return WatchSentence("unwatch", "everything")
    if match := _END_ONE.fullmatch(said):
        return WatchSentence("unwatch", _first_group(match))
    return None


def _perhaps(match: re.Match[str]) -> WatchSentence | None:
    """What may be meant for a watch; None where it is spoken of what HaloPSA has many of."""
    what = without_courtesy(match["what"] or match["it"] or match["end"])
    if names_one_record(what) or names_record_type(what) or names_record_type(match["name"] or "-"):
        return None
    if match["end"]:
        return WatchSentence("unwatch", what, f"To end a watch, say `unwatch {what}`.", is_certain=False)
    alone = " A watch is yours alone." if match["name"] else ""
    note = f"Nothing is watched.{alone} To be told of what is new, say `watch {what}`."
    return WatchSentence("watch", what, note, is_certain=False)


def _is_of_halopsa(match: re.Match[str], what: str) -> bool:
    """Whether somebody wants to be told of tickets and the like, not of what is new in an area: "when the ticket is
    updated", "of new invoices".
    """
    groups = match.groupdict()
    if groups.get("next") or groups.get("about"):
        return not groups.get("next") and names_one_record(what)
    is_news = any(groups.get(name) for name in ("posted", "eye", "new", "news", "wanted", "wanted2"))
    return names_one_record(what) or (names_record_type(what) and not is_news)


def without_courtesy(argument: str) -> str:
    """What follows `watch` or `unwatch`, without the "please" or "any more" that it ends with."""
    if len(argument) > MAX_SENTENCE:
        return argument
    words = argument.split(" ")
    start = next((n for n in range(1, len(words)) if _COURTESY.fullmatch(" " + " ".join(words[n:]))), len(words))
    return " ".join(words[:start]).rstrip(" ,")


def read_release(text: str) -> str:
    """The version of which somebody wants to know when it is out; empty for any other text."""
    match = _RELEASE.fullmatch(text.strip(" .!?")) if len(text) <= MAX_SENTENCE else None
    return match["version"] if match else ""


def _first_group(match: re.Match[str]) -> str:
    """What the sentence names; "tell me when there is something" is said of the last answer."""
    return next(filter(None, match.groups()), "this").strip()
