"""Articles inside of JSON: what help centres, blogs and GitHub answer with, whose text lists the changes.

{"articles": [{"title": "HaloPSA 2.304", "body": "<ul><li>Cards have colours (1142701)</li>…"}]}   a page
[{"tag_name": "v2.301", "body": "## What's Changed\r\n* Views can be shared (#1142501)\r\n…"}]        a text
{"title": {"rendered": "HaloPSA 2.304"}, "content": {"rendered": "<p>…"}}                           WordPress
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from bot.errors import SourceError
from bot.ingest.models import DocumentBuilder, DocumentLine, ParsedDocument, ReadProblem
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.chat_messages import is_message, join_messages
from bot.ingest.readers.html import looks_like_html
from bot.ingest.readers.page import read_page
from bot.ingest.readers.post.headings import announces_release, find_episode, find_versions
from bot.ingest.readers.post.unread_numbers import IN_PASSING
from bot.ingest.readers.rich_text import (
    collect_rich_texts,
    is_block,
    is_rich_text,
    rich_text_as_html,
    rich_text_as_lines,
)
from bot.ingest.readers.table.json_records import read_json, sheets_from_json
from bot.ingest.readers.table.json_values import ListWithLines, ObjectAtLine, plain_value, with_lines
from bot.ingest.readers.table.own_numbers import has_halo_numbers
from bot.ingest.readers.table.reader import read_sheets, read_table
from bot.ingest.readers.table.struck_cells import clear_strokes

_TITLES = ("title", "name", "subject", "headline", "tag_name", "tagname", "version", "release")
_BODIES = (
    "body", "body_html", "content", "content_html", "html", "markdown", "text", "description", "cooked", "raw", "notes",
    "release_notes", "releasenotes", "changelog", "article",
)  # fmt: skip
_NAMES_BODY = re.compile(rb'"(?:%s)"' % "|".join(_BODIES).encode(), re.IGNORECASE)
# Names that are in all trees and lists of blocks of formatted text.
_OF_RICH_TEXT = (b'"nodeType"', b'"_type"', b'"spans"', b'"children"', b'"doc"', b'"blocks"', b'"rich_text"')
_INSIDE = ("rendered", "content", "storage", "view", "export_view", "value", "html", "markdown", "raw", "plain", "text")
_ATTACHED = ("title", "pretext", "text", "fallback", "value")  # texts in what is attached to a message
_IDS = ("id", "number", "key", "halo_id", "haloid", "change", "ticket")
_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5,7}(?!\d)")
_MAX_DEPTH = 12
_MAX_WRAPPERS = 4
MIN_LENGTH = 30  # characters of a text that may be an article
MIN_RECORDS = 2  # changes in an article whose title says nothing of a release


class _Article(NamedTuple):
    """An object with a title and a text that is a page, or a post."""

    position: int  # its line, where that is known, or else its place among the document's articles, from 1
    title: str
    body: str


def read_json_document(data: bytes, source: str) -> ParsedDocument:
    """The changes in a JSON document: those in the texts of its articles, and the records in the rest of it."""
    if not _may_hold_articles(data):
        return read_table(data, source, "json")
    value = read_json(data, source, Budget(source))
    return read_articles(value, source) or read_table(data, source, "json")


def read_articles(value: Any, source: str) -> ParsedDocument | None:
    """The changes in a document's value, where there are articles in it; None without any.

    Raises SourceError when reading them takes too long.
    """
    taker = _Taker(source)
    rest = taker.take(value, 0)
    if not taker.documents:
        return None
    builder = DocumentBuilder()
    for article, document in taker.documents:
        where = f" (in “{article.title[:60]}”)"
        builder.records += [replace(record, line_number=article.position) for record in document.records]
        builder.problems += [
            problem._replace(line_number=article.position, reason=f"{problem.reason}{where}")
            for problem in document.problems
        ]
        if document.records:
            builder.remarks += [f"“{article.title[:60]}” was read as a page of its own.", *document.remarks]
        builder.episodes += document.episodes
    if _has_objects(rest):
        sheets = sheets_from_json(rest, Budget(source))
        clear_strokes(sheets)
        others = read_sheets(sheets, source, Budget(source))
        builder.records += others.records
        builder.problems += others.problems
        builder.remarks += others.remarks
    return builder.build(source)


def _may_hold_articles(data: bytes) -> bool:
    """Whether a text of several lines, or a page, may be in it. Most tables have neither."""
    if b'"ts"' in data and b'"text"' in data:  # Slack's messages
        return True
    if any(name in data for name in _OF_RICH_TEXT):
        return True
    may_have_lines = b"\\n" in data or b"<" in data or b"\\u003c" in data.lower()
    return may_have_lines and _NAMES_BODY.search(data) is not None


class _Taker:
    """Takes the articles out of a JSON value."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.documents: list[tuple[_Article, ParsedDocument]] = []
        self._position = 0
        self._budget = Budget(source)

    def take(self, value: Any, depth: int, title: str = "") -> Any:
        """The value without the articles in it; `title` is that of the object around it."""
        if depth > _MAX_DEPTH:
            return value
        if isinstance(value, list) and value and all(map(is_message, value)):
            self._take_messages(value, depth)
            return None
        if isinstance(value, list):
            taken = [(line, item, self.take(item, depth + 1, title)) for line, item in with_lines(value)]
            return ListWithLines((line, left) for line, item, left in taken if left is not None or item is None)
        if not isinstance(value, dict):
            return value
        if (article := self._as_article(value, title)) and (document := self._read(article)):
            self.documents.append((article, document))
            return None
        found = len(self.documents)
        own = _text(value.get("title"), 0) or title
        left = {
            name: self.take(item, depth + 1, own) if isinstance(item, list | dict) else item
            for name, item in value.items()
        }
        if len(self.documents) > found:
            left = {name: item for name, item in left.items() if item not in (None, [], {})}
        return ObjectAtLine.like(value, left)

    def _take_messages(self, messages: list[dict[str, Any]], depth: int) -> None:
        """Read each message that lists changes; one with a number in passing is told, and the talk is left out."""
        for message in join_messages(messages):
            text = message["text"]
            attached = {name: part for name, part in message.items() if isinstance(part, list | dict)}
            if not _NUMBER.search(text):  # what is attached to it may list changes
                self._tell_attached(self.take(attached, depth + 1), text)
                continue
            self._tell_attached(attached, text)
            self._position += 1
            article = _Article(self._position, text.strip().partition("\n")[0].replace("*", ""), text)
            document = self._read(
                article._replace(title=""), 1 if find_versions(text.replace("*", "")) else MIN_RECORDS
            )
            if document is None:
                problem = ReadProblem(1, text[:80], IN_PASSING)
                document = ParsedDocument(self.source, problems=(problem,))
            self.documents.append((article, document))

    def _tell_attached(self, attached: Any, text: str) -> None:
        """Tell of the first text attached to a message, as a link's preview is, with a number that `text` has not."""
        known = set(_NUMBER.findall(text))
        told = next((part for part in _attached_texts(attached, 0) if not known.issuperset(_NUMBER.findall(part))), "")
        if told:
            self._position += 1
            problem = ReadProblem(1, told[:80], IN_PASSING)
            article = _Article(self._position, text.strip().partition("\n")[0].replace("*", ""), told)
            self.documents.append((article, ParsedDocument(self.source, problems=(problem,))))

    def _as_article(self, value: dict[str, Any], outer: str) -> _Article | None:
        """An object as an article, if it has a long text with numbers in it, and is no change itself."""
        if is_block(value):  # of an article that was not read as one
            return None
        named = {name.lower(): item for name, item in value.items() if item}
        body = next((text for name in _BODIES if name in named and (text := _body(named[name]))), "")
        if not body and any(_text(named.get(name), 0) for name in _TITLES):
            body = collect_rich_texts(value)
        if len(body) < MIN_LENGTH or not ("\n" in body or "<" in body) or not _NUMBER.search(body):
            return None
        titles = [text.strip() for name in _TITLES if name in named and (text := _text(named[name], 0))]
        title = next(iter(titles), outer)
        ids = [str(named[name]) for name in _IDS if name in named and isinstance(named[name], str | int)]
        if has_halo_numbers(ids[:1]) and not (_is_of_release(title) or {"tag_name", "tagname"} & named.keys()):
            return None
        says_version = [text for text in titles[1:] if find_versions(_as_version(text))]
        if says_version and not find_versions(title):
            title = f"{_as_version(says_version[0])} – {title}"
        self._position += 1
        return _Article(value.line if isinstance(value, ObjectAtLine) else self._position, _as_version(title), body)

    def _read(self, article: _Article, least: int = 0) -> ParsedDocument | None:
        """What is in an article; None where fewer than `least` changes are in it; 0: by its title."""
        self._budget.check_time()
        is_html = looks_like_html(article.body.encode())
        title = f"<h1>{html.escape(article.title)}</h1>" if is_html else f"# {article.title}\n\n"
        try:
            document = read_page(f"{title}{article.body}\n".encode(), self.source, is_html=is_html)
        except SourceError:
            return None
        least = least or (1 if _is_of_release(article.title) else MIN_RECORDS)
        return document if len(document.records) >= least else None


