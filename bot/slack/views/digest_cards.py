"""A digest's card: what it contains, when it comes, who set it up, and buttons to edit, pause, preview and remove it.
The same in every place that shows a digest. Pure.

A button carries the digest's id and a mark of what it was when the card was shown: what has changed since is not
removed or changed unseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.conversation.entry_text import pluralize
from bot.slack.views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    confirm_dialog,
    context,
    element,
    message,
    option,
    plain_text,
    section,
)
from bot.slack.views.limits import MAX_MESSAGE
from bot.slack.views.mrkdwn import (
    CHANNEL_IN_NOTE,
    channel_start,
    escape_sentence,
    escape_within,
    note_text,
    person_link,
)

EDIT, PAUSE, RESUME = "digest_edit", "digest_pause", "digest_resume"
PAUSE_FOR, PAUSE_UNTIL = "digest_pause_for", "digest_pause_until"  # a menu and a calendar, on the card of a paused one
PREVIEW, REMOVE, UNDO = "digest_preview", "digest_remove", "digest_undo"
ADD_ACTION = "digest_add"  # a window for one more digest
PAGE_ACTION = "digest_page"  # of the list of all digests
SET_UP_THERE = "Say `subscribe mondays 9am` there to set one up."
MAX_LISTED = 8  # digests of a message
MAX_REMOVED_LISTED = 5
MAX_CARDS_TEXT = MAX_MESSAGE - 2_000  # characters of all cards of a message
MAX_BUTTONS_TEXT = 330  # of a card's buttons, with what Slack asks before one of them
# What the menu offers, and how it would be typed after `pause`.
PAUSE_LENGTHS = (
    ("For one week", "for 1 week"), ("For two weeks", "for 2 weeks"), ("For four weeks", "for 4 weeks"),
    ("Until somebody resumes it", "indefinitely"),
)  # fmt: skip


@dataclass(frozen=True)
class DigestCard:
    """A digest in words, not escaped."""

    id: int
    mark: str  # changes when what it contains or when it comes changes
    channel: str
    filter_text: str
    schedule_text: str
    next_text: str  # a sentence: when the next one comes, or why none does
    set_up_by: str
    is_paused: bool = False


class CardRef(NamedTuple):
    """What a card's button is about."""

    id: int
    mark: str = ""
    in_list: bool = False  # the card stands in the list of all digests, which is shown again after a click
    offset: int = 0  # where the page of the list begins


def encode_card_ref(ref: CardRef) -> str:
    """As a button's value."""
    return f"{ref.id}|{ref.mark}|{f'list{ref.offset or str()}' if ref.in_list else ''}"


def decode_card_ref(value: str) -> CardRef:
    """The card of a button's value; the id is 0 where the value is none."""
    number, mark, place = (*value.split("|", 2), "", "")[:3]
    offset = place.removeprefix("list")
    is_page = offset.isdecimal() and len(offset) < 6
    return CardRef(
        int(number) if number.isdecimal() and len(number) < 18 else 0,
        mark,
        place.startswith("list"),
        int(offset) if is_page else 0,
    )


class WindowRef(NamedTuple):
    """What a window about a digest was opened for, and where."""

    card: CardRef = CardRef(0)  # the digest that it changes, as that was then
    adds_to: str = ""  # the channel that gets one more
    is_on_home: bool = False  # Home shows behind it, and is brought up to date after a change


NOTHING_PARTICULAR = WindowRef()


def encode_window_ref(ref: WindowRef) -> str:
    """As a window's metadata; empty where there is nothing to say."""
    card = encode_card_ref(ref.card) if ref.card.id else "||"
    value = f"{card}|{ref.adds_to}|{'home' if ref.is_on_home else ''}"
    return value.strip("|") and value


def decode_window_ref(metadata: str) -> WindowRef:
    """What `encode_window_ref` wrote; of any other text, a window that was opened for nothing particular."""
    *card, adds_to, place = (*metadata.split("|", 4), "", "", "", "", "")[:5]
    return WindowRef(decode_card_ref("|".join(card)), adds_to, place == "home")


class PauseRef(NamedTuple):
    """How long which digest is to wait, as it would be typed after `pause`."""

    card: CardRef
    until: str


def decode_pause(value: str) -> PauseRef:
    """What was chosen in the menu of a paused card."""
    until, _, ref = value.partition("|")
    return PauseRef(decode_card_ref(ref), until)


def decode_pause_day(action_id: str, day: str) -> PauseRef:
    """What was chosen in the calendar of a paused card: a day as `2026-12-24`."""
    return PauseRef(decode_card_ref(action_id.partition(":")[2]), f"until {day}")


