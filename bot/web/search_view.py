"""The search page: the answer that `/halo` gives, as sure as it is, within the filters of the address."""

from typing import Any

from bot.conversation.answers import (
    AboutAnswer,
    AreasAnswer,
    ComparisonAnswer,
    HelpAnswer,
    Interpretation,
    ResultAnswer,
    StatusAnswer,
    TextAnswer,
    UpgradeAnswer,
    VerbAnswer,
)
from bot.conversation.first_sentence import first_sentence
from bot.conversation.interpret import interpret
from bot.conversation.result_text import (
    comparison_title,
    interpretation_notes,
    no_changes_between,
    no_upgrade_changes,
    no_version_between,
    nothing_text,
    upgrade_title,
    versions_title,
)
from bot.search.about_replies import about_text, knowledge_sentence
from bot.search.lookups import about_facts
from bot.search.models import SearchResult
from bot.web.addresses import with_query, without_forbidden
from bot.web.filters import FILTER_NAMES, read_filters
from bot.web.listing import by_area, by_relation, by_section, by_version, entries_of, to_page
from bot.web.models import EntryGroup, PageReply
from bot.web.page import Page

MAX_QUESTION = 2_000  # characters; search looks at no more, whoever asks
EXAMPLES = (
    "jira default status", "v2.214", "portal stuff since 2.210", "upgrade 2.206 2.214", "fixes in billing", "1016865",
)  # fmt: skip
MAX_RELATED = 20  # on a page
_NO_ANSWER: dict[str, Any] = {
    "answer": "help", "heading": "", "said": "", "notes": [], "best": None, "result": None, "listing": None
}  # fmt: skip


def show_search(page: Page) -> PageReply:
    """The answer to `q`, narrowed by the filters; without either, how to ask."""
    if any(name in page.query and not page.query[name].strip() for name in ("q", *FILTER_NAMES)):
        given = [(name, page.query.get(name, "")) for name in ("q", *FILTER_NAMES)]
        return page.redirect(with_query("/search", ((name, value.strip()) for name, value in given)))
    filters = read_filters(page.query, page.snapshot)
    asked = without_forbidden(page.query.get("q", "")).strip()
    text = asked[:MAX_QUESTION]
    meaning = interpret(page.snapshot, filters.question(text))
    if isinstance(meaning.answer, AreasAnswer):
        return page.redirect("/areas")
    values = {**_NO_ANSWER, **_answer_values(page, meaning, text or "these filters")}
    if len(asked) > MAX_QUESTION:
        values["notes"] = [*values["notes"], f"Only the first {MAX_QUESTION:,} characters were read."]
    address = with_query("/search", (("q", text), *filters.in_address(page.slugs).items()))
    return page.render(
        "search.html",
        text or ", ".join(filters.labels()) or "Search",
        canonical=address,
        address=address,
        feed_of=filters,
        feed_text=text,
        text=text,
        filters=filters,
        examples=EXAMPLES,
        note=meaning.note,
        **values,
    )


def _answer_values(page: Page, meaning: Interpretation, asked: str) -> dict[str, Any]:
    """What the template shows of an answer."""
    snapshot, number = page.snapshot, page.query.get("page", "1")
    match meaning.answer:
        case ResultAnswer(result):
            return _result_values(result, asked, number)
        case UpgradeAnswer(checklist) if checklist.sections:
            return {
                "answer": "list",
                "heading": f"Upgrade {upgrade_title(checklist)}",
                "listing": to_page(by_section(checklist), number, 300),
            }
        case UpgradeAnswer(checklist):
            return {"answer": "said", "said": no_upgrade_changes(checklist)}
        case ComparisonAnswer((older, newer, versions, result)):
            if versions and result.has_answer:
                values = _result_values(result, asked, number)
                return values | {"answer": "list", "heading": comparison_title(older, newer, result)}
            nothing = no_changes_between if versions else no_version_between
            return {"answer": "said", "said": nothing(older, newer)}
        case StatusAnswer():
            return {"answer": "said", "said": knowledge_sentence(about_facts(snapshot))}
        case AboutAnswer(query):
            return {"answer": "said", "said": about_text(query, about_facts(snapshot))}
        case TextAnswer(text):
            return {"answer": "said", "said": text}
        case VerbAnswer(verb):
            return {"answer": "said", "said": f"{verb.name}: {verb.help}. {verb.elsewhere}"}
        case HelpAnswer(verb=verb) if verb:
            return {"answer": "said", "said": f"{verb.name}: {verb.help}. For example: {verb.example}"}
    return {}


def _result_values(result: SearchResult, asked: str, number: str) -> dict[str, Any]:
    """A result: a list, or the best change with what is related, or nothing with what is near."""
    query = result.query
    if query.intent in ("nothing", "help"):
        return {}
    values: dict[str, Any] = {"notes": interpretation_notes(result), "said": first_sentence(result), "result": result}
    hits, possible = entries_of(result.hits), entries_of(result.possible_hits)
    if not result.has_answer:
        near = [EntryGroup("", "", entries_of(result.suggestions))] if result.suggestions else []
        return values | {"answer": "nothing", "heading": nothing_text(asked), "listing": to_page(near, number)}
    if query.intent == "version":
        listing = to_page(by_area(hits, possible), number)
        return values | {"answer": "list", "heading": versions_title(result), "listing": listing}
    if query.intent == "list" and len(hits) + len(possible) > 1:
        count = f"{len(hits) + len(possible):,} changes, newest first"
        return values | {"answer": "list", "heading": count, "listing": to_page(by_version([*hits, *possible]), number)}
    listing = to_page(by_relation(result), number, MAX_RELATED)
    return values | {"answer": "best", "best": [*hits, *possible][0], "listing": listing}
