"""Exactly once, whatever happens between claiming and knowing: ten of the drill's faults, through real HTTP to the
stand-in.
"""

import re
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.playground import Playground
from bot.slack.rate_limiter import RateLimiter
from bot.slack.views.blocks import text_message
from bot.storage.models import Notice
from tests.digests.rig import HOUR, TIMING, WEEK, Rig, entry

READING = {"channels:history", "groups:history"}
PASSING = (
    "team_added_to_org", "external_channel_migrating", "accesslimited", "message_limit_exceeded",
    "enterprise_is_restricted", "a_code_from_next_year",
)  # fmt: skip
NUMBERS = range(100, 170)
MANY = [
    entry(number, title=f"Number {number}: " + "very long words about what it is " * 9) for number in NUMBERS
]  # a post and two parts


@pytest.fixture
def due(rig: Rig) -> Rig:
    """A channel with a digest of several parts due now."""
    rig.subscribe()
    rig.arrive(MANY)
    rig.slack.advance(2 * HOUR)
    return rig


def after_the_lease(rig: Rig) -> None:
    rig.slack.advance(TIMING.lease + 1)


def parts(rig: Rig, channel: str = "C1") -> list[int]:
    """The parts that stand in a channel, in the order in which they stand there."""
    messages = rig.slack.state.lasting(channel)
    return [message.metadata["event_payload"]["part"] for message in messages if message.metadata]


def assert_whole(rig: Rig, channel: str = "C1") -> None:
    """One post, its thread in order, every entry in it once."""
    total = rig.outbox.recent_rows(channel=channel)[0].part_count
    assert total >= 3
    assert parts(rig, channel) == list(range(total))
    thread = "".join(
        str(block) for post in rig.posts(channel) if post.get("thread_ts") != post["ts"] for block in post["blocks"]
    )  # type: ignore[attr-defined]
    assert Counter(int(number) for number in re.findall(r"#(\d+) ", thread)) == Counter(NUMBERS)
    assert rig.states() == [f"{channel} digest 1 sent"]


def test_without_faults_it_is_posted_once(due: Rig) -> None:
    """However often it is looked at, by however many processes."""
    for _ in range(3):
        due.digests.run_due()
        due.process().run_due()
    assert_whole(due)


@pytest.mark.parametrize("how", ["drop_reply", "500", "internal_error"])
@pytest.mark.parametrize("part", [0, 1])
def test_a_lost_reply_is_settled_before_anything_else_is_posted(due: Rig, how: str, part: int) -> None:
    """A reply lost after the message was stored, or an error that does not say: it is looked for, then the thread goes
    on.
    """
    if part:
        due.slack.fail_next("chat.postMessage", "429", retry_after=1)  # something that is let through first
    with_fault_at(due, part, how)
    due.digests.run_due()
    assert due.states() == ["C1 digest 1 sending"]
    due.digests.run_due()
    assert due.states() == ["C1 digest 1 sending"], "nobody else may touch it before its lease is over"
    after_the_lease(due)
    due.process().run_due()
    assert_whole(due)


def with_fault_at(rig: Rig, part: int, how: str, **more: float) -> None:
    """The post of that part goes wrong."""
    take = rig.slack.faults.take
    calls = Counter[str]()

    def counting(method: str):  # type: ignore[no-untyped-def]
        fault = take(method)
        if method == "chat.postMessage" and fault is None:
            calls[method] += 1
            if calls[method] == part + 1:
                rig.slack.fail_next(method, how, **more)  # type: ignore[arg-type]
                return take(method)
        return fault

    rig.slack.faults.take = counting  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _faults_as_they_were(slack: Playground):  # type: ignore[no-untyped-def]
    take = slack.faults.take
    yield
    slack.faults.take = take  # type: ignore[method-assign]
    slack.clear_faults()


