"""The search page gives the answer that `/halo` and `halobot ask` give, as sure as it is."""

import pytest

from bot.conversation.interpret import interpret
from bot.conversation.plain_text import interpretation_text
from bot.search.models import SearchResult
from tests.web.conftest import Place

QUESTIONS = (
    "jira default status", "1016865", "v2.214", "portal stuff since 2.210", "quickbooks", "fixes in billing",
    "compare 2.206 2.214", "which version brought jira default status", "how many changes in 2.214",
    "colour of the moon on tuesdays", "#999999999", "sso", "kanban bord", "what acts by itself in 2.214",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_same_answer(shipped: Place, question: str) -> None:
    """Each change that `halobot ask` shows is on the first page, in its order, and what it says first too."""
    page = shipped.get("/search", q=question)
    with shipped.site.search.snapshot() as snapshot:
        meaning = interpret(snapshot, question)
        lines = interpretation_text(meaning, snapshot).splitlines()
        result = getattr(meaning.answer, "result", None)
        hits = [*result.hits, *result.possible_hits][:20] if result else []
    assert [hit.entry.key for hit in hits if f'/{hit.entry.key}"' not in page] == []
    assert "Nothing on that yet" in page or hits or lines
    if result and not result.has_answer:
        assert "Nothing on that yet" in page
        for hit in result.suggestions:
            assert hit.entry.title in page


def confidence_of(place: Place, question: str) -> SearchResult:
    with place.site.search.snapshot() as snapshot:
        return snapshot.search(question)


def test_sure(shipped: Place) -> None:
    """A sure answer is shown in full: summary, minute with its link, what is related."""
    page = shipped.get("/search", q="jira default status")
    assert confidence_of(shipped, "jira default status").confidence == "sure"
    assert "I am not sure" not in page
    assert 'href="changes/1016865"' in page
    assert "Watch 6:08" in page
    assert "https://www.risingtidegroup.net/thoughts/by-the-run-book-episode-13" in page
    assert "Related" in page


def test_perhaps(shipped: Place) -> None:
    """An answer that may be wrong says so."""
    unsure = next(
        question
        for question in (
            "approval of quotes by text message", "approval emails look wrong", "invoice layout broken logo",
            "ticket colour by age", "client wants a different sender", "holiday handling for agents",
        )
        if confidence_of(shipped, question).confidence == "perhaps"
    )  # fmt: skip
    page = shipped.get("/search", q=unsure)
    assert "I am not sure that this is what you ask for" in page
    assert "Perhaps this" in page


def test_nothing(shipped: Place) -> None:
    """Nothing is said to be nothing, with ways on: other words, areas, a feed that tells when something comes."""
    page = shipped.get("/search", q="colour of the moon on tuesdays", area="billing")
    assert "Nothing on that yet: “colour of the moon on tuesdays”" in page
    assert 'href="search?q=colour+of+the+moon+on+tuesdays"' in page
    assert 'href="feed.atom?q=colour+of+the+moon+on+tuesdays&area=billing-invoicing"' in page


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({"version": "2.206"}, lambda e: str(e.version) == "v2.206"),
        ({"area": "billing"}, lambda e: e.area == "Billing & invoicing"),
        ({"area": "billing-invoicing"}, lambda e: e.area == "Billing & invoicing"),
        ({"impact": "changes-behaviour"}, lambda e: e.impact == "changes behaviour"),
        ({"warning": "1"}, lambda e: bool(e.caution)),
        ({"highlight": "1"}, lambda e: e.highlighted),
        ({"version": "v2.214", "highlight": "1"}, lambda e: e.highlighted and str(e.version) == "v2.214"),
    ],
)
def test_filters(shipped: Place, filters: dict[str, str], passes) -> None:
    """Every view can be linked: the filters of an address show what passes them, and all of it, over its pages."""
    wanted = {entry.key for entry in shipped.catalogue.entries() if entry.version and passes(entry)}
    assert wanted
    found: set[str] = set()
    number = 1
    while True:
        page = shipped.get("/search", **filters, page=str(number))
        found |= {key for key in wanted if f'href="changes/{key}"' in page}
        for entry in shipped.catalogue.entries():
            if entry.version and not passes(entry):
                assert f'href="changes/{entry.key}"' not in page, entry
        if 'rel="next"' not in page:
            break
        number += 1
    assert found == wanted


def test_filters_with_words(shipped: Place) -> None:
    """A question within filters is what one would type: the same as `jira version:2.206`."""
    page = shipped.get("/search", q="jira", version="2.206")
    with shipped.site.search.snapshot() as snapshot:
        result = snapshot.search("jira version:2.206")
    assert result.has_answer
    for hit in result.hits[:10]:
        assert f'href="changes/{hit.entry.key}"' in page


def test_empty_fields_leave_the_address(shipped: Place) -> None:
    """A form without scripts sends its empty fields too; the address that is linked has none."""
    reply = shipped.site.get("/search", {"q": "jira ", "version": "", "area": "", "impact": ""})
    assert (reply.status, reply.location) == (303, "search?q=jira")
    assert shipped.site.get("/search", {"q": "jira"}).status == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"version": "9.99"}, "I know no version “9.99”. The newest is v2."),
        ({"version": "x'\"<b>"}, "I know no version “x'\"<b>”."),
        ({"area": "nowhere"}, "There is no area “nowhere”. There are Tickets,"),
        ({"impact": "big"}, "There is no impact “big”. There are changes behaviour,"),
        ({"area": "billing", "page": "99"}, "There is no page “99” of this:"),
        ({"area": "billing", "page": "0"}, "There is no page “0” of this:"),
        ({"area": "billing", "page": "٣"}, "There is no page “٣” of this:"),
    ],
)
def test_unknown_values(shipped: Place, query: dict[str, str], sentence: str) -> None:
    """A value that nothing has is told, with what there is, and never ignored."""
    from html import unescape

    reply = shipped.site.get("/search", query)
    assert reply.status == 404
    assert sentence in unescape(reply.body.decode())
    assert 'href="versions"' in reply.body.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("watch jira", "set it up there"),
        ("more", "There is no answer here yet that I could go on from"),
        ("who are you", "HaloPSA"),
        ("status", "I know"),
        ("upgrade 2.214 2.214", "v2.214"),
        ("compare 2.998 2.999", "I have no version after"),
    ],
)
def test_other_answers(shipped: Place, text: str, said: str) -> None:
    """What is no search is answered in words, as in the terminal."""
    assert said in shipped.get("/search", q=text)


def test_areas_are_a_page(shipped: Place) -> None:
    """`areas` leads to their page."""
    assert shipped.site.get("/search", {"q": "areas"}).location == "areas"


def test_long_question(shipped: Place) -> None:
    """Of a text of a megabyte the beginning is read, and that is said; the page stays small."""
    page = shipped.get("/search", q="jira default status " + "x" * 1_000_000)
    assert "Only the first 2,000 characters were read." in page
    assert len(page) < 60_000
