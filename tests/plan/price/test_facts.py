"""The price of a plan as facts, and what the rules make of them: consent, arteries of the cord, the construct."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Part, StructureKind
from enbloc.case.answer import Unknown
from enbloc.case.finding import Finding, Findings
from enbloc.case.sided import Root, SegmentalArtery
from enbloc.decide import PlanFacts
from enbloc.decide.deciding import judge
from enbloc.decide.decision import Act, Holds
from enbloc.decide.roots import expected
from enbloc.measure.spine.column import Column, column_of
from enbloc.phantom import Recipe, build
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.facts import facts_of
from enbloc.plan.price.price import Price, price_of
from enbloc.stage import scores
from tests.decide.situations import CHORDOMA, READY, a_case, found
from tests.plan.price.phantoms import body_piece, left_piece, long_spine, spine, without
from tests.strategies import LESION

T6, T7, T8, T9 = Level.T6, Level.T7, Level.T8, Level.T9


def stops(findings: Findings, known: dict[Any, Any]) -> dict[str, Holds]:
    """The stops of an en bloc resection with these facts of its plan."""
    case, held = a_case(), found(CHORDOMA | known)
    plan = PlanFacts(act=Act.EN_BLOC, about=LESION, levels=(T8,), findings=findings)
    option = judge(plan, case, held, scores(case, held), circumstances=READY)
    return {stop.rule: stop.holds for stop in option.stops}


def priced(column: Column, *pieces: Piece) -> Price:
    return price_of(pieces, column, LESION)


def lumbar() -> Column:
    return column_of(
        build(Recipe(levels=(Level.L1, Level.L2, Level.L3, Level.L4), spacing_mm=(2.0, 2.0, 2.0), noise_hu=0.0)).images
    )


def test_the_facts_hold_levels_and_sides() -> None:
    facts = facts_of(priced(long_spine(), left_piece(long_spine())), LESION)
    roots, arteries = facts.many(f.ROOTS_CUT, LESION), facts.many(f.SEGMENTAL_ARTERIES, LESION)
    assert roots is not None
    assert Root.T8_LEFT in roots
    assert not any(one.mirrored in roots for one in roots)
    assert arteries == (SegmentalArtery.T8_LEFT,)
    assert facts.value(f.LAMINECTOMY_LEVELS, LESION) == 1
    assert 0.0 < (facts.value(f.FACET_REMOVED, LESION) or 0.0) < 100.0
    assert facts.many(f.VERTEBRAL_SACRIFICED, LESION) == ()
    assert "body is in part removed" in facts.why_missing(f.CORPECTOMY, LESION)


def test_the_defect_counts_what_the_tumour_took_once() -> None:
    column = spine()
    for piece, known in ((left_piece(column), 41.2), (body_piece(column, T8), 100.0)):
        price = priced(column, piece)
        assert not isinstance(price.bodies, Unknown)
        body = next(one for one in price.bone if one.level is T8 and one.part is Part.BODY)
        defect = facts_of(price, LESION).value(f.ANTERIOR_DEFECT, LESION)
        assert defect is not None
        assert body.percent == pytest.approx(known, abs=1.0)
        assert body.percent <= defect + 0.01
        assert defect <= min(100.0, body.percent + 100.0 * 4.19 * 125.0 / 1000.0 / body.total_cc)
    bare = without(column, StructureKind.TUMOUR)
    assert "not labelled" in facts_of(priced(bare, left_piece(bare)), LESION).why_missing(f.ANTERIOR_DEFECT, LESION)


def test_an_inferred_root_is_noted_as_such() -> None:
    column = without(long_spine(), StructureKind.NERVE_ROOT)
    finding = facts_of(priced(column, left_piece(column)), LESION)[f.ROOTS_CUT, LESION]
    assert isinstance(finding, Finding)
    assert any(note.startswith("T8 left (inferred: between the left pedicles of T8 and T9") for note in finding.notes)
    assert "T9 left: no label: spared between the left pedicles of T9 and T10, not seen beside the bone that goes" in (
        finding.notes
    )


def test_a_root_that_cannot_be_told_leaves_consent_open() -> None:
    column = without(spine(), StructureKind.NERVE_ROOT)
    facts = facts_of(priced(column, body_piece(column, T7)), LESION)
    assert isinstance(facts[f.ROOTS_CUT, LESION], Unknown)
    assert "T6 left" in facts.why_missing(f.ROOTS_CUT, LESION)
    assert stops(facts, {})["STOP-15"] is Holds.UNKNOWN


def test_thoracic_roots_need_no_signature_and_lumbar_ones_do() -> None:
    thoracic = priced(long_spine(), left_piece(long_spine()))
    assert not thoracic.needs_signature
    assert "STOP-15" not in stops(facts_of(thoracic, LESION), {})
    column = lumbar()
    price = priced(column, left_piece(column, Level.L3))
    assert price.needs_signature
    assert Root("L3 left") in price.roots.cut
    assert price.consent == expected(price.roots.cut)
    assert ("L3 left", "hip flexion, adductors, part of the quadriceps") in price.function_lost
    facts = facts_of(price, LESION)
    assert stops(facts, {f.FUNCTION_CONSENT: False})["STOP-15"] is Holds.YES
    assert stops(facts, {f.FUNCTION_CONSENT: None})["STOP-15"] is Holds.UNKNOWN
    assert "STOP-15" not in stops(facts, {f.FUNCTION_CONSENT: True})


NONE_BEFORE: dict[Any, Any] = {f.EARLIER_ARTERIES: (), f.ADAMKIEWICZ: (), f.ANGIOGRAPHY: False, f.ISCHAEMIA_PLAN: False}


@pytest.mark.parametrize(("levels", "known", "holds"), [
    ((T6, T7, T8, T9), NONE_BEFORE, Holds.YES),
    ((T6, T7, T8, T9), NONE_BEFORE | {f.ANGIOGRAPHY: True, f.ISCHAEMIA_PLAN: True}, None),
    ((T6, T7, T8), NONE_BEFORE, None),
    ((T6, T7, T8), NONE_BEFORE | {f.ADAMKIEWICZ: (SegmentalArtery.T8_RIGHT,)}, Holds.YES),
    ((T6, T7, T8), NONE_BEFORE | {f.EARLIER_ARTERIES: (SegmentalArtery.T9_LEFT, SegmentalArtery.T9_RIGHT)}, Holds.YES),
    ((T6, T7, T8), NONE_BEFORE | {f.EARLIER_ARTERIES: None}, Holds.UNKNOWN),
])  # fmt: skip
def test_arteries_of_the_plan_open_and_close_the_stop(
    levels: tuple[Level, ...], known: dict[Any, Any], holds: Holds | None
) -> None:
    column = long_spine()
    assert stops(facts_of(priced(column, body_piece(column, *levels)), LESION), known).get("STOP-13") is holds


def test_a_construct_is_never_made_up_from_cuts() -> None:
    price = priced(spine(), body_piece(spine(), T8))
    alone = facts_of(price, LESION)
    assert alone.why_missing(f.INSTRUMENTED_LEVELS, LESION) == "no rods, screws or cages are planned"
    given = facts_of(price, LESION, instrumented=(T9, T7, T8))
    assert given.many(f.INSTRUMENTED_LEVELS, LESION) == (T7, T8, T9)
    assert stops(given, {f.CONSENTED_LEVELS: (T7, T8)})["STOP-06"] is Holds.YES
    assert "STOP-06" not in stops(given, {f.CONSENTED_LEVELS: (T7, T8, T9)})
    assert stops(given, {})["STOP-06"] is Holds.UNKNOWN


def test_a_piece_without_end_states_no_root_and_no_artery() -> None:
    column = spine()
    endless = Piece(name="left", cuts=left_piece(column).cuts[2:])
    facts = facts_of(priced(column, endless), LESION)
    for named in (f.ROOTS_CUT, f.SEGMENTAL_ARTERIES, f.LAMINECTOMY_LEVELS, f.CORPECTOMY, f.FACET_REMOVED):
        assert "where no vertebra is labelled" in facts.why_missing(named, LESION)
