"""Lists: what asks for one, which entries belong to it, and filters in plain words."""

import pytest

from bot.catalog.models import Filters
from bot.search.area_names import means_area
from bot.search.exclusions import is_name
from bot.search.filter_phrases import extract_filters
from bot.search.lists import is_list, subject_of_help
from bot.search.query_parser import parse_query
from bot.search.retrieval import MAX_LIST_CANDIDATES
from bot.text import words
from tests.search.material import hit_keys, make_change, v


@pytest.mark.parametrize(
    "text",
    [
        "everything to do with quickbooks",
        "everything that has to do with quickbooks",
        "anything related to quickbooks",
        "jira changes pls",
        "give me the full list of API changes",
        "show me all the azure ad changes",
        "stock and purchasing, full list",
        "canned text, all of it",
        "dashboard changes across all versions",
        "where did they add access control",
        "which dollar variables were added",
        "which integrations have been added",
        "what did they change for quotes",
        "what's new with Teams",
        "what has been done for the portal",
        "anything about NinjaOne lately",
        "is there anything new for billing",
        "has anything changed with approvals",
        "all portal stuff",
        "changes to mail campaigns",
        "hi team, any news on webhooks?",
        "summary of quote changes",
        "recap of portal changes",
        "what else is there on approvals",
        "the latest on quickbooks",
        "how has the portal changed",
        "can you list all webhook changes",
        "are there any asset improvements",
    ],
)
def test_lists(text):
    """Whoever asks for everything, changes, news or additions asks for a list, politely or not."""
    assert is_list(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "everything is slow",
        "how do I list all changes of a ticket",
        "list view columns",
        "new user form",
        "any way to hide the portal login",
        "what changed the status of my ticket",
        "drop table entries",
        "show profit on invoice",
        "jira default status",
        "any idea why invoices fail",
        "anything wrong with email",
        "list of approvers is empty",
    ],
)
def test_no_lists(text):
    """A complaint, a how-to and a bare subject are no lists."""
    assert not is_list(words(text))


@pytest.mark.parametrize("text", ["quickbooks since 2.206", "jira from 2.204 to 2.206", "time entries before 2.210"])
def test_subject_and_range(vocabulary, text):
    """A subject beside a range of versions is a list; a sentence beside it is not."""
    assert parse_query(text, vocabulary).intent == "list"
    assert parse_query(f"our invoices are wrong {text}", vocabulary).intent == "search"


@pytest.mark.parametrize("text", ["we jump from 2.206 to 2.210 on friday", "2.206 to 2.210 next week please"])
def test_small_words_beside_versions(vocabulary, text):
    """Words that any text has are not searched for beside versions: the versions are asked for."""
    query = parse_query(text, vocabulary)
    assert (query.intent, query.terms, query.filters) == ("version", (), Filters(versions=v(208, 210)))


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("which changes come with a warning", Filters(warnings=True)),
        ("all 2.214 changes with a caution", Filters(versions=v(214), warnings=True)),
        ("cautions in 2.214", Filters(versions=v(214), warnings=True)),
        ("what should we test first in 2.214", Filters(versions=v(214), warnings=True)),
        ("which changes have to be tested before enabling them", Filters(warnings=True)),
        ("fixes since 2.214", Filters(versions=v(214, 216), impacts=("fix",))),
        ("what was fixed in 2.214", Filters(versions=v(214), impacts=("fix",))),
        ("bug fixes", Filters(impacts=("fix",))),
        ("opt-in changes in 2.212", Filters(versions=v(212), impacts=("opt-in",))),
        ("what is off by default in 2.212", Filters(versions=v(212), impacts=("opt-in",))),
        ("what do we have to switch on ourselves in 2.212", Filters(versions=v(212), impacts=("opt-in",))),
        ("which changes do we need to enable", Filters(impacts=("opt-in",))),
        ("what changes behaviour in 2.214", Filters(versions=v(214), impacts=("changes behaviour",))),
        ("what acts by itself in 2.214", Filters(versions=v(214), impacts=("changes behaviour",))),
        ("what's different by itself in 2.212", Filters(versions=v(212), impacts=("changes behaviour",))),
        ("new features only since 2.214", Filters(versions=v(214, 216), impacts=("new",))),
    ],
)  # fmt: skip
def test_filters_in_plain_words(vocabulary, text, filters):
    """Warnings and impacts are asked for in plain words, with nothing left to be searched for."""
    query = parse_query(text, vocabulary)
    assert (query.filters, query.terms) == (filters, ())


