"""One line that names a change, in every way that posts write it.

    parse_row("Budgets per phase | v2.206 #794180 | 1:48")
    -> ParsedRow(number="794180", title="Budgets per phase", version=Version(2, 206), minute="1:48", …)

    parse_row("1:48 – Budgets per phase (#794180): hours and money")     # the same, with a summary
    parse_row("It works like #794180 does.")                             # None: only a reference

A line is cut into tokens (numbers, versions, minutes). The tokens that stand side by side around a number are its data;
the text in front of them is the title and the text behind them the summary.
"""

import re
from itertools import islice
from typing import Literal, NamedTuple

from bot.catalog.models import VERSION_PATTERN, Version
from bot.ingest.readers.marks import read_mark, split_marks_before, split_marks_behind
from bot.ingest.readers.post.credits import move_credit
from bot.ingest.readers.post.other_numbers import names_other_number

TokenKind = Literal["number", "version", "minute"]

_NUMBER = (
    r"#\s?(?!20[0-4]\d(?!\d))(?P<hash>\d{4,9})(?!\d|-\d\d-\d\d)"
    r"|[(\[`]\s*(?:ID:?\s*)?#?(?P<bracket>\d{5,9})\s*[)\]`]"
    r"|\b(?:(?:(?<![^(\[|])Halo(?:PSA)?[ -])?(?<!entra )(?<!apple )ID\s*[:#]?"
    r"|(?:ticket|change|feature|number|ref|reference)\s*:"
    # Without a colon only at the edge of a title, with a sign behind: "Change 794180: Budgets", "(change 794180)".
    r"|(?<![^(\[|])(?:change|feature|enhancement|improvement|fix)(?= #?\d{6,9}(?:[:)\]]| [–—-] )))"
    r"\s*#?(?P<label>\d{5,9})(?!\d)"
    r"|[(\[]?(?<![\w-])(?-i:[A-Z]{2,10})-(?P<key>[1-9]\d{5,7})(?![\w-])[)\]]?"  # a tracker's key: "HALO-794180"
)
_CELL = r"(?:(?<=\|)|^)\s*(?:[A-Z]{2,8}-)?(?P<cell>\d{5,9})\s*(?=\||$)"  # a number alone between the bars of a table
_VERSION = (  # no currency before it, no longer number around it; a build number after it is dropped
    r"(?:\b(?:Halo ?PSA|Halo|version:?|release:?)\s+)?(?<![\w.$])(?:v\.?)?\s?"
    rf"(?P<version>{VERSION_PATTERN})(?>(?:\.\d{{1,5}})*)(?![\w.]{{0,40}}\d)"
)
MINUTE = (  # 1:48, 1:02:33, 1m 48s, 1h 2m 33s
    r"(?<![\d:.])(?P<minute>(?:\d{1,2}:)?\d{1,3}:[0-5]\d|(?:\d{1,2}h ?)?\d{1,3}m ?[0-5]?\ds)(?![\d:])"
)
# Digits without any sign: a number only beside other data, or as a label at the start of a line.
_BARE = r"(?<![\w#$€£.,:/-])(?P<bare>\d{6,7})(?![\w%/]|[.,:-]\d)"
_TOKEN = re.compile(f"(?:{_NUMBER}|{_CELL}|{MINUTE}|{_VERSION}|{_BARE})", re.IGNORECASE)
# What may stand between the tokens of one change, and around them.
_BETWEEN = re.compile(
    r"(?:[\s|,;:·•–—\-()\[\]/@▶►⏱🕐`]"
    r"|\b(?:at|in|id|version|release|released|timestamp|time|minute|min|episode time|watch|listen|video|number"
    r"|change|feature|ticket|ref|halo|no)\b)*",
    re.IGNORECASE,
)
EDGES = " \t|,;:·•–—-/@▶►⏱`"  # separators to strip from a title and a summary
_EMOJI_CODE = re.compile(r":[a-z0-9_+-]{2,30}:")  # ":star:": its colons are no separators
# What has to stand before a version or minute at the end of a line that is apart from the number.
_SEPARATED = re.compile(
    r"(?:[|(\[·•–—▶►⏱\t@]\s*|\s-\s*|^\s*)"
    r"(?:(?:at|from|min|minute|time|timestamp|video|(?:watch|listen)(?: at)?)\b\s*:?\s*)?$",
    re.IGNORECASE,
)
_TITLE_FOLLOWS = re.compile(r"\s*[|)\]·•–—:\-]")
_WORD_FOLLOWS = re.compile(r"\s+[\"'“”‘„(\[]?(?:[^\W\d_a-z]|\$[A-Z])")  # a capital letter after blanks
_LIST_LABEL = re.compile(
    r".{3,}(?:\s[-–—]|\s*[|·•]|\w:\s)\s*", re.DOTALL
)  # what stands before a number at a line's end
_LINE_START = re.compile(r"[\s(\[]*")
_BEGINS_WITH_DATA = re.compile(r"[(\[#`]?\d")
_SUMMARY_FOLLOWS = re.compile(r"\s*[|:–—-]\s|\s+(?:⚠|:warning:)")
_CUT_OFF = re.compile(rf"\|\s*v(?=\d+\.\d\d){VERSION_PATTERN}\s*(?:#\s?\d{{0,3}})?$", re.IGNORECASE)
# Words that lead to a reference: "see #1234567", "the same as #1234567".
_REFERS = re.compile(
    r"\b(?:see|also|see also|of|with|as|like|and|or|per|to|from|for|under|than|by|on|into|is|was"
    r"|ticket|case|call|invoice)\s*$",
    re.IGNORECASE,
)
# The same before a number that has brackets around it: "raised in ticket (#1234567)".
# A title may end in such a noun: "Guests can follow a ticket (#1234567)".
_REFERS_BY_NOUN = re.compile(
    r"(?:\bsee(?: also)?"
    r"|(?:^|\b(?:in|from|under|see|via|as|by)(?: (?:the|this|that|our|your|my|support|original)){0,2} )"
    r"(?:ticket|case|call|invoice))\s*$",
    re.IGNORECASE,
)
# Words before "ID" that make it something else's: "category ID 204512", "the client's id: 10234".
_OTHER_ID = re.compile(
    r"\b(?:categor(?:y|ies)|client|customer|agent|user|site|asset|team|tenant|status|field|template|report|contract|item"
    r"|workflow|action|article|rule|type|area|department|mailbox|record|object|event|app|application)(?:['’]?s)?\s+$",
    re.IGNORECASE,
)
_SIDE_NUMBER = r"([1-9]\d{5,7})(?![.:-]\d|,\d{1,5}\b|\w)"
# Digits that are no number: a day, an amount that is round, or that counts what follows ("250000", "12345678 rows").
_AMOUNT = r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|\d{3,5}000(?!\d)|\d{6,8} [a-z]"
# Two numbers of which neither is said to be less than the other: "(#1101201, #1101202)", "#1101201 / #1101202". One
# without a sign has to be joined to the first: a title may begin with an amount ("#1101201 123456 rows are read").
_SEVERAL = re.compile(
    rf"(?:(?<=[#(\[|`])|^|(?<=[|(\[] ))#?\s?{_SIDE_NUMBER}[\s)\]`]{{0,3}}"
    rf"(?:(?:[,;/&+]|and\b|or\b)[\s(\[`]{{0,3}}(?<!\d)(?:#\s?{_SIDE_NUMBER}|(?!{_AMOUNT}){_SIDE_NUMBER})"
    rf"|\|?[\s(\[`]{{0,3}}#\s?{_SIDE_NUMBER}|[(\[`]{_SIDE_NUMBER}[)\]`]"
    rf"|\|\s?(?!{_AMOUNT})(?P<cell>[1-9]\d{{5,7}})(?=\s*(?:\||$)))"
)
_ROUND_CELL = re.compile(r"[1-9]\d{2}000")  # an amount, such as a budget, where nothing but words is beside it
MAX_TOKENS = 60  # of one line; each is compared with those around it


