"""Finds the verb that a text begins with: by its name, misspelt, or as the undoing of another one ("stop watching").

What changes something runs only when it is typed as it is called. Misspelt, or where the words are as likely a question
("watch list for tickets"), the person is asked.
"""

import re
from collections.abc import Container, Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.conversation.answers import Verb, VerbMatch
from bot.conversation.digest_sentences.compound_sentences import read_compound_sentence
from bot.conversation.digest_sentences.reader import read_digest_sentence
from bot.conversation.digest_sentences.words import MAX_SENTENCE, DigestSentence
from bot.conversation.verbs import ANY_ARGUMENT, find_help_group, verbs_by_name
from bot.conversation.watch_sentences import read_watch_sentence
from bot.search.marked_pattern import LazyPattern

MIN_MISSPELT_LENGTH = 4  # letters: shorter words are too similar to each other
MAX_SLIPS, MAX_SLIPS_IN_SHORT_WORDS, SHORT_WORD = 2, 1, 6
MAX_CORRECTED_WORDS = 8  # of a sentence about the digest, from its beginning
_DIGEST_VERBS = (
    "change", "cancel", "pause", "stop", "remove", "delete", "move", "switch", "resume", "restart", "unsubscribe",
    "update", "edit", "send", "post", "reschedule", "skip", "snooze", "suspend", "include", "make", "preview",
)  # fmt: skip
_BEFORE_A_VERB = ("please", "pls", "can", "could", "would", "you", "we", "hey", "hi", "ok", "okay", "now", "just")
REVERSING = "un"  # a name that begins so takes back what another one does
# "stop watching quickbooks", "don't pause": the opposite of the verb that follows.
_NEGATED = LazyPattern(
    r"(?:please\s+)?(?:stop|quit|end|cancel|turn\s+off|switch\s+off|remove|delete|never|no\s+(?:more|longer)"
    r"|(?:i\s+)?(?:do\s+not|don['’]?t)(?:\s+want(?:\s+to)?)?)\s+"
    r"(?:to\s+|the\s+|my\s+|this\s+|our\s+|any\s+|posting\s+|sending\s+)*(?P<word>[a-z-]+)",
    re.IGNORECASE,
)
_COURTESY = LazyPattern(
    r"^(?>(?:(?:please|pls|hey|hi|ok|okay|can you|could you|would you),? )+)"
    r"|(?>(?:,? (?:please|pls|thanks|thank you|now|then))+)$",
    re.IGNORECASE,
)
# A channel, with the word before it that says so: "in #general", "#general's".
_CHANNEL = LazyPattern(
    r"(?:\b(?:in|for|of|from|at|on) )?(?:the )?(?:channel )?(?P<name><#[CGD][A-Z0-9]+>|(?<![\w&])#[a-z][\w-]*)"
    r"(?:['’]s)?(?: channel)?(?!\w)"
)
# Before it, where something is sent: "updates to #general".
_TO_CHANNEL = LazyPattern(r"\b(?:in)?to (?=(?:the )?(?:channel )?(?:<#[CGD]|#[a-z]))", re.IGNORECASE)
# "move the digest to #general": a channel where the digest is to be.
_MOVED = LazyPattern(
    r"(?:(?:please|can you|could you|pls),? )*"
    r"(?:move|send|post|switch|change|put|shift|bring|redirect|transfer|relocate)"
    r" (?:it|this|that|(?:(?:the|our|this) )?(?:[\w-]+ )?digests?)(?: here)?"
    r"(?: (?:from|in) (?P<channel><#\w+>|#[a-z][\w-]*))? (?:over )?(?:to|into|in) (?:the )?(?:channel )?"
    r"(?P<target><#\w+>|#[a-z][\w-]*)(?: channel)?(?: (?:instead|please|from now on))*",
    re.IGNORECASE,
)
# What a verb is called after such a word, besides its name.
_FORMS = {
    "watching": "watch", "watches": "watch", "subscribing": "subscribe", "subscription": "subscribe",
    "subscriptions": "subscribe", "digest": "subscribe", "digests": "subscribe", "unsubscribing": "unsubscribe",
    "pausing": "pause", "resuming": "resume",
}  # fmt: skip


