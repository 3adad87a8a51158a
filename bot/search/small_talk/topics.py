"""Recognises texts that do not ask for a change of HaloPSA: small talk, questions about the bot, pasted texts.

`recognise_topic` returns the topic; for any other text, the question without the greetings around it. `sentences` and
`word_rules` say what belongs to a topic, and `replies` has the reply to each. A sentence has to match the whole
question, and a rule has to know each of its words, so a question with one more word ("how much does a licence cost on
an invoice") is searched for.
"""

import re
from functools import cache
from typing import NamedTuple

from bot.catalog.models import VERSION_PATTERN, Version
from bot.search.marked_pattern import LazyPattern, LeadingPattern, MarkedPattern
from bot.search.small_talk.language import is_foreign
from bot.search.small_talk.pasted_text import cut_signature, is_pasted
from bot.search.small_talk.sentences import SENTENCES
from bot.search.small_talk.word_rules import MAX_RULE_WORDS, SMALL_WORDS, VERSION_WORDS, rule_topic
from bot.text import words

MAX_TOPIC_LENGTH = 300  # characters; nobody tells a bot so much about itself
MAX_POLITE_PARTS = 6  # greetings, thanks and the like before one question
_VERSION_WORD = "theversion"  # stands for a version while the words are looked at
_VERSION = LazyPattern(rf"(?<![\w.$£€])v?\s?{VERSION_PATTERN}(?![\w.%])", re.IGNORECASE)
_EMOJI_NAME = LazyPattern(r":[a-z0-9_+'-]{1,60}:", re.IGNORECASE)

_NAMES = r"(?: (?:there|halo|halobot|bot|mate|again|friend|buddy))?"
# "hi team can we …" greets a team; "hi team calendars" asks about one.
_PEOPLE = (
    r"(?: (?:all|team|everyone|everybody|folks|guys)"
    r"(?=[,.!:;]| - |$| (?:can|how|what|is|are|do|does|any|we|i|when)\b))?"
)
_END = r"(?=[,.!:;?]| - |$)"
_GREETING = LeadingPattern(
    rf"(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day))\b{_NAMES}{_PEOPLE}"
    rf"|(?:morning|afternoon|evening|yo|dear){_NAMES}{_PEOPLE}{_END})[\s,.!?:;-]{{0,9}}",
    "hi hello hey howdy greetings good morning afternoon evening yo dear",
)
_THANKS = LeadingPattern(
    r"(?:many thanks|thanks|thank you|thankyou|thx|ty|ta|cheers|great|perfect|awesome|cool|nice(?: one)?|brilliant|"
    r"excellent|fantastic|amazing|lovely|super|ok|okay|right|sorry|excuse me|please|got it|gotcha|noted|understood|"
    r"well done|good job)\b"
    r"(?: (?:so much|very much|a lot|a million|again|halo|halobot|bot|mate|thanks|thank you|stuff|work|job|then)"
    r"| for (?:that|this|it|the help|your help|the answer|helping|the info))*"
    rf"(?:{_END}|(?= (?:and|but|so|now|also|then)\b))[\s,.!:;?-]{{0,9}}"
    r"(?:(?:and|but|so|now|also|then)\b[\s,:-]{1,5})*",
    "many_thanks thank thx ty ta cheers great perfect awesome cool nice brilliant excellent fantastic amazing lovely"
    " super ok right sorry excuse please got_it gotcha noted understood well good",
)
_MEANT = MarkedPattern(
    r"(?:no|nope|wrong|that'?s wrong|(?:that'?s |that is )?not (?:it|right|what i (?:asked|meant|wanted)))"
    r"[\s,.!:;-]{1,5}(?:i (?:meant|mean|asked (?:about|for)|wanted)|what i (?:mean|meant) (?:was|is))\b[\s,:-]{1,5}",
    "mean asked wanted",
)
_THANKS_AFTER = MarkedPattern(
    r"(?:[,.!?] ?| )(?:many thanks|thanks(?: in advance| a lot| so much)?|thx|cheers|tia|pls|plz|please)[\s.!?]{0,5}$"
    r"|[,.!?] ?(?:thank you(?: so much| very much| in advance)?|ta|lol|haha)[\s.!?]{0,5}$",
    "thank thx cheers tia pls plz please ta lol haha",
)
_SWEARING = MarkedPattern(
    r"\b(?:what |why )?(?:(?:in )?the (?:fuck|hell|heck)|for fucks? sake|fuck(?:ing?|ed|in)?(?: (?:you|off|this|"
    r"sake))?"
    r"|wtf|ffs|shit(?:ty)?|bullshit|piece of (?:shit|crap)|bloody|god ?damn(?:ed|it)?|damn(?:ed|it)?|crap(?:py)?"
    r"|bollocks|arse(?:hole)?|asshole|bastard|dickhead|wanker)\b",
    "fuck hell heck wtf ffs shit crap bloody damn bollocks arse asshole bastard dickhead wanker",
)
_WHY = LazyPattern(r"^(?:what|why)\b", re.IGNORECASE)
# Before a question that is about the bot or Halo itself. It is only left out to find the topic.
_LEAD = LazyPattern(
    r"(?:(?:can|could|would|will) (?:you|u|anyone|someone) (?:please )?(?:tell|say|let|explain)(?: to)?(?: me| us)?"
    r"(?: know)?|do (?:you|we) (?:happen to )?know|does (?:anyone|anybody|someone) know|any idea|any ideas|i wonder|"
    r"just (?:wondering|curious|asking)|quick question|tell me|i (?:would|d) like to know|i (?:want|need) to know|"
    r"(?:a )?question|may i ask|can i ask|please|so|well|um|erm|anyway)(?: (?:if|whether|about))? ",
)
# At its end, the longer ones first.
_TAILS = (
    " at the moment", " by the way", " right now", " please", " thanks", " today", " now", " currently", " mate",
    " bot", " halobot", " anyway",
)  # fmt: skip
_ONE_IN_EACH_LANE = sum(1 << 8 * n for n in range(len(SENTENCES)))  # see `_topics_by_word`
MIN_SHARE = 0.5  # of a question's words that are the topic's; small where a sentence may end in anything
_OPEN_TOPICS, _OPEN_SHARE = ("offtopic",), 0.2
_RANGE_WORDS = frozenset("since after before until till from to up than between through compare upgrade".split())


