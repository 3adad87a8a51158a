"""The window of "Related Halo changes": what was found for a message's own words, and a way into its thread. Pure."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.catalog.models import Entry
from bot.slack.views.action_ids import DETAILS, POST_IN_THREAD, RELATED_VIEW
from bot.slack.views.blocks import Episodes, buttons, card, context, result, section
from bot.slack.views.entry_modal import Origin, ViewJson, view
from bot.slack.views.limits import cut

MOST = 5


def related_view(entries: Sequence[Entry], near: bool, episodes: Episodes, origin: Origin) -> ViewJson:
    """What answers a message's words; with `near` only what comes near. Only the one who asked sees it."""
    blocks: list[Block] = []
    if not entries:
        blocks.append(section("I know no change of HaloPSA that has to do with this message."))
        blocks.append(context("Search in your own words with `/halo`."))
    else:
        post = (
            "From *Details* you can share one to the message's thread."
            if near
            else "*Post in thread* answers the message for everyone."
        )
        blocks.append(context(f"{'Nothing answers it; these come nearest. ' if near else ''}Only you see this. {post}"))
    for place, entry in enumerate(entries[:MOST]):
        if place == 0 and not near:
            blocks += [*card(entry, episodes), *_buttons(entry)]
            blocks += [DividerBlock()] if len(entries) > 1 else []
        else:
            blocks.append(result(entry, episodes))  # its Details can be shared to the thread too
    return view(RELATED_VIEW, "Related Halo changes", blocks, origin.metadata())


def _buttons(entry: Entry) -> list[Block]:
    return buttons(
        ButtonElement(
            text="Post in thread", action_id=f"{POST_IN_THREAD}:{cut(entry.key, 200)}", value=cut(entry.key, 2_000)
        ),
        ButtonElement(text="Details", action_id=f"{DETAILS}:{cut(entry.key, 200)}", value=cut(entry.key, 2_000)),
    )