def find_verb(
    text: str, reference_text: str, known_words: Container[str], test_error_command: bool = False
) -> VerbMatch | None:
    """The verb that a text begins with; None when the text is a question.

    `reference_text` is the text with channels as `<#C1>` and links as addresses. `known_words` are those of the
    catalogue, which are not taken for misspelt verbs. `test_error_command`: whether `boom` is a verb.
    """
    if watched := read_watch_sentence(text):
        verb = verbs_by_name()[watched.verb]
        return VerbMatch(verb, watched.argument, watched.note, is_certain=watched.is_certain)
    for words, channel, is_added, is_target in without_channel(text, reference_text):
        is_unclear = is_added or is_target
        if not is_unclear and (sentence := read_digest_sentence(words) or read_compound_sentence(words)):
            which = f"{channel} {sentence.which}".strip()
            return VerbMatch(verbs_by_name()[sentence.verb], sentence.argument, which=which)
        if not is_unclear and (corrected := _correct_digest_words(words, known_words)):
            sentence, note = corrected
            which = f"{channel} {sentence.which}".strip()
            return VerbMatch(verbs_by_name()[sentence.verb], sentence.argument, note, which=which)
        exact = _match_exact(words, words, test_error_command) if channel else None
        if exact and exact.verb.of_a_channel and exact.is_complete:
            return exact._replace(which=channel)
    return (
        _match_exact(text, reference_text, test_error_command)
        or _match_courteous(text, reference_text)
        or _match_negated(text)
        or _match_misspelt(text, reference_text, known_words)
    )


class WithoutChannel(NamedTuple):
    """How a text reads without the channel that it names."""

    words: str
    channel: str = ""  # `<#C1>`, or `#name` where Slack did not say which that is; empty: it names none
    is_digest_added: bool = False  # "the digest" stands where the channel did; the text itself speaks of none
    is_target: bool = False  # something is sent to the channel, which may be anything: the text speaks of no digest


def without_channel(text: str, reference_text: str) -> Iterator[WithoutChannel]:
    """A text, in each of the ways in which it reads without the channel that it names."""
    if "#" not in reference_text:  # hardly a question names a channel
        yield WithoutChannel(text)
        return
    whole = " ".join(reference_text.split())
    named = list(dict.fromkeys(match["name"] for match in _CHANNEL.finditer(whole)))
    if not named or whole.lower().startswith(("subscribe", "watch")):
        yield WithoutChannel(text)
        return
    if moved := _MOVED.fullmatch(whole.strip(" .?!")):
        yield WithoutChannel(f"change the digest to {moved['target']}", moved["channel"] or "")
        return
    if len(named) == 1:
        speaks_of_one = speaks_of_digest(whole)
        for instead in (" ", " the digest "):
            # "send updates to #general": "send updates", and "send updates to the digest".
            rest = whole if speaks_of_one or instead != " " else _TO_CHANNEL.sub("", whole)
            words = " ".join(_CHANNEL.sub(instead, rest).split()).strip(" ,:")
            yield WithoutChannel(words, named[0], instead != " " and not speaks_of_one, rest != whole)


def speaks_of_digest(text: str) -> bool:
    """Whether a text has the word in it, be it in another word. What a channel is called is not looked at: #digest."""
    return "digest" in (_CHANNEL.sub(" ", text) if "#" in text else text).lower()


