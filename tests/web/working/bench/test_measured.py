"""Measures after an edit: those of a case that was opened with these labels; nothing else is said to have changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.image import LabelMap
from enbloc.measure.measuring import measure
from enbloc.web.bench_nouns import BenchMeasure
from enbloc.web.working.bench.measured import Measuring
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.painting import paint
from tests.web.working.bench.laid import inverse, laid, runs
from tests.web.working.bench.test_painting import middle, value


def anew(case: Opened) -> Mapping[str, BenchMeasure]:
    """The measures of somebody who knows nothing of what was there before."""
    made = Measuring()
    made.measured(case)
    images = replace(case.images, labels={role: bare(one) for role, one in case.images.labels.items()})
    assert made.findings == measure(case.case, images)
    return {key: replace(one, is_changed=False) for key, one in made.items.items()}


def bare(labels: LabelMap) -> LabelMap:
    """The same map as a file is read: its boxes are looked for."""
    present = set(np.unique(labels.labels).tolist())
    names = {id: named for id, named in labels.names.items() if id in present}
    return LabelMap(
        labels=labels.labels,
        grid=labels.grid,
        names=names,
        on=labels.on,
        sha256=labels.sha256,
        document=labels.document,
    )


def plain(made: Measuring) -> Mapping[str, BenchMeasure]:
    return {key: replace(one, is_changed=False) for key, one in made.items.items()}


def brushed(case: Opened, brush: str, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same voxels, each with what the brush makes of it."""
    made = inverse(case, rows)
    made[:, 2] = case.palette.over(value(case, brush))[made[:, 2]]
    return made


def test_after_each_edit_they_are_those_of_the_labels_and_taken_back_those_before() -> None:
    with laid() as case:
        made = Measuring()
        made.measured(case)
        first = plain(made)
        size = case.painted.shape[1] * case.painted.shape[2]
        for rows, is_of_tumour in (
            (brushed(case, "tumour A", runs(*((middle(case) + at * size, 9, 0) for at in range(-6, 7)))), True),
            (runs((middle(case) - 400, 300, 0)), False),
        ):
            back = inverse(case, rows)
            before, column = made.items, made.column
            edit = paint(case, rows)
            made.forget(edit.changed)
            assert (made.column is column) is is_of_tumour, "the spine is read again only where it was painted"
            made.measured(case)
            assert plain(made) == anew(case)
            changed, _ = made.changed_since(before)
            told = {one.key for one in changed}
            assert told == {key for key, one in plain(made).items() if before.get(key) != one}
            assert told
            assert not any(one.is_changed for one in made.items.values() if one.key not in told)
            made.forget(paint(case, back).changed)
            made.measured(case)
            assert plain(made) == first


def test_without_a_tumour_its_measures_say_that_there_is_none() -> None:
    with laid() as case:
        made = Measuring()
        made.measured(case)
        at = np.flatnonzero(
            np.isin(case.painted, [n for n in range(len(case.palette.held)) if "tumour" in case.palette.told(n)])
        )
        paint(case, np.stack([at, np.ones_like(at), np.zeros_like(at)], axis=1))
        made.measured(case)
        assert "no label" in made.items["lesion.volume-A"].missing
        assert made.items["lesion.volume-A"].shown == ""
