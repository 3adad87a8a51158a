"""The judges of drills see what is lost, doubled or not named, and nothing else."""

import random
from pathlib import Path

import pytest

from tests.drill.chaos.judge import POST, Failed, Posted, Verdict, judge_acts, judge_telling
from tests.drill.chaos.report import added
from tests.drill.chaos.run import Result
from tests.drill.replicas import Acts, Balanced
from tests.drill.results import with_main_part, with_section
from tests.prepared import new_workspace


def part(nonce: str, number: int, *keys: str) -> Posted:
    """A part of an edition with these entries."""
    return Posted(POST, {"nonce": nonce, "part": number}, " ".join(f"#{key}" for key in keys))


@pytest.mark.parametrize(
    ("messages", "lost", "doubled"),
    [
        ([part("a", 0, "1", "2")], 0, 0),
        ([part("a", 0, "1"), part("b", 0, "2")], 0, 0),
        ([part("a", 0, "1"), part("a", 1, "1", "2")], 0, 0),  # of several parts the first only has the best
        ([part("a", 0, "1")], 1, 0),
        ([], 1, 0),
        ([part("a", 0, "1", "2"), part("b", 0, "2")], 0, 1),
        ([part("a", 0, "1", "2"), part("a", 0, "1", "2")], 0, 1),
    ],
)
def test_entries_are_told_once(messages: list[Posted], lost: int, doubled: int) -> None:
    """An entry that is not in a channel is lost; one in two editions, or in a copy of a part, is doubled."""
    verdict = Verdict()
    judge_telling(verdict, "C1", ["1", "2"], messages, [])
    assert (len(verdict.lost), len(verdict.doubled)) == (lost, doubled)


def test_what_a_person_is_told_in_parts_is_told() -> None:
    """The thread of a watch message has what its post has no room for; of a digest the thread has all."""
    messages = [part("a", 0, "1"), part("a", 1, "2")]
    person, channel = Verdict(), Verdict()
    judge_telling(person, "U1", ["1", "2"], messages, [])
    judge_telling(channel, "C1", ["1", "2"], messages, [])
    assert (person.lost, len(channel.lost)) == ([], 1)


def test_what_slack_refused_for_good_is_excused_where_its_owner_knows() -> None:
    """Named, it is counted as ended; unnamed, it is lost and unnamed."""
    named, silent = Verdict(), Verdict()
    judge_telling(named, "C1", ["1"], [], [Failed(["1"], is_named=True, is_unknown=False)])
    judge_telling(silent, "C1", ["1"], [], [Failed(["1"], is_named=False, is_unknown=False)])
    assert (named.well, named.ended) == (True, 1)
    assert (len(silent.lost), len(silent.unnamed)) == (1, 1)


def test_acts_are_done_once_or_their_person_knows() -> None:
    """Done twice is doubled; not done is lost, unless the person was told."""
    verdict = Verdict()
    judge_acts(verdict, "the watch", {"U1": 1, "U2": 2, "U3": 0, "U4": 0}, {"U4"})
    assert (verdict.done, verdict.refused) == (1, 1)
    assert verdict.doubled == ["the watch of U2: 2 times"]
    assert verdict.lost == ["the watch of U3"]


def test_figures_of_one_command_keep_those_of_the_others() -> None:
    """A section is replaced in its place or added, and the main part leaves the others' sections."""
    page = with_section("# Drill\n\n## sqlite\n\nold\n", "Chaos", "first")
    page = with_section(page, "Told to end: sqlite", "ended")
    page = with_section(page, "Chaos", "second")
    page = with_main_part(page, "# Drill\n\n## sqlite\n\nnew\n")
    assert page == "# Drill\n\n## sqlite\n\nnew\n\n## Told to end: sqlite\n\nended\n\n## Chaos\n\nsecond\n"


def test_several_runs_are_added_up() -> None:
    """What each found wrong, what struck and what was done, by kind; of the slowest ends, the slowest."""
    first = Result(Verdict(lost=["a"], done=2), {"429": 1, "500": 2}, starts=3, slowest_end=7.0, seeds=[1])
    second = Result(Verdict(lost=["b"], done=3), {"500": 1}, starts=4, slowest_end=5.0, seeds=[2], unsettled="jobs: 1")
    both = added([first, second])
    assert (both.verdict, both.struck) == (Verdict(lost=["a", "b"], done=5), {"429": 1, "500": 3})
    assert (both.starts, both.slowest_end, both.seeds, both.unsettled) == (7, 7.0, [1, 2], "jobs: 1")


def test_replicas_are_judged_by_all_messages(tmp_path: Path) -> None:
    """An answer counts though the transcript has forgotten it; one that is not there is lost, a second one doubled."""
    with Balanced(random.Random(1)) as slack:
        channel, bot = slack.state.channel("C1"), slack.state.app.user_id
        asked = [slack.state.post(channel, "UALICE", "jira?", "say", "person").ts for _ in range(3)]
        for ts in (asked[0], asked[2], asked[2]):
            slack.state.post(channel, bot, "an answer", "chat.postMessage", "web_api", thread_ts=ts)
        slack.clear_transcript()
        assert Acts(mentions=asked).count(slack, new_workspace(tmp_path / "workspace.db")) == [1, 0, 2]
