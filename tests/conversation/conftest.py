"""Conversations are tried on the shipped catalogue, and on small ones made for a test."""

from tests.search.conftest import bare_file, make_service, service

__all__ = ["bare_file", "make_service", "service"]
