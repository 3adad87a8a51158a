"""Arrivals: when this installation first saw an entry, a new text of one, or a fact that filters ask for (its area, its
version, that it is a highlight). This is what "new" means for digests and watches, whatever dates the entry has.

The catalogue can be deleted, rebuilt and imported again: what was seen once stays seen. What arrived in the catalogue
that all teams share has no team. What a team has of its own arrived for that team alone; when it is everybody's later,
that is no news to the team any more.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

import sqlalchemy as sa

from bot.catalog.models import Entry, Version
from bot.storage.metadata import metadata
from bot.storage.models import Arrival, EntryFacts, KeyHistory, Presence
from bot.storage.transactions import insert_or_ignore, lock_until_commit, write_transaction

arrivals = sa.Table(
    "arrivals",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("text_hash", sa.String(64), nullable=False),
    # new, updated, silent: seen, but no news; known: the text is an old one, and text_hash that of the facts; gone: it
    # was taken back, and is in no catalogue; or back: it is again. text_hash of both is that of the row before
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("facts", sa.Text),  # as `encode_facts` writes them; NULL: nobody knows them
    sa.Column("team_id", sa.String(32), nullable=False, server_default=""),  # empty: it arrived for everybody
    sa.UniqueConstraint("team_id", "key", "text_hash"),
    sqlite_autoincrement=True,  # a number is never given out twice, even after the last row was deleted
)
MAX_KEYS_ASKED = 500  # in one statement; the entries of a version arrive together
_SYNC_LOCK_ID = 72098  # one sync at a time, so that numbers become visible in their order
_GONE = "gone"


class EntryCollection(Protocol):
    """A catalogue, as far as this module needs one."""

    def entries(self) -> list[Entry]: ...


class Arrivals:
    """The store of arrivals, numbered in the order in which they came.

    With a `team` it is that team's: what it reads is what arrived for everybody and for the team, and what it records
    arrived for the team alone.
    """

    def __init__(self, engine: sa.Engine, team: str = "") -> None:
        self._engine, self._team = engine, team
        self._is_visible = arrivals.c.team_id.in_({"", team})

    def of_team(self, team: str) -> "Arrivals":
        """The same store as a team sees it."""
        return Arrivals(self._engine, team)

    def sync(self, catalog: EntryCollection, now: float) -> int:
        """Record every entry, and every text of one, that was not seen before. Returns how many there were.

        Called at every start and after every import, by any number of processes. An entry that is gone stays recorded.
        """
        entries = sort_by_version(catalog.entries())
        seen_now = [(entry.key, hash_entry_text(entry), encode_facts(facts_of(entry))) for entry in entries]
        with self._engine.connect() as connection:
            rows, baselines = self._compare(connection, seen_now)
        if not rows and not baselines:
            return 0
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _SYNC_LOCK_ID)
            rows, baselines = self._compare(connection, seen_now)
            for seq, facts in baselines:
                connection.execute(arrivals.update().where(arrivals.c.seq == seq).values(facts=facts))
            insert_or_ignore(connection, arrivals, [{**row, "seen_at": now, "team_id": self._team} for row in rows])
        return len(rows)

    def record_silently(self, entries: Iterable[Entry], now: float) -> None:
        """Record entries that are about to be imported and are no news: the first reading of a source.

        A correction of them that comes later is news. What that reading makes known of entries that were there is not.
        """
        hashes = [(entry.key, hash_entry_text(entry)) for entry in sort_by_version(entries)]
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _SYNC_LOCK_ID)
            for start in range(0, len(hashes), MAX_KEYS_ASKED):
                keys = [key for key, _ in hashes[start : start + MAX_KEYS_ASKED]]
                of_these = sa.and_(arrivals.c.key.in_(keys), arrivals.c.team_id == self._team)
                connection.execute(arrivals.update().where(of_these).values(facts=None))
            last = self._last(connection)
            returned = [(key, _hash_back(last[key].seq)) for key, _ in hashes if key in last and _is_gone(last[key])]
            rows = [
                {"key": key, "text_hash": text, "kind": "silent", "seen_at": now, "team_id": self._team}
                for key, text in [*returned, *self._unseen(connection, hashes)]
            ]
            insert_or_ignore(connection, arrivals, rows)

    def record_gone(self, there: Collection[str], is_gone: Callable[[set[str]], Collection[str]], now: float) -> None:
        """Record which entries were taken back, before digests pass them over: those that are not `there` and that
        `is_gone` returns. An entry that comes back is news to those who were not told of it.
        """
        with self._engine.connect() as connection:
            last = self._last(connection)
        absent = {key for key, row in last.items() if key not in there and not _is_gone(row)}
        gone = sorted(is_gone(absent)) if absent else []
        rows = [
            {"key": key, "text_hash": _hash_of(f"gone\0{last[key].seq}"), "kind": _GONE, "seen_at": now} for key in gone
        ]
        if rows:
            with write_transaction(self._engine) as connection:
                lock_until_commit(connection, _SYNC_LOCK_ID)
                insert_or_ignore(connection, arrivals, [{**row, "team_id": self._team} for row in rows])

    def latest_seq(self) -> int:
        """The number of the last arrival; 0 before the first."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(arrivals.c.seq))) or 0

    def first_seen_at(self, keys: Iterable[str]) -> float | None:
        """When the first of these entries was seen, in seconds since 1970; None when none was."""
        of_these = arrivals.c.key.in_(list(keys)[:MAX_KEYS_ASKED])
        query = sa.select(sa.func.min(arrivals.c.seen_at)).where(of_these, self._is_visible)
        with self._engine.connect() as connection:
            seen: float | None = connection.scalar(query)
        return seen

    def between(self, after: int, until: int, include_silent: bool = False) -> list[Arrival]:
        """The arrivals with `after` < seq <= `until`, in order."""
        columns = arrivals.c
        query = sa.select(columns.seq, columns.key, columns.kind, columns.text_hash, columns.team_id)
        query = query.where(columns.seq > after, columns.seq <= until, self._is_visible, columns.kind != _GONE)
        if not include_silent:
            query = query.where(columns.kind != "silent")
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(columns.seq)).all()
            own = _seen_by(connection, self._team) if self._team else {}
        seen = ((row, self._kind(row, own.get(row.key, {}))) for row in rows)
        return [Arrival(row.seq, row.key, kind) for row, kind in seen if kind]

    def _kind(self, row: Any, own: dict[str, Any]) -> Any:
        """What an arrival is to the team, which saw these texts of the entry for itself, each in a row: what is
        everybody's later is no news in the same words (empty), and a correction in others; what the team took back
        itself is there again.
        """
        before = {text: seen for text, seen in own.items() if seen.seq < row.seq}
        if row.team_id or not before:
            return row.kind
        if row.kind == "new" and _is_gone(max(before.values(), key=lambda seen: seen.seq)):
            return "back"
        return "" if row.text_hash in before else "updated" if row.kind == "new" else row.kind

    def histories(self, keys: Iterable[str]) -> dict[str, KeyHistory]:
        """What was seen of these entries until now."""
        wanted, columns = sorted(set(keys)), arrivals.c
        found: dict[str, list[Any]] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), MAX_KEYS_ASKED):
                is_wanted = columns.key.in_(wanted[start : start + MAX_KEYS_ASKED])
                query = sa.select(columns.seq, columns.key, columns.kind, columns.facts, columns.seen_at)
                query = query.where(is_wanted, self._is_visible)
                for row in connection.execute(query.order_by(columns.seq)):
                    found.setdefault(row.key, []).append(row)
        return {
            key: KeyHistory(
                rows[0].seq,
                rows[0].kind,
                tuple((row.seq, decode_facts(row.facts)) for row in rows if row.facts),
                tuple(Presence(row.seq, row.seen_at, not _is_gone(row)) for row in rows),
            )
            for key, rows in found.items()
        }

    def _compare(
        self, connection: sa.Connection, seen_now: list[tuple[str, str, str]]
    ) -> tuple[list[dict[str, str]], list[tuple[int, str]]]:
        """The rows that are to be added, without their time, and the facts of rows of which nobody knew them."""
        columns = arrivals.c
        query = sa.select(columns.seq, columns.key, columns.text_hash, columns.facts, columns.kind)
        seqs: dict[tuple[str, str], int] = {}
        facts_of_key: dict[str, list[str]] = {}
        kinds: dict[str, list[str]] = {}
        last_seqs: dict[str, int] = {}
        for row in connection.execute(query.where(self._is_visible).order_by(columns.seq)):
            seqs[row.key, row.text_hash] = last_seqs[row.key] = row.seq
            kinds.setdefault(row.key, []).append(row.kind)
            facts_of_key.setdefault(row.key, []).extend([row.facts] if row.facts else [])
        rows, baselines = list[dict[str, str]](), list[tuple[int, str]]()
        for key, text_hash, facts in dict.fromkeys(seen_now):
            known = facts_of_key.get(key)
            if known is not None and kinds[key][-1] == _GONE:
                kind = "silent" if kinds[key][0] == "silent" else "back"
                rows.append({"key": key, "text_hash": _hash_back(last_seqs[key]), "kind": kind, "facts": facts})
            if (key, text_hash) not in seqs:
                kind = "new" if known is None else "updated"
                rows.append({"key": key, "text_hash": text_hash, "kind": kind, "facts": facts})
            elif not known:
                baselines.append((seqs[key, text_hash], facts))
            elif facts not in known:
                rows.append({"key": key, "text_hash": _hash_of(f"facts\0{facts}"), "kind": "known", "facts": facts})
        return rows, baselines

    def _last(self, connection: sa.Connection) -> dict[str, Any]:
        """The last row of each entry."""
        query = sa.select(arrivals.c.seq, arrivals.c.key, arrivals.c.kind).where(self._is_visible)
        return {row.key: row for row in connection.execute(query.order_by(arrivals.c.seq))}

    def _unseen(self, connection: sa.Connection, hashes: list[tuple[str, str]]) -> list[tuple[str, str]]:
        query = sa.select(arrivals.c.key, arrivals.c.text_hash).where(self._is_visible)
        seen = {(row.key, row.text_hash) for row in connection.execute(query)}
        return [pair for pair in dict.fromkeys(hashes) if pair not in seen]


