"""Whether a bill of materials has what the lock file has, no more and no less (`make sbom`). Halobot's own version is
written into it, which the tool that makes it does not find.

    python -m tests.ship.bill_of_materials dist/halobot.cdx.json requirements.lock
"""

import json
import re
import sys
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from bot import __version__


def differences(bill: str, lock: str) -> list[str]:
    """What a bill of materials (CycloneDX, JSON) lacks, and what is too much in it, by the packages of a lock file that
    are for this machine.
    """
    shipped = {(canonicalize_name(each["name"]), each["version"]) for each in json.loads(bill)["components"]}
    lines = re.findall(r"^([a-z0-9-]+)==(\S+)(?: ; (.*))? \\$", lock, re.MULTILINE)
    locked = {(name, version) for name, version, marker in lines if not marker or Marker(marker).evaluate()}
    return [f"{name} {version} is missing" for name, version in sorted(locked - shipped)] + [
        f"{name} {version} is not in the lock file" for name, version in sorted(shipped - locked)
    ]


def with_version(bill: str) -> str:
    """The bill of materials with the version of what it is about."""
    content = json.loads(bill)
    content["metadata"]["component"]["version"] = __version__
    return json.dumps(content, indent=2, ensure_ascii=False)


def main(bill: str, lock: str) -> int:
    """Write the version, print what differs from the lock file, or what there is. Returns the exit code."""
    text = with_version(Path(bill).read_text(encoding="utf-8"))
    Path(bill).write_text(text, encoding="utf-8")
    found = differences(text, Path(lock).read_text(encoding="utf-8"))
    print("\n".join(found) or f"{bill}: {len(json.loads(text)['components'])} packages")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
