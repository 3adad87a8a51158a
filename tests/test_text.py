"""From text to words: whatever people paste, and the same for a question as for an entry."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text import STOP_WORDS, fold_letters, index_words, normalise, stem, stems, without_markup, words

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
    found = [line.split() for line in index_words(lines).split("\n")]
    assert found == [index_words([line]).split() for line in lines]
    for line, words_of_line in zip(lines, found, strict=True):
        assert set(words(line)) <= set(words_of_line)


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
        ("🧟 jira", "jira"),
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
    """Any text falls into words of lower-case letters and digits; the index has no fewer."""
    found = words(text)
    assert all(word and word.isalnum() and word == word.casefold() for word in found)
    assert max(len(stems(text)), len(found)) <= len(index_words([text]).split())
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
        ("Office365-sync read–only", "office365 sync readonly"),
        ("ＪＩＲＡ", "jira"),
        ("日本語 🧟", "日本 本語"),
        ("İstanbul ılık", "istanbul ilik"),
        (
            "złoty Łódź Straße STRASSE Lønsystem Œuvre Ærø Þór đồng",
            "zloty lodz strasse strasse lonsystem oeuvre aero thor dong",
        ),
        ("Счёт-фактура ΤΙΜΟΛΌΓΙΟ τιμολόγιος", "счет фактура τιμολογιο τιμολογιοσ"),
        ("청구서 請求書 テスト", "청구서 請求 求書 テス スト"),
        ("№ 5 ٤٢", "no 5 42"),
        ("in\u00advoice re\u200bopen o\u02bcbrien", "invoice reopen obrien"),
        ("sign-off to-do's add-ons opt–in on-call", "signoff todos addons optin oncall"),
        (
            "out-of-office up-to-date 1-to-1 by-the-run-book-episode",
            "outofoffice uptodate 1 to 1 by the run book episode",
        ),
        ("e-mail E-Sign wi-fi x-axis", "email esign wi fi x axis"),
        (".NET asp.net example.net C# C++ #5 c", "dotnet asp dotnet example net csharp cplusplus 5 c"),
        ("", ""),
    ],
)
def test_words(text, expected):
    """Apostrophes and accents go, an ampersand between two letters joins them, everything else separates words."""
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("sign-off", "sign signoff"),
        ("Signed-off add-ons", "signed signedoff add addons"),
        ("out-of-office", "office outofoffice"),
        ("to-do", "todo"),
        ("e-mail", "email"),
        ("multi-factor", "multi factor"),
    ],
)
def test_words_of_the_index(text, indexed):
    """The index has a word with a hyphen and a small word in it as a whole, and what else is in it."""
    assert index_words([text]) == indexed


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("latest :rocket:", "latest"),
        (":wave::skin-tone-3: hi:tada::tada: :+1:", "hi"),
        (":party_parrot: :100: :日本: jira", "jira"),
        (":rocket:jira:rocket: status:eyes:!", "jira status !"),
        ("2.214:tada: v2.216 :1234:", "2.214 v2.216"),
        ("latest 🚀 👍🏽 👩‍👩‍👧 🏳️‍🌈 1️⃣ ℹ️ ⏰ ✅️", "latest"),
        ("NinjaOne:registered: NinjaOne®️", "NinjaOne NinjaOne"),
        ("2.206 :arrow_right: 2.214 → ➡️ ⇒", "2.206 -> 2.214 -> -> ->"),
        ("from 9:30 at 10:30:15 to 11:00:00:", "from 9:30 at 10:30:15 to 11:00:00:"),
        ("area:billing version:2.214 kind:faq:", "area:billing version:2.214 kind:faq:"),
        ("area:billing:tada: jira :tada:", "area:billing jira"),
        ("std::vector::push http://a:80:b a: b: c :", "std::vector::push http://a:80:b a: b: c :"),
        (":ERROR: x :: y :::", ":ERROR: x :: y :::"),
        ("id:1016865 ratio 1:2:3", "id:1016865 ratio 1:2:3"),
    ],
)
def test_emoji_are_no_words(typed, plain):
    """Emoji go, as characters and by the names that Slack gives them; times, filters and code keep their colons."""
    assert normalise(typed) == plain


@given(st.text("ab1:+-_ 🚀", max_size=40), st.integers(1, 40))
def test_emoji_are_gone_at_once(text, limit):
    """What is left without its emoji has none, wherever it was cut."""
    plain = normalise(text, limit=limit)
    assert normalise(plain, limit=limit) == plain


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


@pytest.mark.parametrize(
    "pasted",
    [
        "*latest*", "_latest_", "**latest**", "`latest`", "```latest```", "~latest~", "> latest", "&gt; latest",
        "\u2022 latest", "- latest", "* latest", "+ latest", "1. latest", "2) latest", "(3) latest", "## latest",
        "> *latest*", "> - _latest_", "- 1. latest",
    ],
)  # fmt: skip
def test_without_markup(pasted: str) -> None:
    """The formatting that a text was pasted with is taken off, in any order."""
    assert without_markup(pasted) == "latest"


@pytest.mark.parametrize(
    "text",
    ["> 2.212", "-billing quotes", "snake_case", "2 * 3", "$_variables", "1.5 hours", "24 hours", "1.", "*", "a-b"],
)
def test_what_is_no_markup(text: str) -> None:
    """A comparison, an excluded word, a number and signs inside a word stay."""
    assert words(without_markup(text)) == words(text)
    assert without_markup(text)[:1] == text[:1]


@pytest.mark.parametrize("part", ["> ", "* ", "- ", "1. ", "*_", "_a", "`", "*a* "])
def test_markup_of_any_length(part: str) -> None:
    """Formatting that is repeated is read once."""
    assert without_markup(part * 20_000 + "latest").endswith("latest")


@given(anything, st.text("aZ -'`.", max_size=5), anything)
@example("Café", "e", "\u0301 청")
def test_letters_are_folded_whatever_is_beside_them(before, ascii_text, after):
    """What is ASCII and what is not are folded by themselves: a text is its parts, folded."""
    parts = [fold_letters(part) for part in (before, ascii_text, after)]
    assert fold_letters(f"{before}x{ascii_text}x{after}") == "x".join(parts)
    assert fold_letters(ascii_text) == ascii_text.lower().replace("`", "'")
