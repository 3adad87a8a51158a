"""Halobot inside Slack: what Slack triggers, what is done about it, and the messages that come of it."""
