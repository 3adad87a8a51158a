"""The outbox without Slack: one claim, one owner, and nothing is forgotten."""

import threading

import pytest
import sqlalchemy as sa

from bot.storage.database import open_workspace
from bot.storage.models import (
    DIGEST_STREAM,
    CursorAdvance,
    DeliveryRequest,
    Notice,
    Schedule,
    SubscriptionDraft,
    SubscriptionFilter,
)
from bot.storage.outbox import Outbox
from bot.storage.subscriptions import Subscriptions

LEASE = 30.0
PARTS = [{"text": "one"}, {"text": "two"}]


def delivery(edition: int = 1, **more: object) -> DeliveryRequest:
    """A digest of two entries in two parts for channel C1."""
    return DeliveryRequest(
        "T1", "C1", DIGEST_STREAM, edition, [(5, "100", "new"), (6, "101", "updated")], PARTS, ("U1",), **more
    )  # type: ignore[arg-type]


@pytest.fixture
def outbox(engine: sa.Engine) -> Outbox:
    return Outbox(engine)


def test_a_claim_freezes_entries_and_parts(outbox: Outbox) -> None:
    """With nonce, owner and lease; a second claim of the same edition gets nothing and changes nothing."""
    row = outbox.claim(delivery(), "n1", "A", 100.0, LEASE)
    assert row is not None
    assert (row.state, row.nonce, row.owner, row.lease_until, row.parts, row.entry_keys) == (
        "sending",
        "n1",
        "A",
        130.0,
        PARTS,
        ["100", "101"],
    )
    assert outbox.claim(delivery(), "n2", "B", 101.0, LEASE) is None
    assert outbox.get(row.id) == row


def test_one_row_for_each_team_channel_and_edition(outbox: Outbox) -> None:
    """While an edition is being sent there is no next one; afterwards it has the next number."""
    assert outbox.next_edition_number("T1", "C1", DIGEST_STREAM) == 1
    row = outbox.claim(delivery(), "n", "A", 100.0, LEASE)
    assert row is not None
    assert outbox.next_edition_number("T1", "C1", DIGEST_STREAM) is None
    assert outbox.finish(row, "sent", 110.0)
    assert outbox.next_edition_number("T1", "C1", DIGEST_STREAM) == 2
    assert outbox.next_edition_number("T1", "C2", DIGEST_STREAM) == 1
    assert outbox.next_edition_number("T1", "C1", "watch 1") == 1


def test_only_an_expired_lease_is_taken_over_and_the_old_owner_is_out(outbox: Outbox) -> None:
    """After that the first owner can neither post, record, wait nor finish."""
    first = outbox.claim(delivery(), "n", "A", 100.0, LEASE)
    assert first is not None
    assert outbox.renew_lease(first, 105.0, LEASE, 0)
    assert outbox.expired_ids(134.9) == []
    assert outbox.take_over_expired(first.id, "B", 134.9, LEASE) is None
    assert outbox.expired_ids(135.0) == [first.id]
    second = outbox.take_over_expired(first.id, "B", 135.0, LEASE)
    assert second is not None
    assert (second.owner, second.attempted_part, second.nonce, second.parts) == ("B", 0, "n", PARTS)
    assert outbox.take_over_expired(first.id, "C", 135.0, LEASE) is None
    assert not outbox.renew_lease(first, 136.0, LEASE, 0)
    assert not outbox.record_posted(first, ["1.0"], "C1")
    assert not outbox.extend_lease(first, 999.0)
    assert not outbox.finish(first, "sent", 136.0)
    assert not outbox.release_unsent(first, "", True, 136.0)
    assert not outbox.release_lease(first, 999.0, 136.0)
    assert outbox.renew_lease(second, 136.0, LEASE, 0)


def test_an_owner_whose_lease_is_over_may_not_post_even_if_nobody_took_it(outbox: Outbox) -> None:
    """It has to take its own edition over like anybody else, and look first."""
    row = outbox.claim(delivery(), "n", "A", 100.0, LEASE)
    assert row is not None
    assert not outbox.renew_lease(row, 130.0, LEASE, 0)


