"""The scopes that the bot asks for, and what for; docs/operating.md has the same list."""

from typing import Any

SCOPES = {
    "commands": "the /halo command",
    "chat:write": "answering mentions and direct messages, sharing, digests",
    "app_mentions:read": "hearing @halo",
    "im:history": "hearing direct messages",
    "channels:read": "hearing that it was added to a public channel, to say hello once; who is in a channel",
    "groups:read": "the same in a private channel",
    "users:read": "the time zone of who sets a digest up, and who is an admin",
}
# Without one of these the bot works, but for one feature.
OPTIONAL_SCOPES = {
    "links:read": "hearing of links to episodes, for their cards",
    "links:write": "showing those cards",
    "channels:history": "looking whether a digest arrived whose reply was lost",
    "groups:history": "the same in a private channel",
}


def granted_scopes(reply: Any) -> set[str]:
    """The scopes that Slack names beside an answer; empty where it names none."""
    headers = {name.lower(): value for name, value in (reply.headers or {}).items()}
    return {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
