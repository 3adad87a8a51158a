"""The lock files have every dependency of pyproject.toml in a version that it allows, with hashes, and name no host."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
# What is imported and comes with another library, whose interface is in its terms.
COMES_WITH = {"mcp_types": "mcp", "pydantic": "mcp"}
BOT, EXTRAS = PYPROJECT["project"]["dependencies"], PYPROJECT["project"]["optional-dependencies"]


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("requirements.lock", [*BOT, *EXTRAS["postgresql"], *EXTRAS["mcp"]]),
        ("requirements-dev.lock", [*BOT, *EXTRAS["postgresql"], *EXTRAS["mcp"], *EXTRAS["dev"], *EXTRAS["browser"]]),
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


def imported_libraries() -> set[str]:
    """The top-level names of what bot/ and tests/ import and neither is nor comes with Python."""
    names: set[str] = set()
    for path in (path for folder in ("bot", "tests") for path in (PROJECT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(str(node.module).partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"bot", "tests"}


def test_what_is_imported_is_declared():
    """A library that only comes with another one is gone when that one changes its mind, as httpx was."""
    distributions = packages_distributions()
    declared = {
        canonicalize_name(Requirement(line).name)
        for line in (*BOT, *(each for extra in EXTRAS.values() for each in extra))
    }
    undeclared = {
        name
        for name in imported_libraries()
        if not declared
        & {canonicalize_name(each) for each in (COMES_WITH.get(name, name), *distributions.get(name, []))}
    }
    assert undeclared == set()
