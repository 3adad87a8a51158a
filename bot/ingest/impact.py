"""What a change does to those who upgrade, guessed from what its source says. Pure.

docs/catalogue.md says what each impact means. A rule cannot know whether "now" brings something new or changes what was
there; whoever shows a guess says that it is one.
"""

import re

from bot.catalog.models import Impact

MAX_TEXT_LENGTH = 2_000  # what a change does stands at the beginning of its text
_WHAT = r"(?:settings?|options?|permissions?|checkbox(?:es)?|toggles?|switch(?:es)?|flags?|feature flags?|preferences?)"
_FIX = re.compile(
    r"\b(?:bug|hot)?fix(?:ed|es)?\b|\bbugs?\b|\bcorrect(?:ed|s)\b|\brectif(?:y|ied|ies)\b"
    r"|\bresolv(?:ed?|es|ing)\b.{0,20}\b(?:issues?|problems?|errors?|bugs?|faults?)\b"
    r"|\bno longer (?:fails?|errors?|breaks?|crash(?:es)?|hangs?|times? out|throws?)\b",
    re.IGNORECASE,
)
_OPT_IN = re.compile(
    rf"\b{_WHAT}\b.{{0,60}}\b(?:added|introduced|available|included|created)\b"
    rf"|\b(?:add(?:ed|s|ing)?|introduc\w+|new|is (?:now )?an?|via an?|with an?|optional)\b.{{0,40}}\b{_WHAT}\b"
    rf"|\b(?:a|an|the|this) {_WHAT} (?:now|can|to|that|which|allows?|lets?|controls?)\b"
    r"|\b(?:can|may) (?:now |also )?be (?:enabled|disabled|turned (?:on|off)|switched (?:on|off)|configured)\b"
    r"|\boptional(?:ly)?\b|\bif enabled\b|\bwhen enabled\b|\bopt(?:s|ed)?[ -]in\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\bwill (?:now|no longer|always)\b|\bby default\b|\bno longer\b|\bautomatically\b"
    r"|\b(?:changed?|renamed|moved|removed|replaced|deprecated|retired|enforced|updated|improved)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\bnew\b|\badd(?:ed|s|ing|itional)?\b|\bintroduc(?:ed|es|ing|tion)\b|\bcan (?:now|be)\b"
    r"|\bnow supports?\b|\bsupport for\b|\bability to\b|\ballows?\b|\benables?\b|\bavailable\b"
    r"|\bintegration (?:with|for)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\bnow\b", re.IGNORECASE)
# In the order in which the questions are asked: the first that answers decides.
_RULES: tuple[tuple[Impact, re.Pattern[str]], ...] = (
    ("fix", _FIX),
    ("opt-in", _OPT_IN),
    ("changes behaviour", _CHANGE),
    ("new", _NEW),
    ("changes behaviour", _NOW),
)


def guess_impact(title: str, text: str = "") -> Impact:
    """The impact that a change's title and text speak of; "unclear" where they don't.

    The title decides where it says anything: `guess_impact("Added a setting to lock quotes")` is `"opt-in"`.
    """
    for part in (title, text):
        part = part[:MAX_TEXT_LENGTH]
        for impact, pattern in _RULES:
            if pattern.search(part):
                return impact
    return "unclear"
