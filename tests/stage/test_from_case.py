"""An instrument filled in from a case: as from a form, by facts, forms and intervals; refusals are results."""

from __future__ import annotations

import random
from collections.abc import Iterator
from enum import Enum
from itertools import islice
from typing import Annotated, Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case, entered, recorded
from enbloc.case.fact import Fact, Subject
from enbloc.case.filled import FilledForm
from enbloc.case.finding import Entry, Finding, Findings, Interval, Source, SourceKind
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.patient import Patient
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage import every
from enbloc.stage.every import (
    OWN,
    NothingKnown,
    Refused,
    all_scores,
    form_faults,
    is_about_a_lesion,
    known_of,
    narrowed,
    score_of,
    scores_of,
    subjects_of,
)
from enbloc.stage.form import Ask, Number, Question, questions
from enbloc.stage.from_case import Derived, answered, read_items, scored, tumour
from enbloc.stage.instrument import TUMOUR, Better, Category, Instrument, Outcome, judged
from enbloc.stage.population import SPREAD, Tumour
from enbloc.stage.reading import Reading
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Score
from enbloc.stage.survival.tokuhashi import TOKUHASHI, Frankel
from enbloc.value import value
from tests.published.rows import rows

every_instrument = pytest.mark.parametrize("one", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
MEASURED = Source(kind=SourceKind.MEASURED, document="images")
ENTERED = Source(kind=SourceKind.ENTERED, document="case.yaml")


def case(*forms: FilledForm, kind: LesionKind | None = None, findings: tuple[Entry, ...] = ()) -> Case:
    return Case(id="x", lesions=(Lesion(id="A", levels=(Level.T8,), kind=kind),), forms=forms, findings=findings)


def bare(*forms: FilledForm) -> Case:
    """A case of which nothing but its forms is known."""
    return Case(id="x", lesions=(Lesion(id="A"),), forms=forms)


def found(
    named: Fact[Any], about: str, given: Any, low: float | None = None, high: float | None = None
) -> Finding[Any]:
    span = None if low is None or high is None else Interval(low=low, high=high)
    return Finding(fact=named.id, about=about, value=given, interval=span, source=MEASURED if span else ENTERED)


def findings(*each: Finding[Any]) -> Findings:
    return Findings(found=each)


# --- a form in a case is the form -------------------------------------------------------------------------------------


def forms(one: Instrument) -> Iterator[dict[str, Any]]:
    """The published examples, then answers chosen at random that do not contradict each other, as they are written."""
    dice = random.Random(20261120)
    written = [dict(row.form) for row in rows(one.id)]
    for at in range(30):
        answers = {question.name: word(question, dice) for question in one.questions}
        if one.tumours:
            answers[TUMOUR.name] = one.tumours[0].value
        for name in dice.sample(sorted(answers), at % 3 if len(answers) > 3 else 0):
            del answers[name]
        written.append(answers)
    allowed = (each for each in written if may_be(one, each))
    yield from islice(allowed, 10)


def word(question: Question, dice: random.Random) -> Any:
    answer = dice.choice(question.answers)
    return "2026-11-19" if answer == "" else answer.value if isinstance(answer, Enum) else answer


def may_be(one: Instrument, written: dict[str, Any]) -> bool:
    try:
        judged(one, one.read(written))
    except RecordError:
        return False
    return True


def filled(id: str, about: str, written: dict[str, Any], **more: Any) -> FilledForm:
    return FilledForm(instrument=id, about=about, answers=written, **more)


@every_instrument
def test_a_form_of_a_case_comes_to_what_the_form_alone_comes_to(one: Instrument) -> None:
    written = list(forms(one))
    assert written
    for answers in written:
        alone = judged(one, one.read(answers))
        for about in {"patient", subject(one)}:  # one about the patient holds for every lesion
            within = score_of(one, bare(filled(one.id, about, answers)), Findings(), subject(one))
            assert (within.totals, within.categories) == (alone.totals, alone.categories)
            if one.id not in ("sins", "escc"):  # they say more, in other words
                assert [(item.name, item.values, item.points, item.ask) for item in within.items] == [
                    (item.name, item.values, item.points, item.ask) for item in alone.items
                ]
                assert (within.missing, within.flags, within.also) == (alone.missing, alone.flags, alone.also)


def test_the_same_form_stands_in_every_score_of_all() -> None:
    record = bare(*(filled(one.id, subject(one), next(forms(one))) for one in INSTRUMENTS.values() if one.id != "escc"))
    results = {(one.instrument, one.about): one for one in all_scores(record, Findings())}
    for one in INSTRUMENTS.values():
        about = subject(one)
        assert results[one.id, about] == score_of(one, record, Findings(), about)


def subject(one: Instrument) -> str:
    return "A" if is_about_a_lesion(one) else "patient"


def test_a_form_overrules_the_record_item_by_item_and_both_are_said() -> None:
    one = local()
    known = findings(found(f.KARNOFSKY, "patient", 70), found(f.ALBUMIN, "patient", 30.0))
    record = case(filled("local", "patient", {"karnofsky": 40}, by="R. Example", because="seen today"))
    read = read_items(one, record, known, "A")
    assert read["karnofsky"].values == (40,)
    assert read["karnofsky"].note == (
        "as answered in the form by R. Example because seen today; the record says 70 (Karnofsky performance status 70)"
    )
    assert read["albumin"].values == (3.0,)


def test_a_form_about_a_lesion_goes_before_one_about_the_patient() -> None:
    record = case(filled("local", "A", {"karnofsky": 40}), filled("local", "patient", {"karnofsky": 90}))
    assert read_items(local(), record, Findings(), "A")["karnofsky"].values == (40,)


def test_a_form_of_escc_overrules_the_measured_finding() -> None:
    measured = findings(
        found(f.EPIDURAL_AREA, "A", 80.0, 78.0, 82.0),
        found(f.EPIDURAL_SLICES, "A", 9),
        found(f.SAC_INDENTATION, "A", 4.0, 3.8, 4.2),
        found(f.CORD_DISTANCE, "A", 3.0, 2.8, 3.2),
        found(f.CORD_AREA_RATIO, "A", 1.0, 0.99, 1.0),
        found(f.CORD_FLATTENING, "A", 0.0, 0.0, 1.0),
        found(f.CORD_SHIFT, "A", 0.0, 0.0, 0.1),
        found(f.CSF_SHARE, "A", 0.6, 0.5, 0.7),
    )
    assert scores_of("escc", case(), measured, "A")[0].categories == ("1b",)
    overruled = scores_of("escc", case(filled("escc", "A", {"cord_contact": True})), measured, "A")[0]
    assert overruled.categories == ("1c",)
    assert "as answered in the form; measured: distance" in overruled.items[2].note


# --- an item answered by a fact ---------------------------------------------------------------------------------------


@value
class Local:
    """A form of this test: a number in tens, one in another unit, one of a lesion, one of a level, a word, a yes."""

    karnofsky: Annotated[
        int, Number(words="Karnofsky", unit="%", low=10, high=100, step=10, cuts=(50, 80), answered_by=f.KARNOFSKY)
    ]
    albumin: Annotated[
        float,
        Number(words="albumin", unit="g/dL", low=1, high=6, step=0, cuts=(3.5,), per_unit=0.1, answered_by=f.ALBUMIN),
    ]
    volume: Annotated[
        float, Number(words="volume", unit="cc", low=0, high=100, step=0.01, cuts=(10.01,), answered_by=f.VOLUME)
    ]
    collapse: Annotated[
        float, Number(words="collapse", unit="%", low=0, high=100, step=0, cuts=(50,), answered_by=f.COLLAPSE)
    ]
    age: Annotated[int, Number(words="age", unit="years", low=0, high=120, cuts=(61,), answered_by=f.AGE)]
    lung: Annotated[bool, Ask(words="lung", answered_by=f.LUNG_METASTASES)]

    @property
    def outcome(self) -> Outcome:
        return Outcome(category="any")


def local(form: type = Local, tumours: tuple[Tumour, ...] = ()) -> Instrument:
    return Instrument(
        id="local",
        name="Local",
        version="1",
        form=form,
        population="nobody",
        better=Better.LOWER,
        categories=(Category(word="any"),),
        tumours=tumours,
        checked=Checked.READ,
        cites=(cite("tokuhashi2005"),),
    )


def item(name: str) -> Question:
    return next(one for one in questions(Local) if one.name == name)


@pytest.mark.parametrize(
    ("name", "finding", "values", "borderline"),
    [
        ("karnofsky", found(f.KARNOFSKY, "patient", 70), (70,), False),
        ("albumin", found(f.ALBUMIN, "patient", 35.0), (3.5,), False),
        ("albumin", found(f.ALBUMIN, "patient", 36.0), (3.6,), False),
        ("albumin", found(f.ALBUMIN, "patient", 34.9), (3.49,), False),
        ("volume", found(f.VOLUME, "A", 12.345, 11.9, 12.9), (12.345,), False),
        ("volume", found(f.VOLUME, "A", 9.9, 9.5, 10.4), (9.5, 10.01), True),
        ("volume", found(f.VOLUME, "A", 9.9, 9.5, 10.0), (9.9,), False),
        ("volume", found(f.VOLUME, "A", 9.9, 9.5, 10.003), (9.5, 10.01), True),
        ("volume", found(f.VOLUME, "A", 10.2, 10.003, 10.4), (10.2,), False),
        ("collapse", found(f.COLLAPSE, "T8", 50.0, 45.0, 55.0), (45.0, 50), True),
        ("lung", found(f.LUNG_METASTASES, "patient", False), (False,), False),
    ],
)
def test_a_fact_answers_an_item_and_keeps_both_sides_of_a_cut_off(
    name: str, finding: Finding[Any], values: tuple[Any, ...], borderline: bool
) -> None:
    read = read_items(local(), case(), findings(finding), "A")
    assert set(read) == {name}
    assert read[name].values == values
    assert read[name].borderline is borderline
    assert read[name].facts == (finding.fact,)


def test_a_birth_year_alone_leaves_the_birthday_open() -> None:
    born = Case(id="x", as_of=None, patient=Patient(birth_year=1965), lesions=(Lesion(id="A"),), findings=(dated(),))
    stated = recorded(born)
    assert stated.value(f.AGE, "patient") == 61.0
    assert read_items(local(), born, stated, "A")["age"].values == (60, 61)
    told = stated | entered(Case(id="x", findings=(Entry(fact=f.AGE.id, about="patient", value=61),)))
    read = read_items(local(), born, told, "A")["age"]
    assert read.values == (61,)
    assert read.note == "age reached this year 61 years; recorded: 61"


def dated() -> Entry:
    from datetime import date

    return Entry(fact=f.LUNG_METASTASES.id, about="patient", value=True, on=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        (found(f.KARNOFSKY, "patient", 0), "patient.karnofsky"),
        (
            found(f.ALBUMIN, "patient", 70.0),
            "serum albumin (lab.albumin) of 70 g/L is off the scale of albumin. It runs",
        ),
        (found(f.VOLUME, "A", 99.0, 98.0, 101.0), "lesion.volume"),
    ],
)
def test_a_value_off_the_scale_is_refused_with_its_fact_and_never_clipped(finding: Finding[Any], message: str) -> None:
    with pytest.raises(RecordError) as refused:
        read_items(local(), case(), findings(finding), "A")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_word_that_an_item_does_not_know_is_refused_with_its_fact() -> None:
    finding = found(f.PRIMARY_SITE, "A", f.PrimarySite.MELANOMA)
    with pytest.raises(RecordError, match=r"tumour\.primary_site"):
        answered(TOKUHASHI.questions[4], f.PRIMARY_SITE, finding)


