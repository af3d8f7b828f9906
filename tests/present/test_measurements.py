"""The measurements of the report: all numbers once, each with its way, its doubt and its drawing, on page and paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pypdfium2

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer, Level, Part, Side, sector
from enbloc.case.confirmation import Confirmation, Confirmed
from enbloc.case.fact import Fact
from enbloc.case.fact.of_level import LabelTrust
from enbloc.case.finding import Finding, Findings, Missing, measured
from enbloc.case.geometry import Point
from enbloc.case.table import CanalPlane, Cell, Clearance, PartShare
from enbloc.follow.result import Workup
from enbloc.present.charts import canal_chart, chart_alt, clock, clock_alt
from enbloc.present.content import Measures
from enbloc.present.drawing import Picture
from enbloc.present.evidence import evidence
from enbloc.present.html import report_html
from enbloc.present.measures import doubts, measures
from enbloc.present.pdf import report_pdf
from enbloc.present.pictures import Pictures, pictures
from enbloc.present.tables import tables
from enbloc.present.words import THIN
from tests.present import patients
from tests.present.patients import FINGERPRINT

SVG = "{http://www.w3.org/2000/svg}"


def _cell(number: int, layer: Layer, cc: float, low: float) -> Cell:
    where: dict[str, Any] = {"level": Level.T8, "part": Part.BODY, "side": None, "bone_cc": 3.0}
    return Cell(sector=sector(number), layer=layer, cc=cc, low_cc=low, high_cc=cc + 0.2, **where)


def _plane(along: float, tumour: float, sac: float) -> CanalPlane:
    return CanalPlane(at_mm=(0.0, 9.0, along), along_mm=along, tumour_mm2=tumour, sac_mm2=sac, sac_area_ratio=sac / 200)


def _share(part: Part, side: Side | None, percent: float) -> PartShare:
    span = {"low": max(percent - 5, 0.0), "high": percent * 1.2}
    return PartShare(level=Level.T8, part=part, side=side, percent=percent, cc=percent / 20, bone_cc=5.0, **span)


def _near(structure: str, mm: float) -> Clearance:
    return Clearance(structure=structure, mm=mm, low_mm=mm - 0.5, high_mm=mm + 0.5, at_mm=(0.0, 0.0, 0.0))


def _tables() -> Findings:
    rows: tuple[tuple[Fact[Any], tuple[object, ...]], ...] = (
        (
            vocabulary.TABLE,
            (
                _cell(4, Layer.B, 1.4, 1.0),
                _cell(4, Layer.B, 0.3, 0.1),
                _cell(9, Layer.D, 0.06, 0.0),
                _cell(7, Layer.C, 0.0, 0.0),
            ),
        ),
        (vocabulary.CANAL_PROFILE, (_plane(-12.0, 0.0, 200.0), _plane(0.0, 88.0, 120.0), _plane(12.0, 2.0, 190.0))),
        (
            vocabulary.PART_SHARES,
            (
                _share(Part.BODY, None, 47.0),
                _share(Part.PEDICLE, Side.LEFT, 96.0),
                _share(Part.LAMINA, Side.RIGHT, 0.0),
            ),
        ),
        (vocabulary.CLEARANCES, (_near("aorta", 4.26), _near("nerve root T8 left", 0.6))),
    )
    worst = measured(vocabulary.EPIDURAL_AT, "A", Point(xyz_mm=(0.0, 9.0, 1.0)))
    return Findings(found=(*(measured(named, "A", held) for named, held in rows), worst))


@cache
def _workup() -> Workup:
    base = patients.workup()
    doubt = Finding(
        fact=vocabulary.LABEL_TRUST.id,
        about="T8",
        value=LabelTrust.DOUBTFUL,
        source=patients.read_off().found[0].source,
        notes=("its label holds two vertebrae",),
    )
    gaps = tuple(
        Missing(fact=fact, about="T9", why="cut by the lower edge") for fact in ("body.collapse", "vertebra.slip")
    )
    more = Findings(found=(doubt,), missing=gaps)
    return replace(base, findings=base.findings | patients.read_off() | _tables() | more)


@cache
def _told() -> Measures:
    return measures(_workup().case, _workup().findings)


def _texts(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_every_measured_number_of_lesion_and_level_stands_once_under_its_topic() -> None:
    rows = [row.place for group in _told().groups for row in group.rows]

    assert len(rows) == len(set(rows))
    assert {"body.height_anterior-T8", "epidural.cord_distance-A", "lesion.volume-A"} <= set(rows)
    assert {(group.about, group.topic) for group in _told().groups} >= {
        ("T8", "heights of the body"),
        ("lesion A", "canal, sac and cord beside the tumour"),
    }
    assert not any("alignment-A" in row for row in rows), "what a person entered is no measurement"


def test_a_number_says_how_it_was_read_and_where_and_which_cut_off_is_in_doubt() -> None:
    rows = {row.place: row for group in _told().groups for row in group.rows}

    heights = next(group for group in _told().groups if group.topic == "heights of the body")
    assert heights.methods == ("between the endplates along the axis of the body",)
    assert rows["body.height_anterior-T8"].method == "as above"
    assert rows["body.height_anterior-T8"].borderline == ""
    assert rows["epidural.csf_share-A"].borderline == f"on both sides of 10{THIN}%"
    assert rows["lesion.volume-A"].at == "12.0 left, 14.0 anterior, 0.0 cranial"


def test_a_doubtful_level_is_said_in_counts_groups_and_the_table_of_levels() -> None:
    assert any("level not verified: T8" in count for count in _told().counts)
    assert {group.doubt for group in _told().groups if group.about == "T8"} == {"its label holds two vertebrae"}
    (row,) = (row for row in _told().column if row.level == "T8")
    assert row.is_affected
    assert row.doubt == "its label holds two vertebrae"
    assert "21.0" in row.cells


def test_a_doubtful_count_puts_every_level_in_doubt_until_a_person_has_confirmed_the_names() -> None:
    count = measured(vocabulary.NUMBERING_DOUBTFUL, "patient", True, notes=("counted from no anchor",))
    found = _workup().findings | Findings(found=(count,))

    assert doubts(found) == {"T8": "its label holds two vertebrae; counted from no anchor"}
    assert doubts(found, is_named=True) == {"T8": "its label holds two vertebrae"}
    assert doubts(patients.workup().findings | Findings(found=(count,))) == {"T8": "counted from no anchor"}
    told = measures(_workup().case, found)
    assert "level not verified, any of them: counted from no anchor" in told.counts
    assert not any("any of them" in count for count in measures(_workup().case, found, is_named=True).counts)


def test_a_confirmation_of_the_names_clears_the_pictures_and_only_with_these_labels() -> None:
    images = patients.images(mm=3.0)
    hashed = replace(images, labels={role: replace(one, sha256=role) for role, one in images.labels.items()})
    count = measured(vocabulary.NUMBERING_DOUBTFUL, "patient", True, notes=("counted from no anchor",))
    found = patients.read_off() | Findings(found=(count,))
    for sha256, is_said in ((hashed.labels_sha256, False), ("of other labels", True)):
        said = Confirmation(of=Confirmed.LEVEL, by="R. Example", on=date(2026, 11, 19), sha256=sha256)
        for one in evidence(patients.case(confirmations=(said,)), found, hashed):
            assert ("level not verified" in _texts(one.picture.svg)) is is_said


def test_what_could_not_be_measured_is_gathered_by_its_reason() -> None:
    first = _told().missing[0]

    assert first.why == "cut by the lower edge"
    assert first.what.startswith("T9: loss of body height against the neighbours, translation in per cent")
    assert len(first.ask) == 2


def test_the_clock_holds_each_sector_and_layer_with_its_side() -> None:
    (dial,) = tables(_workup().findings, "A").dials
    said = clock_alt(dial)

    assert [(ring.sector, ring.layer, ring.cc, ring.is_open) for ring in dial.rings] == [
        (4, "B", 1.7, False),
        (7, "C", 0.0, True),
        (9, "D", 0.06, True),
    ]
    assert said.startswith(
        "Tumour by sector and layer at T8, patient's left on the viewer's right: sector 4 left layer B"
    )
    assert f"sector 9 right layer D 0.06{THIN}cc (half a voxel decides)" in said
    assert {"1.7", "0.1", "R", "L", "A", "P"} <= set(_texts(clock(dial)))
    assert "0.0" not in _texts(clock(dial)), "what is there is never written as none"


def test_left_sectors_are_drawn_at_the_right() -> None:
    places = {
        text.text: float(text.get("x", 0))
        for text in ElementTree.fromstring(clock(tables(_workup().findings, "A").dials[0])).iter(f"{SVG}text")
    }

    assert places["1.7"] > 130 > places["0.1"]
    assert places["4"] > 130 > places["9"]
    assert places["L"] > places["R"]


def test_the_canal_runs_from_the_head_and_its_worst_plane_is_marked() -> None:
    profile = tables(_workup().findings, "A").profile
    assert profile is not None
    drawn = ElementTree.fromstring(canal_chart(profile))
    places = {text.text: float(text.get("x", 0)) for text in drawn.iter(f"{SVG}text")}

    assert [step.along_mm for step in profile.steps] == [12.0, 0.0, -12.0]
    assert profile.worst_mm == 0.0
    assert profile.worst == f"worst: tumour 88{THIN}mm², sac 60{THIN}%"
    assert places["head"] < places["foot"]
    assert {"sac", "tumour", profile.worst} <= set(places)
    assert "cord" not in places, "what is not labelled has no line"
    assert chart_alt(profile).endswith(f"most tumour 88{THIN}mm²; {profile.worst}.")


def test_clearances_come_nearest_first_and_are_rounded_down() -> None:
    near = tables(_workup().findings, "A").clearances

    assert [(one.words, one.value) for one in near] == [
        ("nerve root T8 left", f"0.5{THIN}mm"),
        ("aorta", f"4.0{THIN}mm"),
    ]


def test_parts_without_tumour_are_named_in_a_sentence() -> None:
    told = tables(_workup().findings, "A")

    assert [one.words for one in told.parts] == ["T8 body", "T8 pedicle left"]
    assert told.spared == "T8 lamina right"


def test_without_a_table_nothing_is_drawn() -> None:
    told = tables(Findings(), "A")

    assert (told.dials, told.profile, told.parts, told.clearances) == ((), None, (), ())


@cache
def _drawn() -> Pictures:
    return pictures(_workup(), patients.images(mm=3.0))


def _evidence() -> tuple[Picture, ...]:
    return _drawn().evidence["A"]


def test_the_report_shows_where_the_numbers_were_read() -> None:
    assert [one.key for one in _evidence()] == ["lesion-A-canal", "T8-heights"]
    assert all("PAINTED DATA" in _texts(one.svg) for one in _evidence())
    heights = _texts(_evidence()[1].svg)
    assert "level not verified" in heights
    assert "posterior body height" not in heights, "the numbers stand in the table beside it"


SAID = (
    "Measurements",
    "Lesion A: where its numbers were read",
    "Sectors and layers, T8",
    "Along the canal",
    "Distance from the tumour, rounded down",
    "No tumour in T8 lamina right.",
    "heights of the body",
    "between the endplates along the axis of the body",
    "borderline on both sides of 10%",
    "level not verified its label holds two vertebrae",
    "The column, level by level",
    "cut by the lower edge: T9",
)


def _squeezed(words: str) -> str:
    return re.sub(r"\s|\u200b|\ufffe", "", words).lower()


def test_page_and_paper_say_it() -> None:
    page = report_html(_workup(), patients.images(mm=3.0), fingerprint=FINGERPRINT, drawn=_drawn())
    paper = report_pdf(_workup(), patients.images(mm=3.0), fingerprint=FINGERPRINT, drawn=_drawn())
    shown = _squeezed(re.sub(r"<[^>]*>", "", re.sub(r"<(style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)))
    with pypdfium2.PdfDocument(paper) as document:
        printed = _squeezed("".join(document[at].get_textpage().get_text_range() for at in range(len(document))))

    for words in SAID:
        assert _squeezed(words) in shown, words
        assert _squeezed(words) in printed, words
    places = re.findall(r'id="finding-([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#finding-([^"]+)"', page)) <= set(places)
