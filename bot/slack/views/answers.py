"""An Answer as a Slack message: a card and rows, a list in pages, or an honest nothing. Pure."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.catalog.models import Entry
from bot.search.models import Hit, SearchResult
from bot.slack.views import action_ids
from bot.slack.views.blocks import (
    Episodes,
    Message,
    button_row,
    context,
    entry_card,
    entry_result,
    entry_subtitle,
    escape,
    escape_within,
    message,
    pluralize,
    section,
)
from bot.slack.views.context import ViewContext
from bot.slack.views.limits import MAX_NOTIFICATION, MAX_SECTION, truncate
from bot.slack.views.lists import list_page, version_page
from bot.slack.views.pagination import ResultsPage, paginate_rows

FIRST_PAGE_RESULTS, FIRST_PUBLIC_PAGE_RESULTS, NEXT_PAGE_RESULTS = (
    5,
    3,
    8,
)  # results on the first page, in a channel, and on each further page
MAX_CARDS = 3  # numbers asked for in one text, each shown whole


def page_message(page: ResultsPage, view_context: ViewContext, question: str, has_answer: bool = True) -> Message:
    """A page with the buttons under it, as a message."""
    return message(
        page.text, [*page.blocks, *footer(page, view_context, view_context.question or question, has_answer)]
    )


def answer_page(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    """What is shown of an answer, without what is under it."""
    query = result.query
    if not result.has_answer:
        return _nothing_page(result, episodes, view_context)
    if query.intent == "version":
        return version_page(result, episodes, view_context, interpretation_line(result))
    if query.intent == "list" and len(result.hits) + len(result.possible_hits) > 1:
        return list_page(result, episodes, view_context, interpretation_line(result))
    return _results_page(result, episodes, view_context)


def footer(page: ResultsPage, view_context: ViewContext, question: str, has_answer: bool = True) -> list[Block]:
    """How many more there are, what a button just did, and the buttons."""
    left = page.total - page.end
    blocks: list[Block] = [context(f"and {left:,} more")] if left > 0 else []
    blocks += [context(escape(view_context.banner))] if view_context.banner else []
    place = action_ids.encode_page_ref(question, view_context.offset)
    row = _paging_buttons(page, view_context, question)
    if has_answer and view_context.command and not view_context.public and not view_context.in_modal:
        row += [
            ButtonElement(text="Share", action_id=action_ids.SHARE, value=place),
            ButtonElement(text="Dismiss", action_id=action_ids.DISMISS),
        ]
    if has_answer and not view_context.banner and not view_context.in_modal:
        row += [
            ButtonElement(text="Helpful", action_id=action_ids.HELPFUL, value=place),
            ButtonElement(text="Not helpful", action_id=action_ids.NOT_HELPFUL, value=place),
        ]
    if not has_answer:
        tell = action_ids.SEARCH_TELL_ME if view_context.in_modal else action_ids.TELL_ME
        row = [ButtonElement(text="Tell me when there is something", action_id=tell, value=place), *row]
        row += (
            []
            if view_context.public or view_context.in_modal or not view_context.command
            else [ButtonElement(text="Dismiss", action_id=action_ids.DISMISS)]
        )
    return blocks + button_row(*row)


def _paging_buttons(page: ResultsPage, view_context: ViewContext, question: str) -> list[ButtonElement]:
    back, on = (
        (action_ids.SEARCH_PREVIOUS, action_ids.SEARCH_NEXT)
        if view_context.in_modal
        else (action_ids.PREVIOUS, action_ids.NEXT)
    )
    row = []
    if page.previous is not None:
        row.append(
            ButtonElement(text="Previous", action_id=back, value=action_ids.encode_page_ref(question, page.previous))
        )
    if page.next is not None:
        row.append(ButtonElement(text="Next", action_id=on, value=action_ids.encode_page_ref(question, page.next)))
    return row


def interpretation_notes(result: SearchResult) -> list[str]:
    """How the question was understood, where that is not plain from the answer. Not escaped."""
    query = result.query
    said = list(query.notes)
    if query.corrections:
        said.append(
            "Showing results for " + ", ".join(f"“{meant}” (you typed “{typed}”)" for typed, meant in query.corrections)
        )
    filters = query.filters
    narrowed = [str(v) for v in filters.versions or ()]
    narrowed = [f"{narrowed[0]} to {narrowed[-1]}"] if len(narrowed) > 2 else narrowed
    narrowed += [
        part for part in (filters.area, f"episode {filters.episode}" if filters.episode else "", filters.kind) if part
    ]
    narrowed += ["highlights"] if filters.highlights else []
    if narrowed and query.intent != "version":
        said.append("Only " + ", ".join(narrowed))
    if result.unknown_keys:
        said.append("I do not have " + ", ".join(f"#{key}" if key.isdigit() else key for key in result.unknown_keys))
    return said


def interpretation_line(result: SearchResult) -> list[Block]:
    """One grey line of what was understood; nothing when there is nothing to say."""
    said = interpretation_notes(result)
    return [context(escape_within(" · ".join(said), 1_000))] if said else []


def all_hits(result: SearchResult) -> tuple[Hit, ...]:
    """All entries of an answer, best first, uncertain ones last."""
    return (*result.hits, *result.possible_hits)


def _results_page(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    """The best hit in full and the next ones in a row each; further pages are rows."""
    hits = all_hits(result)
    whole = MAX_CARDS if result.query.intent == "numbers" else 1
    first = max(FIRST_PUBLIC_PAGE_RESULTS if view_context.public else FIRST_PAGE_RESULTS, whole)
    start, end, previous = paginate_rows(len(hits), view_context.offset, first, NEXT_PAGE_RESULTS)
    blocks = interpretation_line(result)
    if start == 0:
        for hit in hits[:whole]:
            blocks += entry_card(hit.entry, episodes, MAX_SECTION if whole == 1 else 1_200, with_details=True)
        rows: Sequence[Hit] = hits[whole:end]
        if rows:
            blocks += [DividerBlock(), context("Also close:" if whole == 1 else "And:")]
    else:
        rows = hits[start:end]
        blocks.append(
            context(
                f"{start + 1} to {end} of {pluralize(len(hits), 'result')} for “{escape_within(result.query.text, 120)}”"
            )
        )
    blocks += [entry_result(hit.entry, episodes) for hit in rows]
    return ResultsPage(
        blocks,
        notification_text(hits[0].entry, len(hits)),
        start,
        end,
        len(hits),
        previous,
        tuple(hit.entry.key for hit in hits[start:end]),
    )


def notification_text(best: Entry, number: int) -> str:
    """What a notification says of results. Not escaped."""
    return truncate(
        f"{best.title} ({entry_subtitle(best)})"
        + (f" and {pluralize(number - 1, 'more result')}" if number > 1 else ""),
        MAX_NOTIFICATION,
    )


def _nothing_page(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    asked = truncate(result.query.text, 120)
    blocks = [*interpretation_line(result), section(f"Nothing on that yet: “{escape_within(asked, 600)}”")]
    if result.suggestions:
        blocks.append(context("Not what you asked, but the nearest I have:"))
        blocks += [entry_result(hit.entry, episodes) for hit in result.suggestions]
    else:
        again = (
            f" `{view_context.command} help` shows what I understand."
            if view_context.command
            else " `help` shows what I understand."
        )
        blocks.append(context(f"Try fewer or other words, a change's number, or a version such as v2.206.{again}"))
    return ResultsPage(
        blocks, f"Nothing on that yet: “{asked}”", keys=tuple(hit.entry.key for hit in result.suggestions)
    )