def card_blocks(card: DigestCard, in_list: bool = False, offset: int = 0) -> list[Block]:
    """The whole card. `offset`: where the page of the list begins that it is in."""
    return [section(_card_text(card, 200 if in_list else 600)), *card_buttons(card, in_list, offset)]


def card_buttons(card: DigestCard, in_list: bool = False, offset: int = 0) -> list[Block]:
    """The row of buttons under a card; where it is paused, until when can be chosen in a second row."""
    value = encode_card_ref(CardRef(card.id, card.mark, in_list, offset))
    stop, stop_label = (RESUME, "Resume") if card.is_paused else (PAUSE, "Pause")
    row = actions(
        [
            button("Edit", f"{EDIT}:{card.id}", value),
            button(stop_label, f"{stop}:{card.id}", value),
            button("Preview", f"{PREVIEW}:{card.id}", value),
            button("Remove", f"{REMOVE}:{card.id}", value, style="danger", confirm=_remove_question(card)),
        ]
    )
    return [row, actions(_pause_ends(card, value))] if card.is_paused else [row]


def _pause_ends(card: DigestCard, value: str) -> list[Element]:
    lengths = [option(label, f"{typed}|{value}") for label, typed in PAUSE_LENGTHS]
    placeholder = plain_text("Paused until …")
    return [
        element("static_select", f"{PAUSE_FOR}:{card.id}", options=lengths, placeholder=placeholder),
        element("datepicker", f"{PAUSE_UNTIL}:{value}", placeholder=plain_text("… or until a day")),
    ]


def undo_button(ref: CardRef) -> Element:
    """Brings a removed digest back."""
    return button("Undo", f"{UNDO}:{ref.id}", encode_card_ref(ref))


def card_message(note: str, cards: Sequence[DigestCard], extra: Sequence[Element] = (), more: str = "") -> Message:
    """A sentence, not escaped, and the cards that it is about. `more` stands in grey below them."""
    blocks = [section(note_text(note))]
    blocks += _cards_that_fit(cards)
    blocks += [actions(extra)] if extra else []
    blocks += [context(escape_within(more, 1_000, escape_sentence))] if more else []
    return message(_notification(note), blocks)


class DigestList(NamedTuple):
    """All digests of a workspace, and which page of them is shown."""

    here: Sequence[DigestCard]  # of the channel where the list is shown
    elsewhere: Sequence[DigestCard]
    removed: Sequence[DigestCard] = ()  # from this channel, in the last day
    offset: int = 0
    unshown: Sequence[str] = ()  # sentences about digests that this person may not read, not escaped
    is_direct: bool = False  # shown in a direct message


