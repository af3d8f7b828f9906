"""The register of complications as data: how often, when to watch, and what is called for.

Frequencies are planning values. Those without a source are from memory, and are printed with that mark.
"""

from __future__ import annotations

from enbloc.case.fact import Complication
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.after_surgery import PRESSURE
from enbloc.decide.decision import Degree
from enbloc.evidence import Checked, Threshold
from enbloc.value import value

V, U = Checked.READ, Checked.FROM_MEMORY


@value
class Figure:
    """A frequency in per cent, from ``low`` to ``high``, and what is printed with it; ``source`` is a key, or none.

    Nothing at ``high``: no frequency is printed, and ``words`` say what is.
    """

    words: str = ""
    low: float | None = None
    high: float | None = None
    below: bool = False
    source: str = ""

    @property
    def checked(self) -> Checked:
        """Read where a source is named, otherwise from memory."""
        return V if self.source else U

    def __str__(self) -> str:
        mark = self.source or "not source-checked"
        if self.high is None:
            return f"{self.words} ({mark})"
        low = f"{self.low:g} to " if self.low is not None else ""
        return f"{'under ' if self.below else ''}{low}{self.high:g} %{f' {self.words}' if self.words else ''} ({mark})"


def _limit(name: str, number: float, unit: str, comparator: str, rule: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source=f"pathway ({rule})",
        checked=U,
        since="2026-11-20",
    )


def _until(what: str, number: float, unit: str, rule: str) -> Threshold:
    return _limit(f"end of the watch for {what}", number, unit, "<=", rule)


MOTOR_FALL_FROM = _limit("fall of strength after surgery that calls for imaging", 1, "grades", ">=", "COMP-03")
IMAGED_WITHIN = _limit("time to imaging of a new deficit after surgery", 1, "h", "<=", "COMP-03")
THEATRE_AIM = _limit("time to theatre for a haematoma, aim", 4, "h", "<=", "COMP-03")
THEATRE_WITHIN = _limit("time to theatre for a haematoma, at the latest", 6, "h", "<=", "COMP-03")

_THEATRE = f"{THEATRE_AIM.number:g} to {THEATRE_WITHIN.number:g} hours"
_DEFICIT = (
    f"image within {IMAGED_WITHIN.number:g} hour; theatre within {_THEATRE} for a haematoma; mean arterial pressure of "
    f"{PRESSURE.number:g} mmHg or more"
)


@value
class Entry:
    """One row: the complication, its figures, when it is watched for, and what it calls for once it is recorded.

    ``until`` ends the time in which it is asked for after a treatment of the kind ``after``.
    """

    id: str
    name: str
    figures: tuple[Figure, ...]
    watch: str
    at_planning: str
    cites: tuple[str, ...] = ("project",)
    recorded: Complication | None = None
    do: str = ""
    degree: Degree = Degree.CAUTION
    after: TreatmentKind | None = None
    until: Threshold | None = None

    @property
    def checked(self) -> Checked:
        """Read only if every figure was."""
        return V if all(each.checked is V for each in self.figures) else U

    @property
    def title(self) -> str:
        """The name at the head of a sentence."""
        return f"{self.name[0].upper()}{self.name[1:]}"

    @property
    def figures_words(self) -> str:
        """Every figure with its mark."""
        return "; ".join(map(str, self.figures))


_OPERATION, _BEAM = TreatmentKind.OPERATION, TreatmentKind.RADIOTHERAPY

