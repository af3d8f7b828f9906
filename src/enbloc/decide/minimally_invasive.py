"""Rules about small approaches (MIS): which tumours allow one, and which call for open surgery."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.case.fact import Reach
from enbloc.case.lesion import LesionKind
from enbloc.decide.acts import BESIDE_BONE
from enbloc.decide.compression import is_branch
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_intradural import MENINGIOMA, is_entity
from enbloc.decide.of_percutaneous import Dangers, limit, there
from enbloc.decide.of_primary import wants_en_bloc
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

U, V = Checked.FROM_MEMORY, Checked.READ

LEVELS_TO = limit("levels for a small separation surgery, most", 3, "levels", "<=", "barzilai2019essential")
INTRADURAL_LEVELS_TO = limit("levels for a small intradural approach, most", 2, "levels", "<=", "source_s3")
DIAMETER_TO = limit("diameter for a small intradural approach, most", 30, "mm", "<=", "source_s3")


@rule("MIS-01", cites=("barzilai2019essential",), checked=U, strength="Cohort", acts=(Act.SEPARATION,))
def small_separation_surgery(about: Situation) -> Verdict:
    """A metastasis of up to three levels, centred and within reach of a tubular or mini-open approach, without fibrosis
    after radiotherapy, allows minimally invasive separation surgery with percutaneous screws.
    """
    condition = all_of(
        is_branch(about),
        _levels_within(about, LEVELS_TO),
        about.is_one_of(vocabulary.MINI_OPEN_REACH, Reach.CENTRED),
        negated(_is_fibrotic(about)),
    )
    do = "A minimally invasive separation with percutaneous screws is possible."
    return when(condition, do=do, because=about.where)


def _levels_within(about: Situation, most: Threshold) -> Answer:
    return len(about.levels) <= most.number if about.levels else unknown("level of the lesion")


def _is_fibrotic(about: Situation) -> Answer:
    """Without earlier radiotherapy there is none by it."""
    return all_of(about.answer(vocabulary.PRIOR_RADIOTHERAPY), about.answer(vocabulary.RADIATION_FIBROSIS))


def reasons_for_open(about: Situation) -> Dangers:
    """What calls for open surgery, each with its answer."""
    margin: Answer = False
    if about.kind is None:
        margin = unknown(about.kind_question)
    elif about.kind is LesionKind.PRIMARY:
        margin = wants_en_bloc(about)
    return (
        ("primary tumour that needs a margin", margin),
        ("en bloc resection", about.is_act(Act.EN_BLOC)),
        ("many vessels", about.answer(vocabulary.HYPERVASCULAR)),
        ("operated before", about.answer(vocabulary.OPERATED_AT_LEVEL)),
        ("major deformity", about.answer(vocabulary.MAJOR_DEFORMITY)),
    )


@rule("MIS-02", cites=("source_s2", "source_s3"), checked=V, strength="Expert", degree=Degree.CAUTION, acts=BESIDE_BONE)
def open_surgery(about: Situation) -> Verdict:
    """A primary malignant tumour that needs a margin, en bloc resection of several columns, a tumour rich in vessels, a
    revision or a major deformity calls for open surgery.
    """
    reasons = reasons_for_open(about)
    condition = any_of(*(holds for _, holds in reasons))
    return when(condition, do="Operate open.", because=f"Found: {there(reasons)}.")


@rule("MIS-03", cites=("source_s3",), checked=U, strength="Cohort", acts=(Act.INTRADURAL,))
def small_intradural_approach(about: Situation) -> Verdict:
    """A schwannoma or meningioma of up to two levels and 3 cm that does not lie in front allows a tubular approach or a
    hemilaminectomy.
    """
    condition = all_of(
        is_entity(about, *MENINGIOMA, "schwannoma"),
        _levels_within(about, INTRADURAL_LEVELS_TO),
        negated(about.answer(vocabulary.VENTRAL)),
        about.meets(vocabulary.DIAMETER, DIAMETER_TO),
    )
    return when(condition, do="A tubular approach or a hemilaminectomy is allowed.", because=about.where)


CASE_RULES: tuple[Rule, ...] = ()
ACT_RULES: tuple[Rule, ...] = (small_separation_surgery, open_surgery, small_intradural_approach)
PARAMETERS: tuple[Threshold, ...] = (LEVELS_TO, INTRADURAL_LEVELS_TO, DIAMETER_TO)
