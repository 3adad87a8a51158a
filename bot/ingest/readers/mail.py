"""A mail as mail programs save it (.eml): the page, or else the text, that it carries, below its subject.

looks_like_mail(b"From: Halo <news@example.com>\\r\\nMIME-Version: 1.0\\r\\n…") -> True
"""

import contextlib
import html
import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.page import read_page
from bot.ingest.readers.text import decode

_HEADER = re.compile(rb"(?>(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\n(?>(?:[ \t][^\n]{0,2000}\n)*)){2,200})")
_OF_MAIL = re.compile(rb"^(?:mime-version|content-transfer-encoding)\s*:", re.IGNORECASE | re.MULTILINE)
_NESTING = re.compile(rb"^content-type[ \t]*:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
MAX_PARTS = 50
MAX_NESTING = 100  # parts with parts in them
MAX_HEADER = 5_000  # characters
MAX_SUBJECT = 1_000  # characters


class _ShortHeaders(Compat32):
    """Cuts long headers off: the time for what is listed in one grows with the square of its length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and the value of a header."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


def looks_like_mail(data: bytes) -> bool:
    """Whether a document begins with the headers of a mail whose text is encoded. A text that only names who wrote it,
    and to whom, is read as it stands.
    """
    start = data[:20_000].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n ")
    header = _HEADER.match(start)
    return header is not None and _OF_MAIL.search(header[0]) is not None


def read_mail(data: bytes, source: str) -> ParsedDocument:
    """The changes in a mail. What is attached to it is not read, and that is told.

    Raises SourceError for one with too many parts in parts.
    """
    message = _parse(data.lstrip(b"\xef\xbb\xbf\r\n "), source)
    page, text, attached = _find_texts(message)
    subject = _subject_of(message)
    best: ParsedDocument | None = None
    for body, is_html in ((page, True), (text, False)):
        if not body:
            continue
        heading = f"<h1>{html.escape(subject)}</h1>" if is_html else f"# {subject}\n\n"
        document = read_page(f"{heading}{body}".encode("utf-8", "replace"), source, is_html=is_html)
        if best is None or len(document.records) > len(best.records):
            best = document
    problems = tuple(ReadProblem(1, "", f"attached to the mail and not read: {name[:80]}") for name in attached)
    if best is None:
        return ParsedDocument(source, problems=(*problems, ReadProblem(0, "", "a mail without a text")))
    return ParsedDocument(source, best.records, best.problems + problems, best.remarks, best.episodes)


def _parse(data: bytes, source: str) -> Message:
    """A mail with its parts. Raises SourceError where they are nested too deep."""
    if len(_NESTING.findall(data)) <= MAX_NESTING:
        with contextlib.suppress(RecursionError):
            return message_from_bytes(data, policy=_ShortHeaders())
    raise SourceError(f"{source}: a mail with too many mails in it. Save each of them by itself.")


def _find_texts(message: Message) -> tuple[str, str, list[str]]:
    """The page and the text that a mail carries, each of all its parts: a picture in the middle makes two of one. And
    the names of what is attached to it: tables, documents, and parts beyond those that are looked at.
    """
    pages, texts, attached = list[str](), list[str](), list[str]()
    for at, part in enumerate(message.walk()):
        if at >= MAX_PARTS:
            attached.append(f"what follows its first {MAX_PARTS} parts")
            break
        kind, name = part.get_content_type(), part.get_filename()
        if part.is_multipart() or kind.startswith("image/") or kind in _SIGNATURES:
            continue
        if name or kind not in ("text/html", "text/plain"):
            attached.append(name or f"a part of type {kind}")
        else:
            (pages if kind == "text/html" else texts).append(_text_of(part))
    return "\n".join(pages), "\n".join(texts), attached


def _text_of(part: Message) -> str:
    content = part.get_payload(decode=True)
    return decode(content, part.get_content_charset()) if isinstance(content, bytes) else ""


def _subject_of(message: Message) -> str:
    """The subject on one line; as it stands where its encoding is broken."""
    raw = str(message.get("subject", ""))[:MAX_SUBJECT]
    with contextlib.suppress(HeaderParseError, LookupError, ValueError):
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.split())
