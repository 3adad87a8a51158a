"""What somebody said of a digest, in words, with buttons that confirm exactly that. Pure.

A button carries the whole proposal: what is done is what was read, whatever happened in the meantime.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.slack.views.action_ids import TELL_ME, TRY_EXAMPLE, encode_page_ref
from bot.slack.views.blocks import Block, Element, Message, actions, button, context, divider, message, section
from bot.slack.views.digest_cards import EDIT, CardRef, DigestCard, card_blocks, card_buttons, encode_card_ref
from bot.slack.views.limits import MAX_BUTTON_VALUE, truncate
from bot.slack.views.mrkdwn import (
    channel_link,
    channel_start,
    escape_entities,
    escape_sentence,
    escape_within,
    note_text,
    unescape,
)

CONFIRM_CHANGE, CONFIRM_ADD, CONFIRM_PAUSE = "digest_confirm_change", "digest_confirm_add", "digest_confirm_pause"
MAX_OPTIONS_SHOWN = 5
TOO_LONG = "That is too long for a button. Please fill in the window instead: press Edit, or type `subscribe`."


class ProposalRef(NamedTuple):
    """What a confirming button is about."""

    target: str  # the digest's id, or the channel that gets another one
    mark: str  # of the digest as it was, or of the channel's digests as they were
    payload: str  # what it becomes, as the service encodes it


class ProposedChange(NamedTuple):
    """What one digest would become, not escaped."""

    card: DigestCard
    becomes: str  # empty where there is something to ask first
    payload: str = ""
    questions: Sequence[str] = ()


class ProposedDigest(NamedTuple):
    """A digest that a channel would get besides."""

    channel: str
    text: str
    payload: str
    mark: str = ""  # of the digests that the channel has


def encode_proposal(ref: ProposalRef) -> str:
    """As a button's value; empty where it is too long for one."""
    value = escape_entities(f"{ref.target}|{ref.mark}|{ref.payload}")
    return value if len(value) <= MAX_BUTTON_VALUE else ""


def decode_proposal(value: str) -> ProposalRef:
    """The proposal of a button's value."""
    target, mark, payload = (*unescape(value).split("|", 2), "", "")[:3]
    return ProposalRef(target, mark, payload)


def change_message(options: Sequence[ProposedChange], notes: Sequence[str] = (), search_for: str = "") -> Message:
    """A sentence would change a digest: what it is, what it becomes, and the button that does it. `search_for`: what
    was typed, where it may be a question as well.
    """
    if len(options) == 1:
        blocks = _one_change(options[0])
        text = _headline(options[0])
    else:
        text = f"Which of these {len(options)} digests do you mean? Nothing has changed yet."
        blocks = [section(text), *_several_changes(options)]
    shown = message(text, [*blocks, *_understood(notes)])
    return with_search_offer(shown, search_for) if search_for else shown


def with_search_offer(shown: Message, question: str) -> Message:
    """A message about digests, and a button that searches for what was typed: HaloPSA has digests of its own."""
    question = truncate(question, 200)
    search = button("Search", f"{TRY_EXAMPLE}:digest", question.replace("<", " ").replace(">", " "))
    offer = section(f"Or did you mean to search for “{escape_within(question, 300)}”?", search)
    return {**shown, "blocks": [*shown["blocks"], offer]}


def another_message(
    options: Sequence[ProposedChange], new: ProposedDigest | None, channel: str, notes: Sequence[str] = ()
) -> Message:
    """Somebody subscribes a channel that has digests: one of them can be changed, or another one added."""
    has = f"{channel_start(channel)} has {len(options)} digests" if len(options) > 1 else _has(options[0].card)
    ask = "Change it, or add another?" if new else "Change it?"
    ask = "Change one of them, or add another?" if len(options) > 1 else ask
    ask = "" if options[0].questions and not new and len(options) == 1 else ask
    blocks: list[Block] = [section(" ".join(filter(None, (f"{has}.", ask, "Nothing has changed yet."))))]
    blocks += _several_changes(options) if len(options) > 1 else [section(_becomes(options[0]))]
    add = _add_button(new) if new else None
    if new and not (len(options) == 1 and new.text == options[0].becomes):
        blocks.append(section(f"As another one: *{escape_within(new.text, 900)}*"))
    row = [*(_change_buttons(options[0]) if len(options) == 1 else []), *([add] if add else [])]
    blocks += [actions(row)] if row else []
    blocks += [context(TOO_LONG)] if new and not add else []
    return message(f"There is a digest already. {ask}".strip(), [*blocks, *_understood(notes)])


def pause_message(options: Sequence[ProposedChange]) -> Message:
    """A pause with an end: until when each digest would wait, with its button. `becomes` is a sentence."""
    text = "Which of these digests do you want to pause? Nothing has changed yet."
    blocks: list[Block] = [section(text)] if len(options) > 1 else []
    for option in options[:MAX_OPTIONS_SHOWN]:
        what = f"{escape_within(option.card.filter_text, 300)}, {escape_within(option.card.schedule_text, 120)}"
        ask = "\n".join(option.questions) if option.questions else option.becomes
        value = encode_proposal(ProposalRef(str(option.card.id), option.card.mark, option.payload))
        pause = [button("Pause it", f"{CONFIRM_PAUSE}:{option.card.id}", value, style="primary")]
        blocks.append(
            section(f"{channel_start(option.card.channel)}: *{what}*\n{escape_within(ask, 600, escape_sentence)}")
        )
        blocks += [actions(pause)] if option.payload else card_buttons(option.card)
    blocks += _and_more(options)
    one = options[0].questions[0] if options[0].questions else options[0].becomes
    return message((one if len(options) == 1 else text).replace("`", ""), blocks)


