"""Words that the catalogue does not have, and the ones that were meant: slips, joined and split words, words half
typed.
"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.search.query_parser import parse_query
from bot.search.spelling import (
    MAX_CORRECTIONS,
    MIN_WORD_LENGTH,
    find_corrections,
    join_compound,
    max_typos,
    prefix_completions,
    split_compound,
    typo_cost,
)
from bot.text import STOP_WORDS, stem, words
from tests.search.material import hit_keys, make_vocabulary

# -- as people meet it, on the shipped catalogue
# ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dattto", "datto"),
        ("auvick", "auvik"),
        ("sialpoint", "sailpoint"),
        ("quikbooks", "quickbooks"),
        ("quickboks", "quickbooks"),
        ("quickbookss", "quickbooks"),
        ("slakc", "slack"),
        ("slavk", "slack"),
        ("mial", "mail"),
        ("jiar", "jira"),
        ("jura", "jira"),
        ("avalra", "avalara"),
        ("avalaara", "avalara"),
        ("ninjaoen", "ninjaone"),
        ("huspot", "hubspot"),
        ("hubpsot", "hubspot"),
        ("salesfroce", "salesforce"),
        ("intnue", "intune"),
        ("invocie", "invoice"),
        ("invioce", "invoice"),
        ("invlice", "invoice"),
        ("contarct", "contract"),
        ("portsl", "portal"),
        ("timesheeet", "timesheet"),
        ("recurrign", "recurring"),
        ("aproval", "approval"),
        ("templaet", "template"),
        ("tempplate", "template"),
        ("feeback", "feedback"),
        ("messsage", "message"),
        ("reprot", "report"),
        ("webook", "webhook"),
        ("prodcut", "product"),
        ("adddress", "address"),
    ],
)
def test_slips(service, typed, meant):
    """A letter doubled, dropped, swapped or hit beside is taken as the word that was meant, which is said, and finds
    what the word finds.
    """
    answer = service.search(typed)
    ((said, taken),) = answer.query.corrections
    assert said == typed
    assert stem(taken) == stem(meant)
    found = answer.hits or answer.suggestions
    assert found[0].entry.key in [
        hit.entry.key for hit in (service.search(meant).hits or service.search(meant).suggestions)
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cannedtext", "canned text"),
        ("intunesoftware", "intune software"),
        ("dattormm", "datto rmm"),
        ("datormm", "datto rmm"),
        ("readonly", "read only"),
        ("salesorder", "sales order"),
        ("purchaseorders", "purchase orders"),
        ("creditnote", "credit note"),
        ("ticketrules", "ticket rules"),
        ("time sheet", "timesheet"),
        ("web hooks", "webhooks"),
        ("share point", "sharepoint"),
        ("hub spot", "hubspot"),
        ("quick books", "quickbooks"),
    ],
)
def test_joined_and_split_words(service, typed, meant):
    """Two words written as one, or one as two, find first what the usual spelling finds first."""
    assert hit_keys(service.search(typed))[0] == hit_keys(service.search(meant))[0]


@pytest.mark.parametrize(
    "text",
    [
        "teh sla",
        "abc",
        "tkt",
        "is it ok",
        "weird behaviour somebody should notice",
        "hello everyone",
        "tomorrow afternoon",
        "our colleagues complain",
        "jira default status",
        "ninjarmm and aad",
        "colour color",
        "x9z7 404error",
        "zendesk",
        "photoshop",
        "kubernetes",
        "agentless",
    ],
)
def test_left_alone(vocabulary, text):
    """Short words, everyday words, known words, words of the glossary, and words that are like none are taken as they
    are.
    """
    assert parse_query(text, vocabulary).corrections == ()


def test_correction_in_a_sentence(service):
    """Several slips in one question are each corrected and said; the words between are not touched."""
    answer = service.search("jiar defualt status for tickets")
    assert answer.query.corrections == (("jiar", "jira"), ("defualt", "default"))
    assert hit_keys(answer)[0] == "1016865"


def test_typed_right_outranks_a_slip(service):
    """Typed right a word scores higher than the same word with a slip in it."""
    right, slipped = service.search("avalara"), service.search("avalra")
    assert hit_keys(right)[0] in hit_keys(slipped)
    assert right.hits[0].score > slipped.hits[0].score


def test_every_slip_in_a_name(service, vocabulary):
    """In every longer word of every entry's names, each single slip leads back to the word, or to one that is as near."""
    names = {
        w
        for e in service.catalog.entries()
        for name in e.names
        for w in words(name)
        if len(w) > 6 and w.isalpha() and w not in STOP_WORDS
    }
    lost = []
    for word in sorted(names):
        for typed in slips(word):
            if (
                typed in vocabulary.stems_by_word
                or vocabulary.has_stem(stem(typed))
                or stem(typed) in vocabulary.common_stems
                or vocabulary.synonyms.has_stem(stem(typed))
            ):
                continue
            guesses = find_corrections(typed, vocabulary)
            if not any(
                stem(guess.word) == stem(word) or guess.cost <= typo_cost(typed, word, 1) for guess in guesses
            ) or split_compound(typed, vocabulary):
                lost.append((typed, word))
    assert len(names) > 200
    assert lost == []


