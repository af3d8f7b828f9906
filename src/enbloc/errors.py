"""Everything enbloc raises on purpose.

EnblocError
├── RecordError            what we were given contradicts itself or a standard
│   ├── FrameMismatchError two things are in different frames
│   ├── IdentityError      more than one patient in one case
│   ├── SettledError       what was asked for is settled already, or goes on just now
│   └── FaultsError        several of the above, found in one reading
├── OutputError            the result cannot be written where it was asked for
├── BackendError           a tool we call is missing, or cannot do this
└── NotBuiltError          a part of enbloc that does not exist yet

A message is one line: where, what, remedy. It never holds a patient's name, birth date or hospital number.
"""

from __future__ import annotations

from collections.abc import Sequence


class EnblocError(Exception):
    """Base of all deliberate errors: a sentence, where it holds, and what to do about it."""

    def __init__(self, message: str, *, remedy: str, where: str = "") -> None:
        place = f"{where}: " if where else ""
        super().__init__(f"{place}{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy
        self.where = where


class RecordError(EnblocError, ValueError):
    """The record or the images contradict themselves or a standard.

    A ``ValueError`` too, so that reading a record collects every one of them with its place.
    """


class FrameMismatchError(RecordError):
    """A point or image was used in a frame that it does not belong to."""

    def __init__(self, *, expected: str, got: str, where: str = "") -> None:
        super().__init__(
            f"Expected coordinates in frame {expected!r}, got {got!r}.",
            remedy="Register the two, or transform with the pose that links them.",
            where=where,
        )
        self.expected = expected
        self.got = got


class IdentityError(RecordError):
    """Objects of more than one patient stand in one case."""


class SettledError(RecordError):
    """It is too late for this, or too early: a meeting was closed, a second look shown, a decision replaced."""


class FaultsError(RecordError):
    """Several faults of one record; ``faults`` holds each, the first one speaks."""

    def __init__(self, faults: Sequence[RecordError]) -> None:
        first, more = faults[0], len(faults) - 1
        tail = f" ({more} more: run 'enbloc check'.)" if more else ""
        super().__init__(first.message, remedy=first.remedy + tail, where=first.where)
        self.faults = tuple(faults)


class OutputError(EnblocError):
    """The result cannot be written where it was asked for."""


class BackendError(EnblocError):
    """A tool that we call is missing, or cannot do what was asked."""


class NotBuiltError(EnblocError):
    """A part of enbloc that does not exist yet; exit code 3."""

    def __init__(self, what: str, *, instead: str) -> None:
        super().__init__(f"{what}: not built yet.", remedy=instead)
