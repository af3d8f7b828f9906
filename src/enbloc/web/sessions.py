"""Sessions: kept by the server, known to the browser as a token that says nothing."""

from __future__ import annotations

from asyncio import wrap_future
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import Request, Response

from enbloc.record.doors import SEEN_EVERY
from enbloc.web.services import Services
from enbloc.web.tokens import hashed, new_token

if TYPE_CHECKING:
    from enbloc.record import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)


def open_session(services: Services, response: Response, centre: str, person: str) -> str:
    """Open a session and give its cookie to the browser; the digest of its token."""
    token, now = new_token(), services.clock()
    services.record.doors.open_session(hashed(token), centre, person, now, now + LONGEST)
    response.set_cookie(
        services.cookie, token, path="/", secure=services.is_behind_tls, httponly=True, samesite="strict"
    )
    return hashed(token)


async def session_of(services: Services, request: Request) -> tuple[str, Session] | None:
    """The digest of the token and the session that this request comes with, if it is alive."""
    token_hash = hashed(request.cookies.get(services.cookie, ""))
    found = await alive(services, token_hash) if token_hash else None
    return (token_hash, found) if found else None


async def alive(services: Services, token_hash: str) -> Session | None:
    """The session, if it is neither ended nor idle for too long; that it is used is noted."""
    now, doors = services.clock(), services.record.doors
    found = await wrap_future(doors.looked_up(token_hash, now))
    if found is None or now >= ends(found):
        return None
    if now - found.seen_at >= SEEN_EVERY:
        await to_thread.run_sync(doors.touch, token_hash, now)
    return found


def ends(session: Session) -> datetime:
    """When it ends if nothing more is done in it."""
    return min(session.ends, session.seen_at + IDLE)


def close_session(services: Services, response: Response, token_hash: str) -> None:
    """End a session on the server and in the browser, with what the browser kept for it."""
    services.record.doors.close_session(token_hash, services.clock())
    response.delete_cookie(services.cookie, path="/", secure=services.is_behind_tls, httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"storage"'
