"""Sentences about a channel's digest, in people's own words: each is read as one of the verbs for digests.

`reader` has the sentences that are about a digest anywhere. `ambiguous_sentences` has those that may as well be a
question, and `followups` those that are about a digest right after one was spoken of.
"""
