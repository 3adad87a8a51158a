"""A web page into lines, with headings and list items marked. selectolax parses the HTML.

split_html_lines("<h2>Full Feature List</h2><ul><li>Budgets | v2.206 <b>#794180</b></ul>")
-> [DocumentLine(1, "Full Feature List", "heading"),
    DocumentLine(2, "Budgets | v2.206 #794180", "bullet", depth=1)]
"""

import re
from typing import TYPE_CHECKING

from bot.ingest.models import DocumentLine, LineKind
from bot.ingest.readers.text import MAX_LINE_LENGTH, clean_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNREAD = {
    "script", "style", "noscript", "template", "svg", "iframe", "head", "nav", "aside", "footer", "form", "button",
    "select", "textarea", "object",
}  # fmt: skip
# Readers' comments and lists of other pages have no element of their own; these are the classes and ids that sites use.
_FURNITURE = re.compile(
    r"^(?:comments?|comment-(?:list|section|area|thread)|comments-(?:list|section|area)|disqus_thread|respond"
    r"|sidebar|breadcrumbs?)$"
)
_BLOCKS = {
    "address", "article", "blockquote", "body", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "thead", "tfoot", "tr", "ul",
}  # fmt: skip
_LOOKS_LIKE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|ul|ol|li|table|article|section|main|span|br)\b[^>]*>",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[•·▪◦‣●]\s*")
_MAX_DEPTH = 400  # elements inside each other; no page that a person wrote is deeper


def looks_like_html(data: bytes) -> bool:
    """Whether these bytes are a web page, or a piece of one."""
    return _LOOKS_LIKE.search(data[:50_000]) is not None


def find_canonical_url(html: str) -> str | None:
    """The page's own address where it names one over https (`link rel=canonical`)."""
    from selectolax.lexbor import LexborHTMLParser

    node = LexborHTMLParser(html).css_first('link[rel="canonical"]')
    address = node.attributes.get("href") if node else None
    return address if address and address.startswith("https://") and len(address) <= 500 else None


def split_html_lines(html: str) -> list[DocumentLine]:
    """The lines of a page as people see them, counted from 1. Navigation, forms, footers and comments are left out."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).body
    collector = _LineCollector()
    if root is not None:
        collector.walk(root)
        collector.end_line()
    return collector.lines


def _is_furniture(node: "LexborNode") -> bool:
    """Whether an element's id or one of its classes says that it is not part of the text."""
    names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".lower().split()
    return any(_FURNITURE.match(name) for name in names)


def _is_heading(tag: str) -> bool:
    return tag[0] == "h" and tag[1:].isdigit()


class _LineCollector:
    """Collects text into lines: each block element ends one."""

    def __init__(self) -> None:
        self.lines: list[DocumentLine] = []
        self._text: list[str] = []
        self._kind: LineKind = "text"
        self._list_depth = 0

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
            if tag == "-text":
                self._text.append(node.text_content or "")
            elif tag == "br":
                self.end_line()
            elif tag in _UNREAD or tag.startswith(("-", "!")) or depth > _MAX_DEPTH or _is_furniture(node):
                continue
            else:
                self._enter(tag)
                stack.append((tag, depth))
                stack.extend((child, depth + 1) for child in reversed(list(node.iter(include_text=True))))

    def _enter(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line()
            self._list_depth += tag in ("ul", "ol")
            if tag == "li":
                self._kind = "bullet"
            elif _is_heading(tag):
                self._kind = "heading"

    def _leave(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._text.append(" | ")  # the cells of a row stay one line
        elif tag in _BLOCKS:
            self.end_line()
            self._list_depth -= tag in ("ul", "ol")
            if tag in ("ul", "ol", "li") or _is_heading(tag):
                self._kind = "text"

    def end_line(self) -> None:
        """Turn the text collected so far into a line, if there is any."""
        text = clean_line("".join(self._text)[:MAX_LINE_LENGTH]).strip("| ")
        self._text.clear()
        if not text:
            return
        bullet = _BULLET.match(text)
        body = text[bullet.end() :] if bullet else text
        self.lines.append(
            DocumentLine(
                len(self.lines) + 1, body or text, "bullet" if bullet and body else self._kind, self._list_depth
            )
        )
