"""Interprets a text in the same way wherever it comes from: a command, a mention, a direct message or the terminal.

`interpret` takes a text and the last answer, and returns the answer as a value, which Slack and the terminal render.
`remember` returns what to keep of it as the next last answer.
"""

import re
from dataclasses import replace
from typing import cast

from bot.conversation.answers import (
    Answer,
    ComparisonAnswer,
    EntryAnswer,
    HelpAnswer,
    Interpretation,
    ResultAnswer,
    TextAnswer,
    UpgradeAnswer,
    Verb,
    VerbAnswer,
    VerbMatch,
)
from bot.conversation.digest_sentences.ambiguous_phrases import names_updates
from bot.conversation.digest_sentences.ambiguous_sentences import read_ambiguous_sentence, read_short_sentence
from bot.conversation.digest_sentences.compound_sentences import read_compound_sentence
from bot.conversation.digest_sentences.followups import read_digest_followup
from bot.conversation.digest_sentences.reader import read_digest_sentence
from bot.conversation.digest_sentences.words import DigestSentence
from bot.conversation.followup_answers import follow
from bot.conversation.followups import needs_an_answer, parse_follow_up
from bot.conversation.models import DIGEST_TOPIC, LastAnswer
from bot.conversation.questions import answer_without_search, unknown_version_notes
from bot.conversation.record_mentions import names_one_record
from bot.conversation.several_questions import answer_several
from bot.conversation.verb_finder import find_verb, is_typed_verb, without_channel, without_courtesies
from bot.conversation.verbs import ANY_ARGUMENT, verbs_by_name
from bot.conversation.watch_requests import OWN_LIST, corrected_one, is_about_a_correction, question_about_watch
from bot.conversation.watch_sentences import read_release, without_courtesy
from bot.search import lookups
from bot.search.snapshot import SearchSnapshot
from bot.text import STOP_WORDS, normalise, without_markup

NOTHING_BEFORE = "There is no answer here yet that I could go on from. Ask a question first."
MAX_KEPT_LENGTH = 600  # characters of a text whose meaning is kept
MAX_LENGTH = 40_000  # characters of a question: Slack's longest message; the rest of a longer text is not looked at
MAX_WORDS_OF_A_CHANNEL = 5  # "what does #general get", with "the digest" in the channel's place
MAX_LOOKED_AT = 3  # of the best hits, for one that is asked for in just these words
DIGEST_INSTEAD = "If you meant the digest of a channel, say `{}`."
THE_ANSWER = frozenset({"this", "it", "that", "this one", "that one", "this change", "that change"})
# "watch out for breaking changes", "watch the video".
NO_WATCH = re.compile(r"out\b|(?:the |a |this |that )?(?:video|recording|webinar|demo|episode|space)\b", re.IGNORECASE)
SEVERAL_NUMBERS = re.compile(r"#?\d{6,8}(?:(?:,|,? and|,? &| or)? #?\d{6,8})+")


def interpret(
    snapshot: SearchSnapshot,
    text: str,
    last: LastAnswer | None = None,
    offset: int = 0,
    reference_text: str = "",
    test_error_command: bool = False,
    may_change_digest: bool = False,
) -> Interpretation:
    """What answers a text.

    `last` is what was answered before in the same conversation, `offset` the first result that is looked at.
    `reference_text` is the text with channels as `<#C1>` and links as addresses, where Slack sent them.
    `test_error_command`: whether `boom` is a verb. `may_change_digest`: whether "add jira" may be meant for a digest.
    """
    text, reference_text = (without_markup(given[:MAX_LENGTH]) for given in (text, reference_text))
    is_digest_topic = may_change_digest and last == DIGEST_TOPIC
    last = last if last and last.question else None  # talk about a digest is no answer to build on
    key = text, reference_text, last is None, is_digest_topic, offset, test_error_command, may_change_digest
    if (kept := snapshot.kept_answers.interpretations.get(key)) is not None:
        return cast(Interpretation, kept)
    match = find_verb(text, reference_text or text, snapshot.vocabulary.stems_by_word, test_error_command)
    if match and match.is_complete:
        is_sentence = match.verb.of_a_channel and not is_digest_topic and not is_typed_verb(text)
        instead = _asked_in_these_words(snapshot, text, match.verb) if is_sentence else None
        found = (instead or _answer_verb(snapshot, match, text, last))._replace(offset=offset)
        if last and match.verb.name in ("watch", "unwatch"):  # "watch this"
            return found
    elif last and (follow_up := parse_follow_up(snapshot, text)):
        return follow(snapshot, follow_up, last)
    elif match:
        found = Interpretation(HelpAnswer(match.verb))
    elif may_change_digest and (perhaps := _perhaps_digest(text, reference_text or text, last)):
        instead = None if is_digest_topic else _asked_in_these_words(snapshot, text, perhaps.verb)
        found = (instead or Interpretation(perhaps))._replace(offset=offset)
    elif is_digest_topic and (answer := read_digest_followup(text)):
        found = Interpretation(_digest_answer(answer))
    elif needs_an_answer(text):
        found = Interpretation(TextAnswer(NOTHING_BEFORE))
    else:
        query = snapshot.parse(text)
        special = answer_without_search(snapshot, query, offset)
        found = special or Interpretation(ResultAnswer(result := snapshot.search(query)), result.query.text, offset)
        found = answer_several(snapshot, query, found) or found
        if may_change_digest and not special and (note := _instead_of_search(text, reference_text or text)):
            found = found._replace(note=note)
    if len(text) + len(reference_text) <= MAX_KEPT_LENGTH:  # all of it is the same after any other answer
        snapshot.kept_answers.interpretations.put(key, found)
    return found


