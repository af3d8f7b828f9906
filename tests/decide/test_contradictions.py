"""A record that contradicts itself is named with both sides; what rests on them is open, and all else as before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case, entered, recorded
from enbloc.case.fact import FACTS, Fact
from enbloc.case.finding import Findings, Source, SourceKind
from enbloc.decide.contradictions import Contradiction, doubted
from enbloc.decide.contradictions_of_state import BEFORE, NEUROLOGY, STATE
from enbloc.decide.contradictions_of_time import PAST, PLANNED
from enbloc.decide.contradictions_of_tumour import SOLITARY
from enbloc.decide.contradictory import Excluding, Stated
from enbloc.decide.decision import Degree, Holds, Statement
from enbloc.decide.pathway import pathway
from enbloc.decide.sites import ORGANS, excludes
from enbloc.decide.situation import situation
from enbloc.exchange.invented import invented, invented_case
from enbloc.phantom.patients import PATIENTS
from enbloc.stage import scores
from tests.decide.contradicting import BREAST, DEFICIT, MENINGIOMA, OPERATION, ROWS, SACRAL, Row
from tests.decide.situations import CHORDOMA, METASTASIS, READY, STABLE, TODAY, a_case, found
from tests.strategies import LESION

NAMES = [one.name for one in ROWS]
Place = tuple[str, str, str]
"""A rule, the lesion, and the act it was asked about."""


def said(case: Case, findings: Findings) -> tuple[dict[Place, Statement], set[tuple[str, str]]]:
    """Every statement of the pathway, and every lesion with each act that was judged."""
    heard, acts = {}, set()
    for lesion in pathway(case, findings, scores(case, findings), circumstances=READY).lesions:
        groups = [("", lesion.said), *((one.act.value, one.said) for one in lesion.acts)]
        for act, group in groups:
            acts.add((lesion.about, act))
            for one in (*group.speaks, *group.open_stops, *group.pending):
                heard[(one.rule, lesion.about, act)] = one
    return heard, acts


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_each_is_named_in_one_line_with_both_sides_where_they_stand(row: Row) -> None:
    met = {tuple(_told(one)): one for one in doubted(row.case, row.findings).contradictions}
    assert row.shown in met
    one = met[row.shown]
    assert all(words in one.words and words in one.ask for words in row.shown)
    assert "\n" not in one.words
    for side in one.sides:
        assert side.fact in FACTS or side.source.document == "case.yaml"
        assert side.source.document
    assert one.about == (LESION if any(side.about == LESION for side in one.sides) else "patient")


def _told(one: Contradiction) -> Iterator[str]:
    for side in one.sides:
        yield f"{side.words} {side.value}{'' if side.about == 'patient' else f' ({side.about})'}"


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_what_is_doubted_is_missing_with_the_question_and_nothing_else_is_touched(row: Row) -> None:
    left = doubted(row.case, row.findings)
    wanted = {one.id for one in row.withheld}
    assert {one.fact for one in left.findings.missing} == wanted
    assert all("which is right: " in one.why for one in left.findings.missing)
    assert left.findings.found == tuple(one for one in row.findings.found if one.fact not in wanted)
    for at, one in enumerate(row.treatments):
        bare = replace(one, started=None, ended=None) if at in row.dates else one
        assert left.case.treatments[at] == bare
    assert left.case.stands_at == row.case.stands_at
    assert left.case.findings == row.case.findings


LOUDER = {"STOP-05", "RED-09", "MET-18"}
"""What may speak because less is known: a level that is doubted is not verified, a clock is never withheld, and a
metastasis of which nothing else is known is that of an unlisted primary."""


def only_less_certain(case: Case, findings: Findings) -> None:
    left = doubted(case, findings)
    before, judged = said(case, findings)
    after, judged_after = said(left.case, left.findings)
    assert judged <= judged_after
    for place, one in before.items():
        assert one.degree is not Degree.STOP or place in after, f"closed: {place}"
    if f.HISTOLOGY.id in {one.fact for one in left.findings.missing}:
        return  # without a name there is another tumour, and other rules: biopsy first
    for place, one in after.items():
        is_new = place not in before or before[place].holds is Holds.UNKNOWN
        if one.holds is Holds.YES and is_new:
            assert place[0] in LOUDER, f"surer: {place}"


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_doubt_closes_no_stop_loses_no_act_and_makes_nothing_certain(row: Row) -> None:
    only_less_certain(row.case, row.findings)


extra = st.fixed_dictionaries(
    {},
    optional={
        named: st.sampled_from(values)
        for named, values in {
            f.DEFICIT: (True, False),
            f.MYELOPATHY: (True, False),
            f.PROGRESSING: (True, False),
            f.PARAPLEGIC: (True, False),
            f.PROVEN: (True, False, None),
            f.SOLITARY: (True, False, None),
            f.KIND: ("metastasis", "primary", "haematological", None),
            f.HISTOLOGY: ("breast carcinoma", "chordoma", "meningioma", "myeloma", "ependymoma", "oddity", None),
            f.PRIMARY_SITE: (f.PrimarySite.UNIDENTIFIED, f.PrimarySite.PROSTATE, f.PrimarySite.BREAST),
            f.ESCC_REPORTED: (*f.EsccReported, None),
            f.OPERATED_AT_LEVEL: (True, False),
            f.ABLE: (True, False, None),
        }.items()
    },
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ROWS), extra)
def test_the_same_holds_of_any_record_around_it(row: Row, more: dict[Fact[Any], Any]) -> None:
    only_less_certain(row.case, found(row.known | more))


UNREAD = [one for one in ROWS if not {f.HISTOLOGY, f.KIND} & set(one.withheld) and one.level is Level.T8]
NAMED = [one for one in ROWS if f.HISTOLOGY in one.withheld]
OF_ANY_TUMOUR = {"STOP-05", "STOP-16", "STOP-28", "STOP-36", "STOP-39", "ANES-01"}


@pytest.mark.parametrize("row", UNREAD, ids=lambda row: row.name)
def test_rules_that_read_neither_side_answer_as_before(row: Row) -> None:
    left = doubted(row.case, row.findings)
    hidden = {f"{one.fact} about {one.about}" for one in left.findings.missing}
    before, after = said(row.case, row.findings)[0], said(left.case, left.findings)[0]
    unread = {
        place for place, one in before.items() if not any(word in hidden or "score." in word for word in one.read)
    }
    if left.case != row.case:  # dates are read without being listed
        unread = {place for place in unread if place[0] in OF_ANY_TUMOUR}
    assert unread
    for place in unread:
        assert after.get(place) == before[place]


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.name)
def test_where_the_name_is_doubted_rules_of_any_tumour_answer_as_before(row: Row) -> None:
    left = doubted(row.case, row.findings)
    before, after = said(row.case, row.findings)[0], said(left.case, left.findings)[0]
    same = {place[0] for place, one in before.items() if place in after and _result(after[place]) == _result(one)}
    assert {rule for rule, _, _ in before} & OF_ANY_TUMOUR <= same


def _result(one: Statement) -> tuple[object, ...]:
    return one.holds, one.do, one.because


@given(st.sampled_from(ROWS), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(row: Row, mixed: Any) -> None:
    shuffled = list(row.findings.found)
    mixed.shuffle(shuffled)
    one, other = doubted(row.case, row.findings), doubted(row.case, Findings(found=tuple(shuffled)))
    assert other.contradictions == one.contradictions
    assert other.findings.missing == one.findings.missing
    assert set(map(repr, other.findings.found)) == set(map(repr, one.findings.found))
    assert other.case == one.case


SOUND: dict[str, dict[Fact[Any], Any]] = {
    "stable": STABLE,
    "metastasis": METASTASIS,
    "breast": BREAST | {f.PRIMARY_SITE: f.PrimarySite.BREAST},
    "chordoma": CHORDOMA,
    "meningioma": MENINGIOMA,
    "a dumbbell that is graded": MENINGIOMA | {f.ESCC_REPORTED: f.EsccReported.GRADE_2, f.DUMBBELL: True},
    "nothing": {},
}


@pytest.mark.parametrize("known", SOUND.values(), ids=SOUND)
def test_a_sound_record_comes_back_as_it_was(known: dict[Fact[Any], Any]) -> None:
    case, findings = a_case(), found(known)
    left = doubted(case, findings)
    assert left.contradictions == ()
    assert left.case is case
    assert left.findings is findings


@pytest.mark.parametrize("patient", [*PATIENTS, *invented()])
def test_no_demo_patient_contradicts_itself(patient: str) -> None:
    case = PATIENTS[patient]().case if patient in PATIENTS else invented_case(patient)
    assert doubted(case, recorded(case) | entered(case)).contradictions == ()


def test_a_tethered_cord_may_lie_beside_the_sacrum() -> None:
    low = SACRAL | {f.CORD_LEVEL: True}
    case = a_case(Level.S3)
    assert doubted(case, found(low)).contradictions
    assert not doubted(case, found(low | {f.TETHERED: True})).contradictions
    assert not doubted(a_case(Level.S2), found(low)).contradictions


@pytest.mark.parametrize("because", ["", "the laminectomy was somebody else's"])
def test_an_override_with_its_reason_is_no_contradiction(because: str) -> None:
    case = replace(a_case(), treatments=(OPERATION,))
    source = Source(
        kind=SourceKind.ENTERED, document="case.yaml", place="findings[0]", by="R. Example", because=because
    )
    (never,) = found({f.OPERATED_AT_LEVEL: False}).found
    left = doubted(case, Findings(found=(replace(never, source=source),)))
    assert bool(left.contradictions) is not bool(because)


@pytest.mark.parametrize(("days", "within"), [(-1, None), (0, True), (10, True), (11, False)])
def test_a_last_dose_contradicts_an_empty_list_within_its_ten_days(days: int, within: bool | None) -> None:
    at = datetime.combine(date.fromordinal(TODAY.toordinal() - days), datetime.min.time())
    known: dict[Fact[Any], Any] = {f.ANTITHROMBOTICS: (f.Antithrombotic.NONE,), f.LAST_WARFARIN: at}
    left = doubted(replace(a_case(), as_of=TODAY), found(known))
    hidden = {one.fact for one in left.findings.missing}
    assert (f.ANTITHROMBOTICS.id in hidden) is (within is True)
    assert (f.LAST_WARFARIN.id in hidden) is (within is not False)


def test_several_contradictions_of_one_fact_ask_all_their_questions() -> None:
    known = DEFICIT | {f.PROGRESSING: True, f.PARAPLEGIC: True, f.AMBULATION: "independent"}
    left = doubted(a_case(), found(known))
    why = {one.fact: one.why for one in left.findings.missing}
    assert set(why) == {f.DEFICIT.id, f.PROGRESSING.id, f.PARAPLEGIC.id, f.AMBULATION.id}
    assert why[f.PARAPLEGIC.id].count("which is right") == 2
    assert len(left.contradictions) == 3


def test_a_name_that_is_not_in_the_table_is_not_guessed() -> None:
    known = BREAST | {f.HISTOLOGY: "oligometastatic breast"}
    case, findings = a_case(), found(known)
    assert doubted(case, findings).contradictions == ()
    about = situation(case, findings, scores(case, findings), LESION, circumstances=READY)
    assert about.histology is None
    heard, _ = said(case, findings)
    assert any(f.HISTOLOGY.ask in one.ask for one in heard.values())


# --- the tables, value by value


def domain(named: Fact[Any]) -> list[Any]:
    if named.type is bool:
        return [True, False]
    if issubclass(named.type, Enum):
        return list(named.type)
    return list(range(7)) if named.type is int else ["independent", "aided", "none"]


TABLE = [
    (row, this, that)
    for row in (*NEUROLOGY, *STATE, *BEFORE, *SOLITARY)
    for this in domain(row.one)
    for that in domain(row.other)
]


@pytest.mark.parametrize(("row", "this", "that"), TABLE)
def test_a_row_speaks_of_its_values_alone(row: Excluding, this: Any, that: Any) -> None:
    findings = found({row.one: this, row.other: that})
    met = list(row.met(Stated(a_case(), findings)))
    assert bool(met) is (this in row.these and that in row.those)
    if met:
        assert {key for one in met for key in one.withheld} == {(one.fact, one.about) for one in findings.found}


def test_every_day_is_of_what_has_happened_or_of_what_is_planned() -> None:
    days = {one for one in FACTS.values() if one.type in (date, datetime)}
    assert days == {*PAST, *PLANNED, f.DIED_ON}
    assert not set(PAST) & set(PLANNED)


def test_a_site_is_excluded_by_no_name_that_says_nothing_of_an_organ() -> None:
    for site in f.PrimarySite:
        assert not excludes(None, "oddity of the clivus", site)
        assert excludes(None, "metastatic breast", site) is (site is f.PrimarySite.UNIDENTIFIED)
    assert f.PrimarySite.MELANOMA not in ORGANS
