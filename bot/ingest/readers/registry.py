r"""Detects the format of a document and hands it to that format's reader.

    read_document(b"Title,Number\nBudgets per phase,794180\n", "changes.csv", "changes.csv")
    -> ParsedDocument("changes.csv", records=(Record("794180", "Budgets per phase", …),), …)

A new format is a module in this package and a row in FORMATS.
"""

from collections.abc import Callable
from typing import NamedTuple

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.feed import looks_like_feed, read_feed
from bot.ingest.readers.html import looks_like_html
from bot.ingest.readers.json_documents import read_json_document
from bot.ingest.readers.json_start import LOOKED_AT, begins_as_json
from bot.ingest.readers.mail import looks_like_mail, read_mail
from bot.ingest.readers.page import read_page
from bot.ingest.readers.table.columns import map_columns
from bot.ingest.readers.table.delimited import find_table_delimiter
from bot.ingest.readers.table.jira_xml import looks_like_jira_xml, read_jira_xml
from bot.ingest.readers.table.reader import TableFormat, read_table
from bot.ingest.readers.text import decode
from bot.ingest.readers.toml_documents import looks_like_toml, read_toml_document
from bot.ingest.readers.yaml_documents import begins_as_yaml, read_yaml_document

# How files begin that are no text, no page and no table: PDF, PNG, JPEG, GIF, gzip, old Excel, RIFF, ELF, SQLite.
_BINARY = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"RIFF", b"\x7fELF",
    b"SQLite format 3",
)  # fmt: skip
_JSON_EXTENSIONS = (".json", ".jsonl", ".ndjson")
_YAML_EXTENSIONS = (".yaml", ".yml")
_TEXT_EXTENSIONS = ("", ".txt", ".text")  # whose names do not say what is in them
BINARY = "binary"  # what detect_format calls these


class RawDocument(NamedTuple):
    """A document as it came, and what is known about it."""

    data: bytes
    source: str  # file name or address
    name: str = ""
    content_type: str = ""
    charset: str | None = None

    @property
    def start(self) -> bytes:
        """Its first bytes, without a mark and white space in front."""
        return self.data[:50_000].lstrip(b"\xef\xbb\xbf \t\r\n")

    @property
    def extension(self) -> str:
        """Of its name, with the dot and in lower case; "" without one."""
        return self.name[self.name.rfind(".") :].lower() if "." in self.name else ""


class Format(NamedTuple):
    """A kind of document, how it is recognised, and what reads it."""

    name: str
    extensions: tuple[str, ...]
    read: Callable[[RawDocument], ParsedDocument]
    looks_like: Callable[[RawDocument], bool] | None = None  # recognises it by its bytes, whatever its name is
    content_type: str = ""  # a part of the type that servers give it
    extension_counts: bool = True  # False: a document that does not look like it is not one, whatever its name is


def _table(table_format: TableFormat) -> Callable[[RawDocument], ParsedDocument]:
    return lambda document: read_table(document.data, document.source, table_format)


def _is_json(document: RawDocument) -> bool:
    """Whether it begins with a bracket, and what follows it is no text. A file that is called JSON is held to it."""
    if document.start[:1] not in (b"{", b"["):
        return False
    if _is_called_yaml(document):  # which has JSON in it
        return False
    if document.extension in _JSON_EXTENSIONS or "json" in document.content_type:
        return True
    return begins_as_json(document.start[: 2 * LOOKED_AT].decode("utf-8", "replace"))


def _is_json_lines(document: RawDocument) -> bool:
    """Whether JSON has an object on each line."""
    if not _is_json(document) or document.extension == ".json":
        return False
    if document.extension in (".jsonl", ".ndjson"):
        return True
    first, _, rest = document.data.strip().partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _is_called_yaml(document: RawDocument) -> bool:
    return document.extension in _YAML_EXTENSIONS or "yaml" in document.content_type


def _may_be_yaml(document: RawDocument) -> bool:
    """Whether a document is called YAML, or its name says nothing and it begins as YAML. Its reader looks closer."""
    if _is_called_yaml(document):
        return not document.start.startswith(b"<")  # a page; what a field says may be HTML
    if document.extension not in _TEXT_EXTENSIONS or looks_like_html(document.data):
        return False
    return begins_as_yaml(decode(document.data[:50_000]))


