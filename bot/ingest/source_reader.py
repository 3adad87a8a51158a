"""Reads one watched source: what is new in it since its last reading, and the posts that may have been corrected.

A post is known, by its fingerprint in the feed, once changes were read on it. For two weeks after it was published its
page is looked at again, and fetched only when it changed.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bot.errors import SourceError
from bot.ingest.fetch import FetchedDocument, Fetcher
from bot.ingest.load import is_url, list_files, load_file
from bot.ingest.models import ParsedDocument
from bot.ingest.parsing import parse_fetched
from bot.ingest.posts import MAX_PAGES, PostList, open_source, read_post_item, too_many_posts
from bot.ingest.readers.feed import FeedItem
from bot.ingest.readers.halo_api.client import HaloApi
from bot.ingest.readers.halo_api.reader import read_halo_api
from bot.ingest.readers.registry import detect_format
from bot.ingest.schedule import HALO_API, WatchedSource, source_label
from bot.storage.models import SourceState
from bot.storage.source_states import SourceStates

log = logging.getLogger(__name__)
POSTS = "posts"  # the format of a source that names posts
LOOK_AGAIN_FOR = timedelta(days=14)  # posts get corrected, and a page may be published before its list
MAX_LOOKED_AT = 10  # posts of one source that are looked at again
_FORMAT_NAMES = {"page": "a web page", "json": "JSON", "jsonl": "JSON", "csv": "a text"}


class SourceContent(NamedTuple):
    """What is new in a source, its state after this reading, and the states of its parts (the posts of a feed, the
    releases of a tenant).
    """

    documents: Sequence[ParsedDocument]
    state: SourceState
    part_states: Sequence[SourceState] = ()


@dataclass(frozen=True)
class SourceReader:
    """Reads sources into one catalogue, known by its id."""

    states: SourceStates
    catalog_id: str
    fetcher: Fetcher
    open_halo_api: Callable[[], HaloApi] | None = None

    def read(self, source: WatchedSource, old: SourceState, now: datetime) -> SourceContent:
        """What is new in a source since its old state. Raises SourceError."""
        if source.name == HALO_API:
            return self._read_halo_api(old)
        if is_url(source.name):
            return self._read_url(source.name, old, now)
        return _read_files(source.name, old)

    def _read_halo_api(self, old: SourceState) -> SourceContent:
        if self.open_halo_api is None:
            raise SourceError(
                "halo-api is watched, but HALO_API_URL, HALO_API_CLIENT_ID and HALO_API_CLIENT_SECRET are not all set."
            )
        document, fingerprints = read_halo_api(self.open_halo_api(), self._is_unchanged)
        releases = [SourceState(name, fingerprint=fingerprint) for name, fingerprint in fingerprints.items()]
        return SourceContent([document], old, releases)

    def _is_unchanged(self, name: str, fingerprint: str) -> bool:
        """Whether a part of a source was read into this catalogue with the same fingerprint."""
        state = self.states.get(name)
        return state is not None and state.fingerprint == fingerprint and state.catalog_id == self.catalog_id

    # -- the web ------------------------------------------------------------------------------------------------------

    def _read_url(self, url: str, old: SourceState, now: datetime) -> SourceContent:
        fetched = self.fetcher.get(url, old.etag, old.last_modified)
        documents: list[ParsedDocument] = []
        parts: list[SourceState] = []
        state = old
        if fetched.data is not None:
            found = open_source(fetched, self.fetcher)
            if isinstance(found, PostList):
                state = _with_validators(old, fetched, POSTS) if found.may_be_unchanged else without_validators(old)
                state = replace(state, format=POSTS)
                self._read_posts(url, found, documents, parts, now)
            else:
                state = _with_validators(old, fetched, detect_format(fetched.data, fetched.url, fetched.content_type))
                documents.append(_expect_changes(found, old, fetched))
        if state.format == POSTS:
            self._look_again(url, {part.name for part in parts}, documents, parts, now)
        return SourceContent(documents, state, parts)

    def _read_posts(
        self, url: str, posts: PostList, documents: list[ParsedDocument], parts: list[SourceState], now: datetime
    ) -> None:
        """Read the posts that are not known yet as they are now."""
        pages = 0
        for item in posts.read_items:
            old = self.states.get(item.link) if item.link else None
            is_of_this_catalog = old is not None and old.catalog_id == self.catalog_id
            if old and is_of_this_catalog and old.fingerprint == item.fingerprint:
                if old.part_of is None:  # read before posts knew their source
                    parts.append(replace(old, part_of=url, first_read=_first_seen(item, now)))
                continue
            reading = read_post_item(item, posts.address, self.fetcher, pages < MAX_PAGES)
            pages += reading.page is not None
            documents += reading.documents
            if item.link and not any(document.failures for document in reading.documents):
                first_read = (old.first_read if old else None) or _first_seen(item, now)
                is_over = now - first_read >= LOOK_AGAIN_FOR
                part = SourceState(item.link, first_read=first_read, part_of=url)
                if reading.page:
                    part = _with_validators(part, reading.page)
                parts.append(replace(part, fingerprint=item.fingerprint if reading.is_complete or is_over else None))
        documents += too_many_posts(posts)

    def _look_again(
        self, url: str, just_read: set[str], documents: list[ParsedDocument], parts: list[SourceState], now: datetime
    ) -> None:
        """Look at the pages of the last posts, and read those that changed. One that fails is left for another time."""
        for part in self.states.recent_parts(url, now - LOOK_AGAIN_FOR, MAX_LOOKED_AT):
            if part.name in just_read or part.catalog_id != self.catalog_id or not is_url(part.name):
                continue
            try:
                fetched = self.fetcher.get(part.name, part.etag, part.last_modified)
            except SourceError as error:
                log.info("a post of %s was not looked at again: %s", source_label(part.name), error)
                continue
            if fetched.data is None or _hash(fetched.data) == part.content_hash:
                continue
            document = parse_fetched(fetched)
            if document.records:
                documents.append(document)
                parts.append(_with_validators(part, fetched))


def _first_seen(item: FeedItem, now: datetime) -> datetime:
    """When a post was published as its feed says, or else now."""
    try:
        published = datetime.fromisoformat(item.published or "").replace(tzinfo=now.tzinfo)
    except ValueError:
        return now
    return min(published, now)


def _expect_changes(document: ParsedDocument, old: SourceState, fetched: FetchedDocument) -> ParsedDocument:
    """A document that is no list of posts. Raises SourceError when it says nothing: then it is not what was meant to be
    watched, or is not any more.
    """
    if document.records:
        return document
    kind = _FORMAT_NAMES.get(detect_format(fetched.data or b"", fetched.url, fetched.content_type), "something else")
    if old.format == POSTS:
        raise SourceError(
            f"{fetched.url} listed posts, and is {kind} without any now: a page to sign in, a notice of maintenance or "
            "an error, perhaps. Open it in a browser."
        )
    if document.failures:
        return document
    raise SourceError(
        f"{fetched.url} was read as {kind}, but nothing in it is a change, and no link on it leads to one. "
        "Watch the page or the feed that lists changes."
    )


def _with_validators(state: SourceState, fetched: FetchedDocument, source_format: str | None = None) -> SourceState:
    """A state with what the server said of the document."""
    return replace(
        state,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        content_hash=_hash(fetched.data or b""),
        format=source_format or state.format,
    )


def without_validators(state: SourceState) -> SourceState:
    """A state with which the whole source is read, changed or not."""
    return replace(state, etag=None, last_modified=None, fingerprint=None)


# -- files ------------------------------------------------------------------------------------------------------------


def _read_files(name: str, old: SourceState) -> SourceContent:
    """A file or a folder. Nothing is read when no file changed its size or time."""
    files = list_files(name)
    fingerprint = _hash_files(name, files)
    if fingerprint == old.fingerprint:
        return SourceContent([], old)
    return SourceContent([load_file(file) for file in files], replace(old, fingerprint=fingerprint))


def _hash_files(name: str, files: Iterable[Path]) -> str:
    try:
        stats = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    except OSError as error:
        raise SourceError(f"{name} cannot be read ({error.strerror or error}).") from error
    return _hash(repr(stats).encode("utf-8", "replace"))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