ENTRIES: tuple[Entry, ...] = (
    Entry(
        id="COMP-01",
        name="deep or superficial infection, dehiscence",
        figures=(Figure(low=5, high=20, words="in metastatic surgery, higher after radiotherapy"),),
        watch="day 3 to 30: C-reactive protein, photograph of the wound",
        at_planning="score the risk again before the next radiotherapy or drug, hold a VEGF-pathway drug",
        recorded=Complication.INFECTION,
        do="Score the risk again before the next radiotherapy or drug; hold a VEGF-pathway drug.",
        after=_OPERATION,
        until=_until("infection of the wound", 30, "days", "COMP-01"),
    ),
    Entry(
        id="COMP-02",
        name="morbidity of en bloc resection",
        figures=(Figure(words="by PRIM-31; predictors in a pooled analysis of 582 patients"),),
        watch="staged",
        at_planning="show the figures of PRIM-31 at consent",
        cites=("spiessberger2021",),
    ),
    Entry(
        id="COMP-03",
        name="new neurological deficit",
        figures=(Figure(low=2, high=10),),
        watch="every hour for 24 hours",
        at_planning=f"from {MOTOR_FALL_FROM.number:g} motor grade lost {_DEFICIT}",
        do=f"{_DEFICIT[0].upper()}{_DEFICIT[1:]}.",
        degree=Degree.URGENT,
        after=_OPERATION,
        until=_until("a new deficit", 1, "days", "COMP-03"),
    ),
    Entry(
        id="COMP-04",
        name="leak of cerebrospinal fluid",
        figures=(Figure(low=3, high=15, words="more in intradural surgery"),),
        watch="fluid in the drain, headache",
        at_planning="treat a leak by POST-02",
        do="Treat the leak by POST-02: flat, lumbar drain, or repair.",
    ),
    Entry(
        id="COMP-05",
        name="epidural haematoma",
        figures=(
            Figure(low=0, high=1.8, words="symptomatic", source="icmvte2022"),
            Figure(high=1.5, words="in 65 metastatic cases", source="delagarza2019vte"),
        ),
        watch="first 24 hours",
        at_planning="check and image by POST-01",
        cites=("icmvte2022", "delagarza2019vte"),
        do=f"Act by POST-01: image if strength falls by a grade, {_THEATRE} to evacuation.",
        degree=Degree.URGENT,
        after=_OPERATION,
        until=_until("an epidural haematoma", 1, "days", "COMP-05"),
    ),
    Entry(
        id="COMP-06",
        name="venous thromboembolism",
        figures=(Figure(high=16.9, words="in a series of metastatic surgery", source="delagarza2019vte"),),
        watch="day 1 to 30",
        at_planning="start prophylaxis by VTE-02",
        cites=("delagarza2019vte",),
        recorded=Complication.THROMBOEMBOLISM,
        # The row names VTE-02 alone, which is prophylaxis: no dose of treatment is printed anywhere.
        do="Check the prophylaxis by VTE-02; no treatment of a thrombosis is printed here: let the team decide it.",
        after=_OPERATION,
        until=_until("thrombosis", 30, "days", "COMP-06"),
    ),
    Entry(
        id="COMP-07",
        name="implant failure, rod fracture, subsidence",
        figures=(Figure(low=2, high=10, words="more in long survivors and after radiotherapy"),),
        watch="CT at 6 to 12 months",
        at_planning="decide on fusion by STAB-08",
        recorded=Complication.IMPLANT_FAILURE,
        do="Decide on fusion by STAB-08 before a revision.",
        after=_OPERATION,
        until=_until("failure of an implant", 12, "months", "COMP-07"),
    ),
    Entry(
        id="COMP-08",
        name="vertebral fracture after stereotactic radiotherapy",
        figures=(Figure(low=10, high=39, words="by dose (RT-07)"),),
        watch="MRI or CT at 3 to 6 months",
        at_planning="score SINS again at each image",
        recorded=Complication.FRACTURE,
        do="Score SINS again.",
        after=_BEAM,
        until=_until("a fracture after radiosurgery", 6, "months", "COMP-08"),
    ),
    Entry(
        id="COMP-09",
        name="radiation myelopathy",
        figures=(Figure(low=1, high=5, words="at the limits of HyTEC", source="sahgal2021hytec"),),
        watch="6 to 24 months",
        at_planning="MRI and a steroid if it appears (RT-11)",
        cites=("sahgal2021hytec",),
        recorded=Complication.MYELOPATHY,
        do="MRI and a steroid (RT-11).",
        after=_BEAM,
        until=_until("radiation myelopathy", 24, "months", "COMP-09"),
    ),
    Entry(
        id="COMP-10",
        name="flare of pain after radiotherapy",
        figures=(Figure(low=20, high=60),),
        watch="day 1 to 10",
        at_planning="consider prevention by STER-09",
        recorded=Complication.PAIN_FLARE,
        do="See STER-09 for the steroid.",
        after=_BEAM,
        until=_until("a flare of pain", 10, "days", "COMP-10"),
    ),
    Entry(
        id="COMP-11",
        name="leak of cement, cement embolism",
        figures=(Figure(low=1, high=2, words="symptomatic, leaks common on CT"),),
        watch="CT at once",
        at_planning="record a leak by PERC-05",
        recorded=Complication.CEMENT_EMBOLISM,
        do="CT at once; record it by PERC-05.",
    ),
    Entry(
        id="COMP-12",
        name="injury of a great vessel or viscus, massive blood loss",
        figures=(Figure(words="by level"),),
        watch="during the operation",
        at_planning="vascular surgeon on stand-by by APP-13",
        recorded=Complication.VESSEL_OR_VISCUS,
        do="Call in the vascular surgeon (APP-13).",
    ),
    Entry(
        id="COMP-13",
        name="complication of anaesthesia, loss of sight, pressure injury",
        figures=(Figure(high=1, below=True),),
        watch="time prone",
        at_planning="protect and time by ANES-04",
        recorded=Complication.ANAESTHESIA,
        do="Check the time prone, and whether to stop and stage, by ANES-04.",
    ),
    Entry(
        id="COMP-14",
        name="infarct of cord or skin by embolisation, injury of the groin",
        figures=(
            Figure(high=2, below=True),
            Figure(words="no new deficit in 188 embolisations at one centre", source="nair2013"),
        ),
        watch="neurological check from 0 to 24 hours",
        at_planning="inject no particles where EMB-04 forbids it",
        cites=("nair2013",),
        recorded=Complication.EMBOLISATION,
        do="Check the neurology, and inject no further particles (EMB-04).",
        after=TreatmentKind.EMBOLISATION,
        until=_until("an infarct by embolisation", 1, "days", "COMP-14"),
    ),
)
"""Every row of the register, in its order."""

PARAMETERS: tuple[Threshold, ...] = (
    MOTOR_FALL_FROM,
    IMAGED_WITHIN,
    THEATRE_AIM,
    THEATRE_WITHIN,
    *(each.until for each in ENTRIES if each.until is not None),
)
