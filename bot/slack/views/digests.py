"""A digest: a short post that says what matters first, and the full list by area for its thread. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.catalog.models import Entry
from bot.conversation.entry_text import Episodes, entry_subtitle, pluralize
from bot.digests.models import Edition, EditionItem, count_by_area, newest_version
from bot.slack.views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    divider,
    element,
    header,
    message,
    option,
    plain_text,
    section,
)
from bot.slack.views.digest_cards import DigestCard, card_blocks
from bot.slack.views.entry_blocks import details_button, entry_line, mention_link
from bot.slack.views.entry_lists import ListSection, fitting_sections, list_blocks, list_messages, list_sections
from bot.slack.views.limits import (
    MAX_HEADER,
    MAX_OPTION,
    MAX_OPTION_VALUE,
    MAX_OPTIONS,
    MAX_SECTION,
    MAX_TITLE,
    truncate,
)
from bot.slack.views.mrkdwn import bold, escape, escape_within, person_link

SMALL_EDITION = 5  # an edition of so many items is posted whole, without a thread
MAX_WITHOUT_LEADING = 3  # items of a post that has neither highlights nor cautions
MAX_LEADING = 8  # highlights and cautions in the post: a reader has a minute
MIN_CAUTIONS = 3  # of these, kept for cautions when there are many highlights
MAX_REASON = 120  # characters of the reason under a title: two lines on a phone
MAX_REASON_SMALL = 300  # the same in a small edition
AREA_ACTION, WATCH_TOPIC_ACTION = "digest_area", "digest_watch"
MANAGE_ACTION = "digest_manage"  # the cards of the channel's digests
CHANGE_ACTION, STOP_ACTION = "digest_filter", "digest_stop"  # under posts of before
MAX_FIRST_CARDS = 3  # under the first post; MANAGE_ACTION shows all


def digest_parts(edition: Edition, number: int, episodes: Episodes) -> list[Message]:
    """The post, then the messages of its thread (none for a small edition). The buttons carry its `number`."""
    return [digest_post(edition, number, episodes), *digest_thread(edition, episodes)]


def digest_post(edition: Edition, number: int, episodes: Episodes, cards: Sequence[DigestCard] = ()) -> Message:
    """What is posted into the channel; the first one with the `cards` of its digests."""
    if not edition.items:
        return _nothing_new(edition)
    blocks = [header(truncate(headline(edition), MAX_HEADER)), *_introduction(edition, len(cards))]
    if len(edition.items) <= SMALL_EDITION:
        blocks += _item_sections(edition.items, edition, episodes, MAX_REASON_SMALL)
    else:
        counts, shown = _counts(edition), _leading_items(edition) or edition.items[:MAX_WITHOUT_LEADING]
        blocks += [context(escape(" · ".join(counts)))] if counts else []
        blocks += _item_sections(shown, edition, episodes, MAX_REASON)
        hidden = Edition(tuple(item for item in edition.leading if item not in shown))
        more = [f"{len(hidden.highlights)} more highlighted"] if hidden.highlights else []
        more += [f"{len(hidden.cautions)} more to test first"] if hidden.cautions else []
        also = f", with {' and '.join(more)}" if more else ""
        blocks += [context(f"Everything by area is in the thread{also}.")]
    blocks.append(_digest_buttons(edition, number, has_card=0 < len(cards) <= MAX_FIRST_CARDS))
    if cards:
        blocks += [divider(), *(block for card in cards[:MAX_FIRST_CARDS] for block in card_blocks(card))]
    return message(_notification(edition), blocks)


def digest_thread(edition: Edition, episodes: Episodes) -> list[Message]:
    """The full list by area, in as few messages as Slack's limits allow, cut between items only. It depends on the
    items alone, so channels with the same items can share it.
    """
    if len(edition.items) <= SMALL_EDITION:
        return []
    sections = _area_sections(edition.new, episodes)
    if edition.updated:
        sections += _group_sections("Corrected since they first came", edition.updated, episodes, True)
    return list_messages(f"{headline(edition)}, by area", sections)


def without_channel_buttons(shown: Message) -> Message:
    """A post without its row of buttons, which belong to a channel: for a window."""
    names = (AREA_ACTION, WATCH_TOPIC_ACTION, MANAGE_ACTION)

    def is_row(block: Block) -> bool:
        elements = block.get("elements") or [{}]
        return block["type"] == "actions" and str(elements[0].get("action_id")).split(":")[0] in names

    return {**shown, "blocks": [block for block in shown["blocks"] if not is_row(block)]}


def area_message(areas: Sequence[str], items: Sequence[EditionItem], episodes: Episodes) -> Message:
    """The changes of one area, or of several together, for the person who asked."""
    sections = _area_sections(items, episodes)
    fitting = fitting_sections(sections)
    blocks = list_blocks(fitting)
    if len(fitting) < len(sections):
        blocks.append(context("… the rest is in the thread."))
    title = areas[0] if len(areas) == 1 else f"{len(areas)} areas"
    return message(f"{title}: {pluralize(len(items), 'change')}", blocks)


def headline(edition: Edition) -> str:
    """`HaloPSA v2.214: 74 changes`. Not escaped."""
    new = edition.new
    if not new:
        return f"HaloPSA: {pluralize(len(edition.items), 'correction')} to earlier changes"
    changes = sum(item.entry.kind == "feature" for item in new)
    counts = [pluralize(changes, "change")] if changes else []
    counts += [pluralize(len(new) - changes, "new answer")] if changes < len(new) else []
    versions = format_versions(item.entry for item in new)
    return f"HaloPSA{' ' + versions if versions else ''}: {' and '.join(counts)}"


def format_versions(entries: Iterable[Entry]) -> str:
    """`v2.214`, `v2.214 and v2.216`, `v2.204 to v2.216`, or nothing."""
    versions = sorted({version for entry in entries if (version := newest_version(entry))})
    if len(versions) <= 2:
        return " and ".join(map(str, versions))
    return f"{versions[0]} to {versions[-1]}"


def cut_to_sentence(text: str, max_length: int = MAX_REASON) -> str:
    """A text up to its first full stop; if that is too long, up to a comma."""
    end = text.find(". ")
    sentence = text[: end + 1] if end > 0 else text
    if len(sentence) <= max_length:
        return sentence
    clause = max(sentence.rfind(mark, max_length // 3, max_length - 1) for mark in (", ", "; ", ": "))
    return f"{sentence[:clause]} …" if clause > 0 else truncate(sentence, max_length)


# -- the post ---------------------------------------------------------------------------------------------------------


def _nothing_new(edition: Edition) -> Message:
    since = f" since {edition.since:%A} {edition.since.day} {edition.since:%B}" if edition.since else ""
    return message(f"Nothing new in HaloPSA{since}.", [section(f"Nothing new in HaloPSA{since}.")])


def _introduction(edition: Edition, card_count: int) -> list[Block]:
    if not edition.is_first:
        return []
    if card_count > 1:
        text = f"This is the first post of this channel's {card_count} digests of HaloPSA changes."
        return [context(f"{text} Their cards at the end say what each one holds, and when it comes.")]
    card = " Its card is at the end." if card_count else ""
    who = f", set up by {person_link(edition.set_up_by)}" if edition.set_up_by else ""
    when = f": {escape(edition.schedule)}" if edition.schedule else ""
    return [context(f"This is the first digest of HaloPSA changes here{who}{when}.{card}")]


def _counts(edition: Edition) -> list[str]:
    highlights, cautions = len(edition.highlights), len(edition.cautions)
    counts = [pluralize(highlights, "highlight")] if highlights else []
    counts += [f"{cautions} to test first"] if cautions else []
    if edition.updated and edition.new:
        counts.append(f"{pluralize(len(edition.updated), 'correction')} to earlier changes")
    return counts


def _notification(edition: Edition) -> str:
    items = edition.leading or edition.items
    titles = "; ".join(truncate(item.entry.title, 80) for item in items[:2])
    return f"{headline(edition)}. {titles}{' …' if len(edition.items) > 2 else ''}"


def _leading_items(edition: Edition) -> tuple[EditionItem, ...]:
    """As many leading items as a post has room for; highlights never take the room of all cautions."""
    highlights = edition.highlights
    cautions = edition.leading[len(highlights) :]
    shown = highlights[: MAX_LEADING - min(len(cautions), MIN_CAUTIONS)]
    return (*shown, *cautions[: MAX_LEADING - len(shown)])


def _item_sections(items: Sequence[EditionItem], edition: Edition, episodes: Episodes, max_reason: int) -> list[Block]:
    with_version = _has_several_versions(edition.items)
    return [section(_item_text(item, episodes, with_version, max_reason), details_button(item.entry)) for item in items]


def _has_several_versions(items: Iterable[EditionItem]) -> bool:
    """Whether to name each item's version; when they share one, the headline has it."""
    return len({newest_version(item.entry) for item in items}) > 1