class TopicMatch(NamedTuple):
    """The topic of a text that is no question about a change, or else the question."""

    topic: str  # empty: it is a question about a change
    question: str  # the text without greetings, thanks, swearing and signature


def recognise_topic(text: str, versions: tuple[Version, ...]) -> TopicMatch:
    """The topic of a normalised text, or the question in it. `versions`: those of the catalogue, oldest first."""
    if is_pasted(text):
        return TopicMatch("pasted", text)
    question, stripped = strip_politeness(text)
    without_emoji = _EMOJI_NAME.sub(" ", question) if ":" in question else question
    found = words(without_emoji)
    if not found:
        is_other_script = any(character.isalpha() for character in without_emoji)
        return TopicMatch("language" if is_other_script else stripped or "noise", text)
    topic = "language" if is_foreign(question, found) else _topic(without_emoji, found, versions)
    return TopicMatch(stripped if topic and stripped == "swearing" else topic, question)


def strip_politeness(text: str) -> tuple[str, str]:
    """A text without greetings, thanks, swearing and signature, and the topic of what was taken away last."""
    rest, has_signature = cut_signature(text)
    topic = "pasted" if has_signature else ""
    for _ in range(MAX_POLITE_PARTS):
        for name, pattern in (("greeting", _GREETING), ("thanks", _THANKS), ("wrong", _MEANT)):
            if match := pattern.match(rest):
                rest, topic = rest[match.end() :], topic or name
                break
        else:
            break
    if match := _THANKS_AFTER.search(rest):
        ending = "?" if "?" in match[0] else ""
        rest, topic = rest[: match.start()] + ending, topic or "thanks"
    if _SWEARING.search(rest):
        # "why the hell" and "what the hell" are questions as far as something follows
        rest = _SWEARING.pattern.sub(lambda match: f" {found[0]} " if (found := _WHY.match(match[0])) else " ", rest)
        rest, topic = " ".join(rest.split()), "swearing"
        if SMALL_WORDS.issuperset(words(rest)):
            return "", topic
    return rest.strip(), topic


