"""What every benchmark shares: a child process with its CPU time and peak memory, and the machine it ran on."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """What a child process took: CPU seconds of user and system, and its peak resident memory in MB."""

    cpu_s: float
    peak_mb: float
    printed: str


def child(*command: str, environment: dict[str, str] | None = None) -> Cost:
    """Run a command in a process of its own and say what it cost; it must succeed."""
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
    assert started.stdout is not None
    printed = started.stdout.read()
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {started.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed)


def clients(plan: dict[str, Any]) -> dict[str, Any]:
    """What the clients of a server saw, who run in a process of their own (``serve_clients.py``)."""
    command = (sys.executable, here("serve_clients.py"))
    done = subprocess.run(command, check=True, input=json.dumps(plan), stdout=subprocess.PIPE, text=True)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def machine() -> dict[str, Any]:
    """Load, cores and versions: a figure means nothing without them."""
    packages = ("numpy", "scipy", "numba", "SimpleITK", "scikit-image")
    return {
        "load": [round(load, 2) for load in os.getloadavg()],
        "cores": os.cpu_count(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in packages},
    }


def report(found: dict[str, Any]) -> None:
    """Print one object with ``--json``, otherwise a line for each figure."""
    found = {key: found.get(key, {}) for key in ("figures", "peers", "ratios", "accuracy")} | {"machine": machine()}
    if "--json" in sys.argv:
        print(json.dumps(found, indent=2, sort_keys=True))
        return
    for group in ("figures", "peers", "ratios", "accuracy"):
        for name, number in sorted(found[group].items()):
            print(f"{group[:-1] if group.endswith('s') else group:10} {name:28} {number:g}")


def here(name: str) -> str:
    """The path of a script beside this one."""
    return str(Path(__file__).with_name(name))