@pytest.mark.parametrize(
    "text",
    [
        "how do I turn on load balancing",
        "popup warning on tickets when the client has debt",
        "warning emails are sent twice to our clients",
        "can I test email templates before sending",
        "tickets are closed by themselves every night",
        "webhook test button",
    ],
)
def test_no_filters(text):
    """Questions how something is done, and complaints with such words, are not filtered."""
    assert extract_filters(text) == (False, (), text)


def test_filter_with_a_subject(service):
    """A filter in plain words and a subject are taken together: each entry has both."""
    answer = service.search("email changes with a warning since 2.212")
    assert answer.hits
    assert all(hit.entry.caution for hit in answer.hits)
    assert [term.word for term in answer.query.terms] == ["email"]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("portal", "Portal"),
        ("stock and purchasing", "Stock & purchasing"),
        ("Stock & purchasing", "Stock & purchasing"),
        ("emails", "Email & campaigns"),
        ("mail campaigns", None),
        ("campaigns", None),
        ("webhooks", None),
        ("purchase orders", None),
        ("base", None),
        ("", None),
    ],
)
def test_means_area(vocabulary, text, area):
    """An area is meant by its name and by what people call the whole of it, not by a word of its name or a part."""
    assert means_area(text, vocabulary) == area


SUBJECT = (
    make_change("10001", "Zebra crossings: repaint on save"),
    make_change("10002", "Stripes", names=("Zebra stripes",)),
    make_change("10003", "Roads", summary="Lanes, kerbs and, in passing, a zebra."),
    make_change("10004", "Kerbs", also=["zebra next to the kerb", *(f"kerb {n}" for n in range(12))]),
    make_change("10005", "Savannah", also=["zebra herd", "herd of zebras", "where are my zebras", "savannah"]),
    make_change("10006", "Crossings of rails", summary="The crossing of a rail and a road is no zebra."),
)


def test_entries_about_a_subject(make_service):
    """An entry is listed that has the subject in its title, a name or many phrasings, and not for a passing mention."""
    answer = make_service(*SUBJECT).search("everything about zebras")
    assert sorted(hit_keys(answer)) == ["10001", "10002", "10005"]


def test_all_words_of_a_subject_are_needed(make_service):
    """A listed entry has all words of the subject, at least one of them in its title or names."""
    answer = make_service(*SUBJECT).search("zebra crossing changes")
    assert sorted(hit_keys(answer)) == ["10001", "10006"]


def test_a_word_that_names_an_area(make_service):
    """A word that means an area need not be in an entry of that area."""
    answer = make_service(
        make_change("10001", "Jira: default status", area="Integrations"),
        make_change("10002", "Jira board on a screen", area="Tickets"),
        make_change("10003", "Integration with Xero", area="Integrations"),
    ).search("jira integration changes")
    assert hit_keys(answer) == ["10001"]


def test_a_name_stands_together(make_service):
    """The words of a name that the glossary knows have to stand together, or one of its other names is there."""
    service = make_service(
        make_change("10001", "Microsoft Teams: closure message"),
        make_change("10002", "Microsoft Entra: agents and their teams"),
        make_change("10003", "MSTeams meetings"),
        equivalents=(("microsoft teams", "msteams"),),
    )
    assert sorted(hit_keys(service.search("anything for microsoft teams?"))) == ["10001", "10003"]


@pytest.mark.parametrize(
    "text", ["everything about quotes and stock", "changes for quotes or stock", "quote, stock changes"]
)
def test_several_subjects(make_service, text):
    """Subjects side by side give what belongs to any of them."""
    service = make_service(
        make_change("10001", "Quotes: new column"),
        make_change("10002", "Stock: count by hand"),
        make_change("10003", "Tickets: merge"),
    )
    assert sorted(hit_keys(service.search(text))) == ["10001", "10002"]


