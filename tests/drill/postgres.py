"""A PostgreSQL of our own for as long as it is needed, from Debian's `postgresql` package, as an unprivileged user."""

import getpass
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with `initdb` and `postgres`, or None where PostgreSQL is not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    on_path = shutil.which("initdb")
    return Path(found[-1]) if found else Path(on_path).parent if on_path else None


@contextmanager
def postgres(**settings: object) -> Iterator[str]:
    """A fresh server on a free port of 127.0.0.1, with these settings; gives the SQLAlchemy address of its database.
    Raises FileNotFoundError without PostgreSQL.
    """
    folder = binaries()
    if folder is None:
        raise FileNotFoundError("PostgreSQL is not installed; on Debian: sudo apt install postgresql")
    home = Path(tempfile.mkdtemp(prefix="drill-postgres-"))
    who = _unprivileged()
    as_user = {"user": who, "group": pwd.getpwnam(who).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    if as_user:
        os.chown(home, pwd.getpwnam(who).pw_uid, pwd.getpwnam(who).pw_gid)
    port = _free_port()
    run = [
        str(folder / "initdb"),
        "-D",
        str(home / "data"),
        "-U",
        "drill",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
    ]
    subprocess.run(run, check=True, cwd=home, stdout=subprocess.DEVNULL, **as_user)  # type: ignore[call-overload]
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": home, "max_connections": 120}
    options |= settings
    command = [
        str(folder / "postgres"),
        "-D",
        str(home / "data"),
        *(f"-c{name}={value}" for name, value in options.items()),
    ]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=home, stdout=log, stderr=log, **as_user)  # type: ignore[call-overload]
    try:
        ready = [str(folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port), "-t", "1"]
        for _ in range(100):
            if subprocess.run(ready, check=False).returncode == 0:
                break
            if server.poll() is not None:
                raise RuntimeError(f"PostgreSQL did not start: {(home / 'log').read_text()[-2_000:]}")
        yield f"postgresql+psycopg://drill@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # "fast": it does not wait for clients that were killed
        server.wait(20)
        if (home / "data" / "postmaster.pid").exists():  # it was restarted
            stop = [str(folder / "pg_ctl"), "stop", "-D", str(home / "data"), "-m", "fast"]
            subprocess.run(stop, check=False, cwd=home, stdout=subprocess.DEVNULL, **as_user)  # type: ignore[call-overload]
        shutil.rmtree(home, ignore_errors=True)


def restart(url: str) -> None:
    """Restart the server of this address, which ends all of its connections."""
    import psycopg

    with psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    folder, data, who = binaries(), str(row[0]) if row else "", _unprivileged()
    as_user = {"user": who, "group": pwd.getpwnam(who).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [str((folder or Path()) / "pg_ctl"), "restart", "-D", data, "-m", "fast", "-w", "-l", f"{data}.log"]
    subprocess.run(command, check=True, cwd=data, stdout=subprocess.DEVNULL, **as_user)  # type: ignore[call-overload]


def _unprivileged() -> str:
    """Who runs it: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
