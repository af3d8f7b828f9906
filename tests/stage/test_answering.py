"""Items that are read out of several facts, or out of SINS and ESCC: the same finding counts alike everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case, recorded
from enbloc.case.fact import BoneQuality, CollapseClass, Fact, PainCharacter
from enbloc.case.filled import FilledForm
from enbloc.case.finding import Finding, Findings, Interval, Source, SourceKind
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.stage.answering import COLLAPSED, EPIDURAL, LYTIC, MECHANICAL_PAIN, SECTIONAL, SINS_TOTAL
from enbloc.stage.every import score_of
from enbloc.stage.from_case import Derived, read_items
from enbloc.stage.instrument import judged
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.scoring import sins_score

MEASURED = Source(kind=SourceKind.MEASURED, document="images")
ENTERED = Source(kind=SourceKind.ENTERED, document="case.yaml")


def case(level: Level | None = Level.T8, *forms: FilledForm, kind: LesionKind | None = None) -> Case:
    return Case(id="x", lesions=(Lesion(id="A", levels=(level,) if level else (), kind=kind),), forms=forms)


def measured(named: Fact[Any], about: str, at: float, low: float, high: float) -> Finding[Any]:
    return Finding(fact=named.id, about=about, value=at, interval=Interval(low=low, high=high), source=MEASURED)


def entered(named: Fact[Any], about: str, given: object) -> Finding[Any]:
    return Finding(fact=named.id, about=about, value=given, source=ENTERED)


def known(*found: Finding[Any]) -> Findings:
    return Findings(found=found)


@pytest.mark.parametrize(
    ("by", "found", "values"),
    [
        (LYTIC, entered(f.BONE_REPORTED, "A", BoneQuality.LYTIC), (True,)),
        (LYTIC, entered(f.BONE_REPORTED, "A", BoneQuality.MIXED), (False, True)),
        (LYTIC, entered(f.BONE_REPORTED, "A", BoneQuality.BLASTIC), (False,)),
        (COLLAPSED, entered(f.COLLAPSE_REPORTED, "A", CollapseClass.UNDER_HALF), (True,)),
        (COLLAPSED, measured(f.COLLAPSE, "T8", 4.0, 2.0, 6.0), (False,)),
        (COLLAPSED, measured(f.COLLAPSE, "T8", 15.0, 12.0, 18.0), (False, True)),
        (MECHANICAL_PAIN, entered(f.PAIN, "A", PainCharacter.NOT_MECHANICAL), (False,)),
        (SECTIONAL, measured(f.SOFT_TISSUE_DIAMETER, "A", 12.0, 11.0, 13.0), (True,)),
        (SECTIONAL, entered(f.SOFT_TISSUE_DIAMETER, "A", 12.0), ()),
    ],
)
def test_a_class_of_sins_answers_other_instruments_too(
    by: Derived, found: Finding[Any], values: tuple[bool, ...]
) -> None:
    assert set(by(case(), known(found), "A").values) == set(values)


@pytest.mark.parametrize("by", [LYTIC, COLLAPSED, MECHANICAL_PAIN, SECTIONAL, EPIDURAL])
def test_what_nothing_settles_stays_open(by: Derived) -> None:
    assert by(case(), Findings(), "A").values == ()


def test_a_form_of_sins_answers_them_as_well() -> None:
    form = FilledForm(instrument="sins", about="A", answers={"bone": "blastic", "pain": "mechanical"})
    assert LYTIC(case(Level.T8, form), Findings(), "A").values == (False,)
    assert MECHANICAL_PAIN(case(Level.T8, form), Findings(), "A").values == (True,)


def test_the_total_of_sins_is_carried_with_every_value_it_may_have() -> None:
    pain = known(entered(f.PAIN, "A", PainCharacter.MECHANICAL))
    here = case(Level.T12)
    assert SINS_TOTAL(here, pain, "A").values == sins_score(here, pain, "A", {}).totals
    assert SINS_TOTAL(case(None), Findings(), "A").values == ()


def test_epidural_tumour_counts_where_escc_settles_it() -> None:
    none = known(measured(f.EPIDURAL_AREA, "A", 0.0, 0.0, 0.0), entered(f.EPIDURAL_SLICES, "A", 0))
    assert EPIDURAL(case(), none, "A").values == (False,)
    form = FilledForm(instrument="escc", about="A", answers={"epidural": True})
    assert EPIDURAL(case(Level.T8, form), Findings(), "A").values == (True,)


@pytest.mark.parametrize(
    ("level", "lumbar", "region"),
    [
        (Level.C5, False, "C1 to C7"),
        (Level.T10, False, "T10"),
        (Level.T11, False, "T11 to L5"),
        (Level.L5, True, "T11 to L5"),
        (Level.S1, False, "sacrum"),
        (Level.T13, None, None),
        (Level.L6, None, None),
    ],
)
def test_the_level_answers_unless_it_stands_for_none(level: Level, lumbar: bool | None, region: str | None) -> None:
    of_fracture = read_items(INSTRUMENTS["vcf_kowalchuk_2022"], case(level), Findings(), "A")
    assert ("lumbar" in of_fracture) == (lumbar is not None)
    assert lumbar is None or of_fracture["lumbar"].values == (lumbar,)
    of_collapse = read_items(INSTRUMENTS["taneichi"], case(level), Findings(), "A")
    assert ([one.value for one in of_collapse["region"].values] if "region" in of_collapse else [None]) == [region]


@pytest.mark.parametrize(
    ("kind", "tumour", "cancer"),
    [
        (LesionKind.METASTASIS, "metastatic", True),
        (LesionKind.HAEMATOLOGICAL, None, True),
        (LesionKind.PRIMARY, None, None),
        (None, None, None),
    ],
)
def test_the_kind_of_lesion_counts_as_an_illness(
    kind: LesionKind | None, tumour: str | None, cancer: bool | None
) -> None:
    record = case(kind=kind)
    charlson = read_items(INSTRUMENTS["cci"], record, recorded(record), "patient")
    assert ([one.value for one in charlson["tumour"].values] if "tumour" in charlson else [None]) == [tumour]
    caprini = read_items(INSTRUMENTS["caprini"], record, recorded(record), "patient")
    assert (caprini["cancer"].values if "cancer" in caprini else (None,)) == (cancer,)


def test_the_deficits_of_a_record_are_those_of_a_form() -> None:
    stated = known(
        entered(f.HYPERTENSION, "patient", True),
        entered(f.RECENT_HEART_FAILURE, "patient", False),
        entered(f.DEPENDENT, "patient", True),
    )
    one = INSTRUMENTS["mfi5"]
    written = one.read({"hypertension": "present", "heart_failure": "absent", "dependent": "present"})
    score = score_of(one, case(), stated, "patient")
    assert (score.totals, score.categories) == ((form := judged(one, written)).totals, form.categories)


def test_the_body_before_radiotherapy_is_the_collapse_of_sins() -> None:
    one = INSTRUMENTS["vcf_after_sbrt"]
    read = read_items(one, case(), known(measured(f.COLLAPSE, "T8", 49.0, 46.0, 52.0)), "A")
    assert [each.value for each in read["baseline"].values] == [
        "fracture of less than 50 %",
        "fracture of 50 % or more",
    ]
    assert read["baseline"].borderline
