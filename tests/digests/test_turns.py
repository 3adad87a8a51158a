"""Workspaces take turns, so that the limit of one keeps no other waiting."""

from bot.digests.runner import in_turns


def test_one_of_each_workspace_in_turn() -> None:
    """In each workspace's own order; nothing is left out."""
    rows = [("T1", 1), ("T1", 2), ("T1", 3), ("T2", 4), ("T3", 5), ("T3", 6)]
    assert in_turns(rows) == [("T1", 1), ("T2", 4), ("T3", 5), ("T1", 2), ("T3", 6), ("T1", 3)]
    assert in_turns([]) == []
