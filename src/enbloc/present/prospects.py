"""The survival scores side by side and the further instruments, on the page."""

from __future__ import annotations

from enbloc.decide.decision import Degree
from enbloc.present.beside import LEAD
from enbloc.present.content import Report
from enbloc.present.markup import draft, element, listed, said, sign, table
from enbloc.present.months import KEY, months_chart
from enbloc.present.outlook import Asked, Compared, Further, Horizon, SideBySide

MOST_ASKED = 6
"""So many of what could be asked for stand beside the figure; the instruments themselves name the rest."""


def prospects(content: Report) -> str:
    """The section of each lesion, then the table of the further instruments."""
    return "".join(_section(one) for one in content.survival) + _further(content.further, content.refused)


def _section(one: SideBySide) -> str:
    head = element("h2", said("Survival by published scores "), said(one.about, class_="quiet"))
    if one.refusal:
        asks = _asks(one.asks) if one.asks else ""
        return element("section", head, said(one.refusal, "p"), asks, class_="prospects")
    drawn = element("div", months_chart(one), class_="months figure")
    figure = element("div", drawn, class_="scroll", role="region", aria_label=f"{_LABEL}, {one.about}", tabindex="0")
    return element(
        "section",
        head,
        said(LEAD, "p"),
        _agreement(one),
        figure,
        said(KEY, "p", class_="quiet"),
        "".join(element("p", sign(degree), " ", said(each), class_=f"era {degree.value}") for degree, each in one.era),
        element("div", _asks(one.asks), _left_out(one), class_="pair"),
        class_="prospects",
    )


_LABEL = "Published survival by score, on one axis of months"


def _agreement(one: SideBySide) -> str:
    question = said(f"{one.question[0].upper()}{one.question[1:]}", "p", class_="asked")
    return question + element("ul", *(_horizon(each) for each in one.horizons), class_="agreement")


def _horizon(one: Horizon) -> str:
    torn = sign(Degree.CAUTION, "differ,") + " " if one.is_torn else ""
    return element("li", said(f"{one.head}: ", "strong"), torn, said(one.said))


def _asks(those: tuple[Asked, ...]) -> str:
    if not those:
        return element("div", said("What to ask next", "h3"), said("Nothing more would narrow them.", "p"))
    rows = [(said(one.words), said(one.closes), said(one.names)) for one in those[:MOST_ASKED]]
    heads = ("ask for", "results it closes, on average", "in")
    return element("div", said("What to ask next", "h3"), table("What would narrow the scores most", heads, rows))


def _left_out(one: SideBySide) -> str:
    rows = [f"{names}: {why}" for names, why in one.left_out]
    return element("div", said("Scores that say nothing here", "h3"), listed(rows, class_="left-out")) if rows else ""


def _further(those: tuple[Further, ...], refused: tuple[str, ...]) -> str:
    if not those and not refused:
        return ""
    heads = ("instrument", "result", "what to ask first")
    rows = [
        (
            said(one.name) + draft(one.is_draft) + said(f" {one.about}", class_="quiet"),
            said(one.result, "strong")
            + said(f", {one.band}" if one.band else "")
            + (said(one.note, "p", class_="quiet") if one.note else ""),
            said(one.ask),
        )
        for one in those
    ]
    made = table("Instruments that what is known narrows", heads, rows, class_="further") if rows else ""
    not_for = said("Refused", "h3") + listed(refused, class_="left-out") if refused else ""
    return element("section", said("Further instruments", "h2"), made, not_for, class_="prospects")


def survival_table(one: SideBySide) -> str:
    """Every figure of the drawing in words, with its patients, its validation and its source."""
    heads = ("score, result", "published of it", "patients, validation, what to know, source")
    rows = [
        (
            said(row.name) + draft(row.is_draft) + "".join(said(each, "p", class_="reached") for each in results(row)),
            "".join(said(each, "p") for each in published(row)),
            said("; ".join((row.cohort, *row.validations)), "p")
            + (said("; ".join(row.flags), "p") if row.flags else "")
            + said(" ".join((f"{row.checked}.", *row.cites)), "p", class_="quiet"),
        )
        for row in one.rows
    ]
    return table(f"Published survival of other patients, {one.about}", heads, rows, class_="findings") if rows else ""


def silent_table(one: SideBySide) -> str:
    """Every score that says nothing, why, and what it asks for."""
    rows = [(said(each.name), said(each.why), said("; ".join(each.asks))) for each in one.silent]
    caption = f"Survival scores that say nothing, {one.about}"
    return table(caption, ("score", "why", "what it asks for"), rows, class_="findings") if rows else ""


def results(row: Compared) -> tuple[str, ...]:
    """The totals, then each category that can be reached."""
    return tuple(each for each in (row.result, *(lane.words for lane in row.lanes)) if each)


def published(row: Compared) -> tuple[str, ...]:
    """What is published of each category, in full; of several the category first."""
    lead = len(row.lanes) > 1
    return tuple(
        (f"{lane.words}: " if lead else "") + ("; ".join(each.words for each in lane.figures) or lane.note)
        for lane in row.lanes
    )
