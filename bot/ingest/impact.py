"""What a change does to those who upgrade, guessed from what its source says.

docs/catalogue.md says what each impact means. A rule cannot know whether "now" brings something new or changes what was
there; whoever shows a guess says that it is one.
"""

import re
from dataclasses import replace
from functools import lru_cache, reduce
from itertools import count
from operator import or_
from typing import NamedTuple

from bot.catalog.models import Filters, Impact
from bot.catalog.provenance import FieldSource, field_sources_of, hash_value, write_field_sources
from bot.catalog.repository import Catalog
from bot.ingest.models import Priority
from bot.search.marked_pattern import LazyPattern
from bot.text import folded_words
from bot.word_memo import WordMemo

MAX_TEXT_LENGTH = 2_000  # what a change does stands at the beginning of its text


class _Need(NamedTuple):
    """What has to be in a text that a pattern finds anything in: looking for that first is faster. Faster still is to
    look at each word, as thousands of texts have the same ones.
    """

    text: str
    part: str  # its longest word, nearly always its rarest, with the blanks around it
    bit: int  # of its own, in a number that says what a text may have


class _Clue(NamedTuple):
    """A pattern, and what one of has to be in a text that it finds anything in."""

    pattern: LazyPattern
    needs: tuple[_Need, ...]


_Clues = tuple[_Clue, ...]
_numbers = count()


def _any_of(*clues: tuple[str, str]) -> _Clues:
    """Patterns, each with what it needs. None of them may repeat over long stretches: no text may make them slow."""
    return tuple(
        _Clue(LazyPattern(pattern, re.IGNORECASE), tuple(map(_need, needs.split("|")))) for pattern, needs in clues
    )


def _need(text: str) -> _Need:
    words = re.sub(r"\W+", " ", text).split(" ")
    parts = [f"{' ' * (at > 0)}{word}{' ' * (at < len(words) - 1)}" for at, word in enumerate(words)]
    return _Need(text, max(parts, key=lambda part: len(part.strip())), 1 << next(_numbers))


