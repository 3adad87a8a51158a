"""Proposals: how an entry may be described (phrasings, an area, an impact, a summary), who wrote it, and what a person
decided.

This is the record; the catalogue has a copy of what was accepted, and gets it again after it was deleted. What was
dismissed stays, so that it is never proposed again. What is proposed in a workspace that shares Halobot with others is
that team's own; all else has no team. No proposal has a person's id: a question that helped is proposed without who
asked it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.models import Proposal, ProposalDraft, ProposalState
from bot.storage.transactions import lock_until_commit, write_transaction
from bot.text import stems

proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("entry_key", sa.String(80), nullable=False),
    sa.Column("field", sa.String(16), nullable=False),
    sa.Column("fold", sa.String(64), nullable=False),  # by which the same words are recognised
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("origin", sa.String(8), nullable=False),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("proposed_at", sa.Float, nullable=False),
    sa.Column("team_id", sa.String(32), nullable=False, server_default=""),  # empty: everybody's
    sa.UniqueConstraint("team_id", "entry_key", "field", "fold"),
    sqlite_autoincrement=True,
)
proposal_changes = sa.Table(
    "proposal_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("recorded_at", sa.Float, nullable=False),
    sa.Column("action", sa.String(16), nullable=False),
    sa.Column("actor", sa.String(80), nullable=False),
    # [proposal's id, what changed of it as it was before; null where there was none]
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("undone", sa.Boolean, nullable=False),
    sa.Column("team_id", sa.String(32), nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
description_attempts = sa.Table(
    "description_attempts",
    metadata,
    sa.Column("entry_key", sa.String(80), primary_key=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("attempted_at", sa.Float, nullable=False),
    sa.Column("succeeded", sa.Boolean, nullable=False),
)
MAX_AUTHOR_LENGTH = 80
_CHUNK = 500  # ids or keys in one statement
_LOCK_ID = 72099
_Before = list[tuple[int, dict[str, Any] | None]]  # ids of proposals, and what they were; None: not there


class AddedProposals(NamedTuple):
    """What became of drafts: the ids of those that wait now, and those that were proposed before, with their state."""

    ids: tuple[int, ...]
    known: tuple[tuple[ProposalDraft, ProposalState], ...]


class UndoneChange(NamedTuple):
    """A change that was taken back: what it was, and how many proposals it concerned."""

    action: str
    actor: str
    proposal_count: int


class Proposals:
    """The store of proposals and of the decisions on them, of a team or without one of everybody. Every change is one
    transaction and can be taken back.
    """

    def __init__(self, engine: sa.Engine, team: str = "") -> None:
        self._engine, self._team = engine, team

    def of_team(self, team: str) -> "Proposals":
        """The store of a team's own."""
        return Proposals(self._engine, team)

    def add(self, drafts: Iterable[ProposalDraft], actor: str, now: float, undoable: bool = True) -> AddedProposals:
        """Propose what was not proposed before. A person's words that wait as a model's become the person's.

        `undoable`: whether a person did it, who may take it back.
        """
        ids: list[int] = []
        known: list[tuple[ProposalDraft, ProposalState]] = []
        before: _Before = []
        with self._change("import" if undoable else "", actor, now, before) as connection:
            for draft in drafts:
                key = self._key(draft.key, draft.field, fold_text(draft.field, draft.text))
                row = _find(connection, key) or _decided(connection, {**key, "team_id": ""})
                if row is None:
                    values = {**key, **_columns(draft), "state": "open", "proposed_at": now}
                    added = connection.execute(proposals.insert().values(values).returning(proposals.c.id)).scalar_one()
                    ids.append(added)
                    before.append((added, None))
                elif row.state == "open" and row.origin != "person" and draft.origin == "person":
                    before.append(_update(connection, row, _columns(draft)))
                    ids.append(row.id)
                else:
                    known.append((draft, row.state))
        return AddedProposals(tuple(ids), tuple(known))

    def decide(self, ids: Sequence[int], state: ProposalState, actor: str, now: float) -> list[Proposal]:
        """Accept or dismiss proposals. Returns those whose state changed, as they are now.

        Of an entry's area, impact and summary one at a time is accepted: the one before is dismissed.
        """
        before: _Before = []
        action = {"accepted": "accept", "dismissed": "dismiss", "open": "reopen"}[state]
        changed: list[int] = []
        with self._change(action, actor, now, before) as connection:
            for row in self._rows(connection, ids=ids):
                if row.state == state:
                    continue
                if state == "accepted" and row.field != "phrasing":
                    before += self._dismiss_accepted(connection, row.entry_key, row.field)
                before.append(_update(connection, row, {"state": state}))
                changed.append(row.id)
        return self.find(ids=changed) if changed else []

    def edit(self, proposal_id: int, text: str, actor: str, now: float) -> bool:
        """Give an open proposal other words, which are a person's then. False where the same ones are proposed."""
        before: _Before = []
        with self._change("edit", actor, now, before) as connection:
            (row,) = self._rows(connection, ids=[proposal_id])
            fold = fold_text(row.field, text)
            other = _find(connection, self._key(row.entry_key, row.field, fold))
            if other is not None and other.id != proposal_id:
                return False
            values = {"text": text, "fold": fold, "origin": "person", "author": actor[:MAX_AUTHOR_LENGTH]}
            before.append(_update(connection, row, values))
        return True

    def undo_last(self) -> UndoneChange | None:
        """Take the last change back as a whole, and the one before it the next time. None when there is none."""
        columns = proposal_changes.c
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            query = sa.select(proposal_changes).where(~columns.undone, columns.team_id == self._team)
            last = connection.execute(query.order_by(columns.id.desc()).limit(1)).one_or_none()
            if last is None:
                return None
            for proposal_id, values in reversed(last.before):
                _restore(connection, proposal_id, values)
            connection.execute(proposal_changes.update().where(columns.id == last.id).values(undone=True))
        return UndoneChange(last.action, last.actor, len(last.before))

    def find(
        self,
        ids: Sequence[int] | None = None,
        keys: Sequence[str] | None = None,
        states: Sequence[ProposalState] | None = None,
        limit: int | None = None,
    ) -> list[Proposal]:
        """The proposals with these ids, of these entries, in these states; oldest first. None: any."""
        with self._engine.connect() as connection:
            return [_from_row(row) for row in self._rows(connection, ids, keys, states, limit)]

    def accepted(self, keys: Sequence[str] | None = None) -> list[Proposal]:
        """What is accepted, for these entries or for all: for everybody, and then by the team, which goes before."""
        with self._engine.connect() as connection:
            teams = dict.fromkeys(("", self._team))
            found = [row for team in teams for row in _rows(connection, team, None, keys, ("accepted",))]
        return [_from_row(row) for row in found]

    def count(self, state: ProposalState, origin: str | None = None) -> int:
        """How many proposals are in a state, of one origin or of any."""
        query = sa.select(sa.func.count()).select_from(proposals)
        query = query.where(proposals.c.state == state, proposals.c.team_id == self._team)
        if origin:
            query = query.where(proposals.c.origin == origin)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def latest_change(self) -> tuple[int, int]:
        """What grows with every change, and every one taken back: to see whether there is something new to apply."""
        columns = proposal_changes.c
        undone = sa.func.sum(sa.case((columns.undone, 1), else_=0))
        with self._engine.connect() as connection:
            query = sa.select(sa.func.max(columns.id), undone).where(columns.team_id == self._team)
            last, count = connection.execute(query).one()
        return int(last or 0), int(count or 0)

    def teams_with_accepted(self) -> set[str]:
        """The teams that accepted something which stands."""
        columns = proposals.c
        query = sa.select(columns.team_id).where(columns.state == "accepted", columns.team_id != "").distinct()
        with self._engine.connect() as connection:
            return set(connection.scalars(query))

    def publish(self, keys: Sequence[str], now: float) -> int:
        """Make what the team accepted for these entries everybody's. Returns how many that were."""
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            rows = self._rows(connection, keys=keys, states=("accepted",))
            before: _Before = []
            for row in rows:
                key = {"team_id": "", "entry_key": row.entry_key, "field": row.field, "fold": row.fold}
                known = _find(connection, key)
                if known is not None and known.state != "accepted":
                    before.append(_update(connection, known, {"state": "accepted"}))
                elif known is None:
                    values = {name: getattr(row, name) for name in ("text", "origin", "author", "state", "proposed_at")}
                    added = proposals.insert().values({**key, **values}).returning(proposals.c.id)
                    before.append((connection.execute(added).scalar_one(), None))
                connection.execute(proposals.delete().where(proposals.c.id == row.id))
            _note_change(connection, "", "accept", "published", now, before)
            if rows:  # so that every process sees that the team has them no longer
                _note_change(connection, self._team, "publish", "published", now, [], is_undone=True)
        return len(rows)

    # -- what a language model was asked for --------------------------------------------------------------------------

    def claim_attempt(self, key: str, now: float, wait: float, max_attempts: int) -> bool:
        """Note that an entry's description is asked for now. False when it was, less than `wait` seconds ago or often
        enough: of several processes one asks.
        """
        columns = description_attempts.c
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            row = connection.execute(sa.select(description_attempts).where(columns.entry_key == key)).one_or_none()
            if row is None:
                values = {"entry_key": key, "attempts": 1, "attempted_at": now, "succeeded": False}
                connection.execute(description_attempts.insert().values(values))
                return True
            if row.succeeded or row.attempts >= max_attempts or now - row.attempted_at < wait:
                return False
            values = {"attempts": row.attempts + 1, "attempted_at": now}
            connection.execute(description_attempts.update().where(columns.entry_key == key).values(values))
        return True

    def finish_attempt(self, key: str, succeeded: bool, counts: bool = True) -> None:
        """Note how an attempt ended. One that does not count was not the entry's fault: the endpoint was not there."""
        columns = description_attempts.c
        values: dict[str, Any] = {"succeeded": succeeded}
        if not counts:
            values["attempts"] = columns.attempts - 1
        with write_transaction(self._engine) as connection:
            connection.execute(description_attempts.update().where(columns.entry_key == key).values(values))

    @contextmanager
    def _change(self, action: str, actor: str, now: float, before: _Before) -> Iterator[sa.Connection]:
        """A transaction that notes what it changed, as the caller put it into `before`, so that it can be taken back.
        Without an action nothing is noted.
        """
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            yield connection
            if before and action:
                _note_change(connection, self._team, action, actor, now, before)

    def _dismiss_accepted(self, connection: sa.Connection, key: str, field: str) -> _Before:
        others = self._rows(connection, keys=[key], states=("accepted",))
        return [_update(connection, other, {"state": "dismissed"}) for other in others if other.field == field]

    def _key(self, entry_key: str, field: str, fold: str) -> dict[str, str]:
        """The unique key of a proposal."""
        return {"team_id": self._team, "entry_key": entry_key, "field": field, "fold": fold}

    def _rows(
        self,
        connection: sa.Connection,
        ids: Sequence[int] | None = None,
        keys: Sequence[str] | None = None,
        states: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Any]:
        return _rows(connection, self._team, ids, keys, states, limit)


