"""What the words of a source say about a change's impact."""

import time

import pytest

from bot.ingest.impact import guess_impact

WORDINGS = {
    "opt-in": (
        "Added a setting to lock quotes once they are approved",
        "An option has been added to hide internal notes",
        "A new permission controls who may delete invoices",
        "New checkbox on the mailbox to ignore automatic replies",
        "Chat transcripts can now be enabled per team",
        "A setting now allows closed tickets to be reopened",
        "Appointments can be optionally shown to end users",
    ),
    "fix": (
        "Fixed an issue where invoices were sent twice",
        "Resolved an issue with the Datto sync",
        "The import no longer fails when a device has no name",
        "Corrected the total on consolidated invoices",
        "Bug fix: the calendar shows the right week",
        "Fix for time zones in scheduled reports",
    ),
    "changes behaviour": (
        "Tickets will now keep their agent when they are merged",
        "Quotes are locked by default",
        "The button has been renamed to Send",
        "The old portal has been removed",
        "Closed tickets no longer appear in the kanban view",
        "The default page size of the API was changed to 50",
    ),
    "new": (
        "New integration with SailPoint IIQ",
        "New $TICKETOWNER variable for templates",
        "Added an API endpoint for shifts",
        "Introduced a report of unused assets",
        "Support for HTTP/2 in webhooks",
    ),
    "unclear": ("Quotes and their colours", "Avalara", "", " ", "1234567", "?!", "設定"),
}


@pytest.mark.parametrize(("impact", "text"), [(impact, text) for impact, texts in WORDINGS.items() for text in texts])
def test_wordings(impact, text):
    """Each wording is taken for what it says, as a title and as a text, whatever its case."""
    assert guess_impact(text) == impact
    assert guess_impact("Quotes", text.upper()) == impact


def test_the_title_decides():
    """The text only decides where the title says nothing."""
    assert guess_impact("Added a setting to lock quotes", "Fixes complaints about quotes.") == "opt-in"
    assert guess_impact("Locked quotes", "Fixes complaints about quotes.") == "fix"


@pytest.mark.parametrize(
    "text", ["new setting ", "will ", "resolved ", "option added\n", "a", "\0", "no longer no ", "é"]
)
def test_hostile_texts(text):
    """A text as long as an attacker likes takes no longer than one of a page."""
    started = time.perf_counter()
    for _ in range(5):
        guess_impact(text * 200_000, text * 200_000)
    assert time.perf_counter() - started < 0.5
