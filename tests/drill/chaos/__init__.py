"""Chaos: every kind of fault at once, at random but seeded, over several processes of the whole bot with people at
work. The only rule is the end state: what arrived is told once to everyone who should hear it, and what was
acknowledged is done once, or its person was told.
"""
