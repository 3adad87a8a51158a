"""Where entries come from: posts, tables, feeds and Halo's own API, read into the same records, and merged by
`intake`.
"""
