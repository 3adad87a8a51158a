"""A mail as mail programs save it (.eml): the page, or else the text, that it carries, below its subject.

looks_like_mail(b"From: Halo <news@example.com>\\r\\nMIME-Version: 1.0\\r\\n…") -> True
"""

import contextlib
import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.page import read_page
from bot.ingest.readers.text import decode

_HEADER = re.compile(rb"(?>(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]{0,2000}\n(?>(?:[ \t][^\n]{0,2000}\n)*)){2,200})")
_OF_MAIL = re.compile(rb"^(?:mime-version|content-transfer-encoding)\s*:", re.IGNORECASE | re.MULTILINE)
MAX_PARTS = 50
MAX_SUBJECT = 1_000  # characters


def looks_like_mail(data: bytes) -> bool:
    """Whether a document begins with the headers of a mail whose text is encoded. A text that only names who wrote it,
    and to whom, is read as it stands.
    """
    start = data[:20_000].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n ")
    header = _HEADER.match(start)
    return header is not None and _OF_MAIL.search(header[0]) is not None


def read_mail(data: bytes, source: str) -> ParsedDocument:
    """The changes in a mail. What is attached to it is not read, and that is told."""
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n "))
    page, text, attached = _find_texts(message)
    subject = _subject_of(message)
    best: ParsedDocument | None = None
    for body, is_html in ((page, True), (text, False)):
        if not body:
            continue
        heading = f"<h1>{subject.replace('<', '&lt;')}</h1>" if is_html else f"# {subject}\n\n"
        document = read_page(f"{heading}{body}".encode("utf-8", "replace"), source, is_html=is_html)
        if best is None or len(document.records) > len(best.records):
            best = document
    problems = tuple(ReadProblem(1, "", f"attached to the mail and not read: {name[:80]}") for name in attached)
    if best is None:
        return ParsedDocument(source, problems=(*problems, ReadProblem(0, "", "a mail without a text")))
    return ParsedDocument(source, best.records, best.problems + problems, best.remarks, best.episodes)


def _find_texts(message: Message) -> tuple[str, str, list[str]]:
    """The page and the text that a mail carries, and the names of tables and documents that are attached to it."""
    page, text = "", ""
    attached: list[str] = []
    for part in list(message.walk())[:MAX_PARTS]:
        kind, name = part.get_content_type(), part.get_filename()
        if name and not kind.startswith("image/"):
            attached.append(name)
        elif kind == "text/html":
            page = page or _text_of(part)
        elif kind == "text/plain":
            text = text or _text_of(part)
    return page, text, attached


def _text_of(part: Message) -> str:
    content = part.get_payload(decode=True)
    return decode(content, part.get_content_charset()) if isinstance(content, bytes) else ""


def _subject_of(message: Message) -> str:
    """The subject on one line; as it stands where its encoding is broken."""
    raw = str(message.get("subject", ""))[:MAX_SUBJECT]
    with contextlib.suppress(HeaderParseError, LookupError, ValueError):
        raw = str(make_header(decode_header(raw)))
    return " ".join(raw.split())
