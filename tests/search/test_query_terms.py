"""From words to terms: what each tells, and in which ways an entry may say it."""

from dataclasses import replace

import pytest

from bot.catalog.models import Glossary
from bot.search.query_terms import MAX_QUERY_WORDS, build_terms
from bot.search.vocabulary import UNKNOWN_IDF
from bot.text import STOP_WORDS, stem
from tests.search.material import make_vocabulary

GLOSSARY = Glossary(
    equivalents=(("contract", "agreement"), ("impersonate", "log in as"), ("purchase order", "po"), ("ticket", "case")),
    expansions=(("deal", ("contract", "opportunity")),),
    common_words=frozenset("hello thing better work".split()),
    foreign_products=("zendesk", "it glue"),
)
WORDS = make_vocabulary(
    "jira avalara opportunity impersonate timesheet purchase order portal better glue",
    glossary=GLOSSARY,
    ticket=200,
    contract=30,
)


def terms_of(text, vocabulary=WORDS):
    """The terms of a question without its small words, by word."""
    return {term.word: term for term in build_terms(text.split(), STOP_WORDS, vocabulary)[0]}


def ways(term):
    """In which ways an entry may say a term, best first."""
    return [(way.label, way.match_type) for way in term.expansions]


def test_rare_words_tell_more():
    """A word of one entry tells more than one of thirty, and that more than one of two hundred."""
    found = terms_of("ticket contract avalara")
    assert found["ticket"].weight < found["contract"].weight < found["avalara"].weight


def test_unknown_word_tells_as_much_as_the_rarest():
    """A word that only this catalogue would not know weighs as much as its rarest word, so that it is not passed over."""
    found = terms_of("kubernetes avalara")
    assert found["kubernetes"].weight == UNKNOWN_IDF >= found["avalara"].weight
    assert not found["kubernetes"].in_vocabulary


def test_everyday_words_tell_little():
    """An everyday word that no entry has tells next to nothing; one that an entry has tells less than any other as
    rare.
    """
    found = terms_of("hello better avalara")
    assert found["hello"].weight < 1 < UNKNOWN_IDF
    assert found["better"].weight < found["avalara"].weight


def test_how_many_entries_there_are_does_not_matter():
    """What a word tells depends on the entries that have it, not on how many have nothing to do with it."""
    assert (
        terms_of("contract")["contract"]
        == terms_of("contract", make_vocabulary("x" * 9, glossary=GLOSSARY, contract=30, ticket=1, po=1))["contract"]
    )


def test_word_itself_comes_first():
    """A known word's first way is the word itself, worth all that it tells."""
    term = terms_of("contract")["contract"]
    assert ways(term)[0] == ("contract", "exact")
    assert term.expansions[0].weight == term.weight


def test_ways_are_best_first():
    """The ways of saying a term fall in worth, and no two are the same stems."""
    for term in terms_of("contract agreement deal case po").values():
        worths = [way.weight for way in term.expansions]
        assert worths == sorted(worths, reverse=True)
        assert len({way.stems for way in term.expansions}) == len(worths)


@pytest.mark.parametrize("typed", ["ticket", "contract"])
def test_expansion_does_not_drown_the_word(typed):
    """However rare the other words for it are, none is worth more than the word that was typed."""
    rare = make_vocabulary(
        "jobbie",
        glossary=Glossary(equivalents=(("ticket", "jobbie"), ("contract", "jobbie")[:2])),
        ticket=200,
        contract=30,
    )
    term = terms_of(typed, rare)[typed]
    assert ways(term)[0] == (typed, "exact")
    assert all(way.weight < term.expansions[0].weight for way in term.expansions[1:])


def test_other_words_for_it():
    """A word that no entry has is known by what it is called otherwise, and tells no more than that."""
    term = terms_of("agreement")["agreement"]
    assert ways(term) == [("contract", "synonym")]
    assert term.weight < terms_of("contract")["contract"].weight


