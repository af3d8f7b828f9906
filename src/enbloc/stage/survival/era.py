"""Treatment since a cohort was treated: where published survival is known to be too short for a tumour of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Fact, PrimarySite
from enbloc.case.finding import Findings
from enbloc.stage.population import Cohort
from enbloc.stage.survival.primary_site import sites_of
from enbloc.value import value

CHANGED_FROM = 2010
"""Cohorts before this year underestimate survival with the tumours below."""

TUMOURS = "driver-mutated lung, renal and HER2-positive breast cancer and melanoma"


@value
class Changed:
    """A tumour whose treatment has changed survival since; ``holds`` is nothing where ``ask`` would tell."""

    tumour: str
    holds: bool | None
    ask: str = ""


_BY_SITE: dict[PrimarySite, tuple[str, Fact[bool] | None]] = {
    PrimarySite.LUNG: ("lung cancer with a treatable target", vocabulary.TARGETABLE_DRIVER),
    PrimarySite.BREAST: ("HER2-positive breast cancer", vocabulary.HER2_POSITIVE),
    PrimarySite.KIDNEY: ("renal cancer", None),
    PrimarySite.MELANOMA: ("melanoma", None),
}


def changed(findings: Findings, lesion: str) -> Changed | None:
    """Whether the primary tumour of a lesion is one of them; nothing where its site is another or unknown."""
    sites = sites_of(findings, lesion).sites
    if len(sites) != 1 or sites[0] not in _BY_SITE:
        return None
    words, by = _BY_SITE[sites[0]]
    if by is None:
        return Changed(tumour=words, holds=True)
    answer = findings.value(by, lesion)
    return Changed(tumour=words, holds=answer, ask=by.ask if answer is None else "")


def is_before(cohort: Cohort | None) -> bool | None:
    """Whether a cohort was treated before the change; nothing where its years are not known, or lie on both sides.

    Examples
    --------
    >>> is_before(Cohort(published=2014, first_year=2005, last_year=2008)), is_before(Cohort(published=2008))
    (True, True)
    >>> is_before(Cohort(published=2014)) is None, is_before(None) is None
    (True, True)
    """
    if cohort is None:
        return None
    if cohort.last_year is not None and cohort.last_year < CHANGED_FROM:
        return True
    if cohort.first_year is not None and cohort.first_year >= CHANGED_FROM:
        return False
    return True if cohort.published <= CHANGED_FROM else None


def warnings(cohorts: Iterable[tuple[str, Cohort | None]], tumour: Changed | None) -> tuple[str, ...]:
    """What to know of the years of the cohorts, sharper where the tumour is one whose survival has changed."""
    by_era: dict[bool | None, list[str]] = {True: [], None: [], False: []}
    for name, cohort in cohorts:
        if cohort is not None:
            by_era[is_before(cohort)].append(name)
    found = [f"{_about(tumour)}: {', '.join(by_era[True])}"] if by_era[True] else []
    if by_era[None]:
        found.append(f"published after {CHANGED_FROM}, and may have been treated before it: {', '.join(by_era[None])}")
    if found and tumour is not None and tumour.holds is None:
        found.append(f"whether that concerns this tumour is not known ({tumour.tumour}?): {tumour.ask}")
    return tuple(found)


def _about(tumour: Changed | None) -> str:
    when = f"treated before {CHANGED_FROM} or published by then"
    if tumour is not None and tumour.holds:
        return f"this tumour is a {tumour.tumour}, and survival with it has changed; too short probably, {when}"
    return f"{when}, and underestimating survival with {TUMOURS}"


def concerned(names: Sequence[tuple[str, Cohort | None]], tumour: Changed | None) -> tuple[str, ...]:
    """The instruments whose figures are too short for this very tumour; none where that is not known."""
    if tumour is None or tumour.holds is not True:
        return ()
    return tuple(name for name, cohort in names if is_before(cohort))
