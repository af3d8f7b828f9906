"""Facts of which one answer is a danger, each with the answers that it is worse than.

Where the worse answer takes the place of the harmless one, or of none, no stop of any act may close. ``closes`` names
the stops whose row says the opposite, with its letter; ``settles`` those that only wait for an answer, whichever it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding
from enbloc.value import value
from tests.decide.situations import TODAY
from tests.strategies import entered

NOW = datetime.combine(TODAY, datetime.min.time())

RAPID = {"STOP-10": "the row excepts a rapid deficit: steroid goes before the diagnosis"}
OF_CAUDA = {"STOP-24": "cord logic used below the conus: it is not, once sac or cauda are judged themselves"}
FIRST = {"STOP-23": "the row holds for SINS 0 to 6, without a fragment in the canal, failed radiotherapy or decline"}


@value
class Danger:
    """A fact, the answer that is a danger, and those that are not."""

    fact: Fact[Any]
    worse: Any
    harmless: tuple[Any, ...]
    closes: Mapping[str, str] = field(default_factory=dict)
    settles: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return f"{self.fact.id}: {getattr(self.worse, 'value', self.worse)}"

    def stated(self, answer: Any) -> Finding[Any]:
        """The answer as a person enters it about the patient or lesion A."""
        return entered(self.fact, answer, "patient" if self.fact.about is f.Subject.PATIENT else "A")


def _yes(named: Fact[bool], closes: Mapping[str, str] | None = None) -> Danger:
    return Danger(fact=named, worse=True, harmless=(False,), closes=closes or {})


def _no(named: Fact[bool], closes: Mapping[str, str] | None = None) -> Danger:
    return Danger(fact=named, worse=False, harmless=(True,), closes=closes or {})


def _more(named: Fact[Any], worse: Any, *harmless: Any, closes: Mapping[str, str] | None = None) -> Danger:
    return Danger(fact=named, worse=worse, harmless=harmless, closes=closes or {})


OF_THE_PATIENT = (
    _yes(f.UNCORRECTED_COAGULOPATHY),
    _more(f.PLATELETS, 20.0, 250.0),
    _more(f.INR, 4.0, 1.0),
    Danger(
        fact=f.ANTITHROMBOTICS,
        worse=(f.Antithrombotic.APIXABAN,),
        harmless=((f.Antithrombotic.NONE,),),
        settles={"STOP-16": "a drug of which the last dose is known and long past"},
    ),
    _more(f.LAST_APIXABAN, NOW - timedelta(hours=6), NOW - timedelta(days=9)),
    _more(f.NEUTROPHILS, 0.3, 5.0),
    _more(f.BLOOD_COUNT_AT, NOW - timedelta(days=9), NOW),
    _more(f.EGFR, 12.0, 90.0),
    _more(f.CALCIUM_CORRECTED, 1.5, 2.4),
    _more(f.TEMPERATURE, 39.5, 36.8),
    _yes(f.BACTERAEMIA),
    _yes(f.INTRAVENOUS_DRUGS),
    _yes(f.CRP_RISING),
    _no(f.INFECTION_EXCLUDED),
    _yes(f.MRI_UNSAFE),
    _yes(f.PREGNANT),
    _yes(f.IDENTITY_DIFFERS),
    _yes(f.CAPACITY_OPEN),
    _yes(f.DECLINES_SURGERY),
    _yes(f.ADVANCE_DECISION),
    _more(f.ALLERGIES, tuple(one for one in f.Allergen if one is not f.Allergen.NONE), (f.Allergen.NONE,)),
    _no(f.DENTAL_CHECK),
    _yes(f.DENOSUMAB_OTHER),
    _yes(f.DENOSUMAB_STOPPED),
    _no(f.SKELETALLY_MATURE),
    _more(f.STEROID_DAILY, 120.0, 16.0, 0.0),
    _more(f.STEROID_SINGLE, 120.0, 16.0, 0.0),
    _yes(f.GNRH_AGONIST),
    _no(f.FLARE_COVER),
    _no(f.DRUGS_COMPLETE),
)
OF_THE_NERVES = (
    Danger(
        fact=f.DEFICIT,
        worse=True,
        harmless=(False,),
        closes=RAPID,
        settles={"STOP-29": "new deficit since the last image: one that began before it is not new"},
    ),
    _yes(f.PROGRESSING, RAPID),
    _yes(f.RAPID_DECLINE, RAPID),
    _yes(f.LIMB_WEAKNESS, RAPID),
    _yes(f.MYELOPATHY),
    _yes(f.CAUDA_DEFICIT, OF_CAUDA),
    _yes(f.SAC_EFFACED, OF_CAUDA),
    _yes(f.VENTRAL_COMPRESSION),
    _more(f.ESCC_REPORTED, f.EsccReported.GRADE_3, f.EsccReported.GRADE_0, f.EsccReported.GRADE_1B, closes=RAPID),
    _more(f.D_WAVE_FALL, 80.0, 0.0),
    _yes(f.MEP_LOST),
    _yes(f.OTHER_CAUSES_EXCLUDED),
)
OF_THE_COLUMN = (
    _yes(f.BONE_FRAGMENT, FIRST),
    _more(f.ALIGNMENT_REPORTED, f.AlignmentChange.SUBLUXATION, f.AlignmentChange.NORMAL, closes=FIRST),
    _more(f.COLLAPSE_REPORTED, f.CollapseClass.OVER_HALF, f.CollapseClass.NONE, closes=FIRST),
    _more(f.PAIN, f.PainCharacter.MECHANICAL, f.PainCharacter.NONE, closes=FIRST),
    _yes(f.NUMBERING_DOUBTFUL),
    _yes(f.DISC_CENTRED),
    _yes(f.RIM_ENHANCING),
)
OF_THE_TUMOUR = (
    _yes(f.HAEMATOLOGICAL_SUSPECTED),
    _yes(f.HORMONE_TUMOUR_POSSIBLE),
    Danger(
        fact=f.HORMONE_RELEASE,
        worse=f.HormoneRelease.POSITIVE,
        harmless=(f.HormoneRelease.NEGATIVE,),
        settles={"STOP-38": "without hormone test and blockade plan: both are there"},
    ),
    _yes(f.PRIOR_RADIOTHERAPY, FIRST),
    _yes(f.RADIOTHERAPY_FAILED, FIRST),
    _no(f.LEVEL_MRI),
    _no(f.WHOLE_SPINE_MRI),
    _no(f.SURGEON_CONSULTED),
    _no(f.TYPICAL_METASTASES),
    _yes(f.FEEDS_CORD),
)
OF_THE_PLAN = (
    _yes(f.REFUSED),
    _yes(f.ADULT_FIGURES),
    _yes(f.DRAFTS_USED),
    _no(f.DRAFTS_OPENED),
    _no(f.RISK_ACKNOWLEDGED),
    _no(f.REVERSAL_PLAN),
    _no(f.BLOCKADE_PLAN),
    _no(f.AIRWAY_PLAN),
    _no(f.FUNCTION_CONSENT),
    _no(f.BOARD_REASON),
    _no(f.TRACT_IN_RESECTION),
    _no(f.THERMAL_PROTECTION),
    _no(f.DECOMPRESSION_PLANNED),
    _no(f.ANGIOGRAPHY),
    _no(f.ISCHAEMIA_PLAN),
    _no(f.CONTOUR_CHECKED),
    _no(f.PHYSICIST_SIGNED),
    _no(f.DOSE_PLAN_PROVES),
    _yes(f.LAMINECTOMY_ALONE),
    _yes(f.VEGF_RESTART_UNHEALED),
    _more(f.ABLATION_TO_NERVE, 1.0, 40.0),
    _more(f.REGISTRATION_ERROR, 9.0, 0.5),
    _more(f.CORD_DMAX, 90.0, 1.0),
    _more(f.CORD_CONTOUR, f.CordContour.ABSENT, f.CordContour.FUSED_MRI),
    _more(f.OCCLUSION_TEST, f.OcclusionTest.NOT_TOLERATED, f.OcclusionTest.TOLERATED),
    _more(f.BIOPSY_ROUTE, f.BiopsyRoute.TRANSRECTAL, f.BiopsyRoute.TRANSPEDICULAR),
    _more(f.EXPOSURES, tuple(one for one in f.Allergen if one is not f.Allergen.NONE), (f.Allergen.NONE,)),
    _more(
        f.GEOMETRY_FAULTS,
        tuple(one for one in f.GeometryFault if one is not f.GeometryFault.NONE),
        (f.GeometryFault.NONE,),
    ),
)
DANGERS = (*OF_THE_PATIENT, *OF_THE_NERVES, *OF_THE_COLUMN, *OF_THE_TUMOUR, *OF_THE_PLAN)
