"""Mails as mail programs save them: encoded, in several parts, with attachments."""

import base64

import pytest

from bot.errors import SourceError
from bot.ingest.readers.mail import looks_like_mail
from bot.ingest.readers.registry import read_document
from tests.doubling import MAX_RATIO, cost_of_doubling

HEADERS = (
    "Received: from a.example.com\n\tby b.example.com; Mon, 9 Nov 2026 08:00:00 +0000\n"
    "From: Halo <news@example.com>\nSubject: =?utf-8?Q?HaloPSA_v2.322_=E2=80=93_news?=\nMIME-Version: 1.0\n"
)
PLAIN = "* Vendors=E2=80=99 prices can be com=\npared (#1151101)\n* Night shifts (#1151103)\n"
HTML = "<ul><li>Vendors’ prices can be compared (#1151101)</li><li>Night shifts (#1151103)</li></ul>"


def _part(kind: str, encoding: str, body: str, name: str = "") -> str:
    attachment = f'Content-Disposition: attachment; filename="{name}"\n' if name else ""
    return f"Content-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n{attachment}\n{body}\n"


def _several(*parts: str) -> str:
    joined = "".join(f"--b1\n{part}" for part in parts)
    return f'{HEADERS}Content-Type: multipart/mixed; boundary="b1"\n\n{joined}--b1--\n'


PAGE = _part("text/html", "base64", base64.encodebytes(HTML.encode()).decode())
TEXT = _part("text/plain", "quoted-printable", PLAIN)


@pytest.mark.parametrize(
    "mail", [HEADERS + TEXT, HEADERS + PAGE, _several(TEXT, PAGE), _several(PAGE), _several(TEXT).replace("\n", "\r\n")]
)
@pytest.mark.parametrize("name", ["news.eml", "news.txt"])
def test_what_a_mail_carries_is_read_below_its_subject(mail: str, name: str) -> None:
    """A mail's text is decoded, whatever its encoding, and its subject says the version."""
    document = read_document(mail.encode(), name, name)
    assert [(record.number, record.title, str(record.version)) for record in document.records] == [
        ("1151101", "Vendors’ prices can be compared", "v2.322"),
        ("1151103", "Night shifts", "v2.322"),
    ]
    assert not document.problems


def test_what_is_attached_is_told() -> None:
    """A table that is attached is not read in silence; a picture is nothing to tell of."""
    table = _part("text/csv", "7bit", "ID,Title\n1151109,Desks\n", "changes.csv")
    picture = _part("image/png", "base64", "aGFsbG8=", "logo.png")
    document = read_document(_several(TEXT, table, picture).encode(), "news.eml", "news.eml")
    assert [problem.reason for problem in document.problems] == ["attached to the mail and not read: changes.csv"]
    assert not document.failures


def test_a_mail_without_a_text_is_refused() -> None:
    """A mail of which nothing can be read is no “nothing new”."""
    document = read_document(_several(_part("image/png", "base64", "aGFsbG8=")).encode(), "news.eml", "news.eml")
    assert [problem.reason for problem in document.failures] == ["a mail without a text"]


@pytest.mark.parametrize(
    "text",
    ["From: Ann\nTo: Bob\nSubject: v2.322\n\n* Desks (#1151109)\n", "Title: Desks\nNumber: 1151109\n\nVersion: 2.3\n"],
)
def test_a_text_with_labels_is_no_mail(text: str) -> None:
    """What a person copied out of a mail program is read as it stands."""
    assert not looks_like_mail(text.encode())


def test_each_text_of_a_mail_is_read() -> None:
    """A picture between two texts, as mail programs put it there, ends nothing."""
    picture = _part("image/png", "base64", "aGFsbG8=")
    second = _part("text/plain", "7bit", "* Kiosk mode (#1151104)\n")
    document = read_document(_several(TEXT, picture, second).encode(), "news.eml", "news.eml")
    assert [record.number for record in document.records] == ["1151101", "1151103", "1151104"]
    assert not document.problems


def test_parts_that_are_not_looked_at_are_told() -> None:
    """A document without a name, and what comes after many parts, are told; a signature is nothing to tell of."""
    sheet = _part("application/pdf", "base64", "aGFsbG8=")
    signature = _part("application/pkcs7-signature", "base64", "aGFsbG8=", "smime.p7s")
    document = read_document(_several(TEXT, sheet, signature).encode(), "news.eml", "news.eml")
    assert [problem.reason for problem in document.problems] == [
        "attached to the mail and not read: a part of type application/pdf"
    ]
    many = read_document(_several(TEXT, *[_part("image/png", "7bit", "x")] * 60).encode(), "news.eml", "news.eml")
    assert [problem.reason for problem in many.problems] == [
        "attached to the mail and not read: what follows its first 50 parts"
    ]


@pytest.mark.parametrize("depth", [150, 3000])
def test_mails_in_mails_are_refused_in_a_sentence(depth: int) -> None:
    """However deep parts are nested, the reader ends with a sentence."""
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(depth))
    with pytest.raises(SourceError, match="too many mails in it"):
        read_document(f"{HEADERS}{nested}".encode(), "news.eml", "news.eml")


def test_a_long_header_takes_no_time() -> None:
    """What is listed in a header takes time with the square of its length, so a long one is cut off."""

    def make(size: int) -> str:
        return f"{HEADERS}Content-Type: text/plain;{' a*0=b;' * size}\n\n{PLAIN}"

    cost = cost_of_doubling(lambda mail: read_document(mail.encode(), "a.eml", "a.eml"), make, 10_000)
    assert cost < MAX_RATIO
