"""What a table's cells mean: numbers of changes, versions, minutes, yes and no, and text. Pure."""

import html
import json
import re
from functools import lru_cache
from typing import Any, NamedTuple

from bot.catalog.models import VERSION_PATTERN, Version
from bot.ingest.readers.html import split_html_lines
from bot.ingest.readers.post.row import names_several, normalize_minute
from bot.ingest.readers.prose import end_with_period
from bot.ingest.readers.table.own_numbers import NUMBER_IN_ADDRESS
from bot.ingest.readers.table.sheet import CellFault
from bot.ingest.readers.text import clean_line
from bot.ingest.readers.timestamps import format_minute, linked_minute
from bot.ingest.readers.wiki_markup import looks_like_wiki, wiki_to_markdown

YES = frozenset(
    "true yes y 1 1.0 x v √ ✓ ✔ ✔️ ✅ ☑ ★ ⭐ ⭐️ 🌟 🔥 ❗ ⚠ ⚠️ * ** *** + ● • important high critical major key highlight"
    " highlighted must checked ja j wahr oui si sí sim".split()
)
NO = frozenset(
    "false no n 0 0.0 - – — ☆ ○ none unchecked low normal medium moderate minor n/a na nein nee non ✗ ✘ ❌ ☐"
    " falsch".split()
)
_EMOJI_CODE = re.compile(r":[a-z0-9_+-]{1,40}:")
_YES_CODES = frozenset(
    "star star2 fire sparkles exclamation heavy_exclamation_mark warning white_check_mark heavy_check_mark check"
    " ballot_box_with_check +1 thumbsup important rotating_light".split()
)
_NO_CODES = frozenset(
    "x no_entry no_entry_sign heavy_multiplication_x negative_squared_cross_mark -1 thumbsdown".split()
)
MAX_CELL_LENGTH = 4_000  # characters
MAX_FLAG = 9  # characters of a word for yes or no
MAX_TAGS = 30  # of one change
_TAG_ENDS = re.compile(r"[,;|\n\r]|\s(?=#)")

# "794180", "#794180", "ID: 794180", "REL-794180", and "794180.0" or "794,180" as a spreadsheet's number. Behind the
# letters of a project only what has as many digits as Halo's numbers: the others are the project's own.
_NUMBER = re.compile(
    r"(?:(?:id|halo(?:psa)?|no\.?|ref|ticket)?[\s:#-]*(\d{4,9})"
    r"|(?:[a-z][a-z0-9_]{0,14}[\s:#-]{1,3}|[a-z]{2,5})([1-9]\d{5,7}))(?:\.0+)?",
    re.IGNORECASE,
)
_NO_NUMBER = frozenset("- – — n/a na none tbc tbd ?".split())  # said where a change has none, or none yet
_GROUPED_NUMBER = re.compile(r"#?\d{1,3}(?:([,.'’  ])\d{3})(?:\1\d{3})?")
_NUMBERS_INSIDE = re.compile(r"(?<!\d)\d{6,9}(?!\d)")
_NUMBER_AT_EDGE = re.compile(r"^\W{0,3}#\s?(\d{4,9})\b|#\s?(\d{4,9})\W{0,3}$")
_NUMBER_AROUND = re.compile(r"^\W{0,3}#\s?\d{4,9}\b\W{0,3}(?=\S)|[\s([]{1,3}#\s?\d{4,9}\W{0,3}$")
# Without its sign at a title's start: "[HPSA-1210001] Rates", "1210001: Rates", "1210001 Rates". "100000 tickets" are
# that many.
_KEY = r"[A-Z][A-Z0-9_]{0,14}-"
_NUMBER_BEFORE = re.compile(
    rf"(?:[\[(](?:{_KEY})?([1-9]\d{{5,7}})[\])](?:\s?[:–—-])?|{_KEY}([1-9]\d{{5,7}})(?:\s?[:–—|-]|(?=\s))"
    r"|([1-9]\d{5,7})\s?[:–—|-](?=\s)|([1-9]\d{6,7})(?=\s[A-Z\"“]))\s?(?=\S)"
)
_NUMBER_SIGNED = re.compile(r"#\s?(\d{4,9})\b")
_VERSION = re.compile(
    rf"(?:halo ?(?:psa)?)?\s*(?:version|release)?:?\s*(?:v\.?)?\s?{VERSION_PATTERN}(?:\.\d+)*", re.IGNORECASE
)
_VERSION_INSIDE = re.compile(rf"\bv{VERSION_PATTERN}(?!\d)", re.IGNORECASE)
_COMMA_VERSION = re.compile(r"v?\s?\d{1,2},\d{3}", re.IGNORECASE)
_MINUTE = re.compile(r"(?:00?:)?((?:\d{1,2}:)?\d{1,3}:[0-5]\d)(?:\s*[-–—].*)?")
_SPOKEN_MINUTE = re.compile(
    r"(?:(\d{1,2})\s?h(?:ours?|rs?)?\.?\s*)?(\d{1,3})\s?m(?:in(?:ute)?s?)?\.?\s*(?:(\d{1,2})\s?s(?:ec(?:ond)?s?)?\.?)?",
    re.IGNORECASE,
)
_DAY_FRACTION = re.compile(r"0\.\d{4,}")
_TEXT_FORMULA = re.compile(r'=\s*"(.*)"')  # how text is kept from becoming a number
_QUOTED_FORMULA_START = re.compile(r"'(?=[=+\-@＝＋－＠\d])")
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!)|#{4,}")
_TAG = (
    r"(?:p|br|b|i|u|em|strong|ul|ol|li|div|span|a|h[1-6]|table|thead|tbody|tr|td|th|img|code|pre|hr|sup|sub|font|small"
    r"|blockquote)"
)
_IS_HTML = re.compile(rf"</{_TAG}\s*>|<(?:br|hr|p|li)\s*/?>", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!/?{_TAG}\b)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
_BULLET = re.compile(r"\s*(?:[•·▪◦‣●*–-]|\d{1,2}[.)])\s+")


