"""The audit of a centre, and whether its chain holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query

from enbloc.record import AuditLine, verify
from enbloc.value import value
from enbloc.web.paging import PAGE, Limit, next_of
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.trying import COSTLY

audit = APIRouter(tags=["audit"])

Auditor = Annotated[Signed, signed(Function.AUDIT)]
Key = Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")]


@value
class Audit:
    """A page of the audit, in the order that was asked for."""

    items: tuple[AuditLine, ...]
    next: str


@value
class WrongPlace:
    """Where the record is not what it was."""

    where: str
    what: str


@value
class Checked:
    """Whether the record is whole, and where the chain of the centre ends: note that somewhere else."""

    is_whole: bool
    entries: int
    heads: Mapping[str, str]
    faults: tuple[WrongPlace, ...]


@audit.get("/audit")
def list_audit(
    signed: Auditor,
    services: Given,
    case: Key = "",
    person: Key = "",
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Limit = PAGE,
    newest_first: bool = False,
) -> Audit:
    """Who did what with which case, when and for what purpose."""
    with signed.office(services, "read the audit") as work:
        found = work.audit(case_id=case, actor=person, after=after, limit=limit, newest_first=newest_first)
    return Audit(items=found, next=next_of(found, limit, lambda line: str(line.entry)))


@audit.post("/audit/check")
def check_audit(signed: Auditor, services: Given) -> Checked:
    """Read the whole record through and say what is wrong with it; of other centres nothing is told."""
    services.tries.one(COSTLY, "check", signed.person)
    with signed.office(services, "check the record") as work:
        work.note("check record")
    found = verify(services.record)
    mine = [fault for fault in found.faults if signed.centre in fault.where.split()]
    heads = {centre: head for centre, head in found.heads.items() if centre == signed.centre}
    told = [WrongPlace(where=fault.where, what=fault.what) for fault in mine]
    if len(mine) < len(found.faults):
        told.append(
            WrongPlace(where="beyond this centre", what="who runs the server sees it by 'enbloc record verify'")
        )
    return Checked(is_whole=found.is_whole, entries=found.entries, heads=heads, faults=tuple(told))
