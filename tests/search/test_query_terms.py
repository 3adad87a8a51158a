"""From words to terms: their weights, and their expansions."""

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
    """The terms of a question, by word."""
    return {term.word: term for term in build_terms(text.split(), STOP_WORDS, vocabulary)[0]}


def expansions_of(term):
    """The expansions of a term as (label, match type), highest weight first."""
    return [(way.label, way.match_type) for way in term.expansions]


def test_rare_words_weigh_more():
    """A word of one entry weighs more than one of thirty, and that more than one of two hundred."""
    found = terms_of("ticket contract avalara")
    assert found["ticket"].weight < found["contract"].weight < found["avalara"].weight


def test_unknown_word_weighs_as_much_as_the_rarest():
    """A word that no entry has weighs as much as the rarest one, so that it is not passed over."""
    found = terms_of("kubernetes avalara")
    assert found["kubernetes"].weight == UNKNOWN_IDF >= found["avalara"].weight
    assert not found["kubernetes"].expansions


def test_common_words_weigh_little():
    """A common word that no entry has weighs next to nothing; one that an entry has, less than any other as rare."""
    found = terms_of("hello better avalara")
    assert found["hello"].weight < 1 < UNKNOWN_IDF
    assert found["better"].weight < found["avalara"].weight


def test_size_of_the_catalogue_does_not_matter():
    """A word's weight depends on the entries that have it, not on the number of others."""
    assert (
        terms_of("contract")["contract"]
        == terms_of("contract", make_vocabulary("x" * 9, glossary=GLOSSARY, contract=30, ticket=1, po=1))["contract"]
    )


def test_word_itself_comes_first():
    """The first expansion of a known word is the word itself, at the term's full weight."""
    term = terms_of("contract")["contract"]
    assert expansions_of(term)[0] == ("contract", "exact")
    assert term.expansions[0].weight == term.weight


def test_expansions_are_best_first():
    """Expansions are in order of their weight, and no two have the same stems."""
    for term in terms_of("contract agreement deal case po").values():
        worths = [way.weight for way in term.expansions]
        assert worths == sorted(worths, reverse=True)
        assert len({way.stems for way in term.expansions}) == len(worths)


@pytest.mark.parametrize("typed", ["ticket", "contract"])
def test_expansion_does_not_drown_the_word(typed):
    """No synonym weighs more than the word that was typed, however rare it is."""
    rare = make_vocabulary(
        "jobbie",
        glossary=Glossary(equivalents=(("ticket", "jobbie"), ("contract", "jobbie")[:2])),
        ticket=200,
        contract=30,
    )
    term = terms_of(typed, rare)[typed]
    assert expansions_of(term)[0] == (typed, "exact")
    assert all(way.weight < term.expansions[0].weight for way in term.expansions[1:])


def test_synonyms_of_an_unknown_word():
    """A word that no entry has is searched for by its synonyms, and weighs no more than they do."""
    term = terms_of("agreement")["agreement"]
    assert expansions_of(term) == [("contract", "synonym")]
    assert term.weight < terms_of("contract")["contract"].weight


def test_synonyms_weigh_more_than_one_way_synonyms():
    """A synonym weighs more than a one-way synonym."""
    same, means = terms_of("agreement")["agreement"], terms_of("deal")["deal"]
    assert dict(expansions_of(means)) == {"contract": "synonym", "opportunity": "synonym"}
    assert next(way.weight for way in means.expansions if way.label == "contract") < same.expansions[0].weight


def test_term_of_several_words():
    """ "log in as" is looked up with its stop words, and each of its words has its synonyms."""
    found = terms_of("log in as")
    assert expansions_of(found["log"]) == [("impersonate", "synonym")]
    assert "in" not in found
    assert terms_of("log")["log"].expansions == ()


def test_synonym_of_several_words():
    """ "PO" is a purchase order: an entry has to have both words."""
    (way,) = terms_of("po")["po"].expansions
    assert way.stems == (stem("purchase"), stem("order"))