class FoundNumber(NamedTuple):
    """The number of a change in a cell, or why there is none."""

    number: str | None = None
    problem: str = ""


def cell_fault(value: Any) -> str:
    """Why a cell has no value although something stands in it; "" when it has one, or is empty."""
    if isinstance(value, CellFault):
        return value.reason
    if isinstance(value, str) and value.startswith("#") and _ERROR.fullmatch(value.strip()):
        return f"the error {value.strip()}"
    return ""


def cell_text(value: Any) -> str:
    """A cell as one line of text, without HTML; "" for lists, objects and errors."""
    if value is None or value == "":
        return ""
    if type(value) is str and len(value) < MAX_CELL_LENGTH and _is_plain(value):
        return _with_single_blanks(value)
    return str(value)[:MAX_CELL_LENGTH] if type(value) is int else " ".join(cell_lines(value))


def cell_paragraph(value: Any) -> str:
    """A cell as one text, in which each line that a new thought begins on ends the sentence before it."""
    if value is None or value == "" or (type(value) is str and len(value) < MAX_CELL_LENGTH and _is_plain(value)):
        text = _with_single_blanks(value or "")
        return text[bullet.end() :] if (bullet := _BULLET.match(text)) else text
    text = ""
    for line in cell_lines(value):
        bullet = _BULLET.match(line)
        body = line[bullet.end() :] if bullet else line
        begins_anew = body != line or body[:1].isupper()
        text = f"{end_with_period(text) if begins_anew else text} {body}" if text else body
    return text


def cell_lines(value: Any) -> list[str]:
    """The lines of a cell, without HTML."""
    if value is None or isinstance(value, list | dict | CellFault) or cell_fault(value):
        return []
    text = str(value)[:MAX_CELL_LENGTH]
    if text[:1] in ("=", "'"):
        text = _QUOTED_FORMULA_START.sub("", text, count=1) if text[0] == "'" else _TEXT_FORMULA.sub(r"\1", text)
    if "<" in text and _IS_HTML.search(text):
        lines = [line.text for line in split_html_lines(_NO_TAG.sub("&lt;", text))]
    else:
        lines = _LINE_BREAK.split(html.unescape(text) if "&" in text and _REFERENCE.search(text) else text)
        if "{" in text and looks_like_wiki(text):
            lines = [line.replace("**", "") for line in wiki_to_markdown(lines)]
    return [cleaned for line in lines if (cleaned := clean_line(line))]


def _is_plain(text: str) -> bool:
    """Whether a text is one line without anything to be taken off it. Most cells are."""
    return text.isascii() and text.isprintable() and text[0] not in "='#" and not any(map(text.__contains__, "<&{"))


def _with_single_blanks(text: str) -> str:
    """A plain text without blanks at its edges, and with one between its words."""
    return " ".join(text.split()) if "  " in text else text.strip()


def is_yes(value: Any) -> bool | None:
    """Whether a cell says yes; None when it says neither yes nor no."""
    if isinstance(value, bool) or value is None:
        return bool(value)
    text = cell_text(value).lower().rstrip("!.")
    if text[:1] == ":" and _EMOJI_CODE.fullmatch(text):
        return text.strip(":") in _YES_CODES or (False if text.strip(":") in _NO_CODES else None)
    return True if text in YES else False if text in NO or not text else None


def says_only_yes_or_no(title: str) -> bool:
    """Whether a title is one of the words for yes and no: of a column of flags that is called a feature."""
    return bool(title) and len(title) <= MAX_FLAG and is_yes(title) is not None


