"""A real server on loopback with its record, as a browser meets it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from time import sleep

import httpx

from enbloc.record import migrate, open_record
from enbloc.record.migrating import is_there
from enbloc.web import second_factor
from enbloc.web.passwords import kept
from enbloc.web.rules import Role
from enbloc.web.services import Services
from enbloc.web.serving import Bind, Server
from enbloc.web.tokens import hashed, new_token

MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PASSWORD = "heron walks over slate"
_PASSWORD_KEPT = kept(PASSWORD)
CENTRE = "north"


@dataclass
class Clock:
    """The moment that the server believes in; it stands until it is moved."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Person:
    """Somebody with a password and a device."""

    person: str
    centre: str
    secret: str
    roles: tuple[str, ...]

    def code(self, now: datetime) -> str:
        return second_factor.code_of(self.secret, now)


def as_given(services: Services) -> Services:
    """Nothing more is needed."""
    return services


@dataclass
class Served:
    """The server; ``prepare`` may replace services, such as what runs jobs, before it starts."""

    database: str | None
    folder: Path
    prepare: Callable[[Services], Services] = as_given
    clock: Clock = field(default_factory=Clock)
    patience_s: float = 20

    def __post_init__(self) -> None:
        if not is_there(self.database, self.folder):
            migrate(self.database, self.folder)
        self.record = open_record(self.database, self.folder, patience_s=self.patience_s)
        self.services = self.prepare(Services(record=self.record, folder=self.folder, clock=self.clock))
        self._numbers, self._clients = count(1), list[httpx.Client]()
        bind = Bind(host="127.0.0.1", port=0)
        listening = bind.opened()
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = Server(self.services, bind)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            sleep(0.005)

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self._server.should_exit = True
        self._thread.join()
        self.record.close()

    def anonymous(self, **headers: str) -> httpx.Client:
        """A program without a session; it says that it is no form of another site."""
        made = httpx.Client(base_url=self.url, headers={"X-Enbloc": "1"} | headers, timeout=120)
        self._clients.append(made)
        return made

    def somebody(self, *roles: str, person: str = "", centre: str = CENTRE) -> Person:
        """A person who is ready to sign in."""
        person, secret = person or f"person-{next(self._numbers)}", second_factor.new_secret()
        with self.record.at(centre, actor="tests", purpose="tests", now=self.clock()) as work:
            work.add_person(person, f"Printed {person.title()}", roles)
            work.set_secrets(person, password_hash=_PASSWORD_KEPT, totp_secret=secret)
        return Person(person=person, centre=centre, secret=secret, roles=roles)

    def signed_in(
        self, *also: str, roles: tuple[str, ...] = (Role.SURGEON,), person: str = "", centre: str = CENTRE
    ) -> httpx.Client:
        """A browser in which a new person with these roles is signed in."""
        return self.session_of(self.somebody(*(also or roles), person=person, centre=centre))

    def session_of(self, known: Person) -> httpx.Client:
        """One more browser in which this person is signed in."""
        token, now = new_token(), self.clock()
        self.record.doors.open_session(hashed(token), known.centre, known.person, now, now + timedelta(hours=12))
        client = self.anonymous()
        client.cookies.set(self.services.cookie, token)
        return client

    def sign_in(self, client: httpx.Client, known: Person, **other: str) -> httpx.Response:
        """Go through the door as a person does."""
        wish = {"person": known.person, "password": PASSWORD, "code": known.code(self.clock())} | other
        return client.post("/api/v1/session", json=wish)

    def stopped(self) -> None:
        """Let the server end, and the record stay open."""
        self._server.should_exit = True
        with suppress(RuntimeError):
            self._thread.join()
