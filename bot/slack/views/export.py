"""A document as messages: Markdown in code blocks, to be copied."""

from bot.conversation.result_text import export_sentence
from bot.slack.views import action_ids
from bot.slack.views.blocks import Message, button, button_row, context, message, section
from bot.slack.views.limits import MAX_MESSAGE, MAX_SECTION, pack_lines
from bot.slack.views.mrkdwn import escape_entities, escape_within

OFFER = "Send as text gives you all of it, to copy."
SENT = "I sent it to you as a direct message."
MAX_MESSAGES = 6  # of one document
BLOCK_CHARACTERS = MAX_SECTION - 10  # of a section without its fences
BLOCKS_A_MESSAGE = MAX_MESSAGE // MAX_SECTION - 1


def offer_message(question: str) -> Message:
    """How to have an answer as a document: the button that sends it as text, and how it becomes a table."""
    send = button("Send as text", action_ids.EXPORT, action_ids.encode_page_ref(question, 0))
    table = escape_within(export_sentence(question), MAX_SECTION // 2, escape_entities)
    return message(OFFER, [section(OFFER), *button_row(send), context(table)])


def document_messages(document: str, question: str) -> list[Message]:
    """A document in as many messages as it takes, MAX_MESSAGES at most; the last one says where the rest is."""
    lines = [escape_entities(line).replace("```", "'''") for line in document.splitlines()]
    blocks = pack_lines(lines, BLOCK_CHARACTERS)
    shown = blocks[: MAX_MESSAGES * BLOCKS_A_MESSAGE]
    starts = range(0, len(shown), BLOCKS_A_MESSAGE)
    messages = []
    for start in starts:
        part = [section(f"```{block}```") for block in shown[start : start + BLOCKS_A_MESSAGE]]
        if start == starts[-1] and len(shown) < len(blocks):
            part.append(context("There is more. `halobot export --question …` in the terminal prints all of it."))
        messages.append(message(f"As text: {question} ({start // BLOCKS_A_MESSAGE + 1} of {len(starts)})", part))
    return messages
