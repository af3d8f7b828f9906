"""Whether a plan was made from the images that a case holds: the images as the plan saw them, or a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from enbloc.case.anatomy import Structure, tumour, vertebra
from enbloc.case.case import Case
from enbloc.errors import RecordError

if TYPE_CHECKING:
    from enbloc.case.image import Images, LabelMap
    from enbloc.exchange.plan_file import PlanFile
    from enbloc.plan import Plan
    from enbloc.plan.margin.achieved import Achieved

AGAIN = "Make the plan again with 'enbloc plan CASE --out DIR'."
ROUNDING_TENTHS = 1  # what another processor may add up otherwise


def chosen(made: PlanFile, case: Case, wanted: str | None) -> Plan:
    """The plan of a file that is asked for by its id, or the only one that has cuts.

    Raises
    ------
    RecordError
        If the file belongs to another case, or no plan, or no single one, is meant.
    """
    where = made.read.file
    if made.case != case.id:
        what = "This plan was made for another case."
        raise RecordError(what, remedy="Give the plan of this one, or its folder with this plan.", where=where)
    with_cuts = [plan for plan in made.plans if plan.cuts]
    ids = ", ".join(repr(plan.id) for plan in with_cuts)
    if not with_cuts:
        raise RecordError("No plan in it has cuts.", remedy="Plan a resection in one piece.", where=where)
    found = with_cuts if wanted is None else [plan for plan in with_cuts if plan.id == wanted]
    if len(found) == 1:
        return found[0]
    if wanted is None:
        raise RecordError("Several plans in it have cuts.", remedy=f"Name one with --plan: {ids}.", where=where)
    if found:
        what = f"The plan {wanted!r} stands there for several lesions."
        raise RecordError(what, remedy="Give a file that holds one of them.", where=where)
    raise RecordError(f"No plan {wanted!r} with cuts stands in it.", remedy=f"Name one of: {ids}.", where=where)


def as_planned(case: Case, images: Images, made: PlanFile, plan: Plan, *, without: str | None = None) -> Images:
    """The images that a plan was made from, in one frame: what came later, and the map ``without``, is left out.

    Raises
    ------
    RecordError
        If one of them has changed or is gone, or tumour and vertebrae are read from another map now.
    """
    from enbloc.measure.registration.together import brought_together

    hashes = {one.sha256 for one in made.made_from}
    gone = [one.file for one in made.made_from if one.sha256 not in set(_hashes(images))]
    if gone:
        what = f"The plan was made from other images: {gone[0]} has changed since, or is gone."
        raise RecordError(what, remedy=AGAIN, where=made.read.file)
    before = brought_together(case, _earlier(images, hashes, without))
    for named in (tumour(plan.about), *(vertebra(level) for level in plan.levels)):
        _is_of_plan(before, named, hashes, made.read.file)
    return before


def _hashes(images: Images) -> Iterator[str]:
    for one in (images, *images.apart.values()):
        yield from (scan.sha256 for scan in one.volumes.values())
        yield from (labels.sha256 for labels in one.labels.values())


def _earlier(images: Images, hashes: Collection[str], without: str | None) -> Images:
    """The scans that the plan knew, with what was drawn on them."""
    volumes = {role: scan for role, scan in images.volumes.items() if scan.sha256 in hashes}
    labels = {
        role: drawn
        for role, drawn in images.labels.items()
        if role != without and (drawn.on in volumes or drawn.sha256 in hashes)
    }
    apart = {name: _earlier(one, hashes, without) for name, one in images.apart.items()}
    kept = {name: one for name, one in apart.items() if one.volumes or one.labels}
    return replace(images, volumes=volumes, labels=labels, apart=kept)


def _is_of_plan(before: Images, named: Structure, hashes: Collection[str], where: str) -> None:
    labels = before.map_of(named)
    if labels is None:
        what = f"{named} lies in none of the label maps that the plan was made from."
        raise RecordError(what, remedy="List the images of the plan first in case.yaml.", where=where)
    if labels.sha256 not in hashes:
        what = f"The plan was made from another label of {named} than {labels.document or 'the one in the case'}."
        raise RecordError(what, remedy=AGAIN, where=where)


def same_margins(plan: Plan, achieved: Achieved, where: str) -> None:
    """Refuse a plan whose margins are not those of its cuts on these labels, by more than a step of rounding.

    Raises
    ------
    RecordError
        If one differs.
    """
    for cut, one in zip(plan.cuts, achieved.planes, strict=True):
        stated, own = cut.margin.mm, one.planned_margin.mm
        if abs(round(10 * stated) - round(10 * own)) > ROUNDING_TENTHS:
            what = f"The margin of the {cut.name} is {stated:g} mm in the plan and {own:g} mm on these labels."
            raise RecordError(what, remedy=AGAIN, where=where)


# --- the label map after the operation --------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, kw_only=True)
class AfterMap:
    """The label map that shows the bone after the operation, by its ``role``.

    ``is_apart`` says that it lies in another frame of reference, ``is_on_plan`` that it was drawn on a scan that the
    plan was made from: then nothing can have moved.
    """

    role: str
    labels: LabelMap
    is_apart: bool
    is_on_plan: bool


def after_map(images: Images, role: str, made: PlanFile) -> AfterMap:
    """The label map of a case that is named as the one after the operation.

    Raises
    ------
    RecordError
        If there is none of that name, or it was there when the plan was made.
    """
    hashes = {one.sha256 for one in made.made_from}
    for one, is_apart in ((images, False), *((one, True) for one in images.apart.values())):
        labels = one.labels.get(role)
        if labels is not None:
            if labels.sha256 and labels.sha256 in hashes:
                what = f"The label map {role!r} was there when the plan was made, so it shows the bone before."
                raise RecordError(what, remedy="Name the one that was drawn after the operation.")
            scan = one.volumes.get(labels.on)
            is_on_plan = scan is not None and scan.sha256 in hashes and not is_apart
            return AfterMap(role=role, labels=labels, is_apart=is_apart, is_on_plan=is_on_plan)
    named = sorted({role for one in (images, *images.apart.values()) for role in one.labels})
    what = f"The case has no label map {role!r}; it has {', '.join(named)}."
    raise RecordError(what, remedy="Import it with 'enbloc import CASE after.nii.gz --role ROLE --on IMAGE'.")
