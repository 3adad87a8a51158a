"""One line that names a change: `Title | v2.206 #794180 | 1:48`, in every way that posts write it."""

import re
from typing import NamedTuple

_NUMBER = (
    r"#\s?(?P<hash>\d{4,9})(?!\d)|[(\[]\s*(?:ID:?\s*)?#?(?P<bracket>\d{5,9})\s*[)\]]"
    r"|\b(?:ID\s*[:#]?|(?:ticket|change|feature|number|ref|reference)\s*:)\s*#?(?P<label>\d{5,9})(?!\d)"
)
_CELL = r"(?:(?<=\|)|^)\s*(?P<cell>\d{5,9})\s*(?=\||$)"  # a number alone between the bars of a table
_VERSION = r"(?:\b(?:HaloPSA|Halo|version|release)\s+)?(?<![\w.$])[vV]?\s?(?P<major>\d{1,2})\.(?P<minor>\d{1,4})(?:\.\d{1,5})*(?![\w.]*\d)"
_MINUTE = r"(?<![\d:.])(?P<minute>(?:\d{1,2}:)?\d{1,3}:[0-5]\d|(?:\d{1,2}h ?)?\d{1,3}m ?[0-5]?\ds)(?![\d:])"
# a number without a sign: only beside other data, or where a line begins
_BARE = r"(?<![\w#$€£.,:/-])(?P<bare>\d{6,7})(?![\w%/]|[.,:-]\d)"
_TOKEN = re.compile(f"(?:{_NUMBER}|{_CELL}|{_MINUTE}|{_VERSION}|{_BARE})", re.IGNORECASE)
# What may stand between the parts of one entry's data, and around them.
_BETWEEN = re.compile(
    r"(?:[\s|,;:·•–—\-()\[\]/@▶►⏱🕐]|\b(?:at|in|id|version|release|released|timestamp|time|minute|min|episode time|watch|number"
    r"|change|feature|ticket|ref|halo|no)\b)*",
    re.IGNORECASE,
)
_EDGE = " \t|,;:·•–—-/@▶►⏱"
_SET_OFF = re.compile(
    r"[|(\[·•–—▶►⏱\t@]\s*$|\s-\s*$|^\s*$"
)  # what has to stand before a minute or version that is apart from the number
_LEADING = re.compile(r"[\s(\[]*")
_APART = re.compile(r"\s*[|:–—-]\s")  # what sets a summary apart from the number before it
_CUT_VERSION = re.compile(r"\|\s*v\d{1,2}\.\d{2,4}\s*(?:#\s?\d{0,3})?$", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:see|also|see also|of|with|as|like|and|or|per|to|from|for|under|than|by|on|into|is|was|ticket|case|call|invoice)\s*$",
    re.IGNORECASE,
)


class Row(NamedTuple):
    """What one line says of one change. `title` may be empty where it stands on the line before."""

    number: str
    title: str
    after: str  # what follows the data on the same line: the summary
    version: str | None = None  # as written, "2.21"
    minute: str | None = None
    sure: bool = (
        True  # a version or bars stand by the number; without them only its surroundings say that it is a change
    )
    glued: bool = False  # the text after it follows without a space
    leads: bool = False  # the line begins with the number
    ends_open: bool = False  # the line ends in the number itself, so it may have been cut there


class Data(NamedTuple):
    """The data on a line that has nothing else on it."""

    number: str | None
    version: str | None
    minute: str | None


