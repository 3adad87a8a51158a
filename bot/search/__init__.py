"""Search: parse a question, find and score entries, decide what answers it.

`service` hands out a snapshot of the catalogue, `snapshot` and `lookups` read it; the rest is pure.
"""
