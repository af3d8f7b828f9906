"""Uncertainty is drawn against the cut-offs that the score really uses, and said in words."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Fact, Unit
from enbloc.case.finding import Finding, Findings, Interval, Source, SourceKind, measured
from enbloc.present import bars
from enbloc.present.gauge import Gauge
from enbloc.present.gauges import _ON_BOARD, DIALS, gauge, gauges, margin_gauge
from enbloc.present.tokens import INK, LINE, RAISED, SPREAD
from enbloc.present.words import THIN
from enbloc.stage import PARAMETERS, scores
from tests.present import patients

SVG = "{http://www.w3.org/2000/svg}"


def _gauge(named: Fact[float], value: float, low: float, high: float) -> Gauge:
    found = Finding(
        fact=named.id,
        about="A",
        value=value,
        interval=Interval(low=low, high=high),
        source=Source(kind=SourceKind.MEASURED, document="ct"),
    )
    return gauge(named, found)


def _drawn(one: Gauge) -> tuple[list[float], list[float], tuple[float, float]]:
    """Where the hairlines stand, and the ends of the axis and of the interval."""
    tree = ElementTree.fromstring(bars.bar(one))
    hairlines = [float(line.get("x1", 0)) for line in tree.iter(f"{SVG}line") if line.get("stroke") == INK]
    axis = next(line for line in tree.iter(f"{SVG}line") if line.get("stroke") != INK)
    spread = next(rect for rect in tree.iter(f"{SVG}rect") if rect.get("fill") == SPREAD)
    start = float(spread.get("x", 0))
    ends = (start, start + float(spread.get("width", 0)))
    return hairlines, [float(axis.get("x1", 0)), float(axis.get("x2", 0))], ends


CUTS = [
    (vocabulary.COLLAPSE, {20.0, 50.0}),
    (vocabulary.BODY_SHARE, {50.0}),
    (vocabulary.LYTIC_SHARE, {15.0}),
    (vocabulary.BLASTIC_SHARE, {15.0}),
    (vocabulary.TRANSLATION, {-3.0, 3.0}),
    (vocabulary.ANGULATION, {10.0}),
    (vocabulary.POSTEROLATERAL_LEFT_SHARE, {20.0}),
    (vocabulary.POSTEROLATERAL_RIGHT, {0.2}),
    (vocabulary.CORD_AREA_RATIO, {93.0}),
    (vocabulary.SAC_AREA_RATIO, {90.0}),
    (vocabulary.CSF_SHARE, {10.0}),
    (vocabulary.CORD_DISTANCE, {0.7}),
]


@pytest.mark.parametrize(("named", "cuts"), CUTS, ids=lambda given: given.id if isinstance(given, Fact) else "")
def test_each_number_stands_against_the_cut_offs_of_the_specification(named: Fact[float], cuts: set[float]) -> None:
    shown = _gauge(named, 0.5, 0.4, 0.6)

    assert {round(tick.at, 6) for tick in shown.ticks} == cuts


def test_every_cut_off_is_one_that_the_scores_use_in_the_same_unit() -> None:
    declared = {one.name: one.unit for one in PARAMETERS}
    for named, dial in DIALS.items():
        for name in (*dial.cuts, *filter(None, [dial.doubt])):
            assert declared[name] == named.unit.value


def test_a_collapse_between_ten_and_twenty_lies_in_a_pale_band() -> None:
    shown = _gauge(vocabulary.COLLAPSE, 14.0, 11.0, 17.0)

    assert shown.doubt == (10.0, 20.0)
    assert f'fill="{LINE}"' in bars.bar(shown)


WHERE = [
    (31.0, 25.0, 37.0, ("above", "below")),
    (48.0, 44.0, 53.0, ("above", "on both sides of")),
    (5.0, 2.0, 9.0, ("below", "below")),
    (50.0, 50.0, 50.0, ("above", "at")),
]


@pytest.mark.parametrize(("value", "low", "high", "lies"), WHERE)
def test_where_an_interval_lies_is_drawn_and_said(value: float, low: float, high: float, lies: tuple[str, ...]) -> None:
    shown = _gauge(vocabulary.COLLAPSE, value, low, high)
    hairlines, _, (start, end) = _drawn(shown)

    assert shown.lies == lies
    assert f"{lies[1]} 50{THIN}%" in shown.alt
    assert shown.alt.startswith("loss of body height against the neighbours")
    if "on both sides of" in lies:
        assert start < hairlines[1] < end
    if lies == ("above", "below"):
        assert hairlines[0] < start < end < hairlines[1]


@given(st.data())
def test_nothing_is_drawn_beyond_the_ends_of_its_axis(data: st.DataObject) -> None:
    named = data.draw(st.sampled_from(sorted(DIALS, key=lambda one: one.id)))
    low, value, high = sorted(data.draw(st.lists(st.floats(-40, 400), min_size=3, max_size=3)))
    hairlines, (left, right), ends = _drawn(_gauge(named, value, low, high))

    for x in (*hairlines, *ends):
        assert left - 0.1 <= x <= right + 1.1


def test_a_value_without_an_interval_has_a_tick_and_no_bar() -> None:
    said = Source(kind=SourceKind.ENTERED, document="case.yaml")
    shown = gauge(vocabulary.COLLAPSE, Finding(fact="body.collapse", about="T8", value=45.0, source=said))

    assert shown.is_exact
    assert SPREAD not in bars.bar(shown)


def _length(words: str, size: float, cut: str) -> float:
    font = files("enbloc.present").joinpath("fonts", f"IBMPlexSans-{cut}.ttf").read_bytes()
    return float(ImageFont.truetype(BytesIO(font), 100).getlength(words)) * size / 100


def test_label_and_number_never_meet() -> None:
    widest = {Unit.MM: -10.5, Unit.PERCENT: -50.0, Unit.DEGREE: -90.0, Unit.SHARE: 1.2, Unit.CC: 20.5, Unit.MM2: 888.0}
    for named in DIALS:
        number = widest[named.unit] if (named.low or 0) < 0 else abs(widest[named.unit])
        shown = _gauge(named, number, -90, 900)
        label, said = list(ElementTree.fromstring(bars.strip(shown)).iter(f"{SVG}text"))[:2]
        end = _length(label.text or "", float(label.get("font-size", 0)), "Regular")
        start = float(said.get("x", 0)) - _length(said.text or "", float(said.get("font-size", 0)), "SemiBold")
        assert end + 2 < start, named.id


def test_the_numbers_stand_beside_the_item_that_they_are_behind() -> None:
    collapse = patients.SINS.items[4]
    labels = [one.label for one in gauges(patients.SINS, collapse, patients.workup().findings)]
    bone = [
        one.label for one in gauges(patients.SINS, replace(collapse, name="bone lesion"), patients.workup().findings)
    ]

    assert labels == ["height loss"]
    assert bone == ["lytic share"]
    assert gauges(patients.SINS, patients.SINS.items[1], patients.workup().findings) == ()


def test_the_volume_of_a_side_is_drawn_where_it_says_something_else_than_the_share() -> None:
    item = replace(patients.SINS.items[5], name="posterolateral involvement")
    share = measured(vocabulary.POSTEROLATERAL_LEFT_SHARE, "A", 40.0, low=30.0, high=50.0)

    def labels(cc: float, low: float) -> list[str]:
        volume = measured(vocabulary.POSTEROLATERAL_LEFT, "A", cc, low=low, high=cc)
        return [one.label for one in gauges(patients.SINS, item, Findings(found=(share, volume)))]

    assert labels(1.9, 1.5) == ["left share"]
    assert labels(0.3, 0.1) == ["left share", "left"]


def test_a_margin_is_drawn_against_zero() -> None:
    shown = margin_gauge(-0.5, Interval(low=-1.0, high=0.2))
    hairlines, _, (start, end) = _drawn(shown)

    assert start < hairlines[0] < end
    assert shown.alt == f"smallest margin −0.5{THIN}mm (−1.0 to 0.0{THIN}mm); on both sides of 0{THIN}mm"


def test_the_slip_of_the_vertebra_above_is_drawn_where_it_says_something_else() -> None:
    item = replace(patients.SINS.items[3], name="alignment")
    own = measured(vocabulary.TRANSLATION, "T8", 0.5, low=0.0, high=1.0)

    def labels(low: float, high: float, level: str = "T7") -> list[str]:
        above = measured(vocabulary.TRANSLATION, level, high, low=low, high=high)
        return [one.label for one in gauges(patients.SINS, item, Findings(found=(own, above)))]

    assert labels(0.2, 0.9) == ["translation"]
    assert labels(3.5, 4.5) == ["translation", "T7 on T8"]
    assert labels(3.5, 4.5, "T6") == ["translation"], "T6 does not lie on T8"


def test_every_item_with_numbers_is_an_item_that_the_scores_have() -> None:
    items = {item.name for score in scores(patients.case(), Findings()) for item in score.items}

    assert set(_ON_BOARD) <= items


def test_what_was_overruled_stays_on_the_bar_struck_and_the_entered_value_is_outlined() -> None:
    (shown,) = gauges(patients.SINS, patients.SINS.items[4], patients.workup().findings)
    solid = _gauge(vocabulary.COLLAPSE, 45.0, 44.0, 46.0)

    assert (shown.value, shown.before, shown.is_measured) == (45.0, (38.0, 52.0), False)
    assert shown.alt.endswith(f"in place of 42{THIN}% (38–52{THIN}%), measured")
    assert f'fill="none" stroke="{SPREAD}"' in bars.bar(shown)
    assert f'fill="{RAISED}" stroke="{INK}"' in bars.bar(shown)
    assert RAISED not in bars.bar(solid)
    assert solid.before is None
