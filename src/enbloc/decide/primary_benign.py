"""Benign tumours of bone and cartilage (PRIM)."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.fact import AlignmentChange
from enbloc.case.lesion import LesionKind
from enbloc.decide.decision import Act
from enbloc.decide.histology import histologies
from enbloc.decide.of_primary import LATENT, has_deficit, is_stage, is_symptomatic
from enbloc.decide.planned import is_adult
from enbloc.decide.policy import Policy, Step
from enbloc.decide.rule import Rule
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

NEAR_NERVE = Threshold(
    name="distance from an osteoid osteoma to cord or root that calls for thermal protection or excision",
    number=5,
    unit="mm",
    comparator="<",
    source="charestmorin2016benign",
    checked=Checked.READ,
    since="2026-11-20",
)
THICK_CAP = Threshold(
    name="cartilage cap of an osteochondroma that makes a chondrosarcoma likely after maturity",
    number=20,
    unit="mm",
    comparator=">",
    source="expert (PRIM-25)",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
ISLAND_GROWS = Threshold(
    name="growth of a bone island within six months that ends the waiting",
    number=25,
    unit="%",
    comparator=">",
    source="expert (PRIM-33)",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
BENIGN = frozenset(
    one.key
    for one in histologies()
    if one.kind is LesionKind.PRIMARY and one.is_benign is True and not one.is_intradural
)
"""Every benign primary tumour outside the dura."""


def _collapses(about: Situation) -> Answer:
    unstable_fracture = all_of(about.answer(vocabulary.PATHOLOGICAL_FRACTURE), about.is_unstable)
    return any_of(has_deficit(about), unstable_fracture)


def _heat_is_safe(about: Situation) -> Answer:
    return negated(_heat_is_near(about))


def _heat_is_near(about: Situation) -> Answer:
    near = about.meets(vocabulary.NIDUS_TO_NERVE, NEAR_NERVE)
    return any_of(near, negated(about.answer(vocabulary.CORTEX_INTACT)))


def _cap_is_suspicious(about: Situation) -> Answer:
    grown = any_of(about.answer(vocabulary.SKELETALLY_MATURE), is_adult(about))
    return all_of(grown, about.meets(vocabulary.CARTILAGE_CAP, THICK_CAP))


def _wants_excision(about: Situation) -> Answer:
    troubles = any_of(is_symptomatic(about), about.answer(vocabulary.GROWING))
    return all_of(negated(_cap_is_suspicious(about)), troubles)


def _is_quiet(about: Situation) -> Answer:
    troubles = any_of(is_symptomatic(about), about.answer(vocabulary.GROWING))
    return negated(any_of(_cap_is_suspicious(about), troubles))


def _latent_and_silent(about: Situation) -> Answer:
    return all_of(is_stage(about, LATENT), negated(is_symptomatic(about)))


def _needs_no_images(about: Situation) -> bool:
    """Of a typical haemangioma and a typical bone island no follow-up is printed (FU-12, PRIM-33)."""
    return about.histology is not None and about.histology.surveillance.startswith("none")


def _latent_and_watched(about: Situation) -> Answer:
    return False if _needs_no_images(about) else _latent_and_silent(about)


def _latent_and_left(about: Situation) -> Answer:
    return _latent_and_silent(about) if _needs_no_images(about) else False


def _is_atypical(about: Situation) -> Answer:
    return about.answer(vocabulary.ATYPICAL_IMAGE)


def _is_typical(about: Situation) -> Answer:
    return negated(_is_atypical(about))


def _island_is_suspicious(about: Situation) -> Answer:
    grows = about.meets(vocabulary.GROWTH_IN_SIX_MONTHS, ISLAND_GROWS)
    return any_of(grows, all_of(about.answer(vocabulary.KNOWN_CANCER), _is_atypical(about)))


def _island_is_typical(about: Situation) -> Answer:
    return negated(_island_is_suspicious(about))


def _is_weakened(about: Situation) -> Answer:
    deformed = negated(about.is_one_of(vocabulary.ALIGNMENT_REPORTED, AlignmentChange.NORMAL))
    return any_of(has_deficit(about), about.answer(vocabulary.PATHOLOGICAL_FRACTURE), deformed)


def _may_wait(about: Situation) -> Answer:
    return negated(any_of(_is_weakened(about), _is_atypical(about)))


POLICIES: tuple[Policy, ...] = (
    Policy(
        id="PRIM-14",
        tumours=frozenset({"abc"}),
        statement="An aneurysmal bone cyst is taken out intralesionally and completely after embolisation; recurrence "
        "depends on completeness. Selective arterial embolisation alone, repeated, is a weak alternative without "
        "deficit or instability; denosumab is an off-label rescue; sclerotherapy endangers the cord.",
        strength="GRADE strong and weak, very low quality",
        cites=("harrop2009sosg", "charestmorin2016benign"),
        checked=Checked.READ,
        steps=(
            Step(
                act=Act.INTRALESIONAL,
                do="Plan a complete intralesional excision after embolisation; recurrence depends on completeness.",
            ),
            Step(
                act=Act.EMBOLISATION,
                do="Embolise before the excision; alone (1 to 7 times, weak) only without deficit or instability.",
            ),
        ),
    ),
    Policy(
        id="PRIM-15",
        tumours=frozenset({"abc"}),
        statement="An aneurysmal bone cyst with a deficit or an unstable fracture is decompressed, stabilised and "
        "excised; a telangiectatic osteosarcoma and a secondary cyst are excluded first.",
        strength="Expert",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.INTRALESIONAL,
                condition=_collapses,
                do="Decompress, stabilise and excise; exclude telangiectatic osteosarcoma and a secondary cyst (USP6).",
            ),
            Step(
                act=Act.STABILISATION,
                condition=_collapses,
                do="Stabilise together with decompression and excision.",
            ),
        ),
    ),
    Policy(
        id="PRIM-16",
        tumours=frozenset({"osteoid_osteoma"}),
        statement="An osteoid osteoma is ablated by heat in selected patients, with thermal protection or excision "
        "instead where no cortex is intact or a neural element lies nearer than 5 mm; an NSAID may be tried.",
        strength="GRADE strong, very low quality",
        cites=("charestmorin2016benign", "beyer2019rfa", "weber2015rfa"),
        checked=Checked.READ,
        steps=(
            Step(
                act=Act.ABLATION,
                condition=_heat_is_safe,
                do="Offer thermal ablation.",
                adults="87 patients: technical success 94.3 %, clinical 89.7 %, no major complication.",
            ),
            Step(
                act=Act.ABLATION,
                condition=_heat_is_near,
                do="Caution: ablate only with thermal protection, or excise instead.",
            ),
            Step(act=Act.INTRALESIONAL, condition=_heat_is_near, do="Excise the nidus instead of ablating it."),
            Step(act=Act.OBSERVATION, do="A trial of NSAID is an alternative while it is tolerated."),
        ),
    ),
    Policy(
        id="PRIM-25",
        tumours=frozenset({"osteochondroma"}),
        statement="An osteochondroma is excised with its cap only if symptomatic or growing; a cap thicker than 2 cm "
        "after maturity raises the suspicion of a chondrosarcoma: biopsy and a wide margin, not simple excision.",
        strength="Expert",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.EN_BLOC,
                condition=_cap_is_suspicious,
                do="Suspect a chondrosarcoma: biopsy by the rules of a primary tumour, then a wide margin.",
            ),
            Step(act=Act.EN_BLOC, condition=_wants_excision, do="Excise it with its whole cap."),
            Step(
                act=Act.BIOPSY,
                condition=_cap_is_suspicious,
                do="Suspect a chondrosarcoma: take tissue along the line of a later resection.",
            ),
            Step(act=Act.OBSERVATION, condition=_is_quiet, do="Neither symptomatic nor growing: leave it."),
            Step(
                act=Act.INTRALESIONAL,
                condition=_cap_is_suspicious,
                do="No simple excision while a chondrosarcoma is suspected.",
                against=True,
            ),
        ),
    ),
    Policy(
        id="PRIM-28",
        tumours=BENIGN,
        statement="A benign, latent tumour without symptoms is observed with serial imaging.",
        strength="Principle",
        cites=("enneking1980", "source_s3"),
        checked=Checked.READ,
        steps=(
            Step(act=Act.OBSERVATION, condition=_latent_and_watched, do="Observe with serial imaging."),
            Step(
                act=Act.OBSERVATION,
                condition=_latent_and_left,
                do="Observe; while the image is typical no serial imaging is called for (FU-12).",
            ),
        ),
    ),
    Policy(
        id="PRIM-32",
        tumours=frozenset({"bnct"}),
        statement="A typical benign notochordal cell tumour is observed by MRI; growth, lysis, soft tissue or "
        "enhancement calls for a biopsy as of a chordoma.",
        strength="Expert",
        cites=("who2020bone",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.OBSERVATION,
                condition=_is_typical,
                do="Observe: MRI after 6 to 12 months, then every 1 to 2 years.",
            ),
            Step(act=Act.BIOPSY, condition=_is_atypical, do="Take a biopsy as of a chordoma, its tract excisable."),
        ),
    ),
    Policy(
        id="PRIM-33",
        tumours=frozenset({"enostosis"}),
        statement="A bone island that is typical on CT needs neither biopsy nor follow-up, unless it grows by more "
        "than a quarter within six months or there is doubt in somebody who had cancer.",
        strength="Expert",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(act=Act.OBSERVATION, condition=_island_is_typical, do="Neither biopsy nor follow-up."),
            Step(act=Act.BIOPSY, condition=_island_is_suspicious, do="Take a biopsy or follow it, as the board says."),
        ),
    ),
    Policy(
        id="PRIM-34",
        tumours=frozenset({"fibrous_dysplasia"}),
        statement="Fibrous dysplasia is observed, biopsied if atypical, and operated on intralesionally with "
        "stabilisation only for deficit, fracture or deformity; bisphosphonate for pain; no radiotherapy.",
        strength="Expert",
        cites=("who2020bone",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(act=Act.OBSERVATION, condition=_may_wait, do="Observe; bisphosphonate for pain."),
            Step(act=Act.BIOPSY, condition=_is_atypical, do="Atypical: take a biopsy."),
            Step(act=Act.INTRALESIONAL, condition=_is_weakened, do="Excise intralesionally and stabilise."),
            Step(act=Act.STABILISATION, condition=_is_weakened, do="Stabilise with an intralesional excision."),
            Step(act=Act.RADIOTHERAPY, do="No radiotherapy for fibrous dysplasia.", against=True),
        ),
    ),
    Policy(
        id="PRIM-35",
        tumours=frozenset({"chondroblastoma"}),
        statement="A chondroblastoma is taken out intralesionally and completely, en bloc only if morbidity is low; "
        "one CT of the chest.",
        strength="Expert",
        cites=("who2020bone",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.INTRALESIONAL,
                do="Plan a complete intralesional excision, en bloc only if morbidity is low; CT of the chest once.",
            ),
        ),
    ),
)

ACT_RULES: tuple[Rule, ...] = tuple(policy.rule for policy in POLICIES)
PARAMETERS: tuple[Threshold, ...] = (NEAR_NERVE, THICK_CAP, ISLAND_GROWS)