def _item_text(item: EditionItem, episodes: Episodes, with_version: bool, max_reason: int) -> str:
    """The title, then where it belongs with a link to its minute, then one line of why."""
    entry = item.entry
    subtitle = entry_subtitle(entry if with_version or entry.version is None else replace(entry, version=None))
    tags = [escape_within(subtitle, MAX_TITLE), mention_link(entry, episodes)]
    tags += ["*Highlight*"] if entry.highlighted else []
    tags += [f"*{escape(item.became_known)}*"] if item.became_known else []
    tags += ["corrected"] if item.kind == "updated" else []
    reasons = [escape(cut_to_sentence(entry.answer or entry.summary, max_reason))]
    if entry.caution:
        reasons.append(f":warning: *Test first:* {escape(cut_to_sentence(entry.caution, max_reason))}")
    lines = [bold(entry.title), " · ".join(tag for tag in tags if tag), *filter(None, reasons)]
    return truncate("\n".join(lines), MAX_SECTION)


def _area_menu(edition: Edition, number: int) -> list[Element]:
    """One area of a big edition, for the person who asks; none for areas that Slack takes no option for."""
    options = [
        option(truncate(f"{area} ({count})", MAX_OPTION), f"{number}|{area}", emoji=False)
        for area, count in count_by_area(edition.items)
        if len(f"{number}|{area}") <= MAX_OPTION_VALUE
    ]
    menu = element(
        "static_select", f"{AREA_ACTION}:menu", options=options[:MAX_OPTIONS], placeholder=plain_text("One area")
    )
    return [menu] if options and len(edition.items) > SMALL_EDITION else []


