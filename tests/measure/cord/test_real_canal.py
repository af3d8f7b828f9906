"""Real labels: a cord outlined by hand on MR is as large as a cord; one outlined on CT by a program is refused."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK

from enbloc.case import fact
from enbloc.case.anatomy import CORD, Level
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Images, LabelMap, Volume
from enbloc.case.origin import Modality
from enbloc.measure import column_of
from enbloc.measure.answers import gathered
from enbloc.measure.cord.room import OF_THE_CORD, rooms
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Vertebra
from tests.data import real_data
from tests.measure.cord.canals import Scan, standing
from tests.measure.reading import TOTAL, grid_of, label_map, volume

NECK = {Level.C3: 3, Level.C4: 4}  # those whose cord is in the field of view from end to end


def beside(labels: LabelMap, number: int, level: Level) -> Vertebra:
    """A stand-in for a vertebra: the canal's own frame, as tall as the piece of cord named after the level."""
    cord = labels.grid.points_mm(np.argwhere(labels.labels == number))
    off = cord - cord.mean(axis=0)
    head = (off * off[:, 2:]).sum(axis=0)
    head /= np.linalg.norm(head)
    lean = np.degrees(np.arctan(head[:2] / head[2]))
    scan = Scan(lean_deg=(float(lean[0]), float(lean[1])))
    made = standing(scan, labels, level)
    half = 0.5 * float(np.ptp(off @ head)) - 2.0
    return Vertebra(
        **{name: getattr(made, name) for name in made.__dataclass_fields__}
        | {"origin": cord.mean(axis=0), "low_mm": -half, "high_mm": half}
    )


def test_a_cord_outlined_by_hand_on_mr_is_as_large_as_a_cord() -> None:
    folder = real_data("mr-cord")
    image = SimpleITK.ReadImage(str(folder / "t2_t2_seg-manual_labeled.nii.gz"))
    array = np.rint(SimpleITK.GetArrayFromImage(image)).astype(np.uint8)
    grid = grid_of(image)
    named = dict.fromkeys((2, 3, 4, 5), CORD)
    labels = LabelMap(labels=array, grid=grid, names=named, on="t2", document="cord.nii.gz")
    t2 = Volume(voxels=np.zeros(array.shape, np.float32), grid=grid, modality=Modality.MR)
    made = Column(images=Images(volumes={"t2": t2}, labels={"anatomy": labels}))
    spine = {level: beside(labels, number, level) for level, number in NECK.items()}
    made.__dict__.update({"_framed": (spine, {}), "levels": tuple(spine)})
    found = gathered(rooms(made.images, made, ()))
    for level in NECK:
        area, depth = found[fact.CORD_AREA, level], found[fact.CORD_DEPTH, level]
        assert isinstance(area, Finding), found.why_missing(fact.CORD_AREA, level)
        assert isinstance(depth, Finding)
        # A sanity bound of ours, not a reference: no healthy cervical cord is smaller or larger.
        assert 40.0 < area.value < 120.0
        assert 4.0 < depth.value < 10.0
        assert np.pi / 4.0 * depth.value < area.value / depth.value < 2.5 * depth.value, "an oval wider than deep"


@pytest.fixture(scope="module")
def lumbar() -> Findings:
    folder = real_data("ct-lumbar-3mm")
    images = Images(
        volumes={"ct": volume(folder / "ct.nii.gz")},
        labels={"vertebrae": label_map(folder / "labels_total_v2.nii.gz", TOTAL)},
    )
    return gathered(rooms(images, column_of(images), ()))


def test_a_cord_outlined_on_ct_is_refused(lumbar: Findings) -> None:
    for level in (Level.L1, Level.L2, Level.L3):
        for named in OF_THE_CORD:
            assert lumbar.value(named, level) is None
            assert "outlined on CT" in lumbar.why_missing(named, level)


def test_a_cord_is_no_canal_so_that_the_hole_of_the_bone_serves(lumbar: Findings) -> None:
    seen = [lumbar[fact.CANAL_AREA, level] for level in (Level.L1, Level.L2, Level.L3, Level.L4, Level.L5)]
    areas = [one for one in seen if isinstance(one, Finding)]
    assert areas, "some ring of bone is closed"
    for one in areas:
        assert 100.0 < one.value < 600.0, "a sanity bound of ours"
        assert "hole in the ring of bone" in " ".join(one.notes)