def _attached_texts(value: Any, depth: int) -> Iterator[str]:
    """The texts in what is attached to a message."""
    if depth > _MAX_DEPTH or not isinstance(value, list | dict):
        return
    for name, part in value.items() if isinstance(value, dict) else (("", item) for item in value):
        if isinstance(part, str) and name in _ATTACHED:
            yield part
        yield from _attached_texts(part, depth + 1)


def _is_of_release(title: str) -> bool:
    """Whether a title is that of a release, or of an episode."""
    heading = DocumentLine(1, _as_version(title), "heading")
    return bool(title) and (announces_release(heading) or find_episode(heading) is not None)


def _as_version(title: str) -> str:
    """A title that is nothing but a version's digits, with its v."""
    return f"v{title}" if re.fullmatch(r"\d\.\d{2,3}(?:\.\d{1,5}){0,2}", title) else title


def _body(value: Any) -> str:
    """The text of a field, as HTML where it is stored as blocks."""
    return rich_text_as_html(value) or _text(value, 0) or collect_rich_texts(value)


def _text(value: Any, depth: int) -> str:
    """The text of a field, or of the part of it that people see: `{"rendered": "<p>…"}`."""
    if isinstance(value, str):
        return value
    if is_rich_text(value):
        return rich_text_as_lines(value)
    if not isinstance(value, dict) or depth > _MAX_WRAPPERS:
        return ""
    if isinstance(plain := plain_value(value), str):
        return plain
    return next((text for name in _INSIDE if (text := _text(value.get(name), depth + 1))), "")


def _has_objects(value: Any) -> bool:
    """Whether a list of objects is left in a value: something that could be read as records."""
    waiting, seen = [value], 0
    while waiting and seen < 10_000:
        seen += 1
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list):
            if any(isinstance(part, dict) for part in item):
                return True
            waiting.extend(item)
    return False