def _correct_digest_words(text: str, known_words: Container[str]) -> tuple[DigestSentence, str] | None:
    """What a sentence about the digest means whose verb, or "digest" itself, is misspelt, and how that was understood.
    What would be posted at once is not guessed.
    """
    words = text.split()[:MAX_CORRECTED_WORDS]
    corrected: dict[int, tuple[str, str]] = {}
    for place, word in enumerate(words):
        plain = word.strip(".,?!").lower()
        if len(plain) < MIN_MISSPELT_LENGTH or not plain.isalpha() or plain in known_words or plain in _DIGEST_VERBS:
            continue
        is_verb = all(before.lower().strip(",") in _BEFORE_A_VERB for before in words[:place])
        for meant in ("digest", "digests", *(_DIGEST_VERBS if is_verb else ())):
            if 0 < _slips(plain, meant) <= MAX_SLIPS_IN_SHORT_WORDS:
                corrected[place] = (plain, meant)
                break
    if not corrected:
        return None
    rest = text.split()[MAX_CORRECTED_WORDS:]
    spelt = " ".join([*(corrected.get(place, ("", word))[1] for place, word in enumerate(words)), *rest])
    sentence = read_digest_sentence(spelt) if "digest" in spelt.lower() else None
    if sentence is None or sentence.verb == "digest now":
        return None
    return sentence, " ".join(f"“{typed}” understood as “{meant}”." for typed, meant in corrected.values())


def is_typed_verb(text: str) -> bool:
    """Whether a text is a verb by its own name with what may follow it, and no sentence that stands for one."""
    return _match_exact(text, text, test_error_command=False) is not None


@cache
def _verbs_by_first_word() -> dict[str, list[tuple[str, Verb]]]:
    """The names that begin with a word, in the order of `verbs_by_name`. Most questions begin with no such word."""
    found: dict[str, list[tuple[str, Verb]]] = {}
    for name, verb in verbs_by_name().items():
        found.setdefault(name.split(" ", 1)[0], []).append((name, verb))
    return found


def _match_exact(text: str, reference_text: str, test_error_command: bool) -> VerbMatch | None:
    start_of_text, start_of_reference = (given.lower().rstrip("?!. ") for given in (text, reference_text))
    first_words = {start.split(" ", 1)[0]: None for start in (start_of_text, start_of_reference)}
    named = [pair for word in first_words for pair in _verbs_by_first_word().get(word, ())]
    if len(first_words) > 1:
        named.sort(key=lambda pair: -len(pair[0]))  # as in `verbs_by_name`
    for name, verb in named:
        if verb.name == "boom" and not test_error_command:
            continue
        whole, start = (reference_text, start_of_reference) if verb.takes_references else (text, start_of_text)
        if not start.startswith(name) or (start != name and start[len(name)] != " "):
            continue
        argument = whole[len(name) :].strip(" ?!.")
        if _fits(argument, verb):
            return VerbMatch(verb, argument)
        if not argument:
            return VerbMatch(verb, "", is_complete=False)
    return None


def without_courtesies(text: str) -> str:
    """A text without the "please", "can you" or "thanks" around it."""
    return _COURTESY.sub("", text.strip(" ,?!.")).strip(" ,?!.")


def _match_courteous(text: str, reference_text: str) -> VerbMatch | None:
    """ "resume please", "can you pause": a verb of digests or watches with nothing more than courtesy around it."""
    if len(text) > MAX_SENTENCE:
        return None
    plain, reference = without_courtesies(text), without_courtesies(reference_text)
    match = _match_exact(plain, reference, test_error_command=False) if plain else None
    if match is None or not match.is_complete or not (match.verb.of_a_channel or match.verb.name == "watches"):
        return None
    return match if not match.argument or match.verb.argument != ANY_ARGUMENT else None


