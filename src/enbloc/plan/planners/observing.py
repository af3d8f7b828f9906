"""Observation: no operation, and the tumour stays."""

from __future__ import annotations

from dataclasses import replace

from enbloc.plan.begun import begun, whole_tumour_cc
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan


def observation(field: Field, _: Wishes) -> Plan:
    """No operation: always possible, and whether it is right the rules say."""
    return replace(
        begun(Operation.OBSERVATION, field),
        id=Operation.OBSERVATION.value,
        feasible=True,
        reasons=("nothing in the anatomy speaks against it; whether it is right the rules say",),
        tumour_left_cc=whole_tumour_cc(field),
    )
