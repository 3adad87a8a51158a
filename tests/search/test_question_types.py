"""What is asked about an answer: the version that brought it, whether a version has it, how many there are."""

import pytest

from bot.conversation.first_sentence import first_sentence
from bot.search.models import Hit, Query, SearchResult
from bot.search.query_parser import parse_query
from bot.search.question_types import detect_aspect
from tests.search.material import hit_keys, make_change, v


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("which version brought asset merging", "asset merging"),
        ("what version added the time zone field", "the time zone field"),
        ("in which release did canned text in chat come", "canned text in chat"),
        ("which version was the impersonation permission added in?", "the impersonation permission"),
        ("do you know which version introduced asset merging?", "asset merging"),
        ("when did asset merging come in", "asset merging"),
        ("when was asset merging added?", "asset merging"),
        ("when did halo add asset merging", "asset merging"),
        ("since when can I merge assets", "I merge assets"),
        ("how long has asset merging been there", "asset merging"),
        ("asset merging, which version?", "asset merging"),
        ("asset merging - what version was that in?", "asset merging"),
    ],
)
def test_which_version(text, rest):
    """A question for the version is one about its subject, in any of the usual ways to ask."""
    found = detect_aspect(text, has_versions=False)
    assert found.aspect == "version"
    assert found.rest.strip(" ?!.").split() == rest.split()


@pytest.mark.parametrize(
    "text",
    [
        "which version are we on",
        "what version am i running",
        "which version is the latest",
        "when a ticket is closed the agent gets the next one",
        "when does the invoice get sent",
        "how many tickets can an agent have open",
        "how many times can a webhook be retried",
        "asset merging",
        "which version",
        "how long can a subject be",
    ],
)
def test_no_aspect(text):
    """A question about one's own installation, or how something works, is not taken for one about a version."""
    assert detect_aspect(text, has_versions=False) == (None, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we're on 2.210, do we have asset merging yet", ("Not in v2.210: it came in v2.212.", "671302")),
        ("we run 2.214, do we have asset merging", ("Yes, v2.214 has it: it came in v2.212.", "671302")),
        ("is asset merging in 2.212?", ("Yes: it came in v2.212.", "671302")),
        ("is asset merging available in 2.206 yet", ("Not in v2.206: it came in v2.212.", "671302")),
        ("does 2.216 have kaseya vsa x", ("Yes, v2.216 has it: it came in v2.214.", "485469")),
        ("which version brought asset merging", ("It came in v2.212.", "671302")),
        ("since when can we merge assets", ("It came in v2.212.", "671302")),
        ("which version removed the send button from quotes", (
            "It came in v2.208 or v2.210: the source does not say which.", "ep15-39")),
        ("we're on 2.208, did they take the send button off quotes", (
            "Perhaps in v2.208: it came in v2.208 or v2.210, and the source does not say which.", "ep15-39")),
        ("we're on 2.206, did they take the send button off quotes", (
            "Not in v2.206: it came in v2.208 or v2.210.", "ep15-39")),
    ],
)  # fmt: skip
def test_versions_of_an_answer(service, text, found):
    """The version, or whether the person's version has it, is said of the one change that is meant, in any version."""
    answer = service.search(text)
    assert (first_sentence(answer), *hit_keys(answer)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how many changes in 2.212", "18 changes in v2.212."),
        ("how many highlights since 2.214", "8 highlights since v2.214."),
        ("number of changes after 2.206", "211 changes after v2.206."),
        ("how many changes from 2.206 to 2.214", "200 changes after v2.206, up to v2.214."),
        ("how many quickbooks changes are there", "2 changes."),
        ("how many changes in 2.208", "29 changes in v2.208, and perhaps 45 more."),
        ("how many zendesk changes", "No changes."),
        ("how many changes since 2.300", "No changes since v2.300."),
    ],
)
def test_how_many(service, text, said):
    """The number is that of the list which is shown."""
    answer = service.search(text)
    assert answer.query.aspect == "count"
    assert first_sentence(answer) == said


def test_a_list_of_what_they_have_not_got(service):
    """ "We're on 2.212, what's new for billing" is a list of what came after, not a question whether they have it."""
    query = service.search("we're on 2.212, what's new for billing").query
    assert (query.intent, query.aspect, query.filters.versions) == ("list", None, v(214, 216))


def test_no_sentence_without_a_question_for_it(service):
    """An ordinary answer has no sentence above it."""
    assert first_sentence(service.search("asset merging")) == ""


@pytest.mark.parametrize("aspect", ["version", "availability"])
def test_sentence_without_a_version(aspect):
    """Of an answer without a version it is said that none is known; of one that is only perhaps right, too."""
    guide = make_change("11111", "A guide", version=None)
    query = Query("q", "search", aspect=aspect, installed=v(210)[0])
    assert "know" in first_sentence(SearchResult(query, (Hit(guide, 1.0),), confidence="sure"))
    assert first_sentence(SearchResult(query, (Hit(guide, 1.0),), confidence="perhaps")).startswith("If that is it: ")
    assert first_sentence(SearchResult(query)) == ""


def test_any_question_keeps_its_words(vocabulary):
    """The words that are asked about are searched for; those that ask are not."""
    query = parse_query("which version brought canned text in chat", vocabulary)
    assert [term.word for term in query.terms] == ["canned", "text", "chat"]
