"""A web page into lines, with headings, list items and the rows of tables marked. selectolax parses the HTML.

split_html_lines("<h2>Full Feature List</h2><ul><li>Budgets | v2.206 <b>#794180</b></ul>")
-> [DocumentLine(1, "Full Feature List", "heading", depth=2),
    DocumentLine(2, "Budgets | v2.206 #794180", "bullet", depth=1)]
"""

import re
from typing import TYPE_CHECKING

from bot.errors import SourceError
from bot.ingest.models import DocumentLine, LineKind
from bot.ingest.readers.html_elements import KNOWN_ELEMENTS, VOID_ELEMENTS
from bot.ingest.readers.html_tables import find_rows
from bot.ingest.readers.marks import MAX_MARK_LENGTH, read_mark
from bot.ingest.readers.prolog import end_of_prolog
from bot.ingest.readers.struck_out import (
    BEGIN,
    ELEMENTS,
    END,
    SIGNS,
    Strokes,
    read_strokes,
    strike_cells,
    without_signs,
)
from bot.ingest.readers.text import MAX_LINE_LENGTH, clean_line
from bot.ingest.readers.timestamps import label_with_minute, minutes_for_links

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_UNREAD = {
    "script", "style", "noscript", "template", "svg", "iframe", "head", "nav", "aside", "footer", "form", "button",
    "select", "textarea", "object",
}  # fmt: skip
# Readers' comments and lists of other pages have no element of their own; these are the classes and ids that sites use.
_FURNITURE = re.compile(
    r"^(?:comments?|comment-(?:list|section|area|thread)|comments-(?:list|section|area)|disqus_thread|respond"
    r"|sidebar|breadcrumbs?)$"
)
# What sites put beside a title, without a space: "Highlight", "New", "Beta".
_BADGE = re.compile(r"(?:^|[-_])(?:badge|label|tag|pill|chip|flag|marker|lozenge)s?(?:[-_]|$)")
_BADGE_END, _STRUCK_END = "-badge", "-struck"
_ONLY_NUMBER = re.compile(r"\s*\d{5,9}\s*")
_INLINE = ("span", "small", "mark", "sup", "em", "i", "b", "strong")
_BLOCKS = {
    "address", "article", "blockquote", "body", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "thead", "tfoot", "tr", "ul",
}  # fmt: skip
_PAGE_START = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|ul|ol|li|table|article|section|main|header|span|br|b|strong|em|a"
    rb"|img|center|font|meta|title|style)(?=[\s/>])",
    re.IGNORECASE,
)
# The ends of elements that stand around text. Two of them, and a document was written as HTML, wherever it begins.
_CLOSED_BLOCK = re.compile(
    rb"</(?:p|div|h[1-6]|ul|ol|li|table|tr|td|article|section|main|body|html)\s*>", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_PLACEHOLDER = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_]{0,60})((?:\s[^<>=]{0,100})?)>")  # <ClientName>, <ticket id>
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CLASS = re.compile(r"(?:^|,)\s{0,9}(?:[a-z]{1,9})?\.([\w-]{1,60})(?=\s{0,9}(?:,|$))")  # in a style sheet, alone
_BULLET = re.compile(r"^[•·▪◦‣●]\s*")
_BOLD = ("b", "strong")
# The name of a fact about a change, in a list of terms: `<dt>Reference</dt><dd>794180</dd>` is one line.
_FACT = re.compile(
    r"(?:(?:halo(?:psa)? |change |feature |ticket )?(?:number|no\.?|id|ref\.?|reference)|change|ticket|release"
    r"|(?:fix )?version|(?:fixed|released|available) in|(?:listen|watch)(?: at)?|minute|time(?:stamp|code)?"
    r"|warning|caution|heads[- ]up|known issues?|test (?:first|before enabling)|summary|description"
    r"|details?|what it does)\s*:?",
    re.IGNORECASE,
)
MAX_BOLD_LENGTH = 300
MAX_BEFORE_LINK = 4  # pieces of white space before the link that a line begins with
MAX_ADDRESS = 2_000  # characters of a link's address
_MAX_DEPTH = 400  # elements inside each other; no page that a person wrote is deeper
# The parser looks through all open elements for each new one, and through all attributes for each new one.
MAX_OPEN_ELEMENTS = 1_500
MAX_ATTRIBUTES = 1_000
_ENDS_BY_ITSELF = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead", "tfoot", "colgroup"})


