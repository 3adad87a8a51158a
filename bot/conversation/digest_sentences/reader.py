"""Reads a sentence about a channel's digest as a verb and its argument: "make it daily", "add jira to the digest",
"pause for 2 weeks", "stop sending us the digest". The verb itself parses the argument.

A sentence that names the digest is always about the digest. Words such as "add jira" or "fridays" may also be a
question; `ambiguous_sentences` reads them as a change of the digest only where nothing else was talked about.
"""

from bot.conversation.digest_sentences.changes import read_change, read_change_of_it, read_day_for_day, read_refusal
from bot.conversation.digest_sentences.compound_sentences import read_several_wishes
from bot.conversation.digest_sentences.contents import read_contents
from bot.conversation.digest_sentences.lifecycle import read_end_of_it, read_end_or_pause
from bot.conversation.digest_sentences.questions import read_joining, read_question
from bot.conversation.digest_sentences.requests import read_request
from bot.conversation.digest_sentences.words import MAX_SENTENCE, DigestSentence


def read_digest_sentence(text: str) -> DigestSentence | None:
    """The verb and the argument of a sentence about the digest; None for any other text."""
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
    return read_end_of_it(said) or read_joining(said) or read_change_of_it(said) or read_request(said)
