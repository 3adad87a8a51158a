"""What is an answer, what is only a suggestion, and what is possible: the threshold, filters and lists."""

import pytest

from bot.search.relevance import MAX_SUGGESTIONS, nearest_keys
from tests.search.material import all_keys, hit_keys, make_change, suggested_keys, v

# -- nothing on that


@pytest.mark.parametrize(
    "text",
    [
        "zendesk macros",
        "export invoices to xero",
        "zendesk",
        "servicenow change requests",
        "stripe credit card payments for invoices",
        "3cx call popups",
        "okta single sign-on",
        "hudu password sync",
        "trello boards for projects",
        "kubernetes autoscaling",
        "recipe for banana bread",
        "weather tomorrow in london",
        "who won the world cup",
        "asdfghjkl qwertyuiop",
        "blockchain ledger of payslips",
    ],
)
def test_nothing_on_that(service, text):
    """Questions about foreign products, or about something else than Halo, have no answer."""
    answer = service.search(text)
    assert not answer.has_answer
    assert len(answer.suggestions) <= MAX_SUGGESTIONS


@pytest.mark.parametrize(
    "text", ["hello", "hi there", "thanks!", "thank you very much", "good morning", "ok", "lol", "sorry", "yes please"]
)
def test_small_talk(service, text):
    """A greeting or thanks are no question, even if a phrasing has the word."""
    assert not service.search(text).has_answer


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("jira default status", "1016865"),
        ("auvik", "1093288"),
        ("how do I sync avalara entities", "1027858"),
        ("sso for our own staff", "faq-sso"),
        ("canned text shortcuts in chat", "1024945"),
        ("do not disturb", "1028655"),
    ],
)
def test_answers(service, text, key):
    """A question that an entry answers has it as the first hit, without suggestions."""
    answer = service.search(text)
    assert hit_keys(answer)[0] == key
    assert answer.suggestions == ()


@pytest.mark.parametrize("word", ["awful", "workday", "really", "today", "monday", "annoying"])
def test_common_words_do_not_prevent_an_answer(service, word):
    """A common word added to a question that has an answer does not take it away."""
    assert hit_keys(service.search(f"default jira status {word}"))[0] == "1016865"


# -- near misses


@pytest.mark.parametrize(
    "text", ["zendesk macros", "quickbooks payroll runs for staff", "jira burndown for the sprint"]
)
def test_suggestions(service, text):
    """A question without an answer has a few suggestions, best first."""
    answer = service.search(text)
    assert answer.hits == answer.possible_hits == ()
    assert 0 < len(answer.suggestions) <= MAX_SUGGESTIONS
    assert [hit.score for hit in answer.suggestions] == sorted((hit.score for hit in answer.suggestions), reverse=True)


def test_suggestion_of_another_name(service):
    """The suggestion for "zendesk macros" is about macros by another name."""
    assert "Canned" in service.search("zendesk macros").suggestions[0].entry.title


def test_no_suggestion_by_a_part_of_a_word(service):
    """What has only "line" is nothing near "offline"."""
    assert service.search("offline").suggestions == ()


def test_suggestion_by_the_word_itself(service):
    """What has the word that was typed is near, also where a name that begins with it weighs far more: "by team"."""
    assert any("team" in hit.entry.title.lower() for hit in service.search("view by team").suggestions)


def test_no_suggestions(service):
    """Words that no entry has, have no suggestions."""
    assert service.search("asdfghjkl qwertyuiop").suggestions == ()


@pytest.mark.parametrize(
    "text", ["jira default status", "portal login", "everything for NinjaOne", "#794180", "v2.216"]
)
def test_suggestions_only_without_an_answer(service, text):
    """A question with an answer has no suggestions."""
    answer = service.search(text)
    assert answer.has_answer
    assert answer.suggestions == ()


# -- other makers' products


def test_foreign_product_that_an_entry_names(make_service):
    """A foreign product that title, names or summary of an entry have finds it."""
    for fields in (
        {"title": "Zendesk import"},
        {"title": "Import", "names": ("Zendesk",)},
        {"title": "Import", "summary": "Tickets come from Zendesk."},
    ):
        assert hit_keys(
            make_service(make_change("11111", **fields), foreign_products=("zendesk",)).search("zendesk import")
        ) == ["11111"], fields


def test_foreign_product_that_only_a_phrasing_names(make_service):
    """A foreign product that only a phrasing has does not find the entry."""
    service = make_service(
        make_change("11111", "Import of tickets", also=("zendesk import", "import from zendesk")),
        foreign_products=("zendesk",),
    )
    assert suggested_keys(service.search("zendesk import")) == ["11111"]
    assert not service.search("zendesk import").has_answer
    assert service.search("ticket import").has_answer


