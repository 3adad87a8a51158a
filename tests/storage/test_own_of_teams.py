"""What the workspace database keeps of single teams: their records, what arrived for them, what they accepted."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.catalog.models import CatalogRecord, Entry, Version
from bot.storage.arrivals import Arrivals
from bot.storage.models import ProposalDraft
from bot.storage.own_records import OwnRecords
from bot.storage.proposals import Proposals

WOMBATS = Entry("1", "feature", "Wombats", version=Version(2, 206))
CORRECTED = replace(WOMBATS, summary="In other words.")


class Entries:
    """A catalogue with these entries."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = list(entries)

    def entries(self) -> list[Entry]:
        return self._entries


def seen(arrivals: Arrivals) -> list[tuple[str, str]]:
    return [(arrival.key, arrival.kind) for arrival in arrivals.between(0, arrivals.latest_seq())]


@pytest.mark.parametrize(("later", "told"), [(WOMBATS, []), (CORRECTED, [("1", "updated")])])
def test_what_is_everybody_s_later_is_told_once(engine: sa.Engine, later: Entry, told: list[tuple[str, str]]) -> None:
    """In the same words it is no news to the team that had it, in others a correction; to the others it is new."""
    everybody, one, two = Arrivals(engine), Arrivals(engine, "T1"), Arrivals(engine, "T2")
    assert one.sync(Entries(WOMBATS), 1.0) == 1
    assert [seen(each) for each in (everybody, one, two)] == [[], [("1", "new")], []]
    assert everybody.sync(Entries(later), 2.0) == 1
    assert [seen(each) for each in (everybody, one, two)] == [[("1", "new")], [("1", "new"), *told], [("1", "new")]]
    assert one.sync(Entries(WOMBATS), 3.0) == 0
    assert [each.first_seen_at(["1"]) for each in (everybody, one)] == [2.0, 1.0]


def test_what_everybody_has_does_not_arrive_for_a_team(engine: sa.Engine) -> None:
    """Only what a team made of it does, as a correction for that team alone."""
    everybody, one, two = Arrivals(engine), Arrivals(engine, "T1"), Arrivals(engine, "T2")
    everybody.sync(Entries(WOMBATS), 1.0)
    assert one.sync(Entries(WOMBATS), 2.0) == 0
    assert one.sync(Entries(CORRECTED), 2.0) == 1
    assert [seen(each) for each in (one, two)] == [[("1", "new"), ("1", "updated")], [("1", "new")]]


def test_records_of_a_team(engine: sa.Engine) -> None:
    """Each team counts its own changes; of two processes that build on the same change, the second is refused."""
    store, record = OwnRecords(engine), CatalogRecord("entry", "1", "{}")
    assert store.record("T1", [record], 0) == 1
    assert store.record("T1", [record], 0) is None
    assert store.record("T2", [record._replace(value=None)], 0) == 1
    assert store.of_team("T1") == (1, [record])
    assert store.of_team("T2") == (1, [])
    assert {team: change.has_records for team, change in store.changes().items()} == {"T1": True, "T2": False}
    assert [store.known(team) for team in ("T1", "T2", "T3")] == [{"1": True}, {"1": False}, {}]


def test_proposals_of_a_team(engine: sa.Engine) -> None:
    """They are decided on and taken back by team; what everybody accepted or dismissed is not proposed again."""
    everybody, one, two = Proposals(engine), Proposals(engine, "T1"), Proposals(engine, "T2")
    draft = ProposalDraft("1", "phrasing", "pin wombats", "person")
    (known,) = everybody.add([draft], "op", 1.0).ids
    (own,) = one.add([draft], "U1", 1.0).ids
    assert two.find() == two.find(ids=[own]) == []
    assert two.decide([own, known], "accepted", "U2", 2.0) == []
    assert [p.state for p in one.decide([own], "accepted", "U1", 2.0)] == ["accepted"]
    assert [p.id for p in one.accepted()] == [own]
    assert everybody.accepted() == two.accepted() == []
    everybody.decide([known], "dismissed", "op", 3.0)
    assert [state for _, state in two.add([draft], "U2", 4.0).known] == ["dismissed"]
    assert one.publish(["1"], 5.0) == 1
    assert [p.id for p in everybody.accepted()] == [known]
    assert one.find() == []
    assert one.teams_with_accepted() == set()