@every_instrument
def test_every_answer_of_a_fact_can_be_read_by_the_item_it_answers(one: Instrument) -> None:
    for question in one.questions:
        by = question.ask.answered_by
        if not isinstance(by, Fact):
            continue
        assert not by.many, question.name
        if isinstance(question.ask, Number):
            assert by.type in (int, float), question.name
        elif question.kind is bool:
            assert by.type is bool, question.name
        else:
            for word in by.type:
                assert answered(question, by, found(by, "A", word)).values, (question.name, word)


@every_instrument
def test_a_fact_gives_the_answer_that_is_written_so(one: Instrument) -> None:
    for question in one.questions:
        by = question.ask.answered_by
        if not isinstance(by, Fact) or not isinstance(question.ask, Number):
            continue
        for answer in question.answers:
            given = by.type(answer / question.ask.per_unit)
            if by.low is not None and by.low <= given <= (by.high or 0):
                assert answered(question, by, found(by, "A", given)).values == (answer,), question.name


# --- functions, levels and the kind of tumour -------------------------------------------------------------------------


def _twice(_: Case, known: Findings, lesion: str) -> Reading:
    lung = known.value(f.LUNG_METASTASES, "patient")
    return Reading(name="?", values=() if lung is None else (lung,), note=f"read for {lesion}")


