"""What is said about subscriptions, and the window that sets one up. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from bot.slack.views.digests import FILTER
from bot.slack.views.entry_text import pluralize
from bot.slack.views.limits import MAX_OPTION, MAX_OPTIONS, MAX_SECTION, pack_lines, truncate
from bot.slack.views.mrkdwn import escape_within
from bot.storage.models import Schedule, SubscriptionFilter

ASK_ADMIN, SUBSCRIBE_VIEW, WATCH_VIEW = "digest_ask_admin", "digest_subscribe_view", "digest_watch_view"
CHANNEL, AREAS, WORDS, ONLY, CADENCE, WEEKDAY, AT, ZONE, TOPIC = (
    "channel", "areas", "words", "only", "cadence", "weekday", "at", "zone", "topic",
)  # fmt: skip
CADENCE_NAMES = (
    ("weekly", "Every week"), ("daily", "Every day"), ("fortnightly", "Every two weeks"),
    ("monthly", "Every month (on its first such day)"),
    ("on arrival", "As soon as a version arrives"),
)  # fmt: skip
KEEP = "keep"  # instead of a weekday: the days as they are
MOST_WORDS = 500  # characters of the words; a typed subscription is read as far, too
MOST_LISTED = 10  # digests of this channel, and of the others
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NO_SUCH_DIGEST = (
    "No digest here is about that, so I searched for it. `subscriptions` lists the digests; `unsubscribe` alone ends "
    "all in this channel."
)


@dataclass(frozen=True)
class Shown:
    """One subscription as it is shown: all in words, nothing escaped."""

    channel: str
    what: str
    when: str
    following: str  # when the next one comes, or why none does
    set_up_by: str


def subscribed(shown: Shown, new: bool, notes: Sequence[str], begins: str) -> Message:
    """What was understood, and when the first one comes."""
    words = escape_within(shown.what, 1_200)
    text = f"<#{shown.channel}> {'gets' if new else 'now gets'} a digest *{escape_within(shown.when, 300)}*: {words}. {escape_within(shown.following, 300)}"
    blocks: list[Block] = [section(text), context(escape_within(begins, 1_000))]
    if notes:
        blocks.append(context("Understood " + escape_within("; ".join(notes), 2_000) + "."))
    blocks.append(
        context(
            "`/halo digest preview` shows it now; `/halo pause`, `resume` and `unsubscribe` are there when you need them."
        )
    )
    return message(f"Digest {shown.when}: {shown.what}", blocks)


def questions(asks: Sequence[str]) -> Message:
    """What is not clear; nothing was stored."""
    lines = "\n".join(f"• {escape_within(ask, 450)}" for ask in asks[:6])
    return message(
        f"Nothing is set up yet. {asks[0]}",
        [section(f"Nothing is set up yet, for I am not sure what you mean:\n{lines}")],
    )


def setup_button_message() -> Message:
    """`subscribe` alone, where Slack gives us no window to open: a button that opens it, and how it is typed."""
    text = "Press the button, or say it in one line: `subscribe billing, integrations -jira mondays 9am london`."
    return message(
        "Set up a digest",
        [section(text), actions([button("Set up a digest", FILTER)])],
    )


def modal_expired_message() -> Message:
    """Slack no longer opened the window: it can be typed, or tried again."""
    text = "Slack waited too long for the window. Try again, or type it: `subscribe billing, integrations -jira mondays 9am london`."
    return message("Slack waited too long for the window. Please try again.", [section(text)])


def watch_modal_expired_message() -> Message:
    """The same of the window that asks what to watch."""
    text = "Slack waited too long for the window. Try again, or type it: `/halo watch quickbooks payments`."
    return message("Slack waited too long for the window. Please try again.", [section(text)])


def subscription_list_message(here: Sequence[Shown], elsewhere: Sequence[Shown]) -> Message:
    """This channel's digests, and the workspace's others."""
    if not here and not elsewhere:
        return message(
            "No digests yet",
            [section("No channel has a digest yet. `subscribe mondays 9am` sets one up in the channel you are in.")],
        )
    blocks: list[Block] = []
    for title, ones in (("*In this channel*", here), ("*In other channels*", elsewhere)):
        if ones or title == "*In this channel*":
            blocks += [
                section(part)
                for part in pack_lines([title, *map(_line, ones[:MOST_LISTED])] if ones else [f"{title}\nnone"])
            ]
            blocks += [context(f"and {len(ones) - MOST_LISTED} more")] if len(ones) > MOST_LISTED else []
    return message(f"{pluralize(len(here) + len(elsewhere), 'digest')}", blocks)


def _line(shown: Shown) -> str:
    return f"• <#{shown.channel}>: {escape_within(shown.what, 200)}, {escape_within(shown.when, 120)}. {escape_within(shown.following, 120)} Set up by <@{shown.set_up_by}>."


def said(text: str) -> Message:
    """One sentence that is plain text."""
    return message(text, [section(escape_within(text, MAX_SECTION))])


def admin_required_message(what: str) -> Message:
    """Who may not, may ask somebody who may."""
    text = "Only some people may change digests in this workspace. Shall I ask one of them for you?"
    return message(
        text,
        [
            section(text),
            actions([button("Ask an admin", ASK_ADMIN, truncate(what, 1_500))]),
        ],
    )


def admin_request_message(person: str, channel: str, what: str) -> Message:
    """To an admin: what somebody would type, if they were allowed to."""
    where = f" in <#{channel}>" if channel else ""
    text = f"<@{person}> asks you for this{where}: `/halo {escape_within(what.replace('`', ' ').strip(), 500)}`. Type it there if you agree."
    return message("Somebody asks you to change a digest", [section(text)])


def preview_message(parts: Sequence[Message]) -> Message:
    """The next digest, for one person."""
    more = f" Its thread has {pluralize(len(parts) - 1, 'message')} with everything by area." if len(parts) > 1 else ""
    first = parts[0]
    blocks = [context(f"Only you see this: what the next digest here would be now.{more}"), *first["blocks"]]
    return {"text": f"Preview: {first['text']}", "blocks": blocks[:50]}


def subscribe_modal(
    channel: str,
    zone: str,
    areas: Sequence[str],
    schedule: Schedule | None = None,
    wanted: SubscriptionFilter | None = None,
    changes: int | None = None,
    words: str = "",
    kept: str = "",
) -> View:
    """The window, with this channel, Mondays at 09:00, the person's own zone and everything; or with what is set up
    already, and
    which subscription that is. `words`: what has no input of its own; `kept`: days that are no single weekday, in
    words.
    """
    schedule, wanted = schedule or Schedule(), wanted or SubscriptionFilter()
    area_options = [option(truncate(area, MAX_OPTION), area) for area in areas][:MAX_OPTIONS]
    chosen = [area for area in area_options if area["value"] in wanted.areas]
    cadences = [option(label, value) for value, label in CADENCE_NAMES]
    cadence = next(cadence for cadence in cadences if cadence["value"] == schedule.cadence)
    amounts = [option("Everything", "all"), option("Only highlights and what to test first", "highlights")]
    weekdays = [option(name, str(number)) for number, name in enumerate(WEEKDAY_NAMES)]
    weekdays = [option(truncate(f"As now: {kept}", MAX_OPTION), KEEP), *weekdays] if kept else weekdays
    day = weekdays[0 if kept else (schedule.weekdays or (0,))[0]]
    here = channel if channel.startswith(("C", "G")) else None
    channels = {"include": ["public", "private"], "exclude_external_shared_channels": False, "exclude_bot_users": True}
    blocks = [
        input_block(CHANNEL, "Channel", element("conversations_select", CHANNEL, initial_conversation=here, filter=channels)),
        input_block(AREAS, "Areas (none: all)", element("multi_static_select", AREAS, options=area_options, initial_options=chosen), True),
        input_block(WORDS, "Words, and with a minus what to leave out", _text_input(WORDS, MOST_WORDS, words), True),
        input_block(ONLY, "How much", element("static_select", ONLY, options=amounts, initial_option=amounts[wanted.highlights])),
        input_block(CADENCE, "How often", element("static_select", CADENCE, options=cadences, initial_option=cadence)),
        input_block(WEEKDAY, "On", element("static_select", WEEKDAY, options=weekdays, initial_option=day)),
        input_block(AT, "At", element("timepicker", AT, initial_time=f"{schedule.time_of_day:%H:%M}")),
        input_block(ZONE, "Time zone (or a city)", _text_input(ZONE, 60, zone)),
    ]  # fmt: skip
    return modal(SUBSCRIBE_VIEW, "HaloPSA digest", blocks, str(changes or ""), submit="Set it up", close="Not now")


def watch_modal() -> View:
    """The window that asks what to watch."""
    box = element("plain_text_input", TOPIC, max_length=300, placeholder=plain_text("jira default status"))
    blocks = [input_block(TOPIC, "Tell me when something new answers", box)]
    return modal(WATCH_VIEW, "Watch a topic", blocks, submit="Watch", close="Not now")


def confirmation_modal(title: str, text: Message) -> View:
    """A message in a window."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": truncate(title, 24)},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": text["blocks"],
    }


def modal_values(state: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, by input; an empty one is None (or an empty list)."""
    values: dict[str, Any] = {}
    for block_id, inputs in state.items():
        held = next(iter(inputs.values()))
        many = held.get("selected_options")
        one = held.get("selected_option") or {}
        values[block_id] = (
            [option["value"] for option in many]
            if many is not None
            else one.get("value") or held.get("selected_conversation") or held.get("selected_time") or held.get("value")
        )
    return values


def _text_input(action_id: str, max_length: int, text: str) -> Element:
    return element("plain_text_input", action_id, initial_value=truncate(text, max_length), max_length=max_length)
