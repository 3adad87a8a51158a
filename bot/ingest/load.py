"""Loads and parses what a person or a setting names: a file, a folder, a web address, or `-`. What fails becomes a
document with a problem.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import SourceError
from bot.ingest.fetch import FetchedDocument, Fetcher, is_same_site
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.feed import read_feed_item, read_feed_items
from bot.ingest.readers.registry import EXTENSIONS, detect_format, read_document

MAX_FILE_BYTES = 100_000_000
MAX_FEED_PAGES = 50  # of one feed, in one go


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


def parse_or_report(source: str, parse: Callable[[], ParsedDocument]) -> ParsedDocument:
    """The document that `parse` returns, or one that says why there is none."""
    try:
        return parse()
    except SourceError as error:
        return failed_document(source, error)


def failed_document(source: str, error: SourceError) -> ParsedDocument:
    """A document that only says why it could not be read."""
    return ParsedDocument(source, problems=(ReadProblem(0, "", str(error)),))


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
    return parse_or_report(path.name, lambda: read_document(data, path.name))


# -- the web ----------------------------------------------------------------------------------------------------------


def _load_url(url: str, fetcher: Fetcher) -> Iterator[ParsedDocument]:
    try:
        fetched = fetcher.get(url)
        if fetched.data is not None and detect_format(fetched.data, url, fetched.content_type) == "feed":
            yield from load_feed(fetched, fetcher)
            return
    except SourceError as error:
        yield failed_document(url, error)
        return
    yield parse_fetched(fetched)


def parse_fetched(fetched: FetchedDocument) -> ParsedDocument:
    """A fetched document that is no feed, parsed."""
    file_name = fetched.url.split("?")[0].rsplit("/", 1)[-1]
    return parse_or_report(
        fetched.url,
        lambda: read_document(fetched.data or b"", fetched.url, file_name, fetched.content_type, fetched.charset),
    )


def load_feed(
    fetched: FetchedDocument,
    fetcher: Fetcher,
    is_known: Callable[[str, str], bool] = lambda link, fingerprint: False,
) -> Iterator[ParsedDocument]:
    """The posts of a feed: from the feed itself where it carries the whole post, otherwise from the post's page.

    `is_known(link, fingerprint)` says whether a post was read before as it is now. At most MAX_FEED_PAGES pages are
    fetched, and none of another site. Raises SourceError when it is no feed.
    """
    pages = 0
    for item in read_feed_items(fetched.data or b"", fetched.url):
        if is_known(item.link, item.fingerprint):
            continue
        document = read_feed_item(item, fetched.url)
        if document.records or not item.is_relevant:
            yield document
        elif not is_same_site(fetched.url, item.link):
            reason = f"its page is on another site ({item.link[:100]}); import it by its address"
            yield failed_document(item.link or item.title, SourceError(f"{item.title[:80]}: {reason}"))
        elif pages >= MAX_FEED_PAGES:
            error = SourceError(f"more than {MAX_FEED_PAGES} pages in one feed; read the rest next time")
            yield failed_document(item.link, error)
        else:
            pages += 1
            yield _load_page(item.link, fetcher)


def _load_page(url: str, fetcher: Fetcher) -> ParsedDocument:
    try:
        return parse_fetched(fetcher.get(url))
    except SourceError as error:
        return failed_document(url, error)
