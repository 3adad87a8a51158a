"""A Slack for one machine: for trying an app without a workspace, and for the app's tests.

It knows only the app's address, as Slack does, and imports nothing of it: any Bolt app can be driven with it.

    with Playground() as slack:
        slack.app_url = "http://127.0.0.1:3000/slack/events"  # or the app connects by Socket Mode
        result = slack.command("/halo", "jira default status")
"""

from bot.playground.actions import ActionResult
from bot.playground.errors import InvalidAction
from bot.playground.model import Call, TranscriptEntry
from bot.playground.playground import Playground

__all__ = ["Call", "InvalidAction", "TranscriptEntry", "Playground", "ActionResult"]
