r"""Bytes into text, and text into lines.

split_text_lines("## Full Feature List\n\n* Budgets\tv2.206\t#794180")
-> [DocumentLine(1, "Full Feature List", "heading", depth=2),
    DocumentLine(3, "Budgets | v2.206 | #794180", "bullet")]
"""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from itertools import pairwise

from bot.ingest.models import DocumentLine, LineKind
from bot.ingest.readers.admonitions import mark_quoted_warnings, read_box
from bot.ingest.readers.asciidoc import asciidoc_to_markdown, looks_like_asciidoc
from bot.ingest.readers.cues import join_cues, looks_like_cues
from bot.ingest.readers.fixed_columns import (
    Column,
    columns_of_rule,
    continues_row,
    cut_columns,
)
from bot.ingest.readers.footnotes import place_footnotes
from bot.ingest.readers.grid_tables import rows_in_grids
from bot.ingest.readers.mediawiki import looks_like_mediawiki, mediawiki_to_markdown
from bot.ingest.readers.strokes_over_lines import close_strokes, find_withdrawn
from bot.ingest.readers.struck_out import BEGIN, Strokes, mark_strokes, read_strokes, strike_cells
from bot.ingest.readers.timestamps import label_with_minute, minutes_for_links
from bot.ingest.readers.underlined_headings import mark_underlined
from bot.ingest.readers.wiki_markup import looks_like_wiki, wiki_to_markdown
from bot.ingest.readers.wrapped_lines import MAX_REST, join_wrapped_lines

_BULLET = re.compile(
    r"^\s*(?:[•·▪◦‣●○■∙]\s*|[-–—*+]\s+|#\.\s+|\[[-+*!~]\]\s+|\d{1,2}[.)]\s+(?=\D|\d{5})"
    r"|(?:[a-zA-Z]|[ivx]{2,4})[.)]\s+(?=#?\d{5}))(?:\[[ xX]\]\s+)?"
)
_BAR = re.compile(r"(?<!\\)\|")  # between two cells
_BOLD = re.compile(r"(?:\*\*|__|[*_])([^*_]+?)(?:\*\*|__|[*_])")
_BOLD_START = re.compile(
    r"(?:(?:\*\*)?[#(\[`]{0,2}[1-9]\d{5,7}[)\]`]{0,2}(?:\*\*)?(?: ?[–—:|-])? |(?::[\w+-]{2,30}:\s){0,6})"
    r"\*\*([^*]{1,300})\*\*"
)
_CELLS = re.compile(r"(?<=\S)[ ]*\t\s*(?=\S)|(?<=[^\s|]) {3,}(?=[^\s|])")  # tabs, or the blanks that align columns
_QUOTE = re.compile(r"^\s*(?:>\s?)+(?!\d)")  # an answered mail, or a quotation in Markdown
_ESCAPED = re.compile(r"\\([\[\]()*_#|.!>+~`-])")  # a sign that Markdown is told to leave alone
# A link in Markdown; its text may be a number in brackets.
_LINK = re.compile(
    r"\[((?>(?:[^\[\]]|\[[^\[\]]{0,40}\]){1,300}))\]\((?:https?:|\.{0,2}/|#)[^\s()]{0,1000}(?:\s\"[^\"]{0,200}\")?\)"
)
# A link whose address stands elsewhere, and that place: `[#1300101][1]`, `[1]: https://example.com/1300101`.
_LINK_BY_LABEL = re.compile(r"\[([^\[\]]{1,300}+)\](?: ?\[([^\[\]]{0,100}+)\])?(?![(:])")
_LINK_LABEL = re.compile(r" {0,3}\[([^\[\]^]{1,100}+)\]:\s{1,5}<?(\S{1,1000})")
# Emphasis of a part of a line: `_(Aug 3)_`, `*test first*`; in backticks these signs stand for themselves.
_EMPHASIS = re.compile(
    r"(`[^`]{1,300}`)|(?<![\w$_])_([^_\s](?:[^_]{0,300}[^_\s])?)_(?![\w_])|(?<![\w*])\*([^*\s](?:[^*]{0,300}[^*\s])?)\*(?![\w*])"
)
# A link as Slack's exports have it, or an address alone in brackets.
_SLACK_LINK = re.compile(r"<(https?://[^\s<>|]{1,1000})(?:\|([^<>|]{1,300}))?>")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)  # in a cell of Markdown
_EQUALS = re.compile(r"(={1,6}) (\S.{0,300}?)(?: ={1,6})?\s{0,20}")
_SLACK_BOLD = re.compile(r"((?::[\w+-]{2,30}:\s){0,6})\*([^*\s][^*]{0,300})\*(?= )")
_REACTIONS = re.compile(r"(?::[a-z0-9_+'-]{1,30}:\s?\d{1,3}\s*){1,30}")  # below a message
# The name of a heading's place in its page, which may be the number: `### Guests can follow a ticket {#1143701}`.
_PLACE = re.compile(r"\{:?\s?#(?:(\d{6,8})|[\w.:-]{1,100})(?:\s[^{}]{0,100})?\}\s*$")
# At a page's foot; a line with the number of a change is none.
_PAGE_NUMBER = re.compile(r"(?!.{0,80}\d{5})(?:.{0,80}\s)?page \d{1,4} (?:of|/) \d{1,4}", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)([^`]{1,300})\1(?!`)")  # words in backticks, shown as they are
_CODED_NUMBER = re.compile(r"\s*(?:ID:?\s*)?#?\d{5,9}\s*")  # its backticks are brackets
_ROLE = re.compile(r":[a-z]{1,20}:(?=`)")  # what a name in backticks is, in reStructuredText
_DIRECTIVE = re.compile(r"\{%[^%]{0,300}%\}")  # of GitBook and other site makers, on a line of its own
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})",
    re.IGNORECASE,
)
# A heading in Markdown. One hash before digits is a change's number, unless they are a date or a version.
_LAST_HASHES = re.compile(r"\s#{1,6}$")
# Elements of HTML that Markdown has around a line: `<summary>Title</summary>`.
_ELEMENT = (
    r"</?(?:details|summary|div|p|h[1-6]|ul|ol|li|section|center|b|strong|em|small|sub|sup|kbd|hr)"
    r"(?:\s[^<>]{0,200})?/?>"
)
# At most nine at the end: more would be looked for anew from each of them.
_ELEMENTS_AROUND = re.compile(rf"^(?:\s*{_ELEMENT})+|(?:{_ELEMENT}\s*){{1,9}}$", re.IGNORECASE)
_HASHES = re.compile(r"(?:#{2,6}\s+|#\s+(?=\D|20\d\d(?!\d)|\d{1,2}\.\d{1,4}(?!\d)|\d{1,3}\s+[^\W\d_]))")
_HEADED_NUMBER = re.compile(r"\d{5,9}(?!\d)")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MAX_INDENT = 12  # characters before such a heading
MAX_LINE_LENGTH = 20_000  # characters; bounds what every pattern has to look at


