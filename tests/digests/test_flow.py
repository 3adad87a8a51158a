"""From arrival to post: what is told to whom, when, and only once."""

import re
from datetime import time

import pytest

from bot.digests.rights import Actor
from bot.slack.digest_replies import digest_card
from bot.slack.views.subscription_modal import plain_message
from bot.storage.models import DeliveryRequest, Notice, Schedule, SubscriptionDraft, SubscriptionFilter
from tests.digests.material import granted
from tests.digests.rig import DAY, HOUR, MONDAYS, WEEK, Rig, entry

BILLING, CHAT = SubscriptionFilter(areas=("Billing & invoicing",)), SubscriptionFilter(areas=("Chat",))
DAILY = Schedule("daily", (0,), time(9), "Europe/London")


def announced(rig: Rig, channel: str = "C1") -> list[list[str]]:
    """The entries of each edition of a channel."""
    return [row.entry_keys for row in reversed(rig.outbox.recent_rows(channel=channel))]


def test_nothing_new_is_silence(rig: Rig) -> None:
    """What was known when it was set up is no news; weeks without news pass without a post."""
    rig.subscribe()
    for _ in range(3):
        rig.a_week_later()
        rig.digests.run_due()
    assert rig.posts() == []


def test_or_one_line_if_chosen(rig: Rig) -> None:
    """Once a slot."""
    rig.subscribe(post_when_empty=True)
    rig.a_week_later()
    rig.digests.run_due()
    rig.digests.run_due()
    assert len(rig.texts()) == 1
    assert rig.texts()[0].startswith("Nothing new in HaloPSA since Monday 23 November")


def test_not_before_its_hour_and_then_once(rig: Rig) -> None:
    """Monday 09:00 in London; not a minute earlier, and not again."""
    rig.subscribe()
    rig.arrive([entry(10)])
    rig.slack.advance(HOUR - 60)
    rig.digests.run_due()
    assert rig.posts() == []
    rig.slack.advance(60)
    for _ in range(3):
        rig.digests.run_due()
    assert announced(rig) == [["10"]]


def test_a_machine_that_slept_three_weeks_posts_one_digest(rig: Rig) -> None:
    """With everything that arrived; the next one comes at its usual hour."""
    rig.subscribe()
    rig.arrive([entry(10)])
    rig.slack.advance(3 * WEEK + DAY)
    rig.arrive([entry(11)])
    rig.digests.run_due()
    rig.digests.run_due()
    assert [sorted(keys) for keys in announced(rig)] == [["10", "11"]]
    rig.arrive([entry(12)])
    rig.slack.advance(5 * DAY)
    rig.digests.run_due()
    assert len(announced(rig)) == 1
    rig.slack.advance(DAY + 2 * HOUR)
    rig.digests.run_due()
    assert announced(rig)[1:] == [["12"]]


def test_a_deleted_and_rebuilt_catalogue_announces_nothing(rig: Rig) -> None:
    """The next new entry it does."""
    rig.subscribe()
    rig.catalogue.close()
    for file in rig.folder.glob("catalog.db*"):
        file.unlink()
    rig.arrive([])
    rig.arrive([entry(number, version="2.216") for number in (3, 2, 1)])
    rig.a_week_later()
    rig.digests.run_due()
    assert rig.posts() == []
    rig.arrive([entry(4)])
    rig.a_week_later()
    rig.digests.run_due()
    assert announced(rig) == [["4"]]


def test_a_late_change_of_an_old_version_and_a_correction_are_told_once(rig: Rig) -> None:
    """Neither again the week after."""
    rig.subscribe()
    rig.arrive([entry(50, version="2.204"), entry(2, version="2.216", summary="It was wrong before.")])
    for _ in range(2):
        rig.a_week_later()
        rig.digests.run_due()
    assert announced(rig) == [["50", "2"]] or announced(rig) == [["2", "50"]]
    assert "corrected" in str(rig.posts()[0]["blocks"])


