"""Four scores of Rades of which only the bands are known here: a total that was obtained elsewhere finds its band.

All of them are for compression of the cord under radiotherapy, and more is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from enbloc.evidence import Checked, Citation, cite
from enbloc.stage.external.obtained import SOURCE, Obtained
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, AliveAt, Cohort
from enbloc.value import value

NO_FIGURE = "under 15: no figure published here"

Bands = Sequence[tuple[int, Category]]
"""From which total on a category holds, lowest first."""

AMBULATION: Bands = (
    (21, Category(word="21 to 28", published="6 % walk after radiotherapy")),
    (29, Category(word="29 to 31", published="44 % walk after radiotherapy")),
    (32, Category(word="32 to 34", published="70 % walk after radiotherapy")),
    (35, Category(word="35 to 37", published="86 % walk after radiotherapy")),
    (38, Category(word="38 to 44", published="99 % walk after radiotherapy")),
)
ELDERLY: Bands = tuple(
    (
        low,
        Category(word=word, published=f"{percent} % alive at 6 months", survival=(AliveAt(months=6, percent=percent),)),
    )
    for low, word, percent in ((25, "25 to 39", 11), (40, "40 to 48", 56), (49, "49 to 57", 97))
)
UNKNOWN_PRIMARY: Bands = (
    (0, Category(word="under 14", published="5 %; at which time is not stated here")),
    (14, Category(word="14 to 16", published="41 %; at which time is not stated here")),
    (17, Category(word="over 16", published="92 %; at which time is not stated here")),
)
LONG_TERM: Bands = (
    (0, Category(word=NO_FIGURE)),
    (
        15,
        Category(
            word="15 to 18",
            published="94 % alive for more than 12 months",
            survival=(AliveAt(months=12, percent=94),),
        ),
    ),
)


def _total(low: int, high: int, bands: Bands) -> Number:
    cuts = tuple(start for start, _ in bands[1:])
    return Number(words="total of the score, as obtained", unit="points", low=low, high=high, cuts=cuts)


def _banded(form: Obtained, total: int, bands: Bands) -> Outcome:
    category = [each for start, each in bands if start <= total][-1]
    return Outcome(total=total, category=category.word, readings=form.source)


@value
class Ambulation(Obtained):
    """The total of the score of walking, 21 to 44.

    Examples
    --------
    >>> Ambulation(obtained_from="paper form", obtained_on="2026-11-20", total=34).outcome.category
    '32 to 34'
    """

    total: Annotated[int, _total(21, 44, AMBULATION)]

    @property
    def outcome(self) -> Outcome:
        """The band of the total."""
        return _banded(self, self.total, AMBULATION)


@value
class Elderly(Obtained):
    """The total of the score of survival in the elderly, 25 to 57."""

    total: Annotated[int, _total(25, 57, ELDERLY)]

    @property
    def outcome(self) -> Outcome:
        """The band of the total."""
        return _banded(self, self.total, ELDERLY)


@value
class UnknownPrimary(Obtained):
    """The total of the score of survival with an unknown primary; its ends are not stated here."""

    total: Annotated[int, _total(0, 50, UNKNOWN_PRIMARY)]

    @property
    def outcome(self) -> Outcome:
        """The band of the total."""
        return _banded(self, self.total, UNKNOWN_PRIMARY)


@value
class LongTerm(Obtained):
    """The total of the score of long survival, at most 18."""

    total: Annotated[int, _total(0, 18, LONG_TERM)]

    @property
    def outcome(self) -> Outcome:
        """The band of the total; below 15 there is no figure."""
        return _banded(self, self.total, LONG_TERM)


def _score(
    id: str, name: str, form: type[Obtained], bands: Bands, source: Citation, cohort: Cohort | None, *, survival: bool
) -> Instrument:
    return Instrument(
        id=id,
        name=name,
        version="bands only, specification of 2026-11-20",
        form=form,
        population="metastatic compression of the cord, radiotherapy",
        better=Better.HIGHER,
        categories=tuple(category for _, category in reversed(bands)),
        needs=(*SOURCE, "total"),
        tumours=SPREAD,
        cohort=cohort,
        is_survival=survival,
        warnings=("the total is recorded and not computed here: only the bands were read, not the points",),
        checked=Checked.READ,
        cites=(source,),
    )


RADES_AMBULATION = _score(
    "rades_2008_ambulation",
    "Rades score of walking after radiotherapy",
    Ambulation,
    AMBULATION,
    cite("rades2008ambulation"),
    Cohort(published=2008, patients=2096),
    survival=False,
)
RADES_ELDERLY = _score(
    "rades_elderly",
    "Rades score of survival in the elderly",
    Elderly,
    ELDERLY,
    cite("rades_elderly"),
    None,
    survival=True,
)
RADES_UNKNOWN_PRIMARY = _score(
    "rades_2012_unknown_primary",
    "Rades score of survival with an unknown primary",
    UnknownPrimary,
    UNKNOWN_PRIMARY,
    cite("rades2012unknown"),
    Cohort(published=2012),
    survival=True,
)
RADES_LONG_TERM = _score(
    "rades_2013_long_term",
    "Rades score of long survival",
    LongTerm,
    LONG_TERM,
    cite("rades2013longterm"),
    Cohort(published=2013),
    survival=True,
)
