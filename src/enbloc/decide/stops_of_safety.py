"""Hard stops about devices, contrast media and radiation, about geometry and identity, and about unchecked rules."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.fact import Contrast, GeometryFault
from enbloc.decide.acts import all_but
from enbloc.decide.decision import Act, Degree
from enbloc.decide.imaging_by_tumour import LOW_EGFR
from enbloc.decide.planned import may_be_pregnant
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, project_value

REGISTRATION_OVER = project_value(
    "error of registration that is unsafe for navigation", 2, "mm", ">", source="STOP-31; niu2016nav reports 1.7 mm"
)

_WITHOUT_RADIATION = (Act.OBSERVATION, Act.SYSTEMIC, Act.PALLIATIVE)
"""All other acts irradiate, or are done under X-rays."""


@rule(
    "STOP-30",
    cites=("project",),
    checked=Checked.OURS,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    acts=all_but(*_WITHOUT_RADIATION),
)
def device_contrast_or_radiation(about: Situation) -> Verdict:
    """An implant that is unsafe in MRI, gadolinium with a glomerular filtration under 30, or a pregnancy with a plan
    that irradiates, and nobody has acknowledged it: safety of device and contrast.
    """
    dangers = _dangers(about)
    condition = all_of(any_of(*dangers.values()), negated(about.answer(vocabulary.RISK_ACKNOWLEDGED)))
    there = [words for words, answer in dangers.items() if answer is True]
    do = "Have the risk of implant, contrast medium or radiation acknowledged by name, or change the plan."
    return when(condition, do=do, because=f"{', '.join(there).capitalize()}.")


def _dangers(about: Situation) -> dict[str, Answer]:
    gadolinium = about.is_one_of(vocabulary.CONTRAST_PLANNED, Contrast.GADOLINIUM)
    return {
        "implant that is unsafe in MRI": about.answer(vocabulary.MRI_UNSAFE),
        f"gadolinium with an eGFR under {LOW_EGFR.number:g}": all_of(
            gadolinium, about.meets(vocabulary.EGFR, LOW_EGFR)
        ),
        "pregnancy with a plan that irradiates": may_be_pregnant(about),
    }


@rule(
    "STOP-31",
    cites=("project", "niu2016nav"),
    checked=Checked.READ,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    acts=all_but(*_WITHOUT_RADIATION),
)
def unsafe_geometry(about: Situation) -> Verdict:
    """Segmentation or registration that failed its check (cord not closed, sides exchanged, spacing that differs, or an
    error of registration of more than two millimetres for navigation): unsafe geometry.
    """
    faults = tuple(fault for fault in GeometryFault if fault is not GeometryFault.NONE)
    failed = about.is_one_of(vocabulary.GEOMETRY_FAULTS, *faults)
    condition = any_of(failed, _navigation_is_off(about))
    do = "Correct segmentation and registration, and check them again."
    return when(condition, do=do, because="The check of segmentation or registration failed.")


def _navigation_is_off(about: Situation) -> Answer:
    """Whether the operation is navigated with too large an error."""
    if about.is_act(Act.RADIOTHERAPY, Act.RADIOSURGERY):
        return False
    return all_of(about.answer(vocabulary.NAVIGATED), about.meets(vocabulary.REGISTRATION_ERROR, REGISTRATION_OVER))


@rule("STOP-36", cites=("project",), checked=Checked.OURS, strength="Hard stop, project rule", degree=Degree.STOP)
def wrong_patient(about: Situation) -> Verdict:
    """Identifier, birth date or sex differs between image sets, pathology, plan, consent and export: wrong patient."""
    if not about.has_act:
        return None
    do = "Find out whose images, pathology, plan and consent these are."
    return when(about.answer(vocabulary.IDENTITY_DIFFERS), do=do, because="Documents do not agree on the patient.")


@rule("STOP-32", cites=("project",), checked=Checked.OURS, strength="Hard stop, project rule", degree=Degree.STOP)
def draft_not_opened(about: Situation) -> Verdict:
    """A rule that the recommendation uses is not source-checked, and the user has not opened the note that says so:
    what a plan rests on must be seen.
    """
    if not about.has_act:
        return None
    condition = all_of(about.answer(vocabulary.DRAFTS_USED), negated(about.answer(vocabulary.DRAFTS_OPENED)))
    do = 'Open the note "not source-checked" of every draft rule that the recommendation uses.'
    return when(condition, do=do, because="The recommendation uses a rule that is not source-checked.")


ACT_RULES: tuple[Rule, ...] = (device_contrast_or_radiation, unsafe_geometry, wrong_patient, draft_not_opened)
PARAMETERS: tuple[Threshold, ...] = (REGISTRATION_OVER,)
