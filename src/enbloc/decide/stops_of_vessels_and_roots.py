"""Stops about arteries and nerve roots: cord infarct, stroke, a loss that the patient was not told of, paraplegia."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated
from enbloc.case.fact import OcclusionTest
from enbloc.case.sided import Root
from enbloc.decide.acts import SURGERY, TAKING_ARTERIES
from enbloc.decide.decision import Degree
from enbloc.decide.embolisation import embolises
from enbloc.decide.root_table import span
from enbloc.decide.roots import endangers_breathing, expected, judged, of_adults
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.vessels import (
    arteries_words,
    is_long,
    may_meet_vertebral,
    sacrifices,
    takes_adamkiewicz,
)
from enbloc.evidence import Checked

CONSENT_NEEDED = (*span("C1", "T1"), *span("L1", "S3"))
"""Roots that are not cut, on either side, without a signed statement of function."""


@rule(
    "STOP-13",
    cites=("fujimaki2006", "ueda2005", "murakami2010", "sugita2015"),
    checked=Checked.READ_IN_A_COPY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=TAKING_ARTERIES,
)
def arteries_of_the_cord(about: Situation) -> Verdict:
    """Segmental arteries of both sides cut or embolised at four or more consecutive levels, earlier operations and
    embolisations counted, or the level of the artery of Adamkiewicz, without an angiographic study and an ischaemia
    plan: cord infarct.
    """
    exposed = any_of(is_long(about), takes_adamkiewicz(about))
    prepared = all_of(about.answer(vocabulary.ANGIOGRAPHY), about.answer(vocabulary.ISCHAEMIA_PLAN))
    do = "Study the arteries of the cord by angiography and record an ischaemia plan."
    return when(all_of(exposed, negated(prepared)), do=do, because=arteries_words(about))


@rule(
    "STOP-14",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=TAKING_ARTERIES,
)
def vertebral_artery_without_test(about: Situation) -> Verdict:
    """A vertebral artery sacrificed without imaging of dominance and a test occlusion: stroke."""
    if not may_meet_vertebral(about):
        return None
    condition = all_of(sacrifices(about), negated(all_of(_dominance_imaged(about), _tolerated(about))))
    do = "Image which artery is dominant, and test by occlusion first."
    return when(condition, do=do, because="A vertebral artery is to be sacrificed.")


def _dominance_imaged(about: Situation) -> Answer:
    dominance = about.finding(vocabulary.VERTEBRAL_DOMINANCE)
    return dominance if isinstance(dominance, Unknown) else True


def _tolerated(about: Situation) -> Answer:
    # An occlusion that was not tolerated does not lift the stop: the row asks for the test because of the stroke.
    return about.is_one_of(vocabulary.OCCLUSION_TEST, OcclusionTest.TOLERATED)


@rule(
    "STOP-15",
    cites=("todd2002", "zoccali2016"),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=SURGERY,
)
def root_without_consent(about: Situation) -> Verdict:
    """A root of C1 to T1 or L1 to S3 cut on either side without a signed statement of function; or both roots of C4,
    or two or more of C3 to C5 on both sides, at all: a loss that was not disclosed, or a ventilator.
    """

    def speak(cut: tuple[Root, ...]) -> Verdict:
        named = tuple(one for one in cut if one.nerve in CONSENT_NEEDED)
        breathing = endangers_breathing(cut)
        unsigned = all_of(bool(named), negated(about.answer(vocabulary.FUNCTION_CONSENT)))
        do = "Do not cut them: the diaphragm would be paralysed." if breathing else "Have the statement of function "
        do += "" if breathing else "signed by the patient."
        do += of_adults(about) if named else ""
        return when(any_of(breathing, unsigned), do=do, because=expected(named) if named else "")

    return judged(about, speak)


@rule(
    "STOP-19",
    cites=("nair2013",),
    checked=Checked.FROM_MEMORY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=TAKING_ARTERIES,
)
def embolising_a_feeder_of_the_cord(about: Situation) -> Verdict:
    """Embolisation of a pedicle that feeds the anterior spinal artery: paraplegia."""
    condition = all_of(embolises(about), about.answer(vocabulary.FEEDS_CORD))
    do = "Do not embolise this pedicle."
    return when(condition, do=do, because="A feeding artery of the tumour also feeds the anterior spinal artery.")


ACT_RULES: tuple[Rule, ...] = (
    arteries_of_the_cord,
    vertebral_artery_without_test,
    root_without_consent,
    embolising_a_feeder_of_the_cord,
)
