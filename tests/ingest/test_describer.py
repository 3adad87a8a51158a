"""A language model describes new changes: a stand-in on this machine answers well, slowly, brokenly, with lies, or not
at all. Nothing wrong is kept, nothing waits, and only what sources say is sent.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.catalog.models import Version
from bot.catalog.phrasings import accepted_phrasings
from bot.catalog.repository import Catalog
from bot.ingest import describer as module
from bot.ingest.describer import Describer, start_describing, undescribed_entries
from bot.ingest.description_prompt import UnreadableAnswer, parse_description
from bot.ingest.llm_client import ChatClient, EndpointError
from bot.ingest.models import ParsedDocument, Record
from bot.ingest.phrasing_review import ReviewDesk
from bot.ingest.service import import_documents
from bot.search.service import SearchService
from bot.storage.database import open_workspace
from bot.storage.models import ProposalDraft
from bot.storage.proposals import Proposals
from tests.ingest.servers import Reply, Request, Site, flood, trickle
from tests.prepared import new_workspace

NOW = 1_800_000_000.0
KEY = "sk-very-secret-key"
V220 = Version(2, 220)
QUOTES = Record("1200001", "Quotes are frozen once approved", "A manager approves.", version=V220, lines=("Quotes",))
CHAIRS = Record("1200002", "Chairs can be booked", "", version=V220, lines=("Chairs",))
GOOD = {
    "phrasings": ["stop edits after the signature", "nobody should change a signed offer", "lock what was agreed"],
    "area": "Reporting",
    "impact": "fix",
    "summary": "Approved quotes stay as they are.",
}


def chat(content: Any) -> Reply:
    """What an endpoint answers, with this text or this JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    return Reply(200, {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]})


@pytest.fixture
def catalog(empty: Catalog, folder) -> Catalog:
    empty.load_seeds(folder.read())
    import_documents(empty, [ParsedDocument("post", (QUOTES,))], datetime(2026, 11, 28, tzinfo=UTC))
    return empty


@pytest.fixture
def store(tmp_path) -> Iterator[Proposals]:
    engine = open_workspace(new_workspace(tmp_path / "workspace.db"))
    yield Proposals(engine)
    engine.dispose()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def describer(catalog: Catalog, store: Proposals, site: Site, told: list[str]) -> Describer:
    """One that asks the stand-in, with short limits."""
    client = ChatClient(f"{site.url}/v1", "model-1", KEY, max_seconds=1.0, read_timeout=0.7)
    return Describer(catalog, store, client, told.append)


Answering = Callable[[Reply | Callable[[Request], Reply]], None]


@pytest.fixture
def answering(site: Site) -> Answering:
    def answer(reply: Reply | Callable[[Request], Reply]) -> None:
        site.pages["/v1/chat/completions"] = reply

    return answer


def add_chairs(catalog: Catalog) -> None:
    import_documents(catalog, [ParsedDocument("post", (CHAIRS,))], datetime(2026, 11, 28, tzinfo=UTC))


def test_a_good_answer_waits_for_a_person(describer: Describer, answering: Answering, catalog: Catalog) -> None:
    """Phrasings, area and impact are proposed as the model's; nothing of it is found before it is accepted."""
    answering(chat(GOOD))
    report = describer.run_due(NOW)
    assert report is not None
    assert (report.described, report.failure) == (["1200001"], "")
    waiting = describer.store.find(states=("open",))
    assert {(p.origin, p.author) for p in waiting} == {("llm", "llm: model-1")}
    assert sorted(p.text for p in waiting if p.field == "phrasing") == sorted(GOOD["phrasings"])
    assert [p.text for p in waiting if p.field == "area"] == ["Reporting"]
    assert [p for p in waiting if p.field == "summary"] == []  # the source has one
    search = SearchService(catalog).search
    assert "1200001" not in [hit.entry.key for hit in search("signed offer changes").hits]
    assert accepted_phrasings(catalog.db) == []
    desk = ReviewDesk(catalog, describer.store)
    desk.accept([p.id for p in waiting], "Bob", NOW)
    assert search("signed offer changes").hits[0].entry.key == "1200001"
    assert {row.origin for row in accepted_phrasings(catalog.db)} == {"llm"}
    assert describer.run_due(NOW + 9e6).described == []  # type: ignore[union-attr]


def test_only_what_the_source_says_is_sent(
    describer: Describer, answering: Answering, catalog: Catalog, site: Site
) -> None:
    """Not what a person wrote into the entry, not what people asked, and the key only in its header."""
    catalog.db.execute("UPDATE entries SET summary = 'Our client Contoso wants this' WHERE key = '1200001'")
    catalog.db.conn.commit()
    describer.store.add([ProposalDraft("1200001", "area", "Reporting", "question")], "", NOW)
    answering(chat(GOOD))
    describer.run_due(NOW)
    (request,) = site.asked
    sent = json.loads(request.body)
    assert set(sent) == {"model", "messages", "max_tokens"}
    assert "Quotes are frozen once approved" in sent["messages"][1]["content"]
    assert "Contoso" not in request.body
    assert KEY not in request.body + request.path
    assert request.headers["authorization"] == f"Bearer {KEY}"


