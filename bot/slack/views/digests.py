"""A digest: one short post that says what matters first, and the full list by area for its thread. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.catalog.models import Entry
from bot.digests.models import Edition, EditionItem, newest_version
from bot.slack.views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    confirm_dialog,
    context,
    divider,
    header,
    message,
    section,
)
from bot.slack.views.entry_blocks import entry_line, mention_link
from bot.slack.views.entry_text import Episodes, entry_subtitle, pluralize
from bot.slack.views.limits import MAX_BUTTON, MAX_HEADER, MAX_MESSAGE, MAX_SECTION, MAX_TITLE, pack_lines, truncate
from bot.slack.views.mrkdwn import bold, escape, escape_within

SMALL = 5  # entries that a post shows whole, without a thread
MOST_FIRST = 8  # highlights and cautions in the post; a reader has a minute
LEAST_CAUTIONS = 3  # of those, what to test first keeps so many places when there are many highlights
MOST_AREAS = 7  # buttons; the smallest areas share one
REASON = 120  # characters of a highlight's reason: two lines on a phone
WHOLE_REASON = 300  # where the post has only a few entries, and no thread
PART = MAX_MESSAGE - 1_000  # characters of a part of the thread
PART_BLOCKS = 45
OTHER = "Other"
AREA, WATCH_TOPIC, FILTER, STOP = "digest_area", "digest_watch", "digest_filter", "digest_stop"


def digest_parts(edition: Edition, number: int, episodes: Episodes) -> list[Message]:
    """The post, then the parts of its thread (none for a small edition). `number` is the edition's, for its buttons."""
    return [digest_post(edition, number, episodes), *digest_thread(edition, episodes)]


def digest_post(edition: Edition, number: int, episodes: Episodes) -> Message:
    """What stands in the channel."""
    if not edition.items:
        return _nothing_new(edition)
    small = len(edition.items) <= SMALL
    blocks: list[Block] = [header(truncate(headline(edition), MAX_HEADER)), *_introduction(edition)]
    said = _counts(edition)
    if said and not small:
        blocks.append(context(escape(" · ".join(said))))
    shown, several = edition.items if small else _shown_first(edition), _several(edition.items)
    blocks += [section(_item(one, episodes, several, WHOLE_REASON if small else REASON)) for one in shown]
    if not small:
        hidden = _counts(Edition(tuple(one for one in first_things(edition) if one not in shown)))
        blocks += [context(f"More in the thread: {' · '.join(hidden)}")] if hidden else []
        blocks += [
            divider(),
            section("Everything by area is in the thread. Or look at one area, only for you:"),
            *_area_buttons(edition, number),
        ]
    blocks.append(_own_buttons(number))
    return message(_notification(edition), blocks)


def headline(edition: Edition) -> str:
    """`HaloPSA v2.214: 74 changes`. Not escaped."""
    new = edition.new
    if not new:
        return f"HaloPSA: {pluralize(len(edition.items), 'correction')} to earlier changes"
    changes = sum(one.entry.kind == "feature" for one in new)
    things = [pluralize(changes, "change")] if changes else []
    things += [pluralize(len(new) - changes, "new answer")] if changes < len(new) else []
    versions = format_versions(one.entry for one in new)
    return f"HaloPSA{' ' + versions if versions else ''}: {' and '.join(things)}"


def format_versions(entries: Iterable[Entry]) -> str:
    """`v2.214`, `v2.214 and v2.216`, `v2.204 to v2.216`, or nothing."""
    versions = sorted({version for entry in entries if (version := newest_version(entry))})
    if len(versions) <= 2:
        return " and ".join(map(str, versions))
    return f"{versions[0]} to {versions[-1]}"


def first_things(edition: Edition) -> tuple[EditionItem, ...]:
    """Highlights, then what is only to be tested first, each in reading order."""
    return tuple(
        sorted(
            (one for one in edition.new if one.entry.highlighted or one.entry.caution),
            key=lambda one: not one.entry.highlighted,
        )
    )


