"""Survival scores in words: in the order of their years, drafts apart, refusals with their reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enbloc.case.lesion import Lesion, LesionKind
from enbloc.decide.decision import Degree
from enbloc.present.beside import NOT_THIS_TUMOUR, also, beside, further, refused
from enbloc.present.composition import DECIDING, DESCRIBING
from enbloc.stage import comparison
from enbloc.stage.comparison import Comparison
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Also
from enbloc.stage.survival.horizon import Agreement, Voice
from tests.present import patients

SHOWN = beside(patients.case(), patients.survival())
ROWS = {row.id: row for row in SHOWN.rows}


def test_rows_stand_by_the_years_of_their_patients() -> None:
    turned = patients.survival()
    turned = replace(turned, lines=tuple(reversed(turned.lines)))
    years = []
    for row in beside(patients.case(), turned).rows:
        cohort = INSTRUMENTS[row.id].cohort
        assert cohort is not None
        years.append(cohort.last_year or cohort.published)
    assert years == sorted(years)


def test_a_row_says_whose_figures_these_are() -> None:
    assert ROWS["bauer_modified_2008"].cohort == "published 2008 · 69 patients"
    assert ROWS["tokuhashi_2005"].cohort == "published 2005 · number of patients not stated"
    assert ROWS["tokuhashi_2005"].validations == INSTRUMENTS["tokuhashi_2005"].validations


def test_older_treatment_is_said_of_the_scores_that_it_concerns_only() -> None:
    assert ROWS["tokuhashi_2005"].is_dated
    assert not ROWS["prism"].is_dated
    assert SHOWN.era[0][0] is Degree.CAUTION
    assert SHOWN.era[1][0] is Degree.NOTE
    assert SHOWN.era[0][1].startswith("This tumour is a renal cancer")


def test_figures_keep_their_own_patients_and_intervals() -> None:
    own, other = ROWS["balagamwala_rpa_2018"].lanes[0].figures
    assert not own.is_elsewhere
    assert other.is_elsewhere
    assert other.said == "3.5 months, other patients"
    (share,) = ROWS["sbrt_os_2023"].lanes[-1].figures
    assert share.said.replace("\u202f", " ") == "46 % (36–59)"
    assert share.percent == 46


def test_many_totals_are_counted_never_written_as_a_range() -> None:
    assert ROWS["prism"].result == "18 totals possible"
    assert ROWS["tomita_2001"].result == "5 · 7 of 10"


def _horizon(agreement: Agreement, yes: tuple[str, ...], no: tuple[str, ...], open_: tuple[str, ...] = ()) -> str:
    one = comparison.Horizon(
        months=6, agreement=agreement, yes=yes, no=no, open=open_, nothing=(), drafts=(("Z", Voice.NO),)
    )
    made: Comparison = replace(patients.survival(), horizons=(one,))
    return beside(patients.case(), made).horizons[0].said


@pytest.mark.parametrize(
    ("said", "agreement", "yes", "no", "open_"),
    [
        ("all 2 that speak agree, no", Agreement.AGREE, (), ("A", "B"), ()),
        ("one score speaks alone, yes by A", Agreement.ALONE, ("A",), (), ()),
        ("2 yes, 1 no, 1 open; no by C", Agreement.DISAGREE, ("A", "B"), ("C",), ("D",)),
        ("1 yes, 2 no; yes by A", Agreement.DISAGREE, ("A",), ("B", "C"), ()),
        ("2 yes, 1 open", Agreement.OPEN, ("A", "B"), (), ("C",)),
        ("none decided, 1 open", Agreement.OPEN, (), (), ("C",)),
        ("no score says anything", Agreement.NOTHING, (), (), ()),
    ],
)
def test_agreement_is_said_in_words_and_drafts_are_apart(
    said: str, agreement: Agreement, yes: tuple[str, ...], no: tuple[str, ...], open_: tuple[str, ...]
) -> None:
    assert _horizon(agreement, yes, no, open_) == f"{said} (drafts, not counted: 1 no)."


def test_every_instrument_stands_in_a_row_or_says_why_not() -> None:
    told = [*(row.name for row in SHOWN.rows), *(each.name for each in SHOWN.silent)]
    assert sorted(told) == sorted(one.name for one in comparison.SURVIVAL)
    named = " ".join(names for names, _ in SHOWN.left_out)
    assert all(each.name in named for each in SHOWN.silent)
    assert NOT_THIS_TUMOUR in [why for _, why in SHOWN.left_out]


def test_a_primary_tumour_has_one_line_and_every_reason_in_the_annex() -> None:
    case = patients.case(lesions=(Lesion(id="A", kind=LesionKind.PRIMARY),))
    made = beside(case, patients.survival(LesionKind.PRIMARY))

    assert made.rows == ()
    assert "because lesion A is a primary tumour" in made.refusal
    assert sum("is not for this tumour (primary)" in each.why for each in made.silent) > 10


def test_too_little_known_is_no_refusal() -> None:
    nothing = replace(patients.survival(), lines=(), absent=())
    assert "too little is known" in beside(patients.case(), nothing).refusal


def test_the_further_instruments_are_those_that_stand_nowhere_else() -> None:
    frail, tokuhashi = patients.FRAILTY, replace(patients.FRAILTY, instrument="tokuhashi_2005")
    (row,) = further((frail, tokuhashi))

    assert (row.name, row.about, row.result, row.band) == (frail.name, "the patient", "0 · 1 of 5", "not frail")
    assert row.is_draft
    assert row.ask == "diabetes with any drug treatment"
    assert row.note == "index: 0 or 0.2"
    shown = {one.instrument for one in patients.workup().scores} - {*DECIDING, *DESCRIBING}
    assert len(patients.content().further) == len(shown) == 1


def test_another_reading_that_is_wide_open_is_left_to_the_score_itself() -> None:
    wide = replace(patients.FRAILTY, also=(Also(name="index", values=tuple("0123456789")),))
    assert list(also(wide)) == []


def test_refused_instruments_say_why_but_for_those_of_survival() -> None:
    (other,) = patients.workup().refused
    survival = replace(other, instrument="tokuhashi_2005")
    assert list(refused((other, survival))) == ["TNM of the spine is for sarcoma."]
    assert list(refused((replace(other, why="too far"),))) == ["TNM of the spine: too far"]
