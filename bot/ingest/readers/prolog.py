"""What may stand in front of a document's root element: white space, comments, instructions and a document type.

`end_of_prolog(b'<?xml version="1.0"?><!-- ours --><rss>')` is 34, where `<rss>` begins.
"""

import re

_SOLID = re.compile(rb"[^\s\xef\xbb\xbf]")  # no white space and no byte order mark
_SUBSET_END = re.compile(rb"\]\s*>")


def end_of_prolog(data: bytes) -> int:
    """Where the root element begins; the length of the data when the prolog has no end. Looks at each byte once."""
    at = 0
    while True:
        solid = _SOLID.search(data, at)
        at = solid.start() if solid else len(data)
        if data.startswith(b"<!--", at):
            at = _after(data, b"-->", at + 4)
        elif data.startswith(b"<?", at):
            at = _after(data, b"?>", at + 2)
        elif data[at : at + 9].lower() == b"<!doctype":
            at = _after_document_type(data, at)
        else:
            return at


def _after_document_type(data: bytes, at: int) -> int:
    end = _after(data, b">", at)
    if data.find(b"[", at, end) < 0:
        return end
    closing = _SUBSET_END.search(data, at)  # its entities may have a > in them
    return closing.end() if closing else len(data)


def _after(data: bytes, sign: bytes, at: int) -> int:
    found = data.find(sign, at)
    return found + len(sign) if found >= 0 else len(data)
