"""Shows what a tenant answers about its releases: status, keys and types, never values.

halobot sources probe
/api/VersionInfo: 200, an object with 2 keys: record_count (number), releases (list of 2)
"""

from collections.abc import Iterator
from typing import Any

from bot.errors import SourceError
from bot.ingest.readers.halo_api.client import HaloApi, explain_refusal, find_records

_ENDPOINTS = ("VersionInfo", "VersionInfo/SearchVersionInfo", "VersionInfo/Spotlight")


def probe_api(api: HaloApi) -> Iterator[str]:
    """Lines of text, each as soon as it is known. A failure is a line as well."""
    yield (
        f"{api.base}: what this tenant answers. Nothing is stored. "
        "The live shape was never seen by us, so please compare."
    )
    try:
        api.sign_in()
    except SourceError as error:
        yield f"sign-in: {error}"
        return
    yield f"sign-in: accepted, scope {api.scope}"
    release_id: Any = None
    for path in _ENDPOINTS:
        is_list = path == "VersionInfo"
        try:
            response = api.get(path, {"pageinate": "true", "page_size": 2, "page_no": 1} if is_list else {"count": 2})
        except SourceError as error:
            yield f"/api/{path}: {error}"
            continue
        if response.status != 200:
            yield f"/api/{path}: {explain_refusal(response, api.scope)}"
            continue
        yield f"/api/{path}: 200, {_describe(response.value)}"
        records = find_records(response.value)
        if records:
            yield f"  first record: {_describe(records[0])}"
            if is_list and isinstance(records[0], dict):
                release_id = records[0].get("id")
    if isinstance(release_id, int | str) and str(release_id).isalnum():
        try:
            response = api.get(f"VersionInfo/{release_id}", {"includedetails": "true"})
        except SourceError as error:
            yield f"/api/VersionInfo/{{id}}: {error}"
            return
        yield f"/api/VersionInfo/{{id}}?includedetails=true: {response.status}, {_describe(response.value)}"
        yield from _describe_nested(response.value)


def _describe(value: Any) -> str:
    """The keys of an object with their types, or the type of any other value."""
    if isinstance(value, dict):
        keys = [f"{str(key)[:60]} ({_describe_type(part)})" for key, part in list(value.items())[:60]]
        return f"an object with {len(value)} keys: {', '.join(keys)}"
    return _describe_type(value)


def _describe_type(value: Any) -> str:
    if value is None:
        return "null or no JSON"
    if isinstance(value, list):
        return f"list of {len(value)}"
    names = {bool: "true/false", int: "number", float: "number", str: "text", dict: "object"}
    return names.get(type(value), type(value).__name__)


def _describe_nested(value: Any, path: str = "", depth: int = 0) -> Iterator[str]:
    """The first record of every list inside an object: where the notes are."""
    if depth > 4 or not isinstance(value, dict):
        return
    for key, part in value.items():
        if isinstance(part, list) and part:
            yield f"  {path}{key}[0]: {_describe(part[0])}"
            yield from _describe_nested(part[0], f"{path}{key}[0].", depth + 1)
        elif isinstance(part, dict):
            yield from _describe_nested(part, f"{path}{key}.", depth + 1)
