"""What may be a key, a name or a reason; a refusal never repeats it, for it may be a patient's name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from enbloc.errors import RecordError

LONGEST_NAME = 80
LONGEST_REASON = 2000
LONGEST_PATH = 400
LONGEST_PAGE = 1000
LONGEST_SECRET = 1000

_KEYS = {
    "centre": (r"[a-z0-9][a-z0-9-]{0,39}", "small letters, digits and hyphens, at most 40"),
    "case": (r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "letters, digits, '.', '_' and '-', at most 64"),
    "kind of result": (r"[a-z][a-z0-9-]{0,39}", "small letters, digits and hyphens, at most 40"),
    "person": (r"[a-z0-9][a-z0-9._-]{1,39}", "small letters, digits, '.', '_' and '-', 2 to 40"),
    "role": (r"[a-z]{2,40}", "a word in small letters"),
    "job": (r"[0-9a-f]{16}", "its id, 16 hexadecimal digits"),
    "kind of job": (r"[a-z][a-z0-9-]{0,39}", "small letters, digits and hyphens, at most 40"),
    "token": (r"[0-9a-f]{64}", "the SHA-256 of the token, 64 hexadecimal digits in small letters"),
    "line of the worklist": (r"[0-4]_(\d{4}-\d\d-\d\d|~)_[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "what the page before gave"),
    "meeting": (r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", "its id, letters, digits and '-', at most 40"),
    "decision": (r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", "its id, letters, digits and '-', at most 40"),
    "task": (r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", "its id, letters, digits and '-', at most 40"),
    "fact": (r"[a-z][a-z0-9_.]{0,79}", "its id, as 'sins.pain'"),
    "stop": (r"STOP-[0-9]{2}", "its id, as STOP-16"),
    "SHA-256": (r"[0-9a-f]{64}", "64 hexadecimal digits in small letters"),
}


def key(kind: str, given: str) -> str:
    """The key as it was given.

    Raises
    ------
    RecordError
        If it is none.

    Examples
    --------
    >>> key("centre", "north-1")
    'north-1'
    """
    pattern, words = _KEYS[kind]
    if not re.fullmatch(pattern, given, re.ASCII):
        raise RecordError(f"This is no key of a {kind}.", remedy=f"Write {words}.")
    return given


def no_such_case() -> RecordError:
    """What is not there, another centre's, or closed to the person is refused alike."""
    return RecordError("There is no such case or version.", remedy="Look the case up in the list.")


def no_such_job() -> RecordError:
    """As for a case."""
    return RecordError("There is no such job.", remedy="Look it up in its case.")


def no_such_meeting() -> RecordError:
    """As for a case."""
    return RecordError("There is no such meeting.", remedy="Look it up in the list.")


def no_such_decision() -> RecordError:
    """As for a case."""
    return RecordError("There is no such decision.", remedy="Look it up in the list of the case.")


def no_such_task() -> RecordError:
    """As for a case."""
    return RecordError("There is no such task.", remedy="Look it up in the list.")


def said(what: str, given: str, longest: int = LONGEST_NAME) -> str:
    """A name, a purpose or a reason: one printed line that says something."""
    if not given.strip() or not given.isprintable() or len(given) > longest:
        raise RecordError(f"The {what} is missing or no line of text.", remedy=f"Write at most {longest} letters.")
    return given


def page_of(limit: int) -> int:
    """How many lines of a list are read at once."""
    if not 1 <= limit <= LONGEST_PAGE:
        raise RecordError(f"A page of {limit} lines is none.", remedy=f"Ask for 1 to {LONGEST_PAGE}.")
    return limit


def bounded(what: str, given: str, longest: int) -> str:
    """A text of ours, such as a job's wishes: of any letters that a database can hold, and not endless."""
    if len(given) > longest:
        raise RecordError(f"The {what} is too long.", remedy=f"Keep it under {longest} letters.")
    return holdable(given)


def holdable(text: str) -> str:
    """The text as a row can hold it: no zero byte and no half a letter."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def path_of(given: str) -> str:
    """A file's path within its case: relative, with forward slashes, never upwards."""
    steps = given.split("/")
    if not given.isprintable() or len(given) > LONGEST_PATH or "\\" in given or {"", ".", ".."} & set(steps):
        raise RecordError("This is no path within a case.", remedy="Write it as 'images/ct.nii.gz'.")
    return given


def stamp(now: datetime) -> str:
    """The moment as text of one width in UTC, so that its order is that of time on every database.

    Examples
    --------
    >>> stamp(datetime(2026, 11, 20, 14, 30, tzinfo=UTC))
    '2026-11-20T14:30:00.000000Z'
    """
    if now.tzinfo is None:
        raise RecordError("A moment without its time zone could be any.", remedy="Give it with one, as in UTC.")
    return now.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def day_of(given: str) -> str:
    """A day as text of one width.

    Raises
    ------
    RecordError
        If it is none.
    """
    try:
        is_one = date.fromisoformat(given).isoformat() == given
    except ValueError:
        is_one = False
    if not is_one:
        raise RecordError("This is no day.", remedy="Write it as 2026-11-20.")
    return given


def moment(text: str) -> datetime:
    """The moment that was stamped."""
    return datetime.fromisoformat(text)


def moment_if(text: str) -> datetime | None:
    """The moment that was stamped, if one was."""
    return moment(text) if text else None