def _digest_buttons(edition: Edition, number: int, has_card: bool) -> Block:
    manage = button("Edit, pause or remove", MANAGE_ACTION, str(number))
    return actions(
        [
            *_area_menu(edition, number),
            button("Watch a topic", WATCH_TOPIC_ACTION, str(number)),
            *([] if has_card else [manage]),
        ]
    )


# -- lists by area ----------------------------------------------------------------------------------------------------


def _area_sections(items: Sequence[EditionItem], episodes: Episodes) -> list[ListSection]:
    """A list under each area's name, the biggest area first."""
    with_version = _has_several_versions(items)
    sections: list[ListSection] = []
    for area, _ in count_by_area(items):
        sections += _group_sections(area, [item for item in items if item.area == area], episodes, with_version)
    return sections


def _group_sections(
    title: str, items: Sequence[EditionItem], episodes: Episodes, with_version: bool
) -> list[ListSection]:
    lines = ((_item_line(item, episodes, with_version), item.entry) for item in items)
    return list_sections(bold(f"{title} ({len(items)})"), lines)


def _item_line(item: EditionItem, episodes: Episodes, with_version: bool) -> str:
    version = newest_version(item.entry)
    line = entry_line(item.entry, episodes) + (f" · {version}" if with_version and version else "")
    line += f" · {escape(item.became_known)}" if item.became_known else ""
    return line + (" · corrected" if item.kind == "updated" else "")