class ParsedRow(NamedTuple):
    """What one line says about one change."""

    number: str  # "" where a row has none
    title: str  # may be empty where it stands on the line before
    summary: str  # what follows the data on the same line
    version: Version | None = None
    minute: str | None = None
    certain: bool = True  # a version or bars stand by the number; else only the lines around it say it is a change
    summary_glued: bool = False  # the summary follows without a space
    number_first: bool = False  # the line begins with the number
    number_last: bool = False  # the line ends in the number itself, so it may have been cut there
    summary_follows: bool = False  # a colon or a dash stands between the data and the summary


class RowData(NamedTuple):
    """The number and the minute on a line that has nothing but data on it."""

    number: str | None
    minute: str | None


class _Token(NamedTuple):
    """A number, version or minute on a line, and where it stands."""

    form: str  # the group of _TOKEN
    text: str
    start: int
    end: int

    @property
    def kind(self) -> TokenKind:
        return "version" if self.form == "version" else "minute" if self.form == "minute" else "number"


def parse_row(text: str) -> ParsedRow | None:
    """The change that a line names, or None when it names none or only refers to one in a sentence."""
    text, marks = split_marks_behind(move_credit(text))
    if (bare := split_marks_before(text)[1]) != text and _BEGINS_WITH_DATA.match(bare):
        text = bare
    tokens = tokenize(text)
    if not any(token.kind == "number" for token in tokens):
        return None
    main, data = _choose_number(tokens, text)
    end = data[-1].end
    while end < len(text) and text[end] in ")]":
        end += 1
    before = text[: data[0].start]
    if before.rstrip().endswith(("(", "[")):
        before = before.rstrip()[:-1]
    number_last = end == len(text) and main == data[-1] and main.form == "hash"
    leading, before = _take_leading_data(tokens, data, before)
    trailing, after = _take_trailing_data(tokens, end, text)
    data = [*data, *leading, *trailing]
    version = _first_of("version", data)
    title, summary = _strip_edges(before), _strip_edges(f"{_strip_edges(after, '| ')}{marks}", "")
    if (len(title) == 1 and not title.isalnum()) or (title and summary and not read_mark(title).title):
        says = read_mark(title)  # "9:59 - ⭐ #1101201 Quotes"
        title, summary = "", f"{summary} | {title}" if says.highlighted or says.caution else summary
    if not title and summary:
        title, _, summary = _split_cells(summary)
    if title and all(word[0] == "#" for word in title.split()):  # "#halopsa #msp #1101201"
        return None
    row = ParsedRow(
        main.text,
        title,
        summary,
        Version.of(*version.split(".")) if version else None,
        normalize_minute(_first_of("minute", data)),
        certain=version is not None or "|" in text,
        summary_glued=after[:1].isalpha(),
        number_first=_LINE_START.fullmatch(text[: main.start]) is not None,
        number_last=number_last,
        summary_follows=_SUMMARY_FOLLOWS.match(after) is not None,
    )
    is_labelled = main.form in ("bracket", "label", "key") or row.number_first
    if version is None and title and names_other_number(title, "#" in text[main.start : main.end]):
        return None
    return None if _is_reference(row, after, "|" in text, is_labelled) else row


