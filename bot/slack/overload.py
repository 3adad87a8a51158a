"""What happens when more arrives than can be answered in time: the rest is told so at once, in Slack's three seconds.

A command and a window are told in words. An event is not acknowledged, so that Slack brings it again in a minute; nor
is a press, beside which Slack then shows its own mark.
"""

import json
from typing import Any

from slack_bolt import BoltResponse

from bot.slack.views.blocks import text_message
from bot.slack.views.errors import BUSY

MAX_WAITING = 40  # deliveries that wait for their turn; the next one is refused …
MAX_WAITING_OVER_HTTP = 300  # … for there who waits too long is told so in time, whatever holds up the others
MAX_WAIT_SECONDS = 1.5  # after which one is refused: over HTTP at once, else when its turn comes
TURNS = 4  # deliveries that are being answered at the same time: few, as more would only take time from each other


def busy_response(body: dict[str, Any], sentence: str = BUSY) -> BoltResponse:
    """What tells whoever sent this that there is too much to do, or another reason why it is not done."""
    answer: dict[str, Any] | None = None
    if "command" in body:
        answer = {**text_message(sentence), "response_type": "ephemeral"}
    elif body.get("type") == "view_submission":
        first = next(iter(body["view"]["state"]["values"]), "")
        answer = {"response_action": "errors", "errors": {first: sentence}}
    elif body.get("type") == "block_suggestion":
        answer = {"options": []}
    if answer is None:
        return BoltResponse(status=503, body="")
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json"})
