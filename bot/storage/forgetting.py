"""Erases what is stored of one person in one workspace, when they ask for it."""

import json

import sqlalchemy as sa

from bot.storage.audit_log import audit_events
from bot.storage.conversations import conversations
from bot.storage.installations import installations
from bot.storage.introductions import introductions
from bot.storage.models import ForgottenCounts
from bot.storage.outbox import outbox
from bot.storage.proposals import proposal_changes, proposals
from bot.storage.subscription_rows import ended_subscriptions, subscriptions
from bot.storage.transactions import write_transaction
from bot.storage.watches import watches

NOBODY = ""  # in place of the person's id: of a digest's owner, for example
SOMEBODY = "somebody"  # the same, where it says that there was a person: who paused it, who did what


class Forgetting:
    """Erases; nothing of it can be undone."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def forget(self, team: str, user: str, conversation: str = "") -> ForgottenCounts:
        """Erase, in one transaction, a person's watches, the last answers of their direct `conversation`, and records
        of direct messages. What others need stays without the person's id: digests, and that somebody changed them. A
        message that is being sent right now stays.
        """
        own = sa.and_(outbox.c.team_id == team, outbox.c.channel_id == user)
        is_watch = sa.and_(watches.c.team_id == team, watches.c.user_id == user)
        with write_transaction(self._engine) as connection:
            direct = connection.scalars(sa.select(outbox.c.conversation_id).where(own).distinct()).all()
            return ForgottenCounts(
                connection.execute(watches.delete().where(is_watch)).rowcount,
                _conversations(connection, team, user, [name for name in (*direct, conversation) if name]),
                connection.execute(outbox.delete().where(own, outbox.c.state != "sending")).rowcount,
                _audit(connection, team, user),
                _digests(connection, team, user),
            )


def _conversations(connection: sa.Connection, team: str, user: str, channels: list[str]) -> int:
    """Direct conversations, and what the person's commands were answered, which is kept under their id."""
    of_them = sa.or_(conversations.c.channel_id.in_(channels), conversations.c.thread_ts == user)
    return connection.execute(conversations.delete().where(conversations.c.team_id == team, of_them)).rowcount


def _audit(connection: sa.Connection, team: str, user: str) -> int:
    is_own = sa.and_(audit_events.c.team_id == team, audit_events.c.actor == user)
    of_watch = sa.and_(is_own, audit_events.c.channel_id.is_(None))  # its details are the person's question
    connection.execute(audit_events.update().where(of_watch).values(details=""))
    return connection.execute(audit_events.update().where(is_own).values(actor=SOMEBODY)).rowcount


def _digests(connection: sa.Connection, team: str, user: str) -> int:
    """Take the person out of digests, of what is kept of ended ones, and of what was delivered and decided."""
    own = subscriptions.c
    set_up = sa.and_(own.team_id == team, own.created_by == user)
    paused = sa.and_(own.team_id == team, own.paused_by == user)
    connection.execute(subscriptions.update().where(paused).values(paused_by=SOMEBODY))
    count = connection.execute(subscriptions.update().where(set_up).values(created_by=NOBODY)).rowcount
    ended = ended_subscriptions.c
    for row_id, text in connection.execute(sa.select(ended.id, ended.record).where(ended.team_id == team)).all():
        record = json.loads(text)
        if user in (record["created_by"], record["paused_by"]):
            record["created_by"] = NOBODY if record["created_by"] == user else record["created_by"]
            record["paused_by"] = SOMEBODY if record["paused_by"] == user else record["paused_by"]
            statement = ended_subscriptions.update().where(ended.id == row_id)
            connection.execute(statement.values(record=json.dumps(record)))
    told = sa.and_(outbox.c.team_id == team, sa.cast(outbox.c.notify_users, sa.Text).contains(f'"{user}"'))
    for row_id, people in connection.execute(sa.select(outbox.c.id, outbox.c.notify_users).where(told)).all():
        left = [person for person in people if person != user]
        connection.execute(outbox.update().where(outbox.c.id == row_id).values(notify_users=left))
    connection.execute(introductions.delete().where(introductions.c.team_id == team, introductions.c.subject == user))
    installed = sa.and_(installations.c.team_id == team, installations.c.installed_by == user)
    connection.execute(installations.update().where(installed).values(installed_by=NOBODY))
    decided = sa.and_(proposal_changes.c.team_id.in_((team, "")), proposal_changes.c.actor == user)
    connection.execute(proposal_changes.update().where(decided).values(actor=SOMEBODY))
    proposed = sa.and_(proposals.c.team_id.in_((team, "")), proposals.c.author == user)
    connection.execute(proposals.update().where(proposed).values(author=SOMEBODY))
    return count
