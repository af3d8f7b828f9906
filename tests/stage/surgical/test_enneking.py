"""The table of stages of the specification (staging 3.1) and its traps; its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.surgical.enneking import ENNEKING, Enneking

INSIDE, OUTSIDE = "extracapsular but intracompartmental", "extracompartmental"


def stages(grade: str, extent: str, metastasis: bool | None, behaviour: str | None = None) -> tuple[str, ...]:
    written: dict[str, Any] = {"grade": grade, "extent": extent, "metastasis": metastasis, "behaviour": behaviour}
    return judged(ENNEKING, read_form(Enneking, written)).categories


@pytest.mark.parametrize(
    ("answers", "stage"),
    [
        (("benign", INSIDE, False), "S3 aggressive"),
        (("benign", INSIDE, True), "S3 aggressive"),
        (("benign", OUTSIDE, True), "S3 aggressive"),
        (("low grade", OUTSIDE, False), "IB"),
        (("high grade", INSIDE, False), "IIA"),
        (("high grade", OUTSIDE, False), "IIB"),
        (("low grade", INSIDE, True), "IIIA"),
        (("high grade", INSIDE, True), "IIIA"),
        (("low grade", OUTSIDE, True), "IIIB"),
    ],
)
def test_every_other_row_of_the_table(answers: tuple[Any, ...], stage: str) -> None:
    assert stages(*answers) == (stage,)


def test_without_behaviour_both_benign_stages_stay() -> None:
    assert stages("benign", "intracapsular", False) == ("S1 latent", "S2 active")
    assert stages("benign", "intracapsular", None) == ("S1 latent", "S2 active")


@pytest.mark.parametrize(
    "answers",
    [("low grade", "intracapsular", False), ("high grade", "intracapsular", True), ("benign", "intracapsular", True)],
)
def test_what_the_table_does_not_hold_is_refused(answers: tuple[Any, ...]) -> None:
    with pytest.raises(RecordError, match="Check"):
        stages(*answers)
