"""The survival that each category was published with (prognosis 1.1 to 1.14), figure by figure, and its words."""

from __future__ import annotations

import pytest

from enbloc.evidence import Checked
from enbloc.stage.population import SPREAD, AliveAt, Median, Predicted, SurvivalFigure, Tumour
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.survival import INSTRUMENTS as SURVIVAL

DRAFT = Checked.FROM_MEMORY


def short(figure: SurvivalFigure) -> tuple[object, ...]:
    """A figure as a row: its kind by a letter, its numbers, whose it is, and whether it is from memory."""
    draft = ("memory",) if figure.checked is DRAFT else ()
    interval: tuple[object, ...] = ()
    if isinstance(figure, Predicted):
        numbers: tuple[object, ...] = ("P", figure.from_months, figure.to_months)
    elif isinstance(figure, Median):
        numbers = ("M", figure.months)
        interval = () if figure.low is None else (figure.low, figure.high)
    else:
        numbers = ("A", figure.months, figure.percent)
        interval = () if figure.low is None else (figure.low, figure.high)
    return (*numbers, *interval, *filter(None, (figure.part, figure.elsewhere)), *draft)


V2010 = "439 patients of the validation of 2010"
V749 = "749 patients of a validation"
V424 = "424 patients of another centre"
TABLE: dict[str, tuple[tuple[tuple[object, ...], ...], ...]] = {
    "tokuhashi_2005": ((("P", 12, None),), (("P", 6, None),), (("P", 0, 6),)),
    "tomita_2001": ((), (), (), ()),
    "bauer_modified_2008": (
        (("P", 12, None), ("M", 28.4, "memory")),
        (("P", 6, None), ("M", 18.2, "memory")),
        (("P", 0, 6), ("M", 4.8, "memory")),
    ),
    "sioutos_1995": ((), ()),
    "van_der_linden_2005": ((("M", 19), ("A", 24, 37)), (("M", 9), ("A", 24, 22)), (("M", 3), ("A", 24, 4))),
    "rades_2008": (
        (
            ("A", 6, 87, "36 to 40 points", "memory"),
            ("A", 6, 99, "41 to 45 points", "memory"),
            ("A", 6, 80, V2010),
        ),
        (("A", 6, 48), ("A", 6, 56, V2010)),
        (("A", 6, 4, "20 to 25 points"), ("A", 6, 11, "26 to 30 points"), ("A", 6, 14, V2010)),
    ),
    "rades_2013_short": ((("P", 2, None),), (("P", 0, 2),)),
    "katagiri_2005": ((("A", 12, 89, "memory"),), (), (("A", 6, 31, "memory"), ("A", 12, 11, "memory"))),
    "katagiri_2014": (
        (("A", 6, 98), ("A", 12, 91), ("A", 24, 78)),
        (("A", 6, 74), ("A", 12, 49)),
        (("A", 6, 27), ("A", 12, 6)),
    ),
    "bollen_2014": (
        (("M", 31.2, 25.2, 37.3),),
        (("M", 15.4, 11.9, 18.2),),
        (("M", 4.8, 4.1, 5.4),),
        (("M", 1.6, 1.4, 1.9),),
    ),
    "osri_2013": ((),) * 7,
    "chao_rpa_2012": ((("M", 21.1, "memory"),), (("M", 8.7, "memory"),), (("M", 2.4, "memory"),)),
    "balagamwala_rpa_2018": (
        (("M", 26.7), ("M", 27.1, V749)),
        (("M", 13.4), ("M", 13.0, V749)),
        (("M", 4.5), ("M", 3.5, V749)),
    ),
    "sbrt_os_2023": ((("A", 24, 84, 79, 90),), (("A", 24, 46, 36, 59),), (("A", 24, 21, 14, 32),)),
    "prism": (
        (("M", None), ("M", 57.1, V424)),
        (("M", 32.4), ("M", 37.0, V424)),
        (("M", 22.2), ("M", 23.7, V424)),
        (("M", 8.8, V424),),
    ),
    "nesms": ((), (), (), ()),
    "lent_2014": ((("M", 10.5),), (("M", 4.3),), (("M", 1.4),)),
}

