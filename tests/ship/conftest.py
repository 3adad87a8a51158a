"""The image, built once for all tests of this folder, and what they need to be run at all."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import PROJECT
from tests.ship.image import Builder, Stage, mount, new_base

MISSING = [name for name in ("debootstrap", "chroot", "setpriv", "mount") if not shutil.which(name)]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of an empty Debian with Python. Skips the test where there cannot be one."""
    if not os.environ.get("HALO_IMAGE_REQUIRED") and (MISSING or os.geteuid() != 0):
        pytest.skip(f"needs root and {', '.join(MISSING)}")
    folder = Path(os.environ.get("HALO_IMAGE_BASE") or tmp_path_factory.mktemp("debian") / "base")
    if not folder.is_dir():
        new_base(folder)
    return folder


@pytest.fixture(scope="session")
def image(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The built image: its root is read-only, /data is a volume, /tmp is empty."""
    folder = tmp_path_factory.mktemp("image")
    stage = Builder(PROJECT, base, folder).build()
    root, volume = stage.root, folder / "volume"
    shutil.copytree(root / "data", volume)
    shutil.copystat(root / "data", volume)
    owner = (root / "data").stat()
    os.chown(volume, owner.st_uid, owner.st_gid)
    mounted = [root, root / "proc", root / "tmp", root / "data"]
    mount("--bind", root, root)
    mount("-o", "remount,bind,ro", root)
    mount("-t", "proc", "proc", root / "proc")
    mount("-t", "tmpfs", "tmpfs", root / "tmp")
    mount("--bind", volume, root / "data")
    yield stage
    for place in reversed(mounted):
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def run(image: Stage) -> Callable[..., subprocess.CompletedProcess]:
    """Runs a command in the image, and waits for it."""
    return image.run


@pytest.fixture
def unused_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]
