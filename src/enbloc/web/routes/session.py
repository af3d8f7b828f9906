"""Signing in and out, and one's own password."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Request, Response

from enbloc import __version__
from enbloc.value import value
from enbloc.web.passwords import kept, refuse_weak
from enbloc.web.problem import Problem
from enbloc.web.rules import Function, Role, functions_of
from enbloc.web.services import Given, Services
from enbloc.web.sessions import IDLE, close_session, open_session
from enbloc.web.signed_in import Signed, signed
from enbloc.web.signing_in import recognised
from enbloc.web.strict import body_of
from enbloc.web.tokens import hashed
from enbloc.web.trying import SIGN_IN

if TYPE_CHECKING:
    from enbloc.record import Credentials

session = APIRouter(tags=["session"])


@value
class SignIn:
    """Who signs in, with what they know and what they have."""

    person: str
    password: str
    code: str


@value
class Me:
    """Who is signed in, what they may do, and when the session ends if nothing more is done in it."""

    person: str
    name: str
    centre: str
    roles: tuple[Role, ...]
    functions: tuple[Function, ...]
    version: str
    ends: datetime


@value
class NewPassword:
    """The password that is, a code, and the password that shall be."""

    password: str
    code: str
    new_password: str


@session.post("/session")
def sign_in(request: Request, response: Response, services: Given, wish: Annotated[SignIn, body_of(SignIn)]) -> Me:
    """Sign in; an earlier session of the same browser ends."""
    services.tries.one(SIGN_IN, "sign in", services.address_of(request))
    known = recognised(services, wish.person, wish.password, wish.code)
    if earlier := hashed(request.cookies.get(services.cookie, "")):
        services.record.doors.close_session(earlier, services.clock())
    return _let_in(services, response, known.centre, known.person, known.name, known.roles)


@session.get("/session")
def read_session(signed: Annotated[Signed, signed()]) -> Me:
    """Who is signed in."""
    return me(signed.person, signed.name, signed.centre, signed.roles, signed.ends)


@session.delete("/session", status_code=204)
def sign_out(response: Response, services: Given, signed: Annotated[Signed, signed()]) -> None:
    """End the session."""
    close_session(services, response, signed.token_hash)


@session.put("/session/password")
def change_password(
    request: Request,
    response: Response,
    services: Given,
    signed: Annotated[Signed, signed()],
    wish: Annotated[NewPassword, body_of(NewPassword)],
) -> Me:
    """Change one's own password; every session of the person ends, and this browser gets a new one."""
    services.tries.one(SIGN_IN, "sign in", services.address_of(request))
    known = _recognised_again(services, signed, wish)
    refuse_weak(wish.new_password, signed.person, signed.name, signed.centre)
    with signed.work(services, "change one's own password") as work:
        work.set_secrets(signed.person, password_hash=kept(wish.new_password), totp_secret=known.totp_secret)
    return _let_in(services, response, signed.centre, signed.person, signed.name, signed.roles)


def _recognised_again(services: Services, signed: Signed, wish: NewPassword) -> Credentials:
    """The person at the keyboard is still the one who signed in; otherwise the session stays as it is."""
    try:
        return recognised(services, signed.person, wish.password, wish.code)
    except Problem as problem:
        raise Problem(403, problem.title, problem.remedy) from None


def _let_in(services: Services, response: Response, centre: str, person: str, name: str, roles: tuple[str, ...]) -> Me:
    open_session(services, response, centre, person)
    return me(person, name, centre, roles, services.clock() + IDLE)


def me(person: str, name: str, centre: str, roles: tuple[str, ...], ends: datetime) -> Me:
    """Who is signed in, with what they may do."""
    return Me(
        person=person,
        name=name,
        centre=centre,
        roles=tuple(Role(role) for role in roles),
        functions=functions_of(roles),
        version=__version__,
        ends=ends,
    )
