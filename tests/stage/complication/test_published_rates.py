"""Counselling figures (prognosis 4 and 5): quoted word for word, each with source and mark, and nothing computed."""

from __future__ import annotations

import re

import pytest

from enbloc.evidence import Checked, bibliography
from enbloc.stage.complication.published_rates import PUBLISHED_RATES, PublishedRate, Topic, rates

every = pytest.mark.parametrize("rate", PUBLISHED_RATES, ids=lambda rate: f"{rate.situation}: {rate.figure}"[:60])


def the_one(words: str) -> PublishedRate:
    (found,) = (rate for rate in PUBLISHED_RATES if words in rate.figure)
    return found


@every
def test_each_figure_has_situation_source_and_mark(rate: PublishedRate) -> None:
    assert rate.situation
    assert rate.figure
    assert bibliography()[rate.source.key] == rate.source
    assert rate.checked in (Checked.READ, Checked.FROM_MEMORY)
    assert rate.patients is None or rate.patients > 0


def test_the_topics_hold_all_of_them_once() -> None:
    by_topic = [rate for topic in Topic for rate in rates(topic)]
    assert by_topic == list(PUBLISHED_RATES)
    assert len({(rate.situation, rate.figure) for rate in by_topic}) == len(by_topic)
    assert [len(rates(topic)) for topic in Topic] == [11, 2, 2]


@pytest.mark.parametrize(
    ("words", "situation", "patients", "key", "draft"),
    [
        ("58 (35 %) recurred", "chordoma of the mobile spine", 166, "gokaslan2016", False),
        ("7.0", "Enneking inappropriate (84, 59 %)", 166, "gokaslan2016", True),
        ("51 (33 %) recurred", "one centre", 153, "chordoma_one_centre", False),
        ("8.4 years", "60 (58 %)", 111, "fisher2016chondro", False),
        ("22 % against about 50 %", "chondrosarcoma", 111, "fisher2016chondro", True),
        ("16.4 %", "separation", 186, "laufer2013separation", False),
        (
            "4.1 % local progression at 1 year, hazard ratio 0.12",
            "24 to 30 Gy in 3",
            186,
            "laufer2013separation",
            False,
        ),
        ("22.6 %", "18 to 36 Gy in 5 or 6", 186, "laufer2013separation", False),
        ("9.0 %", "single fraction of 24 Gy", 186, "laufer2013separation", True),
        ("84 % local control", "after an operation", 80, "alomair2013", False),
        ("3.0, 8.4, 0 and 24.9 %", "0, 1, 2 and 3", None, "srs_by_bilsky", False),
        ("20.4 % infected", "cancer of the spine", 324, "infection_cancer_spine", False),
        ("1786 mL without and 1716 mL with", "embolisation", None, "embolisation_meta2023", False),
    ],
)
def test_the_figures_of_the_table(words: str, situation: str, patients: int | None, key: str, *, draft: bool) -> None:
    rate = the_one(words)
    assert situation in rate.situation
    assert (rate.patients, rate.source.key, rate.checked.is_draft) == (patients, key, draft)


def test_nothing_is_said_of_tumours_without_a_verified_figure() -> None:
    said = " ".join(f"{rate.situation} {rate.figure}" for rate in PUBLISHED_RATES)
    assert not re.search("osteosarcoma|giant cell", said)