def may_go_on(snapshot: SearchSnapshot, text: str, reference_text: str = "") -> bool:
    """Whether a text may mean something else after another answer, of an entry or of a digest."""
    text, reference_text = (without_markup(given[:MAX_LENGTH]) for given in (text, reference_text))
    match = find_verb(text, reference_text or text, snapshot.vocabulary.stems_by_word)
    if match and match.is_complete:
        return match.verb.name in ("watch", "unwatch")
    return bool(
        needs_an_answer(text)
        or parse_follow_up(snapshot, text)
        or read_digest_followup(text)
        or _perhaps_digest(text, reference_text or text, None)
    )


def remember(
    interpretation: Interpretation, last: LastAnswer | None, shown_keys: tuple[str, ...], end: int
) -> LastAnswer | None:
    """What to keep of an answer for what follows it; None where it changes nothing.

    `shown_keys` are the entries that were shown, in the order they were shown in, and `end` is where the next page
    begins.
    """
    answer = interpretation.answer
    if isinstance(answer, EntryAnswer) and last:
        return replace(last, selected_key=answer.entry.key)
    if not isinstance(answer, ResultAnswer | ComparisonAnswer | UpgradeAnswer) or not interpretation.question:
        return None
    if last and len(shown_keys) == 1:  # "the second one" is still one of the last list
        return LastAnswer(interpretation.question, last.entry_keys, end, shown_keys[0])
    return LastAnswer(interpretation.question, shown_keys, end)


def _perhaps_digest(text: str, reference_text: str, last: LastAnswer | None) -> VerbAnswer | None:
    """What a text asks of a digest, if it may mean one: "stop the weekly update", and "fridays" where nothing else was
    talked about.
    """
    for words, channel, is_added, _ in without_channel(text, reference_text):
        if is_added:
            sentence = _said_of_a_channel(words)
        else:
            sentence = read_ambiguous_sentence(words) or (None if last else read_short_sentence(words))
        if sentence:
            which = f"{channel} {sentence.which}".strip()
            return VerbAnswer(verbs_by_name()[sentence.verb], sentence.argument, which, is_perhaps=True)
    return None


def _said_of_a_channel(words: str) -> DigestSentence | None:
    """What is said of a channel without speaking of a digest: "move #general to fridays". HaloPSA posts to channels,
    too: a longer text that is no such sentence is a question, and nothing is posted at once.
    """
    sentence = read_digest_sentence(words) or read_compound_sentence(words)
    if sentence and verbs_by_name()[sentence.verb].of_a_channel and sentence.verb != "digest now":
        return sentence
    plain = without_courtesies(words)
    return read_ambiguous_sentence(plain) if len(plain.split()) <= MAX_WORDS_OF_A_CHANNEL else None


def _instead_of_search(text: str, reference_text: str) -> str:
    """One line on how to get what a channel's updates are changed with, where a question names a channel and updates:
    "which summaries does #general get each week". Empty for any other.
    """
    for words, _, is_added, _ in without_channel(text, reference_text):
        if is_added and names_updates(words) and (sentence := read_ambiguous_sentence(without_courtesies(words))):
            return DIGEST_INSTEAD.format(sentence.verb)
    return ""


def _asked_in_these_words(snapshot: SearchSnapshot, text: str, verb: Verb) -> Interpretation | None:
    """The answer to a text that may be meant for a digest, where some change is called so or asked for in just these
    words: "copilot digest list". What a digest verb is called is not looked at here.
    """
    asked = _words_of(text)
    if len(asked) < 2:
        return None
    result = snapshot.search(text)
    entries = [hit.entry for hit in (*result.hits, *result.possible_hits)[:MAX_LOOKED_AT]]
    if not any(asked == _words_of(phrase) for e in entries for phrase in (e.title, *e.names, *e.also)):
        return None
    return Interpretation(ResultAnswer(result), result.query.text, note=DIGEST_INSTEAD.format(verb.name))


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", normalise(text).lower())


def _digest_answer(answer: DigestSentence | str) -> Answer:
    if isinstance(answer, str):
        return TextAnswer(answer)
    return VerbAnswer(verbs_by_name()[answer.verb], answer.argument, answer.which, is_perhaps=True)


