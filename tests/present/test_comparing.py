"""Operations beside each other: a row for each feasible one, a reason for each other, the figure of the front."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from enbloc.follow.result import Workup
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan
from enbloc.present.comparing import compared_tables, comparison_lines
from enbloc.present.front import front_alt, front_chart
from enbloc.present.planned import ComparedTable, Front
from enbloc.present.words import THIN
from tests.present import decided, patients
from tests.present.operated import ARCH, DURAL, OBSERVED, PLAN, SAGITTAL, with_margin

SVG = "{http://www.w3.org/2000/svg}"


def tables_of(made: Workup) -> tuple[ComparedTable, ...]:
    return compared_tables(made.plans, made.compared, is_stopped=bool(made.decision.stops))


def _table(*plans: Plan) -> ComparedTable:
    (found,) = tables_of(patients.workup(plans=plans))
    return found


def _front(*plans: Plan) -> Front:
    found = _table(*plans).front
    assert found is not None
    return found


def test_a_row_says_everything_that_is_compared() -> None:
    first, second = _table(PLAN, SAGITTAL, ARCH).rows

    assert (first.number, first.name, first.standing) == (1, "en bloc vertebrectomy T8", "nothing beats it")
    assert first.is_foremost
    assert first.margin == f"1.5{THIN}mm"
    assert first.margin_note.replace(THIN, " ") == "0.0–3.0 mm, to the thecal sac; 1.5 mm to the nearest blade"
    assert first.classes == "marginal or wide"
    assert (first.entry.replace(THIN, " "), first.entry_by) == ("8–23 %", "by navigation")
    assert (first.tumour_left, first.bone) == (f"0.0{THIN}cc", f"30.8{THIN}cc")
    assert (first.roots, first.levels, first.approaches) == ("T8 left", "T8", "2 (staged)")
    assert [one.id for one in first.supports] == ["DEC-07"]
    assert (first.held, first.open, first.readiness) == ((), 1, "NOT READY")
    assert second.standing == "beaten by 1"
    assert second.feasibility == "borderline: feasible only if it turns out so"


def test_nothing_that_is_unknown_is_blank() -> None:
    unknown = replace(PLAN, resected=None, price=None, approach=None, tumour_left_cc=None)
    (row,) = _table(unknown).rows

    for said in (row.margin, row.entry, row.tumour_left, row.bone, row.roots, row.approaches):
        assert said == "not known"


def test_an_operation_without_a_margin_says_why() -> None:
    curettage = replace(PLAN, id="curettage", operation=Operation.CURETTAGE, resected=None)
    laminectomy = replace(curettage, id="laminectomy", operation=Operation.LAMINECTOMY)
    watched, scraped, opened = _table(OBSERVED, curettage, laminectomy).rows

    assert {watched.margin, scraped.margin, opened.margin} == {"none: not in one piece"}
    assert (watched.entry, scraped.entry, opened.entry) == ("no cut", "entered on purpose", "it takes none of it")
    assert (watched.roots, watched.approaches, watched.bone) == ("none", "none", f"0.0{THIN}cc")


def test_what_is_not_feasible_has_its_first_reason_and_what_could_be_done() -> None:
    (refused,) = _table(PLAN, ARCH).refused

    assert refused.because == "not sectors within 10 to 3 through 12 (and 1 more)"
    assert refused.instead == "feasible in one piece: en bloc vertebrectomy T8"


def test_what_could_be_done_instead_of_several_is_said_once() -> None:
    table = _table(PLAN, ARCH, replace(ARCH, id="anterior resection T8", operation=Operation.ANTERIOR))

    assert [one.instead for one in table.refused] == ["", ""]
    assert table.instead == ("feasible in one piece: en bloc vertebrectomy T8",)


def test_while_a_stop_of_the_case_stands_no_row_is_ready() -> None:
    ready = replace(PLAN, stops=(), not_ready=())
    calm = decided.decided(speaks=(), open_stops=(), options=())
    (free,), (held,) = (tables_of(patients.workup(plans=(ready,), decision=one)) for one in (calm, decided.decided()))

    assert [row.readiness for row in free.rows] == ["READY"]
    assert [row.readiness for row in held.rows] == ["NOT READY"]


@pytest.mark.parametrize(
    ("plans", "said"),
    [
        ((ARCH,), "No operation is feasible here"),
        ((PLAN, ARCH), "Only one operation is feasible here: en bloc vertebrectomy T8."),
        ((OBSERVED, replace(OBSERVED, id="again")), "No operation that is feasible here has a margin"),
        ((PLAN, replace(SAGITTAL, price=None)), "The bone taken is not known of sagittal resection T8 left"),
    ],
)
def test_without_two_to_compare_it_says_so_in_words(plans: tuple[Plan, ...], said: str) -> None:
    table = _table(*plans)

    assert table.front is None
    assert table.without_front.startswith(said)


def test_the_figure_says_in_words_what_it_shows() -> None:
    alt = front_alt(_front(PLAN, SAGITTAL, OBSERVED)).replace(THIN, " ")

    assert (
        "1 en bloc vertebrectomy T8: 30.8 cc of bone, margin 1.5 mm (0.0–3.0 mm), entry 8–23 %, nothing beats it" in alt
    )
    assert "2 sagittal resection T8 left: 41.0 cc of bone, margin 0.5 mm" in alt
    assert "beaten, draft, borderline" in alt
    assert "3 observation: 0.0 cc of bone, no margin, entry no cut" in alt


def test_filled_marks_are_on_the_front_and_open_ones_beaten() -> None:
    drawn = ElementTree.fromstring(front_chart(_front(PLAN, replace(SAGITTAL, borderline=()))))
    marks = [one for one in drawn.iter(f"{SVG}circle") if one.get("stroke-dasharray") is None]
    rings = [one for one in drawn.iter(f"{SVG}circle") if one.get("stroke-dasharray") is not None]

    assert [one.get("fill") for one in marks] == ["#14181d", "#ffffff"]
    assert [ring.get("cx") for ring in rings] == [marks[1].get("cx")], "only the draft has a dotted ring"
    assert float(marks[1].get("cx", 0)) > float(marks[0].get("cx", 0)), "more bone stands further right"
    assert float(marks[1].get("cy", 0)) > float(marks[0].get("cy", 0)), "less margin stands lower"


@pytest.mark.parametrize("count", [2, 5, 8])
def test_no_word_of_the_figure_leaves_it_and_no_number_covers_another(count: int) -> None:
    plans = [
        with_margin(
            replace(DURAL, mm=DURAL.mm + nth / 5),
            replace(PLAN, id=f"{'operation with a very long name indeed ' * 2}{nth}"),
        )
        for nth in range(count)
    ]
    drawn = ElementTree.fromstring(front_chart(_front(*plans)))
    _, _, wide, tall = (float(part) for part in drawn.get("viewBox", "").split())
    texts = list(drawn.iter(f"{SVG}text"))
    numbers = [one for one in texts if (one.text or "").isdigit() and one.get("font-size") == "13"]

    assert len(numbers) == count
    assert len({(one.get("x"), one.get("y")) for one in numbers}) == count
    for one in texts:
        assert 0 <= float(one.get("x", 0)) <= wide
        assert 0 < float(one.get("y", 0)) < tall


def test_the_terminal_has_a_few_lines_for_each() -> None:
    lines = comparison_lines(tables_of(patients.workup(plans=(PLAN, SAGITTAL, ARCH))))

    assert lines[0] == "Operations compared:"
    assert lines[1] == "  1 en bloc vertebrectomy T8: not ready; feasible, nothing beats it, drawn"
    beside = "0.0–3.0 mm, to the thecal sac; 1.5 mm to the nearest blade"
    assert lines[2] == f"      margin 1.5 mm ({beside}); entry 8–23 % (by navigation)"
    assert lines[3] == "      tumour left 0.0 cc; bone 30.8 cc; roots T8 left; levels T8; approaches 2 (staged)"
    assert lines[4] == "      for DEC-07; 1 stop cannot be excluded"
    assert lines[-1].startswith("  not feasible: posterior arch resection T8: not sectors within")


def test_where_nothing_is_feasible_the_terminal_says_so() -> None:
    assert comparison_lines(tables_of(patients.workup(plans=(ARCH,))))[1] == "  no operation is feasible here"


@pytest.mark.parametrize(("operation", "said"), [(Operation.CURETTAGE, "none"), (Operation.INTRADURAL, "not known")])
def test_the_words_on_roots_are_those_of_the_row(operation: Operation, said: str) -> None:
    plan = replace(PLAN, operation=operation, resected=None, price=None)
    made = patients.workup(plans=(plan,))
    (row,), (told,) = made.compared[0].rows, _table(plan).rows

    assert told.roots == said
    assert (row.roots == ()) is (said == "none")
