"""The report on paper: tagged PDF/UA through Typst. Words travel as data and are never read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import Enum
from importlib.resources import as_file, files
from typing import Any

from enbloc.case.image import Images
from enbloc.decide.decision import Degree
from enbloc.follow.result import Workup
from enbloc.present import bars, daylines, figures, months, tokens
from enbloc.present.beside import LEAD
from enbloc.present.charts import canal_chart, chart_alt, clock, clock_alt
from enbloc.present.composition import report
from enbloc.present.content import LesionTables, Report, ScoreCard
from enbloc.present.daylines import days_alt, days_chart, drawable
from enbloc.present.decisions import CHANGES, CONSENT, MISSING, otherwise
from enbloc.present.drawing import Picture, shape_svg
from enbloc.present.front import front_alt, front_chart
from enbloc.present.gauge import Gauge
from enbloc.present.glyphs import breakable, printable
from enbloc.present.measurements import CLOCK, told_with
from enbloc.present.outlook import SideBySide
from enbloc.present.pictures import Pictures, pictures
from enbloc.present.planned import ComparedTable, PlanSheet
from enbloc.present.prospects import MOST_ASKED, published, results
from enbloc.present.sections import WHEEL, left_over, on_board
from enbloc.present.sheets import margin_word, near_heads, operation_pictures

_SHEETS = ("setting", "board", "decision", "comparison", "operation", "options", "survival", "measurements", "annex")
"""The parts of the paper, in its order; one document to Typst."""


def report_pdf(workup: Workup, images: Images, *, fingerprint: str, drawn: Pictures | None = None) -> bytes:
    """The whole report as PDF/UA-1; the same work-up gives the same bytes.

    ``fingerprint`` is the sha256 of the work-up's JSON; ``drawn`` are its pictures if they exist already.
    """
    shown = drawn or pictures(workup, images)
    return paper(report(workup, without=shown.without, fingerprint=fingerprint), shown)


def paper(content: Report, shown: Pictures) -> bytes:
    """A report, set on paper."""
    return typeset(_SHEETS, _data(content, shown))


def typeset(sheets: Sequence[str], given: Mapping[str, Any]) -> bytes:
    """The sheets of the folder ``paper``, one after the other, as one document of PDF/UA-1 with what is ``given``."""
    import typst

    source = files("enbloc.present")
    with as_file(source.joinpath("fonts")) as folder:
        ours = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    made = typst.compile(
        b"".join(source.joinpath("paper", f"{name}.typ").read_bytes() for name in sheets),
        font_paths=ours,
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(plain(given), ensure_ascii=True, sort_keys=True)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes), "one document makes one file"
    return made


def _data(content: Report, shown: Pictures) -> dict[str, Any]:
    first = next(iter(shown.of.values()), ())
    others, more = otherwise(content.counsel.choices)
    near = drawable(content.counsel.days.rows)
    return {
        "report": asdict(content) | {"foot": content.foot, "key": bars.KEY, "lead": LEAD, "months": months.KEY},
        "board": [_picture(one) for one in on_board(first)],
        "operation": [[_picture(one) for one in operation_pictures(plan, shown)] for plan in content.plans],
        "pictures": [_picture(one) for one in left_over(content, shown)],
        "planned": [_planned(plan) for plan in content.plans],
        "fronts": [_front(one) for one in content.compared],
        "options": [_bar(one.gauge) for one in content.options],
        "findings": [[_bar(row.gauge) for row in subject.rows] for subject in content.findings],
        "scores": [score_figures(card) for card in content.scores],
        "beside": [told_with(one) for one in content.classes],
        "evidence": [[_picture(one) for one in shown.evidence.get(each.about, ())] for each in content.measures.tables],
        "tables": [_tables(one) for one in content.measures.tables],
        "numbers": [[_bar(row.gauge) for row in group.rows] for group in content.measures.groups],
        "clock": CLOCK,
        "survival": [_survival(one) for one in content.survival],
        "wheels": [_drawing(figures.wheel(one), figures.wheel_alt(one)) for one in content.extents],
        "wheel": WHEEL,
        "days": _drawing(days_chart(near), days_alt(near)) if near else None,
        "dayskey": daylines.KEY,
        "shown": _shown(content),
        "others": {"shown": [asdict(one) for one in others], "more": more},
        **look(),
    }


def _shown(content: Report) -> dict[str, int]:
    """How much of each the board's pages hold; the annex has the rest."""
    of = {"changes": CHANGES, "missing": MISSING, "consent": CONSENT}
    stops = {stop.id for topic in content.counsel.open for stop in topic.stops}
    return of | {"open": len(stops), "days": len(drawable(content.counsel.days.rows))}


