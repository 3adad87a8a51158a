"""A list in another order, as a plain list, or as a file."""

import pytest

from bot.conversation.answers import ExportAnswer, ResultAnswer, TextAnswer, answer_keys
from bot.conversation.followup_answers import NOTHING_TO_SORT
from bot.conversation.format_requests import asks_for_file
from bot.conversation.grouping import list_of
from bot.conversation.interpret import NOTHING_BEFORE, interpret
from bot.conversation.plain_text import interpretation_text
from bot.conversation.result_text import document_title
from bot.search.models import Order
from bot.search.orders import CANNOT_SORT, LABELS, NOTHING_TO_ORDER, find_order
from bot.search.service import SearchService
from tests.conversation.test_followups import converse, keys_of


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("newest first", "newest"), ("latest ones first", "newest"), ("by version", "newest"), ("by date", "newest"),
        ("oldest first", "oldest"), ("in chronological order", "oldest"), ("newst first", "newest"),
        ("sort by area", "area"), ("can you group them by module", "area"), ("by category", "area"),
        ("alphabetically", "title"), ("alphabeticaly", "title"), ("by aera", "area"),
        ("a-z", "title"), ("sort them by name", "title"),
        ("order by number", "number"), ("by impact", "impact"), ("highest risk first", "impact"),
        ("most important first", "highlights"), ("show the highlights first", "highlights"),
    ],
)  # fmt: skip
def test_ways_to_ask_for_an_order(text: str, order: Order) -> None:
    """Orders are asked for in people's words, misspelt too."""
    asked = find_order(text)
    assert asked is not None
    assert asked.order == order


@pytest.mark.parametrize(
    "text",
    [
        "sort tickets by area", "sort actions newest first", "by area manager", "the first one", "newest", "first",
        "by rate", "by tile", "by when", "who is it for", "order of approvals", "list view sort order",
        "what came first", "billing first",
    ],
)  # fmt: skip
def test_what_asks_for_no_order(text: str) -> None:
    """What speaks of something of Halo's that is sorted, or of one of those shown, asks for no order."""
    asked = find_order(text)
    assert asked is None


@pytest.mark.parametrize("question", ["portal changes", "v2.214", "compare 2.210 2.214", "latest"])
@pytest.mark.parametrize(
    ("text", "order"), [("oldest first", "oldest"), ("sort by area", "area"), ("a-z", "title"), ("by impact", "impact")]
)
def test_last_list_in_another_order(service: SearchService, question: str, text: str, order: Order) -> None:
    """A list, a version and a comparison are put in the order that is asked for: it is said, nothing is lost, and a
    question with that order in it finds the same.
    """
    meaning = converse(service, question, text)
    assert isinstance(meaning.answer, ResultAnswer)
    assert set(answer_keys(meaning.answer)) == set(keys_of(service, question))
    with service.snapshot() as snapshot:
        assert LABELS[order] in interpretation_text(meaning, snapshot)
        entries = [hit.entry for hit in meaning.answer.result.hits]
    if order == "area":
        assert [e.area or "~" for e in entries] == sorted(e.area or "~" for e in entries)
    elif order == "oldest":
        versions = [e.version for e in entries if e.version]
        assert versions == sorted(versions)
    elif order == "title":
        assert entries[0].title.lower() <= entries[-1].title.lower()
    assert keys_of(service, meaning.question) == answer_keys(meaning.answer)


def test_paging_goes_on_in_the_order(service: SearchService) -> None:
    """“More”, “the second one” and filters keep the order; “reverse it” turns it, and another order replaces it."""
    by_title = keys_of(service, "v2.214", "alphabetically")
    with service.snapshot() as snapshot:
        shown = converse(service, "v2.214", "alphabetically")
        first = interpretation_text(shown, snapshot).splitlines()
    assert len(by_title) == len(keys_of(service, "v2.214"))
    assert "by title" in first[1]
    assert keys_of(service, "v2.214", "a-z", "the second one") == (by_title[1],)
    only_billing = keys_of(service, "v2.214", "a-z", "only billing")
    assert only_billing == tuple(key for key in by_title if key in only_billing)
    assert len(only_billing) > 1
    oldest, newest = (
        keys_of(service, "portal changes", *texts) for texts in (["reverse it"], ["oldest first", "reverse"])
    )
    assert oldest == keys_of(service, "portal changes", "oldest first")
    assert newest[0] != oldest[0]
    assert keys_of(service, "v2.214", "a-z", "by area") == keys_of(service, "v2.214", "by area")


