"""What a list is to be without, in plain words."""

import time

import pytest

from bot.search.query_parser import parse_query
from tests.search.material import hit_keys

LEFT_OUT = [
    ("integrations not jira since 2.208", "integrations since 2.208", "jira"),
    ("integrations excluding quickbooks", "everything for integrations", "quickbook"),
    ("integrations and not quickbooks please", "everything for integrations", "quickbook"),
    ("billing changes since 2.210 apart from recurring invoices", "billing changes since 2.210", "recur invoic"),
    ("v2.214, but not sso", "v2.214", "sso"),
    ("integrations except jira or slack", "everything for integrations", "slack"),
    ("changes for integrations since 2.206 apart from jira and slack", "integrations since 2.206", "jira"),
    ("everything for quickbooks but without tax", "everything for quickbooks", "tax"),
]
OF_OTHER_AREAS = [
    ("v2.214 except billing", "v2.214", ("Billing & invoicing",)),
    ("2.206..2.214 without the portal", "2.206..2.214", ("Portal",)),
    ("v2.214 except billing and portal", "v2.214", ("Billing & invoicing", "Portal")),
    ("v2.214 without users & security", "v2.214", ("Users & security",)),
    ("v2.214 except billing but not the portal", "v2.214", ("Billing & invoicing", "Portal")),
    ("give me 2.214 minus integrations minus api", "2.214", ("Integrations", "API")),
    ("everything since 2.210 other than tickets", "everything since 2.210", ("Tickets",)),
]


@pytest.mark.parametrize(("text", "whole", "stems"), LEFT_OUT)
def test_words_that_are_left_out(service, text, whole, stems):
    """The list has all that the whole one has, but what has these words in title, names or summary; that is told."""
    query = service.search(text).query
    assert stems in query.excluded
    assert any(note.startswith("Without ") for note in query.notes)
    less, more = hit_keys(service.search(text)), hit_keys(service.search(whole))
    assert set(less) < set(more) or stems == "jira"  # Jira changed before v2.208


@pytest.mark.parametrize(("text", "whole", "areas"), OF_OTHER_AREAS)
def test_areas_that_are_left_out(service, text, whole, areas):
    """A name of an area leaves out the area."""
    less, more = service.search(text), service.search(whole)
    expected = [hit.entry.key for hit in more.hits if hit.entry.area not in areas]
    assert expected
    assert sorted(hit.entry.key for hit in less.hits) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "excluded", "searched"),
    [
        ("I don't want jira, I want xero", "jira", "xero"),
        ("not quickbooks, xero", "quickbook", "xero"),
        ("nothing to do with jira please, just ninja", "jira", "ninja"),
    ],
)
def test_what_comes_first_is_left_out(vocabulary, text, excluded, searched):
    """What a text does not want is not searched for, what follows is."""
    query = parse_query(text, vocabulary)
    assert query.excluded == (excluded,)
    assert [term.word for term in query.terms] == [searched]


@pytest.mark.parametrize(
    "text",
    [
        "close tickets without an email", "agents not notified", "bill by hours not money", "tickets without sla",
        "all fields except managers can edit", "why can I not see invoices", "no sound, chat notifications",
        "email creates a ticket but not the attachment is saved", "invoice without tax", "not receiving emails",
        "sync users but not contacts", "hide all assets except laptops", "approve quotes but not invoices",
        "assets not in intune", "i don't want emails, just notifications", "send all emails except notifications",
        "whatsapp without twilio", "xero not quickbooks", "sla excluding weekends", "tickets other than incidents",
        "quote sent without pdf", "no portal access", "users can not log in to the portal",
    ],
)  # fmt: skip
def test_sentences_that_leave_nothing_out(vocabulary, text):
    """Small words of a sentence are no wish for a list without something."""
    query = parse_query(text, vocabulary)
    assert (query.excluded, query.excluded_areas) == ((), ())


def test_time_of_long_texts(vocabulary):
    """Whatever is pasted is looked through in time that grows with its length."""
    for part in (" but not for the", ",", " except", "no ", "not a-", "nothing to do with , "):
        begun = time.thread_time()
        parse_query(part * 4_000, vocabulary)
        parse_query((part * 300)[:299], vocabulary)
        assert time.thread_time() - begun < 2