def _match_negated(text: str) -> VerbMatch | None:
    """ "stop watching quickbooks" and "don't pause" are the opposite of "watch" and "pause"."""
    match = _NEGATED.match(text)
    if match is None:
        return None
    word = match["word"].lower().replace("-", "")
    names = verbs_by_name()
    verb = names.get(_FORMS.get(word, word))
    opposite = names.get(verb.opposite) if verb else None
    if opposite is None:
        return None
    argument = text[match.end() :].strip(" ?!.")
    if opposite.name == "unwatch" and argument:
        return VerbMatch(opposite, argument)  # it ends a watch of just these words, and lists the watches otherwise
    if _fits(argument, opposite):
        return VerbMatch(opposite, argument, f"Did you mean “{opposite.name}”?", is_certain=False)
    return None


def _match_misspelt(text: str, reference_text: str, known_words: Container[str]) -> VerbMatch | None:
    """First words that are nearly a verb, and not all of the catalogue; what follows has to fit."""
    for size in (2, 1):  # "digest nwo" before "digest"
        words = text.split()
        typed = " ".join(words[:size]).strip("?!.,")
        plain = typed.lower().replace("-", "")
        if len(words) < size or len(plain) < MIN_MISSPELT_LENGTH or not plain.replace(" ", "").isalpha():
            continue
        if all(word in known_words for word in plain.split()):
            continue
        verb = verbs_by_name().get(plain) if plain != typed.lower() else None  # "un-pause"
        is_spelt_well = verb is not None
        verb = verb or _closest_verb(plain, size)
        if verb is None:
            continue
        whole = reference_text if verb.takes_references else text
        argument = " ".join(whole.split()[size:]).strip(" ?!.")
        if not _fits(argument, verb) or (argument and plain.startswith(verb.name) and plain != verb.name):
            continue  # "unsubscribed users": a form of the word is no slip
        if is_spelt_well:
            return VerbMatch(verb, argument)
        if verb.changes == "something" or (verb.changes != "nothing" and argument):
            note = f"I know no “{typed}”. Did you mean “{verb.name}”?"
            return VerbMatch(verb, argument, note, is_certain=False)
        return VerbMatch(verb, argument, f"“{typed}” understood as “{verb.name}”.")
    return None


def _closest_verb(typed: str, size: int) -> Verb | None:
    """The verb with a name of `size` words that is one typing slip away (two, from six letters on).

    What begins with "un" is never taken for what it undoes.
    """
    most = MAX_SLIPS_IN_SHORT_WORDS if len(typed) < SHORT_WORD else MAX_SLIPS
    candidates = []
    for name, distance, _ in process.extract_iter(typed, _names_of_size(size), scorer=OSA.distance, score_cutoff=most):
        verb_alone, wanted = typed.split()[0], name.split()[0]
        if size > 1 and verb_alone != wanted and _slips(verb_alone, wanted) > _most_slips(verb_alone):
            continue  # "end it" is no "undo it"
        reverses = name.startswith(REVERSING)
        if reverses or not typed.startswith(REVERSING):
            # as near as each other: the one that undoes
            candidates.append((distance, not reverses, name, verbs_by_name()[name]))
    return min(candidates, key=lambda found: found[:3])[3] if candidates else None


@cache
def _names_of_size(size: int) -> list[str]:
    """The names of verbs that may be misspelt, of so many words."""
    named = verbs_by_name().items()
    return [
        name
        for name, verb in named
        if not verb.hidden and len(name.split()) == size and len(name) >= MIN_MISSPELT_LENGTH
    ]


def _slips(typed: str, name: str) -> int:
    return OSA.distance(typed, name)


def _most_slips(word: str) -> int:
    """How many slips a word may have to be taken for another one; a short word none."""
    return 0 if len(word) < MIN_MISSPELT_LENGTH else MAX_SLIPS_IN_SHORT_WORDS if len(word) < SHORT_WORD else MAX_SLIPS


def _fits(argument: str, verb: Verb) -> bool:
    """Whether this may follow a verb. After "help" the name of a verb may."""
    return bool(re.fullmatch(verb.argument, argument, re.IGNORECASE)) or (
        verb.name == "help" and (argument.lower() in verbs_by_name() or find_help_group(argument) is not None)
    )
