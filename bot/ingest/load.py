"""Loads and parses what a person or a setting names: a file, a folder, a web address, or `-`. What fails becomes a
document with a problem.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import SourceError
from bot.ingest.fetch import Fetcher
from bot.ingest.models import ParsedDocument
from bot.ingest.parsing import failed_document, parse_or_report
from bot.ingest.posts import MAX_PAGES, PostList, open_source, read_post_item, too_many_posts
from bot.ingest.readers.registry import EXTENSIONS, read_document
from bot.ingest.reading_process import read_apart

MAX_FILE_BYTES = 100_000_000


def is_url(name: str) -> bool:
    """Whether a name is a web address and not a file."""
    return name.lower().startswith(("http://", "https://"))


def load_source(name: str, fetcher: Fetcher, stdin: BinaryIO | None = None) -> Iterator[ParsedDocument]:
    """All documents of a file, a folder, an address (of a page or a feed), or of `stdin` for `-`.

    Never raises for what is named: a failure is a document with a problem.
    """
    if name == "-" and stdin is not None:
        yield parse_or_report("standard input", lambda: read_document(stdin.read(MAX_FILE_BYTES), "standard input"))
    elif is_url(name):
        yield from _load_url(name, fetcher)
    else:
        yield from _load_files(name)


# -- files ------------------------------------------------------------------------------------------------------------


def _load_files(name: str) -> Iterator[ParsedDocument]:
    try:
        files = list_files(name)
    except SourceError as error:
        yield failed_document(name[:200], error)
        return
    if not files:
        extensions = ", ".join(sorted(EXTENSIONS))
        yield failed_document(name, SourceError(f"no file in this folder can be read; known are {extensions}"))
    for file in files:
        yield load_file(file)


def list_files(name: str) -> list[Path]:
    """The file of this name, whether it exists or not; for a folder, its files with a known extension, sorted, without
    hidden ones. Raises SourceError when the folder cannot be read.
    """
    try:
        path = Path(name).expanduser()
        if not path.is_dir():
            return [path]
        return sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in EXTENSIONS and file.is_file() and not file.name.startswith(".")
        )
    except (OSError, RuntimeError) as error:  # RuntimeError: `~nobody`, a home folder that does not exist
        raise SourceError(f"{name[:200]} cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def load_file(path: Path) -> ParsedDocument:
    """One file; its name is the name of the source."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            error = SourceError(f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB, so it was not read.")
            return failed_document(path.name, error)
        data = path.read_bytes()
    except OSError as error:
        return failed_document(path.name, SourceError(f"{path} cannot be read ({error.strerror or error})."))
    except ValueError:
        return failed_document("a file", SourceError("a file's name with a null character in it"))
    return parse_or_report(path.name, lambda: read_apart(read_document, data, path.name))


# -- the web ----------------------------------------------------------------------------------------------------------


def _load_url(url: str, fetcher: Fetcher) -> Iterator[ParsedDocument]:
    try:
        found = open_source(fetcher.get(url), fetcher)
    except SourceError as error:
        yield failed_document(url, error)
        return
    if not isinstance(found, PostList):
        yield found
        return
    pages = 0
    for item in found.read_items:
        reading = read_post_item(item, found.address, fetcher, pages < MAX_PAGES)
        pages += reading.page is not None
        yield from reading.documents
    yield from too_many_posts(found)
