"""Bytes that were loaded into a document. What fails becomes a document with a problem."""

from collections.abc import Callable

from bot.errors import SourceError
from bot.ingest.fetch import FetchedDocument
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.registry import read_document
from bot.ingest.reading_process import read_apart


def parse_or_report(source: str, parse: Callable[[], ParsedDocument]) -> ParsedDocument:
    """The document that `parse` returns, or one that says why there is none."""
    try:
        return parse()
    except SourceError as error:
        return failed_document(source, error)


def failed_document(source: str, error: SourceError) -> ParsedDocument:
    """A document that only says why it could not be read."""
    return ParsedDocument(source, problems=(ReadProblem(0, "", str(error)),))


def parse_fetched(fetched: FetchedDocument) -> ParsedDocument:
    """A fetched document that is no feed, parsed."""
    file_name = fetched.url.split("?")[0].rsplit("/", 1)[-1]
    return parse_or_report(
        fetched.url,
        lambda: read_apart(
            read_document, fetched.data or b"", fetched.url, file_name, fetched.content_type, fetched.charset
        ),
    )