def _read_yaml(document: RawDocument) -> ParsedDocument:
    return read_yaml_document(document.data, document.source, document.charset, _is_called_yaml(document))


def _is_toml(document: RawDocument) -> bool:
    """Whether a document is called TOML, or its name says nothing and it has TOML's lists."""
    if document.extension == ".toml":
        return not document.start.startswith(b"<")
    is_text = document.extension in _TEXT_EXTENSIONS and b"[[" in document.data[:50_000]
    return is_text and not looks_like_html(document.data) and looks_like_toml(decode(document.data[:50_000]))


# The first that fits counts: by its looks, then by its extension, then by its content type.
FORMATS = (
    Format("mail", (".eml",), lambda document: read_mail(document.data, document.source),
           lambda document: looks_like_mail(document.data), extension_counts=False),
    Format("xlsx", (".xlsx", ".xlsm"), _table("xlsx"), lambda document: document.data.startswith(b"PK\x03\x04"),
           extension_counts=False),
    Format("jira xml", (), lambda document: read_jira_xml(document.data, document.source),
           lambda document: looks_like_jira_xml(document.data)),
    Format("feed", (".xml", ".rss", ".atom"),
           lambda document: read_feed(document.data, document.source, document.charset),
           lambda document: looks_like_feed(document.data), extension_counts=False),
    Format("toml", (".toml",), lambda document: read_toml_document(document.data, document.source), _is_toml,
           extension_counts=False),
    Format("jsonl", (".jsonl", ".ndjson"), _table("jsonl"), _is_json_lines),
    Format("json", (".json",), lambda document: read_json_document(document.data, document.source), _is_json),
    Format("csv", (".csv",), _table("csv"), lambda document: _is_table(document), content_type="csv"),
    Format("tsv", (".tsv", ".tab"), _table("tsv"), content_type="tab-separated"),
    Format("yaml", _YAML_EXTENSIONS, _read_yaml, _may_be_yaml, extension_counts=False),
    Format("page", (".html", ".htm", ".txt", ".md", ".text", ".wiki", ".vtt", ".srt", ".rst", ".adoc", ".mdx",
            ".markdown"),
           lambda document: read_page(document.data, document.source, document.charset)),
)  # fmt: skip
EXTENSIONS = frozenset(extension for known in FORMATS for extension in known.extensions)
_BY_NAME = {known.name: known for known in FORMATS}


def detect_format(data: bytes, name: str = "", content_type: str = "") -> str:
    """The name of a document's format in FORMATS, or BINARY for one that no reader can read."""
    document = RawDocument(data, "", name, content_type)
    if data.startswith(_BINARY):
        return BINARY
    for known in FORMATS:
        if known.looks_like and known.looks_like(document):
            return known.name
    for known in FORMATS:
        if known.extension_counts and document.extension in known.extensions:
            return known.name
    for known in FORMATS:
        if known.content_type and known.content_type in content_type:
            return known.name
    return "csv" if not looks_like_html(data) and _has_header(document) else "page"


def _is_table(document: RawDocument) -> bool:
    """Whether a text file is a table: one of its first rows names columns, and most lines have as many cells."""
    if document.extension not in (".txt", ".text") or looks_like_html(document.data):
        return False
    return find_table_delimiter(decode(document.data[:100_000])) is not None


def read_document(
    data: bytes, source: str, name: str = "", content_type: str = "", charset: str | None = None
) -> ParsedDocument:
    """The changes in a document of any format; of a feed only what it carries itself, not the pages it links to.

    Raises SourceError, with what is wrong in a sentence.
    """
    detected = detect_format(data, name or source, content_type)
    if detected == BINARY:
        raise SourceError(f"{source}: not a text, a page or a table. Save it as text, HTML, CSV or XLSX.")
    if not data.strip():
        return ParsedDocument(source, problems=(ReadProblem(0, "", "empty"),))
    return _BY_NAME[detected].read(RawDocument(data, source, name, content_type, charset))


def _has_header(document: RawDocument) -> bool:
    """Whether a text whose name says nothing is a table: its first line names known columns, a title among them."""
    lines = decode(document.start[:5_000]).splitlines()[:1]
    headers = [map_columns(lines[0].split(delimiter)) for delimiter in ",;\t"] if lines else []
    return any(len(columns) >= 2 and "title" in columns for columns in headers)
