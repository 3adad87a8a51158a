"""The window of "Related Halo changes": what was found for a message's own words, and a way into its thread. Pure."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.catalog.models import Entry
from bot.slack.views.action_ids import DETAILS, POST_IN_THREAD, RELATED_MODAL
from bot.slack.views.blocks import Episodes, button_row, context, entry_card, entry_result, section
from bot.slack.views.entry_modal import ShareTarget, ViewJson, modal
from bot.slack.views.limits import truncate

MAX_ENTRIES = 5


def related_view(entries: Sequence[Entry], suggestions_only: bool, episodes: Episodes, target: ShareTarget) -> ViewJson:
    """What answers a message's words; with `near` only what comes near. Only the one who asked sees it."""
    blocks: list[Block] = []
    if not entries:
        blocks.append(section("I know no change of HaloPSA that has to do with this message."))
        blocks.append(context("Search in your own words with `/halo`."))
    else:
        post = (
            "From *Details* you can share one to the message's thread."
            if suggestions_only
            else "*Post in thread* answers the message for everyone."
        )
        blocks.append(
            context(
                f"{'Nothing answers it; these come nearest. ' if suggestions_only else ''}Only you see this. {post}"
            )
        )
    for place, entry in enumerate(entries[:MAX_ENTRIES]):
        if place == 0 and not suggestions_only:
            blocks += [*entry_card(entry, episodes), *_buttons(entry)]
            blocks += [DividerBlock()] if len(entries) > 1 else []
        else:
            blocks.append(entry_result(entry, episodes))  # its Details can be shared to the thread too
    return modal(RELATED_MODAL, "Related Halo changes", blocks, target.to_metadata())


def _buttons(entry: Entry) -> list[Block]:
    return button_row(
        ButtonElement(
            text="Post in thread",
            action_id=f"{POST_IN_THREAD}:{truncate(entry.key, 200)}",
            value=truncate(entry.key, 2_000),
        ),
        ButtonElement(
            text="Details", action_id=f"{DETAILS}:{truncate(entry.key, 200)}", value=truncate(entry.key, 2_000)
        ),
    )
