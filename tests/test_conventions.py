"""What docs/developing.md says about names, sizes and references, read from the source."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.settings import PROJECT

SOURCES = sorted((PROJECT / "bot").rglob("*.py"))
LONGEST_FUNCTION = 60  # lines

# Names of files that only the authors' machines have.
ELSEWHERE = re.compile(r"\bshared/|\bDESIGN(?:\.md|,)|\bNAMES\.md|\bBRIEF\.md|\bFACTS\.md")
MAY_LOOK_BESIDE = {".ci/run", "tests/test_conventions.py"}
TEXT_FILES = {".py", ".md", ".toml", ".json", ".html", ".js", ".css", ".csv", ".txt", ".yml", ".ini", ""}
NOT_OURS = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__", "data"}


def type_names(tree: ast.Module) -> list[str]:
    """The public types that a module defines: its classes, and its aliases, which are written as classes are."""
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return [name for name in names if re.fullmatch(r"[A-Z]\w*[a-z]\w*", name)]


def test_a_type_name_means_one_thing():
    """No public type name is defined twice in bot/; the playground, which knows nothing of the rest, has its own."""
    modules = defaultdict(list)
    for path in SOURCES:
        if "playground" not in path.parts:
            for name in type_names(ast.parse(path.read_text(encoding="utf-8"))):
                modules[name].append(path.relative_to(PROJECT).as_posix())
    assert {name: places for name, places in modules.items() if len(places) > 1} == {}


def test_type_names_are_recognised():
    """Classes, aliases and annotated aliases are types; constants, functions and private classes are not."""
    source = (
        "class A_b: ...\nKind = Literal['x']\nAlias: TypeAlias = int\nMAX = 3\nT = 1\ndef F_x(): ...\nclass _B: ..."
    )
    assert type_names(ast.parse(source)) == ["A_b", "Kind", "Alias"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_functions_are_short(path):
    """No function has over 60 lines. (Ruff holds the limits of complexity and of columns.)"""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [f.name for f in functions if f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION] == []


def project_files() -> list[Path]:
    """Every text file of a clone."""
    files = [path for path in PROJECT.rglob("*") if not NOT_OURS & set(path.relative_to(PROJECT).parts)]
    return [path for path in files if path.suffix in TEXT_FILES and path.is_file() and ".egg-info" not in str(path)]


def test_nothing_refers_to_files_that_a_clone_lacks():
    """Docstrings, comments and documents name only files of the project."""
    found = {}
    for path in project_files():
        name = path.relative_to(PROJECT).as_posix()
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        numbers = [number for number, line in enumerate(lines, 1) if ELSEWHERE.search(line)]
        if numbers and name not in MAY_LOOK_BESIDE:
            found[name] = numbers
    assert found == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_no_group_is_repeated_possessively(path):
    """`(?:…)*+` is written `(?>(?:…)*)`: the first Pythons 3.11, which Debian 12 has, let a repetition that fails keep
    what it had taken by then.
    """
    assert not re.search(r"[^\\]\)(?:[*+]|\{+\d[\d,]*\}+)\+", path.read_text(encoding="utf-8"))