def test_a_message_stored_after_we_gave_up_is_found(due: Rig) -> None:
    """Slack stores it later than our timeout; nobody looks before the lease is over, and then it is there."""
    with_fault_at(due, 0, "store_late", seconds=0.1)
    due.digests.run_due()
    due.slack.wait_for(lambda line: line.kind == "message" and line.channel == "C1")
    after_the_lease(due)
    due.digests.run_due()
    assert_whole(due)


def test_a_slack_that_hangs_is_given_up_on_and_looked_at_later(due: Rig) -> None:
    """The client's timeout ends the call; what Slack did in the meantime is found."""
    with_fault_at(due, 1, "hang", seconds=1.2 * TIMING.timeout)
    due.digests.run_due()
    due.slack.wait_for(lambda line: line.kind == "message" and line.thread_ts is not None)
    after_the_lease(due)
    due.digests.run_due()
    assert_whole(due)


def test_a_429_is_waited_for_as_long_as_slack_says(due: Rig) -> None:
    """Nothing is posted before, and nothing has to be looked for afterwards."""
    due.slack.fail_next("chat.postMessage", "429", retry_after=40)
    before = due.slack.now()
    due.digests.run_due()
    assert_whole(due)
    assert min(line.at for line in due.slack.entries(kind="message")) >= before + 40
    assert due.slack.calls("conversations.history") == []


def test_a_very_long_429_is_given_back(due: Rig) -> None:
    """The edition is planned again, and posted whole later."""
    due.slack.fail_next("chat.postMessage", "429", retry_after=3_000)
    report = due.digests.run_due()
    assert due.states() == ["C1 digest 1 planned"]
    assert report.problems
    due.digests.run_due()
    assert_whole(due)


@pytest.mark.parametrize("undo", ["not_in_channel", "is_archived", "channel_not_found"])
def test_a_channel_that_cannot_be_posted_to_is_paused_and_comes_back_by_itself(due: Rig, undo: str) -> None:
    """Whoever set it up is told once; nothing is lost; the next slot after it was mended has all of it."""
    slack = due.slack
    {"not_in_channel": slack.kick_bot, "is_archived": slack.archive}.get(
        undo, lambda channel: (slack.make_private(channel), slack.kick_bot(channel))
    )("C1")
    for _ in range(3):
        due.digests.run_due()
        slack.advance(WEEK)
    assert due.states() == ["C1 digest 1 planned", f"UALICE {due.outbox.recent_rows()[0].stream} 1 sent"]
    assert [text for text in due.texts("DUALICE") if "paused" in text] == ["A digest that you set up is paused"]
    assert due.subscriptions.of_channel("T1", "C1")[0].paused_by == "slack"
    slack.unarchive("C1")
    slack.state.channel("C1").members.add("UHALO")
    due.digests.run_due()
    assert parts(due) == list(range(due.outbox.recent_rows(channel="C1")[0].part_count))
    assert due.subscriptions.of_channel("T1", "C1")[0].paused_by is None


def test_a_channel_that_closes_in_the_middle_of_a_thread_goes_on_where_it_stopped(due: Rig) -> None:
    """The parts that are out stay; the others follow when the bot is back."""
    with_fault_at(due, 1, "not_in_channel")
    due.digests.run_due()
    assert parts(due) == [0]
    due.slack.advance(25 * HOUR)
    due.digests.run_due()
    assert parts(due) == list(range(due.outbox.recent_rows(channel="C1")[0].part_count))


@pytest.mark.parametrize("part", [0, 1])
def test_without_history_nothing_is_there_twice_and_its_owner_is_told(due: Rig, part: int) -> None:
    """By default what may have arrived is not posted again, and whoever set it up is told which part; the others
    follow.
    """
    due.slack.set_scopes(due.slack.state.app.scopes - READING)
    with_fault_at(due, part, "drop_reply")
    due.digests.run_due()
    after_the_lease(due)
    due.digests.run_due()
    due.digests.run_due()
    row = due.outbox.recent_rows(channel="C1")[0]
    assert row.state == "failed"
    assert parts(due) == ([0] if part == 0 else list(range(row.part_count)))
    told = due.posts("DUALICE")
    assert len(told) == 1
    assert ("part 2 of" in str(told[0]["blocks"])) == bool(part)
    assert "edition 1" in str(told[0]["blocks"])