LIES = {
    "phrasings": [
        "stop edits after 30 days", "ask Sarah to freeze offers", "zendesk froze offers", "<b>freeze</b> offers",
        "see https://evil.example/x offers", "<!channel> freeze offers", "Quote is frozen once approved", "freeze",
        "word " * 40, "everything about the desk", "jira default status", "lock what was agreed", 7, None, ["x"], "",
        "lock what was agreed", "x" * 5_000,
    ],
    "area": "<!here>", "impact": "catastrophic", "summary": "It has 5 parts.",
}  # fmt: skip


def test_lies_and_mark_up_are_dropped(describer: Describer, answering: Answering, catalog: Catalog) -> None:
    """Of numbers, names, mark-up, repeats, lists, another entry's words and unknown values, nothing is kept."""
    answering(chat(LIES))
    glossary = catalog.glossary()
    assert "zendesk" not in glossary.foreign_products
    catalog.db.execute("INSERT INTO glossary (term, relation, terms) VALUES ('zendesk', 'foreign product', '[]')")
    catalog.db.conn.commit()
    describer.run_due(NOW)
    assert [(p.field, p.text) for p in describer.store.find()] == [("phrasing", "lock what was agreed")]


@pytest.mark.parametrize(
    "content",
    [
        "", "I would rather not.", '{"phrasings": ["lock what was', "[1, 2]", '{"phrasings": "lock it"}', "{" * 40_000,
        '{"phrasings": []}', '{"phrasings": [9e999, ' + "9" * 5_000 + "]}", '"' * 70_000,
        '{"a": ' * 5_000 + "1" + "}" * 5_000, json.dumps({"phrasings": ["<i>x</i> y"] * 9}),
    ],
    ids=range(11),
)  # fmt: skip
def test_unusable_answers(describer: Describer, answering: Answering, content: str) -> None:
    """Nothing is kept; the entry is tried again an hour later, three times in all, and the others go on."""
    answering(chat(content))
    for hour in range(6):
        describer.run_due(NOW + hour * 20_000)
    assert describer.store.find() == []
    assert describer.client.monotonic is time.monotonic


def test_an_entry_is_tried_three_times(
    describer: Describer, answering: Answering, site: Site, catalog: Catalog
) -> None:
    """One whose answer can never be used is left; the other is described."""
    add_chairs(catalog)

    def reply(request: Request) -> Reply:
        good = {"phrasings": ["seats for meetings reserved"]}
        return chat("no" if "1200001" in request.body else good)

    answering(reply)
    for hour in range(6):
        describer.run_due(NOW + hour * 4_000)
    assert sum("1200001" in request.body for request in site.asked) == 3
    assert sum("1200002" in request.body for request in site.asked) == 1
    assert [p.key for p in describer.store.find()] == ["1200002"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(401, {"error": {"message": f"Incorrect API key provided: {KEY}"}}), "refuses us (401)"),
        (Reply(403, "<html>no</html>"), "refuses us (403)"),
        (Reply(404, "nothing"), "has nothing there (404)"),
        (Reply(422, {"error": "bad model"}), "does not take our request (422)"),
        (Reply(307, "", {"Location": "https://elsewhere.example/"}), "leads elsewhere (307)"),
        (Reply(429, "", {"Retry-After": "900"}), "asks us to wait (429)"),
        (Reply(500, "fault"), "a fault of its own (500)"),
        (Reply(200, "not JSON at all"), "answered without a text"),
        (Reply(200, {"choices": []}), "answered without a text"),
        (Reply(200, {"choices": [{"message": {"content": None}}]}), "answered without a text"),
        (Reply(200, stream=flood(5_000_000)), "larger than"),
        (Reply(200, b"\x1f\x8bbroken", {"Content-Encoding": "gzip"}), "broken packing"),
        (Reply(200, b"x", {"Content-Encoding": "br"}), "did not ask for"),
        (Reply(200, stream=trickle), "not complete after a long time"),
        (Reply(200, stream=lambda write: time.sleep(1)), "did not answer in time"),
    ],
    ids=range(15),
)
def test_an_endpoint_that_fails(
    describer: Describer, answering: Answering, reply: Reply, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is kept, the report says why, and neither the log nor the report has the key or the server's words."""
    caplog.set_level(logging.DEBUG)
    answering(reply)
    report = describer.run_due(NOW)
    assert report is not None
    assert said in report.failure
    assert describer.store.find() == []
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]
    assert [text for text in [*ours, str(report), repr(describer)] if KEY in text or "elsewhere.example" in text] == []


