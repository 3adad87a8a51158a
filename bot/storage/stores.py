"""All stores on one workspace database."""

from typing import NamedTuple

import sqlalchemy as sa

from bot.storage.arrivals import Arrivals
from bot.storage.catalog_records import CatalogRecords
from bot.storage.conversations import Conversations
from bot.storage.feedback import DEFAULT_DAYS, QuestionLog
from bot.storage.forgetting import Forgetting
from bot.storage.inbox import Inbox
from bot.storage.installations import Installations
from bot.storage.introductions import Introductions
from bot.storage.lease_clock import LeaseClock
from bot.storage.outbox import Outbox
from bot.storage.own_records import OwnRecords
from bot.storage.proposals import Proposals
from bot.storage.source_states import SourceStates
from bot.storage.subscriptions import Subscriptions
from bot.storage.token_cipher import TokenCipher
from bot.storage.turns import Turns
from bot.storage.watches import Watches


class Stores(NamedTuple):
    """One store for each subject."""

    inbox: Inbox
    conversations: Conversations
    question_log: QuestionLog
    introductions: Introductions
    watches: Watches
    arrivals: Arrivals
    subscriptions: Subscriptions
    outbox: Outbox
    source_states: SourceStates
    proposals: Proposals
    catalog_records: CatalogRecords
    installations: Installations
    own_records: OwnRecords
    forgetting: Forgetting
    turns: Turns


def open_stores(engine: sa.Engine, cipher: TokenCipher | None = None, question_days: int = DEFAULT_DAYS) -> Stores:
    """The stores on an open workspace database. Without a cipher, the tokens of workspaces stay unread; questions are
    kept for so many days.
    """
    return Stores(
        inbox=Inbox(engine),
        conversations=Conversations(engine),
        question_log=QuestionLog(engine, question_days),
        introductions=Introductions(engine),
        watches=Watches(engine),
        arrivals=Arrivals(engine),
        subscriptions=Subscriptions(engine),
        outbox=Outbox(engine),
        source_states=SourceStates(engine),
        proposals=Proposals(engine),
        catalog_records=CatalogRecords(engine),
        installations=Installations(engine, cipher),
        own_records=OwnRecords(engine),
        forgetting=Forgetting(engine),
        turns=Turns(engine, LeaseClock(engine)),
    )
