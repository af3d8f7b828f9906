"""The people of a centre, for its administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path

from enbloc.record import PersonLine, SessionLine
from enbloc.value import value
from enbloc.web.paging import PAGE, After, Limit, next_of
from enbloc.web.problem import Problem
from enbloc.web.routes.enrolling import INVITED_FOR
from enbloc.web.rules import Function, Role
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of
from enbloc.web.tokens import hashed, new_token

people = APIRouter(tags=["people"])

Administrator = Annotated[Signed, signed(Function.PEOPLE)]
Person = Annotated[str, Path(max_length=40, pattern=r"^[a-z0-9][a-z0-9._-]{1,39}$")]


@value
class People:
    """A page of people."""

    items: tuple[PersonLine, ...]
    next: str


@value
class NewPerson:
    """Somebody new, with their sign-in name, their printed name and what they are."""

    person: str
    name: str
    roles: tuple[Role, ...]


@value
class PersonChange:
    """What changes of a person; what is left out stays."""

    name: str | None = None
    roles: tuple[Role, ...] | None = None
    is_disabled: bool | None = None


@value
class Link:
    """A one-time link, shown this once: the token of the page ``/invitation/{link_token}``."""

    link_token: str
    until: datetime


@value
class OpenSession:
    """Where a person is signed in."""

    opened_at: datetime
    seen_at: datetime
    ends: datetime


@value
class OpenSessions:
    """Every place where a person is signed in."""

    items: tuple[OpenSession, ...]


@people.get("/people")
def list_people(signed: Administrator, services: Given, after: After = "", limit: Limit = PAGE) -> People:
    """The people of the centre by their sign-in names."""
    with signed.office(services, "administer people") as work:
        found = work.people(after=after, limit=limit)
    return People(items=found, next=next_of(found, limit, lambda line: line.person))


@people.post("/people", status_code=201)
def add_person(signed: Administrator, services: Given, wish: Annotated[NewPerson, body_of(NewPerson)]) -> PersonLine:
    """Add somebody; they get in by an invitation."""
    with signed.office(services, "administer people") as work:
        return work.add_person(wish.person, wish.name, _roles(wish.roles))


@people.patch("/people/{person}")
def change_person(
    person: Person, signed: Administrator, services: Given, wish: Annotated[PersonChange, body_of(PersonChange)]
) -> PersonLine:
    """Change name or roles, or shut somebody out; nobody takes their own administration away."""
    loses_roles = wish.roles is not None and Role.ADMINISTRATOR not in wish.roles
    if person == signed.person and (loses_roles or wish.is_disabled):
        raise Problem(409, "Nobody takes their own administration away.", "Ask another administrator.")
    roles = None if wish.roles is None else _roles(wish.roles)
    with signed.office(services, "administer people") as work:
        return work.change_person(person, name=wish.name, roles=roles, is_disabled=wish.is_disabled)


@people.post("/people/{person}/invitation", status_code=201)
def invite_person(person: Person, signed: Administrator, services: Given) -> Link:
    """Make a one-time link; earlier ones are dead. With it the person sets a new password and a new device."""
    token, until = new_token(), services.clock() + INVITED_FOR
    with signed.office(services, "administer people") as work:
        work.invite(person, token_hash=hashed(token), until=until)
    return Link(link_token=token, until=until)


@people.get("/people/{person}/sessions")
def list_sessions(person: Person, signed: Administrator, services: Given) -> OpenSessions:
    """Where somebody is signed in."""
    with signed.office(services, "administer people") as work:
        found = work.sessions(person)
    return OpenSessions(items=tuple(map(_shown, found)))


@people.delete("/people/{person}/sessions", status_code=204)
def end_sessions(person: Person, signed: Administrator, services: Given) -> None:
    """Sign somebody out everywhere."""
    with signed.office(services, "administer people") as work:
        work.end_sessions(person)


def _roles(wished: tuple[Role, ...]) -> tuple[str, ...]:
    if not wished:
        raise Problem(422, "Somebody without a role could do nothing.", "Choose at least one.", where="roles")
    return tuple(dict.fromkeys(role.value for role in wished))


def _shown(line: SessionLine) -> OpenSession:
    """The digest of its token stays here."""
    return OpenSession(opened_at=line.opened_at, seen_at=line.seen_at, ends=line.ends)
