"""Digests: what is in one (edition), when it is due (calendar), how it gets into its channel once (publish), and what
drives it (scheduler).
"""
