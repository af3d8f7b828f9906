"""The approaches of an operation: what the rows prefer, the safer first, nothing assigned that a surgeon chooses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Sector, sector
from enbloc.case.answer import Unknown
from enbloc.case.fact import Approach as Route
from enbloc.decide.approach import ACT_RULES
from enbloc.decide.decision import Act, Holds
from enbloc.decide.preferred import preferred
from enbloc.decide.rule import spoken
from enbloc.decide.ways import ApproachKind
from enbloc.plan.approach import Approaches, approaches, facts_of
from enbloc.plan.operation import Operation
from tests.decide.rows.approach import BODY, FREE, SOFT, at, on
from tests.decide.situations import CHORDOMA, METASTASIS, READY, a_case, found, seen

DRY = {f.DUMBBELL: False}
EVERY_OPERATION = [one for one in Operation if one is not Operation.OBSERVATION]


def ways(operation: Operation, known: dict[Any, Any], level: Level = Level.T8) -> Approaches:
    case = a_case(level)
    given_ = dict(CHORDOMA) | DRY | known
    return approaches(operation, case.lesions[0], case=case, findings=found(given_), scored=(), circumstances=READY)


def told(one: Approaches) -> list[tuple[str, ...]]:
    return [(choice.kind.value, *choice.rules) for choice in one.choices]


def test_a_free_tumour_of_the_thorax_has_one_posterior_approach() -> None:
    held = ways(Operation.VERTEBRECTOMY, BODY | FREE)
    assert told(held) == [("posterior", "APP-05")]
    assert held.first is not None
    assert (held.first.count, held.first.holds, held.first.is_draft) == (1, Holds.YES, True)
    assert "surgeon names another" in held.notes[0]


def test_soft_tissue_over_the_limit_adds_an_approach_and_both_are_shown_the_longer_first() -> None:
    held = ways(Operation.VERTEBRECTOMY, SOFT | FREE | {f.SOFT_TISSUE_DIAMETER: 25.0})
    assert told(held) == [("combined", "APP-05", "APP-13"), ("posterior", "APP-05")]
    first, second = held.choices
    assert (first.routes, first.count) == ((Route.POSTERIOR, Route.ANTERIOR), 2)
    assert (first.against, second.against) == ((), ("APP-13",))


@pytest.mark.parametrize(("mm", "count"), [(19.9, 1), (20.0, 1), (20.1, 2)])
def test_the_limit_of_soft_tissue_decides(mm: float, count: int) -> None:
    first = ways(Operation.VERTEBRECTOMY, SOFT | FREE | {f.SOFT_TISSUE_DIAMETER: mm}).first
    assert first is not None
    assert first.count == count


def test_a_vessel_in_contact_leaves_the_single_posterior_approach_out() -> None:
    held = ways(Operation.VERTEBRECTOMY, SOFT | FREE | {f.GREAT_VESSEL_CONTACT: True})
    assert told(held) == [("combined", "APP-13")]
    assert held.first is not None
    assert held.first.count_words == "at least 2"
    assert held.first.guards_vessels


def test_an_unknown_vessel_is_never_read_as_free() -> None:
    held = ways(Operation.VERTEBRECTOMY, SOFT)
    assert told(held) == [("combined", "APP-05", "APP-13"), ("posterior", "APP-05")]
    assert not held.is_settled
    assert any("aorta" in question for question in held.ask)


def test_a_vessel_at_the_thoracolumbar_junction_has_two_ways() -> None:
    held = ways(Operation.CURETTAGE, SOFT | {f.GREAT_VESSEL_CONTACT: True}, Level.L2)
    assert told(held) == [("combined", "APP-06"), ("combined", "APP-06", "APP-13"), ("lateral", "APP-06")]
    assert [one.routes for one in held.choices[:2]] == [
        (Route.ANTERIOR, Route.POSTERIOR),
        (Route.LATERAL, Route.ANTERIOR),
    ]


@pytest.mark.parametrize(
    ("operation", "level", "kind", "count"),
    [
        (Operation.VERTEBRECTOMY, Level.C2, ApproachKind.POSTERIOR, "1"),
        (Operation.VERTEBRECTOMY, Level.C5, ApproachKind.COMBINED, "2"),
        (Operation.VERTEBRECTOMY, Level.T1, ApproachKind.POSTERIOR, "1"),
        (Operation.VERTEBRECTOMY, Level.L3, ApproachKind.STAGED, "2"),
        (Operation.VERTEBRECTOMY, Level.L5, ApproachKind.STAGED, "at least 2"),
        (Operation.SACRECTOMY, Level.S2, ApproachKind.COMBINED, "2"),
        (Operation.SACRECTOMY, Level.S3, ApproachKind.POSTERIOR, "1"),
        (Operation.SEPARATION, Level.T8, ApproachKind.POSTERIOR, "1"),
        (Operation.LAMINECTOMY, Level.T8, ApproachKind.POSTERIOR, "1"),
    ],
)
def test_each_zone_has_the_kind_of_its_row(operation: Operation, level: Level, kind: ApproachKind, count: str) -> None:
    first = ways(operation, BODY | FREE, level).first
    assert first is not None
    assert (first.kind, first.count_words) == (kind, count)


def test_an_operation_has_no_way_of_another_resection() -> None:
    known = on(5, layers=("B",)) | FREE
    both = {one: told(ways(one, known)) for one in (Operation.VERTEBRECTOMY, Operation.ANTERIOR, Operation.SAGITTAL)}
    assert both == {
        Operation.VERTEBRECTOMY: [("posterior", "APP-05")],
        Operation.ANTERIOR: [("anterior", "APP-15")],
        Operation.SAGITTAL: [("combined", "APP-11")],
    }


@pytest.mark.parametrize(
    ("operation", "known", "numbers"),
    [
        (Operation.ANTERIOR, on(5, 6, layers=("A", "B")), ["1"]),
        (Operation.ANTERIOR, BODY, []),  # layer C
        (Operation.ANTERIOR, on(5, 6) | {f.WBB_LAYERS: None}, []),  # open
        (Operation.POSTERIOR_ARCH, on(12, 1), ["2a"]),
        (Operation.POSTERIOR_ARCH, on(4, 3), []),  # a pedicle
        (Operation.SAGITTAL, on(3, 4, 5), []),  # 2b is not yet compared with the paper
        (Operation.VERTEBRECTOMY, BODY | FREE, []),
    ],
)
def test_types_1_and_2a_alone_are_named(operation: Operation, known: dict[Any, Any], numbers: list[str]) -> None:
    held = ways(operation, known)
    assert [one.number for one in held.techniques] == numbers
    assert any("surgeon chooses" in note for note in held.notes)


def test_an_arch_with_tumour_at_the_dura_says_that_the_margin_is_violated() -> None:
    (technique,) = ways(Operation.POSTERIOR_ARCH, on(12, 1, layers=("B", "D"))).techniques
    assert technique.notes == ("Layer D holds tumour: the margin is violated.",)


def test_a_gap_of_the_table_is_said() -> None:
    held = ways(Operation.CURETTAGE, BODY | FREE)
    assert held.choices == ()
    assert "No row of the table names an approach" in held.notes[0]


def test_a_corpectomy_in_the_neck_asks_for_a_posterior_fixation() -> None:
    short = ways(Operation.CURETTAGE, BODY | FREE, Level.C5)
    long = ways(Operation.CURETTAGE, BODY | FREE | at(Level.C5, Level.C6), Level.C5)
    assert [(one.kind.value, one.holds) for one in short.choices] == [
        ("anterior", Holds.YES),
        ("combined", Holds.UNKNOWN),
    ]
    assert [(one.kind.value, one.holds) for one in long.choices] == [("combined", Holds.YES)]


def test_the_routes_are_a_fact_of_the_plan_unless_one_is_left_open() -> None:
    whole, part = (ways(Operation.VERTEBRECTOMY, BODY | FREE, level).first for level in (Level.L3, Level.L5))
    assert whole is not None
    assert part is not None
    assert facts_of(whole, "A").many(f.APPROACHES, "A") == (Route.POSTERIOR, Route.ANTERIOR)
    assert isinstance(facts_of(part, "A")[f.APPROACHES, "A"], Unknown)


@pytest.mark.parametrize("operation", Operation)
def test_it_is_written_and_read_back(operation: Operation) -> None:
    held = ways(operation, SOFT)
    adapter = TypeAdapter(Approaches)
    assert adapter.validate_json(adapter.dump_json(held), strict=True) == held


some_sectors = st.lists(st.sampled_from(Sector), unique=True, min_size=1, max_size=6).map(tuple)


@given(some_sectors, st.sampled_from(EVERY_OPERATION), st.sampled_from([Level.C5, Level.T8, Level.T12, Level.L3]))
def test_mirrored_sectors_have_the_same_approaches(
    sectors: tuple[Sector, ...], operation: Operation, level: Level
) -> None:
    mirrored = tuple(sector(13 - one.number) for one in sectors)
    here, there = (ways(operation, {f.WBB_SECTORS: each, f.WBB_LAYERS: ("B",)}, level) for each in (sectors, mirrored))
    assert told(here) == told(there)
    assert [one.number for one in here.techniques] == [one.number for one in there.techniques]


@given(st.sampled_from(Level), st.sampled_from([Act.EN_BLOC, Act.INTRALESIONAL, Act.SEPARATION, Act.INTRADURAL]))
def test_every_row_that_speaks_has_a_way(level: Level, act: Act) -> None:
    about = seen(METASTASIS | BODY | {f.DUMBBELL: True}, act=act, level=level)
    speaking = {said.rule for rule in ACT_RULES if (said := spoken(rule, about)) is not None}
    assert {one.statement.rule for one in preferred(about)} == speaking
