"""The modal of the message shortcut "Related Halo changes": what was found for a message's words."""

from collections.abc import Sequence

from bot.catalog.models import Entry
from bot.conversation.entry_text import Episodes
from bot.slack.views.action_ids import DETAILS, POST_IN_THREAD, RELATED_MODAL
from bot.slack.views.blocks import Block, View, actions, button, context, divider, modal, section
from bot.slack.views.context import ShareTarget
from bot.slack.views.entry_blocks import entry_card, entry_result
from bot.slack.views.limits import MAX_BUTTON_VALUE, truncate

MAX_ENTRIES = 5


def related_view(entries: Sequence[Entry], suggestions_only: bool, episodes: Episodes, target: ShareTarget) -> View:
    """The best entry in full and the others in a row each; with `suggestions_only`, rows of what comes near.

    `target` is the message's thread. Only the person who asked sees the modal.
    """
    blocks: list[Block] = []
    if not entries:
        blocks.append(section("Nothing that changed in HaloPSA has to do with this message."))
        blocks.append(context("Search in your own words with `/halo`."))
    elif suggestions_only:
        share = "From *Details* you can share one to the message's thread."
        blocks.append(context(f"Nothing answers it; these come nearest. Only you see this. {share}"))
    else:
        blocks.append(context("Only you see this. *Post in thread* answers the message for everyone."))
        blocks += [*entry_card(entries[0], episodes), _buttons(entries[0])]
        blocks += [divider()] if len(entries) > 1 else []
    rows = entries[:MAX_ENTRIES] if suggestions_only else entries[1:MAX_ENTRIES]
    blocks += [entry_result(entry, episodes) for entry in rows]
    return modal(RELATED_MODAL, "Related Halo changes", blocks, target.to_metadata())


def _buttons(entry: Entry) -> Block:
    key, value = truncate(entry.key, 200), truncate(entry.key, MAX_BUTTON_VALUE)
    post = button("Post in thread", f"{POST_IN_THREAD}:{key}", value)
    return actions([post, button("Details", f"{DETAILS}:{key}", value)])
