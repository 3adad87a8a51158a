"""Reads sentences that may be about a digest and may be a question: "stop the weekly update", "less often".

HaloPSA has updates, schedules and pauses too. So the caller first checks whether there is a digest that may be meant,
and offers to search for the sentence as well.
"""

import re

from bot.conversation.digest_sentences.ambiguous_phrases import PHRASES, DigestPhrase
from bot.conversation.digest_sentences.changes import read_unclear_change_of_it
from bot.conversation.digest_sentences.questions import read_mention
from bot.conversation.digest_sentences.short_phrases import SHORT_PHRASES
from bot.conversation.digest_sentences.words import MAX_SENTENCE, POLITE, DigestSentence
from bot.search.marked_pattern import LazyPattern

MAX_SHORT_WORDS = 7
_POLITE_START = LazyPattern(POLITE, re.IGNORECASE)


def read_ambiguous_sentence(text: str) -> DigestSentence | None:
    """What a sentence means if it is about a digest, whatever was talked about before; None for any other text."""
    said = text.strip(" .?!")
    if mentioned := read_mention(said):
        return mentioned
    is_change = len(said) <= MAX_SENTENCE and "digest" not in said.lower() and not said.lower().startswith("how ")
    return (read_unclear_change_of_it(said) if is_change else None) or _read(text, PHRASES)


def read_short_sentence(text: str) -> DigestSentence | None:
    """The same for phrases that are about the digest only where nothing else was talked about: "add jira",
    "without portal", "fridays at 8".
    """
    sentence = _read(text, SHORT_PHRASES)
    return sentence if sentence and len(sentence.argument.split()) <= MAX_SHORT_WORDS else None


def _read(text: str, phrases: tuple[DigestPhrase, ...]) -> DigestSentence | None:
    said = text.strip(" .?!")
    if not said or len(said) > MAX_SENTENCE or "digest" in said.lower() or said.lower().startswith("how do"):
        return None
    start = _POLITE_START.match(said)
    variants = dict.fromkeys((said, said[start.end() :] if start else said))
    for phrase in phrases:
        for variant in variants:
            if match := phrase.pattern.fullmatch(variant):
                groups = match.groupdict()
                rest = (groups.get("rest") or groups.get("rest2") or "").strip()
                return DigestSentence(phrase.verb, f"{phrase.before}{rest}".strip(), groups.get("which") or "")
    return None
