"""Stops about tissue: a tract that contaminates, and a treatment of what nobody has proven."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.fact import BiopsyRoute
from enbloc.case.patient import Sex
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import may_be_primary
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

HIGH_PSA = Threshold(
    name="prostate-specific antigen from which androgen deprivation may begin without tissue",
    number=100,
    unit="ng/mL",
    comparator=">",
    source="pathway (STOP-42, MET-08)",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
FORBIDDEN = (BiopsyRoute.TRANSRECTAL, BiopsyRoute.TRANSPLEURAL, BiopsyRoute.TRANSVAGINAL)
"""Routes that contaminate whatever the tumour."""


@rule(
    "STOP-20",
    cites=("yamazaki2009sosg", "stacchiotti2015"),
    checked=Checked.FROM_MEMORY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=(Act.BIOPSY, Act.EN_BLOC),
)
def tract_outside_the_resection(about: Situation) -> Verdict:
    """The biopsy tract of a possible primary tumour does not lie in the field of the resection, or the biopsy goes
    through the rectum, the pleura or the vagina: contamination.
    """
    left = negated(about.answer(vocabulary.TRACT_IN_RESECTION))
    if about.is_act(Act.EN_BLOC):
        # A resection leaves a tract behind only where a biopsy was taken.
        condition = all_of(may_be_primary(about) if not _is_proven_primary(about) else True, _was_biopsied(about), left)
        return when(condition, do="Take the biopsy tract out with the tumour.", because=about.where)
    forbidden = about.is_one_of(vocabulary.BIOPSY_ROUTE, *FORBIDDEN)
    condition = any_of(forbidden, all_of(may_be_primary(about), left))
    do = "Place the tract in tissue that the resection takes out, and not through rectum, pleura or vagina."
    return when(condition, do=do, because=_route(about))


def _is_proven_primary(about: Situation) -> bool:
    return about.is_secondary is False


def _was_biopsied(about: Situation) -> Answer:
    return about.answer(vocabulary.PROVEN)


def _route(about: Situation) -> str:
    route = about.known(vocabulary.BIOPSY_ROUTE)
    return f"Route: {'not recorded' if route is None else route.value}; {about.where}"


@rule(
    "STOP-42",
    cites=("project",),
    checked=Checked.OURS,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=(Act.SYSTEMIC, Act.RADIOTHERAPY, Act.RADIOSURGERY),
    against=(Act.SYSTEMIC, Act.RADIOTHERAPY, Act.RADIOSURGERY),
)
def treating_what_is_not_proven(about: Situation) -> Verdict:
    """A systemic cancer drug, denosumab or definitive radiotherapy is planned without a diagnosis proven by biopsy:
    treatment of an unproven disease. Excepted are a known cancer with typical multifocal metastases, androgen
    deprivation for a very high PSA with typical blastic metastases and epidural disease, and emergency radiotherapy
    agreed by a quorum of the board when tissue cannot be had in time.
    """
    exception = _quorum(about) if not about.is_act(Act.SYSTEMIC) else _deprivation(about)
    condition = all_of(about.is_without_tissue, negated(_is_typical(about)), negated(exception))
    do = "Take a biopsy first, or record which exception holds."
    return when(condition, do=do, because=f"No tissue: {about.where}")


@once
def _is_typical(about: Situation) -> Answer:
    """A known cancer with typical multifocal metastases; a solitary lesion is neither, whatever cancer came before."""
    return all_of(
        about.answer(vocabulary.KNOWN_CANCER),
        about.answer(vocabulary.TYPICAL_METASTASES),
        negated(about.answer(vocabulary.SOLITARY)),
    )


def _deprivation(about: Situation) -> Answer:
    """Metastases of the prostate before any tissue: never of a woman, and never a primary tumour of the spine."""
    return all_of(
        negated(about.is_one_of(vocabulary.SEX, Sex.FEMALE)),
        about.is_secondary,
        about.answer(vocabulary.ANDROGEN_DEPRIVATION),
        about.meets(vocabulary.PSA, HIGH_PSA),
        about.answer(vocabulary.TYPICAL_BLASTIC_EPIDURAL),
    )


def _quorum(about: Situation) -> Answer:
    return about.answer(vocabulary.BOARD_QUORUM_RADIOTHERAPY)


ACT_RULES: tuple[Rule, ...] = (tract_outside_the_resection, treating_what_is_not_proven)
PARAMETERS: tuple[Threshold, ...] = (HIGH_PSA,)