def looks_like_html(data: bytes) -> bool:
    """Whether these bytes are a web page, or a piece of one: they begin with an element of HTML, or have the ends of
    several. A text that only speaks of `<br>` is none.
    """
    start = data[:50_000]
    if _PAGE_START.match(data, end_of_prolog(data)):  # however long its prolog is
        return True
    if start.lstrip()[:9].lower() == b"<!doctype":
        return b"html" in start[:200].lower()
    closed = _CLOSED_BLOCK.finditer(start)
    return next(closed, None) is not None and next(closed, None) is not None


def find_canonical_url(html: str) -> str | None:
    """The page's own address where it names one over https (`link rel=canonical`)."""
    node = parse_html(html).css_first('link[rel="canonical"]')
    address = node.attributes.get("href") if node else None
    return address if address and address.startswith("https://") and len(address) <= 500 else None


def parse_html(html: str) -> "LexborHTMLParser":
    """The page's elements. Raises SourceError for a page that would take the parser minutes, which no person wrote, and
    for one that takes more memory than there is.
    """
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    _check_nesting(html)
    _check_attributes(html)
    try:
        return LexborHTMLParser(html)
    except SelectolaxError as error:  # that is all that it says where it gets no memory
        raise SourceError(
            f"a page of {len(html) / 1e6:.1f} MB takes more memory than there is. Save only the table of changes, and "
            "import that."
        ) from error


def split_html_lines(html: str) -> list[DocumentLine]:
    """The lines of a page as people see them, counted from 1. Navigation, forms, footers and comments are left out; a
    name in angle brackets that is no element stays in its line.

    Raises SourceError as `parse_html` does.
    """
    page = parse_html(_keep_placeholders(html))
    _strike_classes(page, html)
    root = page.body
    collector = _LineCollector()
    if root is not None:
        collector.walk(root)
        collector.end_line()
    return collector.lines


def _strike_classes(page: "LexborHTMLParser", html: str) -> None:
    """Give the elements of a page that its style sheets strike out by their classes that style themselves."""
    if "line-through" not in html:
        return
    sheets = "\n".join(node.text() for node in page.css("style"))
    rules = (rule.partition("{") for rule in sheets.split("}"))
    struck = {name for names, _, says in rules if "line-through" in says for name in _CLASS.findall(names)}
    if not struck:
        return
    for node in page.css("[class]"):
        if not struck.isdisjoint((node.attributes.get("class") or "").split()):
            node.attrs["style"] = "text-decoration:line-through"


def _check_nesting(html: str) -> None:
    """Raises SourceError when too many elements stand inside each other."""
    open_elements: dict[str, int] = {}
    for slash, name in _TAG.findall(html):
        tag = name.lower()
        if tag in VOID_ELEMENTS or tag in _ENDS_BY_ITSELF:
            continue
        count = open_elements[tag] = max(0, open_elements.get(tag, 0) + (-1 if slash else 1))
        if count > MAX_OPEN_ELEMENTS:
            raise SourceError(
                f"more than {MAX_OPEN_ELEMENTS:,} elements <{tag[:20]}> stand inside each other, so the page was not "
                "read; save it as text"
            )


