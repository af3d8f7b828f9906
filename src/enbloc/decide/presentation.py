"""How a patient presents, as the red flags read it: cancer, pain, signs of cord and cauda, and likely infection.

What the table of red flags calls "no known cancer" is a cancer that nobody knows of: a field that is left out never
hides an emergency. Signs are otherwise three-valued; a recorded deficit is one, and its absence excludes those that
would be part of it.
"""

from __future__ import annotations

from datetime import timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import CaudaSign, Fact, PainCharacter, PainPattern
from enbloc.case.lesion import LesionKind
from enbloc.decide.compression import has_cauda_deficit
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, project_value
from enbloc.stage.escc import Escc


def _of_memory(name: str, number: float, unit: str, comparator: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source="finucane2020redflags",
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


FEVER_FROM = _of_memory("temperature that is a fever", 38, "°C", ">=")
AGE_OVER = _of_memory("age at which pain that does not settle is a red flag", 50, "years", ">")
UNSETTLED_FROM = _of_memory("time for which pain has not settled", 4, "weeks", ">=")
BACTERAEMIA_WITHIN = _of_memory("time since a bacteraemia", 91, "days", "<")
"""Three months."""
NEUTROPENIA_BELOW = project_value("neutrophils that are too few", 1.5, "×10⁹/L", "<", source="STOP-33")
"""The red flag names no number: of those of other rules the higher one is read."""
FULL_STRENGTH = project_value("strength of a leg that is not weak", 5, "grade", "<", source="MRC grades")

PARAMETERS: tuple[Threshold, ...] = (
    FEVER_FROM,
    AGE_OVER,
    UNSETTLED_FROM,
    BACTERAEMIA_WITHIN,
    NEUTROPENIA_BELOW,
    FULL_STRENGTH,
)

_NO_COMPRESSION = (Escc.GRADE_0, Escc.GRADE_1A)


# --- cancer -----------------------------------------------------------------------------------------------------------
def has_known_cancer(about: Situation) -> Answer:
    """A cancer that is known: from the history, or by the kind or the name of the tumour."""
    if about.kind in {LesionKind.METASTASIS, LesionKind.HAEMATOLOGICAL}:
        return True
    if about.histology is not None and about.histology.behaviour.startswith("malignant"):
        return True
    return about.answer(vocabulary.KNOWN_CANCER)


def may_have_cancer(about: Situation) -> Answer:
    """A cancer that is known or suspected."""
    return any_of(has_known_cancer(about), about.answer(vocabulary.CANCER_SUSPECTED))


def is_excluded_by_image(about: Situation) -> bool:
    """Whether an image shows that nothing presses on the sac."""
    return about.grade_in(*_NO_COMPRESSION) is True


# --- pain -------------------------------------------------------------------------------------------------------------
def has_pain(about: Situation) -> Answer:
    """Pain of the spine, at the lesion or elsewhere."""
    at_lesion = about.is_one_of(vocabulary.PAIN, PainCharacter.NOT_MECHANICAL, PainCharacter.MECHANICAL)
    stated = about.answer(vocabulary.SPINAL_PAIN)
    # Nobody is asked twice: the pain at the lesion stands for that of the spine where nothing else is recorded.
    return stated if isinstance(at_lesion, Unknown) else any_of(at_lesion, stated is True)


@once
def is_suggestive(about: Situation) -> Answer:
    """Pain in a pattern that suggests a metastasis; mechanical pain is one."""
    patterns = tuple(each for each in PainPattern if each is not PainPattern.NONE)
    mechanical = about.is_one_of(vocabulary.PAIN, PainCharacter.MECHANICAL)
    stated = about.is_one_of(vocabulary.PAIN_PATTERN, *patterns)
    if has_pain(about) is False:
        return stated is True
    return any_of(mechanical is True, stated)


# --- signs ------------------------------------------------------------------------------------------------------------
def _sign(about: Situation, named: Fact[bool]) -> Answer:
    """A sign; where no deficit of any kind was found, one that nobody mentions is none."""
    stated = about.answer(named)
    if isinstance(stated, bool):
        return stated
    return False if about.answer(vocabulary.DEFICIT) is False else stated


@once
def has_cauda_pattern(about: Situation) -> Answer:
    """Saddle anaesthesia, retention, radiculopathy of both legs, or a deficit of cauda type."""
    signs = tuple(each for each in CaudaSign if each is not CaudaSign.NONE)
    stated = about.is_one_of(vocabulary.CAUDA_SIGNS, *signs)
    if isinstance(stated, Unknown) and about.answer(vocabulary.DEFICIT) is False:
        return False
    return any_of(stated, has_cauda_deficit(about) is True)


def _leg_is_weak(about: Situation) -> bool:
    return about.meets(vocabulary.LEG_STRENGTH, FULL_STRENGTH) is True


def _sphincter(about: Situation) -> Answer:
    """Bladder or bowel disturbed, as examined or as asked."""
    examined = about.case.neurology.sphincter
    return _sign(about, vocabulary.SPHINCTER_CHANGE) if examined is None else examined


def signs(about: Situation) -> dict[str, Answer]:
    """Every sign of cord or cauda equina, with its answer."""
    return {
        "neurological deficit": about.answer(vocabulary.DEFICIT),
        "weakness of a limb": any_of(_sign(about, vocabulary.LIMB_WEAKNESS), _leg_is_weak(about)),
        "change of gait": _sign(about, vocabulary.GAIT_CHANGE),
        "sensory level": _sign(about, vocabulary.SENSORY_LEVEL),
        "bladder or bowel": _sphincter(about),
        "signs of the cord": about.answer(vocabulary.MYELOPATHY),
        "signs of the cauda equina": has_cauda_pattern(about),
    }


@once
def has_signs(about: Situation) -> Answer:
    """Any neurological sign of cord or cauda equina."""
    return any_of(*signs(about).values())


@once
def signs_words(about: Situation) -> str:
    """The signs that are there, in a sentence."""
    there = [words for words, answer in signs(about).items() if answer is True]
    return f"{', '.join(there).capitalize()}." if there else "Neurology: nothing recorded."


# --- infection --------------------------------------------------------------------------------------------------------
def has_fever(about: Situation) -> Answer:
    """A temperature that is a fever."""
    return about.meets(vocabulary.TEMPERATURE, FEVER_FROM)


def _bacteraemia_is_recent(about: Situation) -> Answer:
    had = about.answer(vocabulary.BACTERAEMIA)
    if had is False:
        return False
    on = about.known(vocabulary.BACTERAEMIA_ON)
    if on is None:
        return had if isinstance(had, Unknown) else unknown(vocabulary.BACTERAEMIA_ON.ask)
    if about.today is None or on > about.today:
        return unknown(vocabulary.BACTERAEMIA_ON.ask)
    return about.today - on < timedelta(days=BACTERAEMIA_WITHIN.number)


def infection_flags(about: Situation) -> dict[str, Answer]:
    """What makes an infection of the spine likely, each with its answer."""
    defenceless = any_of(
        about.meets(vocabulary.NEUTROPHILS, NEUTROPENIA_BELOW), about.answer(vocabulary.IMMUNOSUPPRESSED)
    )
    return {
        "fever": has_fever(about),
        "recent bacteraemia": _bacteraemia_is_recent(about),
        "intravenous drug use": about.answer(vocabulary.INTRAVENOUS_DRUGS),
        "change centred on disc or endplate": about.answer(vocabulary.DISC_CENTRED),
        "collection with an enhancing rim": about.answer(vocabulary.RIM_ENHANCING),
        "poor defence with a rising CRP": all_of(defenceless, about.answer(vocabulary.CRP_RISING)),
    }


@once
def may_be_infected(about: Situation) -> Answer:
    """Pain or a deficit with any of the flags of an infection (RED-11)."""
    ill = any_of(has_pain(about), has_signs(about))
    return all_of(ill, any_of(*infection_flags(about).values()))


def red_flags_of_pain(about: Situation) -> dict[str, Answer]:
    """What makes a new pain without a known cancer urgent, each with its answer (RED-03)."""
    lasting = all_of(
        about.meets(vocabulary.AGE, AGE_OVER),
        about.meets(vocabulary.PAIN_WEEKS, UNSETTLED_FROM),
    )
    return {
        "suggestive pain": is_suggestive(about),
        "weight loss": about.answer(vocabulary.WEIGHT_LOSS),
        "fever": has_fever(about),
        "pain that does not settle": lasting,
    }


def present(flags: dict[str, Answer]) -> str:
    """The flags that are there, in a sentence."""
    there = [words for words, answer in flags.items() if answer is True]
    return f"{', '.join(there).capitalize()}."


def is_mscc_suspected(about: Situation) -> Answer:
    """Whether metastatic compression is suspected: nobody has excluded a cancer, and no image the compression.

    A primary tumour within the dura is no metastasis, whatever its grade, and the vertebra beside it bears no tumour.
    """
    if about.is_intradural is True and about.is_secondary is False:
        return False
    return all_of(negated(is_excluded_by_image(about)), may_have_cancer(about) is not False)
