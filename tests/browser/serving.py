"""A real ``enbloc serve`` on loopback: started, stopped, and started again on the same record."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE_S = 120  # a shared machine is slow at times; nothing is asserted of it
_LINK = re.compile(r"https?://[^/\s]+(/(?:setup|tour)/\S+)")


class Server:
    """The server's process, and what it has said."""

    def __init__(self, folder: Path, url: str | None = None, *options: str) -> None:
        self.folder, self.url, self._options = folder, url, options
        self.port = _free_port()
        self.home = f"http://127.0.0.1:{self.port}"
        self.said: list[str] = []
        self._process: subprocess.Popen[str] | None = None

    @property
    def link(self) -> str:
        """The path of the one-time link that it printed: for the first administrator, or for the tour."""
        return next(found[1] for line in self.said if (found := _LINK.search(line)))

    def start(self) -> None:
        """Start, and come back when it answers."""
        line = [sys.executable, "-m", "enbloc.cli", "serve", str(self.folder), "--port", str(self.port)]
        line += self._options
        line += ["--database", self.url] if self.url else []
        self._process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        Thread(target=self._hear, args=(self._process,), daemon=True).start()
        until = time.monotonic() + PATIENCE_S
        while not self._answers():
            assert self._process.poll() is None, "the server ended: " + "\n".join(self.said[-20:])
            assert time.monotonic() < until, "the server does not answer: " + "\n".join(self.said[-20:])
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop as a terminal does, and wait for the end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)

    def _hear(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout:
            self.said.extend(process.stdout)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.home}/api/v1/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
