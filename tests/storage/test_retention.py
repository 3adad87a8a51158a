"""What is removed for its age, and what never is."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.storage.audit_log import audit_events
from bot.storage.database import open_workspace
from bot.storage.outbox import Outbox, outbox
from bot.storage.retention import AUDIT_SECONDS, TEXT_SECONDS, remove_old

NOW = 2_000_000_000.0
ENTRIES = [[7, "1016865", None]]


def add_delivery(engine: sa.Engine, edition: int, state: str, age: float | None) -> None:
    """A row of the outbox that was finished so many seconds ago."""
    row = {
        "team_id": "T1", "channel_id": "C1", "stream": "digest", "edition": edition, "state": state,
        "entries": ENTRIES, "parts": [{"text": "long"}], "part_count": 1, "posted_ts": ["1.0"], "notify_users": [],
        "finished_at": None if age is None else NOW - age,
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(outbox.insert().values(**row))


def with_text(engine: sa.Engine) -> list[int]:
    """The deliveries whose text is still there."""
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(outbox.c.edition).where(outbox.c.parts.is_not(None)).order_by("id")))


@pytest.fixture
def engine(any_new_url: str) -> Iterator[sa.Engine]:
    """A workspace database of each kind."""
    made = open_workspace(any_new_url)
    yield made
    made.dispose()


def test_old_texts(engine: sa.Engine):
    """The text of what was finished long enough ago is removed. What it told is known for ever, so that nothing is
    told again, and the next edition has the number that it would have had.
    """
    old, young = TEXT_SECONDS + 60, TEXT_SECONDS - 60
    for edition, state, age in ((1, "sent", old), (2, "failed", old), (3, "sent", young), (4, "sent", old)):
        add_delivery(engine, edition, state, age)
    before = Outbox(engine).announced("T1", "C1", ["digest"])
    assert before.keys == {"1016865"}
    assert remove_old(engine, NOW) == 3
    assert with_text(engine) == [3]
    assert Outbox(engine).announced("T1", "C1", ["digest"]) == before
    assert Outbox(engine).next_edition_number("T1", "C1", "digest", NOW) == 5
    assert [row.edition for row in Outbox(engine).recent_rows()] == [4, 3, 2, 1]
    assert remove_old(engine, NOW) == 0


def test_a_clock_that_is_wrong_by_years(engine: sa.Engine):
    """A clock far ahead takes nothing from what is still to be told."""
    for edition, state in ((1, "planned"), (2, "sending")):
        add_delivery(engine, edition, state, None)
    assert remove_old(engine, NOW * 2) == 0
    assert with_text(engine) == [1, 2]


def test_old_audit_events(engine: sa.Engine):
    """Who changed what is kept for two years."""
    with engine.begin() as connection:
        for age in (AUDIT_SECONDS + 60, AUDIT_SECONDS - 60):
            row = {"team_id": "T1", "recorded_at": NOW - age, "actor": "U1", "action": "paused", "details": ""}
            connection.execute(audit_events.insert().values(**row))
    assert remove_old(engine, NOW) == 1
