"""Where a test keeps its record: a SQLite file, or a PostgreSQL cluster that the test run starts for itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOM = 2**30  # bytes; a container may have a much smaller one


def _in_memory() -> str | None:
    shared = "/dev/shm"
    return shared if os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM else None


IN_MEMORY = _in_memory()
ACCOUNT = "postgres"
"""initdb refuses root: then this account of the system runs the cluster."""


@dataclass(frozen=True)
class Place:
    """The address of a database (none for SQLite in the folder), and the folder of the files."""

    url: str | None
    folder: Path

    @property
    def kind(self) -> str:
        return "postgresql" if self.url else "sqlite"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several."""
    found = shutil.which("initdb")
    homes = [Path(found).parent] if found else []
    homes += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda home: int(home.parent.name), reverse=True)
    return next((home for home in homes if (home / "initdb").exists()), None)


def why_not() -> str:
    """Why there is no PostgreSQL to test on; empty if there is."""
    if programs() is None:
        return "PostgreSQL is not installed here: its tests are left out"
    if os.geteuid() == 0 and (shutil.which("runuser") is None or not _has_account()):
        return "PostgreSQL does not run as root, and there is no other account: its tests are left out"
    return ""


def _has_account() -> bool:
    return subprocess.run(["id", ACCOUNT], capture_output=True).returncode == 0


class Cluster:
    """A PostgreSQL of our own on loopback, in a folder for temporary files; gone when the run ends."""

    def __init__(self, *, fsync: bool = False) -> None:
        home = programs()
        assert home is not None
        self._programs, self._made = home, 0
        self.folder = Path(tempfile.mkdtemp(prefix="enbloc-postgresql-", dir=IN_MEMORY))
        self.port = _free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)
        options = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={ACCOUNT}", "--no-sync")
        self._run("initdb", "-D", str(self.folder / "data"), *options)
        told = {
            "listen_addresses": "'127.0.0.1'",
            "port": self.port,
            "unix_socket_directories": f"'{self.folder}'",
            "fsync": "on" if fsync else "off",
            "shared_buffers": "64MB",
            "max_connections": 60,
        }
        with (self.folder / "data" / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = {given}\n" for name, given in told.items())
        self.start()

    def _run(self, program: str, *words: str) -> None:
        line = [str(self._programs / program), *words]
        if os.geteuid() == 0:
            line = ["runuser", "-u", ACCOUNT, "--", *line]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", "-t", "120", "start")

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def fresh(self) -> str:
        """The address of a new empty database."""
        self._made += 1
        name = f"record_{self._made}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql://{ACCOUNT}@127.0.0.1:{self.port}/{name}"

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
