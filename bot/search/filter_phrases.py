"""Filters in plain words: "with a warning", "fixes", "off by default", "what acts by itself", "new features only".

Pure.
"""

import re
from typing import NamedTuple

from bot.catalog.models import IMPACTS, Impact
from bot.search.marked_pattern import LazyPattern, MarkedPattern

# What is typed behind `kind:` and `impact:`.
KINDS = {
    "faq": "faq", "faqs": "faq", "question": "faq", "guide": "guide", "guides": "guide",
    "feature": "feature", "features": "feature", "change": "feature",
}  # fmt: skip
IMPACT_NAMES: dict[str, Impact] = {
    **{impact: impact for impact in IMPACTS},
    "changes": "changes behaviour", "changes-behaviour": "changes behaviour", "changes behavior": "changes behaviour",
    "behaviour": "changes behaviour", "behavior": "changes behaviour", "optin": "opt-in", "opt in": "opt-in",
    "fixes": "fix", "unknown": "unclear",
}  # fmt: skip

_A_WARNING = r"(?:an?\s+|any\s+|some\s+|the\s+)?(?:warnings?|cautions?|caveats?|gotchas?|health warnings?)"
_WARNINGS = MarkedPattern(
    rf"\b(?:(?:that|which)\s+)?(?:(?:comes?|came|coming|arrives?)\s+with|have|has|had|with|carry|carries"
    rf"|carrying|got|need|needs)\s+{_A_WARNING}\b"
    rf"|^\W*(?:(?:list|show(?:\s+me)?|are\s+there|give\s+me|what|which|see)\s+)*(?:all\s+|any\s+"
    r"|(?:the\s+)?(?:latest|newest|recent)\s+"
    rf"|every\s+)?(?:of\s+)?{_A_WARNING}\b"
    r"(?!\s+(?:email|message|popup|about\s+(?:it|that|this)\b|for\s+(?:it|that|this)\b|sign))"
    r"|\b(?:(?:that|which|what|we|i|you|to|should|must|need\s+to|have\s+to|do|ought\s+to"
    r"|be)\s+){1,8}(?:be\s+)?test(?:ed|ing)?\b"
    r"(?:\s+(?:first|before\S*|beforehand|carefully|in advance)\b(?:\s+(?:we\s+|i\s+)?(?:enabl|upgrad|turn"
    r"|switch|go|us|roll)\w*(?:\s+(?:it|them|on|out|live)){0,3})?)?"
    r"|\b(?:needs?|requires?|deserves?) (?:to\s+be\s+tested|testing|(?:some |a )?tests?)\b"
    r"|\btest[- ]first\b|\b(?:to\s+be|be|should\s+we\s+be|we\s+be)\s+(?:careful|cautious)\s+(?:with|about|of)\b"
    r"|\b(?:anything|something|what(?:'?s|\s+is))\s+(?:too\s+)?(?:risky|scary|dangerous|nasty|worrying)\b"
    r"|\b(?:are|is)\s+risky\b|\brisky(?=\s+(?:changes?|ones?|features?|updates?)\b)|\b(?:to\s+)?watch\s+out\s+for\b",
    "warning caution caveat gotcha test careful cautious risky watch scary dangerous nasty worrying",
)
_PATTERNS: tuple[tuple[Impact, MarkedPattern], ...] = (
    (
        "fix",
        MarkedPattern(
            r"\b(?:bug[\s-]?)?fixes\b|\bbugs?[\s-]+(?:that\s+)?(?:(?:were|was|got|have\s+been|are)\s+)?fix(?:ed"
            r"|es)?\b|\bfixed\s+bugs?\b|\bbug\s?fix(?:es)?\b"
            r"|\bwhat(?:'s|s|\s+is|\s+was|\s+were|\s+got|\s+has|\s+have)?(?:\s+been)?\s+fixed\b|\bwhat\s+(?:did"
            r"|have|has)\s+(?:they|halo)\s+fix(?:ed)?\b"
            r"|\b(?:which|what)\s+bugs\b|\bfixed\s+(?:issues|things|problems)\b"
            r"|\b(?:does|did|do|has|have|will)\s+(?:(?:it|they|halo|this|that)\s+)?fix(?:ed)?\s+(?:anything|something"
            r"|any\s+bugs?|bugs?)\b|^\W*what\s+(?:does|did|do|will)\s+(?:(?:it|they|halo)\s+)?fix\b",
            "fix bug",
        ),
    ),
    (
        "opt-in",
        MarkedPattern(
            r"\b(?:(?:that|which)\s+(?:are|is)\s+)?(?:off|disabled|not\s+on|not\s+enabled|turned\s+off"
            r"|switched\s+off)\s+by\s+default\b|\bopt[\s-]?in(?=\W+(?:changes?|features?|settings|updates?|ones|things|stuff)\b)"
            r"|(?:is|are)\s+opt[\s-]?in\b"
            r"|\b(?:(?:that|which|what|do|we|i|you|they|can|could|has|have|need|needs|must|to|be"
            r"|us)\s+){0,6}(?:have|has|need|needs|must|can|could|should)\s+(?:(?:to|be|we|i)\s+){0,4}"
            r"(?:enabl(?:e|ed|ing)|(?:switch|turn)(?:ed|ing)?\s+on|activat(?:e|ed"
            r"|ing))\b(?:\s+(?:by\s+)?(?:ourselves|ourself|yourself|manually|first|by\s+hand|it|them)){0,3}"
            r"|\bbehind\s+a\s+(?:setting|switch|toggle|flag)\b|\b(?:that|which)\s+(?:are|is)\s+optional\b",
            "default opt enabl switch turn activat behind",
        ),
    ),
    (
        "changes behaviour",
        MarkedPattern(
            r"\b(?:(?:that|which|what|will|do|does)\s+){0,4}(?:chang(?:e|es|ed|ing)\s+(?:the\s+)?(?:existing\s+"
            r"|current\s+)?behaviou?rs?|behave(?:s)?\s+differently"
            r"|work(?:s)?\s+differently|act(?:s|ing)?\s+by\s+(?:it|them)sel(?:f|ves)|act(?:s"
            r"|ing)?\s+on\s+(?:its|their)\s+own)\b"
            r"|\b(?:different|changed?|changes|happens?|on|active|applied|applies|takes?\s+effect"
            r"|kicks?\s+in)\s+(?:all\s+)?(?:by\s+(?:it|them)sel(?:f|ves)|automatically|on\s+(?:its|their)\s+own"
            r"|without\s+(?:us|me|anyone|anybody|asking)(?:\s+(?:doing|touching|enabling|asking)(?:\s+(?:it"
            r"|anything|them))?)?)"
            r"|\b(?:that|which|what)\s+(?:(?:changes?|features?|updates?|ones|things|settings|options)\s+)?(?:are|is|s|will\s+be)"
            r"\s+(?:turned\s+|switched\s+)?(?:on|enabled|active)\s+by\s+default\b|\bbreaking\s+changes\b"
            r"|(?:^\W*(?:(?:what|which|all)\s+)?(?:updates\s+)?|\b(?:changes?|features?|ones|things|everything|anything)\s+)"
            r"(?:turned\s+|switched\s+)?(?:on|enabled|active)\s+by\s+default\b"
            r"|\bbehaviou?r(?:al)?\s+changes\b|\bchanges\s+(?:in|of|to)\s+behaviou?r\b",
            "behav differently itself themself itselves themselves automatically own without default breaking",
        ),
    ),
    (
        "new",
        MarkedPattern(
            r"\b(?:only\s+(?:the\s+)?(?:brand[\s-]?)?new\s+(?:features|ones|things|functionality)"
            r"|(?:brand[\s-]?)?new\s+features\s+only|just\s+(?:the\s+)?new\s+features|brand[\s-]new"
            r"|(?:entirely|completely)\s+new)\b",
            "only just brand entirely completely",
        ),
    ),
)
_MARKS = tuple(
    {mark: None for pattern in (_WARNINGS, *(pattern for _, pattern in _PATTERNS)) for mark in pattern.marks}
)
# Of these texts it is clear that changes are asked for; "how do I turn on …" is a question how something is done.
_HOW_TO = LazyPattern(r"^\W*(?:how|why|can\s+(?:i|we|you)|could|where|when)\b", re.IGNORECASE)
_OF_CHANGES = LazyPattern(
    r"\b(?:changes?|updates?|features?|improvements?|additions?|things?|ones|stuff|everything|anything|all"
    r"|fixes|upgrad\w+|(?:what|which)\s+acts?)\b|^\W*(?:which|what|list|show)\b",
    re.IGNORECASE,
)
MAX_BARE_WORDS = 3  # "fixes", "bug fixes in", "billing cautions": nothing else is in the text
_DEFAULT_REST = LazyPattern(
    r"\b(?:once|after|when|is|it|installed|upgrade[ds]?|upgrading|we|us|ourselves|for us)\b", re.IGNORECASE
)


