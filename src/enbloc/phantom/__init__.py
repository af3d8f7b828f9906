"""Synthetic spines with exactly known truth, lesions painted into real scans, and the demo patients."""

from __future__ import annotations

from enbloc.phantom.conus import CordBeside
from enbloc.phantom.paint import Painted, PaintedLesion, PaintedTruth, paint
from enbloc.phantom.patients import PATIENTS, chordoma, large_scan, metastasis
from enbloc.phantom.phantom import Phantom, build
from enbloc.phantom.placing import in_sector
from enbloc.phantom.recipe import (
    Collapse,
    Epidural,
    Fracture,
    Recipe,
    Room,
    Scoliosis,
    Solid,
    Tumour,
    beside,
    in_arch,
    in_body,
    in_pedicle,
    whole_body,
)
from enbloc.phantom.truth import Truth

__all__ = [
    "PATIENTS",
    "Collapse",
    "CordBeside",
    "Epidural",
    "Fracture",
    "Painted",
    "PaintedLesion",
    "PaintedTruth",
    "Phantom",
    "Recipe",
    "Room",
    "Scoliosis",
    "Solid",
    "Truth",
    "Tumour",
    "beside",
    "build",
    "chordoma",
    "in_arch",
    "in_body",
    "in_pedicle",
    "in_sector",
    "large_scan",
    "metastasis",
    "paint",
    "whole_body",
]
