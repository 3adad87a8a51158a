"""The workspaces that the app is installed in, each with its tokens, which are encrypted; and the states of
installations that were begun.

    save ----------> live --end--> ended: without tokens, its digests paused
      ^                |              |
      |                +--refresh     |
      +-------------------------------+  digests go on that were paused for this

`token_number` grows with every new token: who was refused with an older one has nothing to say about the newer.
"""

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Literal

import sqlalchemy as sa

from bot.storage import audit_log
from bot.storage.metadata import metadata
from bot.storage.models import PAUSED_BY_UNINSTALL
from bot.storage.subscription_rows import NO_PAUSE, subscriptions
from bot.storage.token_cipher import TokenCipher, UnreadableTokenError
from bot.storage.transactions import insert_or_ignore, upsert, write_transaction

installations = sa.Table(
    "installations",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("team_name", sa.Text, nullable=False),
    sa.Column("enterprise_id", sa.String(32)),
    sa.Column("app_id", sa.String(32), nullable=False),
    sa.Column("bot_id", sa.String(32), nullable=False),
    sa.Column("bot_user_id", sa.String(32), nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("installed_by", sa.String(32), nullable=False),
    sa.Column("installed_at", sa.Float, nullable=False),
    sa.Column("token_number", sa.Integer, nullable=False),
    sa.Column("bot_token", sa.Text),  # encrypted; none: it was forgotten
    sa.Column("refresh_token", sa.Text),  # encrypted; only where the app rotates its tokens
    sa.Column("key_id", sa.String(12)),  # which key they are encrypted by
    sa.Column("expires_at", sa.Float),  # of the token, where the app rotates its tokens
    sa.Column("refreshing_until", sa.Float),  # a process asks Slack for the next token until then
    sa.Column("ended_at", sa.Float),
    sa.Column("end_reason", sa.Text),
)
# A state belongs to no workspace: nobody has chosen one yet.
installation_states = sa.Table(
    "installation_states",
    metadata,
    sa.Column("state_hash", sa.String(64), primary_key=True),
    sa.Column("expires_at", sa.Float, nullable=False, index=True),
)
_columns = installations.c
MAX_STATES = 10_000  # installations that were begun; of more, the oldest are forgotten
Readability = Literal["live", "ended", "unreadable"]


@dataclass(frozen=True)
class InstalledWorkspace:
    """A workspace that the app is, or was, installed in. Its tokens are not in its repr, so that no log shows them."""

    team: str
    team_name: str
    app_id: str
    bot_id: str
    bot_user_id: str
    scopes: tuple[str, ...]
    installed_by: str
    installed_at: float
    tokens: "Tokens | None" = None  # None: forgotten, or none of the keys fits
    token_number: int = 0
    enterprise_id: str | None = None
    ended_at: float | None = None
    end_reason: str | None = None
    key_id: str | None = None

    @property
    def readability(self) -> Readability:
        """Whether its tokens can be used."""
        return "ended" if self.ended_at is not None else "live" if self.tokens else "unreadable"


@dataclass(frozen=True, repr=False)
class Tokens:
    """A workspace's tokens. `refresh` and `expires_at` only where the app rotates them."""

    bot: str
    refresh: str | None = None
    expires_at: float | None = None


class Installations:
    """The store of installations. Times are seconds since 1970. Without a cipher no token is read or written."""

    def __init__(self, engine: sa.Engine, cipher: TokenCipher | None = None) -> None:
        self._engine, self._cipher = engine, cipher

    # -- installing ---------------------------------------------------------------------------------------------------

    def save(self, installed: InstalledWorkspace, tokens: Tokens, now: float) -> InstalledWorkspace:
        """Store a new installation, or a newer one of the same workspace, whose digests go on that were paused because
        it was uninstalled. Returns it as it is stored.
        """
        team = installed.team
        values = {
            "team_name": installed.team_name,
            "enterprise_id": installed.enterprise_id,
            "app_id": installed.app_id,
            "bot_id": installed.bot_id,
            "bot_user_id": installed.bot_user_id,
            "scopes": ",".join(installed.scopes),
            "installed_by": installed.installed_by,
            "installed_at": now,
            **self._token_values(team, tokens),
            "ended_at": None,
            "end_reason": None,
        }
        newer = {**values, "token_number": _columns.token_number + 1}
        with write_transaction(self._engine) as connection:
            upsert(connection, installations, {"team_id": team}, {**values, "token_number": 1}, newer)
            is_paused = sa.and_(subscriptions.c.team_id == team, subscriptions.c.paused_by == PAUSED_BY_UNINSTALL)
            resumed = subscriptions.update().where(is_paused).values(**NO_PAUSE, last_slot_at=now)
            count = connection.execute(resumed).rowcount
            details = f"{count} digests go on" if count else ""
            audit_log.record_event(connection, team, now, installed.installed_by, "installed", details=details)
            return self._read(connection.execute(sa.select(installations).where(_columns.team_id == team)).one())

    def end(self, team: str, reason: str, now: float, token_number: int | None = None) -> bool:
        """Forget a workspace's tokens and pause its digests: those that nobody paused before. With a `token_number`,
        only while it is the last one. False, and nothing changed, where it has ended or has a newer token.
        """
        is_it = sa.and_(_columns.team_id == team, _columns.ended_at.is_(None))
        if token_number is not None:
            is_it = sa.and_(is_it, _columns.token_number == token_number)
        forgotten = {"bot_token": None, "refresh_token": None, "key_id": None, "refreshing_until": None}
        pause = {"paused_by": PAUSED_BY_UNINSTALL, "pause_reason": reason, "paused_until": None}
        runs = sa.and_(subscriptions.c.team_id == team, subscriptions.c.paused_by.is_(None))
        with write_transaction(self._engine) as connection:
            statement = installations.update().where(is_it).values(**forgotten, ended_at=now, end_reason=reason)
            if not connection.execute(statement).rowcount:
                return False
            connection.execute(subscriptions.update().where(runs).values(**pause))
            audit_log.record_event(connection, team, now, "slack", "uninstalled", details=reason)
        return True

    # -- reading ------------------------------------------------------------------------------------------------------

    def get(self, team: str) -> InstalledWorkspace | None:
        """A workspace, or None when the app was never installed in it."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(installations).where(_columns.team_id == team)).first()
        return self._read(row) if row else None

    def all(self) -> list[InstalledWorkspace]:
        """All workspaces, by id: those that have ended, and those whose tokens none of the keys fits, without them."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(installations).order_by(_columns.team_id)).all()
        return [self._read(row) for row in rows]

    # -- tokens -------------------------------------------------------------------------------------------------------

    def begin_refresh(self, seen: InstalledWorkspace, now: float, seconds: float) -> bool:
        """Whether this process is the one that asks Slack for the next token now; no other one does for `seconds`."""
        is_free = sa.or_(_columns.refreshing_until.is_(None), _columns.refreshing_until <= now)
        with write_transaction(self._engine) as connection:
            statement = installations.update().where(_is_same_token(seen), is_free)
            return bool(connection.execute(statement.values(refreshing_until=now + seconds)).rowcount)

    def finish_refresh(self, seen: InstalledWorkspace, tokens: Tokens) -> InstalledWorkspace | None:
        """Store the next tokens. Returns the workspace as it is stored, or None where it has another token by now."""
        values = {**self._token_values(seen.team, tokens), "token_number": _columns.token_number + 1}
        with write_transaction(self._engine) as connection:
            if not connection.execute(installations.update().where(_is_same_token(seen)).values(**values)).rowcount:
                return None
            query = sa.select(installations).where(_columns.team_id == seen.team)
            return self._read(connection.execute(query).one())

    def reencrypt(self) -> int:
        """Encrypt by the first key what was encrypted by another one of them. Returns of how many workspaces."""
        if self._cipher is None:
            return 0
        count = 0
        for old in self.all():
            if old.tokens is None or old.key_id == self._cipher.key_id:
                continue
            values = self._token_values(old.team, old.tokens)
            values.pop("refreshing_until")
            with write_transaction(self._engine) as connection:
                statement = installations.update().where(_is_same_token(old)).values(**values)
                count += connection.execute(statement).rowcount
        return count

    def _token_values(self, team: str, tokens: Tokens) -> dict[str, object]:
        if self._cipher is None:
            raise ValueError("tokens are not stored without a key")
        encrypt = partial(self._cipher.encrypt, team)
        return {
            "bot_token": encrypt(tokens.bot),
            "refresh_token": encrypt(tokens.refresh) if tokens.refresh else None,
            "key_id": self._cipher.key_id,
            "expires_at": tokens.expires_at,
            "refreshing_until": None,
        }

    def _read(self, row: sa.Row[tuple[object, ...]]) -> InstalledWorkspace:
        found = InstalledWorkspace(
            team=row.team_id,
            team_name=row.team_name,
            app_id=row.app_id,
            bot_id=row.bot_id,
            bot_user_id=row.bot_user_id,
            scopes=tuple(row.scopes.split(",")) if row.scopes else (),
            installed_by=row.installed_by,
            installed_at=row.installed_at,
            token_number=row.token_number,
            enterprise_id=row.enterprise_id,
            ended_at=row.ended_at,
            end_reason=row.end_reason,
            key_id=row.key_id,
        )
        if self._cipher is None or row.bot_token is None:
            return found
        try:
            bot = self._cipher.decrypt(row.team_id, row.bot_token)
            refresh = self._cipher.decrypt(row.team_id, row.refresh_token) if row.refresh_token else None
        except UnreadableTokenError:
            return found
        return replace(found, tokens=Tokens(bot, refresh, row.expires_at))

    # -- states -------------------------------------------------------------------------------------------------------

    def add_state(self, state: str, expires_at: float, now: float) -> None:
        """Remember an installation that was begun, by its state's hash."""
        states = installation_states.c
        oldest = sa.select(states.state_hash).order_by(states.expires_at.desc()).offset(MAX_STATES - 1)
        with write_transaction(self._engine) as connection:
            connection.execute(installation_states.delete().where(states.expires_at <= now))
            if (connection.scalar(sa.select(sa.func.count()).select_from(installation_states)) or 0) >= MAX_STATES:
                forgotten = list(connection.scalars(oldest))
                connection.execute(installation_states.delete().where(states.state_hash.in_(forgotten)))
            row = {"state_hash": _state_hash(state), "expires_at": expires_at}
            insert_or_ignore(connection, installation_states, [row])

    def use_state(self, state: str, now: float) -> bool:
        """Whether an installation with this state was begun, is not too old and was not gone on with before."""
        states = installation_states.c
        is_it = sa.and_(states.state_hash == _state_hash(state), states.expires_at > now)
        with write_transaction(self._engine) as connection:
            return bool(connection.execute(installation_states.delete().where(is_it)).rowcount)


def _is_same_token(seen: InstalledWorkspace) -> sa.ColumnElement[bool]:
    return sa.and_(
        _columns.team_id == seen.team, _columns.token_number == seen.token_number, _columns.ended_at.is_(None)
    )


def _state_hash(state: str) -> str:
    return sha256(state.encode()).hexdigest()