def read_row(text: str) -> Row | None:
    """The change a line names, or None when it names none (or only refers to one in passing)."""
    tokens = _tokens(text)
    numbers = [match for match in tokens if _number(match)]
    if not numbers:
        return None
    main, group = _main(tokens, numbers, text)
    start, end = group[0].start(), group[-1].end()
    while end < len(text) and text[end] in ")]":
        end += 1
    before, after = text[:start], text[end:]
    opened = before.rstrip()
    if opened.endswith(("(", "[")):
        before = opened[:-1]
    version, minute = _first(group, "minor"), _first(group, "minute")
    outer, before, after = _outer(tokens, group, before, after, end)
    version, minute = version or _first(outer, "minor"), minute or _first(outer, "minute")
    sure = version is not None or "|" in text
    title, rest = before.strip(_EDGE), after.lstrip(_EDGE).rstrip("| ")
    if len(title) <= 1 and not title.isalnum():
        title = ""
    glued = bool(after) and after[0].isalpha()
    if not title and rest:
        title, rest = rest, ""
    if sure and "|" not in text and _ASIDE.fullmatch(title):
        return None
    if not sure and (
        _ASIDE.search(title) or (rest and not _APART.match(after) and (rest[0].islower() or rest[0] in ".,;!?"))
    ):
        return None
    if sure and rest and not glued and rest[0].islower() and "|" not in text:
        return None
    leads = bool(_LEADING.fullmatch(text[: main.start()]))
    return Row(
        _number(main) or "",
        title,
        rest,
        version,
        plain_minute(minute),
        sure,
        glued,
        leads,
        ends_open=end == len(text) and main is group[-1] and bool(main["hash"]),
    )


def numbered(text: str) -> bool:
    """Whether a line has a number on it that could be a change's."""
    return any(_number(match) for match in _tokens(text))


def only_data(text: str) -> Data | None:
    """What a line says that has only a number, a version or a minute on it, and the words for them; None for any other
    line.
    """
    tokens = _tokens(text)
    if not tokens or len(text) > 120:
        return None
    places = [0, *(place for match in tokens for place in match.span()), len(text)]
    if not all(_BETWEEN.fullmatch(text[places[i] : places[i + 1]]) for i in range(0, len(places), 2)):
        return None
    bare = re.fullmatch(r"\s*\d{1,2}\.\d{1,4}\s*", text)  # "2.5" alone is no version
    number = next((_number(match) for match in tokens if _number(match)), None)
    return None if bare and not number else Data(number, _first(tokens, "minor"), _first(tokens, "minute"))


def cut_row(text: str) -> bool:
    """Whether a line looks like a change whose number was cut off: `Title | v2.214 #1`."""
    return _CUT_VERSION.search(text) is not None and len(text.split()) > 3


def plain_minute(minute: str | None) -> str | None:
    """A minute without zeros in front: `03:15` and `00:03:15` are `3:15`."""
    if minute is None:
        return None
    if "m" in minute.lower():  # 1h 2m 33s
        *hours, minutes, seconds = re.findall(r"\d+", minute)
        minute = ":".join((*hours, f"{int(minutes):02}", f"{int(seconds):02}"))
    first, *rest = minute.split(":")
    if len(rest) == 2 and int(first) == 0:
        first, *rest = rest
    return ":".join((str(int(first)), *rest))


def _number(match: re.Match[str]) -> str | None:
    return match["hash"] or match["bracket"] or match["label"] or match["cell"] or match["bare"]


def _tokens(text: str) -> list[re.Match[str]]:
    """All data on a line."""
    found = [match for match in _TOKEN.finditer(text) if _plausible(match, text)]
    return [match for at, match in enumerate(found) if not match["bare"] or _is_number(found, at, text)]


def _is_number(found: list[re.Match[str]], at: int, text: str) -> bool:
    """Whether digits without a sign are a change's number: a version or minute stands beside them, or the line begins
    with them as a label.
    """
    match = found[at]
    before, after = found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None
    if before and not _number(before) and _BETWEEN.fullmatch(text[before.end() : match.start()]):
        return True
    if after and not _number(after) and _BETWEEN.fullmatch(text[match.end() : after.start()]):
        return True
    return not text[: match.start()].strip() and _APART.match(text[match.end() :]) is not None


