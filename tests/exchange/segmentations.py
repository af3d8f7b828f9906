"""A small series with labels drawn on it, written as a DICOM segmentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from enbloc.case.anatomy import structure
from enbloc.case.image import Grid, LabelMap
from enbloc.exchange import dicom
from enbloc.exchange.seg_writing import write_seg
from tests.exchange.making import series, slice_of

NAMES = {7: "vertebra T8", 9: "cord", 200: "vertebral artery left", 250: "tumour A"}
SLICES = 6


def scanned(path: Path, **changes: Any) -> Path:
    return series(path / "ct", [slice_of(at, StudyInstanceUID="1.2.8", **changes) for at in range(SLICES)])


def grid_of(source: Path) -> Grid:
    return dicom.read_series(source, where="ct", salt="x").grid


def drawn(grid: Grid) -> LabelMap:
    labels = np.zeros(grid.shape, dtype=np.uint8)
    labels[1:4, 1:3, 1:4] = 7
    labels[2, 3, 3] = 250
    labels[4, 0, 0] = 200
    names = {id: structure(words) for id, words in NAMES.items()}
    return LabelMap(labels=labels, grid=grid, names=names, on="ct", document="labels.nii.gz")


def case(path: Path, labels: str) -> Path:
    """A case with a DICOM series and a segmentation of it."""
    (path / "labels").mkdir(parents=True)
    series(path / "images/ct", [slice_of(at, StudyInstanceUID="1.2.8") for at in range(SLICES)])
    write_seg(path / "labels/seg.dcm", drawn(grid_of(path / "images/ct")), path / "images/ct")
    record = "schema: enbloc/case/1\nid: x\nimages:\n  ct: {file: images/ct, modality: CT}\nlesions:\n  - {id: A}\n"
    (path / "case.yaml").write_text(record + labels, encoding="utf-8")
    return path


def frame(made: Any, at: int) -> Any:
    return made.PerFrameFunctionalGroupsSequence[at]


def position(made: Any, at: int, place: list[float]) -> None:
    frame(made, at).PlanePositionSequence[0].ImagePositionPatient = place
