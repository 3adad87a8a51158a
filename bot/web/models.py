"""The values of the pages: what is answered to an address, and that something is not there."""

from typing import NamedTuple

MAX_QUESTION = 2_000  # characters; search looks at no more, whoever asks


class PageReply(NamedTuple):
    """What is answered to an address."""

    body: bytes = b""
    media_type: str = "text/html"
    status: int = 200
    location: str = ""  # of another page, relative to this one, where that has the answer
    modified: float = 0.0  # when a feed last had news, in seconds since 1970; 0: not known
    links: tuple[str, ...] = ()  # the paths of the pages that it links to


class UnavailableError(Exception):
    """A page cannot be had now: one sentence that says when to ask again."""


class SiteOptions(NamedTuple):
    """Where the pages are."""

    public_url: str = ""  # without a slash at its end; empty: nobody knows, and no whole address is written
    is_static: bool = False  # pages in a folder, where nothing can be searched for
