"""People who have chosen a password and not yet shown a code: nothing of them is in the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from enbloc.web.problem import Problem
from enbloc.web.second_factor import step_of
from enbloc.web.tokens import hashed, new_token

LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_WAITING = 200


@dataclass(kw_only=True)
class Pending:
    """What waits for its first code; ``keep`` puts it into the record."""

    person: str
    secret: str
    until: datetime
    keep: Callable[[int], None]
    tries: int = 0


class Enrolments:
    """Tickets of those who enrol just now; in memory: after a restart the link is opened again."""

    def __init__(self) -> None:
        self._waiting: dict[str, Pending] = {}
        self._turn = Lock()

    def begin(self, person: str, secret: str, now: datetime, keep: Callable[[int], None]) -> str:
        """The ticket with which the code comes."""
        ticket = new_token()
        with self._turn:
            self._waiting = {key: one for key, one in self._waiting.items() if one.until > now}
            while len(self._waiting) >= MOST_WAITING:
                del self._waiting[next(iter(self._waiting))]
            self._waiting[hashed(ticket)] = Pending(person=person, secret=secret, until=now + LASTS, keep=keep)
        return ticket

    def end(self, ticket: str, code: str, now: datetime) -> None:
        """Put the person into the record if the code is right; a ticket is good for a few tries and one success.

        Raises
        ------
        Problem
            If the ticket is none (any more), or the code is wrong.
        """
        with self._turn:
            pending = self._waiting.get(hashed(ticket))
            if pending is None or pending.until <= now or pending.tries >= MOST_TRIES:
                self._waiting.pop(hashed(ticket), None)
                raise Problem(410, "This took too long, or too many tries.", "Open the link again.")
            pending.tries += 1
            step = step_of(pending.secret, code, now)
            if step is None:
                raise Problem(422, "The code is wrong.", "Wait for the next code, and check the clock of the device.")
            del self._waiting[hashed(ticket)]
        pending.keep(step)