def move_message(options: Sequence[tuple[DigestCard, ProposedDigest]], there: Sequence[DigestCard] = ()) -> Message:
    """A digest stays in its channel: each of these can be set up in another one, and removed where it is. `there`: what
    the other one has already.
    """
    text = "A digest stays in its channel. Set the same one up in the other channel, and then remove this one."
    blocks: list[Block] = [section(text)]
    if there:
        has = f"{channel_start(there[0].channel)} has {len(there)} digests" if len(there) > 1 else _has(there[0])
        blocks.append(section(f"{has} already. This one would come besides."))
    for card, new in options[:MAX_OPTIONS_SHOWN]:
        blocks.append(section(f"For {channel_link(new.channel)}: *{escape_within(new.text, 600)}*"))
        add = _add_button(new, "Set it up there")
        buttons = card_buttons(card)[0]["elements"]
        blocks.append(actions([*([add] if add else []), *(one for one in buttons if one["text"]["text"] == "Remove")]))
    more = len(options) - MAX_OPTIONS_SHOWN
    return message(text, [*blocks, *([context(f"and {more} more; `subscriptions` lists them")] if more > 0 else [])])


def with_card(shown: Message, note: str, card: DigestCard) -> Message:
    """A message, and below it the card of another digest, after a sentence that is not escaped."""
    return {**shown, "blocks": [*shown["blocks"], divider(), section(note_text(note)), *card_blocks(card)]}


def watch_instead_message(text: str, number: str) -> Message:
    """A single change is no part of a digest: it can be watched. `text` is not escaped."""
    watch = button(f"Watch {number}", TELL_ME, encode_page_ref(number))
    return message(text, [section(escape_within(text, 600, escape_sentence)), actions([watch])])


def set_up_message(new: ProposedDigest, notes: Sequence[str] = ()) -> Message:
    """A sentence about a digest, in a channel that has none: what could be set up."""
    text = f"{channel_start(new.channel)} has no digest. Set this one up?\n*{escape_within(new.text, 1_200)}*"
    add = _add_button(new, "Set it up", "primary")
    press = actions([add]) if add else context(TOO_LONG)
    return message("There is no digest", [section(text), press, *_understood(notes)])


def change_button(label: str, ref: ProposalRef) -> Element | None:
    """A button that makes of a digest what is proposed; None where that is too long for one."""
    value = encode_proposal(ref)
    return button(label, f"{CONFIRM_CHANGE}:{ref.target}", value) if value else None


def _one_change(option: ProposedChange) -> list[Block]:
    blocks = [section(f"{_has(option.card)}.\n{_becomes(option)}")]
    return [*blocks, actions(_change_buttons(option))]


def _several_changes(options: Sequence[ProposedChange]) -> list[Block]:
    blocks = list[Block]()
    for option in options[:MAX_OPTIONS_SHOWN]:
        what = f"{escape_within(option.card.filter_text, 200)}, {escape_within(option.card.schedule_text, 120)}"
        blocks += [
            section(f"{channel_start(option.card.channel)}: *{what}*\n{_becomes(option)}"),
            actions(_change_buttons(option)),
        ]
    return blocks + _and_more(options)


def _and_more(options: Sequence[ProposedChange]) -> list[Block]:
    more = len(options) - MAX_OPTIONS_SHOWN
    return [context(f"and {more} more; `subscriptions` lists them")] if more > 0 else []


def _has(card: DigestCard) -> str:
    what = f"{escape_within(card.filter_text, 600)}, {escape_within(card.schedule_text, 120)}"
    return f"{channel_start(card.channel)} gets {what}"


def _becomes(option: ProposedChange) -> str:
    if option.questions:
        return "\n".join(escape_within(question, 450, escape_sentence) for question in option.questions[:3])
    ask = f"Change it to: *{escape_within(option.becomes, 900)}*?"
    return ask if _change_value(option) else f"{ask}\n{TOO_LONG}"


def _headline(option: ProposedChange) -> str:
    return option.questions[0] if option.questions else f"Change it to: {option.becomes}?"


def _change_buttons(option: ProposedChange) -> list[Element]:
    card = option.card
    edit = button("Edit", f"{EDIT}:{card.id}", encode_card_ref(CardRef(card.id, card.mark)))
    value = _change_value(option)
    confirm = [button("Change it", f"{CONFIRM_CHANGE}:{card.id}", value, style="primary")] if value else []
    return [*confirm, edit]


def _change_value(option: ProposedChange) -> str:
    """What the button that confirms a change carries; empty where there is none."""
    return encode_proposal(ProposalRef(str(option.card.id), option.card.mark, option.payload)) if option.payload else ""


def _add_button(new: ProposedDigest, label: str = "Add another", style: str | None = None) -> Element | None:
    value = encode_proposal(ProposalRef(new.channel, new.mark, new.payload))
    return button(label, CONFIRM_ADD, value, style=style) if value else None


def _understood(notes: Sequence[str]) -> list[Block]:
    if not notes:
        return []
    return [context("Understood " + escape_within("; ".join(notes), 2_000, escape_sentence) + ".")]