def _answer_verb(snapshot: SearchSnapshot, match: VerbMatch, text: str, last: LastAnswer | None) -> Interpretation:
    """What a verb answers; help where it has to be asked about."""
    if match.verb.name in ("watch", "unwatch"):
        wanted = _read_watch(snapshot, match, text, last)
        if isinstance(wanted, Interpretation):
            return wanted
        match = wanted
    verb, argument = match.verb, match.argument
    answer: Answer
    if not match.is_certain and argument and verb.argument == ANY_ARGUMENT:
        result = snapshot.search(text)  # "unsubscribed users get emails" may well be a question
        answer = ResultAnswer(result) if result.has_answer else HelpAnswer(verb)
    elif not match.is_certain:
        answer = HelpAnswer(verb)
    elif verb.answer:
        answer = verb.answer(snapshot, argument)
    else:
        answer = VerbAnswer(verb, argument, match.which)
    question = answer.result.query.text if isinstance(answer, ResultAnswer) else f"{verb.name} {argument}".strip()
    notes = [match.note] if match.note else []
    if isinstance(answer, UpgradeAnswer | ComparisonAnswer):
        between = answer.checklist if isinstance(answer, UpgradeAnswer) else answer.comparison
        notes += unknown_version_notes(between.older, between.newer, snapshot.versions)
    return Interpretation(answer, question, note=" ".join(notes))


def _read_watch(
    snapshot: SearchSnapshot, match: VerbMatch, text: str, last: LastAnswer | None
) -> VerbMatch | Interpretation:
    """What is to be watched, or no more; an answer where that has to be asked first, or nothing is to be watched."""
    is_watch, argument = match.verb.name == "watch", without_courtesy(match.argument)
    if is_watch and (instead := _answer_released(snapshot, text) or _ask_about_watch(snapshot, argument)):
        return instead
    match = match._replace(argument=argument)
    if argument.lower() in THE_ANSWER:  # "watch this"
        if last is None:
            return Interpretation(HelpAnswer(match.verb))
        if not (is_watch and is_about_a_correction(text)):
            return match._replace(argument=last.question)
        argument, question = corrected_one(last)
        return Interpretation(TextAnswer(question)) if question else match._replace(argument=argument)
    if is_watch and match.is_certain and names_one_record(argument):
        note = f'Nothing is watched. To be told of what is new, say `watch "{argument}"`.'
        return match._replace(is_certain=False, note=note)
    if is_watch and match.is_certain and _may_be_question(snapshot, argument, text):
        note = f"Nothing is watched. To be told of what is new, say `watch for {argument}`."
        return match._replace(is_certain=False, note=note)
    return match


def _ask_about_watch(snapshot: SearchSnapshot, argument: str) -> Interpretation | None:
    """What comes before anything is watched, if something does: a question, help or the list."""
    if SEVERAL_NUMBERS.fullmatch(argument):
        numbers = ", then ".join(f"`watch #{number}`" for number in re.findall(r"\d+", argument)[:5])
        return Interpretation(TextAnswer(f"Nothing is watched yet. One at a time: {numbers}."))
    if argument.lower() in OWN_LIST:
        return Interpretation(VerbAnswer(verbs_by_name()["watches"], ""))
    if argument.lower() in ("watch", "watching"):
        return Interpretation(HelpAnswer(verbs_by_name()["watch"]))
    question = question_about_watch(argument, snapshot.vocabulary.stems_by_word)
    return Interpretation(TextAnswer(question)) if question else None


def _answer_released(snapshot: SearchSnapshot, text: str) -> Interpretation | None:
    """ "tell me when v2.206 is out": what is in it, where it is out already. None where it is yet to come."""
    version = next(iter(lookups.versions_in(read_release(text))), None)
    if version is None or version > max(snapshot.versions, default=version):
        return None
    if version not in snapshot.versions:
        note = f"{version} is older than {max(snapshot.versions)}, and I know no change of it, so nothing is watched."
        return Interpretation(TextAnswer(f"{note} `watch {version}` tells you if one comes."))
    note = f"{version} is out, so nothing is watched. `watch {version}` tells you of what is still added to it."
    result = ResultAnswer(lookups.search_version(snapshot, version))
    return Interpretation(result, result.result.query.text, note=note)


def _may_be_question(snapshot: SearchSnapshot, subject: str, text: str) -> bool:
    """Whether "watch" and the word after it are one thing that the catalogue speaks of: "watch list for tickets"."""
    if not text.lower().startswith(f"watch {subject.lower()}"):
        return False
    if NO_WATCH.match(subject):
        return True
    following = subject.split()[:1]
    if not following or following[0].lower() in STOP_WORDS:
        return False
    together = re.compile(rf"\bwatch {re.escape(following[0])}\b", re.IGNORECASE)
    entries = (hit.entry for hit in snapshot.search(text).hits[:3])
    return any(together.search(" ".join((e.title, *e.names, *e.also))) for e in entries)
