"""On which side of the dura a tumour lies, by the compartments of staging."""

from __future__ import annotations

from enbloc.case import fact
from enbloc.case.answer import Answer, unknown
from enbloc.plan.field import Field
from enbloc.stage.compartment import Compartment, compartment_score

INSIDE = frozenset({Compartment.EXTRAMEDULLARY.value, Compartment.INTRAMEDULLARY.value})
IN_CORD = frozenset({Compartment.INTRAMEDULLARY.value})
OUTSIDE = frozenset({Compartment.EXTRADURAL.value})


def within_dura(field: Field) -> Answer:
    """Whether a sizeable part of the tumour lies within the dura; open where the shares allow both."""
    return _lies(field, INSIDE)


def outside_dura(field: Field) -> Answer:
    """Whether a sizeable part of the tumour lies outside the dura; open where the shares allow both."""
    return _lies(field, OUTSIDE)


def within_cord(field: Field) -> Answer:
    """Whether a sizeable part of the tumour lies within the cord; open where the shares allow both."""
    return _lies(field, IN_CORD)


def _lies(field: Field, these: frozenset[str]) -> Answer:
    score = compartment_score(field.case, field.findings, field.lesion.id)
    if score is None or not score.categories:
        return unknown(fact.EXTRADURAL_SHARE.ask)
    answers = {bool(these & set(words.split(" and "))) for words in score.categories}
    return answers.pop() if len(answers) == 1 else unknown(fact.EXTRADURAL_SHARE.ask)
