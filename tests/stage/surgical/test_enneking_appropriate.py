"""Both tables of margins of the specification (staging 3.3), and their traps."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.surgical.enneking_appropriate import (
    CONTAMINATED,
    ENNEKING_APPROPRIATE,
    EXCEEDS,
    FROM_MEMORY,
    NO_RADICAL,
    SAY_WHERE,
    EnnekingAppropriate,
)

EA, EI = "Enneking appropriate", "Enneking inappropriate"
NONE, OPEN = "not applicable", "undetermined"


def appropriate(policy: str, stage: str, margin: str | None, **more: Any) -> Score:
    written = {"policy": policy, "stage": stage, "operated": True, "margin": margin, "contaminated": False}
    return judged(ENNEKING_APPROPRIATE, read_form(EnnekingAppropriate, written | {"adjuvant": False} | more))


TABLE = {
    ("strict", "S1 latent"): ((EA, EA, EA), (EA, EA, EA)),
    ("strict", "S2 active"): ((EI, EA, EA), (EA, EA, EA)),
    ("strict", "S3 aggressive"): ((EI, EI, EA), (EI, EA, EA)),
    ("spine", "S1 latent"): ((EA, EA, EA), (EA, EA, EA)),
    ("spine", "S2 active"): ((EA, EA, EA), (EA, EA, EA)),
    ("spine", "S3 aggressive"): ((EI, EA, EA), (EI, EA, EA)),
    **{("strict", stage): ((EI, EI, EA), (EI, EI, EA)) for stage in ("IA", "IB", "IIA", "IIB")},
    **{("spine", stage): ((EI, EA, EA), (EI, EA, EA)) for stage in ("IA", "IB")},
    **{("spine", stage): ((EI, EI, EA), (EI, EA, EA)) for stage in ("IIA", "IIB")},
    **{(policy, stage): ((NONE,) * 3,) * 2 for policy in ("strict", "spine") for stage in ("IIIA", "IIIB")},
}


@pytest.mark.parametrize(("policy", "stage"), TABLE)
def test_both_tables_without_and_with_an_adjuvant(policy: str, stage: str) -> None:
    for adjuvant, row in zip((False, True), TABLE[policy, stage], strict=True):
        for margin, result in zip(("intralesional", "marginal", "wide"), row, strict=True):
            assert appropriate(policy, stage, margin, adjuvant=adjuvant).categories == (result,)


def test_what_is_missing_leaves_both_open_only_where_it_decides() -> None:
    assert appropriate("spine", "IIB", "marginal", adjuvant=None).categories == (EA, EI)
    assert appropriate("spine", "IIB", "wide", adjuvant=None).categories == (EA,)
    assert appropriate("strict", "IB", None).categories == (EA, EI)
    assert appropriate("strict", "IB", None, operated=False).categories == (OPEN,)


def test_flags_of_memory_of_dura_of_contamination_and_of_radical() -> None:
    marginal = appropriate("spine", "IB", "marginal", contaminated=True).flags
    assert {SAY_WHERE, FROM_MEMORY, CONTAMINATED} <= set(marginal)
    assert not {SAY_WHERE, FROM_MEMORY, CONTAMINATED} & set(appropriate("spine", "S3 aggressive", "marginal").flags)
    assert {NO_RADICAL, EXCEEDS} <= set(appropriate("strict", "IIA", "radical").flags)
