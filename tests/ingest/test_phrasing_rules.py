"""What a phrasing may be, whoever wrote it: each rule with what it drops and what it lets pass."""

import pytest

from bot.catalog.models import Entry, Glossary, Version
from bot.ingest.phrasing_rules import (
    DOUBLED,
    HAS_MARKUP,
    NOT_A_TEXT,
    SUMMARY_TOO_LONG,
    TOO_LONG,
    TOO_SHORT,
    PhrasingRules,
    clean_phrasing,
    rules_for,
)

GLOSSARY = Glossary(
    equivalents=(("entra id", "azure ad", "aad"), ("mfa", "2fa")),
    expansions=(("intuit", ("quickbooks",)),),
    foreign_products=("quickbooks", "azure ad", "it glue", "zendesk", "intuit"),
)
ENTRY = Entry(
    "1200001", "feature", "QuickBooks payments sync every 15 minutes",
    summary="Up to 2,000 payments are matched by reference in Microsoft 365 and Entra ID.", version=Version(2, 220),
)  # fmt: skip
KNOWN_WORDS = {"payment", "stop", "finance", "p1", "crm", "why", "tickets"}


@pytest.fixture
def rules() -> PhrasingRules:
    return rules_for(ENTRY, ["Row 77: the old line"], ["money shows up late"], GLOSSARY, KNOWN_WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "money from customers turns up late in the books",
        "payments only every 15 minutes",
        "over 2000 receipts at once",  # a comma in a number is none
        "2,000 receipts",
        "row 77 stays open",  # in a line of the source
        "quickbooks receipts",
        "intuit receipts are late",  # another word for what the source names
        "azure ad people pay late",
        "is it 2fa or not, for paying",  # a word of the trade with a figure in it
        "p1 receipts first",
        "late money. Contoso's books",
        "Why is Finance waiting for CRM payments",
        "I want Halo to book what came in",
        "client's bookings didn't arrive",
    ],
)
def test_what_may_be_asked(rules: PhrasingRules, text: str) -> None:
    """Everyday words, the numbers and names of the source in whatever form; a sentence may begin with a capital."""
    assert rules.refusal(text) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NOT_A_TEXT),
        ("payments", TOO_SHORT),
        ("what is it", TOO_SHORT),
        ("payment payments", TOO_SHORT),
        ("late " * 30, TOO_LONG),
        ("x" * 60 + " " + "y" * 70, TOO_LONG),
        ("late <b>money</b>", HAS_MARKUP),
        ("late money <!channel>", HAS_MARKUP),
        ("see https://example.com for money", HAS_MARKUP),
        ("see www.example.com for money", HAS_MARKUP),
        ("late money of ann@example.com", HAS_MARKUP),
        ("[money](late) arrives", HAS_MARKUP),
        ("*late* money arrives", HAS_MARKUP),
        ("late money &amp; more", HAS_MARKUP),
        ("{{late}} money", HAS_MARKUP),
        ("Money shows up, late!", DOUBLED),
        ("QuickBooks payment syncs every 15 minutes", DOUBLED),
    ],
)
def test_what_is_dropped(rules: PhrasingRules, text: str, reason: str) -> None:
    """Too short, too long, mark-up and addresses, and the same words in another form."""
    assert rules.refusal(text) == reason


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("money late for 30 days", "30"),
        ("15.5 minutes until money comes", "15.5"),
        ("at 3am no money", "3am"),
        ("ref inc0045871 money", "inc0045871"),
        ("v2.216 money late", "216"),
        ("money 5% off", "5"),
        ("call 1-800 for money", "1"),
    ],
)
def test_numbers_that_the_source_does_not_have(rules: PhrasingRules, text: str, what: str) -> None:
    """Dropped, and the number is named."""
    assert rules.refusal(text) == f"it has a number that the source does not have ({what})"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("zendesk had quicker money", "zendesk"),
        ("it glue money notes", "glue"),
        ("ask Sarah about money", "Sarah"),
        ("our ConnectWise money is late", "ConnectWise"),
        ("AcmePSA had quicker money", "AcmePSA"),
    ],
)
def test_names_that_the_source_does_not_have(rules: PhrasingRules, text: str, what: str) -> None:
    """Known products of other makers in any case, and what is written as a name."""
    assert rules.refusal(text) == f"it has a name that the source does not have ({what})"


def test_nothing_passes_twice(rules: PhrasingRules) -> None:
    """Of two forms of the same words the first one passes."""
    assert rules.refusal("late bookings of cash") == ""
    assert rules.refusal("late booking of cash") == DOUBLED


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("  1. late money.  ", "late money"),
        ("- late money", "late money"),
        ("• “late money”", "late money"),
        ('"late money"', "late money"),
        ("late\nmoney\u200b", "late money"),
        ("12) late money;", "late money"),
        ("\x00", ""),
        ("'", "'"),
    ],
)
def test_cleaned(given: str, cleaned: str) -> None:
    """List marks, quotes, line breaks and invisible characters go."""
    assert clean_phrasing(given) == cleaned


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Money is matched every 15 minutes. It is quicker.", ""),
        ("One is here. Two is here. Three is here. Four is here.", SUMMARY_TOO_LONG),
        ("word " * 200, SUMMARY_TOO_LONG),
        ("Money <b>now</b> matches.", HAS_MARKUP),
        ("Money is matched every 30 minutes.", "it has a number that the source does not have (30)"),
        ("Money is matched as in Zendesk.", "it has a name that the source does not have (Zendesk)"),
    ],
)
def test_summaries(rules: PhrasingRules, text: str, reason: str) -> None:
    """At most three sentences, by the same rules."""
    assert rules.summary_refusal(text) == reason


def test_a_hostile_text_takes_no_longer_than_a_long_one(rules: PhrasingRules) -> None:
    """Nothing in the rules counts every pair of characters: texts that patterns stumble over are answered."""
    for text in ("1," * 50_000, "-a" * 50_000, "&" * 100_000, "@." * 50_000, "'" * 100_000, "1. " * 30_000):
        assert rules.refusal(clean_phrasing(text)) != ""
        assert rules.summary_refusal(clean_phrasing(text)) != ""