def look() -> dict[str, Any]:
    """What every sheet is drawn with: the shapes of alarm, and the colours by their names."""
    shapes = {degree.value: _drawing(shape_svg(degree), degree.value) for degree in Degree}
    return {"shapes": shapes, "colours": _colours()}


def _colours() -> dict[str, str]:
    alarm = {degree.value: colour for degree, colour in tokens.ALARM.items()}
    return {"ink": tokens.INK, "quiet": tokens.QUIET, "line": tokens.LINE, "accent": tokens.ACCENT} | alarm


def _picture(one: Picture) -> dict[str, str]:
    return {"title": one.title} | _drawing(one.svg, one.alt)


def _drawing(svg: str, alt: str) -> dict[str, str]:
    return {"svg": svg, "alt": alt}


def score_figures(card: ScoreCard) -> dict[str, Any]:
    """What a score is drawn with: its scale, and for each item its mark and the strips of its numbers."""
    scale = None
    if card.instrument == "sins" and card.totals:
        scale = _drawing(figures.dots(card), f"{card.name}: reachable totals {card.result} of {card.out_of}")
    if card.instrument == "escc":
        scale = _drawing(figures.ladder(card), f"{card.name} on its scale of grades: {card.result}")
    marks = [_drawing(figures.mark(one), f"{one.name}: {one.reading}, {one.state}") for one in card.marks]
    strips = [[_drawing(bars.strip(each), each.alt) for each in one.gauges] for one in card.marks]
    return {"scale": scale, "marks": marks, "strips": strips}


def _bar(one: Gauge | None) -> dict[str, str] | None:
    return _drawing(bars.bar(one), one.alt) if one else None


def _tables(one: LesionTables) -> dict[str, Any]:
    """The drawn tables of a lesion."""
    profile = one.profile
    return {
        "clocks": [_drawing(clock(dial), clock_alt(dial)) | {"level": dial.level} for dial in one.dials],
        "profile": _drawing(canal_chart(profile), chart_alt(profile)) if profile else None,
        "parts": [_bar(each.gauge) for each in one.parts],
        "clearances": [_bar(each.gauge) for each in one.clearances],
    }


def _survival(one: SideBySide) -> dict[str, Any]:
    """The figure of a lesion, what to ask first, and the words of its table."""
    drawn = _drawing(months.months_chart(one), months.months_alt(one)) if one.rows else None
    rows = [{"results": results(row), "published": published(row)} for row in one.rows]
    return {"drawn": drawn, "asks": [asdict(each) for each in one.asks[:MOST_ASKED]], "rows": rows}


def _planned(plan: PlanSheet) -> dict[str, Any]:
    """The figures of an operation, and the heads of its table of cuts."""
    return {
        "drawn": _drawing(bars.strip(plan.gauge), plan.gauge.alt) if plan.gauge else None,
        "word": margin_word(plan),
        "faces": [_bar(face.gauge) for face in plan.faces],
        "near": near_heads(plan.cuts),
    }


def _front(one: ComparedTable) -> dict[str, str] | None:
    return _drawing(front_chart(one.front), front_alt(one.front)) if one.front else None


def plain(data: Any) -> Any:
    """Enums as their words, and every sign that the fonts lack as its code point: PDF/UA refuses empty boxes."""
    if isinstance(data, Enum):
        return data.value
    if isinstance(data, str):
        return data if data.startswith("<svg") else breakable(printable(data))
    if isinstance(data, dict):
        return {key: plain(held) for key, held in data.items()}
    if isinstance(data, list | tuple):
        return [plain(held) for held in data]
    return data
