"""Sending messages and opening modals, with another way where Slack refuses the first: an expired trigger or
response_url, a channel that the bot is not in.
"""

import logging
from collections.abc import Callable, Sequence
from http.client import HTTPException
from typing import Any

from slack_bolt import Args
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.problems import ProblemList
from bot.slack.api_errors import SLACK_ERRORS, ApiFailure, ErrorMeaning, classify_error
from bot.slack.job_client import DeliveryUnknownError
from bot.slack.jobs import RetryLaterError, current_run
from bot.slack.slack_problems import RESPONSE_URL, response_url_fails
from bot.slack.views import errors, sharing
from bot.slack.views.blocks import Message, View, text_message, with_banner
from bot.slack.views.context import ShareTarget, read_share_target
from bot.slack.web_client import tls_context

log = logging.getLogger(__name__)
NO_UNFURL: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


def notify_user(args: Args, message: Message, replace: bool = False) -> bool:
    """Send a message to one person, privately: by the response_url, else as an ephemeral message, else as a direct one.

    `replace`: in place of the clicked message, where Slack still allows that. Returns False when no way worked. A job
    that can be tried again raises RetryLaterError then: nobody is left without a word.
    """
    run = current_run(args.context)
    ways: tuple[Callable[[], bool], ...] = (
        lambda: _by_response_url(args, message, replace),
        lambda: _by_ephemeral_message(args, message),
        lambda: _by_direct_message(args, message),
    )
    for way in ways:
        try:
            if way():
                return True
        except RetryLaterError:
            if run is None or not run.is_last:
                raise
        except SLACK_ERRORS as error:
            log.info("told another way: %s", classify_error(error).code)
    if run is not None and not run.is_last:
        raise RetryLaterError("the person could not be told", is_unsure=True)
    log.error("the person could not be told in any way")
    return False


def action_value(args: Args) -> str:
    """The value of the clicked button, or what was chosen in a menu or a calendar."""
    action = args.action or {}
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or action.get("selected_date") or "")


def action_id(args: Args) -> str:
    """The action id of the clicked button."""
    return str((args.action or {}).get("action_id") or "")


def is_ephemeral(args: Args) -> bool:
    """Whether the clicked message is an ephemeral one."""
    return bool(args.body.get("container", {}).get("is_ephemeral"))


def is_private(args: Args) -> bool:
    """Whether only this person sees the clicked message: it is ephemeral, or in their direct messages."""
    return is_ephemeral(args) or is_direct_message(args)


def is_direct_message(args: Args) -> bool:
    """Whether this happens in a direct conversation with the bot."""
    return (args.context.channel_id or "").startswith("D")


def delete_clicked_message(args: Args) -> None:
    """Delete the clicked message; where Slack no longer allows that, say so."""
    if not _send_to_response_url(args, args.body.get("response_url", ""), {"delete_original": True}):
        notify_user(args, text_message("Slack no longer lets me remove that; it is gone when you reload."))


def share_target(args: Args) -> ShareTarget:
    """Where the person can share something: the channel they are in, a thread in it, or nowhere."""
    if view := args.body.get("view"):
        return read_share_target(view.get("private_metadata", ""))
    if not args.context.channel_id or is_direct_message(args):
        return ShareTarget()
    return ShareTarget(
        args.context.channel_id, args.body.get("container", {}).get("thread_ts", ""), args.body.get("response_url", "")
    )


def post_message(args: Args, origin: ShareTarget, message: Message, work_object: dict[str, Any] | None = None) -> str:
    """Post for everyone there, once: with the Work Object where Slack takes it, by the response_url where the bot is no
    member.

    Returns what to tell the person when it was not posted, or Slack did not say; empty when it was.
    """
    failure = _try_post(args, origin, message, work_object)
    if failure and failure.meaning is ErrorMeaning.METADATA_REFUSED and work_object:
        failure = _try_post(args, origin, message, None)
    if failure and failure.allows_response_url and origin.url:
        extra = {"thread_ts": origin.thread} if origin.thread else {}
        body = {**message, **extra, "response_type": "in_channel", "replace_original": False}
        if run := current_run(args.context):
            run.note_unmarked_post()
        is_sent = _send_to_response_url(args, origin.url, body)
        return errors.UNKNOWN_DELIVERY if is_sent is None else "" if is_sent else errors.NOT_IN_CHANNEL
    return _failure_text(failure) if failure else ""


def post_thread(args: Args, origin: ShareTarget, messages: Sequence[Message]) -> str:
    """Post a message for everyone there, and the others in its thread, or all in the thread that was asked in.

    Returns what to tell the person when not all was posted; empty when it was. Where the bot is no member, only the
    first one can be posted.
    """
    first, *rest = messages
    try:
        posted = args.client.chat_postMessage(
            channel=origin.channel, thread_ts=origin.thread or None, **NO_UNFURL, **first
        )
    except SLACK_ERRORS as error:
        failure = classify_error(error)
        if not (failure.allows_response_url and origin.url):
            return _failure_text(failure)
        return post_message(args, origin, first) or (sharing.SHARED_PARTLY if rest else "")
    thread = origin._replace(thread=origin.thread or str(posted["ts"]))
    if any(_try_post(args, thread, message, None) for message in rest):
        return sharing.SHARED_PARTLY
    return ""