def _split_cells(text: str) -> tuple[str, str, str]:
    """The first cell of a text between bars, its title, and the others; all of it where no word is in the first."""
    cells = text.partition(" | ")
    return cells if any(map(str.isalpha, cells[0])) else (text, "", "")


def has_number(text: str) -> bool:
    """Whether a line has a number on it that could be a change's."""
    return any(token.kind == "number" for token in tokenize(text))


def names_several(text: str, number: str = "") -> bool:
    """Whether a line has several numbers side by side; the `number` among them, if it is given. A cell beside that of
    a number has to be as long as that: it may be an amount.
    """
    for match in _SEVERAL.finditer(text):
        first, second = (found for found in match.groups() if found)
        is_number = not match["cell"] or len(first) == len(second)
        if first != second and is_number and number in ("", first, second):
            return True
    return False


def parse_data_line(text: str) -> RowData | None:
    """The data of a line with only a number, a version or a minute on it, and the words for them; None for any other
    line.
    """
    text, _ = split_marks_behind(text)
    tokens = tokenize(text)
    if not tokens or len(text) > 120:
        return None
    edges = [0, *(edge for token in tokens for edge in (token.start, token.end)), len(text)]
    if not all(_BETWEEN.fullmatch(text[edges[i] : edges[i + 1]]) for i in range(0, len(edges), 2)):
        return None
    number = _first_of("number", tokens)
    if number is None and re.fullmatch(rf"\s*{VERSION_PATTERN}\s*", text):
        return None  # "2.5" alone is no version
    return RowData(number, _first_of("minute", tokens))