def test_several_filters_are_one_digest(rig: Rig) -> None:
    """Their union, each entry once, also where they overlap."""
    for wanted in (BILLING, CHAT, SubscriptionFilter(highlights=True)):
        rig.subscribe(wanted=wanted)
    rig.arrive([entry(10, area="Billing & invoicing", highlighted=True), entry(11, area="Chat"), entry(12, area="API")])
    rig.a_week_later()
    rig.digests.run_due()
    assert [sorted(keys) for keys in announced(rig)] == [["10", "11"]]


def test_filters_with_their_own_schedules_never_tell_an_entry_twice(rig: Rig) -> None:
    """What the daily one told is no news to the weekly one of the same channel."""
    rig.subscribe(wanted=BILLING, schedule=DAILY)
    rig.subscribe(wanted=SubscriptionFilter(highlights=True))
    rig.slack.advance(2 * HOUR)
    rig.digests.run_due()
    rig.arrive([entry(10, area="Billing & invoicing", highlighted=True), entry(11, area="Chat", highlighted=True)])
    rig.slack.advance(DAY)
    rig.digests.run_due()
    assert announced(rig) == [["10"]]
    rig.slack.advance(6 * DAY)
    rig.digests.run_due()
    assert announced(rig) == [["10"], ["11"]]


def test_as_soon_as_a_version_arrives(rig: Rig) -> None:
    """At the next look; a correction waits for something new to go with."""
    rig.subscribe(schedule=Schedule("on arrival"))
    rig.arrive([entry(1, version="2.216", summary="Corrected.")])
    rig.digests.run_due()
    assert rig.posts() == []
    rig.arrive([entry(10)])
    rig.digests.run_due()
    rig.digests.run_due()
    assert [sorted(keys) for keys in announced(rig)] == [["1", "10"]]


def test_posting_at_once_leaves_the_schedule_alone(rig: Rig) -> None:
    """`digest now` tells what is new; Monday's tells what came after it."""
    rig.subscribe()
    rig.arrive([entry(10)])
    assert rig.digests.post_now("T1", "C1").state == "sent"  # type: ignore[union-attr]
    assert rig.digests.post_now("T1", "C1") is None
    rig.arrive([entry(11)])
    rig.slack.advance(2 * HOUR)
    rig.digests.run_due()
    assert announced(rig) == [["10"], ["11"]]


def test_looking_ahead_changes_nothing(rig: Rig) -> None:
    """A preview moves no cursor and writes no edition."""
    rig.subscribe()
    rig.arrive([entry(10)])
    edition = rig.digests.builder.preview_edition("T1", "C1")
    assert edition is not None
    assert len(edition.items) == 1
    assert rig.digests.builder.preview_edition("T1", "C2") is None
    assert rig.outbox.recent_rows() == []
    rig.slack.advance(2 * HOUR)
    rig.digests.run_due()
    assert announced(rig) == [["10"]]


def test_paused_by_a_person_is_left_alone_and_catches_up(rig: Rig) -> None:
    """Nothing while paused; afterwards one digest with all of it at the next slot, not at once."""
    rig.subscribe()
    (one,) = rig.subscriptions.of_team("T1")
    rig.subscriptions.pause(one, "UALICE", rig.slack.now())
    rig.arrive([entry(10)])
    rig.slack.advance(2 * WEEK + 2 * HOUR)
    rig.digests.run_due()
    rig.subscriptions.resume(one, "UALICE", rig.slack.now())
    rig.digests.run_due()
    assert rig.posts() == []
    rig.a_week_later()
    rig.digests.run_due()
    assert announced(rig) == [["10"]]


def test_a_renamed_channel_keeps_its_digest(rig: Rig) -> None:
    """It is kept by id."""
    rig.subscribe()
    rig.arrive([entry(10)])
    rig.slack.rename("C1", "another-name")
    rig.a_week_later()
    rig.digests.run_due()
    assert announced(rig) == [["10"]]


