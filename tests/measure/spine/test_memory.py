"""Labels that were edited in one place: what is given again elsewhere is what would come out, to the last number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Structure, vertebra
from enbloc.case.image import Images
from enbloc.measure.measuring import measure
from enbloc.measure.spine.column import Column, column_of
from enbloc.measure.spine.memory import Memory, is_alike
from enbloc.phantom import Phantom, Recipe, Tumour, build, in_body

LEVELS = (Level.T5, Level.T6, Level.T7, Level.T8, Level.T9, Level.T10, Level.T11)
FAR = (Level.T10, Level.T11)


@pytest.fixture(scope="module")
def made() -> Phantom:
    return build(
        Recipe(levels=LEVELS, tumours=(Tumour(solids=(in_body(Level.T8),)),), spacing_mm=(2.0, 2.0, 2.0), noise_hu=0.0)
    )


def without(images: Images, named: Structure, every: int = 7) -> Images:
    """The same with every so manieth voxel of a structure erased."""
    role, labels = next((role, each) for role, each in images.labels.items() if named in each.boxes)
    array = labels.labels.copy()
    at = np.argwhere(np.isin(array, labels.ids[named]))[::every]
    array[tuple(at.T)] = 0
    return replace(images, labels={**images.labels, role: replace(labels, labels=array)})


def held(column: Column) -> dict[Level, Any]:
    return {level: (one, column.parts[level]) for level, one in column.spine.items()}


def is_as_new(images: Images, memory: Memory, made: Phantom) -> Column:
    """What comes of these labels with a memory is what comes without one."""
    column, anew = column_of(images, memory=memory), column_of(images)
    assert list(column.spine) == list(anew.spine)
    assert column.frameless == anew.frameless
    for level, (one, parts) in held(anew).items():
        assert is_alike(column.spine[level], one)
        assert is_alike(column.parts[level].codes, parts.codes)
        assert column.parts[level].notes == parts.notes
        assert column.spine[level].crop.labels is images.map_of(vertebra(level)), "it lies in the map as it is now"
    assert measure(made.case, images, column=column) == measure(made.case, images)
    return column


def steps(memory: Memory, step: str) -> dict[Level, object]:
    return {level: found for (name, level), (_, found) in memory._kept.items() if name == step}


def test_after_an_edit_every_number_is_as_without_a_memory_and_what_is_far_is_not_worked_out_again(
    made: Phantom,
) -> None:
    memory = Memory()
    is_as_new(made.images, memory, made)
    before = {step: steps(memory, step) for step in ("settled", "shape")}
    edited = without(made.images, vertebra(Level.T7))
    is_as_new(edited, memory, made)
    for step, found in before.items():
        now = steps(memory, step)
        assert all(now[level] is found[level] for level in FAR)
        assert now[Level.T7] is not found[Level.T7]
    is_as_new(made.images, memory, made)


@pytest.mark.parametrize("named", [CANAL, SAC, CORD])
def test_what_bears_on_a_frame_from_beside_it_is_seen(made: Phantom, named: Structure) -> None:
    memory = Memory()
    is_as_new(made.images, memory, made)
    is_as_new(without(made.images, named, every=2), memory, made)


def test_a_vertebra_that_goes_or_is_renamed_is_seen(made: Phantom) -> None:
    memory = Memory()
    is_as_new(made.images, memory, made)
    is_as_new(without(made.images, vertebra(Level.T9), every=1), memory, made)
    turned = {Level.T5: Level.T4, Level.T11: Level.T12}
    labels = {
        role: replace(
            each,
            names={
                id: replace(one, level=turned.get(one.level, one.level)) if one.level else one
                for id, one in each.names.items()
            },
        )
        for role, each in made.images.labels.items()
    }
    is_as_new(replace(made.images, labels=labels), memory, made)


def test_another_error_of_the_map_is_another_frame(made: Phantom) -> None:
    memory = Memory()
    is_as_new(made.images, memory, made)
    labels = {role: replace(each, error_mm=0.7) for role, each in made.images.labels.items()}
    is_as_new(replace(made.images, labels=labels), memory, made)


def test_values_are_alike_to_the_last_number_only() -> None:
    one = np.arange(4.0)
    assert is_alike((one, "a", None), (one.copy(), "a", None))
    assert not is_alike(one, one + 1e-12)
    assert not is_alike((one,), (one, one))
    assert not is_alike(one, list(one))