def test_without_history_the_risk_of_twice_can_be_chosen(due: Rig, tmp_path: Path) -> None:
    """`again`: a post whose fate cannot be found out is posted again."""
    rig = Rig(due.slack, tmp_path, "resend")
    rig.slack.set_scopes(rig.slack.state.app.scopes - READING)
    rig.slack.fail_next("chat.postMessage", "drop_reply")
    rig.digests.run_due()
    after_the_lease(rig)
    rig.digests.run_due()
    assert parts(rig).count(0) == 2
    assert rig.states() == ["C1 digest 1 sent"]


def test_a_crash_before_the_attempt_needs_no_history(due: Rig) -> None:
    """Claimed, and gone before anything was posted: the outbox itself says that nothing is out."""
    due.slack.set_scopes(due.slack.state.app.scopes - READING)
    publisher = due.digests.publisher
    publisher._post_parts = lambda row: None  # type: ignore[method-assign]
    due.digests.run_due()
    assert due.states() == ["C1 digest 1 sending"]
    after_the_lease(due)
    due.process().run_due()
    assert_whole(due)


def test_history_that_fails_for_now_is_asked_again_later(due: Rig) -> None:
    """A 429 or 500 of the looking says nothing about the message."""
    due.slack.fail_next("chat.postMessage", "drop_reply")
    due.digests.run_due()
    for how in ("500", "429"):
        due.slack.fail_next("conversations.history", how)
        after_the_lease(due)
        due.digests.run_due()
        assert due.states() == ["C1 digest 1 sending"]
    after_the_lease(due)
    due.digests.run_due()
    assert_whole(due)


def test_slack_out_of_reach_or_a_dead_token_loses_nothing(due: Rig) -> None:
    """The edition is planned again and due at once; the report says why nothing went out."""
    due.slack.fail_next("chat.postMessage", "token_revoked")
    report = due.digests.run_due()
    assert due.states() == ["C1 digest 1 planned"]
    assert report.problems == ["Nothing can be posted for T1: token_revoked"]
    due.digests.run_due()
    assert_whole(due)


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])
@pytest.mark.parametrize("part", [0, 1])
def test_blocks_that_slack_refuses_are_posted_as_text(due: Rig, part: int, code: str) -> None:
    """All that was in them stands there once, and says that its buttons are missing; the other messages have blocks."""
    with_fault_at(due, part, code)
    due.digests.run_due()
    due.digests.run_due()
    posts = due.posts()
    assert parts(due) == list(range(len(posts)))
    assert [not post.get("blocks") for post in posts] == [at == part for at in range(len(posts))]
    assert "no buttons" in str(posts[part]["text"])
    thread = "".join(str(post.get("blocks") or post["text"]) for post in posts[1:])
    assert Counter(int(number) for number in re.findall(r"#(\d+) ", thread)) == Counter(NUMBERS)
    assert due.states() == ["C1 digest 1 sent"]


def test_a_message_that_slack_refuses_fails_with_the_reason(due: Rig) -> None:
    """It is not tried for ever, neither with blocks nor as text, and whoever set it up is told."""
    due.slack.fail_next("chat.postMessage", "invalid_blocks", times=2)
    due.digests.run_due()
    due.digests.run_due()
    row = due.outbox.recent_rows(channel="C1")[0]
    assert (row.state, row.reason) == ("failed", "invalid_blocks")
    assert len(due.posts("DUALICE")) == 1


