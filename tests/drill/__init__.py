"""The fault drill: real processes that are killed, a Slack that fails, several processes at once, on SQLite and on
PostgreSQL.
"""
