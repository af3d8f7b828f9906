"""The whole line: a case folder goes in, one result comes out, the same every time."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.confirmation import Confirmation, Confirmed
from enbloc.case.filled import FilledForm, Written
from enbloc.case.finding import Entry
from enbloc.case.image import Images
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.override import Override
from enbloc.exchange.document import from_json, json_schema, to_json
from enbloc.exchange.folder import read_case, write_case, write_case_folder
from enbloc.exchange.images import read_images
from enbloc.follow.result import Workup
from enbloc.follow.staging import Staging
from enbloc.phantom import PATIENTS, Recipe, Tumour, build, in_body
from enbloc.stage.comparison import side_by_side
from enbloc.stage.every import score_of
from enbloc.stage.instrument import judged
from enbloc.stage.population import SPREAD
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Score
from enbloc.workup import STEPS, publish, stage_case, work_up
from tests.published.rows import rows


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small phantom on disk."""
    phantom = build(Recipe(tumours=(Tumour(solids=(in_body(Level.T8),)),), with_mr=True))
    folder = tmp_path_factory.mktemp("phantom") / "case"
    write_case_folder(folder, phantom.case, phantom.images)
    return folder


def worked_up(folder: Path) -> Workup:
    case = read_case(folder)
    return work_up(case, read_images(folder, case))


def test_the_steps_are_told_in_order(case_folder: Path) -> None:
    told: list[str] = []
    case = read_case(case_folder)
    work_up(case, read_images(case_folder, case), said=told.append)
    assert tuple(told) == STEPS


def test_a_result_fits_its_schema_and_reads_back(case_folder: Path) -> None:
    result = worked_up(case_folder)
    text = to_json(result)
    jsonschema.validate(json.loads(text), json_schema(Workup))
    assert from_json(Workup, text) == result
    document = json.loads(text)
    assert set(document) >= {"schema", "provenance", "case", "findings", "scores", "decision", "plans", "unused"}


def test_two_runs_give_the_same_bytes_pdf_included(case_folder: Path, tmp_path: Path) -> None:
    case = read_case(case_folder)
    for name in ("one", "two"):
        images = read_images(case_folder, case)
        publish(work_up(case, images), images, tmp_path / name)
    first = {p.relative_to(tmp_path / "one"): p.read_bytes() for p in (tmp_path / "one").rglob("*") if p.is_file()}
    second = {p.relative_to(tmp_path / "two"): p.read_bytes() for p in (tmp_path / "two").rglob("*") if p.is_file()}
    assert {"workup.json", "report.html", "report.pdf"} <= {str(name) for name in first}
    assert first == second


def test_the_result_knows_its_inputs_by_hash(case_folder: Path) -> None:
    inputs = worked_up(case_folder).provenance.inputs
    assert {one.file for one in inputs} == {
        "images/ct.nii.gz",
        "images/mr-t2.nii.gz",
        "labels/anatomy.nii.gz",
        "labels/tumour.nii.gz",
    }
    assert all(len(one.sha256) == 64 for one in inputs)


