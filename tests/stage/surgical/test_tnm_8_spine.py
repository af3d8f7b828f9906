"""TNM of the spine (staging 3.6): the ring of segments, what overrides it, where the wordings differ, and refusals."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.surgical.tnm_8_spine import BOTH, DIFFERS, RING, TNM_8_SPINE

REST: dict[str, Any] = {
    "vertebrae": 1,
    "canal": False,
    "great_vessels": False,
    "nodes": False,
    "metastases": "M0",
    "grade": "G2: high",
    "surface": False,
    "tumour": "primary",
}


def tnm(*segments: str, **more: Any) -> Score:
    involved = {name: name in segments for name in RING}
    return judged(TNM_8_SPINE, TNM_8_SPINE.read(REST | involved | more))


# The table written down by hand: which of the 31 sets of segments are adjacent, as gaps in the ring.
ADJACENT_PAIRS = [
    {"right_pedicle", "right_body"},
    {"right_body", "left_body"},
    {"left_body", "left_pedicle"},
    {"left_pedicle", "posterior"},
    {"posterior", "right_pedicle"},
]
ADJACENT_TRIPLES = [
    {"right_pedicle", "right_body", "left_body"},
    {"right_body", "left_body", "left_pedicle"},
    {"left_body", "left_pedicle", "posterior"},
    {"left_pedicle", "posterior", "right_pedicle"},
    {"posterior", "right_pedicle", "right_body"},
]


@pytest.mark.parametrize("segments", [each for size in range(1, 6) for each in combinations(RING, size)], ids="+".join)
def test_every_set_of_segments(segments: tuple[str, ...]) -> None:
    adjacent = {1: True, 2: set(segments) in ADJACENT_PAIRS, 3: set(segments) in ADJACENT_TRIPLES, 4: True, 5: True}
    word = "T3" if len(segments) > 3 or not adjacent[len(segments)] else "T2" if len(segments) == 3 else "T1"
    score = tnm(*segments)
    assert score.categories == (word,)
    assert (DIFFERS in score.flags) is (len(segments) == 5 or not adjacent[len(segments)])


@pytest.mark.parametrize(
    ("more", "word", "flags"),
    [
        ({"canal": True}, "T4a", ()),
        ({"great_vessels": True}, "T4b", ()),
        ({"canal": True, "great_vessels": True}, "T4b", (BOTH,)),
        ({"vertebrae": 2}, "T3", (DIFFERS,)),
        ({"vertebrae": 3}, "T3", (DIFFERS,)),
        ({"vertebrae": 2, "canal": True}, "T4a", ()),
    ],
)
def test_what_comes_before_the_segments(more: dict[str, Any], word: str, flags: tuple[str, ...]) -> None:
    score = tnm("left_body", **more)
    assert (score.categories, score.flags) == ((word,), flags)


def test_an_unknown_canal_leaves_t4a_open() -> None:
    score = tnm("left_body", canal="unknown")
    assert score.categories == ("T1", "T4a")
    assert score.missing == ("tumour in the spinal canal",)


def test_nodes_metastases_and_grade_stand_beside_it_and_there_is_no_stage() -> None:
    score = tnm("left_body", nodes=True, metastases="M1a: lung only", grade="G3: high")
    assert {one.name: one.values for one in score.also} == {"N": ("N1",), "M": ("M1a: lung only",), "G": ("G3: high",)}
    assert {one.name: one.values for one in tnm("left_body", nodes="unknown").also}["N"] == ("N0", "N1")
    assert any(warning.startswith("no stage groups") for warning in score.warnings)


@pytest.mark.parametrize(
    ("segments", "more", "words"),
    [
        (("left_body",), {"surface": True}, "not for surface or juxtacortical tumours"),
        ((), {}, "lies in one segment at least"),
        (("left_body",), {"tumour": "haematological"}, "is not for this tumour"),
        (("left_body",), {"tumour": "metastasis"}, "is not for this tumour"),
        (("left_body",), {"tumour": "intradural"}, "is not for this tumour"),
        (("left_body",), {"vertebrae": 0}, "vertebrae"),
    ],
)
def test_what_the_table_is_not_for_is_refused(segments: tuple[str, ...], more: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        tnm(*segments, **more)


def test_a_tumour_of_unknown_kind_is_flagged() -> None:
    assert "for primary only: the kind of tumour is not known" in tnm("left_body", tumour="unknown").flags
