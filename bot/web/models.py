"""The values of the page: what is answered to an address, and that something is not there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.catalog.models import Entry


class PageReply(NamedTuple):
    """What is answered to an address."""

    body: bytes = b""
    media_type: str = "text/html"
    status: int = 200
    location: str = ""  # of another page, relative to this one, where that has the answer
    modified: float = 0.0  # when a feed last had news, in seconds since 1970; 0: not known
    links: tuple[str, ...] = ()  # the paths of the pages that it links to


class NotFoundError(Exception):
    """There is no such page: one sentence that says what there is."""


class UnavailableError(Exception):
    """A page cannot be had now: one sentence that says when to ask again."""


@dataclass
class EntryGroup:
    """Some entries under one heading."""

    heading: str
    note: str = ""
    entries: list[Entry] = field(default_factory=list)


class EntryPage(NamedTuple):
    """One page of a long list."""

    groups: Sequence[EntryGroup]
    number: int  # counted from 1
    last: int
    total: int  # entries on all pages


class SiteOptions(NamedTuple):
    """Where the pages are."""

    public_url: str = ""  # without a slash at its end; empty: nobody knows, and no whole address is written
    is_static: bool = False  # pages in a folder, where nothing can be searched for
