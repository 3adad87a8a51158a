"""What can answer a text, as values that Slack and the terminal render, and the rows of the table of verbs."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from bot.catalog.models import Entry, Version
from bot.search.lookups import AreaCount, Comparison
from bot.search.models import Aspect, Confidence, Query, SearchResult, UpgradeChecklist


class ResultAnswer(NamedTuple):
    """The result of a search."""

    result: SearchResult


class ComparisonAnswer(NamedTuple):
    """What came between two versions."""

    comparison: Comparison


class UpgradeAnswer(NamedTuple):
    """The checklist of an upgrade."""

    checklist: UpgradeChecklist


class EntryAnswer(NamedTuple):
    """One entry that was shown before, and what is asked about it."""

    entry: Entry
    aspect: Aspect | None = None
    versions: tuple[Version, ...] = ()  # of the aspect "availability": those that the person asks about


class AreasAnswer(NamedTuple):
    """Every area."""

    areas: tuple[AreaCount, ...]


class StatusAnswer(NamedTuple):
    """How the bot is."""


class AboutAnswer(NamedTuple):
    """What the bot says of itself, to a query with the intent `about`."""

    query: Query


class HelpGroup(NamedTuple):
    """Verbs that belong together, as help explains them."""

    name: str  # as it is asked for: `help digests`
    title: str
    about: str  # what they are for, in a sentence or two
    verbs: tuple[str, ...]
    also: tuple[str, ...] = ()  # other words that ask for it


class HelpAnswer(NamedTuple):
    """How to ask, or how one verb or one group of them is used."""

    verb: "Verb | None" = None
    group: HelpGroup | None = None


class ShareAnswer(NamedTuple):
    """An entry for everyone in the channel."""

    key: str


class TextAnswer(NamedTuple):
    """A sentence or two."""

    text: str
    private: bool = False  # for the person alone


class ExportAnswer(NamedTuple):
    """How to have the answer to a question as text or as a table."""

    question: str


class VerbAnswer(NamedTuple):
    """A verb that needs Slack: its handler is named in `bot/slack/verbs.py`."""

    verb: "Verb"
    argument: str
    which: str = ""  # the digest that is meant, as it was called: its channel as `<#C1>`, or what it holds
    is_perhaps: bool = False  # a question where no digest is that could be meant


Answer = (
    ResultAnswer
    | ComparisonAnswer
    | UpgradeAnswer
    | EntryAnswer
    | AreasAnswer
    | StatusAnswer
    | AboutAnswer
    | HelpAnswer
    | ShareAnswer
    | TextAnswer
    | ExportAnswer
    | VerbAnswer
)


class Interpretation(NamedTuple):
    """What a text means."""

    answer: Answer
    question: str = ""  # asks for this answer again, whatever was said before; empty: it cannot be asked again
    offset: int = 0  # the first result to show, of `answer_keys`
    is_whole: bool = False  # all results are wanted, not a page of them
    note: str = ""  # how it was understood, where that is not obvious


class Verb(NamedTuple):
    """A word that a text can begin with. A text that goes on with something else than `argument` is a question."""

    name: str
    help: str
    example: str
    aliases: tuple[str, ...] = ()
    argument: str = ""  # the pattern of what may follow the name
    answer: Callable[..., Answer] | None = None  # (snapshot, argument) -> Answer; None: it needs Slack
    elsewhere: str = ""  # of a verb that needs Slack: what to do in the terminal
    takes_references: bool = False  # its argument has channels as `<#C1>` and links as addresses, not as words
    of_a_channel: bool = False  # it can be said of another channel: "pause #general"
    hidden: bool = False  # not in help
    # Whether it changes something, also when nothing follows it. Misspelt, or where it may be a question, it is asked
    # about then.
    changes: Literal["nothing", "something", "with an argument"] = "nothing"
    opposite: str = ""  # the verb that takes back what it does


class VerbMatch(NamedTuple):
    """The verb that a text begins with, and what follows its name."""

    verb: Verb
    argument: str
    note: str = ""  # how a misspelt name was read
    is_complete: bool = True  # what has to follow follows
    is_certain: bool = True  # False: it is not run, for something else may be meant
    which: str = ""  # as in `VerbAnswer`


def answer_keys(answer: Answer) -> tuple[str, ...]:
    """The keys of all entries that an answer has to show, in order; of near misses where it has none."""
    if isinstance(answer, EntryAnswer):
        return (answer.entry.key,)
    if isinstance(answer, UpgradeAnswer):
        return tuple(entry.key for entry in answer.checklist.entries)
    result = (
        answer.result
        if isinstance(answer, ResultAnswer)
        else answer.comparison.result
        if isinstance(answer, ComparisonAnswer)
        else None
    )
    if result is None:
        return ()
    hits = (*result.hits, *result.possible_hits, *result.more_hits) or result.suggestions
    return tuple(hit.entry.key for hit in hits)


class JudgedKeys(NamedTuple):
    """The entries of an answer, or of a page of it, and how far they can be trusted."""

    found: tuple[str, ...]  # they answer
    near: tuple[str, ...]  # they are no answer, but near one
    confidence: Confidence


def judge(answer: Answer, keys: tuple[str, ...]) -> JudgedKeys:
    """Which of these keys of an answer are an answer, which are only near one, and how sure the answer is."""
    result = answer.result if isinstance(answer, ResultAnswer) else None
    if result and not result.has_answer:
        return JudgedKeys((), keys, "none")
    confidence = result.confidence if result and result.confidence != "none" else "sure" if keys else "none"
    return JudgedKeys(keys, tuple(hit.entry.key for hit in result.suggestions) if result else (), confidence)
