"""The one list of what is wrong: told once when it begins and when it is over, and shown as checks."""

import logging

import pytest

from bot.database_advice import advice_on
from bot.problems import TELL_AGAIN_SECONDS, Problem, ProblemList, ProblemNotice


class Operator:
    """Whoever runs the bot, with a clock."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.is_reached = True
        self.seconds = 1_000.0
        self.problems = ProblemList(self.tell, self.clock, self.clock)

    def clock(self) -> float:
        return self.seconds

    def tell(self, notice: ProblemNotice) -> bool:
        if self.is_reached:
            self.told.append(notice.text)
        return self.is_reached

    def hears(self) -> list[str]:
        """What is new to them."""
        before = len(self.told)
        self.problems.tell_operator()
        return self.told[before:]

    def states(self) -> dict[str, tuple[bool, float]]:
        """Each check: whether it is ok, and since when."""
        return {check.name: (check.is_ok, check.since) for check in self.problems.checks()}


@pytest.fixture
def operator() -> Operator:
    return Operator()


FULL, FULLER = Problem("disk /", "9 MB are left."), Problem("disk /", "8 MB are left.")


def test_told_once_and_once_that_it_is_over(operator: Operator, caplog: pytest.LogCaptureFixture) -> None:
    """By message and in the log; a text that changes while it is so is no news."""
    caplog.set_level(logging.WARNING)
    operator.problems.report("disks", [FULL])
    assert operator.hears() == ["9 MB are left."]
    operator.problems.report("disks", [FULLER])
    assert operator.hears() == []
    operator.problems.report("disks")
    assert operator.hears() == ["This is over: 8 MB are left."]
    operator.problems.report("disks")
    assert operator.hears() == []
    assert [record.getMessage() for record in caplog.records] == ["9 MB are left.", "This is over: 8 MB are left."]


def test_one_look_ends_only_what_it_found(operator: Operator) -> None:
    """Neither another check's problems nor what somebody else has noted."""
    operator.problems.report("disks", [FULL])
    operator.problems.begin("slack", Problem("refused", "Refused."))
    operator.problems.report("slack", [Problem("scopes", "Missing.")])
    operator.problems.report("slack")
    assert [problem.key for problem in operator.problems.current()] == ["disk /", "refused"]
    operator.problems.over("refused", "never begun")
    assert [problem.key for problem in operator.problems.current()] == ["disk /"]


def test_told_as_soon_as_somebody_can_be(operator: Operator) -> None:
    """Nobody could be told: it is tried again after a while; what was over before that is not told at all."""
    operator.is_reached = False
    operator.problems.report("disks", [FULL])
    operator.problems.report("digests", [Problem("digest", "Late.")])
    assert operator.hears() == []
    operator.is_reached = True
    operator.problems.report("digests")
    assert operator.hears() == []
    operator.seconds += TELL_AGAIN_SECONDS
    assert operator.hears() == ["9 MB are left."]


def test_not_by_message(operator: Operator) -> None:
    """That Slack is gone is for the log: nobody can be told there, and afterwards it is no news."""
    operator.problems.report("slack", [Problem("gone", "Gone.", is_messaged=False)])
    operator.problems.report("slack")
    assert operator.hears() == []


def test_checks(operator: Operator) -> None:
    """Not ok before the first look, while something serious is wrong, and when a look hangs; each with its moment."""
    problems = operator.problems
    problems.expect("disks", 50)
    problems.expect("slack", 50)
    assert operator.states() == {"disks": (False, 1_000), "slack": (False, 1_000)}
    operator.seconds = 1_001
    problems.report("disks")
    problems.report("slack", [Problem("minor", "Odd.", is_serious=False)])
    assert operator.states() == {"disks": (True, 1_001), "slack": (True, 1_001)}
    operator.seconds = 1_020
    problems.report("disks", [FULL])
    assert operator.states() == {"disks": (False, 1_020), "slack": (True, 1_001)}
    operator.seconds = 1_060  # the look at slack hangs
    problems.report("disks")
    assert operator.states() == {"disks": (True, 1_060), "slack": (False, 1_001)}
    assert [problem.text for problem in problems.current()][1:] == [
        "The state of slack is not known: looking at it hangs or fails."
    ]
    problems.report("slack")
    assert operator.states()["slack"] == (True, 1_060)
    assert problems.current() == []


def test_for_people(operator: Operator) -> None:
    """They are shown words of their own, each once, and not the checks that are left out."""
    operator.problems.report("disks", [Problem("disk /a", "/a", "Full."), Problem("disk /b", "/b", "Full.")])
    operator.problems.report("sources", [Problem("source", "S")])
    assert operator.problems.sentences() == ["Full.", "S"]
    assert operator.problems.sentences("sources") == ["Full."]


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("database or disk is full", "Make room"),
        ("[Errno 28] No space left on device: 'x'", "Make room"),
        ("cannot execute UPDATE in a read-only transaction", "takes no writes"),
        ("attempt to write a readonly database", "the right to."),
        ("[Errno 30] Read-only file system: '/srv/x'", "the right to."),
        ("[Errno 24] Too many open files: '/srv/x'", "more files"),
        ("FATAL:  too many connections for role", "connections"),
        ('relation "inbox" already exists', "another program"),
        ("database disk image is malformed", "Put a backup"),
        ('malformed array literal: "x"', "Check it."),
        ("[Errno 13] Permission denied: '/srv/x'", "Let the bot write"),
        ("permission denied for table watches", "Let the bot write"),
        ("FATAL:  sorry, too many clients already", "connections"),
        ("FATAL:  remaining connection slots are reserved", "connections"),
        ("disk I/O error", "may be full, or failing"),
        ("database is locked", "Another program"),
        ("file is not a database", "Put a backup"),
        ('FATAL:  role "halobot" does not exist', "Check it."),
    ],
)
def test_what_to_do_about_a_database(reason: str, advice: str) -> None:
    """What is said to do fits the reason that the database gives; of one that is not known it is the general advice."""
    assert advice in advice_on(reason, "Check it.")
    assert advice_on("something new", "Check it.") == "Check it."
