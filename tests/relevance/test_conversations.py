"""Whether conversations are followed, as judged in `conversations.jsonl`; floors for both halves."""

import json
from pathlib import Path

import pytest

from bot.cli.questions import MAX_THREADS, answer_json
from bot.conversation.models import LastAnswer
from bot.search.cache import LruCache
from bot.search.service import SearchService
from tests.relevance.judge_sets import read_conversations, run_conversation, share_of_turns
from tests.search.conftest import service

__all__ = ["service"]

CONVERSATIONS = list(read_conversations(Path(__file__).parent / "conversations.jsonl"))
# Of each half: the share of turns, and of whole conversations, that are right at least.
FLOORS = {"calibrate": (0.95, 0.92), "judge": (0.91, 0.79)}


@pytest.mark.parametrize("split", FLOORS)
def test_conversations_are_followed(service: SearchService, split: str) -> None:
    """Each line of a thread is answered from what was shown before, as `halobot ask --jsonl` does it."""
    threads = LruCache[str, LastAnswer](MAX_THREADS)

    def answer(question: str, thread: str) -> tuple[tuple[str, ...], str]:
        got = answer_json(service, json.dumps({"q": question, "thread": thread}), threads)
        return tuple(got["ids"]), got["confidence"]

    told = [run_conversation(conversation, answer) for conversation in CONVERSATIONS if conversation.split == split]
    turns = share_of_turns([verdict for verdicts in told for verdict in verdicts])
    whole = sum(all(verdict.right for verdict in verdicts) for verdicts in told) / len(told)
    assert (turns, whole) >= FLOORS[split], f"turns {turns:.3f}, whole {whole:.3f}"
    assert whole >= FLOORS[split][1], f"turns {turns:.3f}, whole {whole:.3f}"
