"""What several of the digest's tests are made of."""

import json
import tomllib
from pathlib import Path

_FILE = Path(__file__).parents[2] / "seeds" / "areas.toml"
AREAS = {area["name"]: tuple(area["also"]) for area in tomllib.loads(_FILE.read_text(encoding="utf-8"))["area"]}


def granted() -> list[str]:
    """The scopes that the manifest asks for, and no others."""
    manifest = json.loads((Path(__file__).parents[2] / "manifest.json").read_text(encoding="utf-8"))
    return list(manifest["oauth_config"]["scopes"]["bot"])
