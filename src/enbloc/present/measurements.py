"""The measurements on the page: where they were read, tables as drawings, every number with how it was read."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from enbloc.decide.decision import Degree
from enbloc.present import bars
from enbloc.present.charts import canal_chart, clock
from enbloc.present.content import Bar, Group, LesionTables, LevelRow, Measured, Report, ScoreCard
from enbloc.present.gauge import Gauge
from enbloc.present.markup import element, said, sign, table
from enbloc.present.measures import NOT_VERIFIED
from enbloc.present.pictures import Pictures
from enbloc.present.sheets import plate

CLOCK = "cc in each sector and layer; front up, the patient's left on the viewer's right; dashed: half a voxel decides"
_INTERVAL = "An interval is what a value becomes when every surface moves by its stated error. "


def measurements(content: Report, shown: Pictures) -> str:
    """All measurements of the lesions, of the levels they take, and of the column at a glance."""
    told = content.measures
    if not told.groups and not told.column:
        return ""
    head = said("Measurements", "h2") + said("; ".join(told.counts) + ".", "p", class_="lead")
    note = said(_INTERVAL + bars.KEY, "p", class_="quiet")
    lesions = "".join(_lesion(one, shown) for one in told.tables)
    parts = (head, note, lesions, _classes(content.classes), *_numbers(told.groups), _column(told.heads, told.column))
    return element("section", *parts, class_="measurements")


def _classes(those: tuple[ScoreCard, ...]) -> str:
    """The published classes that describe, one line each."""
    rows = [(said(f"{one.name}, {one.at}"), said(one.result, "strong"), said(told_with(one))) for one in those]
    return table("Published classes", ("class", "reading", "what to know"), rows, class_="classes") if rows else ""


def told_with(one: ScoreCard) -> str:
    """What stands beside a class: how it was read, what half a voxel leaves open, what to know."""
    notes = [mark.note for mark in one.marks if mark.note]
    open_ = [f"half a voxel decides: {mark.name}" for mark in one.marks if mark.state == "borderline"]
    return "; ".join(dict.fromkeys(each.removesuffix(".") for each in (*notes, *open_, *one.flags)))


def _lesion(one: LesionTables, shown: Pictures) -> str:
    plates = [plate(picture) for picture in shown.evidence.get(one.about, ())]
    drawn = element("div", *plates, class_="plates three") if plates else ""
    tables = "".join(_tables(one))
    facts = element("div", tables, class_="facts") if tables else ""
    head = said(f"Lesion {one.about}: where its numbers were read", "h3") if plates or tables else ""
    return head + drawn + facts


def _tables(one: LesionTables) -> Iterator[str]:
    for dial in one.dials:
        head = said(f"Sectors and layers, {dial.level}", "h4")
        yield element("div", head, element("div", clock(dial), class_="drawn figure"), said(CLOCK, "p", class_="quiet"))
    if one.profile is not None:
        head = said("Along the canal", "h4")
        yield element("div", head, element("div", canal_chart(one.profile), class_="drawn figure"))
    if one.clearances:
        yield _list("Distance from the tumour, rounded down", ("structure", "mm", "interval", "drawn"), one.clearances)
    if one.parts:
        shares = _list("Share of each part that is tumour", ("part", "share", "interval, tumour", "drawn"), one.parts)
        yield element("div", shares, said(f"No tumour in {one.spared}.", "p", class_="quiet") if one.spared else "")


def _list(caption: str, heads: tuple[str, ...], those: tuple[Bar, ...]) -> str:
    rows = [(said(one.words), said(one.value, "strong"), said(one.interval), _bar(one.gauge)) for one in those]
    return element("div", table(caption, heads, rows))


def _bar(gauge: Gauge | None) -> str:
    return element("div", bars.bar(gauge), class_="bar figure") if gauge else ""


def _numbers(groups: tuple[Group, ...]) -> Iterator[str]:
    """One table a subject, its topics as bands."""
    for about in dict.fromkeys(group.about for group in groups):
        those = [group for group in groups if group.about == about]
        head = said(about[0].upper() + about[1:], "h3")
        doubt = those[0].doubt
        loud = element("p", sign(Degree.CAUTION, NOT_VERIFIED), " ", said(doubt), class_="doubt") if doubt else ""
        yield head + loud + _table(about, those)


_HEADS = ("measurement", "value", "interval", "drawn", "how it was read", "source, place in mm from the image origin")


def _table(about: str, groups: list[Group]) -> str:
    head = element("tr", *(said(words, "th", scope="col") for words in _HEADS))
    bodies = "".join(_body(group) for group in groups)
    caption = said(f"Measurements of {about}", "caption")
    made = element("table", caption, element("thead", head), bodies, class_="findings numbers-of")
    return element("div", made, class_="scroll", role="region", aria_label=f"Measurements of {about}", tabindex="0")


def _body(group: Group) -> str:
    band = element("tr", said(group.topic, "th", colspan=str(len(_HEADS)), scope="rowgroup"), class_="band-of")
    return element("tbody", band, *(_row(row) for row in group.rows))


def _row(row: Measured) -> str:
    name = element("th", escape(row.words), scope="row", id=f"finding-{row.place}")
    value = said(row.value, class_="value measured", dir="auto")
    near = element("div", sign(Degree.CAUTION, "borderline"), said(f" {row.borderline}")) if row.borderline else ""
    how = said(". ".join(part for part in (row.method, row.notes) if part), dir="auto")
    where = said(" · ".join(part for part in (row.source, row.at) if part), dir="auto")
    if not row.interval:
        return element("tr", name, element("td", value, colspan="3"), element("td", how), element("td", where))
    cells = (value + near, said(row.interval, class_="span"), _bar(row.gauge), how, where)
    return element("tr", name, *(element("td", cell) for cell in cells))


def _column(heads: tuple[str, ...], rows: tuple[LevelRow, ...]) -> str:
    if not rows:
        return ""
    shown = [at for at in range(len(heads)) if any(row.cells[at] for row in rows)]
    said_rows = [
        (
            element("strong", escape(row.level)) + (said(" lesion", class_="quiet") if row.is_affected else ""),
            *(said(row.cells[at] or "–") for at in shown),
            element("span", sign(Degree.CAUTION, NOT_VERIFIED), said(f" {row.doubt}")) if row.doubt else said("–"),
        )
        for row in rows
    ]
    columns = ("level", *(heads[at] for at in shown), "label")
    return said("The column, level by level", "h3") + table("Levels at a glance", columns, said_rows, class_="column")
