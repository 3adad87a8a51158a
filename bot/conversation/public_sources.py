"""Where an entry comes from, as everyone may see it."""

import re

_WEB_ADDRESS = re.compile(
    r"https?://(?P<person>[^/?#\s]*@)?(?P<page>[^/?#\s@]+(?:/[^?#\s]*)?)(?P<query>\?[^#\s]*)?(?:#\S*)?", re.IGNORECASE
)


def web_address(address: str | None) -> str:
    """An address that may be linked: only http and https; else empty."""
    return address if address and _WEB_ADDRESS.fullmatch(address) else ""


def public_source(source: str) -> tuple[str, str]:
    """A source as everyone may see it, and its address where that has neither a password nor a token in it. What may
    be one in a path stands after a semicolon or before an at sign: then there is only the host.
    """
    match = _WEB_ADDRESS.fullmatch(source)
    if not match:
        return re.split(r"[/\\]", source.rstrip("/\\"))[-1], ""
    page = match["page"].rstrip("/")
    if any(mark in page for mark in "@;"):
        return re.split(r"[/;]", page)[0], ""
    return page, "" if match["person"] or match["query"] else source
