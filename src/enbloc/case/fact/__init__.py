"""The vocabulary: everything that can be measured, entered or asked, declared once.

A fact is raw ("collapse 38 to 46 %"); classes and grades are made in ``stage``. A grade that somebody reported is
a fact of its own ("ESCC as reported"). Ids are stable: renaming one is a migration of every record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enbloc.case.fact.asked import *
from enbloc.case.fact.for_anaesthesia import *
from enbloc.case.fact.for_board import *
from enbloc.case.fact.for_clock import *
from enbloc.case.fact.for_complications import *
from enbloc.case.fact.for_compression import *
from enbloc.case.fact.for_construct import *
from enbloc.case.fact.for_data_set import *
from enbloc.case.fact.for_drugs import *
from enbloc.case.fact.for_follow_up import *
from enbloc.case.fact.for_intradural import *
from enbloc.case.fact.for_laboratory import *
from enbloc.case.fact.for_monitoring import *
from enbloc.case.fact.for_operation import *
from enbloc.case.fact.for_organ_doses import *
from enbloc.case.fact.for_percutaneous import *
from enbloc.case.fact.for_presentation import *
from enbloc.case.fact.for_primary import *
from enbloc.case.fact.for_prognosis import *
from enbloc.case.fact.for_radiotherapy import *
from enbloc.case.fact.for_tissue import *
from enbloc.case.fact.kinds import *
from enbloc.case.fact.kinds import Fact
from enbloc.case.fact.of_canal import *
from enbloc.case.fact.of_change import *
from enbloc.case.fact.of_lesion import *
from enbloc.case.fact.of_level import *
from enbloc.case.fact.of_patient import *
from enbloc.case.fact.reported import *
from enbloc.case.geometry import Plane, Point, Pose
from enbloc.case.table import CanalPlane, Cell, Clearance, PartShare
from enbloc.errors import RecordError


def _vocabulary(facts: Iterable[object]) -> dict[str, Fact[Any]]:
    return {fact.id: fact for fact in facts if isinstance(fact, Fact)}


FACTS: dict[str, Fact[Any]] = _vocabulary(list(globals().values()))
"""Every fact by its id."""

_ONLY_MEASURED = {Pose, Point, Plane, Cell, PartShare, Clearance, CanalPlane}

ENTERABLE: frozenset[str] = frozenset(FACTS) - {fact.id for fact in FACTS.values() if fact.type in _ONLY_MEASURED}
"""What a person may write into a record; frames, places and tables are only measured."""


def fact(id: str) -> Fact[Any]:
    """The fact with this id.

    Raises
    ------
    RecordError
        If there is none; the remedy names the nearest.
    """
    from difflib import get_close_matches

    if id in FACTS:
        return FACTS[id]
    near = get_close_matches(id, FACTS, n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "'enbloc schema facts' lists them."
    raise RecordError(f"There is no fact {id!r}.", remedy=hint)
