"""Halobot: knowing what changed in HaloPSA, from inside Slack."""

__version__ = "0.1.0"
