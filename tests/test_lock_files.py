"""The lock files have every dependency of pyproject.toml in a version that it allows, with hashes, and name no host."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
BOT, EXTRAS = PYPROJECT["project"]["dependencies"], PYPROJECT["project"]["optional-dependencies"]


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("requirements.lock", [*BOT, *EXTRAS["postgresql"]]),
        ("requirements-dev.lock", [*BOT, *EXTRAS["postgresql"], *EXTRAS["dev"], *EXTRAS["browser"]]),
        ("requirements-tools.lock", PYPROJECT["dependency-groups"]["supply-chain"]),
    ],
)
def test_lock_file(file, declared):
    """After a change in pyproject.toml, `make lock` has to be run."""
    text = (PROJECT / file).read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)(?: ;.*)? \\$", text, re.MULTILINE))
    wanted = [Requirement(line) for line in declared]
    unmet = [
        str(each) for each in wanted if not each.specifier.contains(locked.get(canonicalize_name(each.name), "0"), True)
    ]
    assert unmet == [], "run `make lock`"
    assert text.count("==") <= text.count("--hash=sha256:")
    assert "://" not in text
