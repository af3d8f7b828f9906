"""The rules of the specification (staging 8.1) for a complete, untagged examination, once more and plainly."""

from __future__ import annotations

from enbloc.stage.neurology.examination import DERMATOMES, KEY_MUSCLES, LEVELS, Examination, SideScores

PLACE = {name: place for place, name in enumerate((*LEVELS[:-1], "INT"))} | {"S4-5": 28}


def sensory(side: SideScores) -> str:
    level = "C1"
    for name, touch, prick in zip(DERMATOMES, side.light_touch, side.pin_prick, strict=True):
        if (touch.grade, prick.grade) != (2, 2):
            return level
        level = name
    return "INT"


def motor(side: SideScores, contraction: bool) -> tuple[str, str]:
    """The motor level, and the level that it counts as for the neurological level."""
    felt, moves = sensory(side), strengths(side)
    if PLACE[felt] < PLACE["C4"]:
        return felt, felt
    for start, muscles, end in (("C4", KEY_MUSCLES[:5], "T1"), ("L1", KEY_MUSCLES[5:], "S1")):
        level = start
        for name in muscles:
            if moves[name] < 3:
                return level, level
            if moves[name] < 5:
                return name, name
            level = name
        if PLACE[felt] < PLACE[end]:
            return end, end
        if end == "T1" and PLACE[felt] <= PLACE["T12"]:
            return felt, felt
    return ("S3" if felt == "INT" and not contraction else felt), felt


def strengths(side: SideScores) -> dict[str, int]:
    return {name: score.grade or 0 for name, score in zip(KEY_MUSCLES, side.motor, strict=True)}


def sacral(side: SideScores) -> bool:
    return bool(side.light_touch[-1].grade or side.pin_prick[-1].grade)


def neurological_level(examination: Examination) -> str:
    contraction = bool(examination.voluntary_anal_contraction)
    levels = [level for side in examination.sides for level in (sensory(side), motor(side, contraction)[1])]
    return min(levels, key=PLACE.__getitem__)


def further(side: SideScores, contraction: bool) -> tuple[bool, bool]:
    """Whether a key muscle, and a non-key muscle, more than three levels below the motor level moves."""
    last = PLACE[motor(side, contraction)[0]] + 3
    lowest = side.lowest_non_key_muscle
    key = any(grade and PLACE[name] > last for name, grade in strengths(side).items())
    return key, lowest is not None and PLACE[lowest] > last


def grade(examination: Examination) -> str:
    contraction, level = bool(examination.voluntary_anal_contraction), neurological_level(examination)
    if level == "INT" and contraction:
        return "E"
    if not (contraction or examination.deep_anal_pressure or any(map(sacral, examination.sides))):
        return "A"
    if not (contraction or any(any(further(side, contraction)) for side in examination.sides)):
        return "B"
    below = [
        strength
        for side in examination.sides
        for name, strength in strengths(side).items()
        if PLACE[name] > PLACE[level]
    ]
    return "D" if 2 * sum(strength >= 3 for strength in below) >= len(below) else "C"


def sensory_zone(examination: Examination, side: SideScores) -> str:
    if examination.deep_anal_pressure or sacral(side):
        return "NA"
    felt = [
        name
        for name, touch, prick in zip(DERMATOMES, side.light_touch, side.pin_prick, strict=True)
        if touch.grade or prick.grade
    ]
    return felt[-1] if felt else "C1"


def motor_zone(examination: Examination, side: SideScores) -> str:
    contraction = bool(examination.voluntary_anal_contraction)
    if contraction:
        return "NA"
    level, lowest = motor(side, contraction)[0], side.lowest_non_key_muscle
    found = [level, *(name for name, grade in strengths(side).items() if grade and PLACE[name] > PLACE[level])]
    made_it = grade(examination) == "C" and not any(further(one, contraction)[0] for one in examination.sides)
    if made_it and lowest is not None and further(side, contraction)[1]:
        found.append(lowest)
    return max(found, key=PLACE.__getitem__)
