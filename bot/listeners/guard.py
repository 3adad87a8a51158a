"""The error boundary around every listener, and what listeners work with."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import NamedTuple

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.ask import Ask
from bot.digest.scheduler import Digests
from bot.errors import HalobotError
from bot.listeners.delivery import tell
from bot.messages.failures import problem, unexpected
from bot.messages.parts import Message
from bot.workspace.memory import Memory

log = logging.getLogger(__name__)


class Services(NamedTuple):
    """What listeners work with: made by wiring, replaced in tests."""

    ask: Ask
    memory: Memory
    now: Callable[[], float] = time.time  # seconds since 1970
    digests: Digests | None = None
    admins: tuple[str, ...] = ()  # who may change digests; empty: everyone
    unfurl_domains: tuple[str, ...] | None = None  # whose links unfurl; None: those of the episodes' pages
    boom: bool = False  # whether `boom` fails on purpose


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
        if args.body.get("type") == "block_suggestion":
            args.ack(options=[])  # a menu can show nothing but options
        elif "command" in args.body and args.ack.response is None:
            args.ack(**message, response_type="ephemeral")
        else:
            if args.ack.response is None:
                args.ack()
            tell(args, message)
    except Exception:
        log.exception("the person could not be told")
