"""The pages and the feeds."""
