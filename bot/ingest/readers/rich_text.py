"""Formatted text as content management systems store it, a tree or a list of blocks, as HTML and as plain lines. Pure.

[{"_type": "block", "style": "h2", "children": [{"text": "Fixed"}]},                      Sanity
 {"type": "list-item", "text": "Quotes (#1250002)", "spans": []},                         Prismic
 {"type": "list", "children": [{"type": "list-item", "children": […]}]}]                  Strapi
{"nodeType": "document", "content": [{"nodeType": "heading-2", "content": […]}]}          Contentful
{"root": {"type": "root", "children": [{"type": "heading", "tag": "h2", …}]}}             Lexical
-> "<h2>Fixed</h2><li>Quotes (#1250002)</li>…"
"""

import html
import re
from collections.abc import Iterator
from typing import Any

_ROOTS = frozenset(("doc", "document", "root"))
_HEADING = re.compile(r"(?:heading|header|h(?=[1-6]))(?:([1-6])|one|two|three|four|five|six)?")
_BLOCK = re.compile(
    r"block|paragraph|unstyled|(?:(?:un)?ordered|bullet(?:ed)?|numbered|o|task|check|to ?do)?list(?:item)?"
    r"|heading[1-6]?|header(?:[1-6]|one|two|three|four|five|six)?|h[1-6]"
)
_BESIDE_BLOCKS = frozenset(
    "image embed code codeblock preformatted pre quote blockquote divider hr horizontalrule callout table break file"
    " video assethyperlink embeddedentryblock embeddedassetblock".split()
)
_LIST_ITEM = re.compile(r"(?:(?:un)?ordered|bullet(?:ed)?|numbered|o|task|check|to ?do)?list ?item")
_LIST = re.compile(r"(?:(?:un)?ordered|bullet(?:ed)?|numbered|task|check)?list")
_TEXTS = ("text", "value", "plain_text")
_CHILDREN = ("content", "children", "rich_text", "items")
_BOLD = frozenset(("bold", "strong"))
_STRUCK = frozenset("strike strikethrough linethrough del".split())
_OWN_TITLES = ("title", "name", "subject", "headline")
_MAX_NODES = 1_000_000  # as many values as a document may have
_MAX_DEPTH = 100
_MAX_LOOKED_AT = 50  # blocks of a list
_MAX_AROUND = 5  # objects and lists around a text: slices, zones, components
_TAG = re.compile(r"<[^<>]{0,2500}>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br>")


def is_rich_text(value: Any) -> bool:
    """Whether a value is a formatted text: the root of a tree, or a list of nothing but blocks, one of which has
    text.
    """
    if isinstance(value, dict):
        return _root(value) is not None
    if not isinstance(value, list) or not value:
        return False
    kinds = [_kind(item) if isinstance(item, dict) else "" for item in value[:_MAX_LOOKED_AT]]
    if not all(kind in _BESIDE_BLOCKS or _BLOCK.fullmatch(kind) for kind in kinds):
        return False
    return any(_BLOCK.fullmatch(kind) and _has_text(item) for kind, item in zip(kinds, value, strict=False))


def is_block(value: dict[str, Any]) -> bool:
    """Whether an object is a paragraph, a heading or a list of a formatted text."""
    return _BLOCK.fullmatch(_kind(value)) is not None


def rich_text_as_html(value: Any) -> str:
    """A formatted text as HTML; "" where it is none."""
    if not is_rich_text(value):
        return ""
    left = [_MAX_NODES]
    root = _root(value) if isinstance(value, dict) else None
    blocks = _children(root) if root else value
    return "".join(_as_html(block, left, 0) for block in blocks)


def rich_text_as_lines(value: Any) -> str:
    """A formatted text as plain lines; "" where it is none."""
    text = _TAG.sub("", _BLOCK_END.sub("\n", rich_text_as_html(value)))
    return "\n".join(filter(None, map(str.strip, html.unescape(text).split("\n"))))


def collect_rich_texts(value: Any) -> str:
    """All formatted texts in an object's fields and in the slices below them, in order, as HTML. What has a title of
    its own is left out.
    """
    return "".join(_collect(value, 0))


def _collect(value: Any, depth: int) -> Iterator[str]:
    if depth > _MAX_AROUND:
        return
    if is_rich_text(value):
        yield rich_text_as_html(value)
    elif isinstance(value, list):
        for item in value:
            yield from _collect(item, depth + 1)
    elif isinstance(value, dict) and (not depth or not any(value.get(name) for name in _OWN_TITLES)):
        for name, item in value.items():
            if name not in _OWN_TITLES and isinstance(item, dict | list):
                yield from _collect(item, depth + 1)


