"""The margin of a resection: as planned, as the surgeon saw it, and as pathology found it at its worst place.

The three are kept apart, and so is the R of the UICC: R0 may be marginal or wide, R1 and R2 are both intralesional. "En
bloc" says one piece and "spondylectomy" says extent: neither is a margin.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.surgical.enneking_appropriate import NO_RADICAL, Margin
from enbloc.value import value

_BY_WORD = {str(margin.value): margin for margin in Margin}


class AtSite(Enum):
    """What pathology found at one place of the surface."""

    INTRALESIONAL = "intralesional"
    MARGINAL = "marginal"
    WIDE = "wide"
    RADICAL = "radical"
    ABSENT = "not on the specimen"

    @property
    def margin(self) -> Margin | None:
        """The margin there, if the specimen has this place."""
        return None if self is AtSite.ABSENT else _BY_WORD[self.value]


class Stated(Enum):
    """What was planned, or what the surgeon saw."""

    INTRALESIONAL = "intralesional"
    MARGINAL = "marginal"
    WIDE = "wide"
    RADICAL = "radical"
    NOT_RECORDED = "not recorded"

    @property
    def margin(self) -> Margin | None:
        """The margin, if somebody recorded one."""
        return None if self is Stated.NOT_RECORDED else _BY_WORD[self.value]


class Residual(Enum):
    """Residual tumour by the UICC, as stated."""

    R0 = "R0"
    R1 = "R1"
    R2 = "R2"
    NOT_STATED = "not stated"


SITES = ("dura", "pedicle", "vessel", "elsewhere")
"""The places of the surface that are asked for, each by its item."""

SURGEON_DIFFERS = (
    "where surgeon and pathology differ, pathology counts: in 217 en bloc resections the surgeon's view had a"
    " sensitivity of 76.9 % and a specificity of 86.8 %, agreement .62 if marginal counts as contaminated, .29 if as"
    " clear"
)
RESIDUAL_DIFFERS = "R and margin may not fit: R0 is marginal or wide, R1 and R2 are intralesional; ask pathology"


@value
class Resection:
    """Plan, surgeon, and pathology at each place of the surface.

    Examples
    --------
    >>> form = Resection(
    ...     dura=AtSite.MARGINAL, pedicle=AtSite.ABSENT, vessel=AtSite.ABSENT, elsewhere=AtSite.WIDE,
    ...     planned=Stated.WIDE, surgeon=Stated.WIDE,
    ... )
    >>> form.outcome.category, dict(form.outcome.readings)["worst at"]
    ('marginal', 'dura')
    """

    dura: Annotated[AtSite, Ask(words="margin at the dura, by pathology")]
    pedicle: Annotated[AtSite, Ask(words="margin at the cut pedicle, by pathology")]
    vessel: Annotated[AtSite, Ask(words="margin at a vessel, by pathology")]
    elsewhere: Annotated[AtSite, Ask(words="worst margin on the rest of the surface, by pathology")]
    planned: Annotated[Stated, Ask(words="margin as planned")] = Stated.NOT_RECORDED
    surgeon: Annotated[Stated, Ask(words="margin as the surgeon saw it")] = Stated.NOT_RECORDED
    residual: Annotated[Residual, Ask(words="residual tumour by the UICC, as stated")] = Residual.NOT_STATED

    def __post_init__(self) -> None:
        """Raise RecordError where the specimen has no surface."""
        if not self._found:
            raise RecordError("A specimen has a surface.", remedy="Give the margin at one place at least.")

    @property
    def _found(self) -> dict[str, Margin]:
        at = {site: getattr(self, site).margin for site in SITES}
        return {site: margin for site, margin in at.items() if margin is not None}

    @property
    def pathology(self) -> Margin:
        """The worst margin found anywhere on the surface."""
        return min(self._found.values(), key=lambda margin: margin.points)

    @property
    def against_plan(self) -> str:
        """How pathology compares with the plan."""
        planned = self.planned.margin
        if planned is None:
            return "no plan to compare with"
        if self.pathology is planned:
            return "equals the plan"
        return "exceeds the plan" if self.pathology.points > planned.points else "falls short of the plan"

    @property
    def outcome(self) -> Outcome:
        """The margin of pathology; plan, surgeon and R stand beside it."""
        worst = [site for site, margin in self._found.items() if margin is self.pathology]
        return Outcome(
            category=str(self.pathology.value),
            flags=self._flags,
            readings=(
                ("worst at", ", ".join(worst)),
                ("planned", self.planned.value),
                ("by the surgeon", self.surgeon.value),
                ("pathology", self.against_plan),
                ("residual tumour (UICC)", self.residual.value),
            ),
        )

    @property
    def _flags(self) -> tuple[str, ...]:
        clear = self.pathology is not Margin.INTRALESIONAL
        seen = self.surgeon.margin
        odd = {
            SURGEON_DIFFERS: seen is not None and seen is not self.pathology,
            RESIDUAL_DIFFERS: self.residual is not Residual.NOT_STATED and (self.residual is Residual.R0) is not clear,
            NO_RADICAL: Margin.RADICAL in (self.planned.margin, seen, self.pathology),
        }
        return tuple(flag for flag, holds in odd.items() if holds)


MARGIN = Instrument(
    id="margin",
    name="Margin of a resection",
    version="specification of 2026-11-20",
    form=Resection,
    population="resection specimen of a tumour of the spine",
    better=Better.NEITHER,
    categories=(
        Category(word=Margin.RADICAL.value, published="whole compartment removed; not attainable in the vertebra"),
        Category(word=Margin.WIDE.value, published="normal tissue all round: none expected in the compartment"),
        Category(
            word=Margin.MARGINAL.value,
            published="through the pseudocapsule or reactive zone, tumour not opened: possible satellites",
        ),
        Category(
            word=Margin.INTRALESIONAL.value, published="through tumour: macroscopic or microscopic tumour is left"
        ),
    ),
    validations=("between 18 surgeons in 15 cases (2009): kappa .47 for the recommended margin",),
    warnings=(
        "the worst margin anywhere on the surface counts; plan, surgeon and pathology are never mixed",
        "R0 to R2 are another scale and are not converted; 'en bloc' and 'spondylectomy' are no margins",
        "dura, periosteum, annulus and pleura count as thin barriers in most reports (from memory)",
    ),
    checked=Checked.READ,
    cites=(cite("clarke2014margins"), cite("lador2018margins"), cite("chan2009enneking")),
)