def test_order_in_a_question(service: SearchService) -> None:
    """An order stands behind what is asked for, or as `sort:`; a question about sorting in Halo keeps its words."""
    asked = keys_of(service, "portal changes", "oldest first")
    assert keys_of(service, "portal changes, oldest first") == keys_of(service, "portal changes sort:oldest") == asked
    with service.snapshot() as snapshot:
        assert snapshot.parse("v2.214 by area").order == "area"
        assert snapshot.parse("sort actions newest first").order is None
        assert "newest" in {term.word for term in snapshot.parse("sort actions newest first").terms}
        assert CANNOT_SORT in snapshot.parse("portal changes sort:customer").notes
        assert snapshot.search("portal changes sort:customer").hits


@pytest.mark.parametrize(
    ("typed", "order"),
    [("date", "newest"), ('"release date"', "newest"), ('"oldest first"', "oldest"), ("category", "area"),
     ("risk", "impact"), ("A-Z", "title"), ("importance", "highlights"), ("number", "number")],
)  # fmt: skip
def test_names_of_orders(service: SearchService, typed: str, order: Order) -> None:
    """`sort:` takes an order as people say it, and in quotes."""
    with service.snapshot() as snapshot:
        query = snapshot.parse(f"portal changes sort:{typed}")
        assert (query.order, query.intent, query.notes) == (order, snapshot.parse("portal changes").intent, ())
        assert query.terms == snapshot.parse("portal changes").terms


def test_order_of_nothing(service: SearchService) -> None:
    """An order without a question is told in a sentence that says what to do."""
    with service.snapshot() as snapshot:
        text = interpretation_text(interpret(snapshot, "sort:area"), snapshot)
    assert "Nothing on that yet: “sort:area”" in text
    assert NOTHING_TO_ORDER in text


def test_what_cannot_be_sorted(service: SearchService) -> None:
    """What lists cannot be sorted by, one change, and nothing are told in a sentence; a checklist becomes a list, and
    so does what there is on a bare subject.
    """
    assert set(keys_of(service, "quickbooks", "oldest first")) == set(keys_of(service, "everything for quickbooks"))
    for other in ("sort by customer", "sort by rate"):  # which is not "date"
        assert converse(service, "portal changes", other).answer == TextAnswer(CANNOT_SORT)
    assert converse(service, "1016865", "oldest first").answer == TextAnswer(NOTHING_TO_SORT)
    assert converse(service, "newest first").answer == TextAnswer(NOTHING_BEFORE)
    listed = converse(service, "upgrade 2.206 2.214", "sort by area")
    assert isinstance(listed.answer, ResultAnswer)
    assert "checklist" in listed.note
    assert len(answer_keys(listed.answer)) == len(keys_of(service, "upgrade 2.206 2.214"))


@pytest.mark.parametrize(
    "text",
    [
        "export to excel", "export", "csv", "as csv", "can I have that in excel", "download as csv", "as a spreadsheet",
        "send it to me as a pdf", "print this", "email me the list", "give me that as text", "export it please",
    ],
)  # fmt: skip
def test_list_as_a_file(service: SearchService, text: str) -> None:
    """A file is offered for the list that was shown, in the order and with the filters that it has by now."""
    assert converse(service, "portal changes", text).answer == ExportAnswer("portal changes")
    meaning = converse(service, "v2.214", "a-z", text)
    assert meaning.answer == ExportAnswer("v2.214 sort:title")
    with service.snapshot() as snapshot:
        assert "halobot export --question 'v2.214 sort:title' --format csv" in interpretation_text(meaning, snapshot)


