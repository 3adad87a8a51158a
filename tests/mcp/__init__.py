"""Tests of bot/mcp: the official client of the SDK asks it, in memory, over a pipe and over HTTP."""
