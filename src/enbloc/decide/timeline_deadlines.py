"""Deadlines of the pathway: by when to image, to decide, to operate, to irradiate, to ask.

Each is shown while its own rule holds or cannot be judged; the rule says so itself, and nothing of it is repeated here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Fact
from enbloc.decide.board import quorum_out_of_hours
from enbloc.decide.decision import Act
from enbloc.decide.imaging import newest_mri
from enbloc.decide.intradural import DECOMPRESS_WITHIN, decompress_without_delay
from enbloc.decide.red_flags import (
    CONTACT_WITHIN,
    IMAGING_OF_PAIN,
    INFECTION_MRI,
    MRI_OF_PAIN,
    MRI_WITHIN,
    OPERATE_AFTER_DECISION,
    OPERATE_AFTER_PRESENTATION,
    cauda_equina,
    infection_must_be_excluded,
    operate_in_time,
    red_flag_without_known_cancer,
    signs_without_known_cancer,
    suggestive_pain_in_known_cancer,
    suspected_compression,
)
from enbloc.decide.rule import Advice, Rule
from enbloc.decide.situation import Situation
from enbloc.decide.stops_of_compression import DECISION_WITHIN, compression_without_a_decision
from enbloc.decide.surgery_in_compression import (
    IRRADIATE_WITHIN,
    OPERATE_WITHIN,
    decompression_as_in_the_trial,
    radiotherapy_without_delay,
    schedules_for_compression,
)
from enbloc.decide.timeline_entry import Dated, Passing, Since, heard, judged, since_moment
from enbloc.evidence import Checked, Threshold, limit
from enbloc.value import value

MRI_OF_SIGNS = limit(
    "MRI of the whole spine for signs without a known cancer",
    24,
    "h",
    "<=",
    "finucane2020redflags",
    Checked.FROM_MEMORY,
)
_MRI, _PAIN = "MRI of the whole spine", "first presentation with the pain"


@value
class Deadline:
    """By when something is done: the first of ``rules`` that speaks, and how long after which moment.

    Without a ``within`` it is the same day, or no time is printed where no ``clock`` is named either; ``words`` then
    say what it counts from. ``done`` is the fact that it was done once: it may have to be done again. ``only`` is what
    a row names beside its own condition.
    """

    subject: str
    rules: tuple[Rule, ...]
    within: Threshold | None = None
    clock: Fact[datetime] | None = None
    words: str = ""
    done: Fact[bool] | None = None
    only: Fact[bool] | None = None
    acts: tuple[Act, ...] = ()
    of_patient: bool = False


def _imaging(
    subject: str, rule: Rule, within: Threshold | None, *, words: str = "", only: Fact[bool] | None = None
) -> Deadline:
    """An image of the spine: it concerns the patient, not one lesion."""
    return Deadline(
        subject=subject,
        rules=(rule,),
        within=within,
        # The first presentation with the deficit is the only moment that the record holds for it.
        clock=None if words else vocabulary.PRESENTED,
        words=words,
        done=vocabulary.WHOLE_SPINE_MRI,
        only=only,
        of_patient=True,
    )


DEADLINES: tuple[Deadline, ...] = (
    _imaging(_MRI, suspected_compression, MRI_WITHIN),
    Deadline(
        subject="contact of the MSCC coordinator",
        rules=(suggestive_pain_in_known_cancer,),
        within=CONTACT_WITHIN,
        words=_PAIN,
        of_patient=True,
    ),
    _imaging("MRI for suggestive pain", suggestive_pain_in_known_cancer, MRI_OF_PAIN, words=_PAIN),
    _imaging("imaging of pain with a red flag", red_flag_without_known_cancer, IMAGING_OF_PAIN, words=_PAIN),
    _imaging("emergency MRI for signs of the cauda equina, the same day", cauda_equina, None),
    _imaging(_MRI, signs_without_known_cancer, MRI_OF_SIGNS),
    _imaging(f"{_MRI}, the same day", signs_without_known_cancer, None, only=vocabulary.PROGRESSING),
    _imaging("MRI with gadolinium: infection", infection_must_be_excluded, INFECTION_MRI),
    Deadline(
        subject="decision on treatment",
        rules=(compression_without_a_decision,),
        within=DECISION_WITHIN,
        clock=vocabulary.PRESENTED,
    ),
    Deadline(
        subject="operation, counted from the decision",
        rules=(operate_in_time,),
        within=OPERATE_AFTER_DECISION,
        clock=vocabulary.DECIDED,
        acts=operate_in_time.acts,
    ),
    Deadline(
        subject="operation, counted from the presentation",
        rules=(operate_in_time,),
        within=OPERATE_AFTER_PRESENTATION,
        clock=vocabulary.PRESENTED,
        acts=operate_in_time.acts,
    ),
    Deadline(
        subject="decompression as in the trial",
        rules=(decompression_as_in_the_trial,),
        within=OPERATE_WITHIN,
        clock=vocabulary.DECIDED,
    ),
    Deadline(
        subject="decompression within the dura",
        rules=(decompress_without_delay,),
        within=DECOMPRESS_WITHIN,
        clock=vocabulary.PRESENTED,  # the row names no moment: the earliest one
    ),
    Deadline(
        subject="start of radiotherapy for compression",
        rules=(radiotherapy_without_delay, schedules_for_compression),
        within=IRRADIATE_WITHIN,
        clock=vocabulary.DECIDED,
    ),
    Deadline(
        subject="review by the board of what was decided by telephone",
        rules=(quorum_out_of_hours,),
        words="next meeting of the board: no time is printed",
    ),
)


def deadlines(about: Situation) -> Iterator[Dated]:
    """Every deadline of a lesion and of its patient whose rule holds or is open."""
    for one in DEADLINES:
        if one.only is None or about.answer(one.only) is True:
            yield from _entry(about, one)


def _entry(about: Situation, one: Deadline) -> Iterator[Dated]:
    verdicts = [(rule, heard(about, rule, one.acts)) for rule in one.rules]
    spoken = [(rule, verdict) for rule, verdict in verdicts if verdict is not None]
    # A rule that speaks goes before one that is open; otherwise the first named.
    spoken.sort(key=lambda pair: not isinstance(pair[1], Advice))
    since = _since(about, one)
    for rule, verdict in spoken[:1] if not _is_met(about, one, since) else ():
        yield judged(
            about,
            rule,
            verdict,
            Passing.LATEST,
            one.subject,
            since,
            one.within,
            ask=_again(about, one),
            of_patient=one.of_patient,
        )


def _is_met(about: Situation, one: Deadline, since: Since) -> bool:
    """Whether the image was made on or after the day that its time counts from."""
    if one.done is None or since.day is None or about.answer(one.done) is not True:
        return False
    newest = newest_mri(about)
    return newest is not None and newest >= since.day


def _since(about: Situation, one: Deadline) -> Since:
    if one.clock is None:
        return Since(words=one.words, ask=(f"day and hour of this: {one.words}",))
    return since_moment(about, one.clock)


def _again(about: Situation, one: Deadline) -> tuple[str, ...]:
    if one.done is None or about.answer(one.done) is not True:
        return ()
    return (f"{one.done.words}, as recorded: is what calls for it newer?",)


PARAMETERS: tuple[Threshold, ...] = (MRI_OF_SIGNS,)
