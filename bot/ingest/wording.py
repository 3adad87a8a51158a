"""A source's text as it is shown: its title without the words that every announcement begins with, and each sentence
once. Pure.

    short_title("Added the ability to edit meter readings on invoice lines")   # "Edit meter readings on invoice lines"
    say_once("Adds a report. Test it first. Adds a report.", "Test it first.") # "Adds a report."

The rules are for the wordings that they are sure of; any other text stays as it is. What a source wrote stays in
`source_lines`.
"""

import re

from bot.ingest.readers.prose import end_with_period, split_sentences
from bot.text import folded_words

# What can be done to a thing. In "an option to …" they are no nouns.
_VERBS = frozenset(
    "add adjust allow alter amend apply approve archive assign attach automate avoid block bulk-edit calculate cancel"
    " choose clear close combine configure convert copy create customise customize deactivate decide define delete"
    " determine disable download duplicate edit enable enforce enter exclude extend force generate give hide identify"
    " ignore include increase insert keep limit lock make manage map mark match merge modify move open override pause"
    " pin populate prevent preview propagate publish redact reject relate remove rename reopen reorder require resend"
    " reset resize restrict resume retain retrieve run save see select send set share show skip specify split stop"
    " submit suppress switch synchronise synchronize toggle trigger turn unlock unpin upload use validate".split()
)
# Those that may be nouns too: verbs only where what stands before them says so, or an article follows.
_VERBS_OR_NOUNS = frozenset(
    "access allocate audit bill change charge check clone display email export filter group import invoice link list"
    " log monitor note order process quote receive record report request schedule search sort sync track transfer"
    " update view write automatically optionally manually easily quickly bulk".split()
)
_ANY_VERB = _VERBS | _VERBS_OR_NOUNS
_ARTICLES = frozenset("a an the all any each every your their its this that which multiple several more".split())
_ADVERBS = frozenset("automatically optionally manually easily quickly".split())
# In front of a verb: these words say that it is one, and nothing else.
_CAN_DO = re.compile(
    r"(?:(?:added|adds|adding|introduced|introduces|introducing|provides|includes)\s+)?(?:(?:the|an?)\s+)?(?:new\s+)?"
    r"(?:ability|possibility|capability)\s+(?:has\s+been\s+added\s+)?to\s+"
    r"|you\s+can\s+now\s+|you\s+are\s+now\s+able\s+to\s+|it(?:\s+is|['’]s)\s+now\s+possible\s+to\s+"
    r"|now\s+possible\s+to\s+",
    re.IGNORECASE,
)
_SWITCH = (
    r"(?:(?:global|general|separate|advanced|ticket|portal|system)\s+)?"
    r"(?:option|setting|permission|checkbox|toggle|button)"
)
_ADDED_SWITCH = re.compile(
    rf"(?:added|adds|introduced|introduces)\s+(?:(?:an?|the)\s+)?(?P<what>(?:new\s+)?{_SWITCH})\s+to\s+", re.IGNORECASE
)
_SWITCH_ADDED = re.compile(
    rf"(?:an?|the)\s+(?P<what>(?:new\s+)?{_SWITCH})\s+(?:has\s+been|was|is\s+now)\s+(?:added|introduced|available)\s+to\s+",
    re.IGNORECASE,
)
_IS_SWITCH = re.compile(rf"(?:new\s+)?{_SWITCH}\s+to\s", re.IGNORECASE)
_FIXED = re.compile(
    r"(?:fixed|fixes|resolved|resolves|corrected|addressed)\s+(?:an?|the)\s+(?:issue|bug|problem|error)\s+"
    r"(?:where|whereby|in\s+which|that\s+meant)\s+",
    re.IGNORECASE,
)
# What the four begin with: one look at most titles, instead of four.
_MAY_BE_SHORTENED = re.compile(
    r"add|intro|provides|includes|the\s|an?\s|new\s|abil|poss|capa|you\s|it|now\s|fix|resolve|corrected|addressed",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(?:can|now|is|are|was|will|has|have|may|no longer)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w$#.'’-]*\w")
_NEGATIONS = frozenset("not no never none cannot without unless except t only".split())
_MIN_WORDS = 3  # of a rest that can stand alone, and of a sentence that is a part of another
MAX_SENTENCES = 80


def short_title(title: str) -> str:
    """A title without "Added the ability to" and the like; any other title as it is."""
    if not _MAY_BE_SHORTENED.match(title):
        return title
    if match := _CAN_DO.match(title):
        rest = title[match.end() :]
        return _capitalise(rest) if _begins_with_verb(rest, sure=True) else title
    for pattern in (_ADDED_SWITCH, _SWITCH_ADDED):
        if match := pattern.match(title):
            rest = title[match.end() :]
            return _capitalise(f"{match['what']} to {rest}") if _begins_with_verb(rest, sure=False) else title
    if match := _FIXED.match(title):
        rest = title[match.end() :]
        return f"Fixed: {rest}" if len(_words(rest)) >= _MIN_WORDS else title
    return title


def long_title(title: str) -> str:
    """A shown title as an announcement, for rules that read announcements: what can be done was added."""
    if _IS_SWITCH.match(title):
        return f"Added {title[0].lower()}{title[1:]}"
    first = _WORD.match(title)
    if first and first[0].lower() in _ANY_VERB and not _FINITE.search(title) and len(_words(title)) >= _MIN_WORDS:
        return f"Added the ability to {title[0].lower()}{title[1:]}"
    return title


def say_once(text: str, *said: str) -> str:
    """A text without the sentences that it has twice, that are a part of another one, or that `said` has already."""
    sentences = split_sentences(text)[:MAX_SENTENCES]
    if len(sentences) == 1 and (count := len(_words(text))) and all(len(_words(other)) < count for other in said):
        return sentences[0]  # as in most tables: one sentence, longer than all that was said
    before = {_words(sentence) for other in said if other for sentence in split_sentences(other)}
    kept: list[tuple[str, tuple[str, ...]]] = []
    for sentence in sentences:
        words = _words(sentence)
        if not words or words in before or (kept and any(_is_part(words, other) for _, other in kept)):
            continue
        position = next((at for at, (_, other) in enumerate(kept) if _is_part(other, words)), len(kept)) if kept else 0
        kept[position : position + 1] = [(sentence, words)]
    shown = [sentence for sentence, _ in kept]
    return " ".join([*map(end_with_period, shown[:-1]), *shown[-1:]])


def _begins_with_verb(text: str, sure: bool) -> bool:
    """Whether a text begins with something to do. `sure`: what stands before it can only be followed by a verb."""
    words = [match[0].lower() for match, _ in zip(_WORD.finditer(text[:200]), range(4), strict=False)]
    if words and words[0] in _ADVERBS:
        words = words[1:]
    if len(words) < 2 or len(_words(text)) < _MIN_WORDS:
        return False
    return words[0] in (_ANY_VERB if sure else _VERBS) or (words[0] in _ANY_VERB and words[1] in _ARTICLES)


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _words(text: str) -> tuple[str, ...]:
    return folded_words(text)


def _is_part(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a sentence says nothing that another one does not: it is the same, or its words stand in it in a row."""
    if words == other:
        return True
    if not _MIN_WORDS <= len(words) < len(other) or (set(other) - set(words)) & _NEGATIONS:
        return False
    return f" {' '.join(words)} " in f" {' '.join(other)} "
