"""An Answer as a Slack message: a card and rows, a list in pages, or an honest nothing. Pure."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.catalog.models import Entry
from bot.search.models import Hit, SearchResult
from bot.slack.views import action_ids
from bot.slack.views.blocks import (
    Episodes,
    Message,
    buttons,
    card,
    context,
    count,
    escape,
    fit,
    message,
    result,
    section,
    where,
)
from bot.slack.views.context import Look
from bot.slack.views.limits import NOTIFICATION, SECTION, cut
from bot.slack.views.lists import listing, overview
from bot.slack.views.pagination import Page, row_page

FIRST, FIRST_PUBLIC, ROWS = 5, 3, 8  # results on the first page, in a channel, and on each further page
MOST_CARDS = 3  # numbers asked for in one text, each shown whole


def page_message(page: Page, look: Look, question: str, found: bool = True) -> Message:
    """A page with the buttons under it, as a message."""
    return message(page.text, [*page.blocks, *footer(page, look, look.question or question, found)])


def answer_page(answer: SearchResult, episodes: Episodes, look: Look) -> Page:
    """What is shown of an answer, without what is under it."""
    query = answer.query
    if not answer.has_answer:
        return _nothing(answer, episodes, look)
    if query.intent == "version":
        return overview(answer, episodes, look, preface(answer))
    if query.intent == "list" and len(answer.hits) + len(answer.possible_hits) > 1:
        return listing(answer, episodes, look, preface(answer))
    return _results(answer, episodes, look)


def footer(page: Page, look: Look, question: str, found: bool = True) -> list[Block]:
    """How many more there are, what a button just did, and the buttons."""
    left = page.total - page.end
    blocks: list[Block] = [context(f"and {left:,} more")] if left > 0 else []
    blocks += [context(escape(look.note))] if look.note else []
    place = action_ids.place_value(question, look.offset)
    row = _paging(page, look, question)
    if found and look.command and not look.public and not look.window:
        row += [
            ButtonElement(text="Share", action_id=action_ids.SHARE, value=place),
            ButtonElement(text="Dismiss", action_id=action_ids.DISMISS),
        ]
    if found and not look.note and not look.window:
        row += [
            ButtonElement(text="Helpful", action_id=action_ids.HELPFUL, value=place),
            ButtonElement(text="Not helpful", action_id=action_ids.NOT_HELPFUL, value=place),
        ]
    if not found:
        tell = action_ids.WINDOW_TELL_ME if look.window else action_ids.TELL_ME
        row = [ButtonElement(text="Tell me when there is something", action_id=tell, value=place), *row]
        row += (
            []
            if look.public or look.window or not look.command
            else [ButtonElement(text="Dismiss", action_id=action_ids.DISMISS)]
        )
    return blocks + buttons(*row)


def _paging(page: Page, look: Look, question: str) -> list[ButtonElement]:
    back, on = (
        (action_ids.WINDOW_PREVIOUS, action_ids.WINDOW_NEXT) if look.window else (action_ids.PREVIOUS, action_ids.NEXT)
    )
    row = []
    if page.previous is not None:
        row.append(
            ButtonElement(text="Previous", action_id=back, value=action_ids.place_value(question, page.previous))
        )
    if page.next is not None:
        row.append(ButtonElement(text="Next", action_id=on, value=action_ids.place_value(question, page.next)))
    return row


def understood(answer: SearchResult) -> list[str]:
    """How the question was understood, where that is not plain from the answer. Not escaped."""
    query = answer.query
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
    if answer.unknown_keys:
        said.append("I do not have " + ", ".join(f"#{key}" if key.isdigit() else key for key in answer.unknown_keys))
    return said


def preface(answer: SearchResult) -> list[Block]:
    """One grey line of what was understood; nothing when there is nothing to say."""
    said = understood(answer)
    return [context(fit(" · ".join(said), 1_000))] if said else []


def hits_of(answer: SearchResult) -> tuple[Hit, ...]:
    """All entries of an answer, best first, uncertain ones last."""
    return (*answer.hits, *answer.possible_hits)


def _results(answer: SearchResult, episodes: Episodes, look: Look) -> Page:
    """The best hit in full and the next ones in a row each; further pages are rows."""
    hits = hits_of(answer)
    whole = MOST_CARDS if answer.query.intent == "numbers" else 1
    first = max(FIRST_PUBLIC if look.public else FIRST, whole)
    start, end, previous = row_page(len(hits), look.offset, first, ROWS)
    blocks = preface(answer)
    if start == 0:
        for hit in hits[:whole]:
            blocks += card(hit.entry, episodes, SECTION if whole == 1 else 1_200, details=True)
        rows: Sequence[Hit] = hits[whole:end]
        if rows:
            blocks += [DividerBlock(), context("Also close:" if whole == 1 else "And:")]
    else:
        rows = hits[start:end]
        blocks.append(
            context(f"{start + 1} to {end} of {count(len(hits), 'result')} for “{fit(answer.query.text, 120)}”")
        )
    blocks += [result(hit.entry, episodes) for hit in rows]
    return Page(
        blocks,
        notification(hits[0].entry, len(hits)),
        start,
        end,
        len(hits),
        previous,
        tuple(hit.entry.key for hit in hits[start:end]),
    )


def notification(best: Entry, number: int) -> str:
    """What a notification says of results. Not escaped."""
    return cut(
        f"{best.title} ({where(best)})" + (f" and {count(number - 1, 'more result')}" if number > 1 else ""),
        NOTIFICATION,
    )


def _nothing(answer: SearchResult, episodes: Episodes, look: Look) -> Page:
    asked = cut(answer.query.text, 120)
    blocks = [*preface(answer), section(f"Nothing on that yet: “{fit(asked, 600)}”")]
    if answer.suggestions:
        blocks.append(context("Not what you asked, but the nearest I have:"))
        blocks += [result(hit.entry, episodes) for hit in answer.suggestions]
    else:
        again = (
            f" `{look.command} help` shows what I understand." if look.command else " `help` shows what I understand."
        )
        blocks.append(context(f"Try fewer or other words, a change's number, or a version such as v2.206.{again}"))
    return Page(blocks, f"Nothing on that yet: “{asked}”", keys=tuple(hit.entry.key for hit in answer.suggestions))
