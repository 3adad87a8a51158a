"""Databases that nothing is in yet, made once a session and copied: their migrations take longer than most tests."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from bot.catalog.repository import Catalog
from bot.storage.database import open_workspace


def new_catalog(path: Path) -> Path:
    """Puts an empty catalogue at a path, unless a file is there. Returns the path."""
    return path if path.exists() else Path(shutil.copy(_catalog(), path))


def new_workspace(path: Path) -> str:
    """Puts a workspace database with empty tables at a path, unless a file is there. Returns its address."""
    if not path.exists():
        shutil.copy(_workspace(), path)
    return f"sqlite:///{path}"


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="halobot-tests-")


@cache
def _catalog() -> Path:
    catalogue = Catalog(Path(_folder().name) / "catalog.db")
    catalogue.entry_count()
    catalogue.close()
    return catalogue.path


@cache
def _workspace() -> Path:
    path = Path(_folder().name) / "workspace.db"
    open_workspace(f"sqlite:///{path}").dispose()
    return path
