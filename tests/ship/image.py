"""Carries out the steps of a Dockerfile in folders, as root, and starts what it names, as a container engine would.

Only the instructions that ours has are known; another one is an error, so that nothing is skipped in silence. The
registries of packages are reached with this machine's own settings.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
PASSIVE = {"ARG", "EXPOSE", "VOLUME"}  # they change nothing in the root itself
MACHINE_SETTINGS = ("/etc/pip.conf", "/etc/xdg/pip", "/etc/ssl/certs", "/etc/resolv.conf", "/etc/hosts")


def mount(*arguments: object) -> None:
    """Mount something."""
    subprocess.run(["mount", *map(str, arguments)], check=True)


def instructions(text: str) -> list[tuple[str, str]]:
    """Each instruction of a Dockerfile with its arguments."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


def new_base(folder: Path) -> None:
    """An empty Debian with Python, in the place of the image that the Dockerfile begins with."""
    sources = Path("/etc/apt/sources.list.d/debian.sources").read_text(encoding="utf-8")
    mirror = re.search(r"^URIs: (\S+)", sources, re.MULTILINE)[1]
    packages = "python3,python3-venv,ca-certificates"
    command = ["debootstrap", "--variant=minbase", f"--include={packages}", "bookworm", str(folder), mirror]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (folder / "usr/local/bin/python").symlink_to("/usr/bin/python3")


@dataclass
class Stage:
    """A root in the making, and what has been set for it so far."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH, "HOME": "/root"})
    folder: str = "/"
    user: str = "0"
    commands: dict[str, list[str]] = field(default_factory=dict)  # ENTRYPOINT, CMD and HEALTHCHECK

    def inside(self, path: str) -> Path:
        """Where a path of the image is on this machine."""
        return self.root / os.path.normpath(f"{self.folder}/{path}" if path[0] != "/" else path).lstrip("/")

    def popen(self, command: list[str], network_settings: bool = False, **options: object) -> subprocess.Popen:
        """Start a command in the root, without any right that its user has not."""
        group = "0" if self.user == "0" else self._group()
        drop = [] if self.user == "0" else ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        own = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
        environment = {**(own if network_settings else {}), **self.environment, **options.pop("env", {})}
        become = ["setpriv", f"--reuid={self.user}", f"--regid={group}", "--clear-groups", *drop]
        enter = f"cd {shlex.quote(self.folder)} && exec {shlex.join([*become, *command])}"
        return subprocess.Popen(["chroot", str(self.root), "/bin/sh", "-c", enter], env=environment, **options)

    def run(
        self, command: list[str], network_settings: bool = False, seconds: float = 120, **settings: str
    ) -> subprocess.CompletedProcess:
        """Run a command in the root, with more settings in its environment, and wait for it."""
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = self.popen(command, network_settings, env=settings, **pipes)
        out, err = process.communicate(timeout=seconds)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def take_settings_of_this_machine(self) -> None:
        """Copy how this machine reaches the network and its registries of packages."""
        for path in MACHINE_SETTINGS:
            if Path(path).exists():
                target = self.root / path[1:]
                target.parent.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", "--recursive", "--dereference", "--no-target-directory", path, target])

    def _group(self) -> str:
        """The user's own group; one that is not in the root's list has the number of the user."""
        lines = (self.root / "etc/passwd").read_text(encoding="utf-8").splitlines()
        return next((line.split(":")[3] for line in lines if line.split(":")[2] == self.user), self.user)


class Builder:
    """Builds the stages of a Dockerfile below a folder, beginning with a copy of `base`."""

    def __init__(self, context: Path, base: Path, folder: Path) -> None:
        self._context, self._base, self._folder = context, base, folder
        self._stages: dict[str, Stage] = {}
        self._ignored = (context / ".dockerignore").read_text(encoding="utf-8").split("\n")

    def build(self) -> Stage:
        """Carry out all instructions. Returns the last stage."""
        stage = Stage(self._base)
        for name, arguments in instructions((self._context / "Dockerfile").read_text(encoding="utf-8")):
            if name == "FROM":
                stage = self._begin(arguments)
            elif name not in PASSIVE:
                getattr(self, f"_{name.lower()}")(stage, arguments)
        return stage

    def _begin(self, arguments: str) -> Stage:
        name = arguments.partition(" AS ")[2] or "last"
        root = self._folder / name
        subprocess.run(["cp", "--archive", self._base, root], check=True)
        self._stages[name] = Stage(root)
        self._stages[name].take_settings_of_this_machine()
        return self._stages[name]

    def _run(self, stage: Stage, arguments: str) -> None:
        done = stage.popen(["/bin/sh", "-c", arguments], network_settings=True)
        assert done.wait(600) == 0, arguments

    def _copy(self, stage: Stage, arguments: str) -> None:
        *sources, target = shlex.split(arguments)
        root = self._context
        if sources[0].startswith("--from="):
            root = self._stages[sources.pop(0).removeprefix("--from=")].root
        for source in sources:
            origin, place = root / source.lstrip("/"), stage.inside(target)
            if root == self._context:
                assert self._is_sent(source), f"{source} is in .dockerignore"
            if origin.is_dir():
                ignore = shutil.ignore_patterns("__pycache__") if root == self._context else None
                shutil.copytree(origin, place, symlinks=True, ignore=ignore, dirs_exist_ok=True)
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy2(origin, place / origin.name)

    def _is_sent(self, source: str) -> bool:
        """Whether .dockerignore lets a file through: its last line that fits counts."""
        is_sent = True
        for line in self._ignored:
            if line and not line.startswith("#") and fnmatch(source.removeprefix("./"), line.removeprefix("!")):
                is_sent = line.startswith("!")
        return is_sent

    def _env(self, stage: Stage, arguments: str) -> None:
        for setting in shlex.split(arguments):
            name, _, value = setting.partition("=")
            stage.environment[name] = value.replace("$PATH", stage.environment["PATH"])

    def _workdir(self, stage: Stage, arguments: str) -> None:
        stage.folder = arguments
        stage.inside(arguments).mkdir(parents=True, exist_ok=True)

    def _user(self, stage: Stage, arguments: str) -> None:
        stage.user = arguments

    def _entrypoint(self, stage: Stage, arguments: str) -> None:
        stage.commands["ENTRYPOINT"] = json.loads(arguments)

    def _cmd(self, stage: Stage, arguments: str) -> None:
        stage.commands["CMD"] = json.loads(arguments)

    def _healthcheck(self, stage: Stage, arguments: str) -> None:
        stage.commands["HEALTHCHECK"] = json.loads(arguments.partition(" CMD ")[2])