def test_one_bad_zone_stops_no_digest(rig: Rig) -> None:
    """One in a zone that the machine no longer knows comes by UTC; neither the channel's other digest nor the list of
    digests fails, and the list says which hour it is.
    """
    rig.subscribe("C1", SubscriptionFilter(areas=(entry(10).area or "",)), Schedule(zone="Mars/Olympus"))
    rig.subscribe("C1", SubscriptionFilter(areas=(entry(11).area or "",)))
    rig.subscribe("C2")
    rig.arrive([entry(10), entry(11)])
    rig.a_week_later()
    assert rig.digests.run_due().problems == []
    assert announced(rig, "C2") == [["10", "11"]]
    assert [sorted(keys) for keys in announced(rig)] == [["10", "11"]]
    service, actor = rig.service(), Actor("T1", "C1", "UALICE")
    first = digest_card(service.of_channel(actor)[0])
    assert first.schedule_text == "every Monday at 09:00 (UTC, because Mars/Olympus is not known here)"
    assert "Monday 30 November at 09:00" in first.next_text
    assert service.pause_end(service.of_channel(actor)[0], "for a week").at


def test_a_watch_is_told_once_for_each_entry(rig: Rig) -> None:
    """One direct message for what arrived together; nothing again for what was told; corrections are no answer."""
    rig.watches.add("T1", "UBOB", "jira default status", rig.arrivals.latest_seq(), rig.slack.now())
    rig.answers["jira default status"] = ["10", "11", "1"]
    rig.arrive([entry(10), entry(11), entry(12)])
    for _ in range(2):
        rig.digests.run_due()
    rig.arrive([entry(10, summary="Corrected.")])
    rig.digests.run_due()
    assert len(rig.posts("DUBOB")) == 1
    assert rig.outbox.recent_rows()[0].entry_keys == ["10", "11"]
    rig.answers["jira default status"].append("13")
    rig.arrive([entry(13)])
    rig.digests.run_due()
    assert [row.entry_keys for row in reversed(rig.outbox.recent_rows())] == [["10", "11"], ["13"]]
    watch = rig.watches.all()[0]
    rig.watches.stop("T1", "UBOB", watch.id, rig.slack.now())
    rig.answers["jira default status"].append("14")
    rig.arrive([entry(14)])
    rig.digests.run_due()
    assert len(rig.posts("DUBOB")) == 2


def test_nothing_that_answers_a_watch_is_left_out(rig: Rig) -> None:
    """However much arrives at once: what the message has no room for stands in its thread, each change once, with a way
    to its details.
    """
    keys = [str(number) for number in range(100, 400)]
    rig.watches.add("T1", "UBOB", "v2.210", rig.arrivals.latest_seq(), rig.slack.now())
    rig.answers["v2.210"] = keys
    rig.arrive([entry(int(key), title=f"Change {key}: {'a long title ' * 12}") for key in keys])
    for _ in range(2):
        rig.digests.run_due()
    post, *thread = rig.posts("DUBOB")
    shown = len(re.findall(r"Change \d+: ", str([block for block in post["blocks"] if block["type"] == "section"])))
    assert 15 < shown <= 21  # as many long titles as there is room for
    assert f"and {len(keys) - shown} others, in this message's thread" in str(post["blocks"])
    assert {message["thread_ts"] for message in thread} == {post["ts"]}
    texts = [
        str(block["text"]) for message in (post, *thread) for block in message["blocks"] if block["type"] == "section"
    ]
    assert sorted(re.findall(r"Change (\d+): ", "\n".join(texts))) == keys
    menus = str([block for message in thread for block in message["blocks"] if block["type"] == "actions"])
    assert all(f"Change {key}: " in menus for key in re.findall(r"Change (\d+): ", "\n".join(texts))[shown:])


