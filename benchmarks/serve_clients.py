"""Clients of a server in a process of their own: each has one connection and asks again as soon as it was answered.

A plan comes as JSON on the standard input, what was measured goes as JSON to the standard output. Written on bare
sockets, so that the clients take little of the machine that they measure; what they take is told.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

PATIENCE_S = 60.0
MOST_FAULTS = 5


@dataclass
class Told:
    """What the clients saw: milliseconds and bytes of each kind, and what went wrong."""

    ms: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    size: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    errors: int = 0
    faults: list[str] = field(default_factory=list)

    def failed(self, what: str) -> None:
        self.errors += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(what)

    def summary(self) -> dict[str, Any]:
        kinds = {kind: {**quantiles(ms), "bytes": self.size[kind] / len(ms)} for kind, ms in sorted(self.ms.items())}
        return {"kinds": kinds, "errors": self.errors, "faults": self.faults, "cpu_s": time.process_time()}


def quantiles(ms: list[float]) -> dict[str, float]:
    """How many there were, and what half, 95 and 99 of a hundred took at most."""
    ordered = sorted(ms)
    at = {f"p{percent}_ms": ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] for percent in (50, 95, 99)}
    return {"n": len(ordered), **at}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> bytes:
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


class Client:
    """One connection that is kept open, as a browser does."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._port = port
        lines = {"Host": f"127.0.0.1:{port}", "Accept-Encoding": "gzip", **headers}
        self._head = "".join(f"{name}: {given}\r\n" for name, given in lines.items())
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Ask once and read the whole answer."""
        async with asyncio.timeout(PATIENCE_S):
            if self._ends is None:
                self._ends = await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = self._ends
            more = "".join(f"{name.replace('_', '-')}: {given}\r\n" for name, given in headers.items())
            more += f"Content-Length: {len(body)}\r\n" if body or method not in ("GET", "DELETE") else ""
            writer.write(f"{method} {path} HTTP/1.1\r\n{self._head}{more}\r\n".encode() + body)
            return await self._answer(reader)

    async def _answer(self, reader: asyncio.StreamReader) -> Answer:
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        named = (line.partition(": ") for line in lines if line)
        headers = {name.casefold(): given for name, _, given in named}
        answer = Answer(int(status.split(" ", 2)[1]), headers, await reader.readexactly(_length(headers)))
        if headers.get("connection", "").casefold() == "close":
            self.close()
        return answer

    def close(self) -> None:
        if self._ends is not None:
            self._ends[1].close()
            self._ends = None


def _length(headers: dict[str, str]) -> int:
    if "chunked" in headers.get("transfer-encoding", ""):
        raise ValueError("an answer in pieces is not expected here")
    return int(headers.get("content-length", 0))


async def asked(
    told: Told, client: Client, kind: str, method: str, path: str, body: bytes = b"", **headers: str
) -> Answer:
    """One question that must be answered well; it is timed until the last byte."""
    began = time.perf_counter()
    try:
        answer = await client.ask(method, path, body, **headers)
    except (OSError, EOFError, ValueError, asyncio.IncompleteReadError, TimeoutError) as fault:
        client.close()
        told.failed(f"{kind}: {type(fault).__name__}")
        return Answer(0, {}, b"")
    told.ms[kind].append(1000 * (time.perf_counter() - began))
    told.size[kind] += len(answer.body)
    if answer.status not in (200, 202):
        told.failed(f"{kind}: {answer.status} {answer.text[:300].decode(errors='replace')}")
    return answer


async def save(told: Told, client: Client, path: str) -> None:
    """Read a case as an editor does, change its story, and save it."""
    read = await asked(told, client, "case", "GET", path)
    if read.status != 200:
        return
    document = json.loads(read.text)["document"]
    document["story"] = f"{document['story'].partition(' Seen again')[0]} Seen again {random.random():.9f}."
    body = json.dumps({"document": document, "because": "seen again"}).encode()
    await asked(told, client, "save", "PUT", path, body, If_Match=read.headers["etag"], Content_Type="application/json")


async def work_up(told: Told, client: Client, path: str, every_s: float) -> None:
    """Ask for a work-up, look until it has ended, and wait for the next."""
    answer = await asked(told, client, "work-up", "POST", f"{path}/workups", b"{}", Content_Type="application/json")
    if answer.status != 202:
        return
    job = json.loads(answer.text)["job"]
    name = job["job_id"] if isinstance(job, dict) else job
    ends = time.monotonic() + every_s
    while time.monotonic() < ends:
        await asyncio.sleep(0.5)
        seen = json.loads((await asked(told, client, "job", "GET", f"/api/v1/jobs/{name}")).text)
        if seen["state"] == "failed":
            told.failed("work-up: the job failed")
        if seen["state"] not in ("waiting", "running"):
            break
    await asyncio.sleep(max(0.0, ends - time.monotonic()))


async def one(told: Told, plan: dict[str, Any], number: int, until: float) -> None:
    """One client until its time is over; what it asks is drawn, the same in every run."""
    chance = random.Random(number)
    headers = plan["people"][number % len(plan["people"])]
    client = Client(plan["port"], {**plan.get("headers", {}), **headers})
    kinds, weights = [*plan["mix"]], [kind["weight"] for kind in plan["mix"].values()]
    own = plan.get("own", [])[number :: plan["clients"]]
    if number == 0 and plan.get("work_up_every_s"):
        kinds, weights = ["work-up"], [1]
    while time.monotonic() < until:
        kind = chance.choices(kinds, weights)[0]
        if kind == "work-up":
            await work_up(told, client, chance.choice(own), plan["work_up_every_s"])
        elif kind == "save":
            await save(told, client, chance.choice(own))
        else:
            method, path, *body = chance.choice(plan["mix"][kind]["asks"])
            await asked(told, client, kind, method, path, *(given.encode() for given in body))
    client.close()


async def measured(plan: dict[str, Any]) -> dict[str, Any]:
    """All clients at once."""
    told, began = Told(), time.monotonic()
    until = began + plan["seconds"]
    await asyncio.gather(*(one(told, plan, number, until) for number in range(plan["clients"])))
    return {**told.summary(), "wall_s": time.monotonic() - began}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(json.load(sys.stdin)))))
