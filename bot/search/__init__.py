"""Search: parse a question, find and score entries, decide what answers it.

`service` hands out a snapshot of the catalogue, which `snapshot`, `index_reader`, `vocabulary_reader` and `lookups`
read; the rest is pure.
"""