def _failure_text(failure: ApiFailure) -> str:
    """What a person is told when something was not posted, or may have been."""
    if failure.allows_response_url:
        return errors.NOT_IN_CHANNEL
    if failure.meaning is ErrorMeaning.RATE_LIMITED:
        return errors.RATE_LIMITED
    return errors.UNKNOWN_DELIVERY if failure.meaning is ErrorMeaning.DELIVERY_UNKNOWN else sharing.SHARE_FAILED


def _try_post(args: Args, origin: ShareTarget, message: Message, metadata: dict[str, Any] | None) -> ApiFailure | None:
    """Post into a channel or thread. Returns None when Slack took it."""
    try:
        args.client.chat_postMessage(
            channel=origin.channel, thread_ts=origin.thread or None, metadata=metadata, **NO_UNFURL, **message
        )
    except SLACK_ERRORS as error:
        failure = classify_error(error)
        log.info("not posted: %s", failure.code)
        return failure
    return None


def open_modal(args: Args, view: View, fallback: Message) -> None:
    """Open a modal, or push it on the one that is open. Where Slack refuses or does not answer, the person gets
    `fallback`.
    """
    inside = args.body.get("view", {}).get("type") == "modal"
    try:
        if inside:
            args.client.views_push(trigger_id=args.body["trigger_id"], view=view)
        else:
            args.client.views_open(trigger_id=args.body["trigger_id"], view=view)
    except SLACK_ERRORS as error:
        log.info("no window: %s", classify_error(error).code)
        if not inside or not update_modal(args, view):
            notify_user(args, fallback)


def update_modal(args: Args, view: View) -> bool:
    """Replace the clicked modal, unless a later click changed it meanwhile. Returns False when it was not."""
    return update_modal_error(args, view) in ("", "hash_conflict")


def update_modal_error(args: Args, view: View) -> str:
    """Replace the clicked modal. Returns Slack's error code; empty when it was replaced."""
    shown = args.body["view"]
    try:
        args.client.views_update(view_id=shown["id"], hash=shown.get("hash"), view=view)
    except SLACK_ERRORS as error:
        log.info("the window was not changed: %s", classify_error(error).code)
        return classify_error(error).code
    return ""


def replace_modal(args: Args, view: View) -> bool:
    """Put another view in place of a submitted modal, whatever it shows now. Returns False when Slack refused."""
    try:
        args.client.views_update(view_id=args.body["view"]["id"], view=view)
    except SLACK_ERRORS as error:
        log.info("the window was not replaced: %s", classify_error(error).code)
        return False
    return True


def notify_in_modal(args: Args, text: str) -> None:
    """Show in the clicked modal what the click did; where the modal is closed already, in a message."""
    if not update_modal(args, with_banner(args.body["view"], text)):
        notify_user(args, text_message(text))


def _by_response_url(args: Args, message: Message, replace: bool) -> bool:
    body = {**message, "response_type": "ephemeral", "replace_original": replace}
    return bool(_send_to_response_url(args, args.body.get("response_url", ""), body))  # a private one may come twice


def _send_to_response_url(args: Args, url: str, body: dict[str, Any]) -> bool | None:
    """Whether it was sent; None where Slack failed or did not answer, and nobody can tell. Bolt's `respond` sends again
    after a lost connection: twice. A page of whoever stands between (a sign-in, a proxy) is no answer of Slack's.
    """
    if not url:
        return False
    try:
        answer = WebhookClient(url, timeout=10, ssl=tls_context(), retry_handlers=[]).send_dict(body)
    except (HTTPException, TimeoutError, ConnectionResetError):
        return None
    problems: ProblemList | None = getattr(args.client, "problems", None)
    if answer.status_code >= 500:
        if problems:
            problems.begin("slack", response_url_fails(answer.status_code))
        return None
    if problems:
        problems.over(RESPONSE_URL)
    said = "".join((answer.body or "").split()).lower()
    if answer.status_code == 200 and said != "ok" and '"ok":' not in said:
        return None
    return answer.status_code == 200 and '"ok":false' not in said


def _by_ephemeral_message(args: Args, message: Message) -> bool:
    channel, user = args.context.channel_id, args.context.user_id
    if not channel or not user:
        return False
    if is_direct_message(args):
        args.client.chat_postMessage(channel=channel, **NO_UNFURL, **message)
    else:
        args.client.chat_postEphemeral(
            channel=channel, user=user, thread_ts=args.body.get("event", {}).get("thread_ts"), **message
        )
    return True


def _by_direct_message(args: Args, message: Message) -> bool:
    if not args.context.user_id:
        return False
    try:
        args.client.chat_postMessage(channel=args.context.user_id, **NO_UNFURL, **message)
    except DeliveryUnknownError:  # nobody can look there; told twice is better than never
        WebClient.chat_postMessage(args.client, channel=args.context.user_id, **NO_UNFURL, **message)
    return True
