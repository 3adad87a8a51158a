"""Which entry comes first, and why: on a few entries where that is beyond doubt, and on the shipped ones."""

import pytest

from tests.search.material import explain, hit_keys, make_change

SAME = (("contract", "agreement"), ("agent", "technician", "engineer"))
MEANS = (("deal", ("contract",)),)


def scores(answer):
    """Each hit's score by key."""
    return {hit.entry.key: hit.score for hit in (*answer.hits, *answer.more_hits)}


@pytest.mark.parametrize(
    ("better", "worse"),
    [("title", "names"), ("title", "summary"), ("title", "also"), ("names", "summary"), ("names", "also")],
)
def test_fields(make_service, better, worse):
    """A word in the title scores higher than in a name, and there higher than in the summary or a phrasing."""
    said = {
        "title": make_change("11111", "Zebra", summary="Paint."),
        "names": make_change("22222", "Road works", summary="Paint.", names=("Zebra",)),
        "summary": make_change("33333", "Road works", summary="Zebra."),
        "also": make_change("44444", "Road works", summary="Paint.", also=("zebra",)),
    }
    found = scores(make_service(said[worse], said[better]).search("zebra"))
    assert found[said[better].key] > found.get(said[worse].key, 0)


@pytest.mark.parametrize(
    ("text", "says", "means"),
    [
        ("agreement", "Agreement templates", "Contract templates"),
        ("contract", "Contract templates", "Agreement templates"),
        ("deal", "Deal templates", "Contract templates"),
        ("technician", "Technician colours", "Agent colours"),
        ("engineer colours", "Engineer colours", "Technician colours"),
    ],
)
def test_exact_word_outranks_a_synonym(make_service, text, says, means):
    """An entry with the word comes before one with a synonym, whichever of the two is the rarer."""
    few = [make_change("11111", means), make_change("22222", says)]
    many = [make_change(str(30_000 + n), f"{says} {n}") for n in range(9)]
    for others in ([], many):
        found = scores(make_service(*few, *others, equivalents=SAME, expansions=MEANS).search(text))
        assert found["22222"] > found["11111"]


def test_synonym_is_an_answer(make_service):
    """An entry with a synonym is found where none has the word."""
    assert hit_keys(
        make_service(
            make_change("11111", "Contract templates"), make_change("22222", "Zebra crossings"), equivalents=SAME
        ).search("agreement")
    ) == ["11111"]


def test_exact_word_outranks_a_similar_one(make_service):
    """Of "portal" and "mortal", only the one that was typed is found when both are known."""
    assert (
        hit_keys(
            make_service(make_change("11111", "Mortal dangers"), make_change("22222", "Portal dangers")).search(
                "portal dangers"
            )
        )[0]
        == "22222"
    )


def test_term_coverage(make_service):
    """An entry with all of the question's words comes before one with half of them."""
    answer = make_service(
        make_change("11111", "Jira colours"),
        make_change("22222", "Jira default status"),
        make_change("33333", "Status colours"),
    ).search("jira default status")
    assert hit_keys(answer)[0] == "22222"


def test_idf(make_service):
    """Of two words of the question, the one that fewer entries have decides."""
    tickets = [make_change(str(20_000 + n), f"Ticket colour {n}") for n in range(20)]
    assert (
        hit_keys(make_service(*tickets, make_change("11111", "Avalara colour")).search("avalara ticket"))[0] == "11111"
    )


def test_phrase_coverage(make_service):
    """Two words in one phrasing score higher than the same words in two."""
    together = make_change(
        "22222", "Road works", summary="Paint.", also=("stop the spam loop", "night works", "paint on roads")
    )
    apart = make_change(
        "11111", "Road works", summary="Paint.", also=("stop the works", "spam on roads", "a loop at night")
    )
    assert hit_keys(make_service(apart, together).search("stop spam loop"))[0] == "22222"


def test_length_normalisation(make_service):
    """An entry with hundreds of phrasings does not come before one that has the question in its title."""
    talker = make_change(
        "11111", "Road works", summary="Paint.", also=tuple(f"zebra crossing {n} words and more" for n in range(150))
    )
    assert hit_keys(make_service(talker, make_change("22222", "Zebra crossing")).search("zebra crossing"))[0] == "22222"


