"""What a result was made from, and what was given and not used; nothing that needs an instrument or a plan."""

from __future__ import annotations

import datetime

from enbloc.value import value


@value
class Input:
    """A file that was read, and its hash."""

    file: str
    sha256: str


@value
class Setting:
    """A parameter of the work-up, as used."""

    name: str
    value: str


@value
class Provenance:
    """What a result was made from: inputs, versions, parameters. No clock, no path."""

    enbloc: str
    as_of: datetime.date | None
    inputs: tuple[Input, ...]
    parameters: tuple[Setting, ...]
    rules: tuple[Setting, ...]  # each rule with its version


@value
class NotUsed:
    """Something given and not used, with the reason."""

    what: str
    why: str
