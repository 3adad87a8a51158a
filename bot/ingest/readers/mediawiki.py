"""MediaWiki's markup as Markdown, line by line, so that a page's lines keep their numbers.

* '''1233003''' [[Desk/Tickets|Tickets]]: merge      ->  - **1233003** Tickets: merge
# '''1233005''' Custom fields {{warning|test first}} ->  - **1233005** Custom fields (test first)
| 1233002 || ''Parent'' contracts                    ->  | 1233002 | *Parent* contracts |
"""

import re

# What only these wikis have: bold words between three signs, a table's begin, a link between words in two brackets.
_SIGN = re.compile(
    r"^[ \t]{0,20}(?:\{\|[^\n]{0,200}$|[*#:;]{0,6} ?\[\[[^\[\]\n]{1,100}\]\])"
    r"|'''[^'\n]{1,100}'''|^[ \t]{0,20}={2,6} ?[^=\n]{1,100}={2,6}$",
    re.MULTILINE,
)
MIN_SIGNS = 2
MAX_CELLS = 60  # of one row
MAX_CELL_LENGTH = 2_000  # characters
LOOKED_AT = 100_000  # characters of a text
_BOLD = re.compile(r"'''([^'\n]{1,300}(?:'[^'\n]{1,300}){0,5})'''")
_ITALIC = re.compile(r"(?<!')''([^'\n]{1,300})''(?!')")
_PAGE = re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_LINK = re.compile(r"(?<!\[)\[https?://[^\s\[\]]{1,1000} ([^\[\]\n]{1,300})\]")
_TEMPLATE = re.compile(r"\{\{([^{}|\n]{1,40})((?:\|[^{}|\n]{0,200}){0,5})\}\}")
_LIST = re.compile(r"\s{0,20}([*#]{1,6}) ?(?=\S)")
_ATTRIBUTES = re.compile(r"\s{0,20}(?:style|class|scope|rowspan|colspan|align|width)\s?=[^|\n]{1,200}\|(?!\|)")


def looks_like_mediawiki(text: str) -> bool:
    """Whether a text is in this markup: it has two of its signs at least."""
    if "'''" not in text and "[[" not in text and "{|" not in text:
        return False
    return sum(1 for _, _ in zip(range(MIN_SIGNS), _SIGN.finditer(text[:LOOKED_AT]), strict=False)) == MIN_SIGNS


def mediawiki_to_markdown(lines: list[str]) -> list[str]:
    """The same lines in Markdown. A template says its first value, or its name where it has none; a table's row stands
    where its first cell does.
    """
    converted = list(lines)
    in_table, row, cells = False, 0, list[str]()  # the row that is open: where it begins, and its cells so far
    for at, line in enumerate(lines):
        begins = line.lstrip()[:2]
        if begins == "{|" or begins == "|}" or (in_table and begins in ("|-", "|+")):
            converted[row] = _close(cells) if cells else converted[row]
            in_table, cells = begins != "|}", []
            converted[at] = _words(line.lstrip()[2:].strip()) if begins == "|+" else ""
        elif in_table and begins[:1] in ("|", "!") and len(cells) < MAX_CELLS:
            row = row if cells else at
            cells += _cells(line.strip())
            converted[at] = ""
        elif in_table and cells:  # a cell goes on
            cells[-1] = f"{cells[-1]} {_words(line.strip())}"[:MAX_CELL_LENGTH].rstrip()
            converted[at] = ""
        else:
            converted[at] = _convert(line)
    converted[row] = _close(cells) if cells else converted[row]
    return converted


def _cells(line: str) -> list[str]:
    """The cells that a table's line has."""
    divider = "!!" if line.startswith("!") and "!!" in line else "||"
    return [_words(_ATTRIBUTES.sub("", cell, count=1).strip()) for cell in line[1:].split(divider)]


def _close(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |" if len(cells) > 1 else cells[0]


def _convert(line: str) -> str:
    item = _LIST.match(line)
    if item is None:
        return _words(line)
    return f"{'  ' * (len(item[1]) - 1)}- {_words(line[item.end() :])}"


def _words(text: str) -> str:
    """A text with its bold words, links and templates in Markdown."""
    if "{{" in text:
        text = _TEMPLATE.sub(_say, text)
    if "[" in text:
        text = _LINK.sub(r"\1", _PAGE.sub(r"\1", text))
    if "''" in text:
        text = _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", text))
    return text


def _say(template: re.Match[str]) -> str:
    values = [value.strip() for value in template[2].split("|") if value.strip() and "=" not in value]
    said = values[0] if values else template[1].strip()
    return f"({said})"
