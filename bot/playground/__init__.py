"""A Slack for one machine: for trying the app with no workspace, and for its tests.

It knows nothing of the app but its address, as Slack does, and imports nothing of it: any Bolt app can be driven with
it.

    with Playground() as slack:
        slack.app_url = "http://127.0.0.1:3000/slack/events"    # or let the app come by Socket Mode
        result = slack.command("/halo", "jira default status")
"""

from bot.playground.actions import ActionResult
from bot.playground.errors import InvalidAction
from bot.playground.model import Call, TranscriptEntry
from bot.playground.playground import Playground

__all__ = ["Call", "InvalidAction", "TranscriptEntry", "Playground", "ActionResult"]
