"""``enbloc serve`` with 100,000 cases on loopback: worklist, search, case page, mixed load, first load in a browser.

One server process of ours, the clients in another: each asks again as soon as it was answered, with no pause, so that a
figure is that of a server that always has 20 questions waiting. Everything is audited and written to the disk before it
is answered, as always. Beside it an Orthanc (Debian's) with a list of as many studies as time allows, asked by the same
clients; it keeps no audit.

``--small`` runs it all with few cases in seconds; ``--studies 100000`` gives Orthanc as many studies as we have cases.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import serve_browser
import serve_peer
from measuring import child, clients, here, report
from serve_record import CLOSED_EACH, CLOSED_FROM, HISTOLOGIES, LEVELS, WITH_IMAGES, Account, case_id

from enbloc.web.services import PAGES

API = "/api/v1"
AT_ONCE, MANY = 20, 50
WORKED_UP_EACH_S = 20.0
PATIENCE_S = 300.0
_TICKS_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Size:
    """How much is measured: cases of ours, studies of Orthanc's, seconds of each question and of the mixed load."""

    cases: int = 100_000
    studies: int = 20_000
    seconds: float = 8.0
    mixed_s: float = 60.0
    is_small: bool = False


SMALL = Size(cases=300, studies=60, seconds=0.5, mixed_s=2.0, is_small=True)


