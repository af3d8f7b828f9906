"""Labels made wrong in one way each: the doubt that is said, and about whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CANAL, Level, Side, Structure, StructureKind, vertebra
from enbloc.case.fact import LabelTrust
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.case.origin import Modality
from enbloc.exchange.schemes import scheme
from enbloc.measure.answers import gathered
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.labelling import labelling
from tests.data import real_data
from tests.measure.reading import TOTAL, VERSE, label_map, volume
from tests.measure.solids import ORDERS
from tests.sampling import sampled

SOUND, DOUBTFUL, UNUSABLE = LabelTrust.SOUND, LabelTrust.DOUBTFUL, LabelTrust.UNUSABLE
T9, T10, T11, T12 = Level.T9, Level.T10, Level.T11, Level.T12
L1, L2, L3 = Level.L1, Level.L2, Level.L3
LEVELS = (T9, T10, T11, T12, L1, L2)
PITCH = 26.0
SACRUM = Structure(kind=StructureKind.SACRUM)
AORTA = Structure(kind=StructureKind.AORTA)
LIVER = Structure(kind=StructureKind.LIVER)
LUMBAR = (T12, L1, L2, L3, Level.L4, Level.L5)
RIBS = tuple(Structure(kind=StructureKind.RIB, level=T12, side=side) for side in Side)
OTHERS = {21: RIBS[0], 22: RIBS[1], 23: AORTA, 24: LIVER, 25: CANAL}
NAMES = {at: vertebra(level) for at, level in enumerate(LEVELS, start=1)} | OTHERS
Labels = NDArray[np.uint8]


def grid(axes: str = "SPL", spacing: float = 2.0) -> Grid:
    """A field of 130 x 110 x 230 mm whose middle is not that of the patient."""
    ways = {"L": (0, 1), "R": (0, -1), "P": (1, 1), "A": (1, -1), "S": (2, 1), "I": (2, -1)}
    low, size = np.array([-57.0, -47.0, -203.0]), np.array([130.0, 110.0, 230.0])
    affine, shape, start = np.eye(4), [], low.copy()
    affine[:3, :3] = 0.0
    for at, letter in enumerate(axes):
        axis, sign = ways[letter]
        count = int(size[axis] / spacing)
        affine[axis, at] = sign * spacing
        start[axis] = low[axis] + (spacing * (count - 1) if sign < 0 else 0.0)
        shape.append(count)
    affine[:3, 3] = start
    return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


def drawn(space: Grid | None = None, *, short: Level | None = None) -> LabelMap:
    """Six vertebrae of plain boxes 26 mm apart, T12's ribs, a sacrum, the aorta on the left, the liver on the right."""
    space = space or grid()
    x, y, z = space.points_mm(np.indices(space.shape).reshape(3, -1).T).T
    flat = np.zeros(len(x), np.uint8)
    for at, level in enumerate(LEVELS):
        up, back = z + at * PITCH, y + at  # the column leans back
        half = 4.0 if level is short else 10.0
        bone = (np.abs(x) <= 18.0) & (np.abs(back) <= 14.0) & (np.abs(up) <= half)
        bone |= (np.abs(x) <= 16.0) & (np.abs(back - 22.0) <= 9.0) & (np.abs(up) <= 6.0)
        flat[bone] = at + 1
    at_t12 = np.abs(z + 3 * PITCH) <= 4.0
    for at, sign in enumerate((1.0, -1.0)):
        flat[at_t12 & (np.abs(sign * x - 34.0) <= 12.0) & (np.abs(y - 12.0) <= 4.0)] = 21 + at
    flat[(np.abs(x) <= 30.0) & (np.abs(y) <= 20.0) & (z < -6 * PITCH + 8.0) & (z > -6 * PITCH - 20.0)] = 20
    flat[np.hypot(x, y - 21.0) <= 6.0] = 25
    flat[np.hypot(x - 14.0, y + 30.0) <= 9.0] = 23
    flat[(np.abs(x + 40.0) <= 14.0) & (np.abs(y + 25.0) <= 20.0) & (np.abs(z + 60.0) <= 40.0)] = 24
    names, labels = NAMES, flat.reshape(space.shape)
    return LabelMap(labels=labels, grid=space, names=names, on="ct", document="labels.nii.gz")


