"""What is said right after a digest was spoken of: no text keeps the bot busy, and any other text is none of it."""

import time

import pytest

from bot.conversation.digest_sentences.followups import PRESS_THE_BUTTON, read_digest_followup
from bot.conversation.digest_sentences.words import DigestSentence

HOSTILE = (
    "monday " * 11 + "x", "at 9 " * 5 + "xx", "make it " + "and add " * 5 + "x" * 100, "remove the " + "a-" * 90,
    ", ,"*60, "-" * 190, "fri" * 60, "and" * 60 + "!", "monday" + "," * 180 + "x!", "at 9am, " * 6 + "q!",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_keeps_the_bot_busy(text: str) -> None:
    """Seconds here would be hours for a line that is a little longer."""
    began = time.thread_time()
    read_digest_followup(text)
    assert time.thread_time() - began < 2.0


def test_what_it_stands_for() -> None:
    """A length and a day are an end of a pause, yes is no deed, and a question is nothing."""
    assert read_digest_followup("yes please") == PRESS_THE_BUTTON
    assert read_digest_followup("2 weeks") == DigestSentence("pause", "for 2 weeks")
    assert read_digest_followup("5 january") == DigestSentence("pause", "until 5 january")
    assert read_digest_followup("pause the portal one") == DigestSentence("pause", "", "portal")
    for text in ("yes/no fields", "2 weeks notice", "january invoices", "at first response", "the last invoice", ""):
        assert read_digest_followup(text) is None, text