def says_no_number(given: str) -> bool:
    """Whether the cell for a change's number is empty, or says that there is none."""
    return not given or given.lower() in _NO_NUMBER


def find_number(given: str, has_column: bool, title: str, version: str) -> FoundNumber:
    """A change's number in its own cell (`given`), or, where a table has no column for it, with its sign in the version
    or at an end of the title.
    """
    if not says_no_number(given):
        if given.isdecimal() and 4 <= len(given) <= 9:
            return FoundNumber(given.lstrip("0") or None)
        if match := _NUMBER.fullmatch(given):
            return FoundNumber((match[1] or match[2]).lstrip("0") or None)
        if _GROUPED_NUMBER.fullmatch(given) and len(digits := re.sub(r"\D", "", given)) >= 6:
            return FoundNumber(digits)
        if linked := NUMBER_IN_ADDRESS.fullmatch(given):
            return FoundNumber(linked[1])
        several = set(_NUMBERS_INSIDE.findall(given))
        if len(several) > 1:
            return FoundNumber(None, "several numbers in one cell; give each change a row of its own")
        signed = _NUMBER_SIGNED.search(given)
        return FoundNumber(signed[1] if signed else None)
    match = _NUMBER_SIGNED.search(version)
    if not (match or has_column):
        if names_several(title):
            return FoundNumber(None, "several numbers in one title; give each change a row of its own")
        match = _NUMBER_AT_EDGE.search(title) or _NUMBER_BEFORE.match(title)
    return FoundNumber(next(filter(None, match.groups()), None) if match else None)


def without_number(title: str, number: str | None) -> str:
    """A title without the number at an end of it."""
    if not number or number not in title:
        return title
    before = _NUMBER_BEFORE.match(title)
    shorter = title[before.end() :] if before else _NUMBER_AROUND.sub("", title, count=1)
    return shorter.strip() or title


@lru_cache(maxsize=1_000)
def parse_version(text: str) -> Version | None:
    """`"2.206"`, `"HaloPSA v2.206.1"`, or the first version in a sentence."""
    if _COMMA_VERSION.fullmatch(text):
        text = text.replace(",", ".")
    match = _VERSION.fullmatch(text) or _VERSION_INSIDE.search(text)
    return Version.of(*match.groups()) if match else None


@lru_cache(maxsize=1_000)
def parse_versions(text: str) -> tuple[Version, ...]:
    """All versions in a cell, in the order of their numbers: `"v2.208, v2.210"`."""
    one = parse_version(text)
    parts = re.split(r"\s*(?:[,;/&|\n]|\bor\b|\band\b|\bto\b|[-–—](?=\s*v?\d))\s*", text) if len(text) < 200 else []
    versions = {version for part in parts if part and (version := parse_version(part))}
    if len(versions) > 1 and (one in versions or all(map(parse_version, filter(None, parts)))):
        return tuple(sorted(versions))
    return (one,) if one else ()


def parse_list(value: Any) -> list[Any]:
    """A list, or a list as JSON."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else []


def list_tags(value: Any) -> list[str]:
    """The tags or labels in a cell: a list of texts or of objects with names, or a text with commas between them."""
    if isinstance(value, str):
        return [tag for part in _TAG_ENDS.split(value[:MAX_CELL_LENGTH]) if (tag := part.strip())][:MAX_TAGS]
    if isinstance(value, dict):
        value = value.get("name")
        return list_tags(value) if isinstance(value, str) else []
    if not isinstance(value, list):
        return []
    return [tag for item in value[:MAX_TAGS] if isinstance(item, str | dict | list) for tag in list_tags(item)][
        :MAX_TAGS
    ]


def format_seconds(text: str) -> str | None:
    """`"3753"` seconds from the start are 1:02:33."""
    if not re.fullmatch(r"\d{1,5}(?:\.\d{1,6})?", text):
        return None
    return format_minute(int(float(text)))


@lru_cache(maxsize=5_000)
def parse_minute(text: str) -> str | None:
    """`"49:41"`, `"49m 41s"`, or a link to that second. A spreadsheet may have made it `49:41:00`, or a part of a
    day.
    """
    if match := _MINUTE.fullmatch(text):
        parts = match[1].split(":")
        has_made_seconds = len(parts) == 3 and parts[2] == "00" and int(parts[0]) >= 4  # no episode has four hours
        return normalize_minute(":".join(parts[:2]) if has_made_seconds else match[1])
    if "://" in text and (linked := linked_minute(text)):
        return linked
    if match := _SPOKEN_MINUTE.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return format_minute(3_600 * hours + 60 * minutes + seconds)
    if _DAY_FRACTION.fullmatch(text):  # 4:40 was taken for 4 hours and 40 minutes
        return parse_minute(format_minute(round(float(text) * 1_440)))
    return None