def _plausible(match: re.Match[str], text: str) -> bool:
    """`5.30` inside a sentence is no version and `9:00` no minute of an episode unless they stand by a number; that is
    seen by `_group`.
    """
    return not (match["minor"] and text[match.end() : match.end() + 1] == "%")


def _main(
    tokens: list[re.Match[str]], numbers: list[re.Match[str]], text: str
) -> tuple[re.Match[str], list[re.Match[str]]]:
    """The number that the line is about, with its data: the one it begins with, or has a version or minute beside it
    ("… (see #1) | v2.2 #2").
    """
    groups = [(number, _group(tokens, number, text)) for number in numbers]
    if _LEADING.fullmatch(text[: numbers[0].start()]):
        return groups[0]
    most = max(len(group) for _, group in groups)
    return groups[0] if most == 1 else [pair for pair in groups if len(pair[1]) == most][-1]


def _group(tokens: list[re.Match[str]], main: re.Match[str], text: str) -> list[re.Match[str]]:
    """The number with the one version and the one minute that stand next to it. Those to its right come first: what a
    title ends in may look like data too ("… TLS v1.2 | v2.214 #1063336").
    """
    group = [main]
    at = tokens.index(main)
    for step in (1, -1):
        place = at + step
        while 0 <= place < len(tokens):
            left, right = (group[-1], tokens[place]) if step == 1 else (tokens[place], group[0])
            between = text[left.end() : right.start()]
            if (
                _kind(tokens[place]) in map(_kind, group)
                or not _BETWEEN.fullmatch(between)
                or (step == -1 and _ends_title(tokens[place], between, text[: left.start()]))
            ):
                break
            group.insert(len(group) if step == 1 else 0, tokens[place])
            place += step
    return group


def _ends_title(match: re.Match[str], between: str, before: str) -> bool:
    """Whether what looks like a minute is the end of a title ("Shifts start before 9:00 | v2.226 #734823"): a bar
    follows it, and none stands before.
    """
    return (
        bool(match["minute"])
        and bool(between.strip())
        and _SET_OFF.search(before) is None
        and not _BETWEEN.fullmatch(before)
    )


def _kind(match: re.Match[str]) -> str:
    return "number" if _number(match) else "minute" if match["minute"] else "version"


def _outer(
    tokens: list[re.Match[str]], group: list[re.Match[str]], before: str, after: str, end: int
) -> tuple[list[re.Match[str]], str, str]:
    """Version and minute that stand apart, at the very start or end of the line, and what is left of the text without
    them.
    """
    found = []
    left = [match for match in tokens if match.end() <= group[0].start() and not _number(match)]
    if (
        left
        and not before[: left[0].start()].strip(_EDGE + "([")
        and re.match(r"\s*[|)\]·•–—:\-]", before[left[0].end() :])
    ):
        last = left[0]
        for match in left[1:]:
            if _kind(match) in map(_kind, left[: left.index(last) + 1]) or not _BETWEEN.fullmatch(
                before[last.end() : match.start()]
            ):
                break
            last = match
        found += left[: left.index(last) + 1]
        before = before[last.end() :].lstrip(_EDGE + ")]")
    right = [match for match in tokens if match.start() >= end and not _number(match)]
    if right and not after[right[-1].end() - end :].strip(_EDGE + ")]"):
        first = right[-1]
        for match in reversed(right[:-1]):
            between = after[match.end() - end : first.start() - end]
            if (
                _kind(match) in map(_kind, right[right.index(first) :])
                or not _BETWEEN.fullmatch(between)
                or _ends_title(match, between, after[: match.start() - end])
            ):
                break
            first = match
        if _SET_OFF.search(after[: first.start() - end]):
            found += right[right.index(first) :]
            after = after[: first.start() - end].rstrip(_EDGE + "([")
    return found, before, after


def _first(matches: list[re.Match[str]], what: str) -> str | None:
    for match in matches:
        if match[what]:
            return f"{match['major']}.{match['minor']}" if what == "minor" else match[what]
    return None
