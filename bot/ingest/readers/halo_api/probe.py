"""What a tenant really answers about its releases: status, keys and shapes, never values. It is asked before anything
is mapped.
"""

from collections.abc import Iterator
from typing import Any

from bot.errors import SourceError
from bot.ingest.readers.halo_api.client import HaloApi, records_in, refusal

_ENDPOINTS = ("VersionInfo", "VersionInfo/SearchVersionInfo", "VersionInfo/Spotlight")


def probe(api: HaloApi) -> Iterator[str]:
    """Lines of text, one as soon as it is known. A failure is a line as well."""
    yield f"{api.base}: what this tenant answers. Nothing is stored. The live shape was never seen by us, so please compare."
    try:
        api.sign_in()
    except SourceError as error:
        yield f"sign-in: {error}"
        return
    yield f"sign-in: accepted, scope {api.scope}"
    first: Any = None
    for path in _ENDPOINTS:
        try:
            answer = api.get(
                path, {"pageinate": "true", "page_size": 2, "page_no": 1} if path == "VersionInfo" else {"count": 2}
            )
        except SourceError as error:
            yield f"/api/{path}: {error}"
            continue
        if answer.status != 200:
            yield f"/api/{path}: {refusal(answer, api.scope)}"
            continue
        yield f"/api/{path}: 200, {shape(answer.value)}"
        records = records_in(answer.value)
        if records:
            yield f"  first record: {shape(records[0])}"
            if path == "VersionInfo" and isinstance(records[0], dict):
                first = records[0].get("id")
    if isinstance(first, int | str) and str(first).isalnum():
        try:
            detail = api.get(f"VersionInfo/{first}", {"includedetails": "true"})
        except SourceError as error:
            yield f"/api/VersionInfo/{{id}}: {error}"
            return
        yield f"/api/VersionInfo/{{id}}?includedetails=true: {detail.status}, {shape(detail.value)}"
        yield from nested(detail.value)


def shape(value: Any) -> str:
    """A value's outline: the keys of an object with their kinds, the length of a list."""
    if isinstance(value, dict):
        keys = [f"{str(key)[:60]} ({_kind(part)})" for key, part in list(value.items())[:60]]
        return f"an object with {len(value)} keys: {', '.join(keys)}"
    return _kind(value)


def _kind(value: Any) -> str:
    if value is None:
        return "null or no JSON"
    if isinstance(value, list):
        return f"list of {len(value)}"
    names = {bool: "true/false", int: "number", float: "number", str: "text", dict: "object"}
    return names.get(type(value), type(value).__name__)


def nested(value: Any, path: str = "", depth: int = 0) -> Iterator[str]:
    """The outlines of the first record of every list inside an object: where the notes sit."""
    if depth > 4 or not isinstance(value, dict):
        return
    for key, part in value.items():
        if isinstance(part, list) and part:
            yield f"  {path}{key}[0]: {shape(part[0])}"
            yield from nested(part[0], f"{path}{key}[0].", depth + 1)
        elif isinstance(part, dict):
            yield from nested(part, f"{path}{key}.", depth + 1)
