"""The catalogue as pages and feeds that everyone can open: read-only, without accounts, scripts or cookies."""
