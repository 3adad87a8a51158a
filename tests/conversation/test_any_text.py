"""Any texts, in any order, are a conversation: nothing is raised, and everything can be shown and remembered."""

import random

from bot.conversation.interpret import MAX_LENGTH, interpret, remember
from bot.conversation.models import LastAnswer
from bot.conversation.plain_text import interpretation_text, shown_page
from bot.search.service import SearchService

TEXTS = (
    """
jira default status|v2.214|latest|compare 2.206 2.214|upgrade 2.206 2.214|areas|status|help|#1016865|xqzv
2.206..2.210|area:portal|highlights|""|"|-|area:|version:|and area:|and version:9.99|only 9.99
the one|the one for|since|before that|and v2.999
compare with 9.99|what about|no,|and ""|only ""|how many of those are|🚀|the one for 🚀|and 🚀|only -|\u202e and
watch this|unwatch it|stop watching this|the last one|-1|0|the 0th one|the 99th
share|more|show all|how many|anything newer|and before that?
only billing|and in chat?|which version|when was that discussed|link|any warnings?|which ones have warnings|tell me more
the other one|no, I meant invoices|what else is in that version|is it in 2.210|upgrade|thanks|who are you
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
CONVERSATIONS, TURNS = 150, 6


def test_any_conversation(service: SearchService) -> None:
    """Texts that make sense and texts that make none, in random order: each gets an answer in words, and what was
    shown is among what there was to show.
    """
    dice = random.Random(11)
    with service.snapshot() as snapshot:
        for _ in range(CONVERSATIONS):
            last: LastAnswer | None = None
            said = dice.choices(TEXTS, k=TURNS)
            for text in said:
                meaning = interpret(snapshot, text, last)
                keys, end = shown_page(meaning)
                assert interpretation_text(meaning, snapshot).strip(), said
                assert len(keys) <= end or not keys, said
                last = remember(meaning, last, keys, end) or last
                assert last is None or last.question, said


def test_only_so_much_of_a_text_is_looked_at(service: SearchService) -> None:
    """What a text of megabytes costs is what Slack's longest message costs."""
    with service.snapshot() as snapshot:
        shown = [interpret(snapshot, "x " * times + "jira") for times in (10, MAX_LENGTH, 1_000_000)]
    assert [meaning.question.endswith("jira") for meaning in shown] == [True, False, False]
    assert shown[1].question == shown[2].question
