"""What stands between two changes and belongs to neither is no summary of the one above."""

import pytest

from bot.ingest.readers.registry import read_document

CHAT = """Halo updates, copied from a chat

Priya N.  09:12
HaloPSA v2.270 is on our sandbox:
• 1200001 – Quotes can be copied
• 1200002 – Tickets can be merged
{}
thanks, call me
"""
CHAPTERS = """Episode 22 of our podcast

06:08 – Quotes can be copied (v2.270, #1200001)
07:09 – Tickets can be merged (v2.270, #1200002)
{}
"""


def read_summaries(text: str) -> list[tuple[str | None, str]]:
    """Each change's number and summary."""
    return [(record.number, record.summary) for record in read_document(text.encode(), "a.txt", "a.txt").records]


@pytest.mark.parametrize(
    "speaker", ["Tom B.  09:15", "Tom Baker 9:15 AM", "[09:15] Tom Baker", "Tom Baker, 09:15", "Bot APP  09:15"]
)
def test_who_speaks_in_a_chat(speaker: str):
    """Neither the line with a name and a time nor what is said below it is a change's summary."""
    assert read_summaries(CHAT.format(speaker)) == [("1200001", ""), ("1200002", "")]


@pytest.mark.parametrize(
    "chapter", ["31:20 – Listener mail", "1:07:15 Goodbye and thanks", "(31:20) Listener mail", "★ 31:20 | Prizes"]
)
def test_other_chapters_of_a_video(chapter: str):
    """A chapter about something else is not the summary of the change before it."""
    assert read_summaries(CHAPTERS.format(chapter)) == [("1200001", ""), ("1200002", "")]


@pytest.mark.parametrize(
    "summary", ["09:00 is when it begins.", "Asks at 9:15 whether that is meant.", "Notes stay with the ticket."]
)
def test_a_summary_with_a_time_stays(summary: str):
    """A sentence below a change is its summary, whatever time is in it."""
    assert read_summaries(CHAPTERS.format(summary))[1] == ("1200002", summary)
    assert read_summaries(
        f"HaloPSA v2.270\n\n#1200001 Quotes can be copied\nIt helps.\n#1200002 Tickets can be merged\n{summary}\n"
    )[1] == (
        "1200002",
        summary,
    )


def test_one_name_and_time_says_little():
    """A single line of a name and a time is no sign of a chat."""
    text = "HaloPSA v2.270\n\n- #1200001 Quotes\n  Shift Ends 09:15\n- #1200002 Tickets merge\n  Notes stay.\n"
    assert read_summaries(text) == [("1200001", "Shift Ends 09:15"), ("1200002", "Notes stay.")]
