"""The glossary: which words stand for which, one way or both, alone or together."""

import pytest

from bot.catalog.models import Glossary
from bot.search.synonyms import (
    ONE_WAY_SYNONYM_WEIGHT,
    PARTIAL_TERM_FACTOR,
    SYNONYM_WEIGHT,
    Synonyms,
    content_stems,
    term_stems,
)
from bot.text import stem
from tests.search.material import hit_keys, make_change

SMALL = Synonyms(
    Glossary(
        equivalents=(("contract", "agreement", "msa"), ("impersonate", "log in as"), ("on-call", "out of hours")),
        expansions=(("case", ("ticket", "incident report")), ("sms", ("twilio",))),
        common_words=frozenset({"thing"}),
        foreign_products=("zendesk", "it glue"),
    )
)


def synonyms_of(term, meanings=SMALL):
    """The synonyms of a term, with their weights."""
    return {meaning.label: meaning.weight for meaning in meanings.synonyms_of(term_stems(term))}


# -- how a glossary is read


def test_equivalents():
    """Every term of a row stands for every other, and none for itself."""
    assert synonyms_of("contract") == {"agreement": SYNONYM_WEIGHT, "msa": SYNONYM_WEIGHT}
    assert synonyms_of("msa") == {"contract": SYNONYM_WEIGHT, "agreement": SYNONYM_WEIGHT}


def test_one_way():
    """ "case" may mean a ticket, "ticket" means no case; the weight is less than that of an equivalent."""
    assert synonyms_of("case") == {"ticket": ONE_WAY_SYNONYM_WEIGHT, "incident report": ONE_WAY_SYNONYM_WEIGHT}
    assert synonyms_of("ticket") == {}
    assert ONE_WAY_SYNONYM_WEIGHT < SYNONYM_WEIGHT < 1


def test_inflections():
    """A term is found by its stem."""
    assert synonyms_of("Contracts") == synonyms_of("contract")
    assert synonyms_of("agreements") == synonyms_of("agreement")


def test_stop_words_count_in_a_term():
    """ "log in as" is a term, "log" is not."""
    assert synonyms_of("log in as") == {"impersonate": SYNONYM_WEIGHT}
    assert synonyms_of("log") == synonyms_of("log as") == {}


def test_partial_terms():
    """A term of which only one word is indexed weighs less: "log in as" is searched for as "log"."""
    assert synonyms_of("impersonate") == {"log in as": SYNONYM_WEIGHT * PARTIAL_TERM_FACTOR}
    assert synonyms_of("on call") == {"out of hours": SYNONYM_WEIGHT * PARTIAL_TERM_FACTOR}


def test_hyphens_are_blanks():
    """A term with a hyphen is the same as with a blank."""
    assert synonyms_of("on call") == synonyms_of("on-call")


def test_foreign_products():
    """Foreign products are known by their stems, as a whole."""
    assert (stem("zendesk"),) in SMALL.foreign_products
    assert (stem("it"), stem("glue")) in SMALL.foreign_products
    assert (stem("glue"),) not in SMALL.foreign_products


def test_find_terms():
    """Of the words of a question, only those are looked up together that begin a term or a product."""
    typed = term_stems("please log in as it glue")
    of_log = [(1, typed[1:2]), (1, typed[1:3]), (1, typed[1:4])]  # "log in as" is three words
    assert SMALL.find_terms(typed) == [*of_log, (4, typed[4:5]), (4, typed[4:6])]
    assert Synonyms(Glossary()).find_terms(typed) == []


def test_words_of_the_glossary_are_known():
    """A word of a term is no misspelling; a word of a foreign product, or any other, may be."""
    assert SMALL.has_stem(stem("agreements"))
    assert not SMALL.has_stem(stem("zebra"))


def test_two_rows_for_one_term():
    """A term in two rows has the synonyms of both, at the higher weight."""
    both = Synonyms(Glossary(equivalents=(("job", "task"),), expansions=(("job", ("ticket", "task")),)))
    assert synonyms_of("job", both) == {"task": SYNONYM_WEIGHT, "ticket": ONE_WAY_SYNONYM_WEIGHT}


def test_empty_glossary():
    """Without a glossary there are no synonyms."""
    assert Synonyms(Glossary()).synonyms_of(("contract",)) == ()


# -- on a small catalogue


def test_synonyms_find_an_entry(make_service):
    """An entry with one word of a row is found by each of the others, and a one-way synonym works one way."""
    service = make_service(
        make_change("11111", "Contract end dates"),
        make_change("22222", "Zebra crossings"),
        equivalents=(("contract", "agreement", "msa"),),
        expansions=(("deal", ("contract",)),),
    )
    for word in ("contract", "agreements", "MSA", "deal"):
        assert hit_keys(service.search(word)) == ["11111"], word
    service = make_service(make_change("11111", "Deal end dates"), expansions=(("deal", ("contract",)),))
    assert hit_keys(service.search("contract")) == []


