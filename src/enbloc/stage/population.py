"""Whom an instrument is for: the kinds of tumour that it was made from, and the patients behind its figures."""

from __future__ import annotations

from enum import Enum

from enbloc.value import value


class Tumour(Enum):
    """The kinds of tumour that decide whether an instrument may speak at all."""

    METASTASIS = "metastasis"
    HAEMATOLOGICAL = "haematological"  # myeloma, lymphoma: scored among the metastases by most survival scores
    PRIMARY = "primary"  # of the bone or soft tissue of the spine
    INTRADURAL = "intradural"  # wherever it comes from


SPREAD = (Tumour.METASTASIS, Tumour.HAEMATOLOGICAL)
"""Of the spine, but not from it and not inside the dura."""


@value
class Cohort:
    """The patients that the figures of an instrument come from; what is not stated in the specification is None."""

    published: int
    patients: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    treatment: str = ""

    @property
    def years(self) -> str:
        """The years of treatment, or of the paper where these are not known."""
        if self.first_year is None or self.last_year is None:
            return f"published {self.published}, years of treatment not known here"
        return f"treated {self.first_year} to {self.last_year}, published {self.published}"


@value
class Median:
    """Median survival in months with its 95 % confidence interval; ``months`` is None where it was not reached."""

    months: float | None
    low: float | None = None
    high: float | None = None


@value
class AliveAt:
    """The share that was alive so many months after, in percent, with its 95 % confidence interval."""

    months: float
    percent: float
    low: float | None = None
    high: float | None = None


@value
class Predicted:
    """What the authors predict in words: survival from so many months on, up to so many (None: without an end)."""

    from_months: float = 0.0
    to_months: float | None = None


SurvivalFigure = Median | AliveAt | Predicted
