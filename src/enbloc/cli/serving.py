"""The command that opens the web application."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enbloc.cli.keeping import Database
from enbloc.cli.telling import tell
from enbloc.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from socket import socket

    from enbloc.record import Record
    from enbloc.web.services import Services
    from enbloc.web.serving import Bind

HOME = "enbloc"
FIRST_LINK_LASTS = timedelta(days=1)
PORT = 8000
WORKERS_KNOW = ("NUMBA_CACHE_DIR",)


def serve(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="The data folder; made if there is none. Left out: 'enbloc/record' in your home."
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Where to listen. Other than this machine needs TLS.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes a free one.")] = PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="The name that people open it under; others are refused. May be repeated."),
    ] = None,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="A proxy before it speaks TLS.")] = False,
    tls_cert: Annotated[Path | None, typer.Option(help="The certificate with its chain (PEM).")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="The key of the certificate (PEM).")] = None,
    database: Database = None,
    tour: Annotated[bool, typer.Option("--tour", help="Look at the demo cases, on this machine alone.")] = False,
) -> None:
    """Open the web application: on this machine alone, or to others through TLS."""
    bind = _bind(host, port, tls_cert, tls_key, behind_proxy)
    if tour and not (bind.is_loopback and not bind.is_behind_tls):
        raise RecordError("A tour is given on this machine alone.", remedy="Leave the other options out.")
    os.umask(0o077)
    place = folder or Path.home() / HOME / ("tour" if tour else "record")
    with bind.opened() as listening:
        _served(bind, listening, place, database, tuple(name or ()), is_tour=tour)


def _bind(host: str, port: int, certificate: Path | None, key: Path | None, is_behind_proxy: bool) -> Bind:
    try:
        from enbloc.web.serving import Bind
    except ModuleNotFoundError as missing:
        from enbloc.errors import BackendError

        raise BackendError("What serves the pages is not installed.", remedy="pip install 'enbloc[web]'.") from missing
    for file in filter(None, (certificate, key)):
        file.open("rb").close()  # what cannot be read is told by its name, before anything begins
    return Bind(
        host=host,
        port=port,
        certificate=str(certificate or ""),
        key=str(key or ""),
        is_behind_proxy=is_behind_proxy,
    )


def _served(
    bind: Bind, listening: socket, place: Path, database: str | None, names: tuple[str, ...], *, is_tour: bool
) -> None:
    from contextlib import closing

    from enbloc.web.logs import tell_log
    from enbloc.web.serving import Server
    from enbloc.web.tokens import new_token

    with closing(_record(database, place)) as record:
        tour_token = new_token() if is_tour else ""
        services = _services(bind, record, place, names, tour_token)
        at = _address(bind, listening, names)
        lines = (f"enbloc serves {place.name} at {at}/ (Ctrl-C ends it).", *_links(services, at, tour_token))
        tell_log(sys.stderr)
        Server(services, bind, ready=lambda: _announced(lines)).run(sockets=[listening])


def _announced(lines: Iterable[str]) -> None:
    """Print the lines, now that the server answers and ends when told."""
    tell(False, {}, *lines)
    sys.stdout.flush()


def _record(database: str | None, place: Path) -> Record:
    """The record in this place; a new one if nothing is there, and an older one is not touched."""
    from enbloc.record import migrate, open_record
    from enbloc.record.migrating import is_there

    if not is_there(database, place):
        migrate(database, place)
    return open_record(database, place)


def _services(bind: Bind, record: Record, place: Path, names: tuple[str, ...], tour_token: str) -> Services:
    from enbloc.web.benching.benches import Benches
    from enbloc.web.live import Live
    from enbloc.web.running.runner import Workers
    from enbloc.web.services import LOOPBACK, Services, utc_now
    from enbloc.web.tokens import OneTime, hashed

    live = Live()
    environment = {name: os.environ[name] for name in WORKERS_KNOW if name in os.environ}
    runner = Workers(record, place, live=live, clock=utc_now, at_once=_at_once(), environment=environment)
    own = (*LOOPBACK, bind.host) if bind.is_loopback and not bind.is_behind_proxy else ()
    return Services(
        record=record,
        folder=place,
        runner=runner,
        live=live,
        benches=Benches(environment=environment, live=live),
        hosts=(*(name.casefold() for name in names), *own),
        is_behind_tls=bind.is_behind_tls,
        is_behind_proxy=bind.is_behind_proxy,
        tour=OneTime(hashed(tour_token)),
    )


def _at_once() -> int:
    """So many work-ups at once that the pages stay quick."""
    return max(1, min(4, (os.cpu_count() or 1) // 2))


def _address(bind: Bind, listening: socket, names: tuple[str, ...]) -> str:
    port = listening.getsockname()[1]
    scheme = "https" if bind.is_behind_tls else "http"
    host = names[0] if names else f"[{bind.host}]" if ":" in bind.host else bind.host
    return f"{scheme}://{host}" if bind.is_behind_proxy else f"{scheme}://{host}:{port}"


def _links(services: Services, at: str, tour_token: str) -> Iterator[str]:
    """The one-time links of this start; a link opens once, and is printed nowhere else."""
    from enbloc.web.routes.tour import receive_visitor
    from enbloc.web.tokens import hashed, new_token

    doors = services.record.doors
    if tour_token:
        if doors.has_anyone():
            raise RecordError("People keep cases here; a tour is no guest there.", remedy="Name another folder.")
        from enbloc.web.tour import bring_demo_cases

        receive_visitor(services)
        bring_demo_cases(services)
        yield f"The tour, once: {at}/tour/{tour_token}"
    elif not doors.has_anyone():
        token = new_token()
        doors.first(hashed(token), services.clock() + FIRST_LINK_LASTS)
        yield f"Make the first administrator, once, within a day: {at}/setup/{token}"
