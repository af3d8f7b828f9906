"""Stops about cement and ablation, an infection that is not excluded, and a tumour that may release hormones."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.fact import HormoneRelease, PrimarySite
from enbloc.decide.ablation import CLEAR_FROM, laser_is_allowed, nidus_is_near
from enbloc.decide.acts import MAY_CEMENT, PROCEDURES
from enbloc.decide.construct import fixes
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_percutaneous import (
    HAEMANGIOMA,
    NIDUS,
    Dangers,
    cements,
    decompresses,
    is_infection_open,
    is_low,
    is_plasmacytoma,
    is_primary_other_than,
    is_without_name,
    there,
)
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.steroid import is_planned
from enbloc.decide.stops import is_excepted
from enbloc.evidence import Checked

V2, U = Checked.READ_IN_A_COPY, Checked.FROM_MEMORY
RELEASING = ("cauda_nec", "met_net")
"""Entities that may release hormones."""


@rule(
    "STOP-09",
    cites=("cafe_registry", "ryan2022cirse", "charestmorin2016benign"),
    checked=V2,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=(*MAY_CEMENT, Act.ABLATION),
    against=(Act.CEMENT, Act.ABLATION),
)
def cement_or_ablation_that_harms(about: Situation) -> Verdict:
    """Cement with ESCC 1c or more or not graded and no decompression, myelopathy, a primary bone tumour or
    plasmacytoma; ablation with ESCC 2 or more, myelopathy, a primary bone tumour or nerves too near; either in a
    solitary lesion without tissue, with an infection not excluded or a coagulopathy.
    """
    cement, ablation = cements(about), about.is_act(Act.ABLATION)
    if not cement and not ablation:
        return None
    dangers = (*(_of_cement(about) if cement else ()), *(_of_ablation(about) if ablation else ()), *_of_both(about))
    condition = any_of(*(holds for _, holds in dangers))
    do = "Do not do it before each of these is resolved."
    return when(condition, do=do, because=f"Found: {there(dangers)}.")


def _of_cement(about: Situation) -> Dangers:
    # A grade that is not known counts as one that forbids: the row says so.
    too_much = is_low(about) is not True
    return (
        ("ESCC 1c or more, or not graded, without decompression", all_of(too_much, negated(decompresses(about)))),
        ("myelopathy", about.answer(vocabulary.MYELOPATHY)),
        ("primary bone tumour", is_primary_other_than(about, *HAEMANGIOMA, "plasmacytoma")),
        ("solitary plasmacytoma", is_plasmacytoma(about)),
    )


def _of_ablation(about: Situation) -> Dangers:
    pressed = any_of(about.is_high_grade, about.answer(vocabulary.MYELOPATHY))
    unprotected = negated(about.answer(vocabulary.THERMAL_PROTECTION))
    return (
        ("compression or myelopathy", all_of(pressed, negated(laser_is_allowed(about)))),
        ("primary bone tumour", is_primary_other_than(about, *NIDUS, *HAEMANGIOMA)),
        ("cord or root near the zone, without protection", all_of(_is_near(about), unprotected)),
    )


def _is_near(about: Situation) -> Answer:
    """Nearer than 10 mm; for the nidus of an osteoid osteoma nearer than 5."""
    if about.histology is not None and about.histology.key == "osteoid_osteoma":
        return nidus_is_near(about)
    return negated(about.meets(vocabulary.ABLATION_TO_NERVE, CLEAR_FROM))


def _of_both(about: Situation) -> Dangers:
    return (
        # What STOP-01 excepts by name is excepted here: the row refers to it.
        ("solitary lesion without tissue", False if is_excepted(about) else is_without_name(about)),
        ("infection not excluded", is_infection_open(about)),
        ("coagulopathy not corrected", about.answer(vocabulary.UNCORRECTED_COAGULOPATHY)),
    )


@rule(
    "STOP-37",
    cites=("cafe_registry",),
    checked=U,
    strength="Hard stop",
    degree=Degree.STOP,
    against=(Act.CEMENT, Act.ABLATION),
)
def infection_not_excluded(about: Situation) -> Verdict:
    """An infection of the spine is suspected and not excluded, and cement, a definitive implant, ablation or an
    elective steroid is planned: sepsis, or a lost diagnosis.
    """
    if not about.has_act:
        return None
    planned = cements(about) or about.is_act(Act.ABLATION) or fixes(about)
    # Of an act that brings in nothing itself an elective steroid may still be planned: nobody knows until it is said.
    steroid = all_of(is_planned(about), about.answer(vocabulary.PLAN_ELECTIVE))
    condition = all_of(True if planned else steroid, is_infection_open(about))
    do = "Exclude the infection first: MRI with gadolinium, and cultures before antibiotics."
    return when(condition, do=do, because="An infection of the spine is suspected and not excluded.")


@rule("STOP-38", cites=("louis2021who",), checked=U, strength="Hard stop", degree=Degree.STOP, acts=PROCEDURES)
def hormones_not_excluded(about: Situation) -> Verdict:
    """A paraganglioma, phaeochromocytoma or functioning neuroendocrine tumour is possible, and a needle, embolisation
    or surgery is planned without a test for hormones and a plan for blockade: crisis.
    """
    # A test that found none leaves nothing to block (MET-16: exclude the release of hormones).
    released = about.is_one_of(vocabulary.HORMONE_RELEASE, HormoneRelease.POSITIVE)
    excluded = about.is_one_of(vocabulary.HORMONE_RELEASE, HormoneRelease.NEGATIVE)
    safe = any_of(excluded, all_of(released, about.answer(vocabulary.BLOCKADE_PLAN)))
    do = "Test for hormones (metanephrines, carcinoid) and plan the blockade first."
    because = f"{about.tumour_words}: hormones may be released."
    return when(all_of(_may_release(about), negated(safe)), do=do, because=because)


def _may_release(about: Situation) -> Answer:
    """By name, by the site of the primary, or as somebody says; a proven other tumour does not."""
    if about.histology is not None and about.histology.key in RELEASING:
        return True
    if about.is_one_of(vocabulary.PRIMARY_SITE, PrimarySite.CARCINOID) is True:
        return True
    stated = about.answer(vocabulary.HORMONE_TUMOUR_POSSIBLE)
    named = about.histology is not None and about.answer(vocabulary.PROVEN) is True
    return False if named and stated is not True else stated


CASE_RULES: tuple[Rule, ...] = ()
ACT_RULES: tuple[Rule, ...] = (cement_or_ablation_that_harms, infection_not_excluded, hormones_not_excluded)
