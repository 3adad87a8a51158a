"""The error boundary around every listener, and what listeners work with."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import NamedTuple

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.ask import Ask
from bot.errors import HalobotError
from bot.messages.failures import problem, unexpected
from bot.messages.parts import Message
from bot.workspace.events import SeenEvents

log = logging.getLogger(__name__)


class Services(NamedTuple):
    """What listeners work with: made by wiring, replaced in tests."""

    ask: Ask
    seen: SeenEvents
    now: Callable[[], float] = time.time  # seconds since 1970


Listener = Callable[[Args, Services], None]


def guarded(listener: Listener, services: Services) -> Callable[[Args], None]:
    """A listener for Bolt that never raises: a known problem is told in its own words, an unknown one by reference.

    Why not leave it to `app.error`: an exception right after `ack()` would lose the ack, and Slack shows its own failure.
    """

    def run(args: Args) -> None:
        try:
            listener(args, services)
        except HalobotError as error:
            log.warning("%s: %s", listener.__name__, error)
            _tell(args, problem(str(error)))
        except SlackApiError as error:
            # Slack refused our message: there is nobody to tell over the same way. Its code says why; the text may be private.
            log.error("%s: Slack refused with %s", listener.__name__, error.response.get("error"))
        except Exception:
            reference = secrets.token_hex(3).upper()
            log.exception("reference %s in %s", reference, listener.__name__)
            _tell(args, unexpected(reference))

    run.__name__ = listener.__name__  # Bolt logs it; functools.wraps would break its injection of `args`
    return run


def _tell(args: Args, message: Message) -> None:
    """Tell the person privately, by the way that is still open."""
    try:
        if "response_url" in args.body or "command" in args.body:
            args.ack(**message) if args.ack.response is None else args.respond(**message, response_type="ephemeral", replace_original=False)
        elif args.context.channel_id and args.context.user_id:
            event = args.body.get("event", {})
            args.client.chat_postEphemeral(channel=args.context.channel_id, user=args.context.user_id, thread_ts=event.get("thread_ts"), **message)
    except Exception:
        log.exception("the person could not be told")
