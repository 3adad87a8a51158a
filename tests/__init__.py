"""Tests, and the bench (`make bench`)."""
