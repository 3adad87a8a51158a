"""What a change does to those who upgrade, guessed from what its source says.

docs/catalogue.md says what each impact means. A rule cannot know whether "now" brings something new or changes what was
there; whoever shows a guess says that it is one.
"""

import re
from dataclasses import replace

from bot.catalog.models import Filters, Impact
from bot.catalog.provenance import FieldSource, field_sources_of, hash_value, write_field_sources
from bot.catalog.repository import Catalog
from bot.ingest.models import Priority

MAX_TEXT_LENGTH = 2_000  # what a change does stands at the beginning of its text


def _any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern for all. None of them may repeat over long stretches: no text may make them slow."""
    return re.compile("|".join(patterns), re.IGNORECASE)


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
    r"\b(?:bug|hot)?fix(?:ed|es)?\b(?![ -](?:price|fee|rate|cost|term|amount|width|size|asset))(?! \w+ \w*limitation)",
    r"\bbugs?\b|\bcorrect(?:ed|s)\b|\brectif(?:y|ied|ies)\b",
    r"\b(?:resolv|solv|address|repair)(?:ed?|es|ing)\b.{0,20}\b(?:issues?|problems?|errors?|bugs?|faults?)\b",
    r"\bno longer (?:fails?|errors?|breaks?|crash(?:es)?|hangs?|times? out|throws?)\b",
    r"\bno longer (?:lost|missing|duplicated|truncated|ignored|skipped|stuck|empty|blank)\b",
)
_OPT_IN = _any_of(
    rf"{_SWITCH}.{{0,60}}\b(?:added|introduced|available|included|created)\b",
    rf"{_ADDS}.{{0,40}}{_SWITCH}",
    rf"\b(?:is (?:now )?an?|via an?|with an?|global|advanced) {_SWITCH}",
    rf"\b(?:a|an|new) {_SWITCH} (?:now|can|to|that|which|allows?|lets?|controls?|expands?)\b",
    rf"\b(?:can|may) (?:now |also ){{0,2}}(?:{_SETS}|show/hide)\b|\bability to {_SETS}\b",
    r"\bpossible to (?:hide|exclude|restrict|limit|override|require|enable|disable|configure)\b",
    rf"\b(?:can|may) (?:now |also ){{0,2}}be {_IS_SET}\b",
    r"\b(?:halo|ai) can now\b|\bcan now (?:automatically|default|be matched)\b",  # what it can do has a switch
    r"\bconfigurable\b|\bcustomi[sz]able\b|\ballows? configuration\b|\bcontrol (?:over|for)\b",
    r"\bconfig(?:uration)? >",
    r"\boptional(?:ly)?\b|\b(?:if|when) enabled\b|\bopt(?:s|ed)?[ -]in\b",
)
# "Improvements to …" says nothing by itself: only what is better about it does.
_VAGUE = _any_of(
    r"\b(?:improvements?|enhancements?|improves|enhances)\b|^changes to\b",
    r"\b(?:various|multiple|minor|several) changes\b",
)
_BETTER = (
    r"\b(?:performance|speed|accuracy|accurate|display|displayed|ux|usability|load(?:s|ing)?|sync(?:ing)?|handling"
    r"|matching|layout)\b"
)
_CHANGED = r"(?:changed|renamed|moved|removed|replaced|deprecated|retired|enforced|updated|improved|aligned)\b"
_ENHANCES = r"\b(?:improv|enhanc|optimi[sz])\w+\b"
_CHANGE = _any_of(
    rf"{_ENHANCES}.{{0,40}}{_BETTER}|{_BETTER}.{{0,20}}{_ENHANCES}|\b(?:faster|quicker)\b",
    r"\bwill (?!now allow|allow|enable|let|be able|be used to)|\bby default\b|\bno longer\b|\bautomatically\b",
    rf"\b(?:been|is|are|was|were|get|gets|got) {_CHANGED}|(?:^|\. ){_CHANGED}",
    r"(?:^|\. )(?:shows|removes|moves|changes (?!to\b)|ensures|renames|replaces|groups|splits|hides|sends)\b",
    # "now shows", "are now audited"; not "can now show", "now supports", "is now possible"
    r"(?<!\bcan )(?<!\bmay )\bnow (?!allow|support|possible|available|able|multi|(?:an?|be|can|in|you)\b)[a-z]+",
    r"\bnow an? (?:mandatory|required|read-only)\b|\b(?:has|have) moved\b",
)
_NEW = _any_of(
    r"\bnew\b|\badd(?:ed|s|ing|itional)?\b|\bintroduc(?:ed|es|ing|tion)\b|\bcan (?:now|be)\b|\bnow possible\b",
    r"\bsupports?\b|\bability to\b|\ballow(?:s|ed)?\b|\benables?\b|\bavailable\b|\bintegration (?:with|for)\b|\bmode\b",
)
_ADDED_SWITCH = _any_of(
    rf"\b(?:a|an|new) (?:new |global |advanced )?{_SWITCH} (?:has|have) been (?:added|introduced)\b",
    rf"\badded an? (?:new |global |advanced )?{_SWITCH}",
)
# The questions of docs/catalogue.md, in their order: the first that answers decides.
_RULES: tuple[tuple[Impact, re.Pattern[str]], ...] = (
    ("fix", _FIX),
    ("opt-in", _OPT_IN),
    (
        "new",
        _any_of(r"\b(?:it is |is |are )?now (?:possible|allowed)\b|\bcan now be (?:used|selected|added|imported)\b"),
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
    return "opt-in" if impact != "fix" and _ADDED_SWITCH.search(text) else impact


def _first_answer(text: str) -> Impact:
    return next((impact for impact, pattern in _RULES if pattern.search(text)), "unclear")


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