def test_nothing_is_ready_before_a_named_person_confirmed_labels_and_level(case_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(case_folder, folder)
    case = read_case(folder)
    before = worked_up(folder)
    operations = [plan for plan in before.plans if plan.act.is_surgery]
    assert len(operations) > 5
    assert all("nobody has confirmed the labels" in plan.not_ready for plan in before.plans)
    assert all("STOP-05" in {stop.rule for stop in plan.stops} for plan in operations)
    hashed = read_images(folder, case).labels_sha256
    both = tuple(
        Confirmation(of=of, by="R. Example", on=date(2026, 11, 19), sha256=hashed)
        for of in (Confirmed.LABELS, Confirmed.LEVEL)
    )
    write_case(folder, replace(case, confirmations=both))
    after = worked_up(folder)
    assert not [plan.id for plan in after.plans if "nobody has confirmed the labels" in plan.not_ready]
    assert not [plan.id for plan in after.plans if "STOP-05" in {stop.rule for stop in plan.stops}]


def test_a_confirmation_is_void_when_the_labels_change(case_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(case_folder, folder)
    case = read_case(folder)
    hashed = read_images(folder, case).labels_sha256
    confirmed = Confirmation(of=Confirmed.LABELS, by="R. Example", on=date(2026, 11, 19), sha256=hashed)
    write_case(folder, replace(case, confirmations=(confirmed,)))
    other = build(Recipe(tumours=(Tumour(solids=(in_body(Level.T8, centre_mm=(2.0, 0.0, 0.0)),)),), with_mr=True))
    again = tmp_path / "again"
    write_case_folder(again, other.case, other.images)
    shutil.copy(again / "labels" / "tumour.nii.gz", folder / "labels" / "tumour.nii.gz")
    assert "nobody has confirmed the labels" in worked_up(folder).plans[0].not_ready


@pytest.mark.parametrize("name", PATIENTS)
def test_the_demo_patients_show_unknowns_and_say_that_they_are_phantoms(name: str, tmp_path: Path) -> None:
    made = PATIENTS[name]()
    result = work_up(made.case, made.images)
    assert result.case.origin.value == "phantom"
    assert len(result.decision.missing) >= 2
    assert result.case.story
    assert not any(plan.is_ready for plan in result.plans)
    sins = next(score for score in result.scores if score.instrument == "sins")
    assert sins.missing


def test_a_failed_run_leaves_an_earlier_result_alone(case_folder: Path, tmp_path: Path) -> None:
    case = read_case(case_folder)
    images = read_images(case_folder, case)
    out = tmp_path / "result"
    publish(work_up(case, images), images, out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}

    def broken(step: str) -> None:
        if step == "setting the report":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(work_up(case, images), images, out, said=broken)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["result"]


def of_the_record(*forms: FilledForm, kind: LesionKind = LesionKind.METASTASIS, **stated: Any) -> Case:
    """A case without images: one lesion, what people entered of the patient, and forms."""
    findings = tuple(Entry(fact=id.replace("__", "."), about="patient", value=given) for id, given in stated.items())
    return Case(id="x", lesions=(Lesion(id="A", levels=(Level.T8,), kind=kind),), findings=findings, forms=forms)


NO_IMAGES = Images(volumes={}, labels={})


def test_a_result_carries_what_is_narrowed_and_survival_side_by_side() -> None:
    case = of_the_record(patient__karnofsky=80)
    result = work_up(case, NO_IMAGES)
    by_id = {score.instrument: score for score in result.scores}
    assert list(by_id)[:2] == ["sins", "escc"]
    assert {"tokuhashi_2005", "karnofsky"} <= set(by_id)
    assert by_id["tokuhashi_2005"] == score_of(INSTRUMENTS["tokuhashi_2005"], case, result.findings, "A")
    assert "odi" not in by_id
    (beside,) = result.survival
    assert beside == side_by_side(case, result.findings, "A")
    assert from_json(Workup, to_json(result)) == result


def test_no_score_beside_those_it_decides_by_changes_a_decision() -> None:
    plain = work_up(of_the_record(), NO_IMAGES)
    more = work_up(of_the_record(tokuhashi(), nrs()), NO_IMAGES)
    assert len(more.scores) > len(plain.scores)
    assert more.decision == plain.decision
    assert more.plans == plain.plans


def tokuhashi() -> FilledForm:
    answers: dict[str, Written] = {
        "karnofsky": 80,
        "extraspinal_bone": 0,
        "vertebrae": 1,
        "organs": "none",
        "frankel": "E",
    }
    return FilledForm(instrument="tokuhashi_2005", about="A", answers=answers)


def nrs() -> FilledForm:
    return FilledForm(instrument="nrs", about="patient", answers={"pain": 7})


def test_a_form_of_a_score_that_is_decided_by_changes_the_decision() -> None:
    answers = {
        "location": "junctional",
        "pain": "mechanical",
        "bone": "lytic",
        "alignment": "subluxation",
        "collapse": "over half",
        "posterolateral": "bilateral",
    }
    unstable = work_up(of_the_record(FilledForm(instrument="sins", about="A", answers=answers)), NO_IMAGES)
    assert next(one for one in unstable.scores if one.instrument == "sins").totals == (18,)
    assert unstable.decision != work_up(of_the_record(), NO_IMAGES).decision


def test_a_form_of_a_class_goes_before_what_was_measured(case_folder: Path) -> None:
    case = read_case(case_folder)
    images = read_images(case_folder, case)
    (row,) = [one for one in rows("genant") if one.form][:1]
    form = FilledForm(instrument="genant", about="A", answers=row.form)
    result = work_up(replace(case, forms=(form,)), images)
    (score,) = [one for one in result.scores if one.instrument == "genant"]
    assert score.categories == judged(INSTRUMENTS["genant"], INSTRUMENTS["genant"].read(row.form)).categories


def test_what_is_refused_and_a_form_of_no_instrument_are_listed() -> None:
    strange = FilledForm(instrument="tokuhashi", about="A", answers={"karnofsky": 80})
    result = work_up(of_the_record(strange, kind=LesionKind.PRIMARY), NO_IMAGES)
    assert {one.instrument for one in result.refused} >= {
        one.id for one in INSTRUMENTS.values() if one.tumours == SPREAD
    }
    assert ("form of tokuhashi about A", "no such instrument") in {(one.what, one.why) for one in result.unused}
    staged = stage_case(result.case, NO_IMAGES)
    assert {one.instrument for one in staged.refused} == {one.instrument for one in result.refused}


def test_an_override_that_meets_nothing_is_listed() -> None:
    why = "the cord cannot wait: paraparesis since noon"
    one = Override(stop="STOP-16", about="A", by="R. Example", on=date(2026, 11, 20), because=why)
    case = replace(of_the_record(), overrides=(one, replace(one, act="excision"), replace(one, stop="STOP-77")))
    listed = [(unused.what, unused.why) for unused in work_up(case, NO_IMAGES).unused]
    assert listed == [
        ("override of STOP-16 about A", "There is no such act."),
        ("override of STOP-77 about A", "The pathway has no STOP-77."),
    ]


def test_the_findings_of_a_case_are_those_of_its_work_up(case_folder: Path) -> None:
    case = read_case(case_folder)
    images = read_images(case_folder, case)
    result = work_up(case, images)
    assert stage_case(case, images).provenance.inputs == result.provenance.inputs
    staged = {(one.instrument, one.about, one.at): one for one in decided(stage_case(case, images))}
    for score in result.scores:
        key = (score.instrument, score.about, score.at)
        assert key not in staged or staged[key] == score


def decided(found: Staging) -> tuple[Score, ...]:
    return (*found.decided, *(one.score for one in found.open))