@pytest.mark.parametrize("code", PASSING)
@pytest.mark.parametrize("part", [0, 1])
def test_a_refusal_that_may_pass_loses_no_news(due: Rig, code: str, part: int) -> None:
    """Nothing was posted, so it is tried again every hour, by whichever process; its owner is told once."""
    if part:
        due.slack.fail_next("chat.postMessage", "429", retry_after=1)  # something that is let through first
    with_fault_at(due, part, code)
    due.digests.run_due()
    assert due.states()[-1] == "UALICE notice refused 1 1 sent"
    with_fault_at(due, 0, code)
    due.slack.advance(HOUR + 1)
    due.digests.run_due()
    due.slack.advance(HOUR + 1)
    due.process().run_due()
    assert parts(due) == list(range(due.outbox.recent_rows(channel="C1")[0].part_count))
    assert due.states() == ["C1 digest 1 sent", "UALICE notice refused 1 1 sent"]
    assert code in str(due.posts("DUALICE")[0]["blocks"])


def test_a_lookup_that_slack_refuses_is_tried_again_for_a_day(due: Rig) -> None:
    """A refusal that passes says nothing about the message; one that stays for a day is given up, and said."""
    due.slack.fail_next("chat.postMessage", "drop_reply")
    due.digests.run_due()
    due.slack.fail_next("conversations.history", "accesslimited")
    after_the_lease(due)
    due.digests.run_due()
    assert due.states() == ["C1 digest 1 sending"]
    after_the_lease(due)
    due.digests.run_due()
    assert_whole(due)


def without_fields(monkeypatch: pytest.MonkeyPatch, method: str, *names: str) -> None:
    """Slack's next answer to this method says ok, and not these."""
    usual, left = WebClient.api_call, [1]

    def call(self: WebClient, api_method: str, **more: object) -> object:
        answer = usual(self, api_method, **more)  # type: ignore[arg-type]
        if api_method == method and left:
            left.pop()
            answer.data = {name: value for name, value in answer.data.items() if name not in names}  # type: ignore[union-attr]
        return answer

    monkeypatch.setattr(WebClient, "api_call", call)


def test_an_ok_that_does_not_say_where_is_looked_for(due: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack took the message and gave no ts: it is found once the lease is over, and the thread goes on below it."""
    without_fields(monkeypatch, "chat.postMessage", "ts", "channel")
    due.digests.run_due()
    assert due.states() == ["C1 digest 1 sending"]
    after_the_lease(due)
    due.digests.run_due()
    assert_whole(due)


def test_a_notice_without_a_channel_in_its_answer_closes_no_way(due: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next notice to the same person is posted where it can be."""
    due.outbox.enqueue_notice("T1", Notice("UALICE", "first", text_message("First.")))
    without_fields(monkeypatch, "chat.postMessage", "channel")
    due.digests.publisher.send_notice(due.outbox.pending_notice_ids()[0])  # type: ignore[attr-defined]
    due.outbox.enqueue_notice("T1", Notice("UALICE", "second", text_message("Second.")))
    due.digests.run_due()
    assert due.texts("DUALICE")[:2] == ["First.", "Second."]


@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "messages_tab_disabled", "restricted_action"])
def test_a_person_who_cannot_be_reached_for_now_is_written_to_later(due: Rig, code: str) -> None:
    """A notice and a watch's news that Slack refuses once are there an hour later."""
    due.answers["sso"] = ["30"]
    assert due.watches.add("T1", "UBOB", "sso", due.arrivals.latest_seq(), due.slack.now())
    due.arrive([entry(30)])
    due.outbox.enqueue_notice("T1", Notice("UALICE", "first", text_message("First.")))
    for subscription in due.subscriptions.of_channel("T1", "C1"):
        due.subscriptions.remove(subscription, "UALICE", due.slack.now())
    due.slack.fail_next("chat.postMessage", code, 2)
    due.digests.run_due()
    assert {entry.kind for entry in due.slack.transcript} == {"refused"}
    due.slack.advance(HOUR + 1)
    due.digests.run_due()
    assert due.texts("DUALICE") == ["First."]
    assert "sso" in str(due.posts("DUBOB"))


