"""Titles with their data below them as mails have cards, and what stands behind a number in messages and show notes."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.post.status_lines import join_status_lines
from bot.ingest.readers.post.unread_numbers import IN_PASSING
from bot.ingest.readers.prose import find_caution
from bot.ingest.readers.registry import read_document
from bot.ingest.readers.text import split_text_lines


def _read(text: str, name: str = "notes.txt") -> ParsedDocument:
    return read_document(text.encode(), name, name)


def _facts(text: str) -> list[tuple[str | None, str, bool, str | None]]:
    return [(r.number, r.title, r.highlighted, r.caution) for r in _read(text).records]


CARD = (
    "<tr><td><table><tr><td>{}</td><td><a href='https://t.example/c?id=9'>{}</a><br><small>{}</small></td></tr></table>"
)


def test_cards_of_a_mail_are_changes():
    """A title that is a link, and below it number, area and minute, in tables that only lay the mail out."""
    cards = (
        CARD.format("&#9733;", "Route tickets by skill", "Change 1259001 &middot; Tickets &middot; 1:15"),
        CARD.format("&nbsp;", "Holiday lists per country", "Change 1259002 &middot; Admin"),
        CARD.format("&#9888;", "SSO for contacts", "Change 1259003 &middot; Security &middot; 6:42"),
    )
    document = _read(f"<html><body><table><tr><td><h2>Halo v2.308, episode 41</h2>{''.join(cards)}</table>", "a.html")
    assert [(r.number, r.title, r.highlighted, r.mention and r.mention.at) for r in document.records] == [
        ("1259001", "Route tickets by skill", True, "1:15"),
        ("1259002", "Holiday lists per country", False, None),
        ("1259003", "SSO for contacts", False, "6:42"),
    ]
    assert document.records[2].caution


@pytest.mark.parametrize(
    "text",
    [
        "HaloPSA v2.308\n\nRoute tickets by skill\nChange 1259001 · Tickets\n",  # one alone
        "We moved two changes.\nChange 1259001 · Tickets\nAsk us:\nChange 1259002 · Admin\n",  # sentences above
    ],
)
def test_what_is_no_card_is_told(text):
    """One such line alone, or below a sentence, stays as it is; its number is told, or read."""
    lines = split_text_lines(text)
    assert join_status_lines(lines) == lines
    document = _read(text)
    told = " ".join(problem.text for problem in document.problems)
    assert all(n in told or n in {r.number for r in document.records} for n in ("1259001", "1259002") if n in text)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("first one is nice, number 1255001", True),
        ("see what change 1255001 does", True),
        ("and that is Halo ID 1255001", True),
        ("call our number 1255001", False),
        ("we had feature 1255001 times", False),
        ("order number 1255001", False),
    ],
)
def test_a_number_behind_a_word_for_changes_is_told(line, told):
    """Where nothing is read from a line, the number behind “change” or “number” is told; that of an order is not."""
    document = _read(f"HaloPSA v2.304\n\n{line}\n")
    assert document.records == ()
    assert [problem.reason for problem in document.problems] == ([IN_PASSING] if told else [])


@pytest.mark.parametrize(
    ("behind", "highlighted", "caution"),
    [
        ("*highlight*", True, None),
        ("– careful, turn it on in a test channel first", False, "careful, turn it on in a test channel first."),
        ("– known issue: the lock stays", False, "the lock stays."),
        ("⭐", True, None),
    ],
)
def test_what_stands_behind_a_version_and_a_number(behind, highlighted, caution):
    """A mark, or words behind a dash, are said of the change that they stand behind, in lower case, too."""
    text = f"Halo v2.303\n\n06:20 Scan barcodes (v2.303, #1254002) {behind}\n17:48 Approvals (v2.302, #1254003)\n"
    assert _facts(text) == [
        ("1254002", "Scan barcodes", highlighted, caution),
        ("1254003", "Approvals", False, None),
    ]


def test_a_sentence_that_goes_on_is_a_reference():
    """Behind a version and a number a sentence that goes on only refers to them."""
    document = _read("Halo notes\n\nThe approvals (v2.303, #1254002) are what we like most\n")
    assert document.records == ()


@pytest.mark.parametrize("sign", ["⚠️", "⚠", ":warning:"])
def test_a_warning_sign_behind_the_number(sign):
    """What stands behind a warning sign behind the number is the change's caution."""
    text = f"Halo v2.283\n\n- Agents in teams (#1241002)\n- SLA holds (#1241003) {sign} changes the report\n"
    facts = _facts(text)
    assert [fact[:2] for fact in facts] == [("1241002", "Agents in teams"), ("1241003", "SLA holds")]
    assert facts[1][3]


def test_the_name_of_a_sign_is_the_sign():
    """“:warning: known issue:” in front of a sentence is what “⚠ Known issue:” is."""
    assert find_caution([":warning: known issue: it stays"]) == find_caution(["⚠ known issue: it stays"])
    assert find_caution([":star: it stays"]) is None


@pytest.mark.parametrize("number", ["`1257003`", "(1257003)", "[1257003]", "#1257003", "1257003"])
def test_one_stroke_behind_a_number_in_brackets(number):
    """Words with one sign at each side are struck out behind a number in whatever signs it stands."""
    document = _read(f"Halo v2.306\n\n• {number} ~Client merge preview~ pulled\n• `1257001` Stock by scan\n")
    assert [record.number for record in document.records] == ["1257001"]
    assert [problem.line_number for problem in document.problems] == [3]


def test_who_wrote_a_message_is_no_title():
    """The name and the hour above a message are not the beginning of its first line."""
    text = "Halo v2.283\n\n- Agents in teams (#1241002)\n\nDan Okafor  09:11\nalso fixed: invoices lost it #1241004\n"
    assert [record.title for record in _read(text).records][1:] == ["also fixed: invoices lost it"]
