"""The Risk Analysis Index (prognosis 2.3a): tiers of a value that was obtained elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.frailty.risk_analysis_index import RAI, Tier
from enbloc.stage.instrument import judged

FORM: dict[str, Any] = {"index": 25, "variant": "RAI-A, administrative", "source": "registry, version 3"}


@pytest.mark.parametrize(
    ("index", "tier"),
    [
        (0, Tier.ROBUST),
        (20, Tier.ROBUST),
        (21, Tier.NORMAL),
        (30, Tier.NORMAL),
        (31, Tier.FRAIL),
        (40, Tier.FRAIL),
        (41, Tier.SEVERE),
        (80, Tier.SEVERE),
    ],
)
def test_the_tiers(index: int, tier: Tier) -> None:
    score = judged(RAI, RAI.read(FORM | {"index": index}))
    assert (score.totals, score.categories) == ((index,), (tier.value,))


def test_variant_and_source_are_kept_and_nothing_comes_out_without_them() -> None:
    told = {one.name: one.values for one in judged(RAI, RAI.read(FORM)).also}
    assert told == {"variant": ("RAI-A, administrative",), "source": ("registry, version 3",)}
    alone = judged(RAI, RAI.read({"index": 25}))
    assert (alone.totals, alone.categories) == ((), ())
    assert len(alone.missing) == 2


@pytest.mark.parametrize("wrong", [{"index": -1}, {"index": 20.5}, {"variant": "RAI"}, {"source": " "}])
def test_what_it_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match=next(iter(wrong))):
        RAI.read(FORM | wrong)
