"""Whether the files of a seeds folder changed since they were loaded. Apart from `seeds`, so that a start which has
nothing to load is quick.
"""

import hashlib
from pathlib import Path


def folder_signature(folder: Path, entries: bool = True) -> str:
    """A short text that changes when any seed file does (names, sizes and times: cheap enough for every start).

    `entries=False`: of a load of areas and glossary alone, so that a later load with the entries is not taken for done.
    """
    stats = sorted(
        (str(p.relative_to(folder)), p.stat().st_size, p.stat().st_mtime_ns) for p in folder.rglob("[!.]*.toml")
    )
    return hashlib.sha256(repr((str(folder.resolve()), stats, entries)).encode()).hexdigest()[:16]