@value
class ByFunction:
    """One item that a function reads."""

    lung: Annotated[bool, Ask(words="lung", answered_by=Derived(about=Subject.PATIENT, read=_twice))]

    @property
    def outcome(self) -> Outcome:
        return Outcome(category="any")


def test_a_function_reads_an_item_or_leaves_it_open() -> None:
    one = local(ByFunction)
    read = read_items(one, case(), findings(found(f.LUNG_METASTASES, "patient", True)), "A")
    assert (read["lung"].name, read["lung"].values, read["lung"].note) == ("lung", (True,), "read for A")
    assert read_items(one, case(), Findings(), "A") == {}
    assert not is_about_a_lesion(one)
    assert is_about_a_lesion(local())


def test_a_fact_about_a_level_is_read_at_the_main_level_only() -> None:
    two = Case(id="x", lesions=(Lesion(id="A", levels=(Level.T7, Level.T8)),))
    known = findings(found(f.COLLAPSE, "T8", 60.0))
    assert read_items(local(), two, known, "A") == {}
    main = findings(*known.found, found(f.MAIN_LEVEL, "A", Level.T8))
    assert read_items(local(), two, main, "A")["collapse"].values == (60.0,)


SHARES = (f.EXTRADURAL_SHARE, f.EXTRAMEDULLARY_SHARE, f.INTRAMEDULLARY_SHARE)