def test_several_watches_are_one_message(rig: Rig) -> None:
    """What answers several watches of a person comes once, and says which; another person has their own message."""
    for user, question in (("UBOB", "jira"), ("UBOB", "status"), ("UBOB", "sso"), ("UALICE", "jira")):
        rig.watches.add("T1", user, question, rig.arrivals.latest_seq(), rig.slack.now())
    rig.answers |= {"jira": ["10", "11"], "status": ["11", "12"]}
    rig.arrive([entry(10), entry(11), entry(12)])
    for _ in range(2):
        rig.digests.run_due()
    assert (len(rig.posts("DUBOB")), len(rig.posts("DUALICE"))) == (1, 1)
    said = str(rig.posts("DUBOB")[0]["blocks"])
    assert "your watches “jira” and “status”:" in said
    assert all(said.count(f"Change {number}:") == 1 for number in (10, 11, 12))
    assert "Stop “jira”" in said
    assert "“sso”" not in said
    assert {watch.cursor for watch in rig.watches.all()} == {rig.arrivals.latest_seq()}


def test_several_watches_whose_message_is_refused(rig: Rig) -> None:
    """All of them are told when Slack takes it, once, without the one that was stopped meanwhile."""
    for question in ("jira", "status", "sso"):
        rig.watches.add("T1", "UBOB", question, rig.arrivals.latest_seq(), rig.slack.now())
    rig.answers |= {"jira": ["10"], "status": ["11"], "sso": ["12"]}
    rig.arrive([entry(10), entry(11), entry(12)])
    rig.slack.fail_next("chat.postMessage", "accesslimited")
    rig.digests.run_due()
    rig.watches.stop("T1", "UBOB", rig.watches.all()[2].id, rig.slack.now())
    rig.slack.advance(2 * HOUR)
    rig.digests.run_due()
    rig.digests.run_due()
    (row,) = rig.outbox.recent_rows(stream="watches")
    assert (row.state, sorted(row.entry_keys)) == ("sent", ["10", "11"])


def test_a_watched_number_is_told_of_its_corrections(rig: Rig) -> None:
    """Each of them, once; of other entries only what is new."""
    rig.arrive([entry(1016865), entry(1016866)])
    rig.watches.add("T1", "UBOB", "#1016865", rig.arrivals.latest_seq(), rig.slack.now())
    for summary in ("Corrected.", "Corrected again."):
        rig.arrive([entry(1016865, summary=summary), entry(1016866, summary=summary)])
        for _ in range(2):
            rig.digests.run_due()
    assert [row.entries[0][1:] for row in rig.outbox.recent_rows()] == [["1016865", "updated"]] * 2
    assert "Corrected for your watch “#1016865”:" in str(rig.posts("DUBOB")[0]["blocks"])


def test_a_watch_s_lost_reply_is_settled_in_the_persons_messages(rig: Rig) -> None:
    """Through the same outbox: where an earlier reply told where those are, it is looked for before it is posted
    again.
    """
    rig.watches.add("T1", "UBOB", "sso", rig.arrivals.latest_seq(), rig.slack.now())
    rig.answers["sso"] = ["10", "11"]
    rig.arrive([entry(10)])
    rig.digests.run_due()
    rig.arrive([entry(11)])
    rig.slack.fail_next("chat.postMessage", "drop_reply")
    rig.digests.run_due()
    rig.slack.advance(60)
    rig.digests.run_due()
    assert len(rig.posts("DUBOB")) == 2
    assert rig.states() == ["UBOB watches 1 sent", "UBOB watches 2 sent"]


def test_the_manifest_s_scopes_do_for_direct_messages(rig: Rig) -> None:
    """The first one to somebody makes no call but its post, and the next goes into the same conversation."""
    rig.slack.set_scopes(granted())
    for name in ("one", "two"):
        rig.outbox.enqueue_notice("T1", Notice("UBOB", name, plain_message(name)))
        rig.digests.run_due()
    assert rig.texts("DUBOB") == ["one", "two"]
    assert [call.args["channel"] for call in rig.slack.calls("chat.postMessage")] == ["UBOB", "DUBOB"]
    assert not rig.slack.calls("conversations.open")


@pytest.mark.parametrize("arrived", [True, False])
def test_a_lost_first_notice_is_sent_again(rig: Rig, arrived: bool) -> None:
    """Nobody can look for it, for its conversation is not known: rather twice than never."""
    rig.slack.set_scopes(granted())
    rig.outbox.enqueue_notice("T1", Notice("UBOB", "one", plain_message("one")))
    rig.slack.fail_next("chat.postMessage", "drop_reply" if arrived else "500")
    rig.digests.run_due()
    rig.slack.advance(60)
    rig.digests.run_due()
    assert rig.texts("DUBOB") == ["one"] * (2 if arrived else 1)
    assert rig.states()[0].endswith("sent")


