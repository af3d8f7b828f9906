"""Whether somebody is who they say: password and code, tried no oftener than a person would."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from enbloc.web.passwords import is_right
from enbloc.web.problem import Problem
from enbloc.web.second_factor import step_of
from enbloc.web.services import Services

if TYPE_CHECKING:
    from enbloc.record import Credentials

PERSON = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(minutes=15)


def recognised(services: Services, person: str, password: str, code: str) -> Credentials:
    """The person with this password and code.

    Raises
    ------
    Problem
        If any of it is wrong, or the person is locked, disabled or unknown: one answer for all, after
        the same work.
    """
    known = services.record.doors.credentials(person) if PERSON.fullmatch(person) else None
    is_password = is_right(known.password_hash if known else "", password)
    if known is None:
        raise _wrong()
    now = services.clock()
    is_shut = known.is_disabled or (known.locked_until is not None and known.locked_until > now)
    step = step_of(known.totp_secret, code, now) if known.totp_secret else None
    if is_shut or not is_password or step is None or not services.record.doors.use_code(person, step):
        if not is_shut:
            services.record.doors.failed(person, now, locked_until=_lock(known.failures + 1, services))
        raise _wrong()
    services.record.doors.passed(person)
    return known


def _lock(failures: int, services: Services) -> datetime | None:
    """Until when nobody gets in: from the fifth failure on a minute, then twice as long each time."""
    if failures < FREE_TRIES:
        return None
    longer: int = 2 ** min(failures - FREE_TRIES, 10)
    return services.clock() + min(LONGEST_LOCK, FIRST_LOCK * longer)


def _wrong() -> Problem:
    remedy = "Check name, password and code. After several failures it stays shut for a while."
    return Problem(401, "That did not fit.", remedy)
