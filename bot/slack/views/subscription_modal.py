"""The messages about subscriptions, and the modal that sets one up. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.slack.views.blocks import (
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    context,
    element,
    input_block,
    message,
    modal,
    option,
    plain_text,
    section,
)
from bot.slack.views.digest_cards import DigestCard, card_blocks
from bot.slack.views.digests import CHANGE_ACTION
from bot.slack.views.entry_text import pluralize
from bot.slack.views.limits import MAX_OPTION, MAX_OPTIONS, MAX_SECTION, truncate
from bot.slack.views.mrkdwn import channel_link, escape_entities, escape_sentence, escape_within, person_link
from bot.storage.models import Schedule, SubscriptionFilter

ASK_ADMIN_ACTION, SUBSCRIBE_VIEW, WATCH_VIEW = "digest_ask_admin", "digest_subscribe_view", "digest_watch_view"
# The modal's inputs: each is the block_id and the action_id.
CHANNEL, AREAS, WORDS, ONLY, CADENCE, WEEKDAY, AT, ZONE, TOPIC = (
    "channel", "areas", "words", "only", "cadence", "weekday", "at", "zone", "topic",
)  # fmt: skip
CADENCE_NAMES = (
    ("weekly", "Every week"), ("daily", "Every day"), ("fortnightly", "Every two weeks"),
    ("monthly", "Every month (on its first such day)"),
    ("on arrival", "As soon as a version arrives"),
)  # fmt: skip
ADD_TO = "add "  # and the channel's id, as the modal's metadata
KEEP_DAYS = "keep"  # in place of a weekday: the days stay as they are
MAX_WORDS = 500  # characters of the words; the parser reads no more of a typed subscription either
MAX_QUESTIONS = 6
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NO_SUCH_DIGEST = (
    "No digest here is about that, so I searched for it. `subscriptions` lists the digests, each with a button to "
    "remove it."
)


def subscribed_message(row: DigestCard, is_new: bool, notes: Sequence[str], begins: str) -> Message:
    """What was understood, and when the first one comes. `begins`: sentences about what it begins with."""
    what = "gets a digest from now on" if is_new else "now gets a digest like this"
    blocks: list[Block] = [section(f"{channel_link(row.channel)} {what}:"), *card_blocks(row)]
    blocks.append(context(escape_within(begins, 1_000, escape_sentence)))
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


def plain_message(text: str) -> Message:
    """One sentence, not escaped."""
    return message(text, [section(escape_within(text, MAX_SECTION, escape_sentence))])


def admin_required_message(request: str) -> Message:
    """A person who may not do this may ask somebody who may. `request`: the command that would do it."""
    text = "Only some people may change digests in this workspace. Shall I ask one of them for you?"
    ask = button("Ask an admin", ASK_ADMIN_ACTION, truncate(request, 1_500))
    return message(text, [section(text), actions([ask])])


def admin_request_message(person: str, channel: str, request: str) -> Message:
    """To an admin: the command that somebody would type, if they were allowed to."""
    where = f" in {channel_link(channel)}" if channel else ""
    command = escape_within(request.replace("`", " ").strip(), 500, escape_entities)
    text = f"{person_link(person)} asks you for this{where}: `/halo {command}`. Type it there if you agree."
    return message("Somebody asks you to change a digest", [section(text)])


def preview_message(parts: Sequence[Message]) -> Message:
    """The next digest, for one person. `parts`: its post, and the messages of its thread."""
    more = f" Its thread has {pluralize(len(parts) - 1, 'message')} with everything by area." if len(parts) > 1 else ""
    post = parts[0]
    blocks = [context(f"Only you see this: what the next digest here would be now.{more}"), *post["blocks"]]
    return {"text": f"Preview: {post['text']}", "blocks": blocks[:50]}


def subscribe_modal(
    channel: str,
    zone: str,
    areas: Sequence[str],
    schedule: Schedule | None = None,
    subscription_filter: SubscriptionFilter | None = None,
    metadata: str = "",
    words: str = "",
    unlisted_days: str = "",
) -> View:
    """The modal, filled with a subscription, or with this channel, Mondays at 09:00 and everything.

    `metadata` is what the modal is opened for: the id of the digest that it changes, or ADD_TO and the channel that
    gets one more. `words` is what has no input of its own; `unlisted_days`, days that are no single weekday, in words.
    """
    schedule, subscription_filter = schedule or Schedule(), subscription_filter or SubscriptionFilter()
    area_options = [option(truncate(area, MAX_OPTION), area) for area in areas][:MAX_OPTIONS]
    chosen = [area for area in area_options if area["value"] in subscription_filter.areas]
    cadences = [option(label, value) for value, label in CADENCE_NAMES]
    cadence = next(cadence for cadence in cadences if cadence["value"] == schedule.cadence)
    amounts = [option("Everything", "all"), option("Only highlights and what to test first", "highlights")]
    weekdays = [option(name, str(number)) for number, name in enumerate(WEEKDAY_NAMES)]
    day = weekdays[(schedule.weekdays or (0,))[0]]
    if unlisted_days:
        day = option(truncate(f"As now: {unlisted_days}", MAX_OPTION), KEEP_DAYS)
        weekdays.insert(0, day)
    channels = {"include": ["public", "private"], "exclude_external_shared_channels": False, "exclude_bot_users": True}
    channel_select = element(
        "conversations_select",
        CHANNEL,
        initial_conversation=channel if channel.startswith(("C", "G")) else None,
        filter=channels,
    )
    area_select = element("multi_static_select", AREAS, options=area_options, initial_options=chosen)
    amount_select = element(
        "static_select", ONLY, options=amounts, initial_option=amounts[subscription_filter.highlights]
    )
    blocks = [
        input_block(CHANNEL, "Channel", channel_select),
        input_block(AREAS, "Areas (none: all)", area_select, True),
        input_block(WORDS, "Words, and with a minus what to leave out", _text_input(WORDS, MAX_WORDS, words), True),
        input_block(ONLY, "How much", amount_select),
        input_block(CADENCE, "How often", element("static_select", CADENCE, options=cadences, initial_option=cadence)),
        input_block(WEEKDAY, "On", element("static_select", WEEKDAY, options=weekdays, initial_option=day)),
        input_block(AT, "At", element("timepicker", AT, initial_time=f"{schedule.time_of_day:%H:%M}")),
        input_block(ZONE, "Time zone (or a city)", _text_input(ZONE, 60, zone)),
    ]
    return modal(SUBSCRIBE_VIEW, "HaloPSA digest", blocks, metadata, submit="Set it up", close="Not now")


def watch_modal() -> View:
    """The modal that asks what to watch."""
    box = element("plain_text_input", TOPIC, max_length=300, placeholder=plain_text("jira default status"))
    blocks = [input_block(TOPIC, "Tell me when something new answers", box)]
    return modal(WATCH_VIEW, "Watch a topic", blocks, submit="Watch", close="Not now")


def confirmation_modal(title: str, text: Message) -> View:
    """A message in place of the modal that was submitted."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": truncate(title, 24)},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": text["blocks"],
    }


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


def _text_input(action_id: str, max_length: int, text: str) -> Element:
    return element("plain_text_input", action_id, initial_value=truncate(text, max_length), max_length=max_length)
