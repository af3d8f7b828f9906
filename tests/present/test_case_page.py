"""The case page links every number to what it was read from, and says the words of the report."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import chain
from xml.etree import ElementTree

import pytest

from enbloc.case.case import Case
from enbloc.case.fact import ENTERABLE, FACTS
from enbloc.case.image import Images
from enbloc.exchange.document import from_json, to_json
from enbloc.exchange.invented import invented, invented_case
from enbloc.follow.result import Workup
from enbloc.present.case_page import CasePage, case_page
from enbloc.present.composition import report
from enbloc.present.evidence import evidence
from enbloc.present.html import report_html
from enbloc.present.picture_files import Named, named
from enbloc.present.pictures import Pictures
from enbloc.present.words import THIN
from enbloc.workup import work_up
from tests.present import patients
from tests.present.patients import FINGERPRINT

EMPTY = Images(volumes={}, labels={})


@cache
def _workup() -> Workup:
    """The invented patient, with numbers that have a plane to look at."""
    return patients.workup(findings=patients.read_off() | patients.workup().findings)


@cache
def _drawn() -> tuple[Named, ...]:
    made = _workup()
    return named(patients.drawn(), evidence(made.case, made.findings, patients.images()))


@cache
def _page() -> CasePage:
    return case_page(_workup(), patients.images(), _drawn(), FINGERPRINT)


@cache
def _of_record(name: str) -> CasePage:
    return case_page(work_up(invented_case(name), EMPTY), EMPTY, (), FINGERPRINT)


def _pages() -> list[CasePage]:
    return [_page(), *(_of_record(name) for name in ("compression", "renal-irradiated", "ependymoma"))]


# --- the way from a score to its picture ------------------------------------------------------------------------------
def test_every_mark_gauge_and_row_leads_to_a_number() -> None:
    for page in _pages():
        keys = {one.key for one in page.numbers}
        cards = (*page.report.scores, *page.report.classes, *page.other_scores)
        marks = [mark for card in cards for mark in card.marks]
        rows = [row.place for subject in page.report.findings for row in subject.rows]
        measured = [row.place for group in page.report.measures.groups for row in group.rows]
        behind = chain.from_iterable((*mark.facts, *(one.place for one in mark.gauges)) for mark in marks)

        assert {*behind, *rows, *measured} <= keys
        assert len(keys) == len(page.numbers)


def test_an_item_that_was_read_from_a_number_names_it() -> None:
    (card,) = [one for one in _of_record("compression").report.scores if one.instrument == "sins"]
    pain = next(mark for mark in card.marks if mark.name == "pain")

    assert (pain.facts, pain.enter) == (("sins.pain-A",), "sins.pain")
    read = next(one for one in _of_record("compression").numbers if one.key == "sins.pain-A")
    assert any(step.startswith("read by SINS of lesion A") and step.endswith("pain") for step in read.steps)


def test_every_score_of_the_work_up_stands_on_the_page_with_its_evidence() -> None:
    made, page = work_up(invented_case("compression"), EMPTY), _of_record("compression")
    cards = [(one.instrument, one.about) for one in (*page.report.scores, *page.report.classes, *page.other_scores)]

    assert sorted(cards) == sorted((one.instrument, one.about) for one in made.scores)
    karnofsky = [mark for card in page.other_scores for mark in card.marks if "patient.karnofsky-patient" in mark.facts]
    assert karnofsky
    assert {mark.state for mark in karnofsky} == {"entered"}


def test_what_nobody_measured_is_not_called_measured() -> None:
    page = _of_record("compression")
    marks = [mark for card in (*page.report.scores, *page.report.classes, *page.other_scores) for mark in card.marks]

    assert "measured" not in {mark.state for mark in marks}


def test_another_lesion_has_no_part_in_how_an_item_is_known() -> None:
    made = _workup()
    entry = next(one for one in made.findings.found if one.fact == "lesion.lytic_share")
    other = replace(made.findings, found=(*made.findings.found, replace(entry, about="B")))
    card = next(one for one in report(replace(made, findings=other), without=(), fingerprint="").scores)

    assert not [key for mark in card.marks for key in mark.facts if key.endswith("-B")]


def test_every_picture_that_is_named_exists_and_shows_its_numbers() -> None:
    page, names = _page(), [one.ref.name for one in _drawn()]
    shown = {one.name: one for one in page.pictures}

    assert list(shown) == names
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", name) for name in names)
    seen = [one for one in page.numbers if one.picture]
    assert {one.picture for one in seen} == {one.name for one in page.pictures if one.kind == "evidence"}
    assert all(one.key in shown[one.picture].facts for one in seen)
    assert {key for one in page.pictures for key in one.facts} <= {one.key for one in page.numbers}


def test_a_picture_says_what_it_is_without_being_seen() -> None:
    for one in _drawn():
        root = ElementTree.fromstring(one.svg)
        title = root.find("{http://www.w3.org/2000/svg}title")

        assert title is not None
        assert title.text == one.ref.alt
        assert root.get("viewBox") == f"0 0 {one.ref.width:g} {one.ref.height:g}"
        assert one.ref.title
        assert one.ref.caption
        assert not [tag for tag in root.iter() if tag.tag.endswith(("script", "foreignObject"))]
        assert "PAINTED" in one.ref.alt.upper()


def test_a_measurement_is_shown_with_sides_plane_date_window_slices_and_scale() -> None:
    (heights,) = [one for one in _drawn() if one.ref.name == "T8-heights"]
    words = [one.text for one in ElementTree.fromstring(heights.svg).iter() if one.tag.endswith("text")]

    assert heights.ref.caption.startswith("Sagittal · CT 2026-11-18 · L 400 W 1800 HU · slices")
    assert "front at the left" in heights.ref.caption
    assert {"body.height_anterior-T8", "body.height_posterior-T8"} <= set(heights.ref.facts)
    assert {"A", "P", "H", "F"} <= set(words) or {"A", "P", "S", "I"} <= set(words)
    assert [one for one in words if one and re.fullmatch(r"\d+\smm", one)], "a scale bar"
    assert "data:image/png;base64," in heights.svg


def test_each_kind_of_picture_is_told_apart() -> None:
    kinds = {one.ref.name: one.ref.kind for one in _drawn()}

    assert kinds["A-axial-ct"] == "slice"
    assert {kind for name, kind in kinds.items() if name.startswith("A-solid")} == {"solid"}
    assert kinds["T8-heights"] == "evidence"


def test_names_that_differ_by_their_signs_alone_are_told_apart() -> None:
    picture = patients.drawn().of["A"][0]
    twice = Pictures(of={"A": (picture, replace(picture, key="A axial β"), replace(picture, key="A axial γ"))})

    assert [one.ref.name for one in named(twice, ())] == ["A-axial-ct", "A-axial", "A-axial-2"]


# --- numbers ----------------------------------------------------------------------------------------------------------
def test_an_overruled_number_shows_both_values_and_why() -> None:
    number = next(one for one in _page().numbers if one.key == "body.collapse-T8")

    assert (number.kind, number.value, number.can_be_overruled) == ("overruled", 45.0, True)
    assert number.shown == f"45{THIN}%"
    assert number.overruled.startswith(f"31{THIN}% (25–37{THIN}%), measured, ct")
    assert number.because == "the endplate was misread"
    assert number.picture == "T8-heights", "what was read stays to be looked at"
    assert "R. Example" in number.source
    assert any(f"31{THIN}%" in step for step in number.steps)


def test_every_measured_number_can_be_overruled_unless_it_is_a_table_or_a_place() -> None:
    for page in _pages():
        for one in page.numbers:
            assert one.can_be_overruled == (one.fact in ENTERABLE and one.kind in ("measured", "overruled"))
            assert (one.value is None) == (one.fact not in ENTERABLE)


def test_a_number_carries_the_unit_of_its_fact_and_its_interval_as_numbers() -> None:
    volume = next(one for one in _page().numbers if one.key == "lesion.volume-A")

    assert (volume.unit, volume.low, volume.high) == ("cc", 13.9, 15.4)
    assert volume.words == FACTS["lesion.volume"].words
    assert any(volume.interval in step for step in volume.steps)


# --- the words --------------------------------------------------------------------------------------------------------
def test_the_words_are_those_of_the_report() -> None:
    said = report(_workup(), without=(), fingerprint=FINGERPRINT)
    brief = replace(said, settings=(), counsel=replace(said.counsel, choices=()))

    assert _page().report == brief
    assert [one.choice for one in _page().report.options] == list(said.counsel.choices)


def test_the_board_reads_the_same_on_the_page_and_in_the_report() -> None:
    made = work_up(invented_case("compression"), EMPTY)
    printed = report_html(made, EMPTY, fingerprint=FINGERPRINT)
    page = _of_record("compression")

    for words in (page.report.identity, *(one.rule.do for one in page.report.counsel.held)):
        assert words in printed


def test_it_reads_back_the_same() -> None:
    for page in _pages():
        assert from_json(CasePage, to_json(page)) == page


@pytest.mark.parametrize("name", invented())
def test_what_is_asked_can_be_answered(name: str) -> None:
    page = _of_record(name)
    known = {(one.fact, one.about) for one in page.numbers}
    asked = {(one.fact, one.about) for one in page.blanks}

    assert not asked & known
    assert all(fact in ENTERABLE for fact, _ in asked)
    assert {about for _, about in asked} <= {"patient", *(one.id for one in page.lesions)}
    questions = {*page.report.counsel.missing, *(row.ask for row in page.report.counsel.changes)}
    assert len({one.ask for one in page.blanks} & questions) > 0.8 * len(questions)


def test_a_question_for_a_label_offers_no_field() -> None:
    page = _of_record("compression")

    assert "tumour, vertebra and canal labels" in page.report.counsel.missing
    assert "tumour, vertebra and canal labels" not in {one.ask for one in page.blanks}
    assert len({(one.ask, one.about) for one in page.blanks}) == len(page.blanks)


def test_what_confirmations_hold_for_is_named() -> None:
    held = patients.images()
    hashed = replace(held, labels={role: replace(one, sha256="ab" * 32) for role, one in held.labels.items()})
    page = case_page(_workup(), hashed, (), FINGERPRINT)

    assert page.labels_sha256 == page.level_sha256 == hashed.labels_sha256 != ""
    assert _of_record("compression").labels_sha256 == ""
    assert [one.is_labelled for one in _page().lesions] == [True]
    assert [one.is_labelled for one in _of_record("compression").lesions] == [False]


def test_a_case_without_anything_has_a_page() -> None:
    page = case_page(work_up(Case(id="empty"), EMPTY), EMPTY, (), FINGERPRINT)

    assert (page.numbers, page.pictures, page.lesions, page.timeline.events) == ((), (), (), ())


def test_hostile_words_stay_words() -> None:
    evil = '</script><script>alert(1)</script>\u202e"&\x00'
    made = replace(invented_case("compression"), story=evil)
    page = case_page(work_up(made, EMPTY), EMPTY, (), FINGERPRINT)

    assert page.report.story == evil
    assert from_json(CasePage, to_json(page)).report.story == evil
