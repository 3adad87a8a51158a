"""What a person or a setting names (a file, a folder, an address, `-`) into readings. A source that fails is a reading
with a problem.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import SourceError
from bot.ingest.fetch import FetchedDocument, Fetcher, is_same_site
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.feed import read_feed_item, read_feed_items
from bot.ingest.readers.registry import EXTENSIONS, detect_format, read_document

MAX_FILE_BYTES = 100_000_000  # bytes
MAX_FEED_PAGES = 50  # of one feed, in one go


def is_url(name: str) -> bool:
    """Whether a name is a web address and not a file."""
    return name.lower().startswith(("http://", "https://"))


def load_source(name: str, fetcher: Fetcher, stdin: BinaryIO | None = None) -> Iterator[ParsedDocument]:
    """Everything that one name stands for, read. Never raises for what is named: a failure is a reading with a
    problem.
    """
    if name == "-" and stdin is not None:
        yield parse_or_report("standard input", lambda: read_document(stdin.read(MAX_FILE_BYTES), "standard input"))
    elif is_url(name):
        yield from _web(name, fetcher)
    else:
        yield from _files(name)


def parse_or_report(source: str, read: Callable[[], ParsedDocument]) -> ParsedDocument:
    """What `read` gives, or a reading that says why there is none."""
    try:
        return read()
    except SourceError as error:
        return failed_document(source, error)


def failed_document(source: str, error: SourceError) -> ParsedDocument:
    """A reading that says why there is none."""
    return ParsedDocument(source, problems=(ReadProblem(0, "", str(error)),))


def _files(name: str) -> Iterator[ParsedDocument]:
    try:
        files = list_files(name)
    except SourceError as error:
        yield failed_document(name[:200], error)
        return
    if not files:
        yield failed_document(
            name, SourceError("no file in this folder can be read; known are " + ", ".join(sorted(EXTENSIONS)))
        )
    for file in files:
        yield load_file(file)


def list_files(name: str) -> list[Path]:
    """The file of this name, there or not; of a folder every file in it that we could read, in order. Raises
    SourceError when it cannot be looked at.
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
    except (OSError, RuntimeError) as error:  # RuntimeError: `~nobody`, a home folder that is not there
        raise SourceError(f"{name[:200]} cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def load_file(path: Path) -> ParsedDocument:
    """One file, under its name."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SourceError(f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB, so it was not read.")
        data = path.read_bytes()
    except OSError as error:
        return failed_document(path.name, SourceError(f"{path} cannot be read ({error.strerror or error})."))
    except ValueError:
        return failed_document("a file", SourceError("a file's name with a null character in it"))
    except SourceError as error:
        return failed_document(path.name, error)
    return parse_or_report(path.name, lambda: read_document(data, path.name))


def _web(url: str, fetcher: Fetcher) -> Iterator[ParsedDocument]:
    try:
        found = fetcher.get(url)
        if found.data is not None and detect_format(found.data, url, found.content_type) == "feed":
            yield from load_feed(found, fetcher)
            return
    except SourceError as error:
        yield failed_document(url, error)
        return
    yield parse_fetched(found)


def parse_fetched(found: FetchedDocument) -> ParsedDocument:
    """A fetched document that is no feed."""
    data = found.data or b""
    return parse_or_report(
        found.url,
        lambda: read_document(
            data, found.url, found.url.split("?")[0].rsplit("/", 1)[-1], found.content_type, found.charset
        ),
    )


def load_feed(
    found: FetchedDocument, fetcher: Fetcher, known: Callable[[str, str], bool] = lambda link, fingerprint: False
) -> Iterator[ParsedDocument]:
    """The posts of a feed, newest page last fetched: what the feed carries whole is read from it, of the others the
    page is asked for.

    `known` says whether a post was read before as it is now. Raises SourceError when it is no feed.
    """
    pages = 0
    for item in read_feed_items(found.data or b"", found.url):
        if known(item.link, item.fingerprint):
            continue
        reading = read_feed_item(item, found.url)
        if reading.records or not item.is_relevant:
            yield reading
        elif not is_same_site(found.url, item.link):
            yield failed_document(
                item.link or item.title,
                SourceError(
                    f"{item.title[:80]}: its page is on another site ({item.link[:100]}); import it by its address"
                ),
            )
        elif pages >= MAX_FEED_PAGES:
            yield failed_document(
                item.link, SourceError(f"more than {MAX_FEED_PAGES} pages in one feed; read the rest next time")
            )
        else:
            pages += 1
            try:
                page = fetcher.get(item.link)
            except SourceError as error:
                yield failed_document(item.link, error)
                continue
            yield parse_fetched(page)
