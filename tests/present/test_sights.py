"""Measurements that were read on one plane share a picture, and every measured fact has its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.fact import FACTS
from enbloc.case.fact.kinds import Fact
from enbloc.case.finding import Findings, Overruled, Source, SourceKind
from enbloc.case.geometry import Plane
from enbloc.case.image import Images
from enbloc.case.origin import Modality
from enbloc.present.sights import Sight, scan_of, sights, window
from enbloc.present.slices import View, through
from enbloc.present.topics import TOPICS
from tests.present import patients


def _sight(key: str) -> Sight:
    return next(sight for sight in sights(patients.read_off()) if sight.key == key)


def test_every_measured_fact_stands_in_one_topic_and_nothing_else_does() -> None:
    # What a person states: asked, recorded or reported, and what a rule or a score asks for ("for_…").
    modules = [fact.asked, fact.of_patient, fact.reported]
    modules += [held for name, held in vars(fact).items() if name.startswith("for_")]
    stated = {one.id for module in modules for one in vars(module).values() if isinstance(one, Fact)}
    listed = [named.id for topic in TOPICS for named in topic.facts]

    assert sorted(listed) == sorted(set(FACTS) - stated)
    assert all(named.about is topic.about for topic in TOPICS for named in topic.facts)


def test_what_was_read_on_one_plane_shares_a_picture_with_the_most_telling_first() -> None:
    canal, heights = sights(patients.read_off())

    assert (canal.key, heights.key) == ("lesion-A-canal", "T8-heights")
    assert [one.fact for one in heights.findings] == ["body.collapse", "body.height_anterior", "body.height_posterior"]


def test_another_plane_is_another_picture() -> None:
    first, *rest = patients.read_off().found
    aside = Plane(point_mm=(6.0, -14.0, 0.0), normal=(1.0, 0.0, 0.0))
    moved = replace(first, source=replace(first.source, shows=aside))

    assert len(sights(Findings(found=(moved, *rest)))) == 3


def test_a_mark_is_drawn_once_with_the_number_that_was_read_from_it() -> None:
    marks = _sight("T8-heights").marks

    assert [(mark.words, found.fact if found else "") for mark, found in marks] == [
        ("anterior height", "body.height_anterior"),
        ("posterior height", "body.height_posterior"),
    ]


def test_a_measurement_that_a_person_overruled_is_still_shown() -> None:
    found = patients.read_off().found[2]
    said = Source(kind=SourceKind.ENTERED, document="case.yaml")
    over = replace(
        found,
        value=45.0,
        interval=None,
        source=said,
        overruled=Overruled(value=found.value, interval=found.interval, source=found.source),
    )

    (sight,) = sights(Findings(found=(over,)))

    assert sight.findings[0].value == 31.0


@pytest.mark.parametrize(
    ("normal", "view", "letters"),
    [
        ((0.0, 0.0, 1.0), View.AXIAL, ("R", "L", "A", "P")),
        ((0.0, 0.3, -0.95), View.AXIAL, ("R", "L", "A", "P")),
        ((-1.0, 0.0, 0.0), View.SAGITTAL, ("A", "P", "S", "I")),
        ((0.9, 0.3, 0.1), View.SAGITTAL, ("A", "P", "S", "I")),
        ((0.0, -1.0, 0.0), View.CORONAL, ("R", "L", "S", "I")),
        ((0.7, 0.75, 0.0), View.CORONAL, ("RP", "LA", "S", "I")),
    ],
)
def test_a_plane_is_turned_as_a_surgeon_expects_it_whichever_way_its_normal_points(
    normal: tuple[float, float, float], view: View, letters: tuple[str, ...]
) -> None:
    other = (-normal[0], -normal[1], -normal[2])
    frames = [through(way, (0.0, 0.0, 0.0), 80.0) for way in (normal, other)]

    for frame in frames:
        assert frame.view is view
        assert frame.letters == letters
        axes = np.array([frame.right, frame.down])
        assert np.allclose(axes @ axes.T, np.eye(2))
        assert np.allclose(axes @ np.array(normal), 0.0)
    assert np.allclose(frames[0].right, frames[1].right)
    assert np.allclose(frames[0].down, frames[1].down)


def test_the_window_lies_on_the_plane_and_holds_all_marks() -> None:
    sight = _sight("T8-heights")
    frame = window(sight)
    places = frame.on_page(np.array([point for mark, _ in sight.marks for point in mark.points_mm]))

    assert sight.plane.distance_mm(np.array([frame.centre_mm]))[0] == pytest.approx(0.0)
    assert 60.0 <= frame.size_mm <= 90.0
    assert (places > 5).all()
    assert (places < frame.size_mm - 5).all()


def _with_mr() -> Images:
    both = patients.images(mm=3.0)
    mr = replace(both.volumes["ct"], modality=Modality.MR, document="images/t2.nii.gz")
    return replace(both, volumes={"t2": mr, **both.volumes})


def test_soft_tissue_is_shown_on_the_mr_and_bone_on_the_scan_that_it_was_read_from() -> None:
    images = _with_mr()
    for key, role in (("lesion-A-canal", "t2"), ("T8-heights", "ct")):
        found = scan_of(_sight(key), images, window(_sight(key)))
        assert found is not None
        assert found[0] == role


def test_no_scan_that_reaches_there_is_no_picture() -> None:
    far = replace(_sight("T8-heights"), plane=Plane(point_mm=(400.0, 0.0, 0.0), normal=(1.0, 0.0, 0.0)))

    assert scan_of(far, patients.images(mm=3.0), window(far)) is None