def is_cut_off(text: str) -> bool:
    """Whether a line looks like a change whose number was cut off: `Title | v2.214 #1`."""
    return _CUT_OFF.search(text) is not None and len(text.split()) > 3


def normalize_minute(minute: str | None) -> str | None:
    """A minute without leading zeros: `03:15`, `00:03:15` and `3m 15s` are `3:15`."""
    if minute is None:
        return None
    if "m" in minute.lower():
        *hours, minutes, seconds = re.findall(r"\d+", minute)
        minute = ":".join((*hours, f"{int(minutes):02}", f"{int(seconds):02}"))
    first, *rest = minute.split(":")
    if len(rest) == 2 and int(first) == 0:
        first, *rest = rest
    return ":".join((str(int(first)), *rest))


def tokenize(text: str) -> list[_Token]:
    """The numbers, versions and minutes on a line in order."""
    tokens = []
    for match in islice(_TOKEN.finditer(text), MAX_TOKENS):
        form = match.lastgroup or ""
        is_percentage = form == "version" and text[match.end() : match.end() + 1] == "%"
        if not is_percentage and not (form == "label" and _OTHER_ID.search(text[: match.start()][-60:])):
            tokens.append(_Token(form, match[form], *match.span()))
    if len(tokens) == 1 and tokens[0].form == "cell" and _ROUND_CELL.fullmatch(tokens[0].text):
        return []
    return [token for at, token in enumerate(tokens) if token.form != "bare" or _is_number(tokens, at, text)]


def _is_number(tokens: list[_Token], at: int, text: str) -> bool:
    """Whether digits without a sign are a change's number: a version or minute stands beside them, or the line begins
    with them as a label.
    """
    token = tokens[at]
    if at and tokens[at - 1].kind != "number" and _adjacent(tokens[at - 1], token, text):
        return True
    if at + 1 < len(tokens) and tokens[at + 1].kind != "number" and _adjacent(token, tokens[at + 1], text):
        return True
    before, after = text[: token.start], text[token.end :]
    if not before.strip():
        return bool(_SUMMARY_FOLLOWS.match(after) or _WORD_FOLLOWS.match(after))
    return not after.strip() and _LIST_LABEL.fullmatch(before) is not None


def _adjacent(left: _Token, right: _Token, text: str) -> bool:
    """Whether only separators and words such as "at" stand between two tokens."""
    return _BETWEEN.fullmatch(text[left.end : right.start]) is not None


def _choose_number(tokens: list[_Token], text: str) -> tuple[_Token, list[_Token]]:
    """The number that a line is about, and the tokens of its data in order: the number that the line begins with, else
    the last with the most data beside it ("… (see #1000001) | v2.206 #1000002"), else the first.
    """
    candidates = [(token, _collect_data(tokens, at, text)) for at, token in enumerate(tokens) if token.kind == "number"]
    if _LINE_START.fullmatch(text[: candidates[0][0].start]):
        return candidates[0]
    most = max(len(data) for _, data in candidates)
    return candidates[0] if most == 1 else [pair for pair in candidates if len(pair[1]) == most][-1]


def _collect_data(tokens: list[_Token], at: int, text: str) -> list[_Token]:
    """A number with the one version and the one minute that stand next to it.

    Those to its right come first: a title may end in what looks like data ("… TLS v1.2 | v2.214 #1063336").
    """
    data = [tokens[at]]
    for token in tokens[at + 1 :]:
        if _has_kind(data, token.kind) or not _adjacent(data[-1], token, text):
            break
        data.append(token)
    for token in reversed(tokens[:at]):
        if _has_kind(data, token.kind) or not _adjacent(token, data[0], text) or _ends_title(token, data[0], text):
            break
        data.insert(0, token)
    return data


