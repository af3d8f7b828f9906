"""Operations on paper: shift, tilt and margin of every cut come back; what does not fit is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, vertebra
from enbloc.case.image import Images, Volume
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.exchange.plan_file import PlanFile
from enbloc.follow.achieving import Achieving, ReadFrom
from enbloc.follow.provenance import Input
from enbloc.measure.registration.rigid import Motion
from enbloc.measure.spine.column import column_of
from enbloc.plan import Operation
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.en_bloc.placing import PlacedCut
from enbloc.plan.margin.achieved import PlaneAchieved
from enbloc.workup import Measured, achieved_case
from tests.workup import operated as made
from tests.workup.operated import ROLE, Before

# Nearer to the tumour by so many millimetres, turned by so many degrees.
SHIFTS: dict[Operation, Mapping[str, tuple[float, float]]] = {
    Operation.ANTERIOR: {"posterior cut": (1.5, 4.0), "cranial cut": (1.0, 0.0)},
    Operation.SAGITTAL: {"sagittal cut": (2.0, 3.0), "caudal cut": (-2.0, 0.0)},
    Operation.POSTERIOR_ARCH: {"left arch cut": (1.5, 4.0), "right arch cut": (-1.5, 0.0)},
}


def turned_deg(one: FixedCut, other: FixedCut) -> float:
    cosine = float(np.dot(one.plane.normal, other.plane.normal))
    return math.degrees(math.acos(min(1.0, cosine)))


def read(one: Before, cuts: tuple[FixedCut, ...]) -> Achieving:
    """What the bone that is left after these cuts tells."""
    case, images = made.with_after(one, made.left_after(one, cuts))
    return achieved_case(case, images, one.made, after=ROLE)


def by_planes(one: Before, *cuts: PlacedCut, error_mm: float = 0.0) -> Achieving:
    return achieved_case(one.case, one.images, one.made, measured=Measured(cuts=cuts, error_mm=error_mm))


def placed(cut: FixedCut) -> PlacedCut:
    return PlacedCut(name=cut.name, point_mm=cut.plane.point_mm, normal=cut.plane.normal, kerf_mm=cut.kerf_mm)


def holds_the_truth(one: Before, found: PlaneAchieved, planned: FixedCut, cut: FixedCut) -> None:
    assert found.deviation is not None
    assert found.deviation.angle_interval is not None
    assert found.achieved_margin is not None
    location, angle = made.true_location_mm(one, planned, cut), turned_deg(planned, cut)
    assert found.deviation.interval.low <= location <= found.deviation.interval.high
    assert found.deviation.angle_interval.low <= angle <= found.deviation.angle_interval.high
    margin = made.true_margin_mm(one, cut)
    assert found.achieved_margin.interval.low <= margin <= found.achieved_margin.interval.high


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("operation", list(SHIFTS))
def test_shift_tilt_and_margin_come_back_within_their_intervals(operation: Operation, mirrored: bool) -> None:
    one = made.before(operation, mirrored=mirrored)
    shifts = {made.side_swapped(name) if mirrored else name: off for name, off in SHIFTS[operation].items()}
    cuts = made.made_cuts(one.plan, shifts, mirrored=mirrored)
    result = read(one, cuts)
    assert (result.plan, result.about, result.read_from) == (one.plan.id, "A", ReadFrom.LABELS)
    assert result.registration_mm == 0.0
    read_back = 0
    for planned, cut, found in zip(one.plan.cuts, cuts, result.achieved.planes, strict=True):
        assert found.planned_margin == planned.margin
        if cut.name in shifts:
            holds_the_truth(one, found, planned.placed, cut)
            read_back += 1
    assert read_back == 2


def test_a_mirrored_patient_gives_the_mirrored_answer() -> None:
    ours, theirs = (
        read(one, made.made_cuts(one.plan, SHIFTS[Operation.ANTERIOR], mirrored=mirrored))
        for mirrored in (False, True)
        for one in [made.before(Operation.ANTERIOR, mirrored=mirrored)]
    )
    for found, image in zip(ours.achieved.planes, theirs.achieved.planes, strict=True):
        assert found.deviation is not None
        assert image.deviation is not None
        assert found.deviation.location_mm == pytest.approx(image.deviation.location_mm, abs=0.2)
        assert found.deviation.toward_mm == pytest.approx(image.deviation.toward_mm, abs=0.2)
        assert found.deviation.angle_deg == pytest.approx(image.deviation.angle_deg, abs=0.5)
        assert found.achieved_margin is not None
        assert image.achieved_margin is not None
        assert found.achieved_margin.mm == pytest.approx(image.achieved_margin.mm, abs=0.2)


def test_a_bare_joint_is_no_cut_and_what_leaves_no_bone_is_not_recovered() -> None:
    one = made.before(Operation.VERTEBRECTOMY)
    result = read(one, made.made_cuts(one.plan, {}))
    assert [found.achieved for found in result.achieved.planes] == [None] * 4
    assert all("shows no cut" in found.why for found in result.achieved.planes)
    assert result.achieved.achieved_margin is None


def test_measured_planes_are_compared_in_either_frame() -> None:
    one = made.before()
    cuts = made.made_cuts(one.plan, SHIFTS[Operation.ANTERIOR])
    pose = column_of(one.images).spine[Level.T8].pose
    axes = np.array(pose.axes)
    inside = [
        replace(
            placed(cut),
            point_mm=tuple(axes @ (np.array(cut.plane.point_mm) - pose.origin_mm)),
            normal=tuple(-axes @ np.array(cut.plane.normal)),  # either way round
            frame="T8",
        )
        for cut in cuts
    ]
    ours, theirs = by_planes(one, *map(placed, cuts), error_mm=0.5), by_planes(one, *inside, error_mm=0.5)
    for planned, cut, found, other in zip(
        one.plan.cuts, cuts, ours.achieved.planes, theirs.achieved.planes, strict=True
    ):
        assert found.deviation == other.deviation
        assert found.deviation is not None
        location = made.true_location_mm(one, planned.placed, cut)
        assert found.deviation.interval.low <= location <= found.deviation.interval.high
        assert found.deviation.angle_deg == pytest.approx(turned_deg(planned.placed, cut), abs=0.11)
        assert found.deviation.angle_interval is None
        assert found.achieved_margin is not None
        assert found.achieved_margin.interval.low <= made.true_margin_mm(one, cut)
    assert "no error of registration was given" in ours.registered


def test_errors_that_are_given_widen_every_interval() -> None:
    one = made.before()
    cut = placed(one.plan.cuts[0].placed)
    sure, less, least = (
        achieved_case(
            one.case, one.images, one.made, measured=Measured(cuts=(cut,), error_mm=error), registration_mm=registration
        ).achieved.planes[0]
        for error, registration in ((0.0, None), (1.0, None), (1.0, 2.0))
    )
    assert sure.achieved_margin is not None
    assert less.achieved_margin is not None
    assert least.achieved_margin is not None
    lows = [found.achieved_margin.interval.low for found in (sure, less, least) if found.achieved_margin]
    assert lows == pytest.approx([lows[0], lows[0] - 1.0, lows[0] - 3.0], abs=0.11)
    assert sure.achieved_margin.mm == sure.planned_margin.mm == least.achieved_margin.mm
    assert sure.deviation is not None
    assert (sure.deviation.location_mm, sure.deviation.angle_deg) == (0.0, 0.0)


def examination(one: Before, moves: Motion, *, swapped: bool = False) -> Images:
    """The case with a later scan in a frame of its own, on which the bone left by the shifted cuts is drawn."""
    after = made.left_after(one, made.made_cuts(one.plan, SHIFTS[Operation.ANTERIOR]), moves)
    if swapped:
        order = {vertebra(Level.T7): Level.T8, vertebra(Level.T8): Level.T9, vertebra(Level.T9): Level.T10}
        after = replace(after, names={number: vertebra(order[named]) for number, named in after.names.items()})
    scan = Volume(
        voxels=np.zeros(after.grid.shape, np.int16), grid=after.grid, modality=Modality.CT, sha256="scan later"
    )
    later = Images(volumes={"later": scan}, labels={ROLE: replace(after, on="later")})
    return replace(one.images, apart={"later": later})


def test_bone_of_another_frame_is_laid_back_vertebra_by_vertebra() -> None:
    one = made.before()
    turn = Rotation.from_rotvec(np.deg2rad(7.0) * np.array([0.6, 0.0, 0.8])).as_matrix()
    images = examination(one, Motion(rotation=turn, shift_mm=np.array([6.0, -9.0, 14.0])))
    result = achieved_case(one.case, images, one.made, after=ROLE)
    cuts = made.made_cuts(one.plan, SHIFTS[Operation.ANTERIOR])
    assert {laid.level for laid in result.laid if not laid.why} == set(made.LEVELS)
    assert 0.0 < result.registration_mm < 1.0
    assert "laid onto the images of the plan by each of T7, T8, T9" in result.registered
    for planned, cut, found in zip(one.plan.cuts, cuts, result.achieved.planes, strict=True):
        if cut.name in SHIFTS[Operation.ANTERIOR]:
            holds_the_truth(one, found, planned.placed, cut)


def test_an_error_of_registration_that_was_given_counts_where_it_is_more() -> None:
    one = made.before()
    images = examination(one, Motion(rotation=np.eye(3), shift_mm=np.array([3.0, 0.0, 5.0])))
    sure, less = (achieved_case(one.case, images, one.made, after=ROLE, registration_mm=mm) for mm in (0.0, 2.0))
    assert 0.0 <= sure.registration_mm < 1.0
    assert "given" not in sure.registered
    assert less.registration_mm == 2.0
    assert "the error is the one that was given" in less.registered
    for first, second in zip(sure.achieved.planes, less.achieved.planes, strict=True):
        if first.achieved_margin is not None:
            assert second.achieved_margin is not None
            assert second.achieved_margin.interval.low < first.achieved_margin.interval.low


def test_bone_on_a_later_scan_of_the_same_frame_is_not_moved() -> None:
    one = made.before()
    later = examination(one, Motion(rotation=np.eye(3), shift_mm=np.array([0.0, 0.2, 0.0]))).apart["later"]
    images = replace(
        one.images, volumes={**one.images.volumes, **later.volumes}, labels={**one.images.labels, **later.labels}
    )
    result = achieved_case(one.case, images, one.made, after=ROLE)
    assert "in the frame of the plan, not moved; T7, T8, T9 lie where they lay" in result.registered
    assert 0.1 < result.registration_mm < 1.0
    posterior = next(found for found in result.achieved.planes if found.name == "posterior cut")
    assert posterior.achieved is not None


def test_what_was_misnamed_is_not_laid_onto_anything() -> None:
    one = made.before()
    images = examination(one, Motion(rotation=np.eye(3), shift_mm=np.array([0.0, 0.0, 3.0])), swapped=True)
    with pytest.raises(RecordError, match="cannot be laid onto the images of the plan") as fault:
        achieved_case(one.case, images, one.made, after=ROLE)
    assert "--planes" in fault.value.remedy


def test_bone_that_does_not_lie_where_it_lay_is_not_read() -> None:
    one = made.before()
    later = examination(one, Motion(rotation=np.eye(3), shift_mm=np.array([0.0, 4.0, 0.0]))).apart["later"]
    images = replace(
        one.images, volumes={**one.images.volumes, **later.volumes}, labels={**one.images.labels, **later.labels}
    )
    with pytest.raises(RecordError, match="cannot be laid onto the images of the plan"):
        achieved_case(one.case, images, one.made, after=ROLE)


def test_the_result_reads_back_and_says_what_it_does_not_claim() -> None:
    one = made.before()
    file = Input(file="measured.yaml", sha256="measured")
    cut = placed(one.plan.cuts[0].placed)
    result = achieved_case(one.case, one.images, one.made, measured=Measured(cuts=(cut,), read=file))
    assert from_json(Achieving, to_json(result)) == result
    assert result.provenance.rules == ()
    assert {one.made.read, file} <= set(result.provenance.inputs)
    assert any("Enneking" in line and "pathology" in line for line in result.not_claimed)
    assert [found.why for found in result.achieved.planes[1:]] == ["nobody measured it"] * 2
    assert result.achieved.achieved_margin is None


def refused(one: Before, words: str, **given: object) -> RecordError:
    file = given.pop("made", one.made)
    images = given.pop("images", one.images)
    assert isinstance(file, PlanFile)
    assert isinstance(images, Images)
    with pytest.raises(RecordError, match=words) as fault:
        achieved_case(one.case, images, file, **given)  # type: ignore[arg-type]  # what a caller may give
    assert fault.value.remedy
    return fault.value


def test_a_plan_of_another_case_or_of_other_labels_is_refused() -> None:
    one = made.before()
    none = Measured(cuts=())
    refused(one, "another case", made=replace(one.made, case="2f42"), measured=none)
    for role in ("tumour", "anatomy"):
        redrawn = replace(one.images.labels[role], sha256="map drawn anew")
        images = replace(one.images, labels={**one.images.labels, role: redrawn})
        fault = refused(one, "has changed since, or is gone", images=images, measured=none)
        assert "enbloc plan" in fault.remedy
    newer = replace(one.images.labels["tumour"], sha256="map of later")
    images = replace(one.images, labels={"later": newer, **one.images.labels})
    refused(one, "another label of tumour A", images=images, measured=none)


def test_a_plan_whose_margins_are_not_those_of_its_cuts_is_refused() -> None:
    one = made.before()
    resected = one.plan.resected
    assert resected is not None
    first = resected.cuts[0]
    raised = replace(first, margin=replace(first.margin, mm=first.margin.mm + 1.0))
    plan = replace(one.plan, resected=replace(resected, cuts=(raised, *resected.cuts[1:])))
    refused(one, "mm in the plan and", made=replace(one.made, plans=(plan,)), measured=Measured(cuts=()))


def test_one_plan_is_meant() -> None:
    one = made.before()
    none = Measured(cuts=())
    other = replace(one.plan, id="another resection")
    two = replace(one.made, plans=(one.plan, other))
    assert "another resection" in refused(one, "Several plans", made=two, measured=none).remedy
    assert one.plan.id in refused(one, "No plan 'sagittal'", plan="sagittal", measured=none).remedy
    bare = replace(one.plan, resected=None)
    refused(one, "No plan in it has cuts", made=replace(one.made, plans=(bare,)), measured=none)
    refused(one, "several lesions", made=replace(one.made, plans=(one.plan,) * 2), plan=one.plan.id, measured=none)
    found = achieved_case(one.case, one.images, two, plan=one.plan.id, measured=none)
    assert found.plan == one.plan.id


def test_the_source_must_be_one_and_must_fit() -> None:
    one = made.before()
    cut = placed(one.plan.cuts[0].placed)
    refused(one, "known from one source")
    refused(one, "known from one source", measured=Measured(cuts=(cut,)), after=ROLE)
    assert "enbloc import" in refused(one, "no label map 'after'; it has anatomy, tumour", after=ROLE).remedy
    refused(one, "was there when the plan was made", after="anatomy")
    refused(one, "No cut 'sagittal cut' was planned", measured=Measured(cuts=(replace(cut, name="sagittal cut"),)))
    refused(one, "measured twice", measured=Measured(cuts=(cut, cut)))
    refused(one, "planned with a blade of", measured=Measured(cuts=(replace(cut, kerf_mm=4.0),)))
    refused(one, "no frame", measured=Measured(cuts=(replace(cut, frame="L3"),)))
    refused(one, "is not possible", measured=Measured(cuts=(cut,)), registration_mm=-1.0)
    empty = made.left_after(one, made.made_cuts(one.plan, {}))
    empty = replace(empty, labels=np.zeros_like(empty.labels))
    case, images = made.with_after(one, empty)
    with pytest.raises(RecordError, match="no vertebra"):
        achieved_case(case, images, one.made, after=ROLE)