class FoundFilters(NamedTuple):
    """The filters that a text has in plain words, and the text without them."""

    warnings: bool
    impacts: tuple[Impact, ...]
    rest: str


def extract_filters(text: str, has_versions: bool = False) -> FoundFilters:
    """The filters in a text. `has_versions`: it names versions besides, so that changes are asked for."""
    if not any(map(text.lower().__contains__, _MARKS)):  # hardly a question has one
        return FoundFilters(False, (), text)
    patterns = [(impact, pattern) for impact, pattern in _PATTERNS if pattern.may_match(text)]
    if not patterns and not _WARNINGS.may_match(text):
        return FoundFilters(False, (), text)
    is_about_changes = has_versions or bool(_OF_CHANGES.search(text)) or len(text.split()) <= MAX_BARE_WORDS
    if _HOW_TO.match(text) or not is_about_changes:
        return FoundFilters(False, (), text)
    rest, has_warnings = text, False
    impacts: list[Impact] = []
    if match := _WARNINGS.search(rest):
        rest, has_warnings = f"{rest[: match.start()]} {rest[match.end() :]}", True
    for impact, pattern in patterns:
        if match := pattern.search(rest):
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
            impacts.append(impact)
    if impacts or has_warnings:
        rest = _DEFAULT_REST.sub(" ", rest)
    return FoundFilters(has_warnings, tuple(impacts), rest)
