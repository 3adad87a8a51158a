"""A web page into lines: what is read as text, with headings and list items kept apart. selectolax does the parsing."""

import re
from typing import TYPE_CHECKING

from bot.ingest.models import DocumentLine, LineKind
from bot.ingest.readers.text import LONGEST_LINE, clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNREAD = {
    "script", "style", "noscript", "template", "svg", "iframe", "head", "nav", "aside", "footer", "form", "button",
    "select", "textarea", "object",
}  # fmt: skip
# What readers of a page wrote, and lists of other pages, have no element of their own; these are the names that sites
# give them.
_FURNITURE = re.compile(
    r"^(?:comments?|comment-(?:list|section|area|thread)|comments-(?:list|section|area)|disqus_thread|respond|sidebar|breadcrumbs?)$"
)
_BLOCKS = {
    "address", "article", "blockquote", "body", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "thead", "tfoot", "tr",
    "ul",
}  # fmt: skip
_LOOKS_LIKE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|ul|ol|li|table|article|section|main|span|br)\b[^>]*>",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[•·▪◦‣●]\s*")
_DEEPEST = 400  # elements inside each other; what is nested deeper is not a page that anyone wrote


def looks_like_html(data: bytes) -> bool:
    """Whether these bytes are a web page, or a piece of one."""
    return _LOOKS_LIKE.search(data[:50_000]) is not None


def page_address(html: str) -> str | None:
    """The page's own address where it says so (`link rel=canonical`)."""
    from selectolax.lexbor import LexborHTMLParser

    node = LexborHTMLParser(html).css_first('link[rel="canonical"]')
    address = node.attributes.get("href") if node else None
    return address if address and address.startswith("https://") and len(address) <= 500 else None


def html_lines(html: str) -> list[DocumentLine]:
    """The lines of a page as a reader sees them, counted from 1. Furniture that has its own element (navigation, forms,
    footers) is left out.
    """
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).body
    page = _Page()
    if root is not None:
        page.walk(root)
        page.end_line()
    return page.lines


def _is_furniture(node: "LexborNode") -> bool:
    named = node.attributes
    return any(_FURNITURE.match(name) for name in f"{named.get('id') or ''} {named.get('class') or ''}".lower().split())


class _Page:
    """Collects text until a block ends."""

    def __init__(self) -> None:
        self.lines: list[DocumentLine] = []
        self._text: list[str] = []
        self._kind: LineKind = "text"
        self._lists = 0

    def walk(self, root: "LexborNode") -> None:
        """Visit every element below `root` in order; a stack instead of recursion, for pages nest as deep as they
        like.
        """
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
            elif tag in _UNREAD or tag.startswith(("-", "!")) or depth > _DEEPEST or _is_furniture(node):
                continue
            else:
                self._enter(tag)
                stack.append((tag, depth))
                stack.extend((child, depth + 1) for child in reversed(list(node.iter(include_text=True))))

    def _enter(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_line()
            self._lists += tag in ("ul", "ol")
            if tag == "li":
                self._kind = "bullet"
            elif tag[0] == "h" and tag[1:].isdigit():
                self._kind = "heading"

    def _leave(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._text.append(" | ")  # the cells of a row stay one line
        elif tag in _BLOCKS:
            self.end_line()
            self._lists -= tag in ("ul", "ol")
            if tag in ("ul", "ol") or (tag[0] == "h" and tag[1:].isdigit()) or tag == "li":
                self._kind = "text"

    def end_line(self) -> None:
        text = clean("".join(self._text)[:LONGEST_LINE]).strip("| ")
        self._text.clear()
        if not text:
            return
        bullet = _BULLET.match(text)
        body = text[bullet.end() :] if bullet else text
        self.lines.append(
            DocumentLine(len(self.lines) + 1, body or text, "bullet" if bullet and body else self._kind, self._lists)
        )