def decode(data: bytes, charset: str | None = None) -> str:
    """Any bytes as text: by their byte order mark, as UTF-8, in the server's `charset`, in the one that they declare
    themselves, and at last in Windows' code page 1252.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):  # without a mark: every second byte of plain text is 0
        half = data[start:400:2]
        if len(half) > 8 and half.count(0) > 0.7 * len(half):
            return data.decode(encoding, errors="replace")
    match = _CHARSET.search(data[:2_000])
    declared = (match[1] or match[2]).decode("ascii", "replace") if match else None
    for encoding in filter(None, ("utf-8", charset, declared)):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")


def to_utf8(data: bytes, charset: str | None = None) -> bytes:
    """The same text as UTF-8, without a byte order mark."""
    return decode(data, charset).removeprefix("\ufeff").encode("utf-8", "replace")


def clean_line(text: str, kept_signs: str = "") -> str:
    """One line with single spaces: no-break and other spaces become a space, invisible and control characters go, but
    for `kept_signs`.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        c
        if c in kept_signs
        else ""
        if unicodedata.category(c) in ("Cf", "Cs")
        else " "
        if unicodedata.category(c)[0] in "CZ"
        else c
        for c in text
    )
    return " ".join("".join(kept).split())


def split_text_lines(text: str) -> list[DocumentLine]:
    """The lines that have something on them, counted from 1, without their bullets and Markdown. Tabs and wide gaps
    become `|`, as between the cells of a table.
    """
    raws = [raw[:MAX_LINE_LENGTH] for raw in _LINE_END.split(text)]
    if "-->" in text and looks_like_cues(text):
        raws = join_cues(raws)
    numbered = list(enumerate(_as_markdown(raws, text), 1))
    between, alone = find_withdrawn(numbered)
    numbered = place_footnotes(numbered) if "[^" in text else numbered
    numbered = close_strokes([line for line in numbered if line[0] not in alone], MAX_LINE_LENGTH)
    labels = {number: found for number, raw in numbered if (found := _link_label(raw))}
    addresses = dict(labels.values())
    rows = _rows_in_columns(numbered) | _rows_in_grids(numbered)
    lines = (
        line
        for number, raw in join_wrapped_lines(numbered, rows, MAX_LINE_LENGTH)
        if number not in labels and (line := rows[number] if number in rows else _parse_line(number, raw, addresses))
    )
    return [line._replace(struck=line.text, withdrawn=True) if line.number in between else line for line in lines]


