"""Stores what Slack delivers as a job in the inbox, then acknowledges it; where it cannot be stored, refuses it."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import Args, BoltResponse

from bot.references import keep_reference
from bot.slack.delivery import notify_user, replace_modal
from bot.slack.jobs import Accepted, AckSlot, JobRunner, current_run
from bot.slack.views.blocks import Message, View, text_message
from bot.slack.views.digest_cards import decode_window_ref
from bot.slack.views.errors import NOT_STORED
from bot.slack.views.subscription_modal import confirmation_modal, working_modal

MAX_RESULT_SECONDS = 1.2  # that the acknowledgement of a window waits for its result, of the three that Slack waits
ACK_SECONDS = 0.5  # within which Slack has an acknowledgement that was sent
TELLING_PAUSES = (0.0, 1.0, 3.0, 9.0, 27.0)  # before each attempt at telling somebody that nothing was taken
_waiting = threading.BoundedSemaphore(1)  # acknowledgements that wait for a result at the same time
_telling = threading.BoundedSemaphore(4)  # people who are told at the same time that nothing was taken


def delivery_key(body: dict[str, Any]) -> str:
    """What tells a second delivery: each event has an id, each press, command and window a trigger."""
    return str(body.get("event_id") or body.get("trigger_id") or "")


def take(args: Args, jobs: JobRunner, key: str, is_stored: bool = True) -> BoltResponse:
    """Make a job of a delivery. Returns what acknowledges it. What is not stored is not acknowledged: Slack brings an
    event again, and shows its own sign beside what somebody pressed. That person is told in words too, unless this
    process ends before, or too many are being told.
    """
    if jobs.accept(key, args.context.team_id or "", args.body, is_stored) is not Accepted.BUSY:
        return BoltResponse(status=200, body="")
    if "event" not in args.body and _telling.acquire(blocking=False):
        threading.Thread(target=keep_reference(_tell), args=(args,), daemon=True).start()
    return BoltResponse(status=503, body="")


def hand_over(
    args: Args, jobs: JobRunner, is_stored: bool = True, problems: Callable[[str], Sequence[str]] = lambda team: ()
) -> bool:
    """Make a job of a command, and acknowledge it. False where it is a job already, and is to be done. Where it cannot
    be stored, the person reads `problems` of their team too: `status`, which says what is wrong, is such a command.
    """
    if current_run(args.context):
        return False
    if jobs.accept(delivery_key(args.body), args.context.team_id or "", args.body, is_stored) is Accepted.BUSY:
        text = " ".join([NOT_STORED, *problems(args.context.team_id or "")])
        args.ack(**text_message(text), response_type="ephemeral")
    else:
        args.ack()
    return True


def hand_over_window(args: Args, jobs: JobRunner, title: str) -> None:
    """Make a job of a window that was submitted, and acknowledge it: with the result where that is there at once, else
    with a note in its place, which the result replaces.
    """
    slot = AckSlot()
    accepted = jobs.accept(delivery_key(args.body), args.context.team_id or "", args.body, slot=slot)
    if accepted is Accepted.BUSY:
        first = next(iter(args.body["view"]["state"]["values"]))
        args.ack(response_action="errors", errors={first: NOT_STORED})
        return
    result = None
    if accepted is Accepted.TAKEN and _waiting.acquire(blocking=False):
        try:
            result = slot.wait(MAX_RESULT_SECONDS)
        finally:
            _waiting.release()
    else:
        slot.wait(0)
    args.ack(**(result or {"response_action": "update", "view": working_modal(title)}))


def show_result(args: Args, title: str, result: Message) -> None:
    """Show what came of a submitted window in its place, or in a message where the window is closed."""
    opened_for = decode_window_ref(str(args.body["view"].get("private_metadata") or ""))
    keep_window(args, confirmation_modal(title, result, opened_for), result)


def keep_window(args: Args, view: View, otherwise: Message, errors: Mapping[str, str] | None = None) -> None:
    """Show the submitted window as `view`, or with `errors` under its inputs where Slack still waits for its
    acknowledgement; where the window is closed, the message `otherwise`.
    """
    run = current_run(args.context)
    if run is not None and run.slot is not None:
        update = {"response_action": "update", "view": view}
        if run.slot.offer({"response_action": "errors", "errors": dict(errors)} if errors else update):
            return
        time.sleep(ACK_SECONDS)  # Slack has to have the acknowledgement first: it would replace this
    if not replace_modal(args, view):
        notify_user(args, otherwise)


def _tell(args: Args) -> None:
    try:
        for pause in TELLING_PAUSES:
            time.sleep(pause)
            if notify_user(args, text_message(NOT_STORED)):
                break
    finally:
        _telling.release()