@pytest.mark.parametrize(
    ("kind", "shares", "kinds"),
    [
        (LesionKind.METASTASIS, (), ["metastasis"]),
        (LesionKind.PRIMARY, (), ["primary"]),
        (LesionKind.METASTASIS, (100.0, 0.0, 0.0), ["metastasis"]),
        (LesionKind.METASTASIS, (0.0, 2.0, 98.0), ["intradural"]),
        (LesionKind.METASTASIS, (40.0, 60.0, 0.0), ["metastasis", "intradural"]),
        (None, (0.0, 100.0, 0.0), ["intradural"]),
        (None, (100.0, 0.0, 0.0), ["metastasis", "haematological", "primary"]),
        (None, (), None),
    ],
)
def test_the_kind_of_tumour_is_read_from_the_record_and_its_place(
    kind: LesionKind | None, shares: tuple[float, ...], kinds: list[str] | None
) -> None:
    record = case(kind=kind)
    known = recorded(record) | findings(*(found(named, "A", at) for named, at in zip(SHARES, shares, strict=False)))
    read = tumour(record, known, "A")
    assert (read and [one.value for one in read.values]) == kinds


# --- every instrument -------------------------------------------------------------------------------------------------


def test_a_survival_score_of_a_primary_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every, "INSTRUMENTS", {**INSTRUMENTS, "local": local(tumours=SPREAD)})
    record = case(kind=LesionKind.PRIMARY)
    results = [one for one in all_scores(record, recorded(record)) if one.instrument == "local"]
    assert [type(one) for one in results] == [Refused]
    assert isinstance(results[0], Refused)
    assert results[0].why.startswith("Local is not for this tumour (primary)")
    spread = case(kind=LesionKind.METASTASIS)
    known = recorded(spread)
    assert [type(one) for one in all_scores(spread, known) if one.instrument == "local"] == [NothingKnown]
    off = findings(found(f.ALBUMIN, "patient", 70.0))
    assert [type(one) for one in all_scores(spread, known | off) if one.instrument == "local"] == [Refused]


def test_every_instrument_is_a_result_about_each_lesion_or_the_patient() -> None:
    two = Case(id="x", lesions=(Lesion(id="A", levels=(Level.T8,)), Lesion(id="B", levels=(Level.L2,))))
    results = all_scores(two, recorded(two))
    assert {one.instrument for one in results} == set(INSTRUMENTS) >= set(OWN)
    by_id = {id: [one.about for one in results if one.instrument == id] for id in INSTRUMENTS}
    assert by_id["sins"] == ["A", "B"]
    assert by_id["odi"] == ["patient"]
    assert {one.instrument for one in results if isinstance(one, Score)} >= {"sins", "escc"}