def scan(of: LabelMap) -> Volume:
    """A CT in which vertebrae and sacrum are bone, and nothing else is."""
    voxels = np.where((of.labels > 0) & (of.labels <= 22), 300, 30).astype(np.int16)
    return Volume(voxels=voxels, grid=of.grid, modality=Modality.CT, document="ct.nii.gz")


@pytest.fixture(scope="module")
def sound() -> LabelMap:
    return drawn()


def checked(*maps: LabelMap, ct: Volume | None = None) -> Findings:
    volumes = {"ct": ct} if ct is not None else {}
    images = Images(volumes=volumes, labels={f"map {at}": one for at, one in enumerate(maps)})
    return gathered(labelling(Column(images=images)))


def trust(found: Findings, level: Level) -> tuple[LabelTrust, str]:
    one = found[fact.LABEL_TRUST, level]
    assert isinstance(one, Finding)
    return one.value, "; ".join(one.notes)


def trusts(found: Findings, levels: Iterable[Level] = LEVELS) -> list[LabelTrust]:
    return [trust(found, level)[0] for level in levels]


def names(found: Findings) -> tuple[bool, str]:
    one = found[fact.NUMBERING_DOUBTFUL, "patient"]
    assert isinstance(one, Finding)
    return one.value, "; ".join(one.notes)


def renamed(of: LabelMap, *levels: Level) -> LabelMap:
    """The same voxels, the vertebrae named so from above."""
    given = {at: vertebra(level) for at, level in enumerate(levels, start=1)}
    return replace(of, names=given | OTHERS)


def changed(of: LabelMap, labels: Labels) -> LabelMap:
    return replace(of, labels=np.ascontiguousarray(labels))


@pytest.mark.parametrize("axes", ORDERS)
def test_a_sound_spine_is_sound_in_any_order_of_axes(axes: str) -> None:
    of = drawn(grid(axes))
    found = checked(of, ct=scan(of))
    assert trusts(found) == [SOUND] * 6
    assert names(found) == (False, "counted from the last rib")


@pytest.mark.parametrize("level", [T11, L2])
def test_a_collapse_is_no_wrong_label(level: Level) -> None:
    of = drawn(short=level)
    found = checked(of, ct=scan(of))
    assert trusts(found) == [SOUND] * 6
    assert names(found)[0] is False


def test_two_names_exchanged(sound: LabelMap) -> None:
    found = checked(renamed(sound, T9, T11, T10, T12, L1, L2))
    assert trusts(found)[1:3] == [UNUSABLE, UNUSABLE]
    assert "T11 lies above T10: the names are out of order" in trust(found, T10)[1]
    assert names(found)[0] is True


def test_two_vertebrae_under_one_name(sound: LabelMap) -> None:
    found = checked(changed(sound, np.where(sound.labels == 3, 2, sound.labels)))
    assert trust(found, T10)[0] is UNUSABLE
    assert "two vertebrae under one name?" in trust(found, T10)[1]
    assert "T11 between T10 and T12 has no label" in names(found)[1]


def test_one_vertebra_under_two_names(sound: LabelMap) -> None:
    labels = sound.labels.copy()
    labels[labels > 2] += np.where(labels[labels > 2] <= 6, 1, 0).astype(np.uint8)
    high = sound.grid.points_mm(np.argwhere(labels == 4))[:, 2] > -2 * PITCH
    labels[tuple(np.argwhere(labels == 4)[high].T)] = 3
    found = checked(
        replace(sound, labels=labels, names={i + 1: vertebra(v) for i, v in enumerate((*LEVELS, L3))} | OTHERS)
    )
    assert trust(found, T11)[0] is trust(found, T12)[0] is DOUBTFUL
    assert "T11 and T12 are 0.4 times as far apart as others: two parts of one vertebra?" in names(found)[1]