def _note_change(
    connection: sa.Connection, team: str, action: str, actor: str, now: float, before: _Before, is_undone: bool = False
) -> None:
    """Note what was changed, so that it can be taken back."""
    row = {"recorded_at": now, "action": action, "actor": actor[:MAX_AUTHOR_LENGTH], "undone": is_undone}
    values = {**row, "team_id": team, "before": [list(pair) for pair in before]}
    if before or is_undone:
        connection.execute(proposal_changes.insert().values(values))


def fold_text(field: str, text: str) -> str:
    """By which a proposal of the same words is recognised, in whatever form a phrasing has them."""
    plain = " ".join(stems(text)) if field == "phrasing" else ""
    return hashlib.sha256((plain or " ".join(text.casefold().split())).encode()).hexdigest()


def _columns(draft: ProposalDraft) -> dict[str, str]:
    return {"text": draft.text, "origin": draft.origin, "author": draft.author[:MAX_AUTHOR_LENGTH]}


def _find(connection: sa.Connection, key: dict[str, str]) -> Any:
    """The row with this unique key, or None."""
    return connection.execute(sa.select(proposals).filter_by(**key)).one_or_none()


def _decided(connection: sa.Connection, key: dict[str, str]) -> Any:
    """The row with this unique key, if it was decided on."""
    row = _find(connection, key)
    return row if row is not None and row.state != "open" else None


