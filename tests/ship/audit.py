"""Whether a locked package has a known vulnerability, asked of PyPI or OSV by pip-audit (`make audit`).

    python -m tests.ship.audit PIP_AUDIT LOCK_FILE

pip-audit ends well, saying "No known vulnerabilities found", also where it could ask about no package at all. So its
report is read, and a package that has had a known vulnerability for years is asked about with the others: where that
one is not found out, nothing is believed. Ends with 1 when a package has a known vulnerability, with 0 when none has
or nobody could be asked; a sentence says which.
"""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SERVICES = ("pypi", "osv")
MAX_SECONDS = 120  # for one service
KNOWN_BAD = "pyyaml==5.3"  # CVE-2020-1747: running any code by a file; mended in 5.3.1
# Vulnerabilities that do not concern us, with the reason; empty while there are none.
ACCEPTED: dict[str, str] = {}


@dataclass
class Verdict:
    """What a report says. `bad` has a line for each vulnerability, `unasked` the packages nobody knew of."""

    is_trusted: bool = False
    asked: int = 0
    bad: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        """The exit code."""
        return int(bool(self.bad))

    @property
    def text(self) -> str:
        """The sentence for a person."""
        if self.bad:
            return "Known vulnerabilities:\n" + "\n".join(f"  {line}" for line in self.bad)
        if not self.is_trusted:
            return "Known vulnerabilities were NOT looked for: neither PyPI nor OSV could be asked from here."
        if self.unasked:
            return f"No known vulnerability in {self.asked} packages; could NOT be asked: {', '.join(self.unasked)}."
        return f"No known vulnerability in {self.asked} packages."


def judge(report: str) -> Verdict:
    """What pip-audit's report in JSON says. One that is empty or broken is not trusted."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
        known_bad, _, version = KNOWN_BAD.partition("==")
        verdict = Verdict()
        for package in packages:
            found = [each for each in package.get("vulns", []) if not is_accepted(each)]
            if (package["name"].lower(), package.get("version")) == (known_bad, version):
                verdict.is_trusted = bool(found)
            elif "vulns" in package:
                verdict.asked += 1
                verdict.bad += [describe(package, each) for each in found]
            elif package["name"].lower() != known_bad:
                verdict.unasked.append(package["name"])
        return verdict
    except (ValueError, KeyError, TypeError, AttributeError):
        return Verdict()


def is_accepted(vulnerability: dict[str, Any]) -> bool:
    """Whether a vulnerability does not concern us, by any of its names."""
    return not ACCEPTED.keys().isdisjoint({vulnerability["id"], *vulnerability.get("aliases", [])})


def describe(package: dict[str, Any], vulnerability: dict[str, Any]) -> str:
    """One line about a vulnerability."""
    mended = ", ".join(vulnerability.get("fix_versions", [])) or "nothing yet"
    return f"{package['name']} {package['version']}: {vulnerability['id']}, mended in {mended}"


def ask(pip_audit: str, lock: Path, service: str) -> Verdict:
    """The verdict of one service on a lock file."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder, "requirements.txt")
        # Nothing is installed, so that its hash does not matter.
        requirements.write_text(f"{lock.read_text(encoding='utf-8')}\n{KNOWN_BAD} --hash=sha256:{0:064d}\n")
        command = [
            pip_audit, "--vulnerability-service", service, "--requirement", str(requirements), "--require-hashes",
            "--disable-pip", "--format", "json", "--desc", "off", "--progress-spinner", "off", "--timeout", "10",
        ]  # fmt: skip
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=MAX_SECONDS)
        except subprocess.TimeoutExpired:
            return Verdict()
    return judge(done.stdout.decode("utf-8", "replace"))


def main(pip_audit: str, lock: str) -> int:
    """Ask one service after the other until one can be trusted; print what it says, and return the exit code."""
    verdict = Verdict()
    for service in SERVICES:
        verdict = ask(pip_audit, Path(lock), service)
        if verdict.is_trusted or verdict.bad:
            break
    print(verdict.text)
    return verdict.code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
