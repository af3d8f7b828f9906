"""The figure of published survival: marks at their months, no words over others or cut off, no sign without a word."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from enbloc.errors import RecordError
from enbloc.present import lanes
from enbloc.present.beside import beside
from enbloc.present.lanes import END, OPEN_TO, START, x_of
from enbloc.present.lines import width
from enbloc.present.months import WIDE, months_alt, months_chart
from enbloc.present.outlook import Lane, Placed, Shape, SideBySide
from enbloc.stage.comparison import SURVIVAL, compared
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from tests.present import patients

SVG = "{http://www.w3.org/2000/svg}"


def _shown(known: tuple[tuple[str, str, Any], ...] = patients.KNOWN) -> SideBySide:
    return beside(patients.case(), patients.survival(known=known))


def _anyhow(seed: int) -> SideBySide:
    """Every survival score with some of its items answered in some way."""
    chosen = random.Random(seed)
    scores: list[Score] = []
    for one in SURVIVAL:
        known = {
            asked.name: (chosen.choice(asked.answers),)
            for asked in one.questions
            if asked.name != "tumour" and not one.needs and chosen.random() < 0.8
        }
        try:
            scores.append(judged(one, known))
        except RecordError:
            continue  # answers that contradict each other, or lie off the scale
    return beside(patients.case(), compared(scores, about="A"))


def _texts(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(f"{SVG}text"))


def _box(text: ElementTree.Element) -> tuple[float, float, float, float]:
    """Where words stand: left, top, right, bottom of their small letters."""
    size, x, y = (float(text.get(name, 0)) for name in ("font-size", "x", "y"))
    long = width(text.text or "", size, is_bold=text.get("font-weight") == "600")
    left = {"middle": x - long / 2, "end": x - long}.get(text.get("text-anchor", ""), x)
    return left, y - 0.5 * size, left + long, y


@pytest.mark.parametrize("seed", range(12))
def test_no_words_are_cut_off_or_stand_over_others(seed: int) -> None:
    svg = months_chart(_anyhow(seed))
    tall = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])  # type: ignore[index]
    boxes = [(*_box(text), text.text) for text in _texts(svg) if text.text]

    assert len(boxes) > 40
    for left, top, right, bottom, words in boxes:
        assert left >= 0, words
        assert right <= WIDE + 0.5, words
        assert top >= 0, words
        assert bottom <= tall, words
    for nth, (left, top, right, bottom, words) in enumerate(boxes):
        for other in boxes[nth + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (words, other[4])


@pytest.mark.parametrize("seed", range(12))
def test_marks_of_a_lane_do_not_meet(seed: int) -> None:
    for band in lanes.bands(_anyhow(seed).rows, 0.0):
        for strip in band.strips:
            spans = [
                (mark.line, min(lanes.drawn_from(mark.of), mark.said_at), max(lanes.drawn_to(mark.of), mark.right))
                for mark in strip.marks
            ]
            assert spans == [] or max(line for line, _, _ in spans) * lanes.LANE < strip.tall
            for nth, (line, low, high) in enumerate(spans):
                assert all(high <= left or right <= low for at, left, right in spans[nth + 1 :] if at == line)


def test_lines_of_a_lane_and_lanes_of_a_band_have_room_for_their_marks() -> None:
    tallest = 10  # a bar
    assert tallest + 1 < lanes.LANE
    for band in lanes.bands(_shown().rows, 0.0):
        ends = [(strip.top, strip.top + strip.tall) for strip in band.strips]
        assert all(low[1] <= high[0] for low, high in pairwise(ends))
        assert all(top + tallest <= end <= band.bottom for top, end in ends)


def test_the_axis_begins_at_zero_rises_and_ends_open() -> None:
    months = (0, 1, 3, 6, 12, 24, 48, 60)

    assert x_of(0) == START
    assert sorted(map(x_of, months)) == [x_of(each) for each in months]
    assert x_of(60) == x_of(61) == END < OPEN_TO
    assert "60 →" in {text.text for text in _texts(months_chart(_shown()))}


def _placed(**more: Any) -> Placed:
    one = Placed(
        shape=Shape.MEDIAN,
        months=12.0,
        percent=None,
        low=None,
        high=None,
        said="12 months",
        words="median survival 12 months",
        is_draft=False,
        is_elsewhere=False,
    )
    return replace(one, **more)


def _alone(*figures: Placed) -> str:
    shown = _shown()
    row = replace(shown.rows[0], lanes=(Lane(words="all", figures=figures, note=""),), is_draft=False)
    return months_chart(replace(shown, rows=(row,)))


def _circles(svg: str) -> list[ElementTree.Element]:
    return [
        circle
        for circle in ElementTree.fromstring(svg).iter(f"{SVG}circle")
        if START <= float(circle.get("cx", 0)) <= OPEN_TO
    ]


def test_a_median_is_a_dot_at_its_month_with_its_interval_behind_it() -> None:
    svg = _alone(_placed(low=6.0, high=24.0))
    (dot,) = _circles(svg)
    spans = [
        (float(rect.get("x", 0)), float(rect.get("width", 0)))
        for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if rect.get("height") == "5"
    ]

    assert float(dot.get("cx", 0)) == pytest.approx(x_of(12), abs=0.01)
    assert spans == [pytest.approx((x_of(6), x_of(24) - x_of(6)), abs=0.01)]


@pytest.mark.parametrize(("percent", "large"), [(25.0, "0"), (75.0, "1")])
def test_a_share_fills_its_circle_by_so_much(percent: float, large: str) -> None:
    svg = _alone(_placed(shape=Shape.ALIVE, percent=percent))
    x = x_of(12)
    arc = next(
        path.get("d", "") for path in ElementTree.fromstring(svg).iter(f"{SVG}path") if "A5 5" in path.get("d", "")
    )

    assert f"A5 5 0 {large} 1" in arc
    end = x + 5 if percent == 25 else x - 5
    assert f" {end:.2f} " in arc


def test_a_range_without_an_end_has_an_arrow_and_one_below_begins_at_zero() -> None:
    ranges = {"months": None, "shape": Shape.RANGE}
    open_ = _alone(_placed(low=6.0, said="from 6 months on", **ranges))
    below = _alone(_placed(low=0.0, high=6.0, said="below 6 months", **ranges))

    assert f"L{OPEN_TO:.1f} " in open_
    assert f"M{START:.1f} " in below
    assert f"L{OPEN_TO:.1f} " not in below


def test_what_is_only_remembered_is_dotted_and_says_draft() -> None:
    shown = _shown()
    svg = months_chart(shown)
    drafts = [each for row in shown.rows for lane in row.lanes for each in lane.figures if each.is_draft]

    assert drafts
    assert all(each.said.endswith("(draft)") for each in drafts)
    for firm, draft in ((_alone(_placed()), _alone(_placed(is_draft=True))),):
        assert _circles(draft)[0].get("stroke-dasharray")
        assert not _circles(firm)[0].get("stroke-dasharray")
    assert sum(text.text == "draft" for text in _texts(svg)) == sum(row.is_draft for row in shown.rows)


def test_several_results_are_paler_and_stand_one_above_the_other() -> None:
    shown = _shown()
    band = next(band for band in lanes.bands(shown.rows, 0.0) if len(band.strips) > 1)
    sure = next(band for band in lanes.bands(shown.rows, 0.0) if len(band.strips) == 1)

    assert band.is_open
    assert not sure.is_open
    tops = [strip.top for strip in band.strips]
    assert tops == sorted(tops)
    assert [strip.of.words for strip in band.strips] == [lane.words for lane in band.of.lanes]


def test_each_answer_has_its_word_and_the_counts_leave_drafts_out() -> None:
    shown = _shown()
    texts = [text for text in _texts(months_chart(shown)) if float(text.get("x", 0)) > 650]
    for nth, horizon in enumerate(shown.horizons):
        answers = [row.answers[nth] for row in shown.rows]
        for word, count in (("yes", horizon.yes), ("no", horizon.no), ("open", horizon.open)):
            assert count == sum(each.word == word and not each.is_draft for each in answers)
            assert f"{count} {word}" in {text.text for text in texts}
    said = [answer.word for row in shown.rows for answer in row.answers if answer.word]
    assert sorted(said) == sorted(text.text or "" for text in texts if text.text in {"yes", "no", "open"})
    assert sum(text.text == "differ" for text in texts) == sum(each.is_torn for each in shown.horizons) > 0


def test_a_score_without_a_published_month_says_so_in_its_head() -> None:
    shown = _shown()
    bands = {band.of.id: band for band in lanes.bands(shown.rows, 0.0)}

    assert bands["tomita_2001"].strips == []
    assert lanes.NO_FIGURE in " ".join(bands["tomita_2001"].facts)


def test_the_alternative_says_every_score_its_figures_and_where_they_differ() -> None:
    shown = _shown()
    alt = months_alt(shown)

    for row in shown.rows:
        assert row.name in alt
        assert row.cohort in alt
        assert all(each.words in alt for lane in row.lanes for each in lane.figures)
    assert "6 months, they differ" in alt
    assert months_chart(shown) == months_chart(shown)