def test_a_lost_first_answer_to_a_watch_is_not_passed_over(rig: Rig) -> None:
    """It is not posted again (HALO_ON_UNKNOWN_DELIVERY=skip), and the person is told that it may be missing."""
    rig.slack.set_scopes(granted())
    rig.watches.add("T1", "UBOB", "sso", rig.arrivals.latest_seq(), rig.slack.now())
    rig.answers["sso"] = ["10"]
    rig.arrive([entry(10)])
    rig.slack.fail_next("chat.postMessage", "500")
    rig.digests.run_due()
    rig.slack.advance(60)
    rig.digests.run_due()
    assert rig.states()[0] == "UBOB watches 1 failed"
    assert rig.texts("DUBOB") == ["News for one of your watches may not have arrived"]


def test_the_scheduler_looks_by_itself(rig: Rig) -> None:
    """In a thread of the process, soon after it was started."""
    from bot.digests.runner import start_scheduler

    rig.subscribe(schedule=Schedule("on arrival"))
    rig.arrive([entry(10)])
    scheduler = start_scheduler(rig.digests, seconds=0.2)
    try:
        rig.slack.wait_for(lambda line: line.kind == "message" and line.channel == "C1")
    finally:
        scheduler.shutdown()


def test_a_process_leaves_the_workspaces_that_it_has_no_token_for_alone(rig: Rig) -> None:
    """Two workspaces in one database: a process posts, settles and fails nothing of the other one's."""
    for team in ("T1", "T2"):
        rig.watches.add(team, "UBOB", "sso", rig.arrivals.latest_seq(), rig.slack.now())
        rig.subscriptions.add(
            team, "C1", SubscriptionDraft(SubscriptionFilter(), MONDAYS), "UALICE", rig.arrivals.latest_seq(), 0.0
        )
        rig.outbox.enqueue_notice(team, Notice("UALICE", "something", {"text": team, "blocks": []}))
    rig.answers["sso"] = ["10"]
    rig.arrive([entry(10)])
    rig.slack.advance(2 * HOUR)
    rig.digests.publisher.served_teams = lambda: ("T1",)
    rig.digests.run_due()
    assert {row.state for row in rig.outbox.recent_rows("T1")} == {"sent"}
    assert [row.state for row in rig.outbox.recent_rows("T2")] == ["planned"]
    rig.digests.publisher.served_teams = lambda: ("T2",)
    rig.digests.run_due()
    assert {row.state for row in rig.outbox.recent_rows("T2")} == {"sent"}
    assert len(rig.outbox.recent_rows("T2")) == 3


def test_a_left_over_row_of_another_workspace_is_not_taken_over(rig: Rig) -> None:
    """Its own process settles it."""
    request = DeliveryRequest("T2", "C1", "digest", 1, [(1, "10", "new")], [{"text": "x"}])
    rig.outbox.claim(request, "nonce", "gone", rig.slack.now(), 1.0)
    rig.slack.advance(HOUR)
    rig.digests.publisher.served_teams = lambda: ("T1",)
    rig.digests.run_due()
    assert [row.owner for row in rig.outbox.recent_rows("T2")] == ["gone"]


def test_when_slack_does_not_say_whose_token_it_is_nothing_is_posted(rig: Rig) -> None:
    """It is said, and the digest is due at the next run."""
    rig.subscribe()
    rig.arrive([entry(10)])
    rig.slack.advance(2 * HOUR)

    def unreachable() -> None:
        raise OSError("no route")

    rig.digests.publisher.served_teams = unreachable
    assert rig.digests.run_due().problems == ["Nothing can be posted: no route"]
    rig.digests.publisher.served_teams = lambda: None
    rig.digests.run_due()
    assert rig.states() == ["C1 digest 1 sent"]
