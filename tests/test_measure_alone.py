"""Measuring without scoring: a spine alone is measured, every number can be looked at, nothing is half-written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from PIL import Image

from enbloc.case.anatomy import Level
from enbloc.case.fact import COLLAPSE, FACTS, VOLUME
from enbloc.case.finding import Findings
from enbloc.case.finding import measured as finding
from enbloc.case.image import Images
from enbloc.case.lesion import Lesion
from enbloc.cli import app
from enbloc.errors import OutputError, RecordError
from enbloc.exchange.document import from_json, json_schema, to_json
from enbloc.exchange.folder import write_case_folder
from enbloc.follow.measuring import MeasureResult
from enbloc.phantom import Recipe, Tumour, build, in_body
from enbloc.present.listing import WIDE, listing
from enbloc.workup import measure_alone, publish_measures

LEVELS = (Level.T7, Level.T8, Level.T9)


@pytest.fixture(scope="module")
def measured() -> tuple[MeasureResult, Images]:
    """A phantom of three levels with a tumour of T8, measured."""
    made = build(Recipe(levels=LEVELS, tumours=(Tumour(solids=(in_body(Level.T8),)),), spacing_mm=(2.0, 1.5, 1.5)))
    return measure_alone(made.case, made.images), made.images


def _about_the_lesion(result: MeasureResult) -> MeasureResult:
    """Only what was measured of the lesion and of the body of its level: a few pictures show as much as many."""
    of_level = ("body.height", "vertebra.translation")
    kept = tuple(
        one
        for one in result.findings.found
        if one.about == "A" or (one.about == "T8" and one.fact.startswith(of_level))
    )
    return replace(result, findings=replace(result.findings, found=kept))


@pytest.fixture(scope="module")
def published(measured: tuple[MeasureResult, Images], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("measured") / "out"
    result, images = measured
    publish_measures(_about_the_lesion(result), images, out)
    return out


def test_a_spine_without_a_tumour_is_measured() -> None:
    made = build(Recipe(levels=LEVELS[:2], spacing_mm=(3.0, 3.0, 3.0)))

    result = measure_alone(replace(made.case, lesions=()), made.images)

    assert {"T7", "T8"} <= {one.about for one in result.findings.found}
    assert listing(result)[1].endswith("of 2 levels and 0 lesions")


def test_a_lesion_that_is_not_labelled_is_said_and_the_spine_is_measured() -> None:
    made = build(Recipe(levels=LEVELS[:2], spacing_mm=(3.0, 3.0, 3.0)))

    result = measure_alone(replace(made.case, lesions=(Lesion(id="A"),)), made.images)

    assert result.findings.why_missing(VOLUME, "A") == "no label for tumour A"
    assert any("no label for tumour A" in line for line in listing(result))


def test_without_a_label_map_there_is_one_line(measured: tuple[MeasureResult, Images]) -> None:
    result, images = measured
    with pytest.raises(RecordError, match="no label map"):
        measure_alone(result.case, replace(images, labels={}))


def test_the_result_comes_back_and_fits_its_schema(published: Path) -> None:
    text = (published / "measure.json").read_text(encoding="utf-8")
    back = from_json(MeasureResult, text)

    jsonschema.validate(json.loads(text), json_schema(MeasureResult))
    assert to_json(back) == text
    assert back.figures
    assert not back.provenance.rules


def test_every_figure_is_there_and_shows_what_it_names(published: Path, measured: tuple[MeasureResult, Images]) -> None:
    back = from_json(MeasureResult, (published / "measure.json").read_text(encoding="utf-8"))
    shown = {(figure.about, fact) for figure in back.figures for fact in figure.facts}

    assert sorted(path.name for path in (published / "figures").iterdir()) == sorted(
        Path(figure.file).name for figure in back.figures
    )
    for figure in back.figures:
        with Image.open(published / figure.file) as drawn:
            assert drawn.width == 640
            assert np.asarray(drawn.convert("L")).std() > 10
    found = _about_the_lesion(measured[0]).findings.found
    with_plane = {(one.about, one.fact) for one in found if one.source.shows is not None}
    assert shown == with_plane, "what says where to look can be looked at"


def test_two_runs_give_the_same_bytes(published: Path, measured: tuple[MeasureResult, Images], tmp_path: Path) -> None:
    result, images = measured
    publish_measures(_about_the_lesion(result), images, tmp_path / "again")
    first = {path.relative_to(published): path.read_bytes() for path in published.rglob("*") if path.is_file()}
    again = tmp_path / "again"

    assert {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()} == first


def test_a_folder_of_somebody_else_is_left_alone(measured: tuple[MeasureResult, Images], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    result, images = measured
    with pytest.raises(OutputError):
        publish_measures(replace(result, findings=Findings()), images, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_the_list_is_in_lines_that_a_terminal_holds(measured: tuple[MeasureResult, Images]) -> None:
    lines = listing(measured[0])

    assert lines[0].startswith("Case ")
    assert "lesion" in lines[1]
    assert "LESION A" in lines
    assert "THE COLUMN, LEVEL BY LEVEL" in lines
    assert all(len(line) <= WIDE + 40 for line in lines)
    assert any("● T8" in line for line in lines)
    words = {FACTS[one.fact].words for one in measured[0].findings.found if one.about == "T8"}
    assert sum(any(word in line for line in lines) for word in words) > 6


def test_a_borderline_number_is_marked(measured: tuple[MeasureResult, Images]) -> None:
    result, _ = measured
    near = finding(COLLAPSE, "T8", 48.0, low=44.0, high=53.0)
    lines = listing(replace(result, findings=result.findings | Findings(found=(near,))))

    assert any("borderline: the interval holds a cut-off" in line for line in lines)
    assert any("◆ on both sides of 50 %" in line for line in lines)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case folder of a spine without a tumour."""
    made = build(Recipe(levels=LEVELS[:1], spacing_mm=(3.0, 3.0, 3.0)))
    folder = tmp_path_factory.mktemp("alone") / "case"
    write_case_folder(folder, replace(made.case, lesions=()), made.images)
    return folder


def _said(*words: str, heard: pytest.CaptureFixture[str]) -> str:
    app(args=[*words], standalone_mode=False)
    return heard.readouterr().out


def test_the_command_prints_a_list_for_people(on_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = _said("measure", str(on_disk), heard=capsys).splitlines()

    assert lines[0].startswith("Case ")
    assert any(line.split()[:1] == ["T7"] for line in lines)


def test_the_command_prints_one_document_for_programs_and_the_same_as_it_writes(
    on_disk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    text = _said("measure", str(on_disk), "--json", "--out", str(out), heard=capsys)

    assert from_json(MeasureResult, text).findings.found
    assert text == (out / "measure.json").read_text(encoding="utf-8")


def test_every_number_says_how_it_was_read_and_where_it_can_be_looked_at(
    measured: tuple[MeasureResult, Images],
) -> None:
    found = measured[0].findings.found

    assert len(found) > 60
    for what in ("method", "at_mm", "shows", "marks"):
        assert {one.fact for one in found if not getattr(one.source, what)} == set(), what
