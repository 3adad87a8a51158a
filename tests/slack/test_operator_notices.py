"""The operator is told of a problem once, however many processes have it."""

import pytest
from sqlalchemy.exc import OperationalError

from bot.problems import CheckName, ProblemNotice
from bot.slack.operator_notices import KEEP_SECONDS, OperatorNotices
from bot.storage.database import open_workspace
from bot.storage.turns import TOLD_SECONDS, Turns
from tests.prepared import new_workspace


class Place:
    """A workspace database, processes on two machines, and an operator."""

    def __init__(self, url: str) -> None:
        self.engine = open_workspace(url)
        self.told: list[str] = []
        self.is_reached = self.has_database = True
        self.seconds = 0.0

    def process(self, host: str = "one", has_others: bool = True) -> OperatorNotices:
        """One of the bot's processes."""
        return OperatorNotices(self._tell, self._turns if has_others else None, host, lambda: self.seconds)

    def _tell(self, text: str) -> bool:
        self.told += [text] if self.is_reached else []
        return self.is_reached

    def _turns(self) -> Turns:
        if not self.has_database:
            raise OperationalError("", {}, Exception("gone"))
        return Turns(self.engine, lambda: 1_000_000.0 + self.seconds)


@pytest.fixture
def place(tmp_path) -> Place:
    return Place(new_workspace(tmp_path / "workspace.db"))


def began(check: CheckName, key: str = "k") -> ProblemNotice:
    return ProblemNotice(check, key, f"{key} began")


def over(check: CheckName, key: str = "k") -> ProblemNotice:
    return ProblemNotice(check, key, f"{key} is over", is_over=True)


def test_what_all_have_is_told_once(place: Place) -> None:
    """A digest that is overdue is so for every process; the first that sees it tells, and the first that sees its end
    does.
    """
    one, other = place.process("one"), place.process("two")
    assert [one.tell(began("digests")), other.tell(began("digests"))] == [True, True]
    assert [other.tell(over("digests")), one.tell(over("digests"))] == [True, True]
    assert place.told == ["k began", "k is over"]


def test_each_machine_has_its_own(place: Place) -> None:
    """A full disk is one of each machine, and of one machine's processes one tells."""
    for process in (place.process("one"), place.process("one"), place.process("two")):
        assert process.tell(began("disks"))
    assert place.told == ["k began", "k began"]


def test_nobody_is_reached(place: Place) -> None:
    """It is tried again, by whichever process comes first; the same for its end."""
    one, other = place.process(), place.process()
    place.is_reached = False
    assert not one.tell(began("slack"))
    place.is_reached = True
    assert other.tell(began("slack"))
    assert one.tell(began("slack"))
    assert place.told == ["k began"]
    place.is_reached = False
    assert not one.tell(over("slack"))
    place.is_reached = True
    assert one.tell(over("slack"))
    assert other.tell(over("slack"))
    assert place.told == ["k began", "k is over"]


def test_what_nobody_heard_of_is_not_kept(place: Place) -> None:
    """A process that could tell nobody keeps nothing for another one: when that is gone, the next one tells."""
    one, other = place.process(), place.process()
    place.is_reached = False
    assert not one.tell(began("slack"))
    place.is_reached = True
    assert other.tell(began("slack"))  # and is killed
    for _ in range(6):
        place.seconds += KEEP_SECONDS
        one.keep()
    assert place.process().tell(began("slack"))
    assert place.told == ["k began", "k began"]


def test_without_the_database_each_tells(place: Place) -> None:
    """It is what may be told of; whoever told of it says that it is over, when the database is back."""
    one, other = place.process("one"), place.process("two")
    place.has_database = False
    for process in (one, other):
        assert process.tell(began("workspace_database"))
    place.has_database = True
    for process in (one, other):
        assert process.tell(over("workspace_database"))
    assert place.told == ["k began"] * 2 + ["k is over"] * 2


def test_a_process_that_starts_later(place: Place) -> None:
    """What another process still has is not told again; what nobody has any more is."""
    one = place.process()
    for key in ("slack", "digest"):
        one.tell(began("slack", key))
    one.tell(over("slack", "digest"))
    place.seconds += KEEP_SECONDS
    one.keep()
    place.seconds += TOLD_SECONDS - 1
    later = place.process()
    later.tell(began("slack", "slack"))
    assert place.told == ["slack began", "digest began", "digest is over"]
    place.seconds += 1
    place.process().tell(began("slack", "slack"))
    assert place.told[3:] == ["slack began"]


def test_alone_nothing_is_noted(place: Place) -> None:
    """The only process needs no database to tell."""
    place.has_database = False
    process = place.process(has_others=False)
    for notice in (began("disks"), over("disks"), began("disks")):
        assert process.tell(notice)
    process.keep()
    assert place.told == ["k began", "k is over", "k began"]
