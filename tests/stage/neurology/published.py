"""The published examinations, read in place: their scores as ours, and our results under their names."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from enbloc.stage.neurology.examination import DERMATOMES, KEY_MUSCLES, Examination, read_examination
from enbloc.stage.neurology.isncsci import Classification
from tests.data import real_data


@cache
def published() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((real_data("isncsci") / "exams.json").read_text(encoding="utf-8"))
    return found


def as_examination(given: dict[str, Any]) -> Examination:
    def part(side: str, segments: tuple[str, ...], what: str) -> dict[str, str]:
        return {name: given[f"{name.lower().replace('-', '_')}{side}{what}"] for name in segments}

    def one(side: str) -> dict[str, Any]:
        return {
            "light touch": part(side, DERMATOMES, "Touch"),
            "pin prick": part(side, DERMATOMES, "Prick"),
            "motor": part(side, KEY_MUSCLES, "Motor"),
            "lowest non-key muscle": given.get(f"{side.lower()}LowestNonKeyMuscleWithMotorFunction"),
        }

    yes_or_no = {"Yes": "yes", "No": "no", "NT": "NT"}
    return read_examination(
        {
            "right": one("Right"),
            "left": one("Left"),
            "voluntary anal contraction": yes_or_no[given["analContraction"]],
            "deep anal pressure": yes_or_no[given["analSensation"]],
        }
    )


def as_published(result: Classification) -> dict[str, str]:
    """Our results under the published names; the published grades are those of each condition asked by itself."""
    found: dict[str, Any] = {
        "neurologicalLevelOfInjury": result.neurological_level,
        "asiaImpairmentScale": result.impairment_apart,
        "injuryComplete": result.complete,
        "upperMotorTotal": result.upper_motor,
        "lowerMotorTotal": result.lower_motor,
        "touchTotal": result.light_touch,
        "prickTotal": result.pin_prick,
    }
    for name, side in (("right", result.right), ("left", result.left)):
        found |= {
            f"{name}Sensory": side.sensory_level,
            f"{name}Motor": side.motor_level,
            f"{name}SensoryZpp": side.sensory_zone,
            f"{name}MotorZpp": side.motor_zone,
            f"{name}UpperMotorTotal": side.upper_motor,
            f"{name}LowerMotorTotal": side.lower_motor,
            f"{name}MotorTotal": side.motor,
            f"{name}TouchTotal": side.light_touch,
            f"{name}PrickTotal": side.pin_prick,
        }
    return {name: _text(each) for name, each in found.items()}


def _text(found: tuple[str, ...] | int | None) -> str:
    if isinstance(found, tuple):
        return ",".join(found)
    return "ND" if found is None else str(found)
