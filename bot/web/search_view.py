"""The search page: the answer that `/halo` gives, as sure as it is, within the filters of the address."""

from typing import Any

from bot.conversation.answers import AreasAnswer, Interpretation, ResultAnswer
from bot.conversation.filter_parameters import PARAMETER_NAMES, read_filters
from bot.conversation.first_sentence import first_sentence
from bot.conversation.grouping import EntryGroup, by_relation, entries_of, list_of, to_page
from bot.conversation.interpret import interpret
from bot.conversation.result_text import interpretation_notes, nothing_text
from bot.conversation.worded_answers import words_of
from bot.text import without_control
from bot.web.addresses import with_query
from bot.web.models import MAX_QUESTION, PageReply
from bot.web.page import Page

EXAMPLES = (
    "jira default status", "v2.214", "portal stuff since 2.210", "upgrade 2.206 2.214", "fixes in billing", "1016865",
)  # fmt: skip
MAX_RELATED = 20  # on a page
CUT = f"Only the first {MAX_QUESTION:,} characters were read."


def show_search(page: Page) -> PageReply:
    """The answer to `q`, narrowed by the filters; without either, how to ask."""
    given = {name: page.query[name].strip() for name in ("q", *PARAMETER_NAMES) if name in page.query}
    if not all(given.values()):  # a form sends its empty fields too; the address that people link has none
        return page.redirect(with_query("/search", given.items()))
    filters, asked = read_filters(page.query, page.snapshot), without_control(given.get("q", "")).strip()
    text = asked[:MAX_QUESTION]
    meaning = interpret(page.snapshot, filters.question(text))
    if isinstance(meaning.answer, AreasAnswer):
        return page.redirect("/areas")
    address = with_query("/search", (("q", text), *filters.in_address(page.slugs).items()))
    values = _answer_values(page, meaning, text or "these filters")
    return page.render(
        "search.html",
        text or ", ".join(filters.labels()) or "Search",
        canonical=address,
        feed_of=filters,
        feed_text=text,
        address=address,
        text=text,
        filters=filters,
        examples=EXAMPLES,
        notes=[*[meaning.note] * bool(meaning.note), *values.pop("notes", ()), *[CUT] * (len(asked) > MAX_QUESTION)],
        **{"answer": "help", "heading": "", "said": "", "best": None, "result": None, "listing": None, **values},
    )


def _answer_values(page: Page, meaning: Interpretation, asked: str) -> dict[str, Any]:
    """What the template shows of an answer: words, a list, the best change with what is related, or nothing."""
    number, answer = page.query.get("page", "1"), meaning.answer
    if said := words_of(answer, page.snapshot):
        return {"answer": "said", "said": said}
    result = answer.result if isinstance(answer, ResultAnswer) else None
    if result and result.query.intent in ("nothing", "help"):
        return {}
    told = {"notes": interpretation_notes(result), "said": first_sentence(result)} if result else {}
    if found := list_of(answer):
        return {**told, "answer": "list", "heading": found[0], "listing": to_page(found[1], number)}
    if result is None:
        return {}
    if not result.has_answer:
        near = [EntryGroup("", "", entries_of(result.suggestions))] if result.suggestions else []
        return {**told, "answer": "nothing", "heading": nothing_text(asked), "listing": to_page(near, number)}
    best = entries_of((*result.hits, *result.possible_hits))[0]
    listing = to_page(by_relation(result), number, MAX_RELATED)
    return {**told, "answer": "best", "result": result, "best": best, "listing": listing}