def test_all_names_shifted_by_one_level(sound: LabelMap) -> None:
    found = checked(renamed(sound, T10, T11, T12, L1, L2, L3))
    assert "the rib T12 left meets L1, not T12" in names(found)[1]
    assert trust(found, T12)[0] is trust(found, L1)[0] is DOUBTFUL
    assert trust(found, L3)[0] is SOUND


def test_a_vertebra_without_a_label(sound: LabelMap) -> None:
    found = checked(changed(sound, np.where(sound.labels == 3, 0, sound.labels)))
    assert names(found) == (True, "T11 between T10 and T12 has no label")
    assert trust(found, T10)[0] is trust(found, T12)[0] is DOUBTFUL
    assert trust(found, L1)[0] is SOUND


def test_a_vertebra_without_a_label_nor_a_name(sound: LabelMap) -> None:
    without = changed(renamed(sound, T10, T11, T11, T12, L1, L2), np.where(sound.labels == 3, 0, sound.labels))
    assert "T11 and T12 are 2.0 times as far apart as their names say: one left out?" in names(checked(without))[1]


def test_a_name_left_out(sound: LabelMap) -> None:
    found = checked(renamed(sound, T9, T10, T11, L1, L2, L3))
    assert "T11 and L1 lie next to each other, with no T12 between" in names(found)[1]


@pytest.mark.parametrize(
    ("given", "odd", "why"),
    [
        ((T10, T11, T12, Level.T13, L1, L2), Level.T13, "T13 is labelled: a 13th thoracic or a first lumbar vertebra"),
        ((L1, L2, L3, Level.L4, Level.L5, Level.L6), Level.L6, "a sixth lumbar or a first sacral vertebra"),
    ],
)
def test_a_transitional_level_is_never_sure(sound: LabelMap, given: tuple[Level, ...], odd: Level, why: str) -> None:
    found = checked(renamed(sound, *given))
    assert trust(found, odd)[0] is DOUBTFUL
    assert why in trust(found, odd)[1]
    assert names(found)[0] is True


def test_ribs_that_contradict_the_names(sound: LabelMap) -> None:
    moved = {21 + at: replace(rib, level=T11) for at, rib in enumerate(RIBS)}
    found = checked(replace(sound, names=NAMES | moved))
    assert "T12 carries no rib: eleven pairs of ribs, or a lumbar vertebra?" in names(found)[1]
    moved = {21 + at: replace(rib, level=L1) for at, rib in enumerate(RIBS)}
    assert "L1 carries a rib: thirteen pairs" in names(checked(replace(sound, names=NAMES | moved)))[1]
    without = {at: named for at, named in (NAMES | moved).items() if named != vertebra(L1)}
    assert "L1 carries a rib: thirteen pairs" in names(checked(replace(sound, names=without)))[1]


def test_levels_are_counted_from_somewhere(sound: LabelMap) -> None:
    only = replace(sound, names={at: named for at, named in NAMES.items() if named.kind is StructureKind.VERTEBRA})
    found = checked(only)
    assert names(found)[0] is True
    assert names(found)[1].startswith("levels counted from no anchor")
    assert trusts(found) == [SOUND] * 6  # each label may be sound and yet be called by another's name
    neck = renamed(only, Level.C2, Level.C3, Level.C4, Level.C5, Level.C6, Level.C7)
    assert names(checked(replace(neck, names={k: v for k, v in neck.names.items() if k < 20})))[0] is False


def on_a_sacrum(of: LabelMap, *levels: Level, sacrum: Structure = SACRUM) -> LabelMap:
    """The vertebrae named so from above, without ribs, on a sacrum."""
    return replace(of, names={at: vertebra(level) for at, level in enumerate(levels, start=1)} | {20: sacrum})


