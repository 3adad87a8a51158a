"""Whether an event still wants an answer."""

from slack_bolt import Args

from bot.slack.error_boundary import Services
from bot.storage.processed_events import TOO_OLD_SECONDS


def is_new(args: Args, services: Services) -> bool:
    """False for an event delivered before, or one so old that an answer would only startle. Notes it as seen."""
    now = services.now()
    if now - float(args.body.get("event_time") or now) > TOO_OLD_SECONDS:
        return False
    return services.memory.seen.first_time(str(args.body["event_id"]), now)
