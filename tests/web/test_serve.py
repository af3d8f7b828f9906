"""``enbloc serve`` as a process: where it listens, what it prints, how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from enbloc.errors import RecordError
from enbloc.web.serving import Bind
from tests.test_cli import enbloc
from tests.web.served import PASSWORD


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[str, list[str], subprocess.Popen[str]]]:
    """The address, the lines it printed, and the process; ended by SIGTERM."""
    words = [sys.executable, "-m", "enbloc.cli", "serve", str(folder), "--port", "0", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        found = re.search(r"https?://[^/]+", lines[0])
        assert found, (lines, process.stderr.read() if process.stderr else "")
        yield found[0], lines, process
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def test_a_fresh_machine_gets_a_record_a_link_and_a_graceful_end(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as (at, lines, _):
        token = lines[1].rpartition("/setup/")[2].strip()
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
        wish = {"token": token, "centre": "north", "person": "ada", "name": "A. Example", "password": PASSWORD}
        answer = httpx.post(f"{at}/api/v1/setup", json=wish, headers={"X-Enbloc": "1"})
        assert answer.status_code == 200
        for file in (tmp_path / "data").iterdir():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0
    with serving(tmp_path / "data") as (_, lines, _):
        assert token not in lines[1], "each start prints a link of its own, as long as nobody can sign in"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "board.example.org"])
def test_no_address_of_other_machines_is_bound_without_tls(host: str) -> None:
    with pytest.raises(RecordError, match="TLS alone"):
        Bind(host=host, port=0)


def test_other_machines_are_served_through_tls_alone(tmp_path: Path) -> None:
    done = enbloc("serve", "data", "--host", "0.0.0.0", cwd=tmp_path)
    assert done.returncode == 2
    assert "--behind-proxy" in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--tls-cert", "cert.pem"),
        ("--tls-cert", "none.pem", "--tls-key", "none.pem"),
        ("--tour", "--behind-proxy"),
        ("--tour", "--host", "0.0.0.0", "--behind-proxy"),
        ("--port", "70000"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_line(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "cert.pem").write_text("")
    done = enbloc("serve", "data", *options, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len([line for line in done.stderr.splitlines() if line.startswith("enbloc: ")]) == 1
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = enbloc("serve", "data", "--port", str(taken.getsockname()[1]), cwd=tmp_path)
    assert done.returncode == 2
    assert "in use" in done.stderr


def test_behind_a_proxy_its_name_is_the_address(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--behind-proxy", "--name", "board.example.org") as (at, lines, _):
        assert at == "https://board.example.org"
        assert lines[1].strip().split("/setup/")[0].endswith("https://board.example.org")


def test_a_tour_opens_once_and_knows_the_demo_cases(tmp_path: Path) -> None:
    with serving(tmp_path / "data", "--tour") as (at, lines, _):
        token = lines[1].rpartition("/tour/")[2].strip()
        with httpx.Client(base_url=at) as browser:
            assert browser.get("/tour/" + "x" * 43).status_code == 410
            assert browser.get(f"/tour/{token}").headers["location"] == "/"
            me = browser.get("/api/v1/session").json()
            assert (me["person"], me["centre"], me["roles"]) == ("visitor", "tour", ["surgeon"])
            assert browser.get("/api/v1/worklist").json()["counts"]["all"] > 10
        assert httpx.get(f"{at}/tour/{token}").status_code == 410


def test_tls_is_spoken_with_the_certificate(tmp_path: Path) -> None:
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    asked += f" -addext subjectAltName=DNS:localhost -keyout {tmp_path}/key.pem -out {tmp_path}/cert.pem"
    made = subprocess.run(["openssl", *asked.split()], capture_output=True)
    assert made.returncode == 0
    options = ("--tls-cert", str(tmp_path / "cert.pem"), "--tls-key", str(tmp_path / "key.pem"))
    with serving(tmp_path / "data", "--host", "localhost", *options) as (at, _, _):
        trusted = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        answer = httpx.get(f"{at}/api/v1/health", verify=trusted)
        assert answer.status_code == 200
        assert answer.headers["strict-transport-security"]
