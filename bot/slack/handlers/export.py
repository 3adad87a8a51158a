"""The button "Send as text": the whole answer as Markdown, privately: in the direct conversation with the bot, and
where that is where it was pressed, in the same thread of it.
"""

from slack_bolt import Args

from bot.conversation.export import document_parts, to_markdown
from bot.conversation.result_text import document_title
from bot.slack.delivery import NO_UNFURL, is_direct_message, notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers.answer_buttons import clicked_page, repeat_answer
from bot.slack.views import answers
from bot.slack.views.blocks import text_message
from bot.slack.views.export import SENT, document_messages


def on_export(args: Args, services: Services) -> None:
    """Send all of the answer that the button stands under, not only its page."""
    args.ack()
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        reply = repeat_answer(args, services, clicked_page(args)._replace(offset=0))
        parts = document_parts(reply.interpretation.answer) if reply.interpretation else []
        document = to_markdown(document_title(reply.question), parts, snapshot.episodes, with_summaries=False)
    if not parts:
        notify_user(args, text_message(answers.NO_LONGER_FOUND))
        return
    is_here = is_direct_message(args)
    channel = (args.context.channel_id if is_here else args.context.user_id) or ""
    thread = args.body.get("container", {}).get("thread_ts") if is_here else None
    for message in document_messages(document, reply.question):
        args.client.chat_postMessage(channel=channel, thread_ts=thread, **NO_UNFURL, **message)
    if not is_here:
        notify_user(args, text_message(SENT))