def _strip_edges(text: str, end: str = EDGES) -> str:
    """A text without the separators at its edges; `end` has those at its end."""
    begun = text.lstrip(EDGES)
    start = len(text) - len(begun)
    if start and _EMOJI_CODE.match(text, start - 1):
        begun = text[start - 1 :]
    return begun.rstrip(end)


def _ends_title(token: _Token, following: _Token, text: str, start: int = 0) -> bool:
    """Whether what looks like a minute is the end of a title: "Shifts start before 9:00 | v2.226 #734823", where a
    separator follows and none stands before. The text is looked at from `start` on.
    """
    before = text[start : token.start]
    return (
        token.kind == "minute"
        and bool(text[token.end : following.start].strip())
        and _SEPARATED.search(before) is None
        and _BETWEEN.fullmatch(before) is None
    )


def _take_leading_data(tokens: list[_Token], data: list[_Token], before: str) -> tuple[list[_Token], str]:
    """A version and a minute at the very start of the line ("4:40 | Title #1101201"), and the text without them."""
    left = [token for token in tokens if token.end <= data[0].start and token.kind != "number"]
    if not left or before[: left[0].start].strip(EDGES + "(["):
        return [], before
    after = before[left[0].end :]
    if not _TITLE_FOLLOWS.match(after) and not (left[0].kind == "minute" and _WORD_FOLLOWS.match(after)):
        return [], before
    taken = left[:1]
    for token in left[1:]:
        if _has_kind(taken, token.kind) or not _adjacent(taken[-1], token, before):
            break
        taken.append(token)
    return taken, before[taken[-1].end :].lstrip(EDGES + ")]")


def _take_trailing_data(tokens: list[_Token], end: int, text: str) -> tuple[list[_Token], str]:
    """A version and a minute at the very end of the line ("#1101201 Title | 4:40"), and the text after `end` without
    them.
    """
    right = [token for token in tokens if token.start >= end and token.kind != "number"]
    if not right or text[right[-1].end :].strip(EDGES + ")]"):
        return [], text[end:]
    taken = right[-1:]
    for token in reversed(right[:-1]):
        if (
            _has_kind(taken, token.kind)
            or not _adjacent(token, taken[0], text)
            or _ends_title(token, taken[0], text, end)
        ):
            break
        taken.insert(0, token)
    rest = text[end : taken[0].start]
    separator = _SEPARATED.search(rest)
    return (taken, rest[: separator.start()].rstrip(EDGES + "([")) if separator else ([], text[end:])


def _is_reference(row: ParsedRow, after: str, has_bars: bool, is_labelled: bool) -> bool:
    """Whether a sentence only refers to the number: "the same as #1234567", "#1234567 is live". `after` is the text
    after the data as it stands. A title may end in "for" where the number is labelled as one (`is_labelled`).
    """
    refers = _REFERS_BY_NOUN if is_labelled else _REFERS
    summary = _strip_edges(after) if row.title else row.summary
    is_apart = _SUMMARY_FOLLOWS.match(after) is not None or (summary != "" and not read_mark(summary).title)
    goes_on = summary[:1].islower() and not is_apart
    if row.certain:
        return not has_bars and (refers.fullmatch(row.title) is not None or (goes_on and not row.summary_glued))
    goes_on = goes_on or (summary.startswith((".", ",", ";", "!", "?")) and not is_apart)
    is_led_to = refers.search(row.title) is not None and not row.number_first
    return is_led_to or goes_on


def _has_kind(tokens: list[_Token], kind: TokenKind) -> bool:
    return any(token.kind == kind for token in tokens)


def _first_of(kind: TokenKind, tokens: list[_Token]) -> str | None:
    """The text of the first token of a kind, so the version "v2.21" as "2.21"."""
    return next((token.text for token in tokens if token.kind == kind), None)
