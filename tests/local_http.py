"""Requests to servers that a test has started on this machine: nothing of the environment is used, as a proxy would be,
and no certificates are read, which takes longer than most requests.
"""

from typing import Any

import httpx2


def get(url: str, **more: Any) -> httpx2.Response:
    """What a server answers to GET."""
    return httpx2.get(url, trust_env=False, verify=False, **more)


def post(url: str, **more: Any) -> httpx2.Response:
    """What a server answers to POST."""
    return httpx2.post(url, trust_env=False, verify=False, **more)