_ADDS = r"\b(?:add(?:ed|s|ing)?|introduc(?:ed|es|ing)|new|optional|improv\w+)\b"
_SWITCH = (
    r"\b(?:(?<!when )(?<!by )settings?|options?|permissions?|checkbox(?:es)?|toggles?|flags?|preferences?"
    r"|access control|restrictions?|overrides?|mappings?|visibility)\b"
)
_SETS = (  # what somebody does once, and Halo follows from then on
    r"(?:set|hide|exclude|restrict|limit|override|require|enable|disable|configure|control|determine|grant"
    r"|choose (?:which|whether|how|what))"
)
_IS_SET = (
    r"(?:set|hidden|excluded|restricted|limited|overridden|required|enabled|disabled|configured|controlled|determined"
    r"|chosen|ordered|turned (?:on|off)|switched (?:on|off))"
)
_FIX = _any_of(
    (
        r"\b(?:bug|hot)?fix(?:ed|es)?\b(?![ -](?:price|fee|rate|cost|term|amount|width|size|asset))"
        r"(?! \w+ \w*limitation)",
        "fix",
    ),
    (r"\bbugs?\b|\bcorrect(?:ed|s)\b|\brectif(?:y|ied|ies)\b", "bug|correct|rectif"),
    (
        r"\b(?:resolv|solv|address|repair)(?:ed?|es|ing)\b.{0,20}\b(?:issues?|problems?|errors?|bugs?|faults?)\b",
        "solv|address|repair",
    ),
    (r"\bno longer (?:fails?|errors?|breaks?|crash(?:es)?|hangs?|times? out|throws?)\b", "no longer"),
    (r"\bno longer (?:lost|missing|duplicated|truncated|ignored|skipped|stuck|empty|blank)\b", "no longer"),
)
_CAN = "can |may |ability to |possible to "
_OPT_IN = _any_of(
    (
        rf"{_SWITCH}.{{0,60}}\b(?:added|introduced|available|included|created)\b",
        "added|introduced|available|included|created",
    ),
    (rf"{_ADDS}.{{0,40}}{_SWITCH}", "add|introduc|new|optional|improv"),
    (
        rf"\b(?:is (?:now )?an?|via an?|with an?|global|advanced) {_SWITCH}",
        "is a|is now a|via a|with a|global|advanced",
    ),
    (
        rf"\b(?:a|an|new) {_SWITCH} (?:now|can|to|that|which|allows?|lets?|controls?|expands?)\b",
        "a setting|a option|an option|a permission|a checkbox|a toggle|a flag|a preference|access control|a restriction"
        "|an override|a override|a mapping|a visibility|n setting|n permission|n checkbox|n toggle|n flag|n preference"
        "|n restriction|n mapping|n visibility|new ",
    ),
    (rf"\b(?:can|may) (?:now |also ){{0,2}}(?:{_SETS}|show/hide)\b|\bability to {_SETS}\b", _CAN),
    (r"\bpossible to (?:hide|exclude|restrict|limit|override|require|enable|disable|configure)\b", _CAN),
    (rf"\b(?:can|may) (?:now |also ){{0,2}}be {_IS_SET}\b", _CAN),
    # what it can do has a switch
    (r"\b(?:halo|ai) can now\b|\bcan now (?:automatically|default|be matched)\b", "can now"),
    (r"\bconfigurable\b|\bcustomi[sz]able\b", "configurable|customi"),
    (r"\ballows? configuration\b|\bcontrol (?:over|for)\b", "configuration|control "),
    (r"\bconfig(?:uration)? >", " >"),
    (
        r"\boptional(?:ly)?\b|\b(?:if|when) enabled\b|\bopt(?:s|ed)?[ -]in\b",
        "optional|enabled|opt-in|opt in|opts|opted",
    ),
)
# "Improvements to …" says nothing by itself: only what is better about it does.
_VAGUE = _any_of(
    (r"\b(?:improvements?|enhancements?|improves|enhances)\b|^changes to\b", "improve|enhance|changes to"),
    (r"\b(?:various|multiple|minor|several) changes\b", " changes"),
)
_BETTER = (
    r"\b(?:performance|speed|accuracy|accurate|display|displayed|ux|usability|load(?:s|ing)?|sync(?:ing)?|handling"
    r"|matching|layout)\b"
)
_CHANGED = r"(?:changed|renamed|moved|removed|replaced|deprecated|retired|enforced|updated|improved|aligned)\b"
_ENHANCES = r"\b(?:improv|enhanc|optimi[sz])\w+\b"
_CHANGE = _any_of(
    (rf"{_ENHANCES}.{{0,40}}{_BETTER}|{_BETTER}.{{0,20}}{_ENHANCES}", "improv|enhanc|optimi"),
    (
        r"\b(?:faster|quicker)\b|\bby default\b|\bno longer\b|\bautomatically\b",
        "faster|quicker|by def|no longer|automat",
    ),
    (r"\bwill (?!now allow|allow|enable|let|be able|be used to)", "will "),
    (
        rf"\b(?:been|is|are|was|were|get|gets|got) {_CHANGED}|(?:^|\. ){_CHANGED}",
        "changed|renamed|moved|replaced|deprecated|retired|enforced|updated|improved|aligned",
    ),
    (
        r"(?:^|\. )(?:shows|removes|moves|changes (?!to\b)|ensures|renames|replaces|groups|splits|hides|sends)\b",
        "shows|moves|changes |ensures|renames|replaces|groups|splits|hides|sends",
    ),
    # "now shows", "are now audited"; not "can now show", "now supports", "is now possible"
    (
        r"(?<!\bcan )(?<!\bmay )\bnow (?!allow|support|possible|available|able|multi|(?:an?|be|can|in|you)\b)[a-z]+",
        "now ",
    ),
    (r"\bnow an? (?:mandatory|required|read-only)\b|\b(?:has|have) moved\b", "now a|moved"),
)
_NEW = _any_of(
    (r"\bnew\b|\badd(?:ed|s|ing|itional)?\b|\bintroduc(?:ed|es|ing|tion)\b", "new|add|introduc"),
    (r"\bcan (?:now|be)\b|\bnow possible\b|\bability to\b", "can |now possible|ability to"),
    (r"\bsupports?\b|\ballow(?:s|ed)?\b|\benables?\b|\bavailable\b", "support|allow|enable|available"),
    (r"\bintegration (?:with|for)\b|\bmode\b", "integration |mode"),
)
_ADDED_SWITCH = _any_of(
    (rf"\b(?:a|an|new) (?:new |global |advanced )?{_SWITCH} (?:has|have) been (?:added|introduced)\b", "been "),
    (rf"\badded an? (?:new |global |advanced )?{_SWITCH}", "added a"),
)
# The questions of docs/catalogue.md, in their order: the first that answers decides.
_RULES: tuple[tuple[Impact, _Clues], ...] = (
    ("fix", _FIX),
    ("opt-in", _OPT_IN),
    (
        "new",
        _any_of(
            (
                r"\b(?:it is |is |are )?now (?:possible|allowed)\b|\bcan now be (?:used|selected|added|imported)\b",
                "now ",
            )
        ),
    ),
    ("changes behaviour", _CHANGE),
    ("unclear", _VAGUE),
    ("new", _NEW),
)


