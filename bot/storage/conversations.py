"""The last answer in each thread, and in each person's direct messages, so that "the second one" has a meaning. Kept
for 7 days.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import write_transaction

conversations = sa.Table(
    "threads",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("channel_id", sa.String(32), primary_key=True),
    sa.Column("thread_ts", sa.String(32), primary_key=True),  # empty: the conversation itself, in direct messages
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("shown", sa.JSON, nullable=False),  # keys of the entries, in the answer's order
    sa.Column("next_one", sa.Integer, nullable=False),  # where the page after the one shown last begins
    sa.Column("picked", sa.Text),  # the entry that was looked at alone
    sa.Column("at", sa.Float, nullable=False, index=True),
)
RETENTION_SECONDS = 7 * 24 * 3600
MAX_ENTRY_KEYS = 100


def m008_threads(connection: sa.Connection) -> None:
    """The table of this module."""
    conversations.create(connection)


@dataclass(frozen=True)
class ConversationKey:
    """A thread, or a direct conversation."""

    team: str
    channel: str
    thread: str = ""


@dataclass(frozen=True)
class LastAnswer:
    """What was answered last: the question, the entries in order, and how far they were shown."""

    question: str
    entry_keys: tuple[str, ...] = ()
    next_offset: int = 0  # where the next page begins
    selected_key: str | None = None


class Conversations:
    """The memory of conversations."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def save_answer(self, conversation: ConversationKey, answer: LastAnswer, now: float) -> None:
        """Keep this as the last answer there; what is older than 7 days is forgotten."""
        values = {
            "question": answer.question,
            "shown": list(answer.entry_keys[:MAX_ENTRY_KEYS]),
            "next_one": answer.next_offset,
            "picked": answer.selected_key,
            "at": now,
        }
        with write_transaction(self._engine) as connection:
            connection.execute(conversations.delete().where(conversations.c.at < now - RETENTION_SECONDS))
            if not connection.execute(
                conversations.update().where(*_is_conversation(conversation)).values(**values)
            ).rowcount:
                connection.execute(
                    conversations.insert().values(
                        team_id=conversation.team,
                        channel_id=conversation.channel,
                        thread_ts=conversation.thread,
                        **values,
                    )
                )

    def last_answer(self, conversation: ConversationKey, now: float) -> LastAnswer | None:
        """The last answer there, or None when there is none of the last 7 days."""
        query = sa.select(conversations).where(
            *_is_conversation(conversation), conversations.c.at >= now - RETENTION_SECONDS
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return LastAnswer(row.question, tuple(row.shown), row.next_one, row.picked) if row else None


def _is_conversation(conversation: ConversationKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        conversations.c.team_id == conversation.team,
        conversations.c.channel_id == conversation.channel,
        conversations.c.thread_ts == conversation.thread,
    )
