"""A search result as a Slack message: the best change in full, a list in pages, or an honest nothing."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.catalog.models import Entry, Version
from bot.conversation.entry_text import Episodes, comes_first, entry_subtitle, highlight_count, pluralize
from bot.conversation.first_sentence import first_sentence
from bot.conversation.result_text import (
    MATTERS_FIRST,
    NEAREST,
    NOT_SURE,
    OR_ELSE,
    OTHER_AREA,
    comparison_title,
    interpretation_notes,
    nothing_text,
    order_heading,
    order_label,
    question_text,
    versions_title,
)
from bot.search.models import Hit, SearchResult
from bot.slack.views import action_ids
from bot.slack.views.blocks import (
    Block,
    Element,
    Message,
    button,
    button_row,
    context,
    divider,
    header,
    message,
    section,
)
from bot.slack.views.context import ViewContext
from bot.slack.views.entry_blocks import details_menus, entry_card, entry_in_short, entry_line, entry_result
from bot.slack.views.limits import MAX_HEADER, MAX_NOTIFICATION, MAX_SECTION, truncate
from bot.slack.views.mrkdwn import escape, escape_sentence, escape_within
from bot.slack.views.pagination import ListItem, ResultsPage, paginate_lines, paginate_rows

# Results on the first page, on the first page in a channel, and on each further page.
FIRST_PAGE_RESULTS, FIRST_PUBLIC_PAGE_RESULTS, NEXT_PAGE_RESULTS = 5, 3, 8
MAX_AREAS = 5  # that the first screen of a version names; all of them follow as headings
MAX_CARDS = 3  # changes asked for by number in one question, each shown in full
# Characters of a list's page, links included: some 30 lines, or a dozen in a channel.
PRIVATE_PAGE_CHARACTERS, PUBLIC_PAGE_CHARACTERS = 4_500, 1_800

MARKED_HELPFUL = "Thank you: noted as helpful."
MARKED_NOT_HELPFUL = "Thank you: noted as not helpful. Whoever runs Halobot sees which questions to look at."
NO_LONGER_FOUND = "I find nothing for that any more. Ask again in other words."


def page_message(page: ResultsPage, view_context: ViewContext, question: str, has_answer: bool = True) -> Message:
    """A page and its buttons as a message."""
    return message(page.text, [*page.blocks, *footer(page, view_context, question, has_answer)])


def answer_page(
    result: SearchResult, episodes: Episodes, view_context: ViewContext, freshness: Sequence[str] = ()
) -> ResultsPage:
    """A result without its buttons. What was asked about it ("how many") is said first, and last how new it is."""
    page = _page_of(result, episodes, view_context)
    if freshness:
        page = page._replace(blocks=[*page.blocks, freshness_line(freshness)])
    said = first_sentence(result)
    if not said or view_context.offset:
        return page
    return page._replace(
        blocks=[section(escape(said)), *page.blocks], text=truncate(f"{said} {page.text}", MAX_NOTIFICATION)
    )


def _page_of(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    if not result.has_answer:
        return _nothing_page(result, episodes, view_context)
    if result.query.intent == "version":
        between = result.query.version_range
        if between and between.low and between.high and between.low < between.high:
            return comparison_page(between.low, between.high, result, episodes, view_context)
        return version_page(result, episodes, view_context)
    if result.query.intent == "list" and len(all_hits(result)) > 1:
        return list_page(result, episodes, view_context)
    return _results_page(result, episodes, view_context)


def list_pages(
    result: SearchResult, episodes: Episodes, compared: tuple[Version, Version] | None
) -> Callable[[int, bool], ResultsPage]:
    """The pages of a list, by where they begin and whether everybody sees them. `compared`: what was compared."""

    def page_at(offset: int, is_public: bool) -> ResultsPage:
        view_context = ViewContext(offset=offset, public=is_public)
        if compared:
            return comparison_page(*compared, result, episodes, view_context)
        return answer_page(result, episodes, view_context)

    return page_at


def footer(page: ResultsPage, view_context: ViewContext, question: str, has_answer: bool) -> list[Block]:
    """How many more results there are, what a click just did, and the buttons."""
    left = page.total - page.end
    blocks = [context(f"and {left:,} more{', less related' if page.less_related_follow else ''}")] if left > 0 else []
    blocks += [context(escape(view_context.banner))] if view_context.banner else []
    question = view_context.question or question
    here = action_ids.encode_page_ref(question, view_context.offset)
    to_dismiss = bool(view_context.command) and not view_context.public and not view_context.in_modal
    buttons = _page_buttons(page, view_context, question)
    tell_me = action_ids.SEARCH_TELL_ME if view_context.in_modal else action_ids.TELL_ME
    if page.is_uncertain or not has_answer:
        buttons.insert(0, button("Tell me when there is something", tell_me, here))
    if has_answer:
        buttons += [button("Share", action_ids.SHARE, here)] if to_dismiss else []
        buttons += (
            [button("Send as text", action_ids.EXPORT, here)] if page.is_list and not view_context.in_modal else []
        )
        buttons += [button("Dismiss", action_ids.DISMISS)] if to_dismiss else []
        if not view_context.banner and not view_context.in_modal:
            buttons.append(button("Helpful", action_ids.HELPFUL, here))
            buttons.append(button("Not helpful", action_ids.NOT_HELPFUL, here))
    else:
        buttons += [button("Dismiss", action_ids.DISMISS)] if to_dismiss else []
    return blocks + button_row(*buttons)


def interpretation_line(result: SearchResult) -> list[Block]:
    """One grey line of how the question was understood; no block where there is nothing to say."""
    notes = interpretation_notes(result)
    return [context(escape_within(" · ".join(notes), 1_000, escape_sentence))] if notes else []


def freshness_line(sentences: Sequence[str]) -> Block:
    """How new it is what is known, in grey."""
    return context("\n".join(escape_within(sentence, 200, escape_sentence) for sentence in sentences))


def all_hits(result: SearchResult) -> tuple[Hit, ...]:
    """The hits, best first, and the possible ones after them."""
    return (*result.hits, *result.possible_hits)


def notification_text(best: Entry, count: int, is_uncertain: bool) -> str:
    """What a notification says of `count` results. Not escaped."""
    others = f" and {pluralize(count - 1, 'more result')}" if count > 1 else ""
    perhaps = "Perhaps: " if is_uncertain else ""
    return truncate(f"{perhaps}{best.title} ({entry_subtitle(best)}){others}", MAX_NOTIFICATION)


def version_page(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    """A version: how many changes by area, what matters first, then all by area; those that may belong to it last."""
    entries = [hit.entry for hit in result.hits]
    title = versions_title(result)
    head = [header(truncate(title, MAX_HEADER)), *interpretation_line(result)]
    text = ", ".join([title, *highlight_count(entries)])
    return _page_by_area(
        result,
        "Perhaps too" if result.query.version_range else f"Perhaps in {result.query.versions_label}",
        head,
        text,
        episodes,
        view_context,
    )


def comparison_page(
    older: Version, newer: Version, result: SearchResult, episodes: Episodes, view_context: ViewContext
) -> ResultsPage:
    """What an upgrade from one version to another brings: what matters first, then all by area."""
    title = comparison_title(older, newer, result)
    versions = [str(version) for version in result.query.filters.versions or ()]
    named = f": {truncate(', '.join(versions), 500)}" if len(versions) > 1 else ""
    head = [header(truncate(title, MAX_HEADER)), context(escape(f"What came after {older}, up to {newer}{named}"))]
    head += interpretation_line(result)
    return _page_by_area(result, f"Perhaps after {older}", head, title, episodes, view_context)


def list_page(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    """All changes on a subject, newest version first, or in the order that was asked for."""
    order, entries = result.query.order, [hit.entry for hit in all_hits(result)]
    items = [
        ListItem(
            "Perhaps too" if order and number >= len(result.hits) else order_heading(entry, order),
            entry_line(entry, episodes),
            entry.key,
        )
        for number, entry in enumerate(entries)
    ]
    # The line under the title says what a pasted link was taken for.
    question = "" if "://" in result.query.text else f" for “{escape_within(question_text(result.query.text), 120)}”"
    count = pluralize(len(entries), "change")
    head = [section(f"*{count}*{question}, {order_label(result.query)}"), *interpretation_line(result)]
    page = paginate_lines(items, view_context.offset, _page_characters(view_context))
    text = truncate(f"{count}: {entries[0].title} …", MAX_NOTIFICATION)
    return page._replace(blocks=[*head, *page.blocks, *_menus(page, entries)], text=text, is_list=True)


def _page_by_area(
    result: SearchResult, possible: str, head: Sequence[Block], text: str, episodes: Episodes, view_context: ViewContext
) -> ResultsPage:
    """The hits by area, and the possible ones under a heading of their own: the same ones show under both versions."""
    entries = [hit.entry for hit in result.hits]
    perhaps = [hit.entry for hit in result.possible_hits]
    items = [ListItem(MATTERS_FIRST, entry_line(e, episodes), e.key) for e in entries if comes_first(e)]
    rest = sorted((e for e in entries if not comes_first(e)), key=lambda e: e.area or "~")
    items += [ListItem(e.area or OTHER_AREA, entry_line(e, episodes), e.key) for e in rest]
    items += [ListItem(possible, f"{entry_line(e, episodes)} · {order_heading(e, None)}", e.key) for e in perhaps]
    page = paginate_lines(items, view_context.offset, _page_characters(view_context))
    blocks = list(head)
    if page.start == 0 and entries:
        blocks.append(context(escape_within(_areas_row(entries), 500)))
    if page.start == 0 and perhaps:
        more = pluralize(len(perhaps), "more change")
        blocks.append(
            context(f"Perhaps {more}: the source names two versions and does not say which. See the end of the list.")
        )
    blocks += [*page.blocks, *_menus(page, (*entries, *perhaps))]
    return page._replace(blocks=blocks, text=truncate(text, MAX_NOTIFICATION), is_list=True)


def _areas_row(entries: Sequence[Entry]) -> str:
    """The biggest areas and how many changes each has, in one short row."""
    areas = Counter(entry.area or OTHER_AREA for entry in entries).most_common()
    shown = areas if len(areas) <= MAX_AREAS + 1 else areas[:MAX_AREAS]
    more = f" · and {len(areas) - len(shown)} other areas" if len(areas) > len(shown) else ""
    return " · ".join(f"{area} {count}" for area, count in shown) + more


def _menus(page: ResultsPage, entries: Sequence[Entry]) -> list[Block]:
    """A menu that leads to the details of each line of a page."""
    by_key = {entry.key: entry for entry in entries}
    return details_menus([by_key[key] for key in page.keys])


def _results_page(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    """The best hit in full with what is related to it in rows; further pages have the less related ones."""
    hits = (*all_hits(result), *result.more_hits)
    by_key = result.query.intent == "keys"
    cards = MAX_CARDS if by_key else 1
    key_rows = FIRST_PUBLIC_PAGE_RESULTS if view_context.public else FIRST_PAGE_RESULTS
    answers = min(len(hits) - len(result.more_hits), FIRST_PAGE_RESULTS)
    first_page_size = max(key_rows, cards) if by_key else answers
    start, end, previous = paginate_rows(len(hits), view_context.offset, first_page_size, NEXT_PAGE_RESULTS)
    blocks = interpretation_line(result)
    if start == 0:
        rows = hits[cards:end]
        if result.confidence == "perhaps":
            blocks += [context(NOT_SURE), *entry_in_short(hits[0].entry, episodes)]
        else:
            for hit in hits[:cards]:
                blocks += entry_card(hit.entry, episodes, MAX_SECTION if cards == 1 else 1_200, with_details=True)
        blocks += [divider(), context("And:" if by_key else "Related:")] if rows else []
    else:
        rows = hits[start:end]
        question = escape_within(result.query.text, 120)
        blocks.append(context(f"{start + 1} to {end} of {pluralize(len(hits), 'result')} for “{question}”"))
    blocks += [entry_result(hit.entry, episodes) for hit in rows]
    if start == 0 and result.suggestions:
        blocks += [context(OR_ELSE), *(entry_result(hit.entry, episodes) for hit in result.suggestions)]
    text = notification_text(hits[0].entry, end - start, result.confidence == "perhaps")
    keys = tuple(hit.entry.key for hit in hits[start:end])
    less_related_follow = start == 0 and bool(result.more_hits)
    is_uncertain = start == 0 and result.confidence == "perhaps"
    return ResultsPage(
        blocks, text, start, end, len(hits), previous, keys,
        less_related_follow=less_related_follow, is_uncertain=is_uncertain,
    )  # fmt: skip


def _nothing_page(result: SearchResult, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    """No answer, and the nearest suggestions or another way to ask."""
    nothing = nothing_text(result.query.text)
    blocks = [*interpretation_line(result), section(escape_within(nothing, 700))]
    if result.suggestions:
        blocks.append(context(NEAREST))
        blocks += [entry_result(hit.entry, episodes) for hit in result.suggestions]
    else:
        ask_help = f"`{view_context.command} help`" if view_context.command else "`help`"
        ways = "Try fewer or other words, a change's number, or a version such as v2.206."
        blocks.append(context(f"{ways} {ask_help} shows what I understand."))
    keys = tuple(hit.entry.key for hit in result.suggestions)
    return ResultsPage(blocks, nothing, keys=keys)


def _page_buttons(page: ResultsPage, view_context: ViewContext, question: str) -> list[Element]:
    previous, following = (
        (action_ids.SEARCH_PREVIOUS, action_ids.SEARCH_NEXT)
        if view_context.in_modal
        else (action_ids.PREVIOUS, action_ids.NEXT)
    )
    buttons = []
    if page.previous is not None:
        buttons.append(button("Previous", previous, action_ids.encode_page_ref(question, page.previous)))
    if page.next is not None:
        label = "More" if page.less_related_follow else "Next"
        buttons.append(button(label, following, action_ids.encode_page_ref(question, page.next)))
    return buttons


def _page_characters(view_context: ViewContext) -> int:
    return PUBLIC_PAGE_CHARACTERS if view_context.public else PRIVATE_PAGE_CHARACTERS
