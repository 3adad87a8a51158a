"""What has to be said or asked of `watch` with what follows it, before anything is watched."""

import re
from collections.abc import Container, Sequence

from bot.conversation.digest_sentences.words import DAYS, WHEN
from bot.conversation.models import LastAnswer
from bot.search.marked_pattern import LazyPattern

WHAT_TO_WATCH = "Nothing is watched yet. What should it be? For example `watch quickbooks payments`."
NO_DIGEST = (
    "Nothing is watched: a digest is posted to its channel for everybody. `subscriptions` shows when it comes, and "
    "`watch quickbooks` tells you of what is new on that."
)
WHENEVER = (
    "Nothing is watched yet. A watch tells you whenever something is new: `watch {0}`. On set days a channel can have "
    "a digest: `subscribe {0} {1}`."
)
YOURS_ALONE = (
    "Nothing is watched yet. A watch is yours alone, and comes as a direct message: `watch {0}`. For a channel, "
    "`subscribe {0}` sets up a digest there."
)
WHICH_ONE = "Nothing is watched yet. Which one? Say {0}."
NOTHING_THERE = "Nothing is watched: I showed no change here that could be corrected. Say for example `watch #1016865`."
OWN_LIST = frozenset({"my watches", "the watches", "watches", "my watch list", "my alerts"})
MAX_NAMED = 5

_DIGEST = LazyPattern(r"(?:the|our|this|my|that) (?:[\w-]+ ){0,2}digests?", re.IGNORECASE)
_ON_DAYS = LazyPattern(
    r"(?P<what>.{1,120}?),? (?P<when>(?:every|each) (?:day|week|month|morning|evening|weekday)|(?:on )?(?:every )?"
    rf"{DAYS}|once an? (?:day|week|month)|(?!as soon|on arrival|less|more|every|each|once){WHEN})"
    r"(?: (?:at )?\d{1,2}(?::\d\d)? ?(?:[ap]m)?)?",
    re.IGNORECASE,
)
_FOR_OTHERS = LazyPattern(
    r"(?P<what>.{1,120}?) (?:here|(?:in|for) (?:this|the|our|my) (?:channel|room|team)|for (?:us|everyone)"
    r"|for (?P<name>@?[\w.-]{2,30}))",
    re.IGNORECASE,
)
_IS_CORRECTED = LazyPattern(
    r"\b(?:corrected|fixed|changed|updated|changes|available|released|out)[\s.!?]*(?:please|thanks)?[\s.!?]*$",
    re.IGNORECASE,
)


def question_about_watch(argument: str, known_words: Container[str]) -> str:
    """What has to be asked of what follows `watch`; empty where it can be watched. `known_words`: those of the
    catalogue, none of which is a person.
    """
    said = argument.strip(" .!?\"'“”‘’")
    if not any(map(str.isalnum, said)):
        return WHAT_TO_WATCH if argument else ""
    if argument.startswith(('"', "“")) and said == argument[1:-1]:
        return ""
    if _DIGEST.fullmatch(said):
        return NO_DIGEST
    if match := _ON_DAYS.fullmatch(said):
        return WHENEVER.format(match["what"], match["when"])
    match = _FOR_OTHERS.fullmatch(said)
    if match and (not match["name"] or match["name"].lower() not in known_words):
        return YOURS_ALONE.format(match["what"])
    return ""


def is_about_a_correction(text: str) -> bool:
    """Whether "tell me when this is corrected" is said of the answer, not `watch this`."""
    return not text.lower().startswith("watch") and _IS_CORRECTED.search(text) is not None


def corrected_one(last: LastAnswer) -> tuple[str, str]:
    """What is watched of an answer that may be corrected: the change that was shown, as `#1016865`; or empty, and what
    to ask.
    """
    keys: Sequence[str] = (last.selected_key,) if last.selected_key else last.entry_keys
    numbers = [key for key in keys if key.isdecimal()]
    if len(keys) == 1 and numbers:
        return f"#{numbers[0]}", ""
    if not numbers:
        return "", NOTHING_THERE
    return "", WHICH_ONE.format(" or ".join(f"`watch #{number}`" for number in numbers[:MAX_NAMED]))