def test_changes_are_features(service):
    """Who asks for changes gets changes: no guides and no FAQ answers; who asks for everything gets these too."""
    assert {hit.entry.kind for hit in service.search("contract changes").hits} == {"feature"}
    assert len({hit.entry.kind for hit in service.search("everything about contracts").hits}) > 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("everything to do with quickbooks", {"1024297", "1022558"}),
        ("jira changes", {"796046", "1016865"}),
        ("webhook changes", {"794180", "ep16-20", "979558"}),
    ],
)
def test_shipped_sets(service, text, found):
    """Sets of the shipped catalogue are whole and clean."""
    assert set(hit_keys(service.search(text))) == found


@pytest.mark.parametrize(
    "repeated", ["for all releases", "of all versions", "in", "thank you", "for", "all", "to do with", "which", "new"]
)
def test_a_word_said_very_often(repeated):
    """A message that repeats a few words is read at once: no way of reading them is tried over and over."""
    assert not is_list(words(f"why {f'{repeated} ' * 400} zq"))


@pytest.mark.parametrize(
    "tail", ["for all releases", "across all versions", "in total", "of every version pls", "lately"]
)
def test_what_hangs_loose_at_the_end(tail):
    """What follows a list's subject does not hide that it is a list."""
    assert is_list(words(f"quickbooks changes {tail}"))


@pytest.mark.parametrize(
    "subject", ["quotes", "ninja", "jira and azure", "time off", "sla", "portal login", "stock, rmm"]
)
def test_where_the_stems_are_known_no_member_is_missed(service, subject):
    """Who is about a subject does not depend on whether the documents without its stems are left out first."""
    with service.snapshot() as snapshot:
        query = snapshot.parse(f"everything about {subject}")
        candidates = snapshot.index.find_candidates(query, MAX_LIST_CANDIDATES)
        found = snapshot._subject_filter(query, *candidates).about_any(query)
        assert found == snapshot._subject_filter(query, candidates.documents).about_any(query)
        assert query.intent == "list"
        assert found


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("help me with billing", "billing"), ("I need some help with the portal please", "portal"),
        ("quick question about kb", "kb"), ("quickbooks info", "quickbooks"), ("can you tell me about jira", "jira"),
        ("info on integrations?", "integrations"),
    ],
)  # fmt: skip
def test_help_with_a_subject(vocabulary, text, subject):
    """What help or information is asked with is what is searched for."""
    assert subject_of_help(text) == subject
    assert is_name(subject, vocabulary)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("which of the 2.214 changes need testing", Filters(versions=v(214), warnings=True)),
        ("what's the highlight of the latest release", Filters(versions=v(216), highlights=True)),
        ("I want to see what acts by itself only", Filters(impacts=("changes behaviour",))),
    ],
)
def test_what_is_asked_for_in_other_words(service, text, filters):
    """Warnings, highlights and what acts by itself are lists in these words, too."""
    result = service.search(text)
    assert result.query.filters == filters
    assert result.hits


def test_politeness_around_a_list(service):
    """It takes nothing from the list."""
    polite = "I'd like to know about the changes between 2.208 and 2.212 for billing, thanks a lot in advance!"
    plain = "billing changes 2.208..2.212"
    assert set(hit_keys(service.search(polite))) == set(hit_keys(service.search(plain)))


@pytest.mark.parametrize("text", ["help users log in", "help desk", "question types in surveys", "jira"])
def test_help_with_nothing(vocabulary, text):
    """Any other text asks for no help with an area or a product."""
    subject = subject_of_help(text)
    assert not subject or not is_name(subject, vocabulary)


@pytest.mark.parametrize("text", ["help me with billing", "kb info", "quick question about the portal"])
def test_help_with_an_area(service, text):
    """It asks for all of the area."""
    assert service.search(text).query.intent == "list"
    assert len(service.search(text).hits) > 3