def facts_of(entry: Entry) -> EntryFacts:
    """What filters ask of an entry beside its text."""
    versions = (entry.version,) if entry.version else tuple(sorted(entry.possible_versions))
    return EntryFacts(entry.highlighted, bool(entry.caution), entry.area, versions)


def encode_facts(facts: EntryFacts) -> str:
    """As text: equal facts are equal texts. Never change it: every entry would count as known anew."""
    versions = [version.number for version in facts.versions]
    return json.dumps([facts.is_highlighted, facts.has_caution, facts.area, versions], ensure_ascii=False)


def decode_facts(text: str) -> EntryFacts:
    """The facts that `encode_facts` wrote."""
    is_highlighted, has_caution, area, versions = json.loads(text)
    return EntryFacts(is_highlighted, has_caution, area, tuple(Version.parse(version) for version in versions))


def _is_gone(row: Any) -> bool:
    return bool(row.kind == _GONE)


def _hash_back(gone_seq: int) -> str:
    """Of the row of an entry that is there again, after the one with this seq."""
    return _hash_of(f"back\0{gone_seq}")


def _seen_by(connection: sa.Connection, team: str) -> dict[str, dict[str, Any]]:
    """The rows of the texts that a team saw for itself, by the entry's key and the text."""
    columns, seen = arrivals.c, dict[str, dict[str, Any]]()
    query = sa.select(columns.key, columns.text_hash, columns.seq, columns.kind).where(columns.team_id == team)
    for row in connection.execute(query):
        seen.setdefault(row.key, {})[row.text_hash] = row
    return seen


def hash_entry_text(entry: Entry) -> str:
    """SHA-256 of what an entry says: title, summary, answer and caution, without regard to white space.

    The rest of an entry (mentions, names, phrasings) may change without anybody being told. Never change how it is
    computed: every entry would be announced again as corrected.
    """
    parts = (entry.title, entry.summary, entry.answer, entry.caution)
    text = "\0".join(" ".join((part or "").split()) for part in parts)
    return _hash_of(text)


def _hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sort_by_version(entries: Iterable[Entry]) -> list[Entry]:
    """The oldest version first, so that a whole catalogue that arrives at once is numbered as if it had come bit by
    bit.
    """
    return sorted(entries, key=lambda entry: (entry.version is None, entry.version or (0, 0), entry.key))
