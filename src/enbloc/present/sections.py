"""The board's part of the page: alarms, pictures, scores, options, and the proposed operation."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.present import bars, choosing, decisions, figures
from enbloc.present.content import Extent, Mark, Report, ScoreCard
from enbloc.present.drawing import Picture
from enbloc.present.markup import element, listed, said, table
from enbloc.present.pictures import Pictures
from enbloc.present.sheets import operation_pictures, plate


def board(content: Report, shown: Pictures) -> str:
    """What a board reads first: what must be resolved, what leads, how the lesion looks, what else there is."""
    return "".join(
        (
            decisions.resolve(content),
            decisions.leads(content),
            element("section", _pictures(content, shown), _scores(content), class_="glance"),
            decisions.open_stops(content),
            choosing.options(content),
            choosing.frameworks(content),
            choosing.changes(content),
            choosing.days(content),
            *decisions.cautions(content),
            choosing.unknown(content),
            *choosing.summaries(content),
        )
    )


def _pictures(content: Report, shown: Pictures) -> str:
    first = next(iter(shown.of.values()), ())
    chosen = on_board(first)
    missing = listed(content.without, class_="without")
    wheels = "".join(_wheel(extent) for extent in content.extents)
    return element("div", element("div", *(plate(one) for one in chosen), missing, class_="plates"), wheels)


def on_board(those: tuple[Picture, ...]) -> tuple[Picture, ...]:
    """The four pictures of the first page: axial, sagittal, and the two solid ones."""
    axial = [one for one in those if "axial" in one.key][:1]
    # Where there is an MR, its sagittal shows the cord; that of the CT stands with the operation.
    sagittal = [one for one in those if "sagittal" in one.key]
    resonance = [one for one in sagittal if " MR" in one.title]
    solid = [one for one in those if "solid" in one.key][:2]
    return (*axial, *(resonance or sagittal)[:1], *solid)


def left_over(content: Report, shown: Pictures) -> Iterator[Picture]:
    """The pictures of the annex: all that stand neither on the first page nor with an operation."""
    placed = {one.key for plan in content.plans for one in operation_pictures(plan, shown)}
    placed |= {one.key for one in on_board(next(iter(shown.of.values()), ()))}
    yield from (one for those in shown.of.values() for one in those if one.key not in placed)


def _scores(content: Report) -> str:
    cards = "".join(_card(card) for card in content.scores)
    key = said(bars.KEY, "p", class_="quiet") if content.scores else ""
    return element("div", cards, key, listed(content.use, class_="use"), class_="scores")


def _card(card: ScoreCard) -> str:
    why = f" ({card.why})" if card.why else ""
    of = f" of {card.out_of}" if card.out_of is not None else ""
    head = element("h2", said(f"{card.name} "), said(card.result, class_="result"), said(of, class_="quiet"))
    band = said(f"{card.band}{why}" if card.band else why.strip(), "p", class_="band")
    scale = figures.dots(card) if card.instrument == "sins" and card.totals else ""
    scale = figures.ladder(card) if card.instrument == "escc" else scale
    scale = element("div", scale, class_="scale figure") if scale else ""
    reported = said(f"Reported by a reader: {card.reported}", "p") if card.reported else ""
    return element(
        "article",
        head,
        said(" · ".join(part for part in (card.at, card.also) if part), "p", class_="quiet"),
        band,
        scale,
        _marks(card),
        reported,
        listed(card.flags, class_="flags"),
        class_="card",
    )


def _marks(card: ScoreCard) -> str:
    heads = ("item", "mark", "reading, known by", "measured, with cut-off")
    rows = [(said(one.name), figures.mark(one), _reading(one), _strips(one)) for one in card.marks]
    return table(f"Items of {card.name}", heads, rows, class_="marks figure")


def _reading(one: Mark) -> str:
    known = said(_provenance(one.state), class_="quiet")
    return known if one.state == "unknown" else said(one.reading, "strong") + "<br/>" + known


def _strips(one: Mark) -> str:
    linked = [element("a", bars.strip(each), href=f"#finding-{each.place}") for each in one.gauges]
    return element("div", *linked, class_="strips") if linked else ""


def _provenance(state: str) -> str:
    return {"unknown": "not known: ask", "overruled": "entered over a measurement"}.get(state, state)


WHEEL = "as on an axial CT: front up, the patient's left on the viewer's right; layers are counted apart from sectors"


def _wheel(extent: Extent) -> str:
    layers = "not known" if extent.layers is None else " · ".join(extent.layers) or "none"
    return element(
        "article",
        element("div", figures.wheel(extent), class_="wheel figure"),
        element(
            "div",
            element("h2", said("WBB "), said(f"lesion {extent.about}", class_="quiet")),
            said("layers ") + said(layers, "strong"),
            said(WHEEL, "p", class_="quiet"),
        ),
        class_="extent",
    )