def area_message(areas: Sequence[str], lines: Sequence[EditionItem], episodes: Episodes) -> Message:
    """The changes of one area, or of the small ones together, for the one who asked."""
    blocks = _by_area(lines, episodes)
    kept = _within(blocks)
    if len(kept) < len(blocks):
        kept.append(context("… the rest is in the thread."))
    return message(f"{areas[0] if len(areas) == 1 else f'{len(areas)} areas'}: {pluralize(len(lines), 'change')}", kept)


def areas_of(edition_lines: Sequence[EditionItem]) -> list[tuple[str, int]]:
    """Areas and their counts, the biggest first."""
    return sorted(
        Counter(one.entry.area or OTHER for one in edition_lines).items(), key=lambda pair: (-pair[1], pair[0])
    )


def _nothing_new(edition: Edition) -> Message:
    since = f" since {edition.since:%A} {edition.since.day} {edition.since:%B}" if edition.since else ""
    return message(f"Nothing new in HaloPSA{since}.", [section(f"Nothing new in HaloPSA{since}.")])


def _introduction(edition: Edition) -> list[Block]:
    if not edition.first:
        return []
    who = f", set up by <@{escape(edition.set_up_by)}>" if edition.set_up_by else ""
    when = f": {escape(edition.schedule)}" if edition.schedule else ""
    return [
        context(f"This is the first digest of HaloPSA changes here{who}{when}. The buttons below change or stop it.")
    ]


def _counts(edition: Edition) -> list[str]:
    highlights, cautions = (
        sum(one.entry.highlighted for one in edition.new),
        sum(bool(one.entry.caution) for one in edition.new),
    )
    said = [pluralize(highlights, "highlight")] if highlights else []
    said += [f"{cautions} to test first"] if cautions else []
    return said + (
        [pluralize(len(edition.updated), "correction") + " to earlier changes"]
        if edition.updated and edition.new
        else []
    )


def _notification(edition: Edition) -> str:
    firsts = first_things(edition) or edition.items
    titles = "; ".join(truncate(one.entry.title, 80) for one in firsts[:2])
    return f"{headline(edition)}. {titles}{' …' if len(edition.items) > 2 else ''}"


def _shown_first(edition: Edition) -> tuple[EditionItem, ...]:
    """As many of them as a post holds; no number of highlights crowds out all that has to be tested first."""
    firsts = first_things(edition)
    highlights, cautions = (
        [one for one in firsts if one.entry.highlighted],
        [one for one in firsts if not one.entry.highlighted],
    )
    shown = highlights[: MOST_FIRST - min(len(cautions), LEAST_CAUTIONS)]
    return (*shown, *cautions[: MOST_FIRST - len(shown)])


def _several(lines: Iterable[EditionItem]) -> bool:
    """Whether they belong to several versions; of a single one the headline is enough."""
    return len({newest_version(one.entry) for one in lines}) > 1


def _item(one: EditionItem, episodes: Episodes, with_version: bool, most: int) -> str:
    """A title, where it belongs, its minute, and one line of why."""
    entry = one.entry
    place = entry_subtitle(entry if with_version or entry.version is None else replace(entry, version=None))
    tags = [escape_within(place, MAX_TITLE), mention_link(entry, episodes)]
    tags += ["*Highlight*"] if entry.highlighted else []
    tags += ["corrected"] if one.kind == "updated" else []
    reason = escape(first_sentence(entry.answer or entry.summary, most))
    if entry.caution:
        reason = f":warning: *Test first:* {escape(first_sentence(entry.caution, most))}"
    return truncate(f"{bold(entry.title)}\n{' · '.join(tag for tag in tags if tag)}\n{reason}", MAX_SECTION)


