"""Whether an event still wants an answer."""

from slack_bolt import Args

from bot.slack.error_boundary import Services
from bot.storage.processed_events import MAX_EVENT_AGE_SECONDS


def is_new_event(args: Args, services: Services) -> bool:
    """False for an event delivered before, or one so old that an answer would only startle. Notes it as seen."""
    now = services.now()
    if now - float(args.body.get("event_time") or now) > MAX_EVENT_AGE_SECONDS:
        return False
    return services.stores.processed_events.mark_processed(str(args.body["event_id"]), now)