def test_corrected_word():
    """A misspelt word stands for the one that was meant, at a little less weight, and the correction is reported."""
    found, corrected = build_terms(["avalra"], STOP_WORDS, WORDS)
    assert corrected == (("avalra", "avalara"),)
    assert expansions_of(found[0]) == [("avalara", "typo")]
    assert 0 < found[0].expansions[0].weight < terms_of("avalara")["avalara"].weight


def test_synonyms_of_a_corrected_word():
    """A corrected word has its synonyms too."""
    found, corrected = build_terms(["agremeent"], STOP_WORDS, WORDS)
    assert corrected == (("agremeent", "agreement"),)
    assert ("contract", "synonym") in expansions_of(found[0])


def test_prefix():
    """A word typed half stands for those that begin so; that is no correction."""
    found, corrected = build_terms(["opportun"], STOP_WORDS, make_vocabulary("opportunistic"))
    assert expansions_of(found[0]) == [("opportunistic", "prefix")]
    assert corrected == ()


@pytest.mark.parametrize("word", ["digest", "redact", "append", "tripled"])
def test_a_rare_word_is_no_compound_by_chance(word):
    """A rare word stays itself, although the catalogue knows both words that it could be made of, where one of these is
    short; what has both of them is only another reading.
    """
    parts = {"digest": "dig est", "redact": "red act", "append": "app end", "tripled": "trip led"}[word]
    terms = terms_of(word, make_vocabulary(word, **dict.fromkeys(parts.split(), 20)))
    assert list(terms) == [word]
    assert expansions_of(terms[word]) == [(word, "exact"), (parts, "typo")]


def test_a_rare_compound_of_longer_words_is_both_words():
    """A field's name that only one entry has is searched for as the two words that others write."""
    vocabulary = make_vocabulary("salesorder", sales=100, order=60)
    assert list(terms_of("salesorder", vocabulary)) == ["sales", "order"]


def test_separated_compound():
    """ "time sheet" also finds "timesheet"."""
    found = terms_of("time sheet")
    assert ("timesheet", "typo") in expansions_of(found["time"])
    assert ("timesheet", "typo") in expansions_of(found["sheet"])


def test_joined_words():
    """ "jiraportal" is both its words."""
    [term] = terms_of("jiraportal").values()
    assert [way.stems for way in term.expansions] == [("jira", "portal")]


def test_foreign_product():
    """A foreign product that no entry has is not expanded, and weighs as much as a word can."""
    found = terms_of("zendesk ticket")
    assert (found["zendesk"].expansions, found["zendesk"].weight) == ((), UNKNOWN_IDF)
    assert found["ticket"].expansions


def test_foreign_product_that_an_entry_has():
    """A foreign product in an entry's own text is a word like any other."""
    vocabulary = make_vocabulary("zendesk", glossary=GLOSSARY)
    assert expansions_of(terms_of("zendesk", vocabulary)["zendesk"]) == [("zendesk", "exact")]


def test_product_in_a_phrasing_only():
    """A foreign product that only a phrasing mentions is one that no entry is about."""
    vocabulary = replace(make_vocabulary("zendesk ticket", glossary=GLOSSARY), own_text_doc_freq={"ticket": 1})
    assert not terms_of("zendesk", vocabulary)["zendesk"].expansions


def test_product_of_two_words():
    """ "IT Glue" is a product; "glue" alone is glue."""
    assert not terms_of("it glue")["glue"].expansions
    assert terms_of("glue")["glue"].expansions


def test_repeats_and_order():
    """A repeated word is one term, and terms keep the question's order."""
    assert list(terms_of("portal jira portal")) == ["portal", "jira"]


def test_pasted_text():
    """Only the first words of a long text become terms."""
    assert len(terms_of(" ".join(f"w{n}" for n in range(500)))) == MAX_QUERY_WORDS


def test_no_words():
    """Without words there are no terms."""
    assert build_terms([], STOP_WORDS, WORDS) == ((), ())
    assert build_terms(["the", "of"], STOP_WORDS, WORDS) == ((), ())
