"""A file of cuts that a person placed (YAML or JSON), each in patient LPS or in the frame of a vertebra."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from enbloc.exchange.case_file import bytes_of, read_yaml
from enbloc.plan.en_bloc.placing import PlacedCut
from enbloc.value import value


@value
class PlacedCuts:
    """The cuts of one operation as they were placed."""

    cuts: tuple[PlacedCut, ...]
    schema: Literal["enbloc/cuts/1"] = "enbloc/cuts/1"


def read_placed_cuts(file: Path) -> tuple[PlacedCut, ...]:
    """The cuts of a file.

    Raises
    ------
    RecordError
        If there is no such file, or it does not fit, with the place of the fault.
    """
    return read_yaml(bytes_of(file), PlacedCuts, name=file.name).cuts