def test_equal_scores(make_service):
    """Entries with equal scores are in the order of their keys, whatever order they were put in."""
    entries = [make_change(key, "Zebra crossings") for key in ("33333", "11111", "22222")]
    assert (
        hit_keys(make_service(*entries).search("zebra"))
        == hit_keys(make_service(*reversed(entries)).search("zebra"))
        == ["11111", "22222", "33333"]
    )


QUESTIONS = [
    "jira default status",
    "dattto",
    "agreement end date",
    "cannedtext",
    "how do I stop engineers doing bulk priority changes",
    "csat",
    "quikbooks tax",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_scores_are_in_order(service, text):
    """Hits are best first, with scores from 0 to about 1."""
    found = [hit.score for hit in service.search(text).hits]
    assert found == sorted(found, reverse=True)
    assert all(0 < score <= 1.1 for score in found)


# -- why


@pytest.mark.parametrize(
    "text", [*QUESTIONS, "zendesk macros", "area:portal login", "jira v2.206", "stock item barcode report"]
)
def test_signals_add_up(service, text):
    """The signals of each hit and suggestion add up to its score; explaining changes nothing else."""
    plain, explained = service.search(text), explain(service, text)
    hits = (*explained.hits, *explained.more_hits, *explained.possible_hits, *explained.suggestions)
    assert hits
    for hit in hits:
        assert len(hit.signals) >= 3
        assert sum(signal.score for signal in hit.signals) == pytest.approx(hit.score)
    for part, again in (
        (plain.hits, explained.hits),
        (plain.possible_hits, explained.possible_hits),
        (plain.more_hits, explained.more_hits),
        (plain.suggestions, explained.suggestions),
    ):
        assert [(hit.entry, hit.score) for hit in part] == [(hit.entry, hit.score) for hit in again]


def first_explanation(make_service, text, *entries, **glossary):
    """The explanation of the first signal of the first hit."""
    answer = explain(make_service(*entries, **glossary), text)
    return (answer.hits or answer.suggestions)[0].signals[0].explanation


def test_explanation_names_the_words(make_service):
    """Each word of the question is named: as it is, with what it was taken for and why, or as missing."""
    zebra = make_change("11111", "Contract portal colours")
    assert first_explanation(make_service, "portal colours", zebra) == "portal, colours"
    assert first_explanation(make_service, "agreement", zebra, equivalents=SAME) == "agreement → contract (synonym)"
    assert first_explanation(make_service, "potral", zebra) == "potral → portal (typo)"
    assert first_explanation(make_service, "contra", zebra) == "contra → contract (prefix)"
    assert first_explanation(make_service, "portal colours xylophone", zebra) == "portal, colours; not: xylophone"


def test_explanation_of_title_coverage(make_service):
    """The explanation of title coverage names the words in title and names."""
    service = make_service(make_change("11111", "Zebra crossings", summary="Robots paint.", names=("Snow",)))
    (hit,) = explain(service, "zebra snow robots").hits
    title = next(signal for signal in hit.signals if signal.name == "title coverage")
    assert "zebra" in title.explanation
    assert "snow" in title.explanation
    assert "robots" not in title.explanation


def test_keys_and_filters_have_no_signals(service):
    """What is found by key or by filters alone has no signals."""
    for text in ("#1016865", "v2.216", "area:portal"):
        assert all(hit.signals == () for hit in explain(service, text).hits), text


def test_signals_of_a_list_add_up(service):
    """In a list, the signals of each entry add up to its score, also of one that is there only for its area."""
    hits = explain(service, "portal stuff").hits
    assert [hit.entry.key for hit in hits if sum(s.score for s in hit.signals) != pytest.approx(hit.score)] == []


def test_key_with_words_has_no_signals(service):
    """A hit found by its key has no signals of the words beside it."""
    (hit,) = explain(service, "v2.216 #1085481 | 49:32 connectwise").hits
    assert sum(signal.score for signal in hit.signals) in (0, pytest.approx(hit.score))