def _check_attributes(html: str) -> None:
    """Raises SourceError when an element has too many attributes."""
    for tag in _LONG_TAG.finditer(html):
        if len(_QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES:
            raise SourceError(
                f"an element with more than {MAX_ATTRIBUTES:,} attributes, so the page was not read; save it as text"
            )


def _keep_placeholders(html: str) -> str:
    """HTML in which names in angle brackets that are no elements (`Use <ClientName> in subjects`) are text."""
    closed = {name.lower() for slash, name in _TAG.findall(html) if slash}

    def keep(match: re.Match[str]) -> str:
        name = match[2].lower()
        return match[0] if name in KNOWN_ELEMENTS or name in closed else f"&lt;{match[0][1:-1]}&gt;"

    return _PLACEHOLDER.sub(keep, html)


def _is_furniture(node: "LexborNode") -> bool:
    """Whether an element's id or one of its classes says that it is not part of the text."""
    names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".lower().split()
    return any(_FURNITURE.match(name) for name in names)


def _is_badge(node: "LexborNode") -> bool:
    """Whether an element is a label beside a title, by its classes."""
    return any(_BADGE.search(name) for name in (node.attributes.get("class") or "").lower().split()[:20])


def _is_only_mark(node: "LexborNode") -> bool:
    """Whether an element says no more than that something matters, or has to be tested first."""
    text = node.text()[: 2 * MAX_MARK_LENGTH].strip()
    return bool(text) and not read_mark(text).title


def _is_struck(node: "LexborNode") -> bool:
    """Whether an element strikes out what is in it."""
    return node.tag in ELEMENTS or "line-through" in (node.attributes.get("style") or "").lower()


def _is_heading(tag: str) -> bool:
    return tag[0] == "h" and tag[1:].isdigit()


class _LineCollector:
    """Collects text into lines: each block element ends one. `keeps_strokes`: what is struck out keeps its signs, for a
    cell is judged with the others of its row.
    """

    def __init__(self, keeps_strokes: bool = False) -> None:
        self._keeps_strokes = keeps_strokes
        self.lines: list[DocumentLine] = []
        self._text: list[str] = []
        self._kind: LineKind = "text"
        self._list_depth = 0
        self._level = 0  # of the heading that is open
        self._bold = ""  # the bold words that the line begins with
        self._bold_begins = False
        self._fact_named = False  # the line is the name of a fact, which follows
        self._struck = 0  # elements around that strike out
        self._linked_to = 0  # where the link ends that the line begins with
        self._link: tuple[str, int] | None = None  # the address of the link that is open, and where its words begin

    def walk(self, root: "LexborNode") -> None:
        """Visit every element below `root` in order, with a stack instead of recursion, for pages nest very deep."""
        # An element, or the tag of one that ends here.
        stack: list[tuple[LexborNode | str, int]] = [(root, 0)]
        while stack:
            node, depth = stack.pop()
            if isinstance(node, str):
                self._leave(node)
                continue
            tag = node.tag or ""
            if tag == "a":
                self._end_link()
                self._link = (node.attributes.get("href") or "", len(self._text))
            elif tag in ("code", "kbd") and _ONLY_NUMBER.fullmatch(node.text()[:20]):
                self._text.append(" #")
            elif tag in _INLINE and (_is_badge(node) or (tag == "mark" and _is_only_mark(node))):
                self._text.append(" | ")
                stack.append((_BADGE_END, depth))
            if tag == "-text":
                self._text.append(without_signs(node.text_content or ""))
            elif tag == "br":
                self.end_line()
            elif tag in _UNREAD or tag.startswith(("-", "!")) or depth > _MAX_DEPTH or _is_furniture(node):
                continue
            elif tag == "table" and (rows := find_rows(node, _text_of)):
                self._add_rows(rows, node.css_first("caption"))
            else:
                if _is_struck(node):
                    stack.append((_STRUCK_END, depth))
                    self._strike(1)
                self._enter(tag)
                stack.append((tag, depth))
                stack.extend((child, depth + 1) for child in reversed(list(node.iter(include_text=True))))

    def _add_rows(self, rows: list[tuple[str, ...]], caption: "LexborNode | None") -> None:
        """A line for each row of a table, and above them its caption."""
        self.end_line()
        if caption is not None and (text := read_strokes(_text_of(caption)).text):
            self.lines.append(DocumentLine(len(self.lines) + 1, text, "heading"))
        for cells in rows:
            row = [f"{BEGIN}{without_signs(cell)}{END}" for cell in cells] if self._struck else cells
            if (line := strike_cells(len(self.lines) + 1, row)).text:
                self.lines.append(line)

    def _strike(self, change: int) -> None:
        """An element that strikes out begins, or ends (-1)."""
        before, self._struck = self._struck, self._struck + change
        if not before or not self._struck:
            self._text.append(BEGIN if not before else END)

    def _enter(self, tag: str) -> None:
        if tag in _BOLD:
            self._bold_begins = not self._bold and not "".join(self._text).strip(f"| \n\t\xa0{BEGIN}{END}")
        if tag in _BLOCKS:
            if not (tag == "dd" and self._fact_named):
                self.end_line()
            self._fact_named = False
            self._list_depth += tag in ("ul", "ol")
            if tag == "li":
                self._kind = "bullet"
            elif _is_heading(tag):
                self._kind, self._level = "heading", int(tag[1:2])

    def _end_link(self) -> None:
        """A link to a second of a video says the minute, unless its words do."""
        if self._link is None:
            return
        (address, start), self._link = self._link, None
        if "=" in address and len(address) < MAX_ADDRESS and start <= len(self._text):
            label = "".join(self._text[start:])[:MAX_LINE_LENGTH]
            self._text[start:] = [label_with_minute(label, address)]
        if start < MAX_BEFORE_LINK and not "".join(self._text[:start]).strip():
            self._linked_to = len(self._text)

    def _leave(self, tag: str) -> None:
        if tag == _BADGE_END:
            self._text.append(" | ")
        if tag == _STRUCK_END:
            self._strike(-1)
        if tag == "a":
            self._end_link()
        if tag in _BOLD and self._bold_begins:
            bold = "".join(self._text)[:MAX_BOLD_LENGTH]
            self._bold, self._bold_begins = clean_line(without_signs(bold)).strip("| "), False
        if tag in ("td", "th"):
            self._text.append(" | ")  # the cells of a row stay one line
        elif tag == "dt" and _FACT.fullmatch(name := clean_line("".join(self._text[:20])[:60])):
            self._text, self._fact_named = [f"{name.rstrip(' :')}: "], True
        elif tag in _BLOCKS:
            self.end_line()
            self._list_depth -= tag in ("ul", "ol")
            if tag in ("ul", "ol", "li") or _is_heading(tag):
                self._kind = "text"

    def end_line(self) -> None:
        """Turn the text collected so far into a line, if there is any."""
        self._end_link()
        if self._struck:
            self._text.append(END)
        said = minutes_for_links(clean_line("".join(self._text)[:MAX_LINE_LENGTH], SIGNS)).strip("| ")
        strokes = Strokes(said) if self._keeps_strokes else read_strokes(said)
        text = strokes.text.strip("| ")
        is_linked = self._linked_to > 0 and not "".join(self._text[self._linked_to :]).strip()
        self._text[:], self._linked_to = [BEGIN] if self._struck else [], 0
        bold, self._bold, self._bold_begins = self._bold, "", False
        self._fact_named = False
        if not text:
            return
        bullet = _BULLET.match(text)
        body = text[bullet.end() :] if bullet else text
        self.lines.append(
            DocumentLine(
                len(self.lines) + 1,
                body or text,
                "bullet" if bullet and body else self._kind,
                self._level if self._kind == "heading" else self._list_depth,
                bold=bold if body.startswith(bold) else "",
                linked=is_linked,
                struck=strokes.words,
                withdrawn=strokes.withdrawn,
            )
        )
        if self._kind == "bullet":  # what follows in the same list item goes on with it
            self._kind = "text"


def _text_of(cell: "LexborNode") -> str:
    """A cell's text on one line, with the signs of `mark_strokes` around it where it is struck out."""
    collector = _LineCollector(keeps_strokes=True)
    collector.walk(cell)
    collector.end_line()
    text = "\n".join(line.text for line in collector.lines)
    return f"{BEGIN}{without_signs(text)}{END}" if text and _is_struck_around(cell) else text


def _is_struck_around(cell: "LexborNode") -> bool:
    """Whether a cell, its row, its part of the table or the table strikes out what is in it."""
    node: LexborNode | None = cell
    while node is not None and not _is_struck(node):
        node = node.parent if node.tag != "table" else None
    return node is not None
