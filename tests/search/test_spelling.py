"""Words that the catalogue does not have, and the ones that were meant: typos, joined and split words, prefixes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.catalog.models import Glossary
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
from tests.search.material import all_keys, hit_keys, make_vocabulary

# -- as people meet it, on the shipped catalogue


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
def test_typos(service, typed, meant):
    """A word with a typo is taken as the word that was meant, which is reported, and finds what the word finds."""
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
        ("web hook payload", "webhook payload"),
        ("share point", "sharepoint"),
        ("hub spot", "hubspot"),
        ("quick books", "quickbooks"),
    ],
)
def test_joined_and_split_words(service, typed, meant):
    """Two words written as one, or one as two, find first what the usual spelling finds first or second."""
    assert hit_keys(service.search(typed))[0] in all_keys(service.search(meant))[:2]


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
def test_not_corrected(vocabulary, text):
    """Short, common and known words, words of the glossary, and words that are near none are not corrected."""
    assert parse_query(text, vocabulary).corrections == ()


def test_correction_in_a_sentence(service):
    """Several typos in one question are each corrected and reported; other words are not touched."""
    answer = service.search("jiar defualt status for tickets")
    assert answer.query.corrections == (("jiar", "jira"), ("defualt", "default"))
    assert hit_keys(answer)[0] == "1016865"


def test_right_spelling_scores_higher(service):
    """A word scores higher than the same word with a typo."""
    right, slipped = service.search("avalara"), service.search("avalra")
    assert hit_keys(right)[0] in hit_keys(slipped)
    assert right.hits[0].score > slipped.hits[0].score


def test_every_typo_in_a_name(service, vocabulary):
    """In every longer word of all entries' names, each single typo leads back to the word, or to one as near."""
    names = {
        w
        for e in service.catalog.entries()
        for name in e.names
        for w in words(name)
        if len(w) > 6 and w.isalpha() and w not in STOP_WORDS
    }
    lost = []
    for word in sorted(names):
        for typed in typos_of(word):
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


def typos_of(word):
    """A letter doubled, dropped or two swapped, in the first and the second half of a word; never its first letter."""
    for place in (2, len(word) - 2):
        yield word[:place] + word[place] + word[place:]
        yield word[:place] + word[place + 1 :]
        if word[place - 1] != word[place]:
            yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


# -- the parts, on a few words

WORDS = make_vocabulary(
    "jira portal webhook invoice timesheet canned text datto sailpoint contract contact agent sla 2024"
)


def corrected(typed, vocabulary=WORDS):
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
    assert corrected(typed)[0] == meant


@pytest.mark.parametrize("typed", ["sal", "jir", "slaa1", "p0rtal", "zzzzzz", "webbing", "x", "", "20245", "jxxx"])
def test_no_correction(typed):
    """Too short a word, one with digits, or one that is too far from any is not corrected."""
    assert corrected(typed) == []


def test_max_typos():
    """In a word of up to five letters one may be wrong, in a longer one two."""
    assert [max_typos(length) for length in (4, 5, 6, 12)] == [1, 1, 2, 2]
    assert corrected("daxxo") == []
    assert corrected("saikpoitn") == ["sailpoint"]


def test_typo_cost():
    """Neighbouring keys, swapped and doubled letters cost less than other letters; a wrong first letter costs more."""
    neighbour, other = typo_cost("portsl", "portal", 1), typo_cost("portxl", "portal", 1)
    swapped, doubled, dropped = (
        typo_cost("protal", "portal", 1),
        typo_cost("porrtal", "portal", 1),
        typo_cost("portl", "portal", 1),
    )
    assert max(neighbour, swapped, doubled) < dropped == other == 1.0
    assert typo_cost("mortal", "portal", 1) > other
    assert typo_cost("oprtal", "portal", 1) < typo_cost("mortal", "portal", 1)


def test_equal_costs():
    """Of two words as near, the one that more entries have comes first; a third one that is much farther is dropped."""
    vocabulary = make_vocabulary("contain", contract=3, contact=30)
    assert corrected("conract", vocabulary)[:2] == ["contact", "contract"]
    vocabulary = make_vocabulary("", cores=2, cares=9)
    assert corrected("cxres", vocabulary) == ["cares", "cores"]


def test_max_corrections():
    """However many words are near, only the best few are tried."""
    vocabulary = make_vocabulary("portaa portab portac portad portae portaf")
    assert len(corrected("portax", vocabulary)) == MAX_CORRECTIONS


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("cannedtext", ("canned", "text")), ("agentcontract", ("agent", "contract")), ("slaportal", ("sla", "portal"))],
)
def test_split_compound(typed, parts):
    """Two known words written as one are split."""
    assert split_compound(typed, WORDS) == parts


@pytest.mark.parametrize("typed", ["cannedxxxx", "xxcanned", "canned", "agentxtext", "webhok"])
def test_no_compound(typed):
    """A word is not split unless both its parts are known."""
    assert split_compound(typed, WORDS) is None


def test_typo_before_compound():
    """ "webbook" is a typo of "webhook", not a web and a book, unless there is no "webhook"."""
    assert split_compound("webbook", make_vocabulary("web book webhook")) is None
    assert split_compound("webbook", make_vocabulary("web book")) == ("web", "book")


def test_longest_parts():
    """Of two ways to split, the one without a very short part is taken."""
    assert split_compound("cartportal", make_vocabulary("cart portal car tportal")) == ("cart", "portal")


def test_join_compound():
    """Two words are joined when they are one known word that is not too short."""
    assert join_compound(("time", "sheet"), WORDS) == "timesheet"
    assert join_compound(("sheet", "time"), WORDS) is None
    assert join_compound(("s", "la"), WORDS) is None


def test_prefix_completions():
    """A prefix leads to the words that begin with it, the most frequent first; a very short one to none."""
    vocabulary = make_vocabulary("portfolio", portrait=4, portal=9, portion=2)
    assert prefix_completions("port", vocabulary) == ["portal", "portrait", "portion"]
    assert prefix_completions("portf", vocabulary) == ["portfolio"]
    assert prefix_completions("por", vocabulary) == []
    assert prefix_completions("porx", vocabulary) == []


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=MIN_WORD_LENGTH, max_size=9), st.data())
def test_single_typo_is_always_corrected(word, data):
    """Whatever the only word of a catalogue is, a single typo after its first letter is corrected to it."""
    assume(stem(word) not in STOP_WORDS)
    vocabulary = make_vocabulary(word)
    place = data.draw(st.integers(1, len(word) - 1))
    typed = data.draw(st.sampled_from([word[:place] + word[place] + word[place:], word[:place] + word[place + 1 :]]))
    assume(typed != word and len(typed) >= MIN_WORD_LENGTH)
    assert corrected(typed, vocabulary) == [word]


@pytest.mark.parametrize("name", ["huntress", "Huntress integration", "threatlocker", "zomentum", "nerdio", "liongard"])
def test_a_name_is_not_taken_for_a_common_word(service, name):
    """A product that no entry is about stays an unknown word: it is not corrected to what any text has."""
    query = service.search(name).query
    assert query.corrections == ()
    assert query.terms[0].expansions == ()


def test_a_compound_of_common_words_is_not_split():
    """Of a name that happens to begin or end with a common word, the other half alone says nothing."""
    assert (
        split_compound("proforma", make_vocabulary("pro forma", glossary=Glossary(common_words=frozenset({"pro"}))))
        is None
    )
