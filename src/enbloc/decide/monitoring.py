"""Rules about neuromonitoring (IONM), and the stop that a lost signal is. Live values are typed or come by a link."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated
from enbloc.decide.acts import EVERY_RESECTION, SURGERY
from enbloc.decide.compression import is_below_conus
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_intradural import is_inside, is_within_cord
from enbloc.decide.planned import adult_figures
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import is_any, several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit

U, V, V2 = Checked.FROM_MEMORY, Checked.READ, Checked.READ_IN_A_COPY


D_WAVE_STOP = limit("fall of the D-wave that stops a resection", 50, "%", ">=", "imsct2025mep", V2)
MEP_WARNING = limit("fall of the muscle MEP that warns", 50, "%", ">", "imsct2025mep", V2)
MEP_ALARM = limit("fall of the muscle MEP that alarms, the lower of two printed", 75, "%", ">", "imsct2025mep", V2)
MEP_ALARM_TO = limit("fall of the muscle MEP that alarms, the higher of two printed", 80, "%", ">", "imsct2025mep", V2)
SSEP_ALARM = limit("fall of the SSEP amplitude that alarms", 50, "%", ">=", "macdonald2013asnm", U)
SSEP_DELAY_ALARM = limit("rise of the SSEP latency that alarms", 10, "%", ">=", "macdonald2013asnm", U)
PRESSURE_FROM = limit("mean arterial pressure under a lost D-wave, lower", 85, "mmHg", ">", "imsct2025mep", U)
PRESSURE_TO = limit("mean arterial pressure under a lost D-wave, higher", 90, "mmHg", ">", "imsct2025mep", U)
CLIP_FROM = limit("test clip on a root or artery, at least", 10, "minutes", ">=", "focus2016epm", U)
CLIP_TO = limit("test clip on a root or artery, at most", 15, "minutes", "<=", "focus2016epm", U)


def has_fallen(about: Situation) -> Answer:
    """The D-wave has fallen to half of its baseline or below."""
    return about.meets(vocabulary.D_WAVE_FALL, D_WAVE_STOP)


def _is_watched(about: Situation) -> bool:
    """Whether any live value is known: without one no operation is being watched."""
    falls = (about.known(vocabulary.D_WAVE_FALL), about.known(vocabulary.MEP_FALL))
    return any(fall is not None for fall in falls) or about.known(vocabulary.MEP_LOST) is not None


@rule("IONM-01", cites=("sala2006", "macdonald2013asnm"), checked=U, strength="Cohort", acts=SURGERY)
def monitor_within_the_cord(about: Situation) -> Verdict:
    """Surgery within the cord is always offered muscle MEP, SSEP and, at T10 and above, an epidural D-wave; mapping of
    the dorsal columns is optional.
    """
    do = "Offer muscle MEP, SSEP and, at T10 and above, an epidural D-wave; mapping of the dorsal columns is optional."
    return when(is_within_cord(about), do=do, because=f"Surgery within the cord. {about.where}")


@rule("IONM-02", cites=("macdonald2013asnm",), checked=U, strength="Expert", acts=SURGERY)
def monitor_beside_the_cord(about: Situation) -> Verdict:
    """Surgery outside the cord, with ESCC 2 or 3, within the dura or near a root, is done with muscle MEP, SSEP and
    EMG, and for conus, cauda equina or sacrum with sphincter EMG and the bulbocavernosus reflex.
    """
    # ESCC was not made for a tumour within the dura (STOP-24): such an operation is monitored without asking for one.
    inside = is_inside(about)
    tight = all_of(negated(inside), about.is_high_grade)
    near = any_of(about.answer(vocabulary.NEAR_ROOT), _cuts(about))
    condition = all_of(negated(is_within_cord(about)), any_of(inside, tight, near))
    do = "Monitor muscle MEP, SSEP and EMG; for conus, cauda or sacrum add sphincter EMG and bulbocavernosus reflex."
    return when(condition, do=do, because=about.where)


def _cuts(about: Situation) -> Answer:
    """Whether roots are cut on purpose, as far as anybody has said."""
    return is_any(several(about, vocabulary.ROOTS_CUT)) is True


@rule("IONM-03", cites=("imsct2025mep",), checked=V2, strength="Systematic review", degree=Degree.URGENT)
def d_wave_lost(about: Situation) -> Verdict:
    """A fall of the D-wave by half or more stops the resection: a lasting deficit is probable, and three of four
    patients whose D-wave came back had one all the same.
    """
    if not _is_watched(about):
        return None
    pressure = f"{PRESSURE_FROM.number:g} to {PRESSURE_TO.number:g} mmHg"
    do = f"Stop the resection; mean arterial pressure above {pressure}, irrigate warm, wait."
    return when(has_fallen(about), do=do, because=_fall(about))


def _fall(about: Situation) -> str:
    fall = about.known(vocabulary.D_WAVE_FALL)
    return "D-wave not stated." if fall is None else f"D-wave fallen by {fall:g} %."


@rule("IONM-04", cites=("sala2006",), checked=U, strength="Cohort", degree=Degree.URGENT)
def mep_lost_with_a_d_wave(about: Situation) -> Verdict:
    """A lost muscle MEP with a D-wave of half its baseline or more foretells a passing deficit: pause, and go on if
    the D-wave holds.
    """
    if not _is_watched(about):
        return None
    # At one half exactly both rows hold; the one that stops goes first.
    condition = all_of(about.answer(vocabulary.MEP_LOST), negated(has_fallen(about)))
    do = "Pause; go on only if the D-wave holds, and expect a passing deficit."
    return when(condition, do=do, because=f"Muscle MEP lost. {_fall(about)}")


@rule("IONM-05", cites=("imsct2025mep", "choi2014ionm"), checked=V2, strength="Review", degree=Degree.URGENT)
def mep_falls(about: Situation) -> Verdict:
    """A fall of the muscle MEP by more than 50 per cent is a warning, by more than 75 to 80 an alarm; its loss
    foretells a deficit best.
    """
    if not _is_watched(about):
        return None
    lost = about.answer(vocabulary.MEP_LOST)
    condition = any_of(lost, about.meets(vocabulary.MEP_FALL, MEP_WARNING))
    alarm = lost is True or about.meets(vocabulary.MEP_FALL, MEP_ALARM) is True
    do = f"{'Alarm' if alarm else 'Warning'}: pause, check technical and systemic causes, and reverse the last act."
    fall = about.known(vocabulary.MEP_FALL)
    because = "Muscle MEP lost." if lost is True or fall is None else f"Muscle MEP fallen by {fall:g} %."
    return when(condition, do=do, because=because)


@rule("IONM-06", cites=("macdonald2013asnm",), checked=U, strength="Expert", degree=Degree.URGENT)
def ssep_falls(about: Situation) -> Verdict:
    """A fall of the SSEP amplitude by half or more, or a latency longer by a tenth or more, is an alarm; a change with
    a posterior myelotomy is tolerated if it was expected.
    """
    fallen = about.meets(vocabulary.SSEP_FALL, SSEP_ALARM)
    late = about.meets(vocabulary.SSEP_DELAY, SSEP_DELAY_ALARM)
    if isinstance(fallen, Unknown) and isinstance(late, Unknown):
        return None  # nobody states an SSEP
    do = "Alarm: check causes and the last act; tolerate a change that a posterior myelotomy made expected."
    return when(any_of(fallen, late), do=do, because="SSEP changed beyond its limit.")


@rule("IONM-07", cites=("choi2014ionm",), checked=V, strength="Cohort", acts=(Act.INTRADURAL,))
def monitoring_proves_no_more_resection(about: Situation) -> Verdict:
    """Monitoring by MEP and SSEP does not by itself prove that more tumours are resected completely: 76 against 58 per
    cent, not significant after adjustment.
    """
    do = "Promise no more complete resection because of monitoring: 76 against 58 %, not significant when adjusted."
    return when(is_within_cord(about), do=adult_figures(about, do), because=f"Surgery within the cord. {about.where}")


@rule("IONM-08", cites=("focus2016epm",), checked=U, strength="Cohort", degree=Degree.CAUTION, acts=EVERY_RESECTION)
def clip_before_cutting(about: Situation) -> Verdict:
    """A root or artery that is to be sacrificed is clipped for 10 to 15 minutes under MEP or D-wave, before the cut."""
    roots = is_any(several(about, vocabulary.ROOTS_CUT))
    arteries = is_any(several(about, vocabulary.SEGMENTAL_ARTERIES))
    do = f"Clip it for {CLIP_FROM.number:g} to {CLIP_TO.number:g} minutes under MEP or D-wave before cutting."
    return when(any_of(roots, arteries), do=do, because="A root or artery is to be sacrificed.")


@rule("STOP-21", cites=("imsct2025mep",), checked=V2, strength="Hard stop", degree=Degree.STOP)
def signal_lost(about: Situation) -> Verdict:
    """The D-wave has fallen by half or more, or the muscle MEP is lost once technical and systemic causes are
    excluded: the resection pauses.
    """
    if not _is_watched(about):
        return None
    # No D-wave is recorded where no cord runs: there its absence leaves nothing open.
    unrecorded = isinstance(about.finding(vocabulary.D_WAVE_FALL), Unknown) and is_below_conus(about) is True
    fallen: Answer = False if unrecorded else has_fallen(about)
    lost = all_of(about.answer(vocabulary.MEP_LOST), about.answer(vocabulary.OTHER_CAUSES_EXCLUDED))
    because = "Muscle MEP lost, other causes excluded." if lost is True else _fall(about)
    return when(any_of(fallen, lost), do="Pause the resection (IONM-03, IONM-04).", because=because)


CASE_RULES: tuple[Rule, ...] = (d_wave_lost, mep_lost_with_a_d_wave, mep_falls, ssep_falls, signal_lost)
ACT_RULES: tuple[Rule, ...] = (
    monitor_within_the_cord,
    monitor_beside_the_cord,
    monitoring_proves_no_more_resection,
    clip_before_cutting,
)
PARAMETERS: tuple[Threshold, ...] = (
    D_WAVE_STOP,
    MEP_WARNING,
    MEP_ALARM,
    MEP_ALARM_TO,
    SSEP_ALARM,
    SSEP_DELAY_ALARM,
    PRESSURE_FROM,
    PRESSURE_TO,
    CLIP_FROM,
    CLIP_TO,
)
