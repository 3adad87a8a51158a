"""What a person or a setting names (a file, a folder, an address, `-`) into readings. A source that fails is a reading
with a problem.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import SourceError
from bot.ingest.fetch import Fetched, Fetcher, same_site
from bot.ingest.models import Problem, Reading
from bot.ingest.readers.feed import read_item, read_items
from bot.ingest.readers.registry import SUFFIXES, kind_of, read_document

LARGEST_FILE = 100_000_000  # bytes
MOST_PAGES = 50  # of one feed, in one go


def is_address(name: str) -> bool:
    """Whether a name is a web address and not a file."""
    return name.lower().startswith(("http://", "https://"))


def readings_of(name: str, fetcher: Fetcher, stdin: BinaryIO | None = None) -> Iterator[Reading]:
    """Everything that one name stands for, read. Never raises for what is named: a failure is a reading with a
    problem.
    """
    if name == "-" and stdin is not None:
        yield guarded("standard input", lambda: read_document(stdin.read(LARGEST_FILE), "standard input"))
    elif is_address(name):
        yield from _web(name, fetcher)
    else:
        yield from _files(name)


def guarded(source: str, read: Callable[[], Reading]) -> Reading:
    """What `read` gives, or a reading that says why there is none."""
    try:
        return read()
    except SourceError as error:
        return failed(source, error)


def failed(source: str, error: SourceError) -> Reading:
    """A reading that says why there is none."""
    return Reading(source, problems=(Problem(0, "", str(error)),))


def _files(name: str) -> Iterator[Reading]:
    try:
        files = files_of(name)
    except SourceError as error:
        yield failed(name[:200], error)
        return
    if not files:
        yield failed(name, SourceError("no file in this folder can be read; known are " + ", ".join(sorted(SUFFIXES))))
    for file in files:
        yield read_file(file)


def files_of(name: str) -> list[Path]:
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
            if file.suffix.lower() in SUFFIXES and file.is_file() and not file.name.startswith(".")
        )
    except (OSError, RuntimeError) as error:  # RuntimeError: `~nobody`, a home folder that is not there
        raise SourceError(f"{name[:200]} cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def read_file(path: Path) -> Reading:
    """One file, under its name."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SourceError(f"{path} is larger than {LARGEST_FILE // 1_000_000} MB, so it was not read.")
        data = path.read_bytes()
    except OSError as error:
        return failed(path.name, SourceError(f"{path} cannot be read ({error.strerror or error})."))
    except ValueError:
        return failed("a file", SourceError("a file's name with a null character in it"))
    except SourceError as error:
        return failed(path.name, error)
    return guarded(path.name, lambda: read_document(data, path.name))


def _web(url: str, fetcher: Fetcher) -> Iterator[Reading]:
    try:
        found = fetcher.get(url)
        if found.data is not None and kind_of(found.data, url, found.content_type) == "feed":
            yield from feed_readings(found, fetcher)
            return
    except SourceError as error:
        yield failed(url, error)
        return
    yield read_fetched(found)


def read_fetched(found: Fetched) -> Reading:
    """A fetched document that is no feed."""
    data = found.data or b""
    return guarded(
        found.url,
        lambda: read_document(
            data, found.url, found.url.split("?")[0].rsplit("/", 1)[-1], found.content_type, found.charset
        ),
    )


def feed_readings(
    found: Fetched, fetcher: Fetcher, known: Callable[[str, str], bool] = lambda link, fingerprint: False
) -> Iterator[Reading]:
    """The posts of a feed, newest page last fetched: what the feed carries whole is read from it, of the others the
    page is asked for.

    `known` says whether a post was read before as it is now. Raises SourceError when it is no feed.
    """
    pages = 0
    for item in read_items(found.data or b"", found.url):
        if known(item.link, item.fingerprint):
            continue
        reading = read_item(item, found.url)
        if reading.records or not item.ours:
            yield reading
        elif not same_site(found.url, item.link):
            yield failed(
                item.link or item.title,
                SourceError(
                    f"{item.title[:80]}: its page is on another site ({item.link[:100]}); import it by its address"
                ),
            )
        elif pages >= MOST_PAGES:
            yield failed(item.link, SourceError(f"more than {MOST_PAGES} pages in one feed; read the rest next time"))
        else:
            pages += 1
            try:
                page = fetcher.get(item.link)
            except SourceError as error:
                yield failed(item.link, error)
                continue
            yield read_fetched(page)