def card_list_message(listed: DigestList, note: str = "", undo: CardRef | None = None) -> Message:
    """This channel's digests, then the workspace's others, a page of them; above them, what a click just did (not
    escaped), and the button that takes it back; below them, what was removed.
    """
    top = [section(note_text(note), undo_button(undo) if undo else None)] if note else []
    end = unshown_blocks(listed.unshown)
    end += removed_blocks(listed.removed, in_list=True)
    total = len(listed.here) + len(listed.elsewhere)
    if not total:
        none = "No channel that you can see has a digest." if listed.unshown else "No channel has a digest."
        text = f"{none} `subscribe mondays 9am` sets one up in the channel you are in."
        if listed.is_direct:
            text = f"{none} `subscribe #general mondays 9am` sets one up in that channel."
        return message(_notification(note) or "No digests", [*top, section(text), *end])
    offset = max(0, min(listed.offset, (total - 1) // MAX_LISTED * MAX_LISTED))
    shown = range(offset, min(offset + MAX_LISTED, total))
    here = [listed.here[at] for at in shown if at < len(listed.here)]
    elsewhere = [listed.elsewhere[at - len(listed.here)] for at in shown if at >= len(listed.here)]
    blocks = list(top)
    if here or (not listed.here and not offset):
        place = "*In our conversation*" if listed.is_direct else "*In this channel*"
        blocks += [section(place if here else f"{place}\nNo digest.")]
        blocks += [block for card in here for block in card_blocks(card, in_list=True, offset=offset)]
    if elsewhere:
        blocks += [section("*In channels*" if listed.is_direct else "*In other channels*")]
        blocks += [block for card in elsewhere for block in card_blocks(card, in_list=True, offset=offset)]
    turn = [button("Previous", f"{PAGE_ACTION}:previous", str(offset - MAX_LISTED))] if offset else []
    turn += [button("Next", f"{PAGE_ACTION}:next", str(shown.stop))] if shown.stop < total else []
    blocks += [context(f"{shown.start + 1} to {shown.stop} of {total}"), actions(turn)] if turn else []
    return message(_notification(note) or pluralize(total, "digest"), [*blocks, *end])


def unshown_blocks(sentences: Sequence[str]) -> list[Block]:
    """What is said of digests that are not shown, not escaped."""
    return [context(escape_within(sentence, 300, escape_sentence)) for sentence in sentences]


def no_digest_message(text: str, channel: str, removed: Sequence[DigestCard]) -> Message:
    """Nothing is set up: a sentence, not escaped (empty: that another channel has none), and what was removed."""
    shown = escape_within(text, 600, escape_sentence) or f"{channel_start(channel)} has no digest. {SET_UP_THERE}"
    return message(text.replace("`", "") or "That channel has no digest.", [section(shown), *removed_blocks(removed)])


def removed_message(text: str, removed: Sequence[DigestCard]) -> Message:
    """A sentence, not escaped, and digests that were removed, each with a button that brings it back."""
    return message(text, _removed_rows(escape_within(text, 600, escape_sentence), removed))


def removed_blocks(removed: Sequence[DigestCard], in_list: bool = False) -> list[Block]:
    """What was removed lately, below other things, each with a button that brings it back; nothing where none was."""
    return _removed_rows("*Removed in the last day*", removed, in_list) if removed else []


def _removed_rows(title: str, removed: Sequence[DigestCard], in_list: bool = False) -> list[Block]:
    rows = [
        section(
            f"{channel_start(card.channel)}: {escape_within(card.filter_text, 300)}, "
            f"{escape_within(card.schedule_text, 120)}",
            undo_button(CardRef(card.id, in_list=in_list)),
        )
        for card in removed[:MAX_REMOVED_LISTED]
    ]
    return [section(title), *rows]


def _notification(note: str) -> str:
    """The same without marks, for a phone's lock screen."""
    text = CHANNEL_IN_NOTE.sub("the channel", note.replace("`", ""))
    return f"The {text[4:]}" if note.startswith("<#") else text


def already_there_message(cards: Sequence[DigestCard]) -> Message:
    """`subscribe` alone in a channel that has digests: what there is, to be changed, or another one to be added."""
    where = f"<#{cards[0].channel}>"  # which `note_text` writes as a link
    text = f"{where} has {len(cards)} digests. Change one of them, or add another?"
    if len(cards) == 1:
        text = f"{where} gets {cards[0].filter_text}, {cards[0].schedule_text}. Change it, or add another?"
    return card_message(text, cards, [button("Add another", ADD_ACTION, cards[0].channel)])


def removed_notice(card: DigestCard, user: str) -> Message:
    """Into the channel whose digest somebody else had set up: one line."""
    what = f"{escape_within(card.filter_text, 300)}, {escape_within(card.schedule_text, 120)}"
    text = f"{person_link(user)} removed a digest of this channel that {person_link(card.set_up_by)} set up: {what}."
    return message("A digest of this channel was removed", [section(text)])


def restored_notice(card: DigestCard, user: str) -> Message:
    """The same when it was brought back."""
    what = f"{escape_within(card.filter_text, 300)}, {escape_within(card.schedule_text, 120)}"
    return message("A digest is back", [section(f"{person_link(user)} brought a digest of this channel back: {what}.")])


def _cards_that_fit(cards: Sequence[DigestCard]) -> list[Block]:
    """As many cards as there is room for, and how many more there are."""
    blocks, length, shown = list[Block](), 0, 0
    for card in cards[:MAX_LISTED]:
        made = card_blocks(card)
        length += len(str(made[0]["text"]["text"])) + MAX_BUTTONS_TEXT
        if shown and length > MAX_CARDS_TEXT:
            break
        blocks, shown = [*blocks, *made], shown + 1
    more = len(cards) - shown
    return blocks + ([context(f"and {more} more; `subscriptions` lists all of them")] if more else [])


def _card_text(card: DigestCard, max_filter: int) -> str:
    next_text = escape_within(card.next_text, 200, escape_sentence)
    return (
        f"{channel_start(card.channel)}: *{escape_within(card.filter_text, max_filter)}*\n"
        f"Comes {escape_within(card.schedule_text, 120)}. {next_text} Set up by {person_link(card.set_up_by)}."
    )


def _remove_question(card: DigestCard) -> dict[str, object]:
    what, when = escape_within(card.filter_text, 110), escape_within(card.schedule_text, 90)
    text = f"{channel_start(card.channel)} no longer gets {what}, {when}."
    return confirm_dialog("Remove this digest?", text, confirm="Remove it", deny="Keep it")
