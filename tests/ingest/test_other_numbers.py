"""Numbers of mails that are no change's: in a subject, in a signature, behind a note; and the titles near them."""

import pytest

from bot.ingest.readers.registry import read_document

MAIL = "From: a@b.example\nSubject: {}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{}"
LIST = "HaloPSA v2.270\n\n- Lists can be sorted (#1142801)\n- Racks have colours (#1142802)\n"
LISTED = ["1142801", "1142802"]


def _numbers(text: str, name: str = "a.txt") -> list[str | None]:
    return [record.number for record in read_document(text.encode(), name, name).records]


@pytest.mark.parametrize(
    "subject",
    [
        "Re: HaloPSA v2.270 boards (#1234567)",
        "Fwd: Boards (#1234567)",
        "AW: Boards [1234567]",
        "RE[2]: #1234567 Boards",
    ],
)
def test_a_subject_that_answers_is_no_change(subject: str) -> None:
    """The number in an answer's subject is a ticket's; it is told as one in passing."""
    document = read_document(MAIL.format(subject, LIST).encode(), "a.eml", "a.eml")
    assert [(record.number, str(record.version)) for record in document.records] == [(n, "v2.270") for n in LISTED]
    assert [problem.text for problem in document.problems] == [subject]


@pytest.mark.parametrize(
    "title", ["Re-opened tickets keep their agent", "Reply: all agents are named", "Forward: mails to a board"]
)
def test_titles_near_a_subject_stay(title: str) -> None:
    """A title may begin with a word that a subject's sign is short for."""
    assert _numbers(f"{LIST}- {title} (#1142803)\n") == [*LISTED, "1142803"]


@pytest.mark.parametrize(
    "below",
    [
        "phone: 1234567",
        "Tel 1234567",
        "Tel. no.: 1234567\nFax 1234568",
        "M: 1234567",
        "Tel 1234567\nTicket: 1234568",
        "Customer number: 1234567",
        "Kind regards,\nAnn Lee\nTicket: 1234567",
        "Viele Grüße\nAnn Lee | Acme\nVorgang (#1234567)",
        "- note: see #1234567",
        "- Note: #1234567",
        "- phone: 1234567",
    ],
)
def test_what_stands_below_a_list_is_no_change(below: str) -> None:
    """Telephone numbers, a signature's ticket and notes are no changes, nor a word of the change above."""
    document = read_document(f"{LIST}\n{below}\n".encode(), "a.txt", "a.txt")
    assert [record.number for record in document.records] == LISTED
    assert [record.summary for record in document.records] == ["", ""]


@pytest.mark.parametrize(
    "line",
    [
        "- Phone numbers: #1142803",
        "- Phone: #1142803",
        "- Fax headers (#1142803)",
        "- Notes of agents (#1142803)",
        "- Ticket numbers in subjects – 1142803",
        "- Mobile app: 1142803",
    ],
)
def test_titles_near_a_label_stay(line: str) -> None:
    """A title may speak of telephones and notes."""
    assert _numbers(f"{LIST}{line}\n") == [*LISTED, "1142803"]


def test_a_list_below_a_word_of_thanks_is_one() -> None:
    """Where several changes stand below what may be a sign-off, it is none."""
    text = "HaloPSA v2.270\n\nThanks!\nLists can be sorted (#1142801)\nRacks have colours (#1142802)\n"
    assert _numbers(text) == LISTED


@pytest.mark.parametrize("sign_off", ["Thanks,\nBob", "Kind regards", "Cheers!\nBob\nAcme Ltd"])
@pytest.mark.parametrize(
    "heading", ["HaloPSA v2.271", "HaloPSA v2.271 is live:", "v2.271", "On Monday Ann wrote:\n> HaloPSA v2.271 has:"]
)
def test_a_list_handed_on_below_a_signature_is_read(sign_off: str, heading: str) -> None:
    """A line that names a version ends a signature, and heads the change below it, though it be the only one."""
    text = f"{LIST}\n{sign_off}\n\n{heading}\n\nCharts can be shared - 1142803\n"
    records = read_document(text.encode(), "a.txt", "a.txt").records
    assert [record.number for record in records] == [*LISTED, "1142803"]
    assert str(records[-1].version) == "v2.271"


def test_a_number_below_a_sign_off_is_told() -> None:
    """What may have been a change is not dropped in silence."""
    text = f"{LIST}\nCheers\nAnn\n\nCharts can be shared - 1142803\n"
    document = read_document(text.encode(), "a.txt", "a.txt")
    assert [record.number for record in document.records] == LISTED
    assert [problem.text for problem in document.problems] == ["Charts can be shared - 1142803"]


@pytest.mark.parametrize(
    "heading",
    [
        "As discussed in the ticket (#1234567)",
        "Discussed with Ann in our ticket (#1234567)",
        "As promised by mail (#1234567)",
        "Reported by Ann Lee in the support ticket (#1234567)",
        "Per our thread (#1234567)",
    ],
)
@pytest.mark.parametrize("sign", ["## {}", "**{}**"])
def test_a_heading_that_refers_is_no_change(heading: str, sign: str) -> None:
    """A heading that says where something was talked about has that talk's number."""
    assert _numbers(f"# HaloPSA v2.270\n\n{sign.format(heading)}\n{LIST[16:]}", "a.md") == LISTED


@pytest.mark.parametrize(
    "title",
    [
        "Guests can follow a ticket",
        "Contacts update from the ticket",
        "Assets are read by mail",
        "Per-customer rates in the ticket",
        "Per agent limits by mail",
        "Requested approvals are sent by mail",
        "Shown fields follow the type in the ticket",
        "As asked for by agents, quotes renew by mail",
        "As-is texts in a ticket",
    ],
)
def test_titles_near_such_a_heading_stay(title: str) -> None:
    """A title may end in such a word."""
    assert _numbers(f"# HaloPSA v2.270\n\n## {title} (#1142803)\n\n## Lists (#1142801)\n", "a.md") == [
        "1142803",
        "1142801",
    ]
