"""A plan that was made earlier: ``plan.json`` of ``enbloc plan``, or ``workup.json``, with what it was made from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from enbloc.errors import RecordError
from enbloc.exchange.case_file import bytes_of
from enbloc.exchange.document import from_json
from enbloc.follow.planning import Planning
from enbloc.follow.provenance import Input
from enbloc.follow.result import Workup
from enbloc.plan.proposal import Plan

AGAIN = "Make it again with 'enbloc plan CASE --out DIR'."


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanFile:
    """The ``plans`` of a file, the id of their ``case``, and the hashes of the images that they were ``made_from``.

    ``read`` is the file itself with its hash.
    """

    read: Input
    case: str
    made_from: tuple[Input, ...]
    plans: tuple[Plan, ...]


def read_plan_file(file: Path) -> PlanFile:
    """The plans of a ``plan.json`` or a ``workup.json``.

    Raises
    ------
    RecordError
        If there is no such file, it is neither of the two, or it was written by another version of enbloc.
    """
    content = bytes_of(file)
    read = Input(file=file.name, sha256=sha256(content).hexdigest())
    try:
        made = from_json(_noun(content), content.decode("utf-8"))
    except RecordError as fault:
        raise RecordError(f"This is no plan that can be read: {fault.message}", remedy=AGAIN, where=file.name) from None
    case = made.case if isinstance(made, Planning) else made.case.id
    return PlanFile(read=read, case=case, made_from=made.provenance.inputs, plans=made.plans)


def _noun(content: bytes) -> type[Planning] | type[Workup]:
    """The class that the file says it holds."""
    try:
        held = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RecordError("it is not JSON.", remedy=AGAIN) from None
    schema = held.get("schema") if isinstance(held, dict) else None
    if schema == "enbloc/plan/1":
        return Planning
    if schema == "enbloc/workup/1":
        return Workup
    raise RecordError("it is neither plan.json nor workup.json of this version.", remedy=AGAIN)