@dataclass(frozen=True)
class Server:
    """A server that runs: its port, its process, and the cookies of those who are signed in."""

    port: int
    process: int
    people: tuple[dict[str, str], ...]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask once, as the first of them; the answer must be one."""
        sent = None if body is None else json.dumps(body)
        return json.loads(_asked(self.port, method, API + path, sent, self.people[0])[0] or b"null")

    def measured(self, at_once: int, seconds: float, mix: dict[str, Any], **more: object) -> dict[str, Any]:
        """What so many clients saw in so many seconds, and what each answer cost the server."""
        plan = {"port": self.port, "people": self.people, "headers": {"X-Enbloc": "1"}, "clients": at_once}
        before = self._cpu_s()
        seen = clients({**plan, "seconds": seconds, "mix": mix, **more})
        answered = sum(kind["n"] for kind in seen["kinds"].values())
        seen["server_cpu_ms"] = 1000 * (self._cpu_s() - before) / max(1, answered)
        seen["per_s"] = answered / seen["wall_s"]
        return seen

    def _cpu_s(self) -> float:
        after_name = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) * _TICKS_S


def main() -> None:
    """Fill a record, serve it, ask it, and ask Orthanc the same."""
    size = SMALL if "--small" in sys.argv else Size()
    if "--studies" in sys.argv:
        size = replace(size, studies=int(sys.argv[sys.argv.index("--studies") + 1]))
    with TemporaryDirectory(prefix="enbloc-bench-") as scratch:
        folder = Path(scratch) / "record"
        made = child(sys.executable, here("serve_record.py"), str(folder), str(size.cases), *_images(size))
        accounts = [Account(*each) for each in json.loads(made.printed)]
        with served(folder, accounts) as server:
            found = _ours(server, size)
            found["figures"]["filled_per_s_cpu"] = round(size.cases / made.cpu_s)
        if serve_peer.program() and "--no-peer" not in sys.argv:
            peer = serve_peer.measured(Path(scratch) / "orthanc", size.studies, size.seconds, AT_ONCE)
            found |= _beside(found["figures"], peer)
        report(found)


def _images(size: Size) -> Sequence[str]:
    return () if size.is_small else ("--with-images",)


@contextmanager
def served(folder: Path, accounts: Sequence[Account]) -> Iterator[Server]:
    """``enbloc serve`` as anybody starts it, on a free port, with everybody signed in through its door."""
    command = (sys.executable, "-m", "enbloc.cli", "serve", str(folder), "--port", "0")
    log = (folder / "log").open("w")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found is not None
        port = int(found[1])
        yield Server(port, process.pid, tuple({"Cookie": _signed_in(port, account)} for account in accounts))
    finally:
        process.terminate()
        process.wait()
        log.close()


def _signed_in(port: int, account: Account) -> str:
    """The cookie of a session opened with password and code."""
    import pyotp

    wish = {"person": account.person, "password": account.password, "code": pyotp.TOTP(account.totp_secret).now()}
    _, headers = _asked(port, "POST", f"{API}/session", json.dumps(wish), {})
    return str(headers["set-cookie"]).partition(";")[0]


def _asked(port: int, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[bytes, Any]:
    connection, ends = http.client.HTTPConnection("127.0.0.1", port, timeout=60), time.monotonic() + 30
    kind = {"Content-Type": "application/json"} if body is not None else {}
    while True:
        try:
            connection.request(method, path, body, {"X-Enbloc": "1", **kind, **headers})
            break
        except ConnectionRefusedError:  # it listens a moment after it said so
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 300:
        raise SystemExit(f"{method} {path}: {answer.status} {text[:300]!r}")
    connection.close()
    return text, answer.headers


def _ours(server: Server, size: Size) -> dict[str, Any]:
    """What our server takes for each question."""
    worked_up = WITH_IMAGES if not size.is_small else case_id(0)
    _work_up(server, worked_up)
    _check(server, size, worked_up)
    asks = _asks(size, worked_up)
    alone = {name: server.measured(AT_ONCE, size.seconds, {name: _kind(asks[name])}) for name in asks}
    mix = {name: _kind(asks.get(name), weight) for name, weight in _MIX.items()}
    own = [f"{API}/cases/{name}" for name in _open_cases(size)]
    mixed = server.measured(MANY, size.mixed_s, mix, own=own, work_up_every_s=WORKED_UP_EACH_S)
    figures = {**_figures(alone), **_mixed(mixed)} | _in_browser(server)
    figures["errors_alone"] = sum(seen["errors"] for seen in alone.values())
    for seen in (*alone.values(), mixed):
        for fault in seen["faults"]:
            print(fault, file=sys.stderr)
    return {"figures": figures}


_MIX = {"list": 35, "search": 15, "document": 20, "page": 15, "save": 10}
"""So often each of them is asked for in the mixed load; besides, one client has cases worked up, one at a time."""


def _asks(size: Size, worked_up: str) -> dict[str, list[list[str]]]:
    listed, chance = f"{API}/worklist", random.Random(3)
    after = [f"{listed}?after={quote(f'3_~_{case_id(chance.randrange(size.cases))}')}" for _ in range(4)]
    views = [f"{listed}?view={view}" for view in ("urgent", "board", "missing", "due")]
    pairs = [f"{chance.choice(LEVELS)} {chance.choice(HISTOLOGIES)}" for _ in range(20)]
    words = (*HISTOLOGIES, *LEVELS, *pairs, "mel", "case-0000", "born 1957", "man born 2001", "biopsy", "no such word")
    opened = chance.choices(_open_cases(size), k=400)
    return {
        "list": [["GET", path] for path in (*[listed] * 8, *views, *after)],
        "search": [["GET", f"{listed}?words={quote(word)}"] for word in words],
        "document": [["GET", f"{API}/cases/{name}"] for name in opened],
        "page": [["GET", f"{API}/cases/{worked_up}/page"]],
    }


def _open_cases(size: Size) -> list[str]:
    """The cases that everybody sees."""
    return [case_id(number) for number in range(1, size.cases) if number % CLOSED_EACH != CLOSED_FROM]


def _kind(asks: list[list[str]] | None = None, weight: int = 1) -> dict[str, Any]:
    return {"weight": weight, "asks": asks or []}


def _work_up(server: Server, name: str) -> None:
    """Have a case worked up by the real worker and wait for it."""
    job = server.ask("POST", f"/cases/{name}/workups", {})["job"]
    ends = time.monotonic() + PATIENCE_S
    while job["state"] in ("waiting", "running") and time.monotonic() < ends:
        time.sleep(0.2)
        job = server.ask("GET", f"/jobs/{job['job_id']}")
    if job["state"] != "done":
        raise SystemExit(f"the work-up of {name} ended as {job['state']}: {job['fault']}")


def _check(server: Server, size: Size, worked_up: str) -> None:
    """What is measured is what it should be, before it is measured."""
    page = server.ask("GET", "/worklist")
    found = server.ask("GET", "/worklist?words=chordoma")["items"]
    is_right = (
        page["counts"]["all"] >= size.cases * (1 - 1 / CLOSED_EACH) - 1,
        len(page["items"]) == 50,
        bool(found) and all("chordoma" in line["headline"].casefold() for line in found),
        server.ask("GET", f"/cases/{worked_up}")["document"]["id"] == worked_up,
        bool(server.ask("GET", f"/cases/{worked_up}/page")["numbers"]),
    )
    if not all(is_right):
        raise SystemExit(f"the answers are not what they should be: {is_right}")


def _figures(alone: dict[str, dict[str, Any]]) -> dict[str, float]:
    p95 = {name: round(seen["kinds"][name]["p95_ms"], 1) for name, seen in alone.items()}
    told = {f"{name}_p95_ms": each for name, each in p95.items()}
    told |= {f"{name}_p50_ms": round(seen["kinds"][name]["p50_ms"], 1) for name, seen in alone.items()}
    told |= {f"{name}_server_cpu_ms": round(seen["server_cpu_ms"], 2) for name, seen in alone.items()}
    told |= {f"{name}_per_s": round(seen["per_s"]) for name, seen in alone.items()}
    wall_s, cpu_s = (sum(seen[what] for seen in alone.values()) for what in ("wall_s", "cpu_s"))
    slowest = {"worklist_p95_ms": max(p95["list"], p95["search"]), "case_p95_ms": max(p95["document"], p95["page"])}
    return {**told, **slowest, "clients_cpu_share": round(cpu_s / wall_s, 2)}


def _mixed(seen: dict[str, Any]) -> dict[str, float]:
    told = {f"mixed_{name}_p95_ms": round(kind["p95_ms"], 1) for name, kind in seen["kinds"].items()}
    answered = sum(kind["n"] for kind in seen["kinds"].values())
    return {**told, "mixed_errors": seen["errors"], "mixed_answers": answered, "mixed_per_s": round(seen["per_s"])}


def _in_browser(server: Server) -> dict[str, float]:
    if serve_browser.program() is None or not (PAGES / "index.html").is_file():
        print("No Chromium or no pages: nothing is told of the first load.", file=sys.stderr)
        return {}
    seen = serve_browser.measured(server.port, server.people[0]["Cookie"])
    return {
        "app_mb": round(seen.app_bytes / 1e6, 3),
        "first_data_mb": round(seen.data_bytes / 1e6, 3),
        "usable_s": round(seen.usable_s, 2),
        "usable_slowest_s": round(seen.slowest_s, 2),
        "browser_cpu_s": round(seen.browser_cpu_s, 2),
    }


def _beside(figures: dict[str, float], peer: serve_peer.Peer) -> dict[str, dict[str, float]]:
    told = {
        "orthanc_list_p95_ms": round(peer.listed["p95_ms"], 1),
        "orthanc_list_p50_ms": round(peer.listed["p50_ms"], 1),
        "orthanc_search_p95_ms": round(peer.found["p95_ms"], 1),
        "orthanc_search_p50_ms": round(peer.found["p50_ms"], 1),
        "orthanc_studies": peer.studies,
        "orthanc_filled_per_s": round(peer.sent_per_s),
        "orthanc_errors": peer.errors,
    }
    ratios = {
        f"{what}_p95": round(told[f"orthanc_{what}_p95_ms"] / figures[f"{what}_p95_ms"], 2)
        for what in ("list", "search")
    }
    return {"peers": told, "ratios": ratios}


if __name__ == "__main__":
    main()
