"""Brings new versions into the catalogue: `fetch` and `load` get documents, `readers` parse them into records, `merge`
merges these into what is known, `service` writes an import, and `poller` does all of it for the watched sources.
"""