def guess_impact(title: str, text: str = "") -> Impact:
    """The impact that a change's title and text speak of; "unclear" where they don't.

    The title decides where it says anything: `guess_impact("Added a setting to lock quotes")` is `"opt-in"`.
    """
    title, text = title[:MAX_TEXT_LENGTH], text[:MAX_TEXT_LENGTH]
    impact = _first_answer(title)
    if impact == "unclear":
        return _first_answer(text)
    # "Editing a quote locks it. A setting has been added so that …"
    has_switch = impact != "fix" and any(clue.pattern.search(text) for clue in _ADDED_SWITCH if _has_any(text, clue))
    return "opt-in" if has_switch else impact


def _first_answer(text: str) -> Impact:
    lower = text.lower()
    needs_of_words = filter(None, map(_needs_of_word, folded_words(text)))
    for impact, pattern, needs in _possible_clues(reduce(or_, needs_of_words, 0)):
        if any(map(lower.__contains__, needs)) and pattern.search(text):
            return impact
    return "unclear"


def _needs_of(word: str) -> int:
    """The bits of the needs of which the longest part is in this word."""
    spaced = f" {word} "
    return sum(need.bit for _, clues in _RULES for clue in clues for need in clue.needs if need.part in spaced)


_needs_of_word = WordMemo(_needs_of, limit=20_000).__getitem__


@lru_cache(maxsize=5_000)
def _possible_clues(bits: int) -> list[tuple[Impact, LazyPattern, list[str]]]:
    """The clues that a text with these needs may have, in their order: the answer, the pattern, and the needs."""
    found = (
        (impact, clue.pattern, [need.text for need in clue.needs if need.bit & bits])
        for impact, clues in _RULES
        for clue in clues
    )
    return [clue for clue in found if clue[2]]


def _has_any(text: str, clue: _Clue) -> bool:
    lower = text.lower()
    return any(need.text in lower for need in clue.needs)


def guess_missing_impacts(catalog: Catalog) -> int:
    """Guess the impacts of changes that were imported before changes had one. Returns how many got one.

    What an import guessed is left alone, also where it found none. Raises CatalogueError when nothing can be written.
    """
    with catalog.write_transaction() as db:
        unclear = catalog.entries(catalog.keys_matching(Filters(impacts=("unclear",))))
        imported = [entry for entry in unclear if entry.source != "seeds"]
        written = field_sources_of(db, [entry.key for entry in imported])
        guesses = [
            replace(entry, impact=guess_impact(entry.title, entry.summary), impact_guessed=True)
            for entry in imported
            if (entry.key, "impact") not in written
        ]
        guesses = [entry for entry in guesses if entry.impact != "unclear"]
        if guesses:
            catalog.upsert(guesses)
            # As an import would, so that a person's correction is noticed later. Undoing an import deletes it.
            sources = (
                FieldSource(entry.key, "impact", entry.source, 0, Priority.TEASER, hash_value(entry.impact))
                for entry in guesses
            )
            write_field_sources(db, sources, import_id=0)
    return len(guesses)
