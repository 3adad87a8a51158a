"""The judge of the highest rate, and when there is nothing to compare with."""

import pytest

from tests.bench import throughput
from tests.bench.slack_load import CommandTiming, report
from tests.bench.throughput import former_code, holds, reason_for_no_ratio


def timings(slow: int, seconds: float = 1.0, **one: bool) -> list[CommandTiming]:
    """A thousand commands, so many of them slow."""
    return (
        [CommandTiming(0.01, True)] * (999 - slow)
        + [CommandTiming(seconds, True)] * slow
        + [CommandTiming(0.01, **{"ok": True, **one})]
    )


def test_a_rate_holds_with_one_in_a_hundred_late_and_none_lost() -> None:
    """Nine of a thousand may be slow, twenty may not; none may be lost or refused."""
    assert holds(timings(9))
    assert not holds(timings(20))
    assert not holds(timings(0, ok=False))
    assert not holds(timings(0, is_busy=True))


def test_the_report_says_what_does_not_hold() -> None:
    """None over three seconds, none refused, and the share of slow ones as above."""
    assert report(timings(9), 300, 0.0, 1)[1]
    assert not report(timings(20), 300, 0.0, 1)[1]
    assert not report(timings(1, seconds=3.1), 300, 0.0, 1)[1]
    later = CommandTiming(0.01, True, is_later=True)  # acknowledged, as a job: few are
    assert report([*timings(0), *[later] * 30], 300, 0.0, 1)[1]
    assert not report([*timings(0), *[later] * 60], 300, 0.0, 1)[1]
    text, well = report(timings(0, is_busy=True), 300, 0.0, 1)
    assert not well
    assert "does NOT hold" in text


def test_without_the_history_the_ratio_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that is not there, or an import that is missing, is a reason and no error."""
    assert "history" in reason_for_no_ratio("0" * 40)
    monkeypatch.setattr(throughput, "FORMER_NEEDS", "no_such_module_at_all")
    assert "history" in reason_for_no_ratio() or "not installed" in reason_for_no_ratio()


def test_the_code_of_a_commit_is_unpacked() -> None:
    """With what starts the bot, and without uvloop, which earlier commits did not need; gone afterwards."""
    if "history" in reason_for_no_ratio("HEAD"):
        pytest.skip("there is no git history here")
    with former_code("HEAD") as folder:
        assert (folder / "bot" / "__main__.py").is_file()
        assert (folder / "uvloop.py").is_file()
    assert not folder.exists()
