"""Signs and labels that mark a change: as one that matters, as one to be tested first, or as nothing that is asked for.

take_marks("⚠️ Import of bank statements")       -> Marks("Import of bank statements", caution=True)
take_marks("[HIGHLIGHT] Bulk edit of assets")     -> Marks("Bulk edit of assets", highlighted=True)
take_marks("[FIX] Duplicate mails are dropped")   -> Marks("Duplicate mails are dropped")
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.ingest.readers.prose import TEST_BEFORE

GENERAL_CAUTION = "The source advises caution."  # where it says no more than that

_STARS = "⭐🌟★🔥🏆❗‼💥💡🚀✨"
_STAR = re.compile(rf"[{_STARS}]|:(?:star2?|fire|trophy|exclamation|boom|important|rotating_light|sparkles|rocket):")
_WARNING = re.compile(r"[⚠🚧⛔🛑🚨]|:(?:warning|construction|no_entry|octagonal_sign):")
_SIGN = (
    r"(?:\d\ufe0f?\u20e3"
    r"|[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u203c\U0001f300-\U0001faff]\ufe0f?|:[a-z0-9_+-]{2,30}:)"
)
_HIGHLIGHT_WORD = (
    r"(?:key )?highlight(?:ed)?|important(?: change)?|must[- ](?:know|see|have|read)|key (?:change|feature)|big one"
    r"|top pick|featured|!{1,3}"
)
_CAUTION_WORD = (
    r"(?:use with )?caution(?: advised)?|warning|careful|be careful|beware|(?:test|try) (?:this |it |them )?first"
    r"|risky|breaking(?: change)?|handle with care|heads[- ]up"
)
_OTHER_WORD = (
    r"new|new feature|fix|fixed|bug(?: ?fix)?|improve(?:d|ment)|changed?|enhance(?:d|ment)|feature|added|updated?|beta"
    r"|preview|removed|deprecated"
)
_ANY_SIGN = re.compile(_SIGN)
# A title without any of these has no mark, and hardly a title has one.
_IN_EACH_MARK = re.compile(r"[:\[(|*\-\x80-\U0010ffff]")
_WORD = rf"(?:(?P<highlight>{_HIGHLIGHT_WORD})|(?P<caution>{_CAUTION_WORD})|(?P<other>{_OTHER_WORD}))"
# "[FIX]", "【NEW】", "(Caution)" and "HIGHLIGHT:" before a title.
_BRACKETED = re.compile(rf"[\[【]\s*!?{_WORD}\s*[\]】]\s*:?\s*(?:[-–—]\s+)?", re.IGNORECASE)
_ROUND = re.compile(rf"\(\s*(?:(?P<highlight>{_HIGHLIGHT_WORD})|(?P<caution>{_CAUTION_WORD}))\s*\)", re.IGNORECASE)
_LABEL_BEFORE = re.compile(rf"{_WORD}\s?:\s+(?=\S)", re.IGNORECASE)
_ONLY_WORD = re.compile(rf"[\[(]?\s*{_WORD}\s*[\])]?[!.]?", re.IGNORECASE)
_SIGNS_BEFORE = re.compile(rf"(?:{_SIGN}\s*)+(?=\S)")
_SIGNS_BEHIND = re.compile(rf"(?<=\S)[\s|(]*(?:{_SIGN}\s*){{1,8}}\)?$")
_LABEL_BEHIND = re.compile(
    rf"(?:\s*(?:[\[(|–—*]{{1,2}}|{_SIGN})|\s-(?=\s))\s*"
    rf"(?:(?P<highlight>{_HIGHLIGHT_WORD})|(?P<caution>{_CAUTION_WORD}|{TEST_BEFORE}))\s*[\])*]{{0,2}}[!.]?$",
    re.IGNORECASE,
)
_NOT_COMING = r"(?:now )?(?:withdrawn|postponed|deferred|rolled back|cancell?ed)"
_WITHDRAWN = re.compile(
    rf"\W{{0,6}}(?:[\[(【]{_NOT_COMING}[\])】]|(?:withdrawn|postponed|deferred|rolled back)\s?:\s)", re.IGNORECASE
)
_WITHDRAWN_BEHIND = re.compile(rf"[\[(【]{_NOT_COMING}[\])】]\W{{0,6}}$", re.IGNORECASE)
_PLURAL = re.compile(r"\b(highlight|caution|warning)s\b", re.IGNORECASE)
_AROUND_MARK = " |()[]【】–—-:"
# What stands before the number that a line begins with.
_BEFORE_NUMBER = re.compile(r"(?:[^\d\n]|\d\ufe0f?\u20e3){1,60}?(?=[#(\[`]{0,2}[1-9]\d{5,7}(?!\d))")
# Behind a mere word digits may be an amount: "Fixed 123456 Duplicates", "New 1250000 Rows".
_AMOUNT_BEHIND = re.compile(r"\w\s(?:[1-9]\d{5}(?!\d)|[1-9]\d{2,4}000(?!\d))")
_MAX_MARKS = 6  # of one title
SAID_TO_BE_WITHDRAWN = "said to be withdrawn, or not yet to come"
MAX_MARK_LENGTH = 60  # characters, of a text that is nothing but a mark


class Marks(NamedTuple):
    """A title without its marks, and what they say."""

    title: str
    highlighted: bool = False
    caution: bool = False


def take_marks(title: str) -> Marks:
    """A title without the signs and labels at its edges, and what they say about the change."""
    text, highlighted, caution = title.strip(), False, False
    if not _IN_EACH_MARK.search(text):
        return Marks(text)
    for _ in range(_MAX_MARKS):
        before = _SIGNS_BEFORE.match(text) or _BRACKETED.match(text) or _ROUND.match(text) or _find_label(text)
        behind = None if before else _find_behind(text)
        found = before or behind
        if not found or not (rest := text[found.end() :] if before else text[: found.start()]).strip(" |"):
            break
        says = read_mark(found[0])
        highlighted = highlighted or says.highlighted
        caution = caution or says.caution or bool(behind and behind.groupdict().get("caution"))
        text = rest.strip(" |")
    return Marks(text, highlighted, caution)


def read_mark(text: str) -> Marks:
    """What a text that is nothing but marks says; its title is what is left of it, "" where nothing is."""
    has_signs = ":" in text or not text.isascii()
    left = (_ANY_SIGN.sub("", text) if has_signs else text).strip(_AROUND_MARK)
    word = _ONLY_WORD.fullmatch(left) if len(left) < MAX_MARK_LENGTH else None
    return Marks(
        "" if word or not left else text,
        bool((has_signs and _STAR.search(text)) or (word and word["highlight"])),
        bool((has_signs and _WARNING.search(text)) or (word and word["caution"])),
    )


def says_withdrawn(title: str) -> bool:
    """Whether a label says that a change does not come (yet): "Withdrawn: …", "[POSTPONED] …", "… (cancelled)"."""
    lower = title.lower()
    if not any(map(lower.__contains__, ("withdrawn", "postponed", "deferred", "rolled back", "cancel"))):
        return False
    return _WITHDRAWN.match(title) is not None or _WITHDRAWN_BEHIND.search(title[-MAX_MARK_LENGTH:]) is not None


def read_tags(tags: Iterable[str]) -> Marks:
    """What a change's tags or labels say about it ("highlight", "Must-know", "test_first"), and as `title` the only one
    that says something else, "" where several do.
    """
    highlighted = caution = False
    others: list[str] = []
    for tag in tags:
        mark = read_mark(_PLURAL.sub(r"\1", tag.strip().lstrip("#").replace("_", " ").replace("-", " ")))
        highlighted, caution = highlighted or mark.highlighted, caution or mark.caution
        if mark.title:
            others.append(tag.strip())
    return Marks(others[0] if len(others) == 1 else "", highlighted, caution)


def split_signs_before(text: str) -> tuple[str, str]:
    """The signs that a line begins with ("⭐", ":star:"), and the line without them."""
    found = _SIGNS_BEFORE.match(text) if text[:1] == ":" or text[:1] > "\x7f" else None
    return (found[0], text[found.end() :]) if found else ("", text)


def split_marks_before(text: str) -> tuple[str, str]:
    """The signs and labels that a line begins with before its number ("⭐", "WARNING:", "[NEW]"), and the line without
    them; the signs where no number follows.
    """
    signs, rest = split_signs_before(text)
    before = _BEFORE_NUMBER.match(text)
    if before is None or read_mark(before[0]).title or not any(map(str.isalnum, before[0])):
        return signs, rest
    if any(before[0].count(begin) != before[0].count(end) for begin, end in ("()", "[]", "【】")):  # "[Change 1200001]"
        return signs, rest
    rest = text[before.end() :] if _AMOUNT_BEHIND.match(before[0][-2:] + text[before.end() :][:20]) is None else ""
    return (before[0], rest) if rest else split_signs_before(text)


def split_marks_behind(text: str) -> tuple[str, str]:
    """A line without the signs, labels and cells at its end that are nothing but marks, and these."""
    end = len(text)
    for _ in range(_MAX_MARKS):
        bar = text.rfind("|", max(0, end - 40), end)
        if bar > 0 and text[bar + 1 : end].strip() and not read_mark(text[bar + 1 : end]).title:
            end = bar
        elif (behind := _find_behind(text[:end])) and text[: behind.start()].strip():
            end = behind.start()
        else:
            break
    return text[:end], text[end:]


def _find_label(text: str) -> re.Match[str] | None:
    """The label before a title. "Fix: the button …" has none, for it goes on in lower case."""
    label = _LABEL_BEFORE.match(text)
    if label is None or not label["other"] or not label[0][:2].istitle():
        return label
    return None if text[label.end() :][:40].split()[0].islower() else label


def _find_behind(text: str) -> re.Match[str] | None:
    """The signs, or the label, that a title ends in; only its end is looked at."""
    start = max(0, len(text) - 60)
    return _SIGNS_BEHIND.search(text, start) or _LABEL_BEHIND.search(text, start) or _search_round_end(text, start)


def _search_round_end(text: str, start: int) -> re.Match[str] | None:
    match = _ROUND.search(text, start)
    return match if match and match.end() == len(text) else None