def test_term_of_several_words_finds_an_entry(make_service):
    """A term of several words is found by one, and the other way round; its words apart are not."""
    service = make_service(
        make_change("11111", "Impersonation of clients"),
        make_change("22222", "Robots of tomorrow"),
        equivalents=(("impersonate", "log in as"),),
    )
    assert hit_keys(service.search("log in as")) == ["11111"]
    assert hit_keys(service.search("log")) == []
    service = make_service(
        make_change("11111", "Single sign-on for agents"),
        make_change("22222", "Sign of the times"),
        equivalents=(("sso", "single sign-on"),),
    )
    assert hit_keys(service.search("sso")) == ["11111"]


def test_synonyms_that_no_entry_has(make_service):
    """A synonym of something that is not in the catalogue finds nothing."""
    service = make_service(make_change("11111", "Zebra crossings"), equivalents=(("contract", "agreement"),))
    assert not service.search("agreement").has_answer


def test_misspelt_word_of_the_glossary(make_service):
    """A misspelt word of the glossary is corrected, and has its synonyms."""
    answer = make_service(make_change("11111", "Contract end dates"), equivalents=(("contract", "agreement"),)).search(
        "agreemnt"
    )
    assert hit_keys(answer) == ["11111"]
    assert answer.query.corrections == (("agreemnt", "agreement"),)


# -- the shipped glossary


@pytest.fixture(scope="module")
def shipped(shipped_seeds):
    """The synonyms of the shipped glossary."""
    return Synonyms(shipped_seeds.glossary)


@pytest.mark.parametrize(
    ("halo", "others"),
    [
        ("contract", ["agreement"]),
        ("prepay", ["block hours", "retainer", "prepaid"]),
        ("entra", ["azure ad", "aad", "azure active directory"]),
        ("ninjaone", ["ninjarmm", "ninja"]),
        ("agent", ["technician", "engineer", "tech", "resource"]),
        ("single sign-on", ["sso", "saml"]),
        ("knowledge base", ["kb", "knowledgebase"]),
        ("quickbooks", ["qbo"]),
        ("time and materials", ["t&m", "T & M"]),
        ("survey", ["csat", "nps"]),
        ("ticket", ["case", "incident", "tix"]),
        ("ticket type", ["service board", "board"]),
        ("charge rate", ["work type", "billing code", "work role"]),
        ("client", ["customer", "company"]),
        ("asset", ["configuration item", "CI", "device"]),
        ("portal", ["self-service"]),
        ("purchase order", ["PO"]),
        ("credit note", ["credit memo"]),
        ("catalogue", ["catalog"]),
        ("organisation", ["organization"]),
        ("colour", ["color"]),
        ("licence", ["license"]),
        ("timesheet", ["time card"]),
        ("utilisation", ["utilization"]),
    ],
)
def test_what_msps_call_things(make_service, shipped_seeds, halo, others):
    """An entry with Halo's word in its title is found first by other products' and people's words for it."""
    glossary = shipped_seeds.glossary
    service = make_service(
        make_change("11111", f"{halo.capitalize()} improvements"), make_change("22222", "Robots paint zebra crossings"),
        equivalents=glossary.equivalents, expansions=glossary.expansions, common_words=glossary.common_words,
        foreign_products=glossary.foreign_products,
    )  # fmt: skip
    for other in others:
        assert hit_keys(service.search(other)) == ["11111"], other


def test_every_row_works(shipped, shipped_seeds):
    """Every term of every shipped row leads to every other one, unless the two have the same stems."""
    lost = []
    for row in shipped_seeds.glossary.equivalents:
        for term in row:
            for other in row:
                wanted = content_stems(other)
                if (
                    other != term
                    and wanted
                    and wanted != term_stems(term)
                    and wanted not in {m.stems for m in shipped.synonyms_of(term_stems(term))}
                ):
                    lost.append((term, other))
    for term, means in shipped_seeds.glossary.expansions:
        lost += [
            (term, other)
            for other in means
            if content_stems(other) not in {m.stems for m in shipped.synonyms_of(term_stems(term))} | {term_stems(term)}
        ]
    assert lost == []


def test_foreign_products_are_no_common_words(shipped, shipped_seeds):
    """No common word is a foreign product: every question that has it would be refused."""
    everyday = {(stem(word),) for word in shipped_seeds.glossary.common_words}
    assert sorted(shipped.foreign_products & everyday) == []
