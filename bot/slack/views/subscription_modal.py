"""The messages about subscriptions, and the modal that sets one up. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.catalog.models import Version
from bot.conversation.entry_text import pluralize
from bot.slack.views.blocks import (
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    element,
    input_block,
    message,
    modal,
    option,
    plain_text,
    section,
)
from bot.slack.views.digest_cards import (
    ADD_ACTION,
    EDIT,
    NOTHING_PARTICULAR,
    CardRef,
    DigestCard,
    WindowRef,
    card_blocks,
    card_message,
    encode_card_ref,
    encode_window_ref,
)
from bot.slack.views.digests import CHANGE_ACTION
from bot.slack.views.limits import MAX_OPTION, MAX_OPTIONS, truncate
from bot.slack.views.mrkdwn import (
    channel_link,
    channel_start,
    escape,
    escape_entities,
    escape_sentence,
    escape_within,
    note_text,
    person_link,
)
from bot.storage.models import Schedule, SubscriptionFilter

ASK_ADMIN_ACTION, SUBSCRIBE_VIEW, WATCH_VIEW = "digest_ask_admin", "digest_subscribe_view", "digest_watch_view"
# The modal's inputs: each is the block_id and the action_id.
CHANNEL, AREAS, WORDS, ONLY, CADENCE, WEEKDAY, AT, ZONE, TOPIC = (
    "channel", "areas", "words", "only", "cadence", "weekday", "at", "zone", "topic",
)  # fmt: skip
LEAVE_OUT, BEGINS, EMPTY = "leave_out", "begins", "when_empty"
FORM_INPUTS = (CHANNEL, AREAS, WORDS, LEAVE_OUT, ONLY, BEGINS, CADENCE, WEEKDAY, AT, ZONE, EMPTY)
FROM_NOW = "now"  # in place of a version
CADENCE_NAMES = (
    ("weekly", "Every week"), ("daily", "Every day"), ("fortnightly", "Every two weeks"),
    ("monthly", "Every month (on its first such day)"),
    ("on arrival", "As soon as a version arrives"),
)  # fmt: skip
# How Slack calls what was filled in, and how a window says what an input begins with.
_INITIAL_BY_STATE = {
    "value": "initial_value", "selected_option": "initial_option", "selected_options": "initial_options",
    "selected_conversation": "initial_conversation", "selected_time": "initial_time",
}  # fmt: skip
KEEP_DAYS = "keep"  # in place of a weekday: the days stay as they are
MAX_WORDS = 3_000  # characters of a field: the most that Slack takes
MAX_QUESTIONS = 6
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NO_SUCH_DIGEST = (
    "No digest here is about that, so I searched for it. `subscriptions` lists the digests, each with a button to "
    "remove it."
)


def subscribed_message(
    row: DigestCard, is_new: bool, notes: Sequence[str], begins: str, start: Element | None = None
) -> Message:
    """What was understood, and when the first one comes. `begins`: sentences about what it begins with, not escaped;
    `start`: a button that lets it begin with the newest version.
    """
    what = "gets a digest from now on" if is_new else "now gets a digest like this"
    blocks: list[Block] = [section(f"{channel_start(row.channel)} {what}:"), *card_blocks(row)]
    blocks.append(context(note_text(begins)))
    blocks += [actions([start])] if start else []
    if notes:
        blocks.append(context("Understood " + escape_within("; ".join(notes), 2_000, escape_sentence) + "."))
    return message(f"Digest {row.schedule_text}: {row.filter_text}", blocks)


def clarification_message(questions: Sequence[str]) -> Message:
    """Nothing was stored: these questions have to be answered first."""
    lines = "\n".join(f"• {escape_within(question, 450, escape_sentence)}" for question in questions[:MAX_QUESTIONS])
    text = f"Nothing is set up yet. I have to ask first:\n{lines}"
    return message(f"Nothing is set up yet. {questions[0]}", [section(text)])


def setup_button_message() -> Message:
    """`subscribe` alone, where Slack gives no trigger for a modal: a button that opens it, and how it is typed."""
    text = "Press the button, or say it in one line: `subscribe billing, integrations -jira mondays 9am london`."
    return message("Set up a digest", [section(text), actions([button("Set up a digest", CHANGE_ACTION)])])


def modal_expired_message() -> Message:
    """Slack no longer opened the modal: it can be tried again, or typed."""
    return _expired_message("subscribe billing, integrations -jira mondays 9am london")


def watch_modal_expired_message() -> Message:
    """The same for the modal that asks what to watch."""
    return _expired_message("/halo watch quickbooks payments")


def _expired_message(example: str) -> Message:
    text = f"Slack waited too long for the window. Try again, or type it: `{example}`."
    return message("Slack waited too long for the window. Please try again.", [section(text)])


def changed_meanwhile_text(now: DigestCard) -> str:
    """Above a window whose digest somebody else changed while it was filled in. Not escaped."""
    return (
        "Nothing is saved yet: somebody changed this digest while this window was open. It is now "
        f"{now.filter_text}, {now.schedule_text}. Press Save again to make it what this window says, or Cancel to "
        "leave it."
    )


def plain_message(text: str) -> Message:
    """Some sentences, not escaped; a channel in them as `<#C1>`."""
    return card_message(text, [])


def admin_required_message(request: str) -> Message:
    """A person who may not do this may ask somebody who may. `request`: the command that would do it."""
    text = "Only some people may change digests in this workspace. Shall I ask one of them for you?"
    ask = button("Ask an admin", ASK_ADMIN_ACTION, truncate(request, 1_500))
    return message(text, [section(text), actions([ask])])


def admin_request_message(person: str, channel: str, request: str) -> Message:
    """To an admin: the command that somebody would type, if they were allowed to."""
    where = f" in {channel_link(channel)}" if channel.startswith(("C", "G")) else ""
    command = escape_within(request.replace("`", " ").strip(), 500, escape_entities)
    type_it = "Type it there if you agree." if where else "Type it if you agree."
    text = f"{person_link(person)} asks you for this{where}: `/halo {command}`. {type_it}"
    return message("Somebody asks you to change a digest", [section(text)])


def preview_message(parts: Sequence[Message], channel: str) -> Message:
    """The next digest of a channel, for one person. `parts`: its post, and the messages of its thread."""
    more = f" Its thread has {pluralize(len(parts) - 1, 'message')} with everything by area." if len(parts) > 1 else ""
    post = parts[0]
    note = f"Only you see this: the next digest of {channel_link(channel)}, as it would be now.{more}"
    blocks = [context(note), *post["blocks"]]
    return {"text": f"Preview: {post['text']}", "blocks": blocks[:50]}


@dataclass(frozen=True)
class DigestForm:
    """What the window is filled with when it opens.

    `unlisted_days`: days that are no single weekday, in words.
    """

    channel: str
    zone: str
    areas: Sequence[str]  # of the catalogue
    schedule: Schedule = field(default_factory=Schedule)
    filter: SubscriptionFilter = field(default_factory=SubscriptionFilter)
    keywords: str = ""
    leave_out: str = ""
    unlisted_days: str = ""
    versions: Sequence[Version] = ()  # that are known, oldest first
    post_when_empty: bool = False
    opened_for: WindowRef = NOTHING_PARTICULAR

    @property
    def is_edited(self) -> bool:
        return bool(self.opened_for.card.id)


class WindowSummary(NamedTuple):
    """What the window says while it is filled in. Not escaped."""

    there: Sequence[DigestCard] = ()  # the digests that the channel has already
    words: str = ""  # what it would be; empty while there are questions
    notes: Sequence[str] = ()  # how words were understood where that isn't obvious
    questions: Sequence[str] = ()
    stays: str = ""  # the channel of the digest that it was opened for, where another one is chosen
    notice: str = ""  # above everything: why it was not taken as it is


def sample_message(parts: Sequence[Message], version: str, card: DigestCard, start: Element | None) -> Message:
    """Where nothing is new yet: what a digest would have said of a version, marked as a sample. `parts` as in
    `preview_message`.
    """
    next_text = escape_within(card.next_text, 300, escape_sentence)
    note = (
        f"*A sample, which only you see.* Nothing is new for this digest just now; of {escape(version)} it would have "
        f"said this. {next_text}"
    )
    more = f"Its thread would have {pluralize(len(parts) - 1, 'message')} with everything by area." if parts[1:] else ""
    post = [block for block in parts[0]["blocks"] if block["type"] != "actions"]
    blocks = [section(note), *([actions([start])] if start else []), divider(), *post]
    return {"text": f"A sample: {parts[0]['text']}", "blocks": [*blocks[:48], *([context(more)] if more else [])]}


def subscribe_modal(form: DigestForm, summary: WindowSummary = WindowSummary()) -> View:  # noqa: B008 (immutable)
    """The window that sets a digest up or changes one."""
    area_options = [option(truncate(area, MAX_OPTION), area) for area in form.areas][:MAX_OPTIONS]
    chosen = [area for area in area_options if area["value"] in form.filter.areas]
    channels = {"include": ["public", "private"], "exclude_external_shared_channels": False, "exclude_bot_users": True}
    channel_select = element(
        "conversations_select",
        CHANNEL,
        initial_conversation=form.channel if form.channel.startswith(("C", "G")) else None,
        filter=channels,
    )
    area_select = element("multi_static_select", AREAS, options=area_options, initial_options=chosen)
    amounts = [option("Everything", "all"), option("Only highlights and what to test first", "highlights")]
    empty = [option("Say so in a line", "say")]
    blocks = [
        input_block(CHANNEL, "Channel", channel_select, dispatches=True),
        input_block(AREAS, "Areas (none chosen: all)", area_select, True, dispatches=True),
        _text_block(WORDS, "Keywords", MAX_WORDS, form.keywords, "jira, quickbooks"),
        _text_block(LEAVE_OUT, "Leave out", MAX_WORDS, form.leave_out, "areas or keywords: portal, zendesk"),
        _select_block(ONLY, "How much", amounts, amounts[form.filter.highlights]["value"]),
        _select_block(BEGINS, "Begin with", _begin_options(form), FROM_NOW),
        _select_block(
            CADENCE, "How often", [option(label, value) for value, label in CADENCE_NAMES], form.schedule.cadence
        ),
        _select_block(WEEKDAY, "On", _day_options(form), _chosen_day(form)),
        input_block(
            AT, "At", element("timepicker", AT, initial_time=f"{form.schedule.time_of_day:%H:%M}"), dispatches=True
        ),
        _text_block(ZONE, "Time zone", 60, form.zone, "a city, such as London", optional=False),
        input_block(
            EMPTY,
            "When nothing is new",
            element("checkboxes", EMPTY, options=empty, initial_options=empty if form.post_when_empty else None),
            True,
            dispatches=True,
        ),
    ]
    blocks = _with_summary(blocks, summary)
    submit = "Save" if form.is_edited else "Set it up"
    metadata = encode_window_ref(form.opened_for)
    return modal(SUBSCRIBE_VIEW, "HaloPSA digest", blocks, metadata, submit=submit, close="Cancel")


def summarised_modal(shown: View, summary: WindowSummary, opened_for: WindowRef) -> View:
    """The window, as Slack sent it to us, with what it says now; what was filled in stays in it."""
    kept = {name: shown[name] for name in ("type", "callback_id", "title", "close", "submit") if shown.get(name)}
    metadata = encode_window_ref(opened_for)
    kept |= {"private_metadata": metadata} if metadata else {}
    inputs = [_with_filled_in(block, shown) for block in shown["blocks"] if block["type"] == "input"]
    return {**kept, "blocks": _with_summary(inputs, summary)}


def _with_filled_in(block: Block, shown: View) -> Block:
    """An input with what was filled in, for a window that Slack draws anew."""
    box = block["element"]
    filled = shown.get("state", {}).get("values", {}).get(block["block_id"], {}).get(box["action_id"])
    if filled is None:
        return block
    kept = {name: value for name, value in box.items() if name not in _INITIAL_BY_STATE.values()}
    initial = {_INITIAL_BY_STATE[name]: value for name, value in filled.items() if value and name in _INITIAL_BY_STATE}
    return {**block, "element": {**kept, **initial}}


def initial_values(form: DigestForm) -> dict[str, Any]:
    """What the window sends while nothing in it was changed, by block_id."""
    return {
        CHANNEL: form.channel,
        AREAS: list(form.filter.areas),
        WORDS: form.keywords,
        LEAVE_OUT: form.leave_out,
        ONLY: "highlights" if form.filter.highlights else "all",
        BEGINS: FROM_NOW,
        CADENCE: form.schedule.cadence,
        WEEKDAY: _chosen_day(form),
        AT: f"{form.schedule.time_of_day:%H:%M}",
        ZONE: form.zone,
        EMPTY: ["say"] if form.post_when_empty else [],
    }


def _with_summary(inputs: Sequence[Block], summary: WindowSummary) -> list[Block]:
    """The inputs; under the channel what it has already, and at the end what this would be, in words."""
    channel, *others = inputs
    if summary.questions:
        lines = [f"• {escape_within(question, 300, escape_sentence)}" for question in summary.questions[:MAX_QUESTIONS]]
        said = "*I have to ask first:*\n" + "\n".join(lines)
    else:
        said = f"*In words:* {escape_within(summary.words, 1_500)}"
    if summary.stays:
        said += f"\nThe digest of {channel_link(summary.stays)} stays as it is."
    top = [section(escape_within(summary.notice, 1_500, escape_sentence))] if summary.notice else []
    end: list[Block] = [{**section(said), "block_id": "summary"}]
    if summary.notes:
        end.append(context("Understood " + escape_within("; ".join(summary.notes), 1_000, escape_sentence) + "."))
    return [*top, channel, *_already_there(summary.there), *others, *end]


def _already_there(there: Sequence[DigestCard]) -> list[Block]:
    if not there:
        return []
    first = there[0]
    add = button("Add another", ADD_ACTION, first.channel)
    if len(there) > 1:
        text = f"{channel_start(first.channel)} has {len(there)} digests already; `subscriptions` there shows them."
        return [section(text), actions([add])]
    what = f"{escape_within(first.filter_text, 600)}, {escape_within(first.schedule_text, 120)}"
    text = f"{channel_start(first.channel)} gets {what} already. Change it, or add another?"
    change = button("Change it", f"{EDIT}:{first.id}", encode_card_ref(CardRef(first.id, first.mark)))
    return [section(text), actions([change, add])]


def _begin_options(form: DigestForm) -> list[dict[str, Any]]:
    now = "Go on from where it is" if form.is_edited else "What arrives from now on"
    newest_first = list(reversed(form.versions))[: MAX_OPTIONS - 1]
    versions = [
        option(
            f"What is new in {version}, the newest" if version == newest_first[0] else f"{version} and later",
            version.number,
        )
        for version in newest_first
    ]
    return [option(now, FROM_NOW), *versions]


def _day_options(form: DigestForm) -> list[dict[str, Any]]:
    weekdays = [option(name, str(number)) for number, name in enumerate(WEEKDAY_NAMES)]
    if form.unlisted_days:
        weekdays.insert(0, option(truncate(f"As now: {form.unlisted_days}", MAX_OPTION), KEEP_DAYS))
    return weekdays


def _chosen_day(form: DigestForm) -> str:
    return KEEP_DAYS if form.unlisted_days else str((form.schedule.weekdays or (0,))[0])


def _select_block(name: str, label: str, options: list[dict[str, Any]], chosen: str) -> Block:
    initial = next(one for one in options if one["value"] == chosen)
    select = element("static_select", name, options=options, initial_option=initial)
    return input_block(name, label, select, dispatches=True)


def _text_block(name: str, label: str, max_length: int, text: str, placeholder: str, optional: bool = True) -> Block:
    """A field of which Slack tells as it is typed in, so that the summary follows."""
    box = element(
        "plain_text_input",
        name,
        initial_value=truncate(text, max_length),
        max_length=max_length,
        placeholder=plain_text(placeholder),
        dispatch_action_config={"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]},
    )
    return input_block(name, label, box, optional, dispatches=True)


def confirmation_modal(title: str, text: Message, opened_for: WindowRef = NOTHING_PARTICULAR) -> View:
    """A message in place of the modal that was submitted."""
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": truncate(title, 24)},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": text["blocks"],
    }
    metadata = encode_window_ref(opened_for)
    return {**view, "private_metadata": metadata} if metadata else view


WORKING = "One moment. The result appears here; if you close this, in a message."


def working_modal(title: str) -> View:
    """In place of a submitted modal, until its result is there."""
    return confirmation_modal(title, plain_message(WORKING))


def modal_values(state: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, by block_id; an empty input is None (or an empty list)."""
    return {block_id: _input_value(next(iter(inputs.values()))) for block_id, inputs in state.items()}


def _input_value(filled: Mapping[str, Any]) -> Any:
    if (options := filled.get("selected_options")) is not None:
        return [chosen["value"] for chosen in options]
    chosen = filled.get("selected_option") or {}
    return (
        chosen.get("value") or filled.get("selected_conversation") or filled.get("selected_time") or filled.get("value")
    )