def test_the_sacrum_lies_below_the_last_lumbar_vertebra(sound: LabelMap) -> None:
    assert names(checked(on_a_sacrum(sound, *LUMBAR))) == (False, "counted from the sacrum")
    assert names(checked(on_a_sacrum(sound, *LUMBAR, sacrum=vertebra(Level.S1)))) == (False, "counted from the sacrum")
    four = checked(on_a_sacrum(sound, T11, *LUMBAR[:5]))
    assert "L4 lies on the sacrum, as L5 does in most people" in names(four)[1]
    assert trust(four, Level.L4)[0] is DOUBTFUL


def test_a_vertebra_left_out_above_the_sacrum(sound: LabelMap) -> None:
    without = changed(on_a_sacrum(sound, *LUMBAR[1:]), np.where(sound.labels == 6, 0, sound.labels))
    found = checked(without)
    assert "L5 lies 45 mm above the sacrum: one left out?" in names(found)[1]
    assert "levels counted from no anchor" in names(found)[1]
    far = changed(on_a_sacrum(sound, *LEVELS), np.where(np.isin(sound.labels, (5, 6)), 0, sound.labels))
    assert names(checked(far))[1].startswith("levels counted from no anchor")  # a sacrum far below counts nothing


@pytest.mark.parametrize(("axis", "way"), [(0, "head to feet"), (1, "front to back"), (2, "left to right")])
def test_a_map_turned_against_its_scan(sound: LabelMap, axis: int, way: str) -> None:
    found = checked(changed(sound, np.flip(sound.labels, axis)), ct=scan(sound))
    assert trusts(found) == [UNUSABLE] * 6
    assert f"turned round {way} they would fit better" in names(found)[1]


def test_a_map_upside_down_with_its_scan(sound: LabelMap) -> None:
    over = changed(sound, np.flip(sound.labels, 0))
    found = checked(over, ct=scan(over))
    assert trusts(found) == [UNUSABLE] * 6
    assert names(found)[1] == "the names of the levels run from the feet to the head: labels upside down"


def test_a_map_mirrored_with_its_scan_is_seen_by_its_organs(sound: LabelMap) -> None:
    over = changed(sound, np.flip(sound.labels, 2))
    found = checked(over, ct=scan(over))
    assert trusts(found) == [DOUBTFUL] * 6
    why = trust(found, T10)[1]
    assert "to the patient's right of the column" in why  # the aorta
    assert "to the patient's left of the column" in why  # the liver
    assert "rib T12 left lies to the right of its counterpart" in why


def test_a_map_of_another_scan(sound: LabelMap) -> None:
    away = replace(scan(sound), voxels=np.full(sound.labels.shape, 30, np.int16))
    found = checked(sound, ct=away)
    assert trusts(found) == [UNUSABLE] * 6
    assert "the labels do not lie on bone" in names(found)[1]
    assert names(found)[1].endswith("turned, or of another scan?")


def test_one_destroyed_vertebra_is_said_of_itself_alone(sound: LabelMap) -> None:
    plain = scan(sound)
    lysed = replace(plain, voxels=np.where(sound.labels == 3, 40, plain.voxels).astype(np.int16))
    found = checked(sound, ct=lysed)
    assert trusts(found) == [SOUND, SOUND, DOUBTFUL, SOUND, SOUND, SOUND]
    assert "bone destroyed, or the label beside it?" in trust(found, T11)[1]
    alone = replace(sound, names={3: vertebra(T11)})
    assert trusts(checked(alone, ct=lysed), [T11]) == [DOUBTFUL]


def test_a_magnetic_resonance_is_no_judge_of_bone(sound: LabelMap) -> None:
    mr = Volume(voxels=np.zeros(sound.labels.shape, np.float32), grid=sound.grid, modality=Modality.MR)
    assert trusts(checked(sound, ct=mr)) == [SOUND] * 6


