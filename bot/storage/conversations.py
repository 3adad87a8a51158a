"""The last answer in each thread, and in each person's direct messages, so that "the second one" has a meaning. Kept
for 7 days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.conversation.models import LastAnswer
from bot.storage.metadata import metadata
from bot.storage.transactions import upsert_all, write_transaction

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("channel_id", sa.String(32), primary_key=True),
    sa.Column("thread_ts", sa.String(32), primary_key=True),  # empty in direct messages without a thread
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("entry_keys", sa.JSON, nullable=False),  # in the answer's order
    sa.Column("next_offset", sa.Integer, nullable=False),
    sa.Column("selected_key", sa.Text),
    sa.Column("answered_at", sa.Float, nullable=False, index=True),
)
RETENTION_SECONDS = 7 * 24 * 3600
MAX_ENTRY_KEYS = 100
KEY = ("team_id", "channel_id", "thread_ts")


@dataclass(frozen=True)
class ConversationKey:
    """A thread, or with no thread a direct conversation."""

    team: str
    channel: str
    thread: str = ""


class Conversations:
    """The store of last answers."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def save_answer(self, conversation: ConversationKey, answer: LastAnswer, now: float) -> None:
        """Keep this as the conversation's last answer, whoever saves another one at the same moment."""
        self.save_answers({conversation: (answer, now)}, now)

    def save_answers(self, answers: Mapping[ConversationKey, tuple[LastAnswer, float]], now: float) -> None:
        """Keep these, each with when it was given; what was given later, and is here already, stays."""
        rows = [_row(conversation, answer, at) for conversation, (answer, at) in answers.items()]
        rows.sort(key=lambda row: [str(row[name]) for name in KEY])  # two writers lock rows in the same order
        with write_transaction(self._engine) as connection:
            connection.execute(conversations.delete().where(conversations.c.answered_at < now - RETENTION_SECONDS))
            upsert_all(connection, conversations, KEY, rows, age="answered_at")

    def last_answer(self, conversation: ConversationKey, now: float) -> LastAnswer | None:
        """The conversation's last answer, or None when there is none of the last 7 days."""
        found = self.last_answered(conversation, now)
        return found[0] if found else None

    def last_answered(self, conversation: ConversationKey, now: float) -> tuple[LastAnswer, float] | None:
        """The same, with when it was given."""
        query = sa.select(conversations).where(
            conversations.c.team_id == conversation.team,
            conversations.c.channel_id == conversation.channel,
            conversations.c.thread_ts == conversation.thread,
            conversations.c.answered_at >= now - RETENTION_SECONDS,
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        answer = LastAnswer(row.question, tuple(row.entry_keys), row.next_offset, row.selected_key)
        return answer, float(row.answered_at)


def _row(conversation: ConversationKey, answer: LastAnswer, at: float) -> dict[str, Any]:
    return {
        "team_id": conversation.team,
        "channel_id": conversation.channel,
        "thread_ts": conversation.thread,
        "question": answer.question,
        "entry_keys": list(answer.entry_keys[:MAX_ENTRY_KEYS]),
        "next_offset": answer.next_offset,
        "selected_key": answer.selected_key,
        "answered_at": at,
    }
