"""Who asks: the dependency of every route that is not for everybody."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from fastapi import Depends, Request

from enbloc.value import value
from enbloc.web.problem import Problem
from enbloc.web.rules import Function, functions_of, sees_all_open
from enbloc.web.services import Services, services_of
from enbloc.web.sessions import ends, session_of

if TYPE_CHECKING:
    from enbloc.record import Reach, UnitOfWork

Answer = TypeVar("Answer")


@value
class Signed:
    """The person who asks, in which session; ``ends`` is when it does if nothing more is done in it."""

    person: str
    name: str
    centre: str
    roles: tuple[str, ...]
    token_hash: str
    ends: datetime

    @property
    def functions(self) -> tuple[Function, ...]:
        """What the person may do."""
        return functions_of(self.roles)

    def may(self, function: Function | str) -> bool:
        """Whether the person may do this."""
        return Function(function) in self.functions

    def need(self, function: Function | str) -> None:
        """Go on only if the person may do this.

        Raises
        ------
        Problem
            Otherwise.
        """
        if not self.may(function):
            raise Problem(403, "Your roles do not allow this.", "Ask an administrator.", function=Function(function))

    def office(self, services: Services, purpose: str) -> AbstractContextManager[UnitOfWork]:
        """A unit of work about the centre itself: people, audit, storage. It is for administrators, who see no case."""
        return services.record.at(self.centre, actor=self.person, purpose=purpose, now=services.clock())

    def work(self, services: Services, purpose: str) -> AbstractContextManager[UnitOfWork]:
        """A unit of work of this person: no further than the person may see."""
        return services.record.at(
            self.centre, actor=self.person, purpose=purpose, now=services.clock(), reach=self._reach
        )

    async def read(self, services: Services, purpose: str, ask: Callable[[UnitOfWork], Answer]) -> Answer:
        """What ``ask`` reads for this person, no further than they may see; it shares its turn with other readings."""
        return await wrap_future(self._reading(services, purpose, ask))

    def read_in_thread(self, services: Services, purpose: str, ask: Callable[[UnitOfWork], Answer]) -> Answer:
        """The same for a route that runs in a thread, because it computes with what it read."""
        return self._reading(services, purpose, ask).result()

    def _reading(self, services: Services, purpose: str, ask: Callable[[UnitOfWork], Answer]) -> Future[Answer]:
        return services.record.reading(
            self.centre, actor=self.person, purpose=purpose, now=services.clock(), reach=self._reach, ask=ask
        )

    @property
    def _reach(self) -> Reach:
        from enbloc.record import Reach

        return Reach.CENTRE if sees_all_open(self.roles) else Reach.TEAM


class SignedIn:
    """Gives who asks, or refuses: 401 without a living session, 403 without the function."""

    def __init__(self, function: Function | None) -> None:
        self.function = function

    async def __call__(self, request: Request) -> Signed:
        """Who asks."""
        known = await session_of(services_of(request), request)
        if known is None:
            raise Problem(401, "Nobody is signed in.", "Sign in.")
        token_hash, session = known
        signed = Signed(
            person=session.person,
            name=session.name,
            centre=session.centre,
            roles=tuple(session.roles),
            token_hash=token_hash,
            ends=ends(session),
        )
        if self.function is not None:
            signed.need(self.function)
        return signed


def signed(function: Function | str | None = None) -> Any:
    """The dependency that gives the ``Signed`` person; with a function, only if they may do it."""
    return Depends(SignedIn(Function(function) if function is not None else None))