def test_same_is_worth_more_than_means():
    """What is the same is worth more than what it may mean."""
    same, means = terms_of("agreement")["agreement"], terms_of("deal")["deal"]
    assert dict(ways(means)) == {"contract": "synonym", "opportunity": "synonym"}
    assert next(way.weight for way in means.expansions if way.label == "contract") < same.expansions[0].weight


def test_term_of_several_words():
    """ "log in as" is looked up with its small words, and each of its words then stands for the name."""
    found = terms_of("log in as")
    assert ways(found["log"]) == [("impersonate", "synonym")]
    assert "in" not in found
    assert terms_of("log")["log"].expansions == ()


def test_name_of_which_all_words_are_needed():
    """ "PO" is a purchase order: both words have to be there."""
    (way,) = terms_of("po")["po"].expansions
    assert way.stems == (stem("purchase"), stem("order"))


def test_corrected_word():
    """A misspelt word stands for the one that was meant, worth a little less, and the correction is told."""
    found, corrected = build_terms(["avalra"], STOP_WORDS, WORDS)
    assert corrected == (("avalra", "avalara"),)
    assert ways(found[0]) == [("avalara", "typo")]
    assert 0 < found[0].expansions[0].weight < terms_of("avalara")["avalara"].weight


def test_misspelt_word_means_what_the_right_one_means():
    """The other words for a corrected word count too."""
    found, corrected = build_terms(["agremeent"], STOP_WORDS, WORDS)
    assert corrected == (("agremeent", "agreement"),)
    assert ("contract", "synonym") in ways(found[0])


def test_beginning_of_a_word():
    """A word half typed stands for those that begin so; that is no correction."""
    found, corrected = build_terms(["opportun"], STOP_WORDS, make_vocabulary("opportunistic"))
    assert ways(found[0]) == [("opportunistic", "prefix")]
    assert corrected == ()


def test_two_words_that_are_one():
    """ "time sheet" may be said as "timesheet"."""
    found = terms_of("time sheet")
    assert ("timesheet", "typo") in ways(found["time"])
    assert ("timesheet", "typo") in ways(found["sheet"])


def test_one_word_that_is_two():
    """ "jiraportal" is both its words."""
    assert list(terms_of("jiraportal")) == ["jira", "portal"]


def test_other_makers_product():
    """A product of others that no entry has is looked for as nothing else, and weighs all that a word can."""
    found = terms_of("zendesk ticket")
    assert (found["zendesk"].expansions, found["zendesk"].weight) == ((), UNKNOWN_IDF)
    assert found["ticket"].in_vocabulary


def test_other_makers_product_that_an_entry_has():
    """A product of others that an entry's own text has is a word like any other."""
    vocabulary = make_vocabulary("zendesk", glossary=GLOSSARY)
    assert ways(terms_of("zendesk", vocabulary)["zendesk"]) == [("zendesk", "exact")]


def test_product_in_a_phrasing_only():
    """A product that only someone's phrasing mentions is still none that an entry is about."""
    vocabulary = replace(make_vocabulary("zendesk ticket", glossary=GLOSSARY), own_text_doc_freq={"ticket": 1})
    assert not terms_of("zendesk", vocabulary)["zendesk"].in_vocabulary


def test_product_of_two_words():
    """ "IT Glue" is a product; "glue" alone is glue."""
    assert not terms_of("it glue")["glue"].in_vocabulary
    assert terms_of("glue")["glue"].in_vocabulary


def test_repeats_and_order():
    """A word said twice counts once, and terms keep the question's order."""
    assert list(terms_of("portal jira portal")) == ["portal", "jira"]


def test_pasted_text():
    """Of a text that was pasted only so many words are looked at."""
    assert len(terms_of(" ".join(f"w{n}" for n in range(500)))) == MAX_QUERY_WORDS


def test_no_words():
    """No words, no terms."""
    assert build_terms([], STOP_WORDS, WORDS) == ((), ())
    assert build_terms(["the", "of"], STOP_WORDS, WORDS) == ((), ())
