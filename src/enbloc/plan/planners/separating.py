"""Separation surgery as a plan: the bone opened for the first target that takes tumour, and what each leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enbloc.case.answer import Unknown
from enbloc.plan.begun import begun, opened
from enbloc.plan.decompression.decompression import Decompression, NoSeparation, Separation
from enbloc.plan.decompression.of_field import decompressed
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.price.facts import facts_of
from enbloc.plan.proposal import Plan
from enbloc.plan.rounding import cc_up

NOT_COMPUTED = ("the construct, which belongs to it", "whether the sac re-expands")


def separation(field: Field, _: Wishes) -> Plan:
    """Epidural tumour removed to free the dura, with the bone that stands in the way (DECOMP-02)."""
    found = decompressed(field)
    plan = begun(Operation.SEPARATION, field)
    if isinstance(found, NoSeparation):
        return replace(plan, reasons=(found.reason,), nearest=(found.remedy,))
    least = next((target for target in found.targets if target.levels), found.targets[-1])
    price = opened(field, least.access.openings)
    return replace(
        begun(Operation.SEPARATION, field, least.levels),
        feasible=True,
        reasons=tuple(_reasons(found)),
        openings=least.access.openings,
        price=price,
        decompression=found,
        tumour_left_cc=cc_up(least.left.cc),
        facts=plan.facts if price is None else facts_of(price, field.lesion.id),
        not_ready=tuple(_open(found, least)),
        not_computed=NOT_COMPUTED,
    )


def _reasons(found: Decompression) -> Iterator[str]:
    for target in found.targets:
        cord = target.to_cord
        after = "" if cord is None or isinstance(cord, Unknown) else f", {cord} from tumour to cord afterwards"
        yield f"{target.target_mm:g} mm around the dura: {target.removed} removed, {target.left} left{after}"


def _open(found: Decompression, least: Separation) -> Iterator[str]:
    yield from found.cautions
    yield from least.access.not_known
    if least.meets is False:
        yield "geometry does not reach ESCC 1 or less with the distance of DECOMP-02"
    elif isinstance(least.meets, Unknown):
        yield f"whether ESCC 1 or less is reached is not known: {', '.join(sorted(least.meets.ask))}"
