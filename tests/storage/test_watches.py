"""Watches: one person's saved questions."""

import sqlalchemy as sa

from bot.storage.audit_log import read_events
from bot.storage.watches import MAX_WATCHES_PER_PERSON, Watches


def test_a_question_is_stored_once(engine: sa.Engine) -> None:
    """For each person; the second time gives the first one back."""
    watches = Watches(engine)
    first = watches.add("T1", "U1", "jira  default status", 3, 0)
    again = watches.add("T1", "U1", "jira default status", 9, 1)
    assert first == again
    assert first is not None
    assert (first.question, first.cursor) == ("jira default status", 3)
    assert watches.add("T1", "U2", "jira default status", 3, 0) != first
    assert len(watches.all()) == 2


def test_only_the_person_stops_their_watch(engine: sa.Engine) -> None:
    """Somebody else's click does nothing; the audit log says who did what."""
    watches = Watches(engine)
    mine = watches.add("T1", "U1", "sso", 0, 0)
    assert mine is not None
    assert watches.stop("T1", "U2", mine.id, 1) is None
    assert watches.stop("T1", "U1", mine.id, 1) == "sso"
    assert watches.stop("T1", "U1", mine.id, 1) is None
    assert watches.of_person("T1", "U1") == []
    assert [change.action for change in read_events(engine, "T1")] == ["stopped watching", "watched"]


def test_nobody_has_more_than_fit_in_a_view(engine: sa.Engine) -> None:
    """One too many is refused."""
    watches = Watches(engine)
    assert all(watches.add("T1", "U1", f"question {number}", 0, 0) for number in range(MAX_WATCHES_PER_PERSON))
    assert watches.add("T1", "U1", "one too many", 0, 0) is None
