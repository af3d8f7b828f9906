"""Figures that are published of local recurrence, infection and blood loss: for counselling, never a forecast.

They are quoted and not computed with. Some are crude and some allow for competing risks, as their words say: never mix
them, and never take the difference of two series for the effect of a treatment.
"""

from __future__ import annotations

from enum import Enum

from enbloc.evidence import Checked, Citation, cite
from enbloc.value import value


class Topic(Enum):
    """What the figure is of."""

    LOCAL_RECURRENCE = "local recurrence"
    INFECTION = "infection of the operated site"
    BLOOD_LOSS = "blood loss"


@value
class PublishedRate:
    """One figure as it stands in its source, with how far it was compared with it.

    ``patients`` is how many the series holds, and None where the specification names no number.

    Examples
    --------
    >>> first = rates(Topic.LOCAL_RECURRENCE)[0]
    >>> first.situation, first.figure, first.patients
    ('chordoma of the mobile spine', '58 (35 %) recurred', 166)
    """

    topic: Topic
    situation: str
    figure: str
    patients: int | None
    source: Citation
    checked: Checked


def rates(topic: Topic) -> tuple[PublishedRate, ...]:
    """The figures of one topic, in the order of the table."""
    return tuple(one for one in PUBLISHED_RATES if one.topic is topic)


def _quoted(
    topic: Topic, situation: str, figure: str, patients: int | None, key: str, checked: Checked = Checked.READ
) -> PublishedRate:
    source = cite(key)
    return PublishedRate(
        topic=topic, situation=situation, figure=figure, patients=patients, source=source, checked=checked
    )


_RECURRENCE, _MEMORY = Topic.LOCAL_RECURRENCE, Checked.FROM_MEMORY
_MOBILE = "chordoma of the mobile spine"
_CHONDROSARCOMA = "chondrosarcoma of the spine"
_SEPARATION = "separation surgery and radiosurgery"

PUBLISHED_RATES: tuple[PublishedRate, ...] = (
    _quoted(_RECURRENCE, _MOBILE, "58 (35 %) recurred", 166, "gokaslan2016"),
    _quoted(
        _RECURRENCE,
        f"{_MOBILE}: Enneking inappropriate (84, 59 %) against appropriate (58, 41 %)",
        "hazard ratio of recurrence 7.0",
        166,
        "gokaslan2016",
        _MEMORY,
    ),
    _quoted(
        _RECURRENCE,
        "chordoma of the spine, one centre",
        "51 (33 %) recurred; total spondylectomy protective",
        153,
        "chordoma_one_centre",
    ),
    _quoted(
        _RECURRENCE,
        f"{_CHONDROSARCOMA}, 60 (58 %) Enneking appropriate",
        "37 (35 %) recurred, 23 of the 37 died; median survival 8.4 years",
        111,
        "fisher2016chondro",
    ),
    _quoted(
        _RECURRENCE,
        f"{_CHONDROSARCOMA}: Enneking appropriate against inappropriate",
        "22 % against about 50 % recurred",
        111,
        "fisher2016chondro",
        _MEMORY,
    ),
    _quoted(_RECURRENCE, _SEPARATION, "16.4 % local progression at 1 year", 186, "laufer2013separation"),
    _quoted(
        _RECURRENCE,
        f"{_SEPARATION}, high dose in few fractions (24 to 30 Gy in 3)",
        "4.1 % local progression at 1 year, hazard ratio 0.12",
        186,
        "laufer2013separation",
    ),
    _quoted(
        _RECURRENCE,
        f"{_SEPARATION}, low dose (18 to 36 Gy in 5 or 6)",
        "22.6 % local progression at 1 year",
        186,
        "laufer2013separation",
    ),
    _quoted(
        _RECURRENCE,
        f"{_SEPARATION}, a single fraction of 24 Gy",
        "9.0 % local progression at 1 year",
        186,
        "laufer2013separation",
        _MEMORY,
    ),
    _quoted(
        _RECURRENCE,
        "stereotactic radiotherapy after an operation",
        "84 % local control at 1 year; 21 failures, 71 % of them epidural; better if residual epidural disease is grade"
        " 0 or 1",
        80,
        "alomair2013",
    ),
    _quoted(
        _RECURRENCE,
        "single-fraction radiosurgery by epidural grade 0, 1, 2 and 3 (Bilsky)",
        "3.0, 8.4, 0 and 24.9 % progression at 1 year",
        None,
        "srs_by_bilsky",
    ),
    _quoted(
        Topic.INFECTION,
        "operation for cancer of the spine",
        "20.4 % infected; associated with more than 4 hours, more than 6 instrumented levels and ECOG 3 or 4",
        324,
        "infection_cancer_spine",
    ),
    _quoted(
        Topic.INFECTION,
        "operation for cancer of the spine against spine surgery in general",
        "usually 10 to 20 % against about 4 %",
        None,
        "infection_cancer_spine",
    ),
    _quoted(
        Topic.BLOOD_LOSS,
        "spinal metastasis with and without embolisation, meta-analysis",
        "means of 1786 mL without and 1716 mL with it; pooled difference 324 mL",
        None,
        "embolisation_meta2023",
    ),
    _quoted(
        Topic.BLOOD_LOSS,
        "embolisation before an operation for a spinal metastasis",
        "benefit limited to tumours that are hypervascular on angiography",
        None,
        "gong2021",
    ),
)
"""All of them. Of osteosarcoma and giant cell tumour no figure was verified, so that none stands here; there is no
equation that predicts blood loss, and no validated score of infection in these patients."""