def _as_markdown(raws: list[str], text: str) -> list[str]:
    """The lines of a wiki's page in Markdown; any other's with the headings that are underlined marked."""
    if looks_like_wiki(text):
        return wiki_to_markdown(raws)
    if looks_like_mediawiki(text):
        return mediawiki_to_markdown(raws)
    raws = mark_quoted_warnings(raws) if "[!" in text else raws
    return mark_underlined(asciidoc_to_markdown(raws) if looks_like_asciidoc(text) else raws)


def _rows_in_columns(numbered: list[tuple[int, str]]) -> dict[int, DocumentLine | None]:
    """The rows of tables whose columns are told by a line of dashes below the header; the dashes, and what belongs to
    the row above it, are none.
    """
    rows: dict[int, DocumentLine | None] = {}
    columns: list[Column] = []
    last, rest = 0, 0  # the number of the row that the next line may continue, and how many lines did
    for (number, raw), (_, next_raw) in pairwise([*numbered, (0, "")]):
        if found := columns_of_rule(next_raw) if next_raw[:60].strip()[:1] in ("-", "=", "_") else []:
            columns, last = found, 0
        elif columns and columns_of_rule(raw):
            rows[number] = None
            continue
        elif not raw.strip():
            columns = []
        if not columns:
            continue
        cells = tuple(clean_line(cell) for cell in cut_columns(raw, columns))
        above = rows.get(last)
        rest = rest + 1 if above and rest < MAX_REST and continues_row(cells, above.cells, columns) else 0
        if above and rest:
            rows[number], number = None, last
            cells = tuple(f"{upper} {cell}".strip() for upper, cell in zip(above.cells, cells, strict=True))
        rows[number] = strike_cells(number, map(mark_strokes, cells))
        last = number if not found else 0  # the header has no rest
    return rows


def _rows_in_grids(numbered: list[tuple[int, str]]) -> dict[int, DocumentLine | None]:
    """The rows of tables that are drawn with lines; the lines, and what belongs to the row above it, are none."""
    rows: dict[int, DocumentLine | None] = {}
    for number, found in rows_in_grids(numbered).items():
        cells = tuple(map(_clean_cell, found or ()))
        rows[number] = strike_cells(number, cells) if found else None
    return rows


def _link_label(raw: str) -> tuple[str, str] | None:
    """The name of an address, and the address, where a line says where links lead to: `[a]: https://example.com`."""
    match = _LINK_LABEL.match(raw) if "]:" in raw else None
    if match is None or not match[2].startswith(("http", "/", "#", ".", "mailto:")):
        return None
    return match[1].lower(), match[2].rstrip(">")


def _parse_line(number: int, raw: str, addresses: Mapping[str, str]) -> DocumentLine | None:
    text = _QUOTE.sub("", raw)
    if (box := read_box(text)) is not None:
        said = read_strokes(_strip_markdown(clean_line(box.text))).text
        return DocumentLine(number, said, "heading" if box.is_heading else "text") if said else None
    if _DIRECTIVE.fullmatch(text.strip()):
        return None
    if "<" in text:
        text = _ELEMENTS_AROUND.sub("", _read_slack(text) if "<http" in text else text)
    if text[:1] == ":" and _REACTIONS.fullmatch(text):
        return None
    if text[:1] == "=" or text[:MAX_INDENT].lstrip()[:2] == "==":
        text = text.lstrip()
    if text[:1] == "=" and (equals := _EQUALS.fullmatch(text)):  # a heading of AsciiDoc or MediaWiki
        level = max(len(equals[1]), 2) if equals[2][0].isdigit() else len(equals[1])  # "# 5 …" may be a number
        text = f"{'#' * level} {equals[2]}"
    if " -- " in text:
        text = text.replace(" -- ", " – ")
    if "{" in text and text.lstrip()[:1] in ("#", "="):
        text = _PLACE.sub(lambda match: f" (#{match[1]})" if match[1] else "", text)
    if text[-12:].strip()[-1:].isdigit() and "age " in text and _PAGE_NUMBER.fullmatch(text.strip()):
        return None
    if addresses and "[" in text:
        text = _LINK_BY_LABEL.sub(lambda match: _named_link(match, addresses), text)
    bullet = _BULLET.match(text)
    kind: LineKind = "bullet" if bullet else "text"
    depth = len(text) - len(text.lstrip()) if bullet else 0
    cells = _table_cells(text)
    strokes = read_strokes(_strip_markdown(clean_line(_CELLS.sub(" | ", text[bullet.end() :] if bullet else text))))
    if any(BEGIN in cell for cell in cells):
        return strike_cells(number, cells)
    line = _parse_body(number, strokes, kind, depth, cells)
    if line is None and bullet and text.strip():  # a bullet alone, such as the dot between a date and a reading time
        return DocumentLine(number, text.strip())
    if line and bullet and "](" in text and _LINK.fullmatch(text[bullet.end() :].strip()):
        line = line._replace(linked=True)
    return line._replace(struck=strokes.words, withdrawn=strokes.withdrawn) if line and strokes.words else line


