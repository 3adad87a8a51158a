"""Answers that are a sentence or two and no entries, in words for people who are not in Slack."""

from bot.conversation.answers import (
    AboutAnswer,
    Answer,
    ComparisonAnswer,
    ExportAnswer,
    HelpAnswer,
    StatusAnswer,
    TextAnswer,
    UpgradeAnswer,
    VerbAnswer,
)
from bot.conversation.result_text import export_sentence, no_changes_between, no_upgrade_changes, no_version_between
from bot.search.lookups import about_facts
from bot.search.small_talk.replies import about_text, knowledge_sentence
from bot.search.snapshot import SearchSnapshot


def words_of(answer: Answer, snapshot: SearchSnapshot) -> str:
    """What such an answer says; empty for answers that have entries, and for help in general."""
    match answer:
        case UpgradeAnswer(checklist) if not checklist.sections:
            return no_upgrade_changes(checklist)
        case ComparisonAnswer((older, newer, versions, result)) if not result.has_answer:
            return (no_changes_between if versions else no_version_between)(older, newer)
        case StatusAnswer():
            return knowledge_sentence(about_facts(snapshot))
        case AboutAnswer(query):
            return about_text(query, about_facts(snapshot))
        case TextAnswer(text):
            return text
        case ExportAnswer(question):
            return export_sentence(question)
        case VerbAnswer(verb):
            return f"{verb.name}: {verb.help}. {verb.elsewhere}"
        case HelpAnswer(verb=verb) if verb:
            return f"{verb.name}: {verb.help}. For example: {verb.example}"
    return ""