COHORTS: dict[str, tuple[int | None, ...]] = {
    "tokuhashi_2005": (2005, None, None, None),
    "tomita_2001": (2001, None, None, None),
    "bauer_modified_2008": (2008, 69, None, None),
    "sioutos_1995": (1995, 109, None, None),
    "van_der_linden_2005": (2005, None, None, None),
    "rades_2008": (2008, 1852, None, None),
    "rades_2013_short": (2013, None, None, None),
    "katagiri_2005": (2005, None, None, None),
    "katagiri_2014": (2014, 808, 2005, 2008),
    "bollen_2014": (2014, 1043, None, None),
    "osri_2013": (2013, 199, None, None),
    "chao_rpa_2012": (2012, 174, None, None),
    "balagamwala_rpa_2018": (2018, 444, None, None),
    "sbrt_os_2023": (2023, 361, None, None),
    "prism": (2015, 206, None, None),
    "nesms": (2015, 307, None, None),
    "lent_2014": (2014, None, None, None),
}


@pytest.mark.parametrize("id", [one.id for one in SURVIVAL])
def test_each_category_has_the_figures_that_were_published_with_it(id: str) -> None:
    found = tuple(tuple(short(figure) for figure in one.survival) for one in INSTRUMENTS[id].categories)
    assert found == TABLE[id]


@pytest.mark.parametrize("id", [one.id for one in SURVIVAL])
def test_each_instrument_names_its_patients_and_their_years(id: str) -> None:
    cohort = INSTRUMENTS[id].cohort
    assert cohort is not None
    assert (cohort.published, cohort.patients, cohort.first_year, cohort.last_year) == COHORTS[id]


@pytest.mark.parametrize("one", SURVIVAL, ids=[one.id for one in SURVIVAL])
def test_no_survival_is_written_twice(one: object) -> None:
    for category in INSTRUMENTS[one.id].categories:  # type: ignore[attr-defined]
        assert not any(word in category.published for word in ("median", "months", "alive"))


def test_mean_survival_by_treatment_is_no_figure_of_a_total() -> None:
    assert any("38.2" in warning and "by treatment given" in warning for warning in INSTRUMENTS["tomita_2001"].warnings)


def test_scores_of_spinal_metastases_are_for_tumours_that_spread_and_bollen_left_haematological_ones_out() -> None:
    for one in SURVIVAL:
        allowed = {"bollen_2014": (Tumour.METASTASIS,), "lent_2014": ()}.get(one.id, SPREAD)
        assert one.tumours == allowed
        assert one.is_survival is (one.id != "lent_2014")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Median(months=31.2, low=25.2, high=37.3), "median survival 31.2 months (25.2 to 37.3)"),
        (Median(months=None), "median survival not reached"),
        (Median(months=8.7, checked=DRAFT), "median survival 8.7 months (from memory, not verified)"),
        (Median(months=13, elsewhere=V749), "median survival 13 months, in 749 patients of a validation"),
        (AliveAt(months=24, percent=84, low=79, high=90), "84 % (79 to 90) alive at 24 months"),
        (AliveAt(months=24, percent=4, note="read off a figure"), "4 % alive at 24 months (read off a figure)"),
        (
            AliveAt(months=12, percent=89, note="about", checked=DRAFT),
            "89 % alive at 12 months (about; from memory, not verified)",
        ),
        (AliveAt(months=6, percent=4, part="20 to 25 points"), "4 % alive at 6 months, at 20 to 25 points"),
        (Predicted(to_months=6), "predicted survival below 6 months"),
        (Predicted(from_months=6), "predicted survival from 6 months on"),
        (Predicted(from_months=6, to_months=12), "predicted survival 6 to 12 months"),
        (Predicted(from_months=6, checked=Checked.READ), "predicted survival from 6 months on"),
    ],
)
def test_a_figure_in_words(figure: SurvivalFigure, words: str) -> None:
    assert figure.words == words