def test_recorded_parts_are_known_to_whoever_takes_over(outbox: Outbox) -> None:
    """And which single part may be out besides."""
    row = outbox.claim(delivery(), "n", "A", 100.0, LEASE)
    assert row is not None
    outbox.renew_lease(row, 101.0, LEASE, 0)
    outbox.record_posted(row, ["1.0"], "C1")
    outbox.renew_lease(row, 102.0, LEASE, 1)
    taken = outbox.take_over_expired(row.id, "B", 200.0, LEASE)
    assert taken is not None
    assert (taken.posted_ts, taken.attempted_part, taken.conversation_id) == (["1.0"], 1, "C1")


def test_giving_back_makes_it_news_again(engine: sa.Engine, outbox: Outbox) -> None:
    """The subscription's cursor goes back with the claim, in one transaction, whoever gives it back."""
    subscriptions = Subscriptions(engine)
    made = subscriptions.add("T1", "C1", SubscriptionDraft(SubscriptionFilter(), Schedule()), "U1", 4, 0)
    outbox.claim(delivery(cursor_advances=(CursorAdvance(made.id, 6, 4),)), "n", "A", 100.0, LEASE)
    assert subscriptions.of_channel("T1", "C1")[0].cursor == 6
    assert outbox.announced("T1", "C1", [DIGEST_STREAM], 0).seqs == {5, 6}
    taken = outbox.take_over_expired(outbox.expired_ids(200.0)[0], "B", 200.0, LEASE)
    assert taken is not None
    assert outbox.release_unsent(taken, "is_archived", True, 200.0)
    assert subscriptions.of_channel("T1", "C1")[0].cursor == 4
    assert outbox.announced("T1", "C1", [DIGEST_STREAM], 0).seqs == set()
    row = outbox.recent_rows()[0]
    assert (row.state, row.reason, row.parts, row.nonce) == ("planned", "is_archived", None, None)
    assert outbox.next_edition_number("T1", "C1", DIGEST_STREAM) == 1


def test_a_claim_that_loses_moves_no_cursor(engine: sa.Engine, outbox: Outbox) -> None:
    """The cursors move with the claim or not at all."""
    subscriptions = Subscriptions(engine)
    made = subscriptions.add("T1", "C1", SubscriptionDraft(SubscriptionFilter(), Schedule()), "U1", 4, 0)
    outbox.claim(delivery(), "n", "A", 100.0, LEASE)
    assert outbox.claim(delivery(cursor_advances=(CursorAdvance(made.id, 9, 4),)), "m", "B", 100.0, LEASE) is None
    assert subscriptions.of_channel("T1", "C1")[0].cursor == 4


def test_finishing_writes_its_notices_once(outbox: Outbox) -> None:
    """In the same transaction; a notice of the same name is one notice."""
    row = outbox.claim(delivery(), "n", "A", 100.0, LEASE)
    assert row is not None
    assert outbox.finish(
        row,
        "failed",
        110.0,
        "unknown",
        [Notice("U1", "unsettled 1", {"text": "look"}), Notice("U1", "unsettled 1", {"text": "again"})],
    )
    (waiting,) = outbox.pending_notice_ids()
    notice = outbox.claim_notice(waiting, "m", "A", 111.0, LEASE)
    assert notice is not None
    assert (notice.channel, notice.parts) == ("U1", [{"text": "look"}])
    assert outbox.claim_notice(waiting, "k", "B", 111.0, LEASE) is None
    assert outbox.recent_rows(channel="C1")[0].parts is None, "what is out need not be kept"


def test_many_claims_at_once_have_one_winner(url: str, outbox: Outbox) -> None:
    """Sixteen threads over four connections to the same file."""
    engines = [open_workspace(url) for _ in range(4)]
    start, won = threading.Barrier(16), list[object]()

    def claim(number: int) -> None:
        start.wait()
        row = Outbox(engines[number % 4]).claim(delivery(), f"n{number}", f"owner {number}", 100.0, LEASE)
        if row is not None:
            won.append(row.owner)

    threads = [threading.Thread(target=claim, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert [row.owner for row in outbox.recent_rows()] == won
    for engine in engines:
        engine.dispose()
