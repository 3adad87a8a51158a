"""The drill of many workspaces, in small: what it judges holds, and its judge notices what is wrong."""

import pytest

from bot.digests.runner import DigestRunner
from tests.drill.many_workspaces import drill


def test_a_few_workspaces(postgresql_url: str) -> None:
    """Each channel has its own workspace's digest once, also where one is revoked in the middle."""
    wrong, text = drill(postgresql_url, 4, 4)
    assert wrong == []
    assert "4 workspaces" in text


def test_the_judge_notices(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing posted is found wrong."""
    monkeypatch.setattr(DigestRunner, "_post_digest", lambda *_: None)
    wrong, _ = drill(postgresql_url, 3, 2)
    assert any("has 0 editions" in one for one in wrong)
