"""Whom an instrument is for: the kinds of tumour that it was made from, and the patients behind its figures."""

from __future__ import annotations

from enum import Enum

from enbloc.evidence import Checked
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
    """Median survival in months with its confidence interval; ``months`` is None where it was not reached.

    Of every figure: ``part`` is the part of the category it is for, where it is not for all of it; ``elsewhere`` are
    the patients it comes from, where these are not the cohort of the instrument; ``checked`` is its own mark, where
    that is not the mark of the instrument.
    """

    months: float | None
    low: float | None = None
    high: float | None = None
    part: str = ""
    elsewhere: str = ""
    note: str = ""
    checked: Checked | None = None

    @property
    def said(self) -> str:
        """The figure alone, in words."""
        if self.months is None:
            return "median survival not reached"
        return f"median survival {self.months:g} months{_interval(self.low, self.high)}"

    @property
    def words(self) -> str:
        """The figure with whose it is, how it was read, and that it is from memory if it is.

        Examples
        --------
        >>> Median(months=13, elsewhere="749 patients of a later validation").words
        'median survival 13 months, in 749 patients of a later validation'
        """
        return _told(self)


@value
class AliveAt:
    """The share that was alive so many months after, in percent, with its confidence interval; see `Median`."""

    months: float
    percent: float
    low: float | None = None
    high: float | None = None
    part: str = ""
    elsewhere: str = ""
    note: str = ""
    checked: Checked | None = None

    @property
    def said(self) -> str:
        """The figure alone, in words."""
        return f"{self.percent:g} %{_interval(self.low, self.high)} alive at {self.months:g} months"

    @property
    def words(self) -> str:
        """The figure with whose it is, how it was read, and that it is from memory if it is."""
        return _told(self)


@value
class Predicted:
    """What the authors predict in words: survival from so many months on, up to so many (None: without an end).

    See `Median` for what all figures share.
    """

    from_months: float = 0.0
    to_months: float | None = None
    part: str = ""
    elsewhere: str = ""
    note: str = ""
    checked: Checked | None = None

    @property
    def said(self) -> str:
        """The figure alone, in words."""
        if self.to_months is None:
            return f"predicted survival from {self.from_months:g} months on"
        if not self.from_months:
            return f"predicted survival below {self.to_months:g} months"
        return f"predicted survival {self.from_months:g} to {self.to_months:g} months"

    @property
    def words(self) -> str:
        """The figure with whose it is, how it was read, and that it is from memory if it is."""
        return _told(self)


def _told(figure: SurvivalFigure) -> str:
    whose = f", at {figure.part}" if figure.part else ""
    where = f", in {figure.elsewhere}" if figure.elsewhere else ""
    draft = "from memory, not verified" if figure.checked is not None and figure.checked.is_draft else ""
    how = "; ".join(filter(None, (figure.note, draft)))
    return f"{figure.said}{whose}{where}{f' ({how})' if how else ''}"


def _interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" ({low:g} to {high:g})"


SurvivalFigure = Median | AliveAt | Predicted
