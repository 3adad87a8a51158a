"""Carries out `docker compose` commands with compose.yaml and a built image, without a container engine: the bot in the
image's root, and this machine's PostgreSQL in the place of that image. What it does not know is an error.
"""

import re
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import yaml

from tests.drill.postgres import binaries
from tests.ship.image import Stage, mount
from tests.whole_app.test_ending import wait_for

DATABASE_HOST = "127.0.0.77"  # an address of this machine's own that nothing else is likely to use


def env_file(path: Path) -> dict[str, str]:
    """The variables of a file, as Docker and systemd read it: a line without a value makes an empty one."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


class Compose:
    """The services of a folder's compose.yaml. Everything that it started ends with the block."""

    def __init__(self, folder: Path, image: Stage) -> None:
        self._folder, self._image = folder, image
        self._services = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))["services"]
        self._bot: subprocess.Popen | None = None
        self._database: subprocess.Popen | None = None
        self._home = Path(tempfile.mkdtemp(prefix="compose-"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in filter(None, (self._bot, self._database)):
            process.kill()
            process.wait()
        if self._database:
            subprocess.run(["umount", self._image.root / "etc/hosts"], check=True)
        shutil.rmtree(self._home, ignore_errors=True)

    def carry_out(self, line: str) -> str:
        """Do what a line of shell says. Returns what it printed; fails where the line does."""
        match = re.fullmatch(r"(?:(\w+=\S+) )?docker compose (?:--profile (\w+) )?(up -d|exec|cp)(.*)", line)
        if match is None:
            return subprocess.run(
                line, shell=True, cwd=self._folder, check=True, stdout=subprocess.PIPE, text=True
            ).stdout
        setting, profile, command, rest = match.groups("")
        if command == "up -d":
            self._up(profile, dict([setting.split("=")] if setting else []))
            return ""
        if command == "cp":
            source, target = shlex.split(rest)
            shutil.copy(self._image.inside(source.removeprefix("bot:")), self._folder / target)
            return ""
        service, *words = shlex.split(rest)
        assert service == "bot"
        done = self._image.run(words, **self._settings())
        assert done.returncode == 0, line + done.stdout + done.stderr
        return done.stdout

    def _settings(self) -> dict[str, str]:
        return env_file(self._folder / self._services["bot"]["env_file"])

    def _up(self, profile: str, settings: dict[str, str]) -> None:
        """Start the services that have no profile, and those of this one; a bot that runs is told to end before."""
        started = {name for name, service in self._services.items() if profile in service.get("profiles", [profile])}
        assert "bot" in started
        if "postgresql" in started:
            self._start_database(self._services["postgresql"]["environment"], settings)
        if self._bot:
            self._bot.terminate()
            assert self._bot.wait(12) == 0
        commands = self._image.commands
        command = [*commands["ENTRYPOINT"], *commands["CMD"]]
        self._bot = self._image.popen(command, env=self._settings(), stderr=subprocess.DEVNULL)
        wait_for(lambda: self._image.run(commands["HEALTHCHECK"], **self._settings()).returncode == 0)

    def _start_database(self, environment: dict[str, str], settings: dict[str, str]) -> None:
        """PostgreSQL as its image makes it: a user with a password, and a database of the same name."""
        password = re.sub(r"\$\{(\w+):-\}", lambda name: settings[name[1]], environment["POSTGRES_PASSWORD"])
        user, as_user = environment["POSTGRES_USER"], {"user": "postgres", "group": "postgres", "extra_groups": []}
        assert user == environment["POSTGRES_DB"]
        (self._home / "password").write_text(password, encoding="utf-8")
        for path in (self._home, self._home / "password"):
            shutil.chown(path, "postgres", "postgres")
        programs, data = binaries(), self._home / "data"
        make = [programs / "initdb", "-D", data, "-U", user, "--auth=scram-sha-256", "--no-sync"]
        subprocess.run([*make, f"--pwfile={self._home / 'password'}"], check=True, stdout=subprocess.DEVNULL, **as_user)
        options = {"listen_addresses": DATABASE_HOST, "unix_socket_directories": self._home}
        with (self._home / "log").open("w") as log:
            command = [programs / "postgres", "-D", data, *(f"-c{name}={value}" for name, value in options.items())]
            self._database = subprocess.Popen(command, stdout=log, stderr=log, **as_user)
        hosts = self._home / "hosts"
        hosts.write_text(f"127.0.0.1 localhost\n{DATABASE_HOST} postgresql\n", encoding="utf-8")
        mount("--bind", hosts, self._image.root / "etc/hosts")
        check = shlex.split(self._services["postgresql"]["healthcheck"]["test"][1])
        check[0] = str(programs / check[0])
        wait_for(lambda: subprocess.run([*check, "-q", "-h", DATABASE_HOST]).returncode == 0)
        self._in_database("postgres", f"CREATE DATABASE {environment['POSTGRES_DB']}", user, password)

    def _in_database(self, name: str, statement: str, user: str, password: str) -> str:
        command = [binaries() / "psql", "-At", "-h", DATABASE_HOST, "-U", user, "-d", name, "-c", statement]
        return subprocess.run(command, check=True, env={"PGPASSWORD": password}, capture_output=True, text=True).stdout

    def tables(self) -> int:
        """How many tables there are in the database beside the bot."""
        user, password = re.search(r"//(\w+):(\w+)@", self._settings()["HALO_WORKSPACE_URL"]).groups()
        counting = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        return int(self._in_database(user, counting, user, password))
