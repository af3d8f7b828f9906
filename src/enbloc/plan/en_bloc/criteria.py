"""What the sectors and layers of a tumour say of a resection in one piece (staging.md, 4.3), with what is open."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case import fact
from enbloc.case.anatomy import Layer, Sector, Side
from enbloc.case.answer import Answer, unknown
from enbloc.case.finding import Findings
from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.plan.operation import Operation
from enbloc.stage.classes import wbb_readings
from enbloc.stage.wbb import BOTH_PEDICLES, CRITERIA, Readings, Resection
from enbloc.value import value

DRAFT = "draft: the set of sectors is not yet source-checked"
ON_ALL_SIDES = "The tumour leaves the vertebra on all sides: no cut around it stays in healthy bone."
HALF_A_VOXEL = "borderline: half a voxel at the surface of the tumour decides whether the sectors allow it"


@value
class Criterion:
    """Whether the sectors and layers allow an operation: yes, no, or open where half a voxel or a layer decides.

    ``because`` is the criterion in words and what was found, ``notes`` what else has to be said.
    """

    allows: Answer
    because: str
    is_draft: bool = False
    notes: tuple[str, ...] = ()


def criterion(operation: Operation, findings: Findings, lesion: str) -> Criterion:
    """What the extent of a tumour says of a resection in one piece.

    Raises
    ------
    RecordError
        If no criterion is known for the operation.

    Examples
    --------
    >>> criterion(Operation.SAGITTAL, Findings(), "A").because
    'the sectors of the tumour are not known'
    """
    resection = operation.resection
    if resection is None:
        raise RecordError(f"Sectors say nothing of {operation.value}.", remedy="Ask for a resection in one piece.")
    read = wbb_readings(findings, lesion)
    if read is None:
        none = findings.many(fact.WBB_SECTORS, lesion) == ()
        because = "no sector holds enough of the tumour to count" if none else "the sectors of the tumour are not known"
        return Criterion(allows=unknown(fact.WBB_SECTORS.ask), because=because)
    rule, mark = CRITERIA[resection]
    is_draft = mark is Checked.FROM_MEMORY
    found = f"{rule}; tumour in {_sectors(findings, lesion)}"
    if resection in read.always:
        return Criterion(allows=True, because=found, is_draft=is_draft, notes=_notes(read, is_draft))
    if resection in read.sometimes:
        ask = read.nominal.ask if resection is Resection.ANTERIOR_ONLY else ""
        open_ = ask or HALF_A_VOXEL
        return Criterion(
            allows=unknown(open_), because=found, is_draft=is_draft, notes=(open_, *_notes(read, is_draft))
        )
    return Criterion(
        allows=False, because=f"not {found}", is_draft=is_draft, notes=tuple(_bars(read, findings, lesion))
    )


def _bars(read: Readings, findings: Findings, lesion: str) -> Iterator[str]:
    """What bars every resection in one piece, whichever its sectors are."""
    if len(findings.many(fact.WBB_SECTORS, lesion) or ()) == len(Sector) and Layer.A.value in (
        findings.many(fact.WBB_LAYERS, lesion) or ()
    ):
        yield ON_ALL_SIDES
    if read.nominal.both_pedicles:
        yield BOTH_PEDICLES


def side_of(findings: Findings, lesion: str) -> Side | None:
    """The side that all sectors of a tumour lie on; nothing where it crosses the midline or is not known."""
    sides = {one.side for one in _held(findings, lesion)}
    return sides.pop() if len(sides) == 1 else None


def _held(findings: Findings, lesion: str) -> tuple[Sector, ...]:
    sure, open_ = findings.many(fact.WBB_SECTORS, lesion) or (), findings.many(fact.WBB_SECTORS_OPEN, lesion) or ()
    return tuple(one for one in Sector if one in {*sure, *open_})


def _sectors(findings: Findings, lesion: str) -> str:
    open_ = findings.many(fact.WBB_SECTORS_OPEN, lesion) or ()
    said = [f"{one}{' (open)' if one in open_ else ''}" for one in _held(findings, lesion)]
    return f"{'sector' if len(said) == 1 else 'sectors'} {', '.join(said)}"


def _notes(read: Readings, is_draft: bool) -> tuple[str, ...]:
    return (*((DRAFT,) if is_draft else ()), *read.nominal.notes)
