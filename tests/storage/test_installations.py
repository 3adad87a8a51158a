"""Installations: tokens are encrypted, uninstalling pauses one workspace, and installing again goes on."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import SettingError
from bot.storage.audit_log import read_events
from bot.storage.installations import MAX_STATES, Installations, InstalledWorkspace, Tokens
from bot.storage.models import PAUSED_BY_UNINSTALL, Schedule, Subscription, SubscriptionDraft, SubscriptionFilter
from bot.storage.subscriptions import Subscriptions
from bot.storage.token_cipher import TokenCipher, UnreadableTokenError, new_key

FIRST, SECOND = new_key(), new_key()
TOKENS = Tokens("xoxb-secret-one", "xoxe-1-refresh-one", 5_000.0)


def workspace(team: str = "T1") -> InstalledWorkspace:
    return InstalledWorkspace(team, f"Team {team}", "A1", "B1", "UHALO", ("commands", "chat:write"), "UALICE", 0.0)


def store(engine: sa.Engine, *keys: str) -> Installations:
    return Installations(engine, TokenCipher(keys or (FIRST,)))


def subscribe(engine: sa.Engine, team: str, channel: str) -> Subscription:
    draft = SubscriptionDraft(SubscriptionFilter(), Schedule("daily"))
    made = Subscriptions(engine).add(team, channel, draft, "UALICE", 0, 100.0)
    assert made is not None
    return made


def paused_by(engine: sa.Engine, team: str) -> list[str | None]:
    return [row.paused_by for row in Subscriptions(engine).of_team(team)]


def test_what_is_stored_is_what_is_read(engine: sa.Engine) -> None:
    """Everything that was saved, with its tokens, and who installed it is in the audit log."""
    saved = store(engine).save(workspace(), TOKENS, 10.0)
    assert store(engine).get("T1") == saved == store(engine).all()[0]
    assert saved == replace(
        workspace(), installed_at=10.0, tokens=TOKENS, token_number=1, key_id=TokenCipher([FIRST]).key_id
    )
    assert store(engine).get("T2") is None
    assert [(event.actor, event.action) for event in read_events(engine, "T1")] == [("UALICE", "installed")]


def test_no_token_is_readable_in_the_file_or_a_log(engine: sa.Engine, tmp_path: Path) -> None:
    """Neither in the database's bytes nor in what Python shows of the values."""
    saved = store(engine).save(workspace(), TOKENS, 10.0)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = (tmp_path / "workspace.db").read_bytes()
    assert b"Team T1" in raw
    assert b"secret-one" not in raw
    assert b"refresh-one" not in raw
    assert "secret" not in repr(saved)
    assert "refresh-one" not in repr(saved)


def test_a_token_is_bound_to_its_workspace() -> None:
    """Moved to another row, it cannot be read; nor with another key, or changed."""
    cipher = TokenCipher([FIRST])
    kept = cipher.encrypt("T1", "xoxb-1")
    assert cipher.decrypt("T1", kept) == "xoxb-1"
    for team, stored, reader in (
        ("T2", kept, cipher),
        ("T1", kept, TokenCipher([SECOND])),
        ("T1", kept[:-4] + "AAA=", cipher),
        ("T1", "", cipher),
        ("T1", "nonsense ☃", cipher),
    ):
        with pytest.raises(UnreadableTokenError):
            reader.decrypt(team, stored)


@pytest.mark.parametrize("keys", [(), ("",), ("abc",), (FIRST, "☃"), (FIRST[:-2],)])
def test_a_key_that_is_none_is_refused_in_a_sentence(keys: tuple[str, ...]) -> None:
    """It says which setting, and how to make one."""
    with pytest.raises(SettingError, match=r"HALO_ENCRYPTION_KEY .* makes one"):
        TokenCipher(keys)


def test_the_key_is_rotated(engine: sa.Engine) -> None:
    """The new key goes before the old one; what is encrypted again needs the old one no longer."""
    store(engine).save(workspace(), TOKENS, 10.0)
    store(engine, FIRST).save(workspace("T2"), Tokens("xoxb-2"), 10.0)
    lost = store(engine, SECOND).get("T1")
    assert lost is not None
    assert (lost.readability, lost.tokens) == ("unreadable", None)
    both = store(engine, SECOND, FIRST)
    assert both.reencrypt() == 2
    assert both.reencrypt() == 0
    assert [one.tokens for one in store(engine, SECOND).all()] == [TOKENS, Tokens("xoxb-2")]
    assert [one.readability for one in store(engine, FIRST).all()] == ["unreadable", "unreadable"]


