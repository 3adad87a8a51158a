"""Forget me: what is known of one person in one workspace is erased; what is others' stays."""

from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversation.models import LastAnswer
from bot.storage.audit_log import read_events
from bot.storage.conversations import ConversationKey
from bot.storage.metadata import metadata
from bot.storage.models import (
    ForgottenCounts,
    Notice,
    ProposalDraft,
    Schedule,
    SubscriptionDraft,
    SubscriptionFilter,
)
from bot.storage.stores import Stores, open_stores


def fill(stores: Stores, team: str, user: str) -> None:
    """Something of a person in every table that has people."""
    first = None
    for words in ("quotes", "tapir"):
        draft = SubscriptionDraft(SubscriptionFilter(words=(words, user.lower())), Schedule("daily"))
        first = stores.subscriptions.add(team, f"C{user}", draft, user, 0, 1.0)
    assert first is not None
    stores.subscriptions.pause(first, user, 2.0)
    gone = stores.subscriptions.add(team, "C9", SubscriptionDraft(SubscriptionFilter(), Schedule()), user, 0, 1.0)
    if gone is not None:
        stores.subscriptions.remove(gone, user, 3.0)
    stores.watches.add(team, user, f"secret of {user}", 0, 1.0)
    stores.conversations.save_answer(ConversationKey(team, f"D{user}"), LastAnswer("jira", ("1",), 1, None), 1.0)
    stores.conversations.save_answer(ConversationKey(team, "C1", user), LastAnswer("jira", ("1",), 1, None), 1.0)
    stores.introductions.mark_introduced(team, user, 1.0)
    stores.outbox.enqueue_notice(team, Notice(user, f"told {user}", {"text": f"for {user}", "blocks": []}))


def rows(engine: sa.Engine, team: str | None = None) -> dict[str, list[Any]]:
    """All that is stored, of a workspace or of all."""
    with engine.connect() as connection:
        return {
            table.name: [str(row) for row in connection.execute(sa.select(table))
                         if team is None or "team_id" not in table.c or row.team_id == team]
            for table in metadata.sorted_tables
        }  # fmt: skip


@pytest.fixture
def stores(engine: sa.Engine) -> Stores:
    made = open_stores(engine)
    for team in ("T1", "T2"):
        for user in ("UALICE", "UBOB"):
            fill(made, team, user)
    made.proposals.decide(
        made.proposals.add([ProposalDraft("1", "phrasing", "words", "llm")], "model", 0.0).ids,
        "accepted",
        "UALICE",
        1.0,
    )
    return made


def test_nothing_names_the_person_any_more(stores: Stores, engine: sa.Engine) -> None:
    """In no column of any table of that workspace, but for names of channels and filters."""
    counts = stores.forgetting.forget("T1", "UALICE", "DUALICE")
    assert counts == ForgottenCounts(watches=1, conversations=2, messages=1, events=6, digests=2)
    left = [row for found in rows(engine, "T1").values() for row in found]
    assert [row for row in left if "'UALICE'" in row or '"UALICE"' in row or "secret of UALICE" in row] == []
    assert {event.actor for event in read_events(engine, "T1")} == {"somebody", "UBOB"}


def test_digests_go_on(stores: Stores) -> None:
    """With the same contents; a pause stays a pause."""
    before = stores.subscriptions.of_team("T1")
    stores.forgetting.forget("T1", "UALICE")
    after = stores.subscriptions.of_team("T1")
    assert [row.contents for row in after] == [row.contents for row in before]
    assert [row.is_paused for row in after] == [row.is_paused for row in before]
    assert {row.created_by for row in after} == {"", "UBOB"}


def test_others_and_other_workspaces_stay(stores: Stores, engine: sa.Engine) -> None:
    """Bob's rows, and the other Alice's, are as they were."""
    before = rows(engine, "T2")
    bobs = {name: [row for row in found if "UBOB" in row] for name, found in rows(engine, "T1").items()}
    stores.forgetting.forget("T1", "UALICE", "DUALICE")
    after = rows(engine, "T2")
    assert {name: found for name, found in after.items() if name != "proposal_changes"} == {
        name: found for name, found in before.items() if name != "proposal_changes"
    }
    assert {name: [row for row in found if "UBOB" in row] for name, found in rows(engine, "T1").items()} == bobs


def test_twice_finds_nothing(stores: Stores) -> None:
    """The second time there is nothing left."""
    stores.forgetting.forget("T1", "UALICE", "DUALICE")
    assert stores.forgetting.forget("T1", "UALICE", "DUALICE") == ForgottenCounts(0, 0, 0, 0, 0)
