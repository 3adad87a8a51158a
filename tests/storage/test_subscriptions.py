"""Subscriptions: stored by the channel's id, paused and resumed, and every change in the audit log."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.models import Version
from bot.storage.audit_log import read_events
from bot.storage.digest_progress import advance_cursors, pause_for_slack, resume_after_slack, revert_cursors
from bot.storage.filters import decode_filter, encode_filter
from bot.storage.models import CursorAdvance, Schedule, Slot, Subscription, SubscriptionDraft, SubscriptionFilter
from bot.storage.subscriptions import UNDO_SECONDS, Subscriptions

BILLING = SubscriptionFilter(areas=("Billing & invoicing",))
SLOT = Slot(date(2026, 11, 23), datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.fixture
def subscriptions(engine: sa.Engine) -> Subscriptions:
    return Subscriptions(engine)


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(),
        Schedule("daily", (0,), time(7, 30), "Asia/Kolkata"),
        Schedule("fortnightly", (0, 3), time(9), "Europe/London", anchor_date=date(2026, 11, 23)),
        Schedule("monthly", (), time(0), "America/New_York", day=31),
        Schedule("monthly", (4,), time(17), "Europe/Paris", nth=-1),
        Schedule("on arrival"),
    ],
)
def test_what_is_stored_is_what_is_read(subscriptions: Subscriptions, schedule: Schedule) -> None:
    """Every kind of schedule, the filter, and who set it up."""
    wanted = SubscriptionFilter(("API",), ("jira",), ("Chat",), ("teams",), True, (Version(2, 216),))
    stored = subscriptions.add("T1", "C1", SubscriptionDraft(wanted, schedule, Version(2, 214), True), "U1", 7, 100.0)
    assert subscriptions.get("T1", stored.id) == stored
    assert (stored.filter, stored.schedule, stored.post_when_empty, stored.created_by) == (wanted, schedule, True, "U1")
    assert (stored.start_seq, stored.cursor, stored.from_version) == (7, 0, Version(2, 214))


def test_it_starts_at_todays_catalogue(subscriptions: Subscriptions) -> None:
    """What is known already is no news, unless a version to start from was given."""
    assert (
        subscriptions.add("T1", "C1", SubscriptionDraft(SubscriptionFilter(), Schedule()), "U1", 7, 100.0).cursor == 7
    )


def test_the_same_filter_again_is_not_added(subscriptions: Subscriptions) -> None:
    """Whatever the order in which its areas were named; what is there stays as it is."""
    first = subscriptions.add(
        "T1", "C1", SubscriptionDraft(SubscriptionFilter(areas=("API", "Chat")), Schedule()), "U1", 7, 100.0
    )
    second = subscriptions.add(
        "T1", "C1", SubscriptionDraft(SubscriptionFilter(areas=("Chat", "API")), Schedule("daily")), "U2", 9, 200.0
    )
    assert second is None
    assert subscriptions.of_team("T1") == [first]


def test_teams_do_not_see_each_other(subscriptions: Subscriptions) -> None:
    """The same channel id in two teams is two channels."""
    one = subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 0, 0)
    subscriptions.add("T2", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 0, 0)
    assert subscriptions.remove(one, "U1", 1) == "done"
    assert subscriptions.of_team("T1") == []
    assert len(subscriptions.of_team("T2")) == 1


def test_pause_and_resume(subscriptions: Subscriptions) -> None:
    """Paused by a person it is left alone; resumed, its schedule counts from then on."""
    one = subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 0, 0)
    assert subscriptions.pause(one, "U2", 50) == "done"
    assert subscriptions.pause(one, "U2", 51) == "already so"
    assert list(subscriptions.active()) == []
    assert subscriptions.of_channel("T1", "C1")[0].is_paused
    assert subscriptions.resume(one, "U2", 60) == "done"
    assert subscriptions.resume(one, "U2", 61) == "already so"
    assert subscriptions.of_channel("T1", "C1")[0].last_slot_at == 60


def test_paused_for_slack_is_said_once_and_still_tried(engine: sa.Engine, subscriptions: Subscriptions) -> None:
    """Everyone who set one up is named the first time, nobody after that; it stays awake, for that is how it comes
    back.
    """
    subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 0, 0)
    subscriptions.add("T1", "C1", SubscriptionDraft(SubscriptionFilter(), Schedule()), "U2", 0, 0)
    with engine.begin() as connection:
        assert pause_for_slack(connection, "T1", "C1", "is_archived", 5) == ["U1", "U2"]
        assert pause_for_slack(connection, "T1", "C1", "is_archived", 6) == []
    assert [one.pause_reason for one in subscriptions.active()] == ["is_archived", "is_archived"]
    with engine.begin() as connection:
        assert resume_after_slack(connection, "T1", "C1", 7)
        assert not resume_after_slack(connection, "T1", "C1", 8)


def test_cursors_go_forward_only_and_back_only_from_where_they_were_put(
    engine: sa.Engine, subscriptions: Subscriptions
) -> None:
    """A process that saw less takes nothing back; giving back undoes its own move and no later one."""
    made = subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 3, 100.0)
    moved = CursorAdvance(made.id, 10, 3, SLOT, 100.0, None)
    with engine.begin() as connection:
        advance_cursors(connection, [moved])
        advance_cursors(connection, [CursorAdvance(made.id, 8, 3)])
    after = subscriptions.of_channel("T1", "C1")[0]
    assert (after.cursor, after.last_slot_at, after.last_slot_day) == (10, SLOT.at.timestamp(), SLOT.day)
    with engine.begin() as connection:
        revert_cursors(connection, [CursorAdvance(made.id, 8, 3)], True)
        revert_cursors(connection, [moved], True)
    back = subscriptions.of_channel("T1", "C1")[0]
    assert (back.cursor, back.last_slot_at, back.last_slot_day) == (3, 100.0, None)
    assert CursorAdvance.from_json(moved.to_json()) == moved


def test_every_change_is_in_the_audit_log(engine: sa.Engine, subscriptions: Subscriptions) -> None:
    """Who did what to which channel, newest first."""
    subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 0, 0, "every Monday")
    assert subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule("daily")), "U2", 0, 1, "daily") is None
    (seen,) = subscriptions.of_team("T1")
    one = subscriptions.update(seen, SubscriptionDraft(BILLING, Schedule("daily")), "U2", 0, 1, "every day")
    assert isinstance(one, Subscription)
    subscriptions.pause(one, "U3", 2)
    subscriptions.resume(one, "U4", 3)
    assert subscriptions.remove(one, "U5", 4, "billing") == "done"
    assert subscriptions.remove(one, "U5", 5, "billing") == "gone"
    assert [(change.actor, change.action, change.details) for change in reversed(read_events(engine, "T1", "C1"))] == [
        ("U1", "subscribed", "every Monday"), ("U2", "changed", "every day"), ("U3", "paused", ""),
        ("U4", "resumed", ""), ("U5", "unsubscribed", "billing"),
    ]  # fmt: skip
    assert read_events(engine, "T2") == []


names = st.lists(st.text(max_size=20), max_size=4, unique=True).map(tuple)


@given(
    names,
    names,
    names,
    names,
    st.booleans(),
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 999)), max_size=3, unique=True),
)
def test_any_filter_survives_being_written_down(
    areas: tuple[str, ...],
    words: tuple[str, ...],
    no: tuple[str, ...],
    not_: tuple[str, ...],
    high: bool,
    versions: list[tuple[int, int]],
) -> None:
    """And the same filter is always the same text."""
    wanted = SubscriptionFilter(areas, words, no, not_, high, tuple(Version(*version) for version in versions))
    text = encode_filter(wanted)
    again = decode_filter(text)
    assert encode_filter(again) == text
    assert set(again.areas) == set(areas)
    assert set(again.versions) == set(wanted.versions)


def test_a_person_s_pause_outlasts_slack_s(subscriptions: Subscriptions, engine: sa.Engine) -> None:
    """Paused while Slack refuses the channel, it stays paused when Slack takes posts again."""
    one = subscriptions.add("T1", "C1", SubscriptionDraft(SubscriptionFilter(), Schedule()), "U1", 7, 100.0)
    with engine.begin() as connection:
        pause_for_slack(connection, "T1", "C1", "not_in_channel", 200.0)
    assert subscriptions.pause(one, "U2", 300.0) == "done"
    with engine.begin() as connection:
        assert not resume_after_slack(connection, "T1", "C1", 400.0)
    one = subscriptions.of_channel("T1", "C1")[0]
    assert (one.is_paused, one.paused_by, one.pause_reason) == (True, "U2", None)
    assert list(subscriptions.active()) == []


def test_what_was_ended_comes_back_for_a_day(subscriptions: Subscriptions, engine: sa.Engine) -> None:
    """As it was, of its own team only, once, and not beside another one with its filter."""
    one = subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 7, 100.0)
    subscriptions.remove(one, "U2", 200.0)
    assert subscriptions.ended("T2", one.id, 201.0) is None
    assert subscriptions.restore(replace(one, team="T2"), "U3", 201.0) == "gone"
    assert subscriptions.restore(one, "U3", 200.0 + UNDO_SECONDS + 1) == "gone"
    assert subscriptions.restore(one, "U3", 300.0) == replace(one, last_slot_at=300.0)
    assert subscriptions.restore(one, "U3", 301.0) == "gone"
    newest = read_events(engine, "T1")[0]
    assert (newest.actor, newest.action) == ("U3", "restored")
    subscriptions.remove(one, "U2", 400.0)
    other = subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule("daily")), "U1", 7, 401.0)
    assert subscriptions.restore(one, "U3", 402.0) == "taken"
    assert subscriptions.of_team("T1") == [other]


def test_what_was_ended_while_it_was_posted_in_vain_is_told_when_it_comes_back(
    subscriptions: Subscriptions, engine: sa.Engine
) -> None:
    """The post that failed moved its cursor before it was ended; the news of that post are news again after Undo."""
    one = subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 3, 100.0)
    moved = CursorAdvance(one.id, 10, 3, SLOT, 100.0, None)
    with engine.begin() as connection:
        advance_cursors(connection, [moved])
    subscriptions.remove(one, "U2", 200.0)
    with engine.begin() as connection:
        revert_cursors(connection, [replace(moved, new_cursor=9)], True)  # of another post
    assert subscriptions.ended("T1", one.id, 201.0).cursor == 10
    with engine.begin() as connection:
        revert_cursors(connection, [moved], True)
    restored = subscriptions.restore(one, "U3", 300.0)
    assert (restored.cursor, restored.last_slot_at) == (3, 300.0)


def test_a_post_under_way_does_not_pass_over_an_older_version_that_is_asked_for_meanwhile(
    subscriptions: Subscriptions, engine: sa.Engine
) -> None:
    """Somebody changes a digest to begin with a version after it was built and before it is claimed."""
    one = subscriptions.add("T1", "C1", SubscriptionDraft(BILLING, Schedule()), "U1", 3, 100.0)
    subscriptions.update(one, SubscriptionDraft(BILLING, Schedule(), Version(2, 214)), "U1", 10, 200.0)
    with engine.begin() as connection:
        advance_cursors(connection, [CursorAdvance(one.id, 10, 3, SLOT, 100.0, None)])
    assert subscriptions.get("T1", one.id).cursor == 0
