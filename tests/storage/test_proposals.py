"""Proposals: proposed once, decided on, edited, taken back; on every kind of database."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.storage.database import open_workspace
from bot.storage.models import ProposalDraft
from bot.storage.proposals import Proposals

NOW = 1_800_000_000.0


def phrasing(text: str, key: str = "1200001", origin: str = "person", author: str = "Ann") -> ProposalDraft:
    return ProposalDraft(key, "phrasing", text, origin, author)  # type: ignore[arg-type]


@pytest.fixture
def store(any_new_url: str) -> Iterator[Proposals]:
    engine = open_workspace(any_new_url)
    yield Proposals(engine)
    engine.dispose()


def states(store: Proposals) -> dict[str, str]:
    return {proposal.text: proposal.state for proposal in store.find()}


def test_proposed_once(store: Proposals) -> None:
    """The same words, in whatever form, are one proposal; for another entry they are another."""
    first = store.add([phrasing("freeze a quote"), phrasing("Freezing quotes!"), phrasing("lock offers")], "Ann", NOW)
    assert (len(first.ids), [draft.text for draft, _ in first.known]) == (2, ["Freezing quotes!"])
    assert len(store.add([phrasing("freeze a quote", key="1200002")], "Ann", NOW).ids) == 1


def test_dismissed_for_good(store: Proposals) -> None:
    """What was dismissed is not proposed again, by whomever."""
    ids = store.add([phrasing("freeze a quote", origin="llm", author="model")], "model", NOW).ids
    assert [proposal.state for proposal in store.decide(ids, "dismissed", "Bob", NOW)] == ["dismissed"]
    again = store.add([phrasing("freeze the quote")], "Ann", NOW)
    assert (again.ids, again.known[0][1]) == ((), "dismissed")


def test_a_persons_words_stay_a_persons(store: Proposals) -> None:
    """Words that a model proposed become a person's when a person proposes them, and not the other way round."""
    store.add([phrasing("freeze a quote", origin="llm", author="model")], "model", NOW, undoable=False)
    store.add([phrasing("freeze a quote")], "Ann", NOW)
    store.add([phrasing("freeze a quote", origin="llm", author="model")], "model", NOW, undoable=False)
    (proposal,) = store.find()
    assert (proposal.origin, proposal.author) == ("person", "Ann")


def test_changes_are_taken_back_one_by_one(store: Proposals) -> None:
    """Dismissing, editing, accepting and proposing, each as a whole, the last first; then there is nothing more."""
    one, two = store.add([phrasing("freeze a quote"), phrasing("lock offers")], "Ann", NOW).ids
    store.decide([one, two], "accepted", "Bob", NOW)
    store.decide([two], "dismissed", "Bob", NOW)
    assert states(store) == {"freeze a quote": "accepted", "lock offers": "dismissed"}
    undone = store.undo_last()
    assert undone is not None
    assert (undone.action, undone.actor, undone.proposal_count) == ("dismiss", "Bob", 1)
    assert set(states(store).values()) == {"accepted"}
    store.undo_last()
    assert set(states(store).values()) == {"open"}
    assert store.edit(one, "stop changes to a quote", "Cleo", NOW)
    assert store.find(ids=[one])[0].author == "Cleo"
    store.undo_last()
    assert (store.find(ids=[one])[0].text, store.find(ids=[one])[0].author) == ("freeze a quote", "Ann")
    store.undo_last()
    assert (store.find(), store.undo_last()) == ([], None)


def test_what_a_machine_proposes_is_not_in_the_way_of_undo(store: Proposals) -> None:
    """A person who takes their decision back gets that one back, though a model proposed something since; words that
    came since and are the same give way.
    """
    (one,) = store.add([phrasing("freeze a quote")], "Ann", NOW).ids
    store.edit(one, "stop changes to a quote", "Ann", NOW)
    store.add([phrasing("freezes quotes", origin="llm"), phrasing("nail down", origin="llm")], "m", NOW, undoable=False)
    store.undo_last()
    assert states(store) == {"freeze a quote": "open", "nail down": "open"}


def test_edited_into_what_is_there(store: Proposals) -> None:
    """An edit that makes it another proposal's words is refused, and nothing changes."""
    one, _ = store.add([phrasing("freeze a quote"), phrasing("lock offers")], "Ann", NOW).ids
    assert not store.edit(one, "locked offers", "Ann", NOW)
    assert set(states(store)) == {"freeze a quote", "lock offers"}


def test_one_area_at_a_time(store: Proposals) -> None:
    """Accepting another area dismisses the one before; taking that back restores it."""
    drafts = [ProposalDraft("1200001", "area", area, "person", "Ann") for area in ("Tickets", "Portal")]
    one, two = store.add(drafts, "Ann", NOW).ids
    store.decide([one], "accepted", "Bob", NOW)
    store.decide([two], "accepted", "Bob", NOW)
    assert states(store) == {"Tickets": "dismissed", "Portal": "accepted"}
    store.undo_last()
    assert states(store) == {"Tickets": "accepted", "Portal": "open"}


def test_every_change_can_be_noticed(store: Proposals) -> None:
    """`latest_change` differs after each change and after each that is taken back."""
    seen = [store.latest_change()]
    ids = store.add([phrasing("freeze a quote")], "Ann", NOW).ids
    seen.append(store.latest_change())
    store.decide(ids, "accepted", "Ann", NOW)
    seen.append(store.latest_change())
    store.undo_last()
    seen.append(store.latest_change())
    assert len(set(seen)) == 4


def test_a_model_is_asked_a_few_times(store: Proposals) -> None:
    """One process at a time, again after a while, not more often than allowed, and never after it succeeded."""
    assert store.claim_attempt("1", NOW, 60, 2)
    assert not store.claim_attempt("1", NOW + 59, 60, 2)
    assert store.claim_attempt("1", NOW + 60, 60, 2)
    assert not store.claim_attempt("1", NOW + 999, 60, 2)
    store.finish_attempt("1", succeeded=False, counts=False)
    assert store.claim_attempt("1", NOW + 999, 60, 2)
    assert store.claim_attempt("2", NOW, 60, 2)
    store.finish_attempt("2", succeeded=True)
    assert not store.claim_attempt("2", NOW + 999, 60, 2)


def test_nobody_is_named(store: Proposals) -> None:
    """No column is for a person's id."""
    columns = {column["name"] for column in sa.inspect(store._engine).get_columns("proposals")}
    known = {"id", "entry_key", "field", "fold", "text", "origin", "author", "state", "proposed_at", "team_id"}
    assert columns == known