def test_an_endpoint_that_fails_is_left_alone(describer: Describer, answering: Answering, site: Site) -> None:
    """As long as it says, else longer each time; it costs the entry no attempt, and in the end it is described."""
    answering(Reply(429, "", {"Retry-After": "900"}))
    describer.run_due(NOW)
    assert describer.run_due(NOW + 899) is None
    now = NOW
    for _ in range(5):
        now += 30_000
        answering(Reply(503, ""))
        assert describer.run_due(now) is not None
    assert len(site.asked) == 6
    answering(chat(GOOD))
    assert describer.run_due(now + 30_000).described == ["1200001"]  # type: ignore[union-attr]


def test_the_operator_is_told_once_a_day(describer: Describer, answering: Answering, told: list[str]) -> None:
    """Of a refusal that only they can mend; not of a fault of the endpoint's own."""
    answering(Reply(500, ""))
    describer.run_due(NOW)
    answering(Reply(401, ""))
    for hours in (7, 14, 21, 36):
        describer.run_due(NOW + hours * 3_600)
    assert len(told) == 2
    assert "Check HALO_LLM_KEY" in told[0]


def test_a_run_has_a_budget(describer: Describer, answering: Answering, catalog: Catalog, site: Site) -> None:
    """Ten entries at most, and no more after its time is up; the rest comes with the next run."""
    records = tuple(
        Record(f"13000{n:02}", f"Wombats can be {w}", "", version=V220, lines=(w,))
        for n, w in enumerate("fed led kept seen held moved bred named shown sold".split())
    )
    import_documents(catalog, [ParsedDocument("post", records)], datetime(2026, 11, 28, tzinfo=UTC))
    answering(chat("no"))
    report = describer.run(NOW)
    assert len(report.unusable) == module.MAX_ENTRIES_PER_RUN
    site.asked.clear()
    slow = replace(describer, monotonic=iter(range(0, 10_000, 200)).__next__)
    slow.run(NOW + 4_000)
    assert len(site.asked) == 1


def test_which_entries_are_described(describer: Describer, catalog: Catalog) -> None:
    """Those from a source that have no phrasings and for which none wait: no seeds, none that a person has begun."""
    add_chairs(catalog)
    assert [entry.key for entry in undescribed_entries(catalog, describer.store)] == ["1200001", "1200002"]
    describer.store.add([ProposalDraft("1200001", "phrasing", "lock offers", "person")], "Ann", NOW)
    assert [entry.key for entry in undescribed_entries(catalog, describer.store)] == ["1200002"]


def test_an_import_does_not_wait(
    describer: Describer, answering: Answering, catalog: Catalog, site: Site, tmp_path
) -> None:
    """While the endpoint hangs in its own thread, an import and a question are done; then the run is over."""
    answering(Reply(200, stream=trickle))
    scheduler = start_describing(ReviewDesk(catalog, describer.store), describer, lambda: datetime.now(UTC))
    deadline = time.monotonic() + 20
    while not site.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    assert site.asked  # the run is in the middle of it
    add_chairs(catalog)
    assert SearchService(catalog).search("chairs booked").hits[0].entry.key == "1200002"
    assert describer.store.find() == []
    scheduler.shutdown(wait=True)


def test_other_names_for_the_same_limit(describer: Describer, answering: Answering, site: Site) -> None:
    """A model that wants `max_completion_tokens` gets it, at once and from then on."""

    def reply(request: Request) -> Reply:
        if "max_tokens" in json.loads(request.body):
            return Reply(400, {"error": {"message": "'max_tokens' is not supported with this model."}})
        return chat(GOOD)

    answering(reply)
    assert describer.run_due(NOW).described == ["1200001"]  # type: ignore[union-attr]
    assert len(site.asked) == 2


def test_a_key_is_not_sent_in_the_clear() -> None:
    """Over http a key goes to this machine only; without a key any address may be asked; none has a password in it."""
    for url, key in (("http://llm.example/v1", KEY), ("http://user:pass@llm.example/v1", None), ("ftp://x/v1", None)):
        with pytest.raises(EndpointError) as refused:
            ChatClient(url, "m", key).complete("a", "b")
        assert refused.value.lasting
        assert KEY not in str(refused.value)
        assert "user:pass" not in str(refused.value)


def test_where_the_object_stands() -> None:
    """The object may stand in a fence or behind a sentence; a text in parts is one text."""
    fenced = f"Here you are:\n```json\n{json.dumps(GOOD)}\n```\nGood luck!"
    assert len(parse_description(fenced, "1", "m")) == 6
    with pytest.raises(UnreadableAnswer):
        parse_description("{}", "1", "m")
    many = json.dumps({"phrasings": [f"phrasing {n}" for n in range(500)]})
    assert len(parse_description(many, "1", "m")) == 60
