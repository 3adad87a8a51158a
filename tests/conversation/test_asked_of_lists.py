"""What is asked of a whole list: what to test first, what is new in it, who is to be told."""

import pytest

from bot.catalog.models import Version
from bot.conversation import plain_text
from bot.conversation.answers import EntryAnswer, Interpretation, ResultAnswer, TextAnswer
from bot.conversation.interpret import NOTHING_BEFORE, interpret, remember
from bot.conversation.models import LastAnswer
from bot.search.models import SearchResult
from bot.search.service import SearchService


def say(service: SearchService, *texts: str) -> Interpretation:
    """What the last of these texts means after the others."""
    last: LastAnswer | None = None
    with service.snapshot() as snapshot:
        for text in texts:
            found = interpret(snapshot, text, last)
            last = remember(found, last, *plain_text.shown_page(found)) or last
    return found


def result_of(found: Interpretation) -> SearchResult:
    """The result of an answer that is one."""
    assert isinstance(found.answer, ResultAnswer)
    return found.answer.result


@pytest.mark.parametrize("first", ["upgrade 2.206 2.214", "what's new in 2.214", "compare 2.210 2.214", "highlights"])
@pytest.mark.parametrize("text", ["what should we test first", "any warnings?", "anything risky", "any gotchas"])
def test_warnings_of_a_list(service: SearchService, first: str, text: str) -> None:
    """Of a list, those that come with a warning are shown, and no others."""
    result = result_of(say(service, first, text))
    assert result.query.filters.warnings
    assert all(hit.entry.caution for hit in result.hits)


@pytest.mark.parametrize("text", ["any warnings about it?", "is this risky"])
def test_warning_of_one(service: SearchService, text: str) -> None:
    """What is asked of "it" is asked of one change, also after a list."""
    assert isinstance(say(service, "what's new in 2.214", text).answer, EntryAnswer)


def test_warning_of_the_one_that_was_picked(service: SearchService) -> None:
    """After one of a list was looked at, it is what is asked about."""
    found = say(service, "what's new in 2.214", "the second one", "any warnings?")
    assert isinstance(found.answer, EntryAnswer)
    assert found.answer.aspect == "warning"


@pytest.mark.parametrize("first", ["upgrade 2.206 2.214", "v2.214", "everything for quotes"])
@pytest.mark.parametrize("text", ["just the new ones", "new ones", "only the new ones", "the new ones"])
def test_new_ones(service: SearchService, first: str, text: str) -> None:
    """The new ones of a list are those whose impact is new."""
    result = result_of(say(service, first, text))
    assert result.query.filters.impacts == ("new",)
    assert result.hits
    assert {hit.entry.impact for hit in result.hits} == {"new"}


@pytest.mark.parametrize(
    ("text", "area"),
    [("what should i tell finance", "Billing & invoicing"), ("brief the sales team", "Sales & quotes")],
)
def test_who_is_told(service: SearchService, text: str, area: str) -> None:
    """Whom to tell narrows the version that was shown to what is theirs."""
    query = result_of(say(service, "v2.214", text)).query
    assert (query.filters.area, query.filters.versions) == (area, (Version(2, 214),))


@pytest.mark.parametrize("text", ["which act by themselves", "which are opt in"])
def test_which_of_those(service: SearchService, text: str) -> None:
    """ "Which are …" after a list asks for those of the list."""
    assert result_of(say(service, "v2.214", text)).query.filters.versions == (Version(2, 214),)


@pytest.mark.parametrize("text", ["update users", "warn agents", "notes for agents", "announcement for users"])
def test_what_halo_does_is_no_audience(service: SearchService, text: str) -> None:
    """What HaloPSA itself does, or is called, is a question of its own after a list."""
    found, alone = say(service, "what's new in 2.214", text), say(service, text)
    assert [hit.entry.key for hit in result_of(found).hits] == [hit.entry.key for hit in result_of(alone).hits]


@pytest.mark.parametrize(
    "text", ["do I need to do anything", "is there anything we have to do?", "what do we need to do", "action needed?"]
)
def test_what_is_to_be_done(service: SearchService, text: str) -> None:
    """Of one change it is said whether somebody has to enable it and what to test; of a list, where to read both."""
    one = say(service, "#1016865", text).answer
    assert isinstance(one, EntryAnswer)
    assert one.aspect == "action"
    found = say(service, "v2.214", text)
    assert result_of(found).query.filters.warnings
    to_enable = found.note.split("`")[1]
    wanted = result_of(say(service, "impact:opt-in 2.214"))
    assert [hit.entry.key for hit in result_of(say(service, to_enable)).hits] == [h.entry.key for h in wanted.hits]


@pytest.mark.parametrize("text", ["do i need to do a full sync", "do i need to do anything in jira"])
def test_what_is_to_be_done_elsewhere(service: SearchService, text: str) -> None:
    """What names something to do is a question of its own."""
    assert isinstance(say(service, "#1016865", text).answer, ResultAnswer)


@pytest.mark.parametrize("text", ["did it break anything for portal users", "does it affect the portal"])
def test_whom_a_list_breaks_something_for(service: SearchService, text: str) -> None:
    """Of a version that is what it has for them; of one change no more is known than it says."""
    query = result_of(say(service, "v2.214", text)).query
    assert (query.filters.area, query.filters.versions) == ("Portal", (Version(2, 214),))
    for before in (("#1016865",), ("v2.214", "the second one")):
        one = say(service, *before, text).answer
        assert isinstance(one, EntryAnswer)
        assert one.aspect == "other"


@pytest.mark.parametrize("lead", ["ok got it, ", "got it. ", "noted, ", "cheers! "])
def test_thanks_before_what_goes_on(service: SearchService, lead: str) -> None:
    """A word of thanks before a text that goes on from a list changes nothing of it."""
    assert say(service, "v2.214", f"{lead}the second one") == say(service, "v2.214", "the second one")


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("do i have to enable them", "opt-in"),
        ("are those off by default", "opt-in"),
        ("which of them are on by default", "changes behaviour"),
        ("which ones are automatic", "changes behaviour"),
    ],
)
def test_which_have_to_be_enabled(service: SearchService, text: str, impact: str) -> None:
    """What is asked of all of a list about enabling is told of all of it."""
    query = result_of(say(service, "billing changes", text)).query
    assert query.filters.impacts == (impact,)
    assert query.terms


@pytest.mark.parametrize("text", ["for finance", "for the service desk", "just for billing"])
def test_for_whom(service: SearchService, text: str) -> None:
    """After a version, whom it is for narrows it; after what is about something it is a question of its own."""
    query = result_of(say(service, "v2.214", text)).query
    assert query.filters.area
    assert query.filters.versions == (Version(2, 214),)
    if text.startswith("for "):
        assert result_of(say(service, "jira", text)).query.terms == result_of(say(service, text)).query.terms


def test_what_is_to_be_done_of_nothing(service: SearchService) -> None:
    """Where nothing was answered there is nothing to do for; what may name something is searched for."""
    assert say(service, "do i need to do anything").answer == TextAnswer(NOTHING_BEFORE)
    assert isinstance(say(service, "action required").answer, ResultAnswer)
