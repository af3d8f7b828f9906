"""An override names a person and a reason, and refuses what is neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from enbloc.case.case import Case
from enbloc.case.lesion import Lesion
from enbloc.case.override import LONGEST_NAME, LONGEST_REASON, Override
from enbloc.errors import RecordError

REASON = "the cord cannot wait: paraparesis since noon"
ONE = Override(stop="STOP-16", about="patient", by="R. Example", on=date(2026, 11, 20), because=REASON)


def test_everything_is_kept_as_it_was_written() -> None:
    assert (ONE.stop, ONE.about, ONE.act, ONE.by, ONE.because) == ("STOP-16", "patient", "", "R. Example", REASON)


@pytest.mark.parametrize(
    ("wrong", "where", "words"),
    [
        *(({"stop": stop}, "stop", "no id of a stop") for stop in ("", "STOP-1", "STOP-160", "stop-16", "STOP-16\n")),
        ({"stop": "STOP-१६"}, "stop", "no id of a stop"),
        *(({"by": by}, "by", "by nobody") for by in ("", "  ", "?", "-", "x.", "Nobody")),
        ({"by": "named clinician"}, "by", "by nobody"),
        ({"by": "R. Example\nS. Example"}, "by", "no name"),
        ({"by": "E" * (LONGEST_NAME + 1)}, "by", "no name"),
        *(
            ({"because": why}, "because", "without a reason")
            for why in ("", " ", "tbd", "urgent", "n/a", "xxxxxxxxxxxx")
        ),
        *(
            ({"because": why}, "because", "without a reason")
            for why in ("...........", "1234567890123", "abababababab")
        ),
        *(({"because": why}, "because", "without a reason") for why in ("To be decided.", "clinical -- decision")),
        ({"because": f"{REASON}\nand more"}, "because", "on one line"),
        ({"because": f"{REASON}\x1b[2J"}, "because", "on one line"),
        ({"because": f"{REASON} " * LONGEST_REASON}, "because", "letters is none"),
        ({"act": " biopsy"}, "act", "no act"),
        ({"act": "bi\nopsy"}, "act", "no act"),
        ({"act": "x" * 81}, "act", "no act"),
    ],
)
def test_what_is_no_override_is_refused_in_one_line_that_repeats_nothing(
    wrong: dict[str, Any], where: str, words: str
) -> None:
    with pytest.raises(RecordError, match=words) as fault:
        replace(ONE, **wrong)
    assert fault.value.where == where
    assert fault.value.remedy
    assert "\n" not in str(fault.value)
    assert "Example" not in str(fault.value)
    assert REASON not in str(fault.value)


@pytest.mark.parametrize("why", ["no MR to be had", "Rückenmark drückt", "вторичный парез", "cord cannot wait"])
def test_a_short_reason_is_a_reason(why: str) -> None:
    assert replace(ONE, because=why).because == why


def test_it_is_about_the_patient_or_a_lesion_of_the_case() -> None:
    lesions = (Lesion(id="A"),)
    both = (ONE, replace(ONE, about="A"))
    assert Case(id="x", lesions=lesions, overrides=both).overrides == both
    for nobody in ("B", "T8", ""):
        with pytest.raises(RecordError, match=rf"cannot be about '{nobody}'.*lesions are A"):
            Case(id="x", lesions=lesions, overrides=(replace(ONE, about=nobody),))


def test_a_stop_is_overridden_once_for_one_subject_and_act() -> None:
    with pytest.raises(RecordError, match="STOP-16 about patient is overridden twice"):
        Case(id="x", overrides=(ONE, replace(ONE, by="S. Example")))
    apart = (ONE, replace(ONE, act="biopsy"), replace(ONE, stop="STOP-17"))
    assert Case(id="x", overrides=apart).overrides == apart


def test_its_date_counts_for_the_record() -> None:
    assert Case(id="x", overrides=(ONE,)).stands_at == ONE.on
