"""Confluence's and Jira's own markup as Markdown, line by line, so that a page's lines keep their numbers.

h2. v2.233                                          ## v2.233
* *Calls open a ticket* (1133811)             ->    * *Calls open a ticket* (1133811)
{warning:title=Test first}Only here.{warning}       Test first: Only here.
||Number||Change||                                  | Number | Change |
|1132827|[Portal search|https://x.example]|         |1132827|Portal search|
"""

import re

_HEADING = re.compile(r"\s*h([1-6])\.\s+(?=\S)")
_LIST = re.compile(r"\s*([*#-]{1,6})\s+(?=\S)")
# What only wikis have, of which one line is enough to know them: a heading, the header of a table, a macro with a name.
_SIGN = re.compile(
    r"^[ \t]{0,40}(?:h[1-6]\.[ \t]+\S|\|\|.{1,2000}\|\|[ \t]{0,40}$|\{(?:toc|info|panel|warning|note|tip|expand)[:}])",
    re.MULTILINE,
)
_MACRO = re.compile(r"\{([a-z][a-z-]{1,29})(?::([^{}\n]{0,300}))?\}")
_MACRO_TITLE = re.compile(r"(?:^|\|)title=([^|]{1,100})")
_BOXES = frozenset(("warning", "info", "note", "tip", "panel", "expand", "section", "column", "quote", "excerpt"))
_BOLD = re.compile(r"(?<![\w*])\*([^\s*][^*\n]{0,300}?)(?<=[^\s*])\*(?![\w*])")
_STRUCK = re.compile(r"(?<![\w|-])-(?=[^\s|-])((?>(?:[^|\n-]|(?<=\w)-(?=\w)){1,300}))(?<=\S)-(?![\w|-])")  # -gone-
_CODE = re.compile(r"\{\{([^{}\n]{1,300})\}\}")
_LINK = re.compile(r"\[([^\[\]|\n]{1,300})\|(?:https?:|mailto:|/|#|\^|[A-Z])[^\[\]\n]{0,1000}\]")
_IMAGE = re.compile(r"(?<![\w!])![\w./-]{1,200}(?:\|[^!\n]{0,200})?!(?!\w)")
_SIGNS = (("(!)", "⚠️"), ("(*)", "⭐"), ("(/)", "✔"), ("(x)", "✘"), ("(i)", ""), ("(on)", ""), ("(off)", ""))
_RULE = re.compile(r"\s*-{4,}\s*")
LOOKED_AT = 100_000  # characters of a text


def looks_like_wiki(text: str) -> bool:
    """Whether a text is in this markup."""
    return _SIGN.search(text[:LOOKED_AT]) is not None


def wiki_to_markdown(lines: list[str]) -> list[str]:
    """The same lines in Markdown. A box (`{warning}`) says its title, or that it is a warning, where it begins."""
    open_boxes: set[str] = set()
    return [_convert(line, open_boxes) for line in lines]


def _convert(line: str, open_boxes: set[str]) -> str:
    if _RULE.fullmatch(line):
        return ""
    if "{" in line:
        line = _MACRO.sub(lambda macro: _say(macro, open_boxes), _CODE.sub(r"\1", line))
    if "[" in line:
        line = _LINK.sub(r"\1", line)
    if "!" in line:
        line = _IMAGE.sub("", line)
    for sign, meaning in _SIGNS:
        line = line.replace(sign, meaning)
    if "-" in line:
        line = _STRUCK.sub(r"~~\1~~", line)
    if heading := _HEADING.match(line):
        return f"{'#' * max(2, int(heading[1]))} {line[heading.end() :]}"
    if item := _LIST.match(line):
        line = f"{'  ' * (len(item[1]) - 1)}- {line[item.end() :]}"
    if line.lstrip().startswith("||"):
        return f"| {' | '.join(cell.strip() for cell in line.strip().strip('|').split('||'))} |"
    return _BOLD.sub(r"**\1**", line.removeprefix("bq. ")) if "*" in line else line.removeprefix("bq. ")


def _say(macro: re.Match[str], open_boxes: set[str]) -> str:
    """What stands in place of a macro: a box's title where it begins, and nothing for those that only set the page."""
    name, title = macro[1], _MACRO_TITLE.search(macro[2] or "")
    if name == "status":
        return f"[{title[1]}]" if title else ""
    if name not in _BOXES or name in open_boxes:
        open_boxes.discard(name)
        return ""
    open_boxes.add(name)
    said = title[1].strip(" :") if title else "Warning" if name == "warning" else ""
    return f"{said}: " if said else ""