def test_nobody_waits_for_a_person_who_is_gone(due: Rig) -> None:
    """What was to be told to an account that no longer exists ends."""
    due.outbox.enqueue_notice("T1", Notice("UALICE", "first", text_message("First.")))
    due.slack.fail_next("chat.postMessage", "user_disabled")
    due.digests.publisher.send_notice(due.outbox.pending_notice_ids()[0])  # type: ignore[attr-defined]
    assert due.states() == ["UALICE notice first 1 failed"]


@pytest.mark.parametrize("how", ["posting", "looking"])
def test_a_post_that_was_deleted_before_its_thread_was_complete(due: Rig, how: str) -> None:
    """The rest is not posted anywhere, and whoever set it up is told which parts are missing."""
    if how == "posting":
        with_fault_at(due, 1, "thread_not_found")
    else:
        with_fault_at(due, 1, "500")
        due.slack.fail_next("conversations.replies", "thread_not_found")
    due.digests.run_due()
    after_the_lease(due)
    due.digests.run_due()
    row = due.outbox.recent_rows(channel="C1")[0]
    assert (row.state, row.reason, parts(due)) == ("failed", "deleted in Slack", [0])
    (told,) = due.posts("DUALICE")
    assert f"parts 2 to {row.part_count} of {row.part_count}" in str(told["blocks"])
    assert "edition 1 of the digest in <#C1>" in str(told["blocks"])


def test_a_deleted_thread_before_anything_was_posted_loses_no_news(due: Rig) -> None:
    """Nothing is there that could have been deleted: it is tried again as any refusal."""
    due.slack.fail_next("chat.postMessage", "thread_not_found")
    due.digests.run_due()
    due.slack.advance(HOUR + 1)
    due.digests.run_due()
    assert parts(due) == list(range(due.outbox.recent_rows(channel="C1")[0].part_count))


def test_four_processes_at_once_post_once(due: Rig) -> None:
    """They start at the same moment on the same databases; the outbox gives each edition to one of them."""
    for channel in ("C2", "C3", "C4", "C5", "C6"):
        if channel != "C2":
            due.slack.add_channel(channel, channel.lower(), members=("UALICE", "UHALO"))
        due.subscribe(channel)
    due.slack.advance(WEEK)
    due.arrive([entry(400)])
    start = threading.Barrier(4)

    def run() -> None:
        process = due.process()
        start.wait()
        process.run_due()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after_the_lease(due)
    due.digests.run_due()  # on a busy machine one of them may have lost a lease on its way
    for channel in ("C1", "C2", "C3", "C4", "C5", "C6"):
        row = due.outbox.recent_rows(channel=channel)[0]
        assert (row.edition, row.state, parts(due, channel)) == (1, "sent", list(range(row.part_count)))


def test_a_turn_that_comes_later_than_the_lease_is_waited_for(due: Rig) -> None:
    """At one message in ten minutes, and after a long 429 to another channel, the lease lasts as long as the wait."""
    due.digests.publisher.rate_limiter = RateLimiter(60, 600.0)
    due.digests.run_due()
    assert_whole(due)
    assert not due.slack.calls("conversations.history")


def test_a_process_that_slept_through_its_lease_posts_nothing(due: Rig) -> None:
    """Its claim was taken over while it stood still: its renewal fails, and it leaves the edition alone."""
    asleep = due.process()
    reserve = asleep.publisher.rate_limiter.acquire

    def sleep_before_the_first_post(team: str, channel: str, now: float) -> float:
        asleep.publisher.rate_limiter.acquire = reserve  # type: ignore[method-assign]
        due.slack.advance(TIMING.lease + 1)
        due.digests.run_due()
        return 0.0

    asleep.publisher.rate_limiter.acquire = sleep_before_the_first_post  # type: ignore[method-assign]
    asleep.run_due()
    assert_whole(due)


def test_a_process_that_ends_settles_what_it_left_over(due: Rig) -> None:
    """`halobot digest --due` waits for its own lease and looks, instead of leaving that to the next hour's run."""
    due.slack.fail_next("chat.postMessage", "drop_reply")
    began = time.monotonic()
    due.digests.run_until_settled()
    assert_whole(due)
    assert time.monotonic() - began < 60
