"""A source's text as it is shown: titles without the words of every announcement, and each sentence once."""

import pytest

from bot.ingest.impact import guess_impact
from bot.ingest.models import ParsedDocument, Record
from bot.ingest.service import import_documents
from bot.ingest.wording import long_title, say_once, short_title

SHORTENED = {
    "Added the ability to edit meter readings on invoice lines": "Edit meter readings on invoice lines",
    "Introduced the ability to restrict attachments by size": "Restrict attachments by size",
    "The ability to schedule reports per team": "Schedule reports per team",
    "Ability to bulk-edit followers of tickets": "Bulk-edit followers of tickets",
    "Added the possibility to optionally hide notes": "Optionally hide notes",
    "You can now view the hours invoiced so far": "View the hours invoiced so far",
    "You can now show/hide the title field": "Show/hide the title field",
    "It is now possible to import prices from a file": "Import prices from a file",
    "It’s now possible to set a tax exemption reason": "Set a tax exemption reason",
    "Added option to redact numbers from fields": "Option to redact numbers from fields",
    "Added a setting to lock quotes once they are approved": "Setting to lock quotes once they are approved",
    "Added a new global setting to hide closed tickets": "New global setting to hide closed tickets",
    "Added an option to report the hours of each agent": "Option to report the hours of each agent",
    "A setting has been added to allow lines to be hidden": "Setting to allow lines to be hidden",
    "Fixed an issue where invoices were sent twice": "Fixed: invoices were sent twice",
    "Resolved a bug whereby the calendar did not load": "Fixed: the calendar did not load",
}
KEPT = (
    "Added dashboards to the portal",
    "Added a target date field to software releases",
    "Added an option to the Dynamics integration to match customers by name",
    "Added an option to report templates",
    "Added the ability to an apply a template to an asset",
    "Added $PONUMBER and $PODATE to labels",
    "Added a report on late fees",
    "You can now",
    "You can nowadays see more of it",
    "Ability to hide",
    "Abilities of agents to see tickets are listed",
    "A setting has been added to the Jira integration to keep comments",
    "Users can now be added to tickets from the portal",
    "Halo can now strip signatures from replies",
    "Fixed an issue with the Datto sync",
    "Fixed: invoices were sent twice",
    "Tickets will now keep their agent when they are merged",
    "It is not possible to delete closed periods any more",
    "You can no longer delete invoices that were posted",
    "Option to hide closed tickets",
    "",
)


@pytest.mark.parametrize(("title", "shown"), SHORTENED.items())
def test_titles_begin_with_their_subject(title, shown):
    """What every announcement begins with is left out, the rest keeps its words, and it is still read as something new,
    optional or mended.
    """
    assert short_title(title) == shown
    assert short_title(shown) == shown
    kinds = {guess_impact(long_title(shown)), guess_impact(title)}
    assert len(kinds) == 1 or kinds == {"new", "opt-in"}


@pytest.mark.parametrize("title", KEPT)
def test_other_titles_stay(title):
    """A title stays where a rule could not be sure what it says."""
    assert short_title(title) == title


@pytest.mark.parametrize(
    ("text", "said", "once"),
    [
        ("Adds a report. Test it first. Adds a report.", "Test it first.", "Adds a report."),
        ("Invoices are sent. Invoices are sent by night.", "", "Invoices are sent by night."),
        ("Invoices are sent by night. Invoices are sent", "", "Invoices are sent by night."),
        ("Mails are sent. Mails are not sent to leavers.", "", "Mails are sent. Mails are not sent to leavers."),
        ("Reset by agents. Reset by agents only.", "", "Reset by agents. Reset by agents only."),
        ("⚠ Test it first! Works well.", "Test it first.", "Works well."),
        ("Faster. Faster lists. It is faster.", "", "Faster. Faster lists. It is faster."),
        ("Quotes can be copied. One quote at a time.", "Quotes can be copied", "One quote at a time."),
        ("Saves 5.5 hours. Saves 5.5 hours", "", "Saves 5.5 hours."),
        ("", "", ""),
    ],
)  # fmt: skip
def test_each_sentence_once(text, said, once):
    """A sentence is said once; one that says the opposite, or more than another, is kept."""
    assert say_once(text, said) == once
    assert say_once(once, said) == once


def imported(catalog, now, *records: Record):
    import_documents(catalog, [ParsedDocument("post", records)], now)
    return {entry.key: entry for entry in catalog.entries()}


def record(title: str, *, summary: str = "", notes: tuple[str, ...] = (), caution: str | None = None) -> Record:
    return Record("1200001", title, summary, notes, caution, lines=(title,))


def test_a_caution_stands_in_one_place(empty, now):
    """What is to be tested first is the entry's caution, and not a part of its summary too."""
    shown = imported(
        empty,
        now,
        record("Invoices show the site", notes=("Shows the address", "⚠️ Test with one client first"),
               caution="Test with one client first."),
    )["1200001"]  # fmt: skip
    assert (shown.summary, shown.caution) == ("Shows the address.", "Test with one client first.")


def test_a_highlight_says_its_bullets_once(empty, now):
    """A change that stands among the highlights and in the full list has each thing said once, in either order."""
    highlight = record("Invoices show the site", notes=("Shows the address of the site", "Saves a phone call"))
    row = record("Invoices show the site", summary="Shows the address of the site.", notes=("Saves a phone call",))
    for order in ((highlight, row), (row, highlight)):
        shown = imported(empty, now, *order)["1200001"]
        assert shown.summary == "Shows the address of the site. Saves a phone call."


def test_the_source_keeps_its_words(empty, now):
    """The source's own title is kept beside the shown one, and a second import of it changes nothing."""
    title = "Added the ability to edit meter readings on invoice lines"
    shown = imported(empty, now, record(title))["1200001"]
    assert shown.title == "Edit meter readings on invoice lines"
    assert [row["text"] for row in empty.db.query("SELECT text FROM source_lines")] == [title]
    again = import_documents(empty, [ParsedDocument("post", (record(title),))], now)
    assert (again.unchanged, again.outcomes) == (1, [])
    assert imported(empty, now, record(title))["1200001"].impact == shown.impact