def _parse_body(
    number: int, strokes: Strokes, kind: LineKind, depth: int, cells: tuple[str, ...]
) -> DocumentLine | None:
    """A line without its bullet: a heading, a line that is bold, or any other; None where nothing is on it."""
    body = strokes.text
    if (hashes := _HASHES.match(body)) and not cells:
        heading = _LAST_HASHES.sub("", body[hashes.end() :]).strip("* ")
        level = len(hashes[0].rstrip())
        return DocumentLine(number, f"#{heading}" if _HEADED_NUMBER.match(heading) else heading, "heading", level)
    if bold := _BOLD.fullmatch(body):  # a short line that is bold as a whole heads what follows
        is_heading = len(bold[1].split()) <= 8 and kind != "bullet"
        return DocumentLine(number, bold[1], "heading" if is_heading else kind, depth, bold=bold[1])
    if body:
        first = _BOLD_START.match(body)
        body = body.replace("**", "")
        return DocumentLine(number, body, kind, depth, cells, first[1] if first else "")
    return None


def _named_link(match: re.Match[str], addresses: Mapping[str, str]) -> str:
    """The words of a link whose address has a name; what only looks like one stays."""
    address = addresses.get((match[2] or match[1]).lower())
    return match[0] if address is None else label_with_minute(match[1], address)


def _read_slack(text: str) -> str:
    """A line of an export of Slack's, where one star makes words bold, in Markdown."""
    return _SLACK_BOLD.sub(r"\1**\2**", _SLACK_LINK.sub(_slack_link, text), count=1)


def _slack_link(match: re.Match[str]) -> str:
    return label_with_minute(match[2], match[1]) if match[2] else match[1]


def _table_cells(text: str) -> tuple[str, ...]:
    """The cells of a row of Markdown's tables, the empty ones too; none for any other line."""
    row = text.strip()
    if "\\|" in row and row[:1] != "|" and _BAR.search(row):  # a row without bars around it, with one inside a cell
        row = f"|{row}|"
    if len(row) < 3 or row[0] != "|" or row[-1] != "|" or row.count("|") < 3:
        return ()
    return tuple(map(_clean_cell, _BAR.split(row[1:-1])))


def _clean_cell(raw: str) -> str:
    lines = _BREAK.split(raw) if "<" in raw else [raw]
    return "\n".join(filter(None, map(_clean_line_of_cell, lines)))


def _clean_line_of_cell(raw: str) -> str:
    line = _strip_markdown(clean_line(raw)).replace("**", "")
    return line.strip("`") if _CODED_NUMBER.fullmatch(line.strip("`")) else line


def _strip_markdown(text: str) -> str:
    """A line without the bars around a table's row, escapes and the addresses of links."""
    if text.startswith("|") and text.endswith("|") and len(text) > 2:
        text = text.strip("| ")
    if "**__" in text:  # bold and underlined, as Discord has headings
        text = text.replace("**__", "**").replace("__**", "**")
    if "~" in text or "</" in text:
        text = mark_strokes(text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(lambda match: label_with_minute(match[1], match[0]), text)
    if ("_" in text or "*" in text) and not _BOLD.fullmatch(text):
        text = _EMPHASIS.sub(lambda match: next(filter(None, match.groups())), text)
    text = minutes_for_links(text)
    if "`" in text:
        text = _CODE.sub(_uncode, _ROLE.sub("", text))
    return text


def _uncode(code: re.Match[str]) -> str:
    has_brackets = code.string.endswith(("(", "["), 0, code.start())
    return code[0] if _CODED_NUMBER.fullmatch(code[2]) and not has_brackets else code[2]