def _update(connection: sa.Connection, row: Any, values: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Change a row. Returns its id and what it was before."""
    connection.execute(proposals.update().where(proposals.c.id == row.id).values(values))
    return row.id, {name: getattr(row, name) for name in values}


def _restore(connection: sa.Connection, proposal_id: int, before: dict[str, Any] | None) -> None:
    """Make a proposal what it was. One with the same words that came since gives way."""
    this = proposals.c.id == proposal_id
    if before is None:
        connection.execute(proposals.delete().where(this))
        return
    if "fold" in before and (row := connection.execute(sa.select(proposals).where(this)).one_or_none()):
        key = {"team_id": row.team_id, "entry_key": row.entry_key, "field": row.field, "fold": before["fold"]}
        connection.execute(proposals.delete().filter_by(**key).where(~this))
    connection.execute(proposals.update().where(this).values(before))


def _rows(
    connection: sa.Connection,
    team: str,
    ids: Sequence[int] | None = None,
    keys: Sequence[str] | None = None,
    states: Sequence[str] | None = None,
    limit: int | None = None,
) -> list[Any]:
    query = sa.select(proposals).where(proposals.c.team_id == team).order_by(proposals.c.id).limit(limit)
    if keys is not None:
        query = query.where(proposals.c.entry_key.in_(keys))
    if states is not None:
        query = query.where(proposals.c.state.in_(states))
    if ids is None:
        return list(connection.execute(query))
    rows: list[Any] = []
    for start in range(0, len(ids), _CHUNK):
        rows += connection.execute(query.where(proposals.c.id.in_(ids[start : start + _CHUNK])))
    return rows


def _from_row(row: Any) -> Proposal:
    return Proposal(
        row.id, row.entry_key, row.field, row.text, row.origin, row.author, row.state, row.proposed_at
    )  # fmt: skip