def _root(value: dict[str, Any]) -> dict[str, Any] | None:
    """The outermost node of a tree, whose children are nodes; None for any other object."""
    node = value["root"] if isinstance(value.get("root"), dict) else value
    children = _children(node)
    if _kind(node) not in _ROOTS or not children:
        return None
    return node if all(isinstance(child, dict) and _kind(child) for child in children[:_MAX_LOOKED_AT]) else None


def _kind(node: dict[str, Any]) -> str:
    """What a node is, without signs: "heading2", "listitem"; "" where it does not say."""
    kind = next((node[name] for name in ("nodeType", "_type", "type") if isinstance(node.get(name), str)), "")
    return re.sub(r"[^a-z0-9]", "", kind[:40].lower())


def _inside(node: dict[str, Any]) -> list[dict[str, Any]]:
    """A node, and the object in it that has its content: `{"type": "header", "data": {"text": …}}`."""
    kind = node.get("type")
    named = (node.get("data"), node.get("attrs"), node.get(kind) if isinstance(kind, str) else None)
    return [node, *(inner for inner in named if isinstance(inner, dict))]


def _children(node: dict[str, Any]) -> list[Any]:
    found = (part[name] for part in _inside(node) for name in _CHILDREN if isinstance(part.get(name), list))
    return next((children for children in found if children), [])


def _own_text(node: dict[str, Any]) -> str:
    found = (part[name] for part in _inside(node) for name in _TEXTS if isinstance(part.get(name), str))
    return next((text for text in found if text), "")


def _has_text(node: dict[str, Any]) -> bool:
    return bool(_own_text(node)) or any(isinstance(child, dict | str) for child in _children(node))


def _as_html(node: Any, left: list[int], depth: int) -> str:
    """A node and what is in it; `left` counts the nodes that may still be read."""
    if left[0] <= 0 or depth > _MAX_DEPTH:
        return ""
    left[0] -= 1
    if isinstance(node, str):
        return f"<li>{html.escape(node)}</li>" if depth else html.escape(node)
    if not isinstance(node, dict):
        return ""
    kind, children = _kind(node), _children(node)
    if kind in ("hardbreak", "break", "linebreak"):
        return "<br>"
    text = "".join(_as_html(child, left, depth + 1) for child in children) or html.escape(_own_text(node))
    if not children and kind not in _BESIDE_BLOCKS and not _BLOCK.fullmatch(kind):
        return _formatted(node, text)
    if address := _address(node):
        return f'<a href="{html.escape(address)}">{text}</a>'
    tag = _tag(node, kind)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _tag(node: dict[str, Any], kind: str) -> str:
    """The element of HTML that a block is; "" for what stands in a line."""
    style = node.get("style")
    if heading := _HEADING.fullmatch(style if isinstance(style, str) else "") or _HEADING.fullmatch(kind):
        return f"h{_level(node, heading[1])}"
    if isinstance(node.get("listItem"), str) or _LIST_ITEM.fullmatch(kind):
        return "li"
    if _LIST.fullmatch(kind):
        return "ul"
    return "p" if _BLOCK.fullmatch(kind) or kind in _BESIDE_BLOCKS else ""


def _level(node: dict[str, Any], named: str | None) -> str:
    levels = (str(part.get(name, ""))[-1:] for part in _inside(node) for name in ("level", "tag"))
    return named or next((level for level in levels if level and level in "123456"), "2")


def _formatted(node: dict[str, Any], text: str) -> str:
    """A piece of text with the marks that say how it looks."""
    marks = node["marks"] if isinstance(node.get("marks"), list) else []
    names = [mark.get("type") if isinstance(mark, dict) else mark for mark in marks]
    names += [name for name, on in node.items() if on is True]
    plain = {re.sub(r"[^a-z]", "", name[:40].lower()) for name in names if isinstance(name, str)}
    if plain & _BOLD:
        text = f"<b>{text}</b>"
    return f"<s>{text}</s>" if plain & _STRUCK else text


def _address(node: dict[str, Any]) -> str:
    found = (part.get(name) for part in _inside(node) for name in ("uri", "href", "url"))
    return next((one for one in found if isinstance(one, str) and len(one) < 2_000 and "://" in one), "")
