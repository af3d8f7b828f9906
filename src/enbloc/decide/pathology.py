"""Rules about the pathologist's report (PATH): what is asked for, and a margin worse than planned."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, unknown
from enbloc.decide.acts import TAKING_TISSUE
from enbloc.decide.decision import Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

CLEAR_FROM = Threshold(
    name="distance from tumour to ink from which a margin is R0",
    number=1,
    unit="mm",
    comparator=">=",
    source="who2020bone",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)


@rule(
    "PATH-01", cites=("who2020bone", "louis2021who"), checked=Checked.FROM_MEMORY, strength="Expert", acts=TAKING_TISSUE
)
def what_the_pathologist_reports(about: Situation) -> Verdict:
    """Of any tissue the pathologist reports type, grade and subtype, the margin of each inked face with its word by
    Enneking and its R, Ki-67, markers and molecular results, and necrosis after chemotherapy; fresh and frozen tissue
    is kept if lymphoma is possible.
    """
    do = (
        "Ask for type, grade and subtype by WHO; the margin of each inked face in mm "
        f"(R0 from {CLEAR_FROM.number:g} mm, R1, R2; the word by Enneking); Ki-67; markers (brachyury, SMARCB1, USP6, "
        "H3 G34W, IDH, MYCN, EWSR1, receptors); necrosis in per cent after chemotherapy; fresh and frozen tissue if "
        "lymphoma is possible."
    )
    return when(True, do=do, because=about.where)


@rule(
    "PATH-02",
    cites=("fisher2011validation",),
    checked=Checked.READ,
    strength="Cohort",
    degree=Degree.CAUTION,
)
def margin_worse_than_planned(about: Situation) -> Verdict:
    """A final margin worse than planned is flagged as inappropriate to Enneking, radiotherapy or another excision is
    proposed, and follow-up is intensified.
    """
    planned, final = about.known(vocabulary.PLANNED_MARGIN), about.known(vocabulary.FINAL_MARGIN)
    do = "Flag it as inappropriate to Enneking (EI), propose radiotherapy or another excision, follow more closely."
    because = "" if planned is None or final is None else f"Planned {planned.value}, found {final.value}."
    return when(_falls_short(about), do=do, because=because)


def _falls_short(about: Situation) -> Answer:
    """Worse than planned; nothing to compare while neither is recorded and nothing was resected."""
    planned, final = about.known(vocabulary.PLANNED_MARGIN), about.known(vocabulary.FINAL_MARGIN)
    order = list(vocabulary.MarginWord)
    if final is None:
        resected = about.answer(vocabulary.OPERATED_AT_LEVEL)
        return all_of(planned is not None, resected, unknown(vocabulary.FINAL_MARGIN.ask))
    if planned is None:
        # The best margin that exists cannot fall short of any plan; anything else may.
        return False if final is order[-1] else unknown(vocabulary.PLANNED_MARGIN.ask)
    return order.index(final) < order.index(planned)


CASE_RULES: tuple[Rule, ...] = (margin_worse_than_planned,)
ACT_RULES: tuple[Rule, ...] = (what_the_pathologist_reports,)
PARAMETERS: tuple[Threshold, ...] = (CLEAR_FROM,)
