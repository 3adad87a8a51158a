"""From text to words: whatever people paste, and the same for a question as for an entry."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text import STOP_WORDS, normalise, only_words, stem, stems, words

anything = st.text(
    st.characters(exclude_categories=()), max_size=60
)  # lone surrogates, controls and private characters too


@given(anything, st.integers(1, 40))
@example("e\u200d\u0301", 40)  # an accent that a joiner kept from its letter
@example("ab cd", 3)  # cut behind a blank
@example("\ufdfa" * 40, 40)  # one character that folds to eighteen
@example("\u1fef\u037e\u1ffd", 40)  # characters that fold to the quotes which are straightened
def test_normalise_takes_anything(text, limit):
    """Any text becomes one printable line within the limit, without blanks around it; again changes nothing."""
    plain = normalise(text, limit=limit)
    assert len(plain) <= limit
    assert plain.isprintable()
    assert plain == plain.strip()
    assert "  " not in plain
    assert normalise(plain, limit=limit) == plain


@given(st.lists(st.one_of(anything, st.text("aT&M '`\u2019\n\r\x85\u2028é-.", max_size=12)), min_size=1, max_size=5))
def test_words_of_several_lines_at_once(lines):
    """The index splits the lines of an entry together: each has the words that it has alone."""
    assert [line.split() for line in only_words(lines).split("\n")] == [words(line) for line in lines]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  jira \t default\r\nstatus ", "jira default status"),
        ("“jira” ‘status’ «x» „y‟", '"jira" \'status\' "x" "y"'),
        ("it’s–a—test‑case…", "it's-a-test-case..."),
        ("ｊｉｒａ ﬁeld ①", "jira field 1"),
        ("ji\u00adra\u200b \u2066x\u2069 \ufeffy", "jira x y"),
        ("a\x00b\x1bc", "a b c"),
        ("half \ud83d a character", "half a character"),
        ("e\u0301 cafe\u0301", "é café"),
        ("non\u00a0breaking\u3000blanks", "non breaking blanks"),
        ("Jira™ and NinjaOne®", "Jira and NinjaOne"),
        ("مرحبا \u202eabc", "مرحبا abc"),
        ("🧟 jira", "🧟 jira"),
        ("", ""),
        ("\u200b\u200e", ""),
    ],
)
def test_normalise(typed, plain):
    """What phones, word processors and other scripts make of characters becomes plain; invisible characters go."""
    assert normalise(typed) == plain


def test_normalise_cuts_long_text():
    """Of a very long text only the beginning is kept."""
    assert normalise("jira " * 100_000) == ("jira " * 400).strip()
    assert normalise("é" * 5_000) == "é" * 2_000
    assert normalise("x" * 10, limit=4) == "xxxx"


@given(anything)
def test_words_takes_anything(text):
    """Any text falls into words of plain lower-case letters and digits; there are no more stems than words."""
    found = words(text)
    assert all(word and word.isascii() and word.isalnum() and word == word.lower() for word in found)
    assert len(stems(text)) <= len(found)
    assert words(" ".join(found).replace("&", "")) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café's T&M v2.206", "cafes tm v2 206"),
        ("T&M and T & M, Q&A", "tm and tm qa"),
        ("R&Ds AT&T", "r ds at t"),
        ("client's clients' clients’", "clients clients clients"),
        ("don't won`t can´t", "dont wont cant"),
        ("Zürich naïve façade coöperate Ångström", "zurich naive facade cooperate angstrom"),
        ("$INVOICE_NUMBER /api/Tickets?x=1", "invoice number api tickets x 1"),
        ("Office365-sync read–only", "office365 sync read only"),
        ("ＪＩＲＡ", "jira"),
        ("日本語 🧟", ""),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_words(text, expected):
    """Apostrophes and accents go, an ampersand between two letters joins them, everything else separates words."""
    assert words(text) == expected.split()


def test_a_question_has_the_words_of_the_entry():
    """A text copied from an entry through a word processor has the same words as the entry."""
    for text in ("Café’s “T&M” billing – new…", "NinjaOne™: it’s read‑only", "Jira\u00a0Software"):
        assert words(normalise(text)) == words(text) == words(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "family",
    [
        "invoice invoices invoiced invoicing",
        "notify notified notifies notification notifications",
        "expire expires expiry expiration",
        "bill billing bills billed",
    ],
)
def test_inflections_share_a_stem(family):
    """The forms of a word have one stem."""
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    ["custom customer", "custom customers", "import important", "general generate", "portal port", "ticket tick"],
)
def test_different_words_have_different_stems(pair):
    """Words that Halo keeps apart have different stems: custom fields are not customers."""
    assert len({stem(word) for word in pair.split()}) == 2


def test_stop_words_have_no_stems():
    """Stop words are left out, order and repeats are kept, and no stop word names a thing in Halo."""
    assert stems("Where do I set the default status of the default ticket?") == [
        stem(w) for w in ("set", "default", "status", "default", "ticket")
    ]
    assert stems("what is it with you") == []
    assert STOP_WORDS.isdisjoint({"sla", "api", "asset", "time", "email", "user", "portal", "chat"})
