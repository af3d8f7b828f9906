"""What the web application is given; it makes none of it, and reads no environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import Depends, Request

from enbloc.web.benching.benches import Benches
from enbloc.web.enrolments import Enrolments
from enbloc.web.live import Live
from enbloc.web.tokens import OneTime
from enbloc.web.trying import Tries

if TYPE_CHECKING:
    from enbloc.record import Record

PAGES = Path(__file__).parent / "pages"
"""The built front end."""
LARGEST_UPLOAD = 2 * 2**30
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Runner(Protocol):
    """What runs jobs beside the server."""

    def start(self) -> None:
        """Begin to look for jobs."""

    def wake(self) -> None:
        """There is a job to do: look now."""

    def stop(self) -> None:
        """Let go of every job, so that it is begun anew later."""


class Idle:
    """Runs nothing: jobs wait for another server."""

    def start(self) -> None: ...

    def wake(self) -> None: ...

    def stop(self) -> None: ...


def utc_now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Services:
    """What routes work with. ``hosts`` are the names it is opened under (none: any); ``tour`` the link of a tour."""

    record: Record
    folder: Path
    clock: Callable[[], datetime] = utc_now
    runner: Runner = field(default_factory=Idle)
    live: Live = field(default_factory=Live)
    benches: Benches = field(default_factory=Benches)
    pages: Path = PAGES
    hosts: tuple[str, ...] = LOOPBACK
    largest_upload: int = LARGEST_UPLOAD
    is_behind_tls: bool = False
    is_behind_proxy: bool = False
    tour: OneTime = field(default_factory=OneTime)
    tries: Tries = field(default_factory=Tries)
    enrolments: Enrolments = field(default_factory=Enrolments)

    def address_of(self, request: Request) -> str:
        """Who asks, as far as the network tells: behind a proxy what it wrote last."""
        forwarded = request.headers.getlist("x-forwarded-for") if self.is_behind_proxy else []
        if forwarded:
            return forwarded[-1].rpartition(",")[2].strip()[:64]
        return request.client.host if request.client else "nobody"

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; behind TLS one that no other host or path can set."""
        return "__Host-enbloc" if self.is_behind_tls else "enbloc"


def services_of(request: Request) -> Services:
    """The services of the application that was asked."""
    given: Services = request.app.state.services
    return given


async def _given(request: Request) -> Services:
    """A coroutine, so that no thread is asked for what is at hand."""
    return services_of(request)


Given = Annotated[Services, Depends(_given)]