def test_unknown_word(make_service):
    """An entry that has only half of a question is no answer to it."""
    service = make_service(
        make_change("11111", "Invoice export", also=("send bills out", "get invoices out")),
        make_change("22222", "Portal colours", also=("paint", "a brush")),
    )
    assert hit_keys(service.search("invoice export")) == ["11111"]
    assert not service.search("invoice xylophone marimba").has_answer


# -- narrowing


@pytest.fixture
def crossings(make_service):
    """Five entries about zebras that differ in everything that can be filtered by."""
    return make_service(
        make_change("11111", "Zebra red", area="Portal", version=v(206)[0], highlighted=True),
        make_change("22222", "Zebra blue", area="Tickets", version=v(208)[0]),
        make_change("33333", "Zebra green", area="Portal", version=None, possible_versions=v(206, 208)),
        make_change("faq-zebra", "Zebra white", kind="faq", version=None, answer="Yes."),
        make_change("55555", "Giraffe black", area="Portal", version=v(208)[0]),
    )


@pytest.mark.parametrize(
    ("text", "hits", "possible"),
    [
        ("zebra", {"11111", "22222", "33333", "faq-zebra"}, set()),
        ("zebra v2.206", {"11111"}, {"33333"}),
        ("zebra 2.208", {"22222"}, {"33333"}),
        ("zebra since 2.206", {"11111", "22222", "33333"}, set()),
        ("zebra since 2.208", {"22222"}, {"33333"}),
        ("zebra v2.300", set(), set()),
        ("zebra area:portal", {"11111", "33333"}, set()),
        ("zebra area:portal v2.208", set(), {"33333"}),
        ("zebra kind:faq", {"faq-zebra"}, set()),
        ("zebra highlights", {"11111"}, set()),
        ("everything about zebra in 2.208", {"22222"}, {"33333"}),
        ("v2.208", {"22222", "55555"}, {"33333"}),
        ("area:portal", {"11111", "33333", "55555"}, set()),
        ("kind:faq", {"faq-zebra"}, set()),
        ("zebra -red", {"22222", "33333", "faq-zebra"}, set()),
        ('"zebra blue"', {"22222"}, set()),
        ("kind:guide", set(), set()),
        ("giraffe area:tickets", set(), set()),
    ],
)
def test_filters(crossings, text, hits, possible):
    """A search has only entries that pass the filters; those of an uncertain version are possible hits."""
    answer = crossings.search(text)
    assert set(all_keys(answer)) == hits
    assert {hit.entry.key for hit in answer.possible_hits} == possible


@pytest.mark.parametrize("number", ["v2.206", "v2.208"])
def test_uncertain_entry_shows_under_both_versions(crossings, number):
    """An entry of an uncertain version is a possible hit of each of its possible versions."""
    answer = crossings.search(number)
    assert "33333" not in hit_keys(answer)
    assert [hit.entry.key for hit in answer.possible_hits] == ["33333"]


def test_list_is_newest_first(crossings):
    """A list has the newest version first, uncertain ones after certain ones, and those without a version last."""
    assert hit_keys(crossings.search("everything about zebra")) == ["22222", "33333", "11111", "faq-zebra"]


def test_version_has_highlights_first(make_service):
    """Within a version highlights come first."""
    service = make_service(
        make_change("11111", "One"),
        make_change("22222", "Two", highlighted=True),
        make_change("33333", "Three", version=v(208)[0]),
    )
    assert hit_keys(service.search("v2.206 and v2.208")) == ["33333", "22222", "11111"]


# -- numbers


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("794181", ["794180"]),
        ("749180", ["794180"]),
        ("79418", ["794180"]),
        ("1794180", ["794180"]),
        ("123456", []),
        ("ep15-70", ["ep15-07"]),
        ("", []),
    ],
)
def test_nearest_numbers(typed, found):
    """A number with a digit wrong, missing, added or swapped is near the right one; others are near none."""
    assert nearest_keys(typed, ["794180", "ep15-07", "faq-sso", "2016865"]) == found


def test_nearest_numbers_do_not_depend_on_order():
    """The nearest numbers are few, and do not depend on the order of the known ones."""
    known = ["794181", "794182", "794183", "794184"]
    assert nearest_keys("794180", known) == nearest_keys("794180", reversed(known)) == known[:MAX_SUGGESTIONS]
