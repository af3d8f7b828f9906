"""Compartments as a form (staging 6): the same rule as that of measured shares, and shares that are no whole."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.finding import Finding, Findings, measured
from enbloc.errors import RecordError
from enbloc.stage.compartment import Shares, compartment_score
from enbloc.stage.compartment_form import COMPARTMENT, CompartmentForm, Share, share_of, words
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from tests.strategies import a_case

FEW, SOME, ALL = (share.value for share in Share)


def compartment(extradural: str, extramedullary: str, intramedullary: str, **more: Any) -> Score:
    shares = {"extradural": extradural, "extramedullary": extramedullary, "intramedullary": intramedullary}
    return judged(COMPARTMENT, COMPARTMENT.read(shares | {"left_foramen": False, "right_foramen": False} | more))


def test_a_form_and_measured_shares_agree_on_every_whole_number() -> None:
    for outside, inside in product(range(101), repeat=2):
        if outside + inside > 100:
            continue
        shares = Shares(extradural=outside, extramedullary=inside, intramedullary=100 - outside - inside)
        form = CompartmentForm(
            extradural=share_of(outside),
            extramedullary=share_of(inside),
            intramedullary=share_of(100 - outside - inside),
            left_foramen=False,
            right_foramen=False,
        )
        assert form.outcome.category == words(shares.compartments)


@pytest.mark.parametrize("three", [(100.0, 0.0, 0.0), (70.0, 30.0, 0.0), (89.9, 10.1, 0.0), (3.0, 5.0, 92.0)])
@pytest.mark.parametrize("foramen", [True, False])
def test_a_form_and_a_case_give_the_same_words(three: tuple[float, float, float], *, foramen: bool) -> None:
    facts = (f.EXTRADURAL_SHARE, f.EXTRAMEDULLARY_SHARE, f.INTRAMEDULLARY_SHARE)
    case = a_case()
    lesion = case.lesions[0].id
    found: list[Finding[Any]] = [
        measured(one, lesion, share, method="constructed") for one, share in zip(facts, three, strict=True)
    ]
    found.append(measured(f.FORAMEN_LEFT, lesion, foramen, method="constructed"))
    of_case = compartment_score(case, Findings(found=tuple(found)), lesion)
    of_form = compartment(*(share_of(each).value for each in three), left_foramen=foramen)
    assert of_case is not None
    assert (of_case.categories, of_case.flags) == (of_form.categories, of_form.flags)


@pytest.mark.parametrize("three", [(FEW, FEW, FEW), (SOME, FEW, FEW), (FEW, SOME, FEW), (ALL, ALL, FEW)])
def test_shares_that_are_no_whole_are_refused(three: tuple[str, str, str]) -> None:
    with pytest.raises(RecordError, match="do not make a whole"):
        compartment(*three)


def test_an_unknown_share_leaves_what_the_others_allow() -> None:
    assert compartment(ALL, "unknown", "unknown").categories == ("extradural",)
    assert compartment(SOME, SOME, "unknown").categories == (
        "intramedullary",  # nine tenths, with a twentieth in each of the others
        "extradural and intradural extramedullary",
        "extradural and intradural extramedullary and intramedullary",
    )
    assert compartment(FEW, FEW, "unknown").categories == ("intramedullary",)


@pytest.mark.parametrize(
    ("three", "left", "right", "flags"),
    [
        ((SOME, SOME, FEW), True, False, ("dumbbell, in a left neural foramen",)),
        ((SOME, SOME, FEW), False, True, ("dumbbell, in a right neural foramen",)),
        ((ALL, FEW, FEW), True, True, ("in a left neural foramen", "in a right neural foramen")),
        ((FEW, SOME, SOME), False, True, ("in a right neural foramen",)),
        ((SOME, FEW, SOME), False, False, ()),
    ],
)
def test_a_foramen_is_said_with_its_side(
    three: tuple[str, str, str], flags: tuple[str, ...], *, left: bool, right: bool
) -> None:
    assert compartment(*three, left_foramen=left, right_foramen=right).flags == flags