def test_a_form_about_a_lesion_is_scored_even_where_nothing_is_asked_of_it() -> None:
    record = case(filled("nrs", "A", {"pain": 7}))
    assert subjects_of("nrs", record) == ("patient", "A")
    assert score_of(INSTRUMENTS["nrs"], record, Findings(), "A").totals == (7,)


def test_a_form_that_no_instrument_can_read_is_a_fault_with_its_place() -> None:
    record = bare(
        filled("tokuhashi", "A", {"karnofsky": 80}),
        filled("tokuhashi_2005", "A", {"karnofsky": 75, "kps": 80, "vertebrae": 1}),
        filled("enneking", "A", {"grade": "low grade", "extent": "intracapsular"}),
        filled("sins", "A", {"pain": "none"}),
        filled("tokuhashi_2005", "patient", {"tumour": "primary"}),
    )
    assert [(fault.where, fault.message.split(" (")[0]) for fault in form_faults(record)] == [
        ("forms[0].instrument", "There is no instrument 'tokuhashi'."),
        ("forms[1].answers.karnofsky", "karnofsky"),
        ("forms[1].answers.kps", "The form has no item 'kps'."),
        ("forms[2].answers", "A malignant tumour is not intracapsular in this stage."),
        ("forms[4].answers", "Revised Tokuhashi is not for this tumour"),
    ]
    with pytest.raises(RecordError, match=r"^form of tokuhashi_2005 about A: "):
        read_items(TOKUHASHI, record, Findings(), "A")


def test_the_published_forms_are_without_fault() -> None:
    for one in INSTRUMENTS.values():
        for written in forms(one):
            assert list(form_faults(bare(filled(one.id, "patient", written)))) == []


@pytest.mark.parametrize("id", OWN)
def test_what_asks_first_is_known_of_the_items_of_a_form(id: str) -> None:
    written = next(forms(INSTRUMENTS[id]))
    record = bare(filled(id, "A", written))
    known = known_of(scores_of(id, record, Findings(), "A")[0], record, Findings())
    if id == "escc":
        assert known is None
    else:
        assert known is not None
        assert {name: known[name] for name in INSTRUMENTS[id].read(written)} == INSTRUMENTS[id].read(written)


def test_a_note_says_who_entered_a_value_and_why() -> None:
    entry = Entry(fact=f.LUNG_METASTASES.id, about="patient", value=True, by="R. Example", because="biopsy of a node")
    record = case(findings=(entry,))
    read = read_items(local(), record, entered(record), "A")
    assert read["lung"].note == "as entered by R. Example because biopsy of a node"


def test_what_is_known_narrows_or_does_not() -> None:
    assert not narrowed(judged(TOKUHASHI, {}))
    assert narrowed(judged(TOKUHASHI, {"karnofsky": (80,)}))
    assert not narrowed(judged(TOKUHASHI, {"karnofsky": (10, 50, 80)}))
    inside = {"karnofsky": (10, 80), "extraspinal_bone": (0, 3), "vertebrae": (1, 3), "frankel": (Frankel.A, Frankel.E)}
    assert not narrowed(judged(TOKUHASHI, inside))  # its ends are reached still, and every total between


def test_the_same_case_gives_the_same_scores() -> None:
    record = case(kind=LesionKind.METASTASIS)
    known = recorded(record)
    assert all_scores(record, known) == all_scores(record, known)


def test_scored_keeps_what_an_instrument_of_its_own_judgement_lacks() -> None:
    def judge(one: Instrument, _: Any) -> Score:
        return Score(
            instrument=one.id,
            name=one.name,
            about="",
            at="",
            items=(),
            totals=(),
            out_of=None,
            categories=(),
            missing=("a light touch examination",),
            checked=one.checked,
            cites=one.cites,
            version=one.version,
        )

    from dataclasses import replace

    own = replace(local(), judge=judge)
    score = scored(own, {"karnofsky": Reading(name="karnofsky", values=(70,))}, about="A", at="T8")
    assert (score.missing, score.about, score.at) == (("a light touch examination",), "A", "T8")
