"""The operative field: what every operation on a lesion shares, read once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from enbloc.case.anatomy import CORD, SAC, Level, Structure, StructureKind, tumour
from enbloc.plan.field import Field, fields_of, with_neighbours
from enbloc.plan.planning import plans
from tests.plan.en_bloc.phantoms import T8, field

T7, T9 = Level.T7, Level.T9
CAVA = Structure(kind=StructureKind.VENA_CAVA)


def test_levels_and_their_neighbours_run_from_head_to_foot() -> None:
    held = field("body")
    assert (held.levels, held.around) == ((T8,), (T7, T8, T9))
    assert with_neighbours(held.column, (T7,)) == (T7, T8)
    assert with_neighbours(held.column, (T9, T7)) == (T7, T8, T9)
    assert with_neighbours(held.column, (Level.L3,)) == ()
    assert with_neighbours(held.column, ()) == ()


def test_bone_and_what_is_kept_out_of_it_are_read_once() -> None:
    held = field("body")
    bone = held.bone((T7, T8, T9))
    assert held.bone([T7, T8, T9]) is bone
    near = held.keep_out(bone, (CORD, SAC, CAVA))
    assert set(near) == {CORD, SAC}  # no cava is labelled so high
    assert held.keep_out(bone, (CORD,))[CORD] is near[CORD]


def test_pieces_of_a_label_are_counted() -> None:
    assert field("body").separate_pieces == 1
    assert field("body and spinous process").separate_pieces == 2


def without_tumour(held: Field) -> Field:
    labels = {
        role: replace(one, names={number: named for number, named in one.names.items() if named != tumour("A")})
        for role, one in held.images.labels.items()
    }
    return fields_of(held.case, replace(held.images, labels=labels), held.findings)[0]


def test_without_a_label_of_the_tumour_there_is_no_plan() -> None:
    bare = without_tumour(field("body"))
    assert not bare.is_drawn
    assert bare.separate_pieces == 0
    assert plans(bare) == ()


def test_the_outline_holds_the_surface() -> None:
    held = field("body")
    ways = np.random.default_rng(1).normal(size=(20, 3))
    ways /= np.linalg.norm(ways, axis=1)[:, None]
    reach, _ = held.outline.reach_mm(ways)
    assert (held.surface.points_mm @ ways.T <= reach + 1e-6).all()


def test_the_fields_of_a_case_share_one_column() -> None:
    held = field("body")
    case = replace(held.case, lesions=(*held.case.lesions, replace(held.lesion, id="B")))
    first, second = fields_of(case, held.images, held.findings)
    assert first.column is second.column
    assert second.levels == ()
    assert not second.is_drawn
