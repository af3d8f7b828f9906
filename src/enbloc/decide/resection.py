"""Rules about resection and decompression (RES, DECOMP): margins by face, the dura, spilled tumour, the front."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer
from enbloc.case.answer import Answer, Unknown, all_of, any_of, unknown
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.acts import BESIDE_BONE
from enbloc.decide.compression import is_below_conus, is_branch
from enbloc.decide.decision import Act, Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit, project_value

U, V, V2 = Checked.FROM_MEMORY, Checked.READ, Checked.READ_IN_A_COPY


REGISTRATION_TO = limit("error of the registration for navigation, most", 2, "mm", "<=", "niu2016nav", V)
UNCERTAINTY = project_value("uncertainty of the segmentation where none is recorded", 2, "mm", "<=", source="RES-02")
TOUCHES = project_value("distance of a cut that touches or crosses the tumour", 0, "mm", "<=", source="RES-02")
CLEAR_FROM = limit("distance to the cord after separation, lower", 2, "mm", ">=", "alomair2013", V)
CLEAR_BETTER = limit("distance to the cord after separation, higher", 3, "mm", ">=", "alomair2013", V)


@rule("RES-01", cites=("niu2016nav", "enneking1980"), checked=V, strength="Cohort", acts=(Act.EN_BLOC,))
def resect_en_bloc(about: Situation) -> Verdict:
    """In an en bloc resection the tumour is never entered, every face is labelled with its predicted margin, and the
    registration for navigation errs by 2 mm or less.
    """
    do = "Do not enter the tumour; label every face wide, marginal, planned intralesional or contaminated; "
    do += f"keep the error of the registration at {REGISTRATION_TO.number:g} mm or less (1.7 in the series)."
    gaps = []
    if about.answer(vocabulary.FACES_LABELLED) is False:
        gaps.append("faces not labelled")
    if about.meets(vocabulary.REGISTRATION_ERROR, REGISTRATION_TO) is False:
        gaps.append(f"registration errs by more than {REGISTRATION_TO.number:g} mm")
    return when(True, do=do, because=f"En bloc resection is planned{''.join(f', {gap}' for gap in gaps)}.")


@rule(
    "RES-02",
    cites=("project",),
    checked=Checked.OURS,
    strength="Project rule",
    degree=Degree.CAUTION,
    acts=(Act.EN_BLOC,),
)
def cut_beside_the_tumour(about: Situation) -> Verdict:
    """A planned cut that touches or crosses the tumour makes its face intralesional and the resection not en bloc; one
    within the error of registration and segmentation leaves the margin unproven.
    """
    crosses = about.meets(vocabulary.CUT_TO_TUMOUR, TOUCHES)
    do = "Call the margin of this face not proven."
    if crosses is True:
        do = "Mark the face intralesional: the resection is not en bloc."
    elif isinstance(crosses, Unknown):
        do = "Call the margin of this face not proven, and intralesional if the cut touches."
    distance = about.known(vocabulary.CUT_TO_TUMOUR)
    because = "" if distance is None else f"The cut lies {distance:g} mm from the tumour."
    if distance is not None and distance <= TOUCHES.number:
        because = "The cut touches the tumour." if not distance else f"The cut lies {-distance:g} mm within the tumour."
    return when(any_of(crosses, _within_error(about)), do=do, because=because)


def _within_error(about: Situation) -> Answer:
    """Whether the cut lies nearer than registration and segmentation err, together, each 2 mm where not recorded.

    The row names one default; taking it for each keeps the band wide. An error of registration that nobody has
    recorded leaves a cut beyond that band open.
    """
    cut, registration = about.finding(vocabulary.CUT_TO_TUMOUR), about.finding(vocabulary.REGISTRATION_ERROR)
    if isinstance(cut, Unknown):
        return cut
    segmentation = about.finding(vocabulary.SEGMENTATION_ERROR)
    band = UNCERTAINTY.number if isinstance(segmentation, Unknown) else segmentation.high
    if isinstance(registration, Unknown):
        return True if cut.high < band + UNCERTAINTY.number else registration
    band += registration.high
    ends = {end < band for end in (cut.low, cut.high)}
    return ends.pop() if len(ends) == 1 else unknown(vocabulary.CUT_TO_TUMOUR.ask)


@rule("RES-03", cites=("boriani1997wbb",), checked=U, strength="Expert", degree=Degree.CAUTION, acts=(Act.EN_BLOC,))
def dura_only_for_the_margin(about: Situation) -> Verdict:
    """Where the tumour abuts the dura, fascia or dura is resected only if the margin needs it, and a leak of
    cerebrospinal fluid is reported.
    """
    layers = several(about, vocabulary.WBB_LAYERS)
    abuts: Answer = layers if isinstance(layers, Unknown) else Layer.D.value in layers
    do = "Resect fascia or dura only if the margin needs it, and report a leak of cerebrospinal fluid."
    return when(abuts, do=do, because="Tumour in layer D, beside the dura.")


@rule("RES-04", cites=("project",), checked=U, strength="Expert", degree=Degree.CAUTION)
def tumour_spilled(about: Situation) -> Verdict:
    """Tumour that was spilled at an operation is documented, tools are changed, the field is irrigated, and
    radiotherapy follows.
    """
    spilled = about.answer(vocabulary.TUMOUR_SPILLED)
    if isinstance(spilled, Unknown) and not _is_operated(about):
        return None
    do = "Document it, change the tools, irrigate, and plan radiotherapy."
    return when(spilled, do=do, because="Tumour was spilled at the operation.")


def _is_operated(about: Situation) -> bool:
    """Whether an operation is on record, here or without a level."""
    before = about.answer(vocabulary.OPERATED_AT_LEVEL) is True
    return before or any(one.kind is TreatmentKind.OPERATION for one in about.case.treatments)


@rule("DECOMP-01", cites=("patchell2005",), checked=U, strength="RCT", degree=Degree.CAUTION, acts=BESIDE_BONE)
def decompress_from_the_front(about: Situation) -> Verdict:
    """A metastasis that presses from the front is decompressed there: laminectomy alone is wrong with ventral disease
    or instability.
    """
    front = any_of(about.answer(vocabulary.VENTRAL_COMPRESSION), about.is_unstable)
    ventral = about.answer(vocabulary.VENTRAL_COMPRESSION) is True
    do = "Decompress from the front; never by laminectomy alone." if ventral else "No laminectomy alone: stabilise."
    because = "The tumour presses from the front." if ventral else about.sins_words
    return when(all_of(is_branch(about), front), do=do, because=because)


@rule("DECOMP-02", cites=("alomair2013",), checked=V, strength="Cohort", acts=(Act.SEPARATION, Act.INTRALESIONAL))
def separate_from_the_cord(about: Situation) -> Verdict:
    """With ESCC 2 or 3 the cord is decompressed to ESCC 1 or less, with 2 to 3 mm between tumour and cord."""
    clear = f"{CLEAR_FROM.number:g} to {CLEAR_BETTER.number:g} mm"
    condition = all_of(is_branch(about), about.is_high_grade)
    return when(condition, do=f"Decompress to ESCC 1 or less, with {clear} or more free.", because=about.escc_words)


@rule("DECOMP-03", cites=("patchell2005",), checked=V2, strength="RCT")
def cauda_equina_alone(about: Situation) -> Verdict:
    """Compression of the cauda equina alone: roots bear it longer, the rules of NOMS for the cord do not hold
    unchanged, and the trial of surgery left such patients out.
    """
    do = "Read the rows of NOMS as advice only; roots bear compression longer, and the trial left these patients out."
    return when(all_of(is_branch(about), is_below_conus(about)), do=do, because=f"No cord at the level. {about.where}")


CASE_RULES: tuple[Rule, ...] = (tumour_spilled, cauda_equina_alone)
ACT_RULES: tuple[Rule, ...] = (
    resect_en_bloc,
    cut_beside_the_tumour,
    dura_only_for_the_margin,
    decompress_from_the_front,
    separate_from_the_cord,
)
PARAMETERS: tuple[Threshold, ...] = (REGISTRATION_TO, UNCERTAINTY, TOUCHES, CLEAR_FROM, CLEAR_BETTER)