def slips(word):
    """A letter doubled, one dropped, two swapped, in the first and the second half of a word; never its first letter."""
    for place in (2, len(word) - 2):
        yield word[:place] + word[place] + word[place:]
        yield word[:place] + word[place + 1 :]
        if word[place - 1] != word[place]:
            yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


# -- the parts, on a few words
# ------------------------------------------------------------------------------------------

WORDS = make_vocabulary(
    "jira portal webhook invoice timesheet canned text datto sailpoint contract contact agent sla 2024"
)


def guessed(typed, vocabulary=WORDS):
    """The words that a typed one may have meant, likeliest first."""
    return [guess.word for guess in find_corrections(typed, vocabulary)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("portall", "portal"),
        ("portl", "portal"),
        ("protal", "portal"),
        ("portsl", "portal"),
        ("webhokk", "webhook"),
        ("invoyce", "invoice"),
        ("ijra", "jira"),
    ],
)
def test_corrections(typed, meant):
    """The nearest known word comes first."""
    assert guessed(typed)[0] == meant


@pytest.mark.parametrize("typed", ["sal", "jir", "slaa1", "p0rtal", "zzzzzz", "webbing", "x", "", "20245", "jxxx"])
def test_no_correction(typed):
    """Too short a word, one with digits, or one that is too far from any is not guessed at."""
    assert guessed(typed) == []


def test_at_most_one_letter_of_a_short_word():
    """In a word of up to five letters one may be wrong, in a longer one two."""
    assert [max_typos(length) for length in (4, 5, 6, 12)] == [1, 1, 2, 2]
    assert guessed("daxxo") == []
    assert guessed("saikpoitn") == ["sailpoint"]


def test_how_people_slip():
    """A neighbouring key and swapped or doubled letters are nearer than any other letter; a wrong first letter is
    farther.
    """
    neighbour, other = typo_cost("portsl", "portal", 1), typo_cost("portxl", "portal", 1)
    swapped, doubled, dropped = (
        typo_cost("protal", "portal", 1),
        typo_cost("porrtal", "portal", 1),
        typo_cost("portl", "portal", 1),
    )
    assert max(neighbour, swapped, doubled) < dropped == other == 1.0
    assert typo_cost("mortal", "portal", 1) > other
    assert typo_cost("oprtal", "portal", 1) < typo_cost("mortal", "portal", 1)


def test_nearest_first_then_the_usual():
    """Of two words as near, the one that more entries have comes first; both are kept, a third that is much farther is
    not.
    """
    vocabulary = make_vocabulary("contain", contract=3, contact=30)
    assert guessed("conract", vocabulary)[:2] == ["contact", "contract"]
    vocabulary = make_vocabulary("", cores=2, cares=9)
    assert guessed("cxres", vocabulary) == ["cares", "cores"]


def test_few_guesses():
    """However many words are near, only the best few are tried."""
    vocabulary = make_vocabulary("portaa portab portac portad portae portaf")
    assert len(guessed("portax", vocabulary)) == MAX_CORRECTIONS


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("cannedtext", ("canned", "text")), ("agentcontract", ("agent", "contract")), ("slaportal", ("sla", "portal"))],
)
def test_split(typed, parts):
    """Two known words written as one are told apart."""
    assert split_compound(typed, WORDS) == parts


@pytest.mark.parametrize("typed", ["cannedxxxx", "xxcanned", "canned", "agentxtext", "webhok"])
def test_no_split(typed):
    """A word is not split unless both its parts are known."""
    assert split_compound(typed, WORDS) is None


def test_slip_before_split():
    """ "webbook" is a slip of "webhook", not a web and a book; without the webhook it is both."""
    assert split_compound("webbook", make_vocabulary("web book webhook")) is None
    assert split_compound("webbook", make_vocabulary("web book")) == ("web", "book")


def test_longest_parts():
    """Of two ways to split, the one without a stump is taken."""
    assert split_compound("cartportal", make_vocabulary("cart portal car tportal")) == ("cart", "portal")


def test_joined():
    """Two words are joined when they are one known word, and that is not too short."""
    assert join_compound(("time", "sheet"), WORDS) == "timesheet"
    assert join_compound(("sheet", "time"), WORDS) is None
    assert join_compound(("s", "la"), WORDS) is None


def test_started():
    """A word's beginning leads to the words that begin with it, the most usual first; a very short one to none."""
    vocabulary = make_vocabulary("portfolio", portrait=4, portal=9, portion=2)
    assert prefix_completions("port", vocabulary) == ["portal", "portrait", "portion"]
    assert prefix_completions("portf", vocabulary) == ["portfolio"]
    assert prefix_completions("por", vocabulary) == []
    assert prefix_completions("porx", vocabulary) == []


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=MIN_WORD_LENGTH, max_size=9), st.data())
def test_one_slip_always_comes_back(word, data):
    """Whatever a lone word of the catalogue is, a single slip behind its first letter is corrected to it."""
    assume(stem(word) not in STOP_WORDS)
    vocabulary = make_vocabulary(word)
    place = data.draw(st.integers(1, len(word) - 1))
    typed = data.draw(st.sampled_from([word[:place] + word[place] + word[place:], word[:place] + word[place + 1 :]]))
    assume(typed != word and len(typed) >= MIN_WORD_LENGTH)
    assert guessed(typed, vocabulary) == [word]
