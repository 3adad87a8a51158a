"""A number and an area on the line below a title: “Change 1139005 · Tickets”."""

import pytest

from bot.ingest.readers.registry import read_document


@pytest.mark.parametrize(
    "line", ["*Change {}* · Tickets", "#{} · Tickets", "Change {} | Tickets & Mails", "ID {} • Tickets"]
)
def test_an_area_beside_the_number(line: str) -> None:
    """The heading above is the title, the area is none, and the text below describes the change."""
    text = (
        "# HaloPSA v2.270\n\n### Shared drafts\n{}\nSeveral agents write.\n\n### Smart columns\n{}\nThey stay wide.\n"
    )
    document = read_document(text.format(line.format(1200001), line.format(1200002)).encode(), "a.md", "a.md")
    assert [(record.number, record.title, record.summary) for record in document.records] == [
        ("1200001", "Shared drafts", "Several agents write."),
        ("1200002", "Smart columns", "They stay wide."),
    ]
    assert document.problems == ()


def test_a_title_beside_the_number() -> None:
    """Of more words it is the title, and so it is below a heading of one word, which is an area's."""
    text = "# v2.270\n\n### Ticket views\n\n#1200001 · Undo a merge\n\n### Mails\n\n#1200002 · Delays\n"
    document = read_document(text.encode(), "a.md", "a.md")
    assert not {"Ticket views", "Mails"} & {record.title for record in document.records}
