"""All stores that Slack's handlers work with, on one workspace database."""

from typing import NamedTuple

import sqlalchemy as sa

from bot.storage.arrivals import Arrivals
from bot.storage.conversations import Conversations
from bot.storage.feedback import QuestionLog
from bot.storage.introductions import Introductions
from bot.storage.processed_events import ProcessedEvents
from bot.storage.watches import Watches


class Stores(NamedTuple):
    """One store for each subject."""

    processed_events: ProcessedEvents
    conversations: Conversations
    question_log: QuestionLog
    introductions: Introductions
    watches: Watches
    arrivals: Arrivals


def open_stores(engine: sa.Engine) -> Stores:
    """The stores on an open workspace database."""
    return Stores(
        ProcessedEvents(engine),
        Conversations(engine),
        QuestionLog(engine),
        Introductions(engine),
        Watches(engine),
        Arrivals(engine),
    )
