"""Items of lists that a mail program, or an editor, broke to fit a width."""

from bot.ingest.readers.page import read_page


def _titles(text: str) -> list[str]:
    return [record.title for record in read_page(text.encode(), "notes.txt").records]


def test_an_item_goes_on_behind_a_comma() -> None:
    """The first half of a title is not lost where its line ends in a comma, a slash or a bracket."""
    text = (
        "Changes in HaloPSA v2.283\n\n"
        "* Prepaid hours can be moved to another contract, with a note,\n  and the customer sees why (#1141201)\n"
        "* [HIGHLIGHT] Child tickets show the priority of their parent (if any)\n  in the list, too (#1141202)\n"
        "* Canned texts can be kept per team (#1141203)\n"
    )
    assert _titles(text) == [
        "Prepaid hours can be moved to another contract, with a note, and the customer sees why",
        "Child tickets show the priority of their parent (if any) in the list, too",
        "Canned texts can be kept per team",
    ]


def test_an_item_goes_on_with_a_name_where_it_had_no_room() -> None:
    """A title may be broken before a name, a quotation or a number's bracket; the width of the page tells."""
    text = (
        "Changes in HaloPSA v2.283\n\n"
        "* Late fees are worked out from the due date rather than those of\n  Xero (#1141201)\n"
        "* Tickets can be handed over to another team with all the notes of\n  Agents that have left (#1141202)\n"
        '* Attachments are kept for as long as the contract says, and without\n  "hidden" ones (#1141203)\n'
        "* Templates can be copied to other customers with one click, or with\n  (#1141204)\n"
    )
    assert _titles(text) == [
        "Late fees are worked out from the due date rather than those of Xero",
        "Tickets can be handed over to another team with all the notes of Agents that have left",
        'Attachments are kept for as long as the contract says, and without "hidden" ones',
        "Templates can be copied to other customers with one click, or with",
    ]


def test_a_sentence_below_a_short_item_describes_it() -> None:
    """Where the next word had room, what stands below an item is no part of its title."""
    text = (
        "Changes in HaloPSA v2.283\n\n"
        "* #1141201 Late fees are worked out from the due date\n  Xero is asked for it.\n"
        "* #1141202 Tickets can be handed over to another team\n  Agents that have left are asked for it.\n"
    )
    assert _titles(text) == [
        "Late fees are worked out from the due date",
        "Tickets can be handed over to another team",
    ]