def test_uninstalling_pauses_one_workspace(engine: sa.Engine) -> None:
    """Its tokens are forgotten; digests that a person paused stay theirs; other workspaces notice nothing."""
    installed, subscriptions = store(engine), Subscriptions(engine)
    for team in ("T1", "T2"):
        installed.save(workspace(team), TOKENS, 10.0)
        subscribe(engine, team, "C1")
        subscriptions.pause(subscribe(engine, team, "C2"), "UBOB", 20.0)
    assert installed.end("T1", "removed", 30.0)
    ended = installed.get("T1")
    assert ended is not None
    assert (ended.readability, ended.tokens, ended.end_reason) == ("ended", None, "removed")
    assert paused_by(engine, "T1") == [PAUSED_BY_UNINSTALL, "UBOB"]
    assert paused_by(engine, "T2") == [None, "UBOB"]
    assert [row.team for row in subscriptions.active()] == ["T2"]
    with engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT bot_token, refresh_token FROM installations WHERE team_id = 'T1'")
        assert stored.all() == [(None, None)]


def test_installing_again_goes_on(engine: sa.Engine) -> None:
    """What was paused for that reason goes on at its next slot; what a person paused stays paused."""
    installed, subscriptions = store(engine), Subscriptions(engine)
    installed.save(workspace(), TOKENS, 10.0)
    subscribe(engine, "T1", "C1")
    subscriptions.pause(subscribe(engine, "T1", "C2"), "UBOB", 20.0)
    installed.end("T1", "removed", 30.0)
    again = installed.save(workspace(), Tokens("xoxb-new"), 1_000.0)
    assert (again.readability, again.token_number, again.end_reason) == ("live", 2, None)
    assert paused_by(engine, "T1") == [None, "UBOB"]
    assert subscriptions.of_team("T1")[0].last_slot_at == 1_000.0


def test_ending_twice_or_late_does_no_harm(engine: sa.Engine) -> None:
    """A second end changes nothing, nor does one that is about an older token."""
    installed = store(engine)
    first = installed.save(workspace(), TOKENS, 10.0)
    assert installed.end("T1", "revoked", 20.0, first.token_number)
    assert not installed.end("T1", "removed", 30.0)
    installed.save(workspace(), Tokens("xoxb-new"), 40.0)
    assert not installed.end("T1", "revoked", 50.0, first.token_number)
    assert not installed.end("T404", "revoked", 50.0)
    found = installed.get("T1")
    assert found is not None
    assert found.tokens == Tokens("xoxb-new")


def test_one_process_refreshes_a_token(engine: sa.Engine) -> None:
    """Another one waits until it has ended or the time is over; what is stored for an older token is refused."""
    installed = store(engine)
    seen = installed.save(workspace(), TOKENS, 10.0)
    assert installed.begin_refresh(seen, 100.0, 30.0)
    assert not installed.begin_refresh(seen, 129.0, 30.0)
    assert installed.begin_refresh(seen, 131.0, 30.0)
    assert not installed.begin_refresh(seen, 132.0, 30.0)
    newer = installed.finish_refresh(seen, Tokens("xoxb-2", "xoxe-2", 9_000.0))
    assert newer is not None
    assert (newer.token_number, newer.tokens) == (2, Tokens("xoxb-2", "xoxe-2", 9_000.0))
    assert installed.finish_refresh(seen, Tokens("xoxb-late")) is None
    assert not installed.begin_refresh(seen, 200.0, 30.0)
    installed.end("T1", "removed", 300.0)
    assert installed.finish_refresh(newer, Tokens("xoxb-late")) is None


def test_a_state_is_used_once_and_gets_old(engine: sa.Engine) -> None:
    """Any process can check it; it is stored by its hash only."""
    store(engine).add_state("state-1", 100.0, 0.0)
    store(engine).add_state("state-2", 100.0, 0.0)
    other = store(engine)
    assert not other.use_state("state-3", 50.0)
    assert other.use_state("state-1", 50.0)
    assert not other.use_state("state-1", 50.0)
    assert not other.use_state("state-2", 100.0)
    with engine.connect() as connection:
        assert "state" not in str(connection.exec_driver_sql("SELECT state_hash FROM installation_states").all())


def test_states_do_not_fill_the_database(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many the oldest are forgotten, and old ones with every new one."""
    monkeypatch.setattr("bot.storage.installations.MAX_STATES", 5)
    assert MAX_STATES > 5
    installed = store(engine)
    for number in range(9):
        installed.add_state(f"state-{number}", 100.0 + number, 0.0)
    assert [number for number in range(9) if installed.use_state(f"state-{number}", 50.0)] == [4, 5, 6, 7, 8]
    installed.add_state("old", 100.0, 0.0)
    installed.add_state("new", 900.0, 500.0)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM installation_states").scalar() == 1