def first_sentence(text: str, most: int = REASON) -> str:
    """As much of a text as a line holds: up to its first full stop, or else to a comma."""
    end = text.find(". ")
    sentence = text[: end + 1] if end > 0 else text
    if len(sentence) <= most:
        return sentence
    clause = max(sentence.rfind(mark, most // 3, most - 1) for mark in (", ", "; ", ": "))
    return f"{sentence[:clause]} …" if clause > 0 else truncate(sentence, most)


def _line(one: EditionItem, episodes: Episodes, with_version: bool) -> str:
    version = newest_version(one.entry)
    return (
        entry_line(one.entry, episodes)
        + (f" · {version}" if with_version and version else "")
        + (" · corrected" if one.kind == "updated" else "")
    )


def short(area: str) -> str:
    """An area as a button says it: `billing`, `SLA`."""
    name = area.split(" & ")[0]
    return name if name.isupper() else name.lower()


def _area_buttons(edition: Edition, number: int) -> list[Block]:
    areas = areas_of(edition.items)
    shown, rest = (areas, []) if len(areas) <= MOST_AREAS else (areas[: MOST_AREAS - 1], areas[MOST_AREAS - 1 :])
    buttons = [_area_button(name, many, short(name), number, place) for place, (name, many) in enumerate(shown)]
    if rest:
        names = "|".join(name for name, _ in rest)
        buttons.append(
            _area_button(names, sum(many for _, many in rest), f"{len(rest)} other areas", number, len(shown))
        )
    return [actions(buttons)]


def _area_button(value: str, many: int, label: str, number: int, place: int) -> Element:
    text = truncate(f"Show {label} ({many})", MAX_BUTTON)
    return button(text, f"{AREA}:{place}", truncate(f"{number}|{value}", 2_000))


def _own_buttons(number: int) -> Block:
    really = confirm_dialog(
        "Stop these digests?",
        "Nobody in this channel gets them any more. Subscribe again at any time.",
        confirm="Stop them",
        deny="Keep them",
    )
    return actions(
        [
            button("Watch a topic", WATCH_TOPIC, str(number)),
            button("Change what comes", FILTER, str(number)),
            button("Stop", STOP, str(number), confirm=really),
        ]
    )


def digest_thread(edition: Edition, episodes: Episodes) -> list[Message]:
    """The full list by area, in as few messages as Slack's limits allow, cut between lines only. It hangs on the lines
    alone, so
    that channels with the same ones can share it."""
    if len(edition.items) <= SMALL:
        return []
    sections = _by_area(edition.new, episodes)
    sections += _group("Corrected since they first came", edition.updated, episodes, True) if edition.updated else []
    messages: list[list[Block]] = []
    while sections:
        messages.append(_within(sections))
        del sections[: len(messages[-1])]
    total, titles = len(messages), headline(edition)
    return [
        message(
            f"{titles}, by area{f' ({place} of {total})' if total > 1 else ''}",
            [*blocks, *([context(f"{place} of {total}")] if total > 1 else [])],
        )
        for place, blocks in enumerate(messages, 1)
    ]


def _by_area(lines: Sequence[EditionItem], episodes: Episodes) -> list[Block]:
    """A list under each area's name, the biggest area first."""
    several = _several(lines)
    groups = [(name, [one for one in lines if (one.entry.area or OTHER) == name]) for name, _ in areas_of(lines)]
    return [block for name, ones in groups for block in _group(name, ones, episodes, several)]


def _group(name: str, lines: Sequence[EditionItem], episodes: Episodes, with_version: bool) -> list[Block]:
    texts = [bold(f"{name} ({len(lines)})"), *(_line(one, episodes, with_version) for one in lines)]
    return [section(text) for text in pack_lines(texts, MAX_SECTION - 10)]


def _within(blocks: Sequence[Block]) -> list[Block]:
    """As many of the blocks, in order, as a message holds; at least one."""
    used, kept = 0, list[Block]()
    for block in blocks:
        used += len(block["text"]["text"])
        if kept and (used > PART or len(kept) >= PART_BLOCKS):
            break
        kept.append(block)
    return kept
