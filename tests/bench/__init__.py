"""Halobot's search beside other engines: quality by kind, time, memory. `make bench` runs it and writes RESULTS.md."""
