"""How somebody gets in for the first time: a one-time link, a password of their own, and a device."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Request

from enbloc.record.words import key, said
from enbloc.value import value
from enbloc.web import second_factor
from enbloc.web.passwords import kept, refuse_weak
from enbloc.web.problem import Problem
from enbloc.web.rules import Role
from enbloc.web.services import Given, Services
from enbloc.web.strict import body_of
from enbloc.web.tokens import hashed
from enbloc.web.trying import ONE_TIME

if TYPE_CHECKING:
    from enbloc.record import UnitOfWork

enrolling = APIRouter(tags=["enrolling"])

INVITED_FOR = timedelta(days=3)
Token = Annotated[str, Path(min_length=43, max_length=43, pattern=r"^[A-Za-z0-9_-]+$")]


@value
class Setup:
    """Whether the first administrator is still to be made."""

    is_needed: bool


@value
class FirstPerson:
    """The first administrator, with the token that was printed on the console."""

    token: str
    centre: str
    person: str
    name: str
    password: str


@value
class Enrolment:
    """What the device needs. The person is in the record once a code of it came back with the ticket."""

    person: str
    name: str
    secret: str
    uri: str
    qr_svg: str
    ticket: str


@value
class FirstEnrolment:
    """The enrolment of the first administrator."""

    enrolment: Enrolment


@value
class Invited:
    """Whom a link is for, and until when."""

    centre: str
    person: str
    name: str
    until: datetime


@value
class Chosen:
    """The password that an invited person chose."""

    password: str


@value
class FirstCode:
    """The first code of the device."""

    ticket: str
    code: str


@enrolling.get("/setup")
def read_setup(services: Given) -> Setup:
    """Whether there is nobody yet."""
    return Setup(is_needed=not services.record.doors.has_anyone())


@enrolling.post("/setup")
def set_up(request: Request, services: Given, wish: Annotated[FirstPerson, body_of(FirstPerson)]) -> FirstEnrolment:
    """Make the first administrator, with the one-time link of the console."""
    services.tries.one(ONE_TIME, "link", services.address_of(request))
    _refuse_dead_link(services, wish.token)
    for kind, given in (("centre", wish.centre), ("person", wish.person)):
        key(kind, given)
    said("name", wish.name)
    refuse_weak(wish.password, wish.person, wish.name, wish.centre)
    first = Invited(centre=wish.centre, person=wish.person, name=wish.name, until=services.clock())

    def add(work: UnitOfWork) -> None:
        _refuse_dead_link(services, wish.token)
        work.add_person(wish.person, wish.name, (Role.ADMINISTRATOR.value,))

    return FirstEnrolment(enrolment=_begun(services, first, wish.password, add))


@enrolling.get("/invitations/{token}")
def read_invitation(token: Token, request: Request, services: Given) -> Invited:
    """Whom the link is for."""
    services.tries.one(ONE_TIME, "link", services.address_of(request))
    return _invitation(services, token)


@enrolling.post("/invitations/{token}")
def accept_invitation(
    token: Token, request: Request, services: Given, wish: Annotated[Chosen, body_of(Chosen)]
) -> Enrolment:
    """Choose a password; the link is used up once the code was right."""
    services.tries.one(ONE_TIME, "link", services.address_of(request))
    invited = _invitation(services, token)
    refuse_weak(wish.password, invited.person, invited.name, invited.centre)

    def ask_again(_: UnitOfWork) -> None:
        _invitation(services, token)

    return _begun(services, invited, wish.password, ask_again)


@enrolling.post("/enrolments", status_code=204)
def end_enrolment(request: Request, services: Given, wish: Annotated[FirstCode, body_of(FirstCode)]) -> None:
    """Show the first code; then the person can sign in."""
    services.tries.one(ONE_TIME, "code", services.address_of(request))
    services.enrolments.end(wish.ticket, wish.code, services.clock())


def _refuse_dead_link(services: Services, token: str) -> None:
    token_hash = hashed(token)
    if not token_hash or not services.record.doors.is_first(token_hash, services.clock()):
        raise Problem(410, "This link is used up or too old.", "Start the server again: it prints a new one if needed.")


def _invitation(services: Services, token: str) -> Invited:
    found = services.record.doors.invitation(hashed(token), services.clock())
    if found is None:
        raise Problem(410, "This link is used up or too old.", "Ask an administrator for a new one.")
    return Invited(centre=found.centre, person=found.person, name=found.name, until=found.until)


def _begun(services: Services, invited: Invited, password: str, first: Callable[[UnitOfWork], None]) -> Enrolment:
    """The enrolment of somebody with this password; ``first`` is done in the unit that keeps it, and may refuse."""
    password_hash, secret, person = kept(password), second_factor.new_secret(), invited.person

    def keep(step: int) -> None:
        now = services.clock()
        with services.record.at(invited.centre, actor=person, purpose="enrolment", now=now) as work:
            first(work)
            work.set_secrets(person, password_hash=password_hash, totp_secret=secret)
        services.record.doors.use_code(person, step)
        services.record.doors.passed(person)

    ticket, uri = services.enrolments.begin(person, secret, services.clock(), keep), second_factor.uri(secret, person)
    return Enrolment(
        person=person, name=invited.name, secret=secret, uri=uri, qr_svg=second_factor.qr_svg(uri), ticket=ticket
    )