def test_a_vertebra_cut_by_the_scan(sound: LabelMap) -> None:
    top = int(np.argwhere(sound.labels == 1)[:, 0].max())
    cropped = replace(
        sound, labels=sound.labels[: top - 3], grid=Grid(shape=(top - 3, 55, 65), affine=sound.grid.affine)
    )
    found = checked(cropped)
    assert trusts(found) == [UNUSABLE, SOUND, SOUND, SOUND, SOUND, SOUND]
    assert "T9 is cut by the upper edge of the scan" in trust(found, T9)[1]
    assert names(found)[0] is False


def test_a_label_in_two_distant_pieces(sound: LabelMap) -> None:
    labels = sound.labels.copy()
    at = np.argwhere(labels == 6)
    labels[tuple(at[: len(at) // 3].T)] = 1
    found = checked(changed(sound, labels))
    assert trust(found, T9)[0] is UNUSABLE
    assert "the label of T9 lies in 2 pieces" in trust(found, T9)[1]
    assert "out of order" not in names(found)[1]  # the larger piece says where T9 lies


def test_a_crumb_far_away_is_no_second_piece(sound: LabelMap) -> None:
    labels = sound.labels.copy()
    labels[2, 2, 2] = 1
    assert "pieces" not in trust(checked(changed(sound, labels)), T9)[1]


def test_the_same_level_in_two_maps(sound: LabelMap) -> None:
    assert trusts(checked(sound, sound)) == [SOUND] * 6
    found = checked(sound, replace(sound, names={1: vertebra(T10)}))
    assert trust(found, T10)[0] is UNUSABLE
    assert "two label maps put T10 in places 26 mm apart" in trust(found, T10)[1]


def test_next_to_nothing_and_one_slice(sound: LabelMap) -> None:
    inside = np.argwhere(sound.labels == 2)
    few = sound.labels.copy()
    few[tuple(np.delete(inside, np.s_[:: len(inside) // 40], axis=0).T)] = 0
    found = checked(changed(sound, few))
    assert trust(found, T10)[0] is UNUSABLE
    assert "the label of T10 holds only 0.3" in trust(found, T10)[1]
    flat = sound.labels.copy()
    flat[tuple(inside[inside[:, 0] != inside[0, 0]].T)] = 0
    assert "the label of T10 lies in one slice" in trust(checked(changed(sound, flat)), T10)[1]


def test_a_part_of_a_vertebra(sound: LabelMap) -> None:
    part = sound.labels.copy()
    inside = np.argwhere(part == 3)
    part[tuple(inside[sound.grid.points_mm(inside)[:, 0] > -4.0].T)] = 0
    found = checked(changed(sound, part))
    assert trust(found, T11)[0] is DOUBTFUL
    assert "a part of a vertebra?" in trust(found, T11)[1]


def test_thick_slices_say_for_what_they_are_too_thick() -> None:
    found = checked(drawn(grid(spacing=5.0)))
    assert set(trusts(found)) == {DOUBTFUL}
    assert "slices of 5 mm are too thick for body heights" in trust(found, T11)[1]


def test_few_vertebrae_are_judged_as_far_as_they_go(sound: LabelMap) -> None:
    for count in (1, 2, 3):
        kept = {at: named for at, named in NAMES.items() if at <= count}
        found = checked(replace(sound, names=kept))
        assert trusts(found, LEVELS[:count]) == [SOUND] * count
        assert names(found)[0] is True


@pytest.mark.parametrize("seed", sampled(range(400), 20))
def test_no_label_map_makes_an_error(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = chance.integers(1, 30, 3)
    affine = np.diag([*(chance.uniform(0.5, 10.0, 3) * chance.choice([-1.0, 1.0], 3)), 1.0])[
        [*chance.permutation(3), 3]
    ]
    space = Grid(shape=(int(size[0]), int(size[1]), int(size[2])), affine=affine)
    labels, named = np.zeros(space.shape, np.uint8), {}
    kinds = [*(vertebra(level) for level in Level), *OTHERS.values(), *(replace(rib, level=L1) for rib in RIBS)]
    for number in range(1, int(chance.integers(2, 8))):
        low = chance.integers(0, size)
        high = chance.integers(low + 1, size + 1)
        labels[low[0] : high[0], low[1] : high[1], low[2] : high[2]] = number
        named[number] = kinds[int(chance.integers(len(kinds)))]
    of = LabelMap(labels=labels, grid=space, names=named, on="ct", document="labels.nii.gz")
    voxels = chance.integers(-1000, 3000, space.shape).astype(np.int16)
    found = checked(of, ct=Volume(voxels=voxels, grid=space, modality=Modality.CT))
    levels = {one.level for one in of.boxes if one.kind is StructureKind.VERTEBRA}
    assert {one.about for one in found.found} == ({str(level) for level in levels} | {"patient"} if levels else set())


def test_without_a_vertebra_nothing_is_said_of_names(sound: LabelMap) -> None:
    found = checked(replace(sound, names={23: AORTA}))
    assert found.found == ()
    assert found.why_missing(fact.NUMBERING_DOUBTFUL, "patient") == "no vertebra is labelled"


def test_each_answer_can_be_looked_at(sound: LabelMap) -> None:
    found = checked(sound)
    one = found[fact.LABEL_TRUST, T11]
    assert isinstance(one, Finding)
    assert one.source.at_mm == pytest.approx((0.0, 3.6, -2 * PITCH), abs=1.5)
    assert one.source.shows is not None
    assert one.source.shows.normal == pytest.approx((1.0, 0.0, 0.0), abs=0.1)
    assert [mark.words for mark in one.source.marks] == ["middle of T11"]
    of_all = found[fact.NUMBERING_DOUBTFUL, "patient"]
    assert isinstance(of_all, Finding)
    assert len(of_all.source.marks[0].points_mm) == 6


def test_a_real_lumbar_spine_is_counted_from_both_ends() -> None:
    folder = real_data("ct-lumbar-3mm")
    whole = dict(scheme("totalsegmentator-v2").structures)
    of, ct = label_map(folder / "labels_total_v2.nii.gz", whole), volume(folder / "ct.nii.gz")
    found = checked(of, ct=ct)
    assert names(found) == (False, "counted from the sacrum and the last rib")
    lumbar = (L1, L2, L3, Level.L4, Level.L5, Level.S1)
    assert trusts(found, (T11, T12, *lumbar)) == [UNUSABLE, UNUSABLE, *[SOUND] * 6]
    mirrored = checked(changed(of, np.flip(of.labels, of.grid.axes.index("R"))), ct=ct)
    assert trusts(mirrored, lumbar) == [UNUSABLE] * 6
    assert "turned round left to right they would fit better" in names(mirrored)[1]


def test_a_real_spine_without_an_anchor() -> None:
    of = label_map(real_data("ct-verse004") / "sub-verse004_seg-vert_msk.nii.gz", VERSE)
    found = checked(of)
    levels = (T9, T10, T11, T12, L1, L2, L3, Level.L4, Level.L5)
    assert trusts(found, levels) == [SOUND] * 9  # L1 is fractured
    assert names(found)[0] is True
    assert names(found)[1].startswith("levels counted from no anchor")


def test_a_real_slab_cuts_both_of_its_vertebrae() -> None:
    found = checked(label_map(real_data("dicom-ct-t11-t12") / "labels_total_v2.nii.gz", TOTAL))
    assert trusts(found, (T11, T12)) == [UNUSABLE, UNUSABLE]
    assert "is cut by the" in trust(found, T11)[1]
    assert names(found)[1].startswith("levels counted from no anchor")