def _topic(question: str, found: list[str], versions: tuple[Version, ...]) -> str:
    """The topic of a question that is left when politeness is gone, of these words; empty where it is to be searched
    for.
    """
    named = [Version.of(*match.groups()) for match in _VERSION.finditer(question)]
    plain = " ".join(words(_VERSION.sub(f" {_VERSION_WORD} ", question)) if named else found)
    if len(plain) > MAX_TOPIC_LENGTH:
        return ""
    lead = _LEAD.match(f"{plain} ")
    shorter = _without_tail(plain[lead.end() :].strip()) if lead else plain
    for form in dict.fromkeys((plain, shorter, _without_tail(plain))):
        if topic := _topic_of_words(form):
            return topic
    return "release" if len(named) == 1 and _is_unreleased(named[0], plain, versions) else ""


def _without_tail(plain: str) -> str:
    if not plain.endswith(_TAILS):
        return plain
    return next(plain.removesuffix(tail) for tail in _TAILS if plain.endswith(tail))


def _topic_of_words(plain: str) -> str:
    listed = plain.split()
    if not listed:  # "I wonder if", and no more
        return "unclear"
    if len(listed) > MAX_RULE_WORDS:
        return ""
    return _sentence_topic(plain) or rule_topic(frozenset(word for word in listed if not word.isdigit()))


def _sentence_topic(plain: str) -> str:
    """The topic of a whole sentence, given as words with blanks between; empty where it is none of these."""
    found = set(plain.split())
    lanes = _topics_by_word()
    numbers = sum(map(str.isdigit, found)) * _ONE_IN_EACH_LANE
    counts = sum([lanes[word] for word in found if word in lanes], numbers).to_bytes(len(SENTENCES), "little")
    if len(found) > 1 and max(counts) / len(found) < _OPEN_SHARE:
        return ""
    for topic, count in zip(SENTENCES, counts, strict=True):
        enough = _OPEN_SHARE if topic in _OPEN_TOPICS else MIN_SHARE
        if (count / len(found) >= enough or len(found) == 1) and _pattern(topic).fullmatch(plain):
            return topic
    return ""


@cache
def _topics_by_word() -> dict[str, int]:
    """Of each word, the topics whose sentences have it: a one in the lane of each, so that adding up the numbers of a
    question's words counts them for all topics at once. A lane is a byte, as a question has MAX_RULE_WORDS at most.
    """
    by_word: dict[str, int] = {}
    for n, sentences in enumerate(SENTENCES.values()):
        for word in set(re.findall("[a-z]{1,40}", " ".join(sentences))):
            by_word[word] = by_word.get(word, 0) + (1 << 8 * n)
    return by_word


@cache
def _pattern(topic: str) -> re.Pattern[str]:
    """A topic's sentences. Compiling all topics takes longer than an answer: a topic is compiled when a question first
    has enough of its words.
    """
    return re.compile(rf"(?:{'|'.join(SENTENCES[topic])})")


def _is_unreleased(asked: Version, plain: str, versions: tuple[Version, ...]) -> bool:
    """Whether a question is only about a version that is newer than all known ones: there is nothing to search."""
    found = set(plain.split())
    return (
        bool(versions)
        and full_version(asked, versions) > versions[-1]
        and asked.major == versions[-1].major
        and not found & _RANGE_WORDS
        and (SMALL_WORDS | VERSION_WORDS | {_VERSION_WORD}).issuperset(found)
    )


def full_version(version: Version, versions: tuple[Version, ...]) -> Version:
    """A version with the trailing zero that posts lose: v2.22 is v2.220 where versions have three digits."""
    is_short = versions and version.minor < 100 <= versions[-1].minor and version not in versions
    return Version(version.major, version.minor * 10) if is_short and version.minor >= 10 else version


def asked_version(text: str, versions: tuple[Version, ...]) -> Version | None:
    """The first version that a text names."""
    match = _VERSION.search(text)
    return full_version(Version.of(*match.groups()), versions) if match else None
