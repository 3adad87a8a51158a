"""What is remembered of a conversation. Nothing here reads or writes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LastAnswer:
    """What was answered last: the question, the entries in the order they were shown in, and how far it got."""

    question: str
    entry_keys: tuple[str, ...] = ()
    next_offset: int = 0  # where the next page begins
    selected_key: str | None = None  # the entry that was shown alone


DIGEST_TOPIC = LastAnswer("")  # no entry was answered last: the channel's digest was spoken of
