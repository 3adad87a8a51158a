"""What the words of a source say about a change's impact."""

import time

import pytest

from bot.ingest import impact
from bot.ingest.impact import guess_impact

CLUES = [clue for _, clues in impact._RULES for clue in clues] + list(impact._ADDED_SWITCH)
WORDINGS = {
    "opt-in": (
        "Added a setting to lock quotes once they are approved",
        "An option has been added to hide internal notes",
        "A new permission controls who may delete invoices",
        "New checkbox on the mailbox to ignore automatic replies",
        "Chat transcripts can now be enabled per team",
        "A setting now allows closed tickets to be reopened",
        "Appointments can be optionally shown to end users",
        "A checkbox has been added to the mailbox setup to ignore emails from no-reply addresses",
        "New permission to view invoice profit",
        "You can now restrict which agents see a dashboard",
        "The session timeout can now be configured per role",
        "It is now possible to disable automatic merging of replies",
        "Ticket types now have a setting to require a category before closing",
        "Approval reminders can be switched off for individual approvers",
        "Added access control to dashboards",
        "Added the ability to restrict attachments by size",
        "Halo can now strip signatures from replies",
    ),
    "fix": (
        "Fixed an issue where invoices were sent twice",
        "Resolved an issue with the Datto sync",
        "The import no longer fails when a device has no name",
        "Corrected the total on consolidated invoices",
        "Bug fix: the calendar shows the right week",
        "Fix for time zones in scheduled reports",
        "Attachments are no longer lost when merging tickets",
        "Addressed an issue with the calendar not loading",
    ),
    "changes behaviour": (
        "Tickets will now keep their agent when they are merged",
        "Quotes are locked by default",
        "The button has been renamed to Send",
        "The old portal has been removed",
        "Closed tickets no longer appear in the kanban view",
        "The default page size of the API was changed to 50",
        "The agent dashboard will now refresh every minute",
        "Emails sent from automations now use the team signature",
        "Expenses are now audited",
        "Portal users can no longer reopen tickets after 30 days",
        "Contact is now a mandatory field when logging a sales order",
        "The Reports menu has moved to Configuration",
        "Deleting a client now also archives its assets",
        "Removes the Send button of quotes",
        "Minor performance improvements of webhooks",
        "Improved the accuracy of popups",
    ),
    "new": (
        "New integration with SailPoint IIQ",
        "New $TICKETOWNER variable for templates",
        "Added an API endpoint for shifts",
        "Introduced a report of unused assets",
        "Support for HTTP/2 in webhooks",
        "You can now export the asset list to CSV",
        "Agents can now drag and drop attachments on actions",
        "Custom fields of the site can now be used in reports",
        "The item selection will now allow searching",
        "Chat steps can now read the ticket",
        "Adds invoices from sales orders (fixed price and hourly)",
    ),
    "unclear": (
        "Quotes and their colours",
        "Avalara",
        "",
        " ",
        "1234567",
        "?!",
        "設定",
        "Various improvements to the portal",
        "Multiple changes to contracts",
        "Changes to the gantt chart",
        "The Zabbix integration has received improvements",
    ),
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
    assert guess_impact("Improvements to quotes", "Added support for stages.") == "new"


def test_an_added_setting_counts_wherever_it_stands():
    """A text that says that a setting was added explains a title that only says what Halo then does."""
    text = "A setting has been added so that quotes are locked."
    assert guess_impact("Sending a quote will lock it", text) == "opt-in"
    assert guess_impact("Fixed the lock of quotes", text) == "fix"


@pytest.mark.parametrize(
    "text", ["new setting ", "will ", "resolved ", "option added\n", "a", "\0", "no longer no ", "é"]
)
def test_hostile_texts(text):
    """A text as long as an attacker likes takes no longer than one of a page."""
    started = time.thread_time()
    for _ in range(5):
        guess_impact(text * 200_000, text * 200_000)
    assert time.thread_time() - started < 0.5


@pytest.fixture(scope="module")
def found_in(shipped_seeds) -> dict[str, set[impact._Clue]]:
    """Each text of the shipped seeds, with the clues whose patterns find something in it."""
    texts = [text for entry in shipped_seeds.entries for text in (entry.title, entry.summary, *entry.also)]
    return {text: {clue for clue in CLUES if clue.pattern.search(text)} for text in texts}


def test_what_is_looked_for_first_is_in_all_that_a_pattern_finds(found_in):
    """A text that a pattern finds something in has one of the words that it needs, so that none is passed over."""
    assert len(set().union(*found_in.values())) >= len(CLUES) * 2 / 3
    assert [
        (clue.pattern.pattern, text)
        for text, found in found_in.items()
        for clue in found
        if not any(need.text in text.lower() for need in clue.needs)
    ] == []


def test_looking_at_words_first_passes_over_no_pattern(found_in):
    """The answer to each text is that of the first pattern that finds anything in it."""
    straight = {
        text: next((answer for answer, clues in impact._RULES if found.intersection(clues)), "unclear")
        for text, found in found_in.items()
    }
    assert {text: guess_impact(text) for text in found_in} == straight
