"""Sentences about a channel's digest: "make it daily", "add jira to the digest", "pause for 2 weeks", "stop sending us
the digest". Each stands for a verb with what follows it; what the words mean is the verb's own business.

A sentence that names the digest is about it anywhere. Words such as "add jira" or "fridays" may as well be a question;
they are about the digest only where nothing else was spoken of (`digest_unclear_sentences`).
"""

from bot.conversation.digest_changes import read_change, read_change_of_it, read_day_for_day, read_refusal
from bot.conversation.digest_contents import read_contents
from bot.conversation.digest_endings import read_end_of_it, read_end_or_pause
from bot.conversation.digest_questions import read_joining, read_question
from bot.conversation.digest_wishes import read_several_wishes
from bot.conversation.digest_words import MAX_SENTENCE, DigestSentence


def read_digest_sentence(text: str) -> DigestSentence | None:
    """What a sentence about the digest stands for; None for any other text."""
    said = text.strip(" .?!")
    if not said or len(said) > MAX_SENTENCE:
        return None
    if sentence := read_day_for_day(said):
        return sentence
    if "digest" in said.lower():
        return (
            read_refusal(said)
            or read_several_wishes(said)
            or read_contents(said)
            or read_end_or_pause(said)
            or read_question(said)
            or read_change(said)
        )
    if said.lower().startswith("how "):  # "how do i pause it" after an answer is a question about HaloPSA
        return None
    return read_end_of_it(said) or read_joining(said) or read_change_of_it(said)
