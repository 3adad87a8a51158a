"""Clicks on links: Slack opens them by itself, but wants to hear that we saw the click."""

from slack_bolt import Args

from bot.slack.error_boundary import Services


def on_link_clicked(args: Args, services: Services) -> None:
    """Acknowledge a click on "Watch 6:08"."""
    args.ack()
