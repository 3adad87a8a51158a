"""Gives tables and columns the names that the code uses, and drops `questions.first_at`, which nothing read."""

from alembic import op

revision = "0002"
down_revision = "0001"

# The old table: its new name, and the new names of its columns.
RENAMED = {
    "seen_events": ("processed_events", {"at": "processed_at"}),
    "arrivals": ("arrivals", {"at": "seen_at"}),
    "subscriptions": (
        "subscriptions",
        {
            "at": "time_of_day",
            "start": "anchor_date",
            "even_empty": "post_when_empty",
            "last_at": "last_slot_at",
            "last_day": "last_slot_day",
            "paused_why": "pause_reason",
        },
    ),
    "ledger": (
        "outbox",
        {
            "highest": "last_seq",
            "undo": "cursor_moves",
            "attempt": "attempted_part",
            "posted": "posted_ts",
            "posted_to": "conversation_id",
            "owners": "notify_users",
        },
    ),
    "audit": ("audit_events", {"at": "recorded_at", "who": "actor", "did": "action", "what": "details"}),
    "source_states": (
        "source_states",
        {
            "last_try": "last_tried_at",
            "last_success": "last_read_at",
            "notified": "notified_at",
            "first_read": "first_read_at",
            "catalogue": "catalog_id",
        },
    ),
    "threads": (
        "conversations",
        {"shown": "entry_keys", "next_one": "next_offset", "picked": "selected_key", "at": "answered_at"},
    ),
    "questions": (
        "questions",
        {
            "words": "text",
            "in_vain": "no_result_count",
            "helpful": "helpful_count",
            "not_helpful": "not_helpful_count",
            "last_at": "last_asked_at",
        },
    ),
    "meetings": ("introductions", {"met": "subject", "at": "introduced_at"}),
}
# The indexes that carry an old name: what they are on now.
INDEXES = {
    "ix_seen_events_at": ("ix_processed_events_processed_at", "processed_events", ["processed_at"]),
    "ledger_state": ("outbox_state", "outbox", ["state", "lease_until"]),
    "ix_audit_team_id": ("ix_audit_events_team_id", "audit_events", ["team_id"]),
    "ix_threads_at": ("ix_conversations_answered_at", "conversations", ["answered_at"]),
    "ix_questions_last_at": ("ix_questions_last_asked_at", "questions", ["last_asked_at"]),
}


def upgrade() -> None:
    """Rename; no row is rewritten."""
    for old_index in INDEXES:
        op.drop_index(old_index)
    op.drop_column("questions", "first_at")
    for old_table, (table, columns) in RENAMED.items():
        for old, new in columns.items():
            op.alter_column(old_table, old, new_column_name=new)
        if table != old_table:
            op.rename_table(old_table, table)
    for name, table, indexed in INDEXES.values():
        op.create_index(name, table, indexed)
