"""An answer's title and how its question was understood, in plain words, the same in Slack and in the terminal.

Nothing here is escaped.
"""

import shlex

from bot.catalog.models import Entry, Version
from bot.conversation.entry_text import entry_subtitle, impact_label, pluralize
from bot.search.models import Order, Query, SearchResult, UpgradeChecklist
from bot.search.orders import LABELS, without_order
from bot.text import truncate

FAQ_AND_GUIDES = "FAQ and guides"
NOT_SURE = "I am not sure that this is what you ask for. The nearest I have:"
OR_ELSE = "Or perhaps:"
NEAREST = "Not what you asked, but the nearest I have:"
OTHER_AREA = "Other"  # of entries without an area, as a heading
MATTERS_FIRST = "What matters first"
MAX_QUESTION = 120  # characters of a question that a sentence repeats


def interpretation_notes(result: SearchResult) -> list[str]:
    """How the question was understood, where the answer does not show it."""
    query, filters = result.query, result.query.filters
    notes = list(query.notes)
    if query.corrections:
        pairs = ", ".join(f"“{meant}” (you typed “{typed}”)" for typed, meant in query.corrections)
        notes.append(f"Showing results for {pairs}")
    versions = [str(version) for version in filters.versions or ()]
    only = (
        [query.version_range.label] if query.version_range else [truncate(", ".join(versions), 100)] if versions else []
    )
    only += [filters.area] if filters.area else []
    only += [f"episode {filters.episode}"] if filters.episode else []
    only += [filters.kind] if filters.kind else []
    only += ["highlights"] if filters.highlights else []
    only += filters.impacts
    only += ["with a warning"] if filters.warnings else []
    if only and query.intent != "version":
        notes.append("Only " + ", ".join(only))
    if result.unknown_keys:
        notes.append("I do not have " + ", ".join(f"#{key}" if key.isdigit() else key for key in result.unknown_keys))
    return notes


def question_text(question: str, limit: int = MAX_QUESTION) -> str:
    """A question as a sentence repeats it: without `sort:`, which the answer shows, if there is more to it."""
    return truncate(without_order(question) or question, limit)


def document_title(question: str) -> str:
    """A question as the title of a document with its answer: without `sort:`, which the headings show."""
    return without_order(question) or question


def nothing_text(question: str) -> str:
    """There is no answer."""
    return f"Nothing on that yet: “{question_text(question)}”"


def export_sentence(question: str) -> str:
    """How to have an answer as a table or as text, for whoever runs the bot."""
    command = f"halobot export --question {shlex.quote(question.replace('`', ' '))} --format csv"
    return f"As a table for Excel: whoever runs me types `{command}`; `--format markdown` is for text."


def order_label(query: Query) -> str:
    """What a list is in order of: "newest first", unless another order was asked for."""
    return LABELS[query.order or "newest"]


def order_heading(entry: Entry, order: Order | None) -> str:
    """What an entry stands under in a list of this order: its version, its area, …"""
    match order:
        case "area":
            return entry.area or OTHER_AREA
        case "impact":
            known = impact_label(entry).removesuffix(" (a guess)") or "Not known"
            return known if entry.kind == "feature" else FAQ_AND_GUIDES
        case "highlights":
            return "Highlights" if entry.highlighted else "To be tested first" if entry.caution else "The rest"
        case "title" | "number":
            return "A to Z" if order == "title" else "By number"
        case _:
            return entry_subtitle(entry).split(" · ")[0] if entry.kind == "feature" else FAQ_AND_GUIDES


def versions_title(result: SearchResult) -> str:
    """`v2.214: 74 changes`, `Since v2.216: 11 changes`, `v2.206 to v2.214: 200 changes`."""
    between = result.query.version_range
    if between and between.low and between.high and between.low < between.high:
        return comparison_title(between.low, between.high, result)
    return f"{result.query.versions_label}: {pluralize(len(result.hits), 'change')}"


def comparison_title(older: Version, newer: Version, result: SearchResult) -> str:
    """How much came after one version, up to another."""
    return f"{older} to {newer}: {pluralize(len(result.hits), 'change')}"


def upgrade_title(checklist: UpgradeChecklist) -> str:
    """How much an upgrade brings; its area where it was narrowed to one."""
    same = checklist.older == checklist.newer
    versions = str(checklist.newer) if same else f"{checklist.older} to {checklist.newer}"
    return f"{versions}{f', {checklist.area}' if checklist.area else ''}: {pluralize(checklist.change_count, 'change')}"


def no_version_between(older: Version, newer: Version) -> str:
    """Two versions are compared, and the catalogue has none that is later than the older one."""
    return f"I have no version after {older}, up to {newer}."


def no_changes_between(older: Version, newer: Version) -> str:
    """Two versions are compared, and the catalogue has no changes of those in between."""
    return f"No changes found between {older} and {newer}."


def no_upgrade_changes(checklist: UpgradeChecklist) -> str:
    """An upgrade that brings nothing that is known."""
    area = f" in {checklist.area}" if checklist.area else ""
    return f"I know no changes after {checklist.older}, up to {checklist.newer}{area}."