@pytest.mark.parametrize(
    "text",
    ["export invoices to excel", "email customers", "print labels", "the word template", "get it", "show the list"],
)
def test_what_is_no_file(text: str) -> None:
    """What names something else that is exported, mailed or printed is a question."""
    assert not asks_for_file(text)


@pytest.mark.parametrize("text", ["csv", "csv export", "pdf document", "list view"])
def test_name_after_one_change_is_a_question(service: SearchService, text: str) -> None:
    """“Csv” after one change may ask for what there is on CSV files; “list view” is something of Halo's."""
    assert converse(service, "1016865", text).answer == converse(service, text).answer


@pytest.mark.parametrize("before", ["1016865", "portal changes"])
def test_mail_of_a_format_is_a_question(service: SearchService, before: str) -> None:
    """“Html email” names something of Halo's, whatever was shown."""
    assert not isinstance(converse(service, before, "html email").answer, ExportAnswer)


@pytest.mark.parametrize("text", ["group by category", "sort by date", "list by type"])
def test_order_that_may_be_of_halo_is_searched_first(service: SearchService, text: str) -> None:
    """Where nothing was shown, what Halo's own lists can be sorted and grouped by is a question."""
    assert isinstance(converse(service, text).answer, ResultAnswer)
    assert converse(service, "reverse it").answer == TextAnswer(NOTHING_BEFORE)


@pytest.mark.parametrize("question", ["portal changes", "v2.214", "upgrade 2.206 2.214"])
def test_as_a_plain_list(service: SearchService, question: str) -> None:
    """Whatever was shown comes whole, as one list, newest first."""
    meaning = converse(service, question, "as a list")
    assert meaning.is_whole
    assert set(answer_keys(meaning.answer)) == set(keys_of(service, question))
    with service.snapshot() as snapshot:
        assert "newest first" in interpretation_text(meaning, snapshot)


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("just the ones that need enabling", "opt-in"), ("which ones do we need to turn on", "opt-in"),
        ("only the ones that act by themselves", "changes behaviour"), ("only new features", "new"),
    ],
)  # fmt: skip
def test_those_of_a_list_that_do_something(service: SearchService, text: str, impact: str) -> None:
    """A list is narrowed to what its changes do when you upgrade, and another such filter replaces the last one."""
    for before in (["v2.214"], ["v2.214", "just opt in"]):
        meaning = converse(service, *before, text)
        assert isinstance(meaning.answer, ResultAnswer)
        assert meaning.answer.result.hits
        assert {hit.entry.impact for hit in meaning.answer.result.hits} == {impact}


def test_highlights_of_a_list(service: SearchService) -> None:
    """“Which are highlights” is asked of the list, not of everything."""
    assert keys_of(service, "portal changes", "which are highlights") == keys_of(
        service, "portal changes highlights:yes"
    )


def test_many_words_take_no_time(service: SearchService) -> None:
    """A long text is no request for an order, and is looked at in linear time."""
    with service.snapshot() as snapshot:
        for text in ("sort by " * 5_000, "a, " * 10_000 + "z", "changes " + "(" * 20_000 + " oldest first"):
            assert interpret(snapshot, text[:20_000])


def test_title_of_a_document() -> None:
    """A document is named as its question, without `sort:`."""
    assert [document_title(text) for text in ("v2.214 sort:title", "sort:area", "upgrade 2.206 2.214")] == [
        "v2.214", "sort:area", "upgrade 2.206 2.214",
    ]  # fmt: skip


@pytest.mark.parametrize("question", ["everything since 2.204", "billing changes", "kind:faq"])
@pytest.mark.parametrize("order", [order for order in LABELS if order != "title"])
def test_a_heading_stands_once(service: SearchService, question: str, order: Order) -> None:
    """In each order what belongs under one heading stands together; an answer of the FAQ has no impact to be told."""
    with service.snapshot() as snapshot:
        found = list_of(interpret(snapshot, f"{question} sort:{order}").answer)
    assert found
    headings = [group.heading for group in found[1]]
    assert len(headings) == len(set(headings))
    assert question != "kind:faq" or order != "impact" or headings == ["FAQ and guides"]
