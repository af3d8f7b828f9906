"""Rules about stabilisation (STAB): length, ends, anchors and material of a construct, and what SINS calls for."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import BoneQuality, CollapseClass, PainCharacter
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.acts import SURGERY
from enbloc.decide.construct import at_junction, bad_ends, ends, fixes, is_trunk, span_words
from enbloc.decide.decision import Act, Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import is_any, listed, several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.stage.sins import Stability

U = Checked.FROM_MEMORY
SACRUM = frozenset({Level.S1, Level.S2, Level.S3, Level.S4, Level.S5})


def _limit(name: str, number: float, unit: str, comparator: str, source: str) -> Threshold:
    return Threshold(
        name=name, number=number, unit=unit, comparator=comparator, source=source, checked=U, since="2026-11-20"
    )


LONG = _limit("levels with screws on either side of the lesion", 2, "levels", ">=", "barzilai2019hybrid")
SHORT = _limit("levels with screws on either side, short construct", 1, "levels", ">=", "barzilai2019hybrid")
WEAK_BELOW = _limit("density of bone that wants cemented screws", 110, "HU", "<", "pathway (STAB-04)")
DOUBTFUL_TO = _limit("density of bone that calls for caution", 135, "HU", "<=", "pathway (STAB-04)")
CEMENT_FROM = _limit("cement for each screw, least", 1.5, "mL", ">=", "pathway (STAB-04)")
CEMENT_TO = _limit("cement for each screw, most", 2.5, "mL", "<=", "pathway (STAB-04)")
SESSION_FROM = _limit("cement in a session, lower limit", 25, "mL", "<=", "pathway (STAB-04)")
SESSION_TO = _limit("cement in a session, upper limit", 30, "mL", "<=", "pathway (STAB-04)")
DEFORMITY_FROM = _limit("levels of deformity not for carbon fibre, lower", 4, "levels", ">", "ringel2017cfr")
DEFORMITY_TO = _limit("levels of deformity not for carbon fibre, upper", 5, "levels", ">", "ringel2017cfr")
DEFECT_FROM = _limit("defect of the body that wants a cage", 50, "%", ">", "pathway (STAB-06)")
JOINT_FROM = _limit("share of a sacroiliac joint whose loss wants fixation", 50, "%", ">", "pathway (STAB-07)")
FUSE_FROM = _limit("survival that wants fusion", 12, "months", ">", "pathway (STAB-08)")
NO_FUSION_BELOW = _limit("survival of a metastasis that needs no fusion", 12, "months", "<", "pathway (STAB-08)")
GRAFT_FROM = _limit("survival that wants a graft", 60, "months", ">", "pathway (STAB-06)")


@rule("STAB-01", cites=("barzilai2019hybrid",), checked=U, strength="Cohort", acts=(Act.SEPARATION, Act.EN_BLOC))
def length_of_the_construct(about: Situation) -> Verdict:
    """After separation surgery or vertebrectomy of the thoracic or lumbar spine screws go into two levels above and two
    below; one and one only with cemented screws and an intact anterior column.
    """
    do = f"Fix {LONG.number:g} levels above and {LONG.number:g} below; {SHORT.number:g} and {SHORT.number:g} only with "
    do += "cement-augmented screws and an intact anterior column."
    return when(all_of(is_trunk(about), _is_not_met(about)), do=do, because=span_words(about))


def _is_not_met(about: Situation) -> Answer:
    """Whether the construct is shorter than the row, or not stated yet."""
    at = ends(about)
    if isinstance(at, Unknown):
        return True  # the default is said before anybody has planned one
    if min(at.above, at.below) >= LONG.number:
        return False
    short = min(at.above, at.below) >= SHORT.number
    sound = all_of(about.answer(vocabulary.SCREWS_CEMENTED), about.answer(vocabulary.ANTERIOR_COLUMN_INTACT))
    return negated(all_of(short, sound))


@rule("STAB-02", cites=("project",), checked=U, strength="Expert", degree=Degree.CAUTION, acts=SURGERY)
def end_in_a_sound_vertebra(about: Situation) -> Verdict:
    """A construct that would end at C7, T1, T11, T12 or L1, or in or next to an involved vertebra, is extended: the end
    vertebra is free of tumour, with a sound vertebra between it and any other lytic one, unless the board says why.
    """
    if not fixes(about):
        return None
    ends_badly = any_of(at_junction(about), is_any(bad_ends(about)))
    condition = all_of(ends_badly, negated(about.answer(vocabulary.END_ACCEPTED)))
    do = "Extend the construct, or record the board's reason to end it there."
    return when(condition, do=do, because=_end_words(about))


def _end_words(about: Situation) -> str:
    bad = bad_ends(about)
    reasons = () if isinstance(bad, Unknown) else bad
    return " ".join([span_words(about), *(f"{reason}." for reason in reasons)])


@rule("STAB-03", cites=("project",), checked=Checked.OURS, strength="Project rule", acts=SURGERY)
def name_every_level(about: Situation) -> Verdict:
    """Every level that a rod crosses is named in the plan and in the consent."""
    if not fixes(about):
        return None
    spanned = several(about, vocabulary.INSTRUMENTED_LEVELS)
    because = "" if isinstance(spanned, Unknown) or not spanned else f"The construct touches {listed(spanned)}."
    return when(is_any(spanned), do="Name each of these levels in the plan and in the consent.", because=because)


@rule("STAB-04", cites=("project",), checked=U, strength="Expert", degree=Degree.CAUTION, acts=SURGERY)
def anchor_in_weak_bone(about: Situation) -> Verdict:
    """Trabecular bone below 110 HU, known osteoporosis or screws within an earlier field of radiotherapy want
    fenestrated screws augmented with cement, or a longer construct; 110 to 135 HU call for caution.
    """
    if not fixes(about):
        return None
    dense = about.meets(vocabulary.TRABECULAR_DENSITY, DOUBTFUL_TO)
    weak = any_of(
        about.meets(vocabulary.TRABECULAR_DENSITY, WEAK_BELOW),
        about.answer(vocabulary.OSTEOPOROSIS),
        _screw_in_field(about),
    )
    do = f"Fenestrated screws with {CEMENT_FROM.number:g} to {CEMENT_TO.number:g} mL of cement each, no more than "
    do += f"{SESSION_FROM.number:g} to {SESSION_TO.number:g} mL in a session, or a longer construct."
    if weak is False:
        do = "Be careful with the anchors: the bone is of doubtful density."
    return when(any_of(weak, dense), do=do, because=_bone_words(about))


def _screw_in_field(about: Situation) -> Answer:
    """A level with screws was irradiated: by the record, otherwise as somebody says."""
    screws = several(about, vocabulary.SCREW_LEVELS)
    given = [one for one in about.case.treatments if one.kind is TreatmentKind.RADIOTHERAPY]
    if not isinstance(screws, Unknown) and any(set(screws) & set(one.levels) for one in given):
        return True
    return about.answer(vocabulary.SCREW_IN_FIELD)


def _bone_words(about: Situation) -> str:
    density = about.known(vocabulary.TRABECULAR_DENSITY)
    words = [] if density is None else [f"Trabecular bone {density:g} HU."]
    words += ["Osteoporosis."] if about.answer(vocabulary.OSTEOPOROSIS) is True else []
    words += ["Screws in an irradiated field."] if _screw_in_field(about) is True else []
    return " ".join(words)


@rule("STAB-05", cites=("ringel2017cfr",), checked=U, strength="Expert", acts=SURGERY)
def material_that_can_be_imaged(about: Situation) -> Verdict:
    """Where radiosurgery, particle therapy or surveillance by MRI follows, carbon fibre and PEEK are considered against
    titanium, not for a deformity over four to five levels nor to be bent in place; no cobalt-chrome near the target.
    """
    if not fixes(about):
        return None
    after = True if about.is_act(Act.SEPARATION) else about.answer(vocabulary.IMAGED_AFTERWARDS)
    do = "Weigh carbon fibre and PEEK against titanium; not for a deformity over "
    do += f"{DEFORMITY_FROM.number:g} to {DEFORMITY_TO.number:g} levels, no bending in place, no cobalt-chrome nearby."
    return when(after, do=do, because="Radiosurgery, particle therapy or surveillance by MRI follows.")


@rule("STAB-06", cites=("project",), checked=U, strength="Expert", acts=SURGERY)
def rebuild_the_front(about: Situation) -> Verdict:
    """A defect of more than half of the body, or a corpectomy, wants a cage: of metal, PEEK, cement for a survival
    under a year, or made to measure; a strut or vascularised graft for more than five years or a primary tumour.
    """
    if not fixes(about):
        return None
    large = about.meets(vocabulary.ANTERIOR_DEFECT, DEFECT_FROM)
    condition = any_of(large, about.answer(vocabulary.CORPECTOMY))
    do = "Rebuild the anterior column with a cage: expandable titanium, mesh, PEEK or carbon fibre, or made to measure"
    if about.meets(vocabulary.LIFE_EXPECTANCY, NO_FUSION_BELOW) is True:
        do += f"; cement is enough for a survival under {NO_FUSION_BELOW.number:g} months"
    if any_of(about.meets(vocabulary.LIFE_EXPECTANCY, GRAFT_FROM), negated(about.is_secondary)) is True:
        do += "; use a strut or vascularised graft"
    return when(condition, do=f"{do}.", because="Corpectomy, or a defect of more than half of the body.")


@rule(
    "STAB-07",
    cites=("project",),
    checked=U,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=(Act.EN_BLOC, Act.INTRALESIONAL),
)
def rebuild_the_pelvis(about: Situation) -> Verdict:
    """A sacrectomy above the lower half of S1, or the loss of more than half of a sacroiliac joint, wants spinopelvic
    reconstruction with iliac screws on both sides, in a triangle.
    """
    if not SACRUM & set(about.levels):
        return None
    lost = about.meets(vocabulary.SACROILIAC_REMOVED, JOINT_FROM)
    do = "Reconstruct spine to pelvis: iliac screws on both sides, in a triangle."
    because = "High cut of the sacrum, or loss of a sacroiliac joint."
    return when(any_of(about.answer(vocabulary.SACRUM_CUT_HIGH), lost), do=do, because=because)


@rule("STAB-08", cites=("project",), checked=U, strength="Expert", acts=SURGERY)
def fusion_by_prognosis(about: Situation) -> Verdict:
    """A survival of more than a year or a primary tumour wants bony fusion; a metastasis with less needs none."""
    if not fixes(about):
        return None
    primary = negated(about.is_secondary)
    long = any_of(primary, about.meets(vocabulary.LIFE_EXPECTANCY, FUSE_FROM))
    brief = all_of(about.is_secondary, about.meets(vocabulary.LIFE_EXPECTANCY, NO_FUSION_BELOW))
    do = "Aim for bony fusion." if long is True else "No fusion is needed."
    months = about.known(vocabulary.LIFE_EXPECTANCY)
    because = "Primary tumour." if months is None or primary is True else f"Survival expected: {months:g} months."
    return when(any_of(long, brief), do=do, because=because)


@rule("STAB-09", cites=("fisher2010sins",), checked=U, strength="Expert consensus", degree=Degree.CAUTION)
def middle_band_of_sins(about: Situation) -> Verdict:
    """With SINS 7 to 12 the surgeon decides in the single case and the opinion is recorded: mechanical pain with a
    lytic lesion and any collapse is offered fixation or augmentation, any other radiotherapy with a watch for fracture.
    """
    opinion = "" if isinstance(about.answer(vocabulary.STABILITY_OPINION), bool) else "Record the surgeon's opinion."
    offer = _offered(about) if about.is_secondary is True else _NO_CHOICE
    do = " ".join(words for words in (offer, opinion) if words)
    return when(_in_band(about, Stability.POTENTIALLY_UNSTABLE), do=do, because=about.sins_words)


_NO_CHOICE = "Of a primary tumour, or one without a name, SINS calls for the surgeon and never chooses the treatment."


def _offered(about: Situation) -> str:
    """What the row offers in a metastasis: fixation, or radiotherapy with a watch for fracture."""
    offered = all_of(
        about.is_one_of(vocabulary.PAIN, PainCharacter.MECHANICAL),
        about.is_one_of(vocabulary.BONE_REPORTED, BoneQuality.LYTIC),
        about.is_one_of(vocabulary.COLLAPSE_REPORTED, CollapseClass.UNDER_HALF, CollapseClass.OVER_HALF),
    )
    otherwise = "radiotherapy with a watch for fracture (RT-07)"
    if isinstance(offered, Unknown):
        return f"Fixation or augmentation for mechanical pain, lysis and collapse. Otherwise {otherwise}."
    return "Offer fixation or augmentation." if offered else f"Offer {otherwise}."


def _in_band(about: Situation, band: Stability) -> Answer:
    """Whether SINS stands in this band; SINS was not made for a tumour within the dura."""
    score = about.score("sins")
    if about.is_intradural is True or score is None:
        return False if about.is_intradural is True else unknown("SINS")
    inside = {word == band.value for word in score.categories}
    return inside.pop() if len(inside) == 1 else unknown(*score.missing)


@rule(
    "STAB-10",
    cites=("project",),
    checked=U,
    strength="Expert",
    degree=Degree.CAUTION,
    favours=(Act.RADIOTHERAPY, Act.PALLIATIVE),
)
def unstable_and_unfit(about: Situation) -> Verdict:
    """SINS 13 to 18 in a patient unable to tolerate surgery is never called stable: orthosis, a plan from bed to chair,
    percutaneous screws or cement under sedation if possible, radiotherapy and the palliative team.
    """
    do = "Orthosis, bed-to-chair plan, percutaneous screws or cement under sedation if possible, radiotherapy, "
    do += "palliative team; never call it stable."
    condition = all_of(_in_band(about, Stability.UNSTABLE), negated(about.answer(vocabulary.ABLE)))
    return when(condition, do=do, because=f"{about.sins_words} Unable to tolerate surgery.")


@rule("STAB-11", cites=("project",), checked=U, strength="Expert", degree=Degree.CAUTION)
def sacrum_and_sins(about: Situation) -> Verdict:
    """SINS gives a sacral lesion no point for its place and may say too little of its instability: ask for the
    sacroiliac joint, the body of S1 and both alae; pain on standing goes to the surgeon.
    """
    sacral = bool(SACRUM & set(about.levels)) if about.levels else unknown("level of the lesion")
    lytic = about.is_one_of(vocabulary.BONE_REPORTED, BoneQuality.LYTIC)
    do = "Look at sacroiliac joint, body of S1 and both alae; with pain on standing ask the surgeon."
    condition = all_of(sacral, lytic, negated(about.is_intradural))
    return when(condition, do=do, because=f"Lytic lesion of the sacrum. {about.where}")


CASE_RULES: tuple[Rule, ...] = (middle_band_of_sins, unstable_and_unfit, sacrum_and_sins)
ACT_RULES: tuple[Rule, ...] = (
    length_of_the_construct,
    end_in_a_sound_vertebra,
    name_every_level,
    anchor_in_weak_bone,
    material_that_can_be_imaged,
    rebuild_the_front,
    rebuild_the_pelvis,
    fusion_by_prognosis,
)
PARAMETERS: tuple[Threshold, ...] = (
    LONG,
    SHORT,
    WEAK_BELOW,
    DOUBTFUL_TO,
    CEMENT_FROM,
    CEMENT_TO,
    SESSION_FROM,
    SESSION_TO,
    DEFORMITY_FROM,
    DEFORMITY_TO,
    DEFECT_FROM,
    JOINT_FROM,
    FUSE_FROM,
    NO_FUSION_BELOW,
    GRAFT_FROM,
)
