"""Halo's own release notes, read over the HTTP API of a tenant."""
