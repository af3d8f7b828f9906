"""The board's part of the page: alarms, pictures, scores, options, and the proposed operation."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.decide.decision import Degree
from enbloc.present import bars, choosing, decisions, figures, words
from enbloc.present.content import CutRow, Extent, Mark, PlanSheet, Report, ScoreCard
from enbloc.present.drawing import Picture
from enbloc.present.markup import element, listed, said, sign, table
from enbloc.present.pictures import Pictures
from enbloc.present.solid import AS_SURGEON


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


def plate(picture: Picture) -> str:
    """A picture; what is seen is said in the drawing itself."""
    return element("figure", picture.svg, class_="plate")


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


def operations(content: Report, shown: Pictures) -> str:
    """The proposed operations, each with its cuts, its margin, its price, and what it leaves open."""
    if not content.plans:
        return element("section", said("Proposed operation", "h2"), said("No operation is proposed.", "p"))
    return "".join(_sheet(plan, shown) for plan in content.plans)


def _sheet(plan: PlanSheet, shown: Pictures) -> str:
    ready = "READY for the board" if plan.is_ready else "NOT READY"
    head = element("h2", said(f"Proposed operation: {plan.id} "), said(ready, class_="pill"))
    heads = ("cut", "tumour to cut", "kerf", "faces", "passes through")
    cuts = [(said(cut.name), _to_cut(cut), said(cut.kerf), said(cut.faces), said(cut.where)) for cut in plan.cuts]
    price = listed(f"{label}: {amount}" for label, amount in plan.price)
    plates = [plate(one) for one in operation_pictures(plan, shown)]
    return element(
        "section",
        head,
        *_blocks(plan),
        _margin(plan),
        table("Cuts, distances rounded down", heads, cuts, class_="cuts") if cuts else "",
        element("div", *plates, class_="plates three"),
        said("Price", "h3") + price,
        said("Not computed in this version", "h3") + listed(plan.not_computed) if plan.not_computed else "",
        class_="operation",
    )


def _to_cut(cut: CutRow) -> str:
    loud = sign(cut.degree, cut.warning) if cut.degree else ""
    return said(f"{cut.margin} ", "strong") + loud


def _margin(plan: PlanSheet) -> str:
    """The smallest margin; one that reaches zero is an alarm."""
    drawn = element("div", bars.strip(plan.gauge), class_="bar figure") if plan.gauge else ""
    number = said("Smallest margin ", "strong") + said(plan.margin, "strong", class_="result")
    note = element("p", number, said(f" {plan.margin_note}"))
    if not plan.degree:
        return note + drawn
    loud = element("p", sign(plan.degree, margin_word(plan)), " ", said(plan.warning, "strong"))
    return element("div", loud, note, drawn, class_=f"alarm {plan.degree.value}")


def margin_word(plan: PlanSheet) -> str:
    """The word beside the shape of a margin that reaches zero: no rule spoke, so it is not called a stop."""
    return "NO MARGIN" if plan.degree is Degree.STOP else "MARGIN MAY BE NONE"


def _stops(plan: PlanSheet) -> str:
    """Overrides and stops that hold, each in its box; those that cannot be excluded in a line."""
    held = "".join(decisions.alarm(rule) for rule in plan.stops if not rule.is_open)
    open_ = [rule for rule in plan.stops if rule.is_open]
    line = said(f"{words.counted(len(open_), 'stop')} cannot be excluded yet: ") + decisions.joined(open_)
    return decisions.overrides(plan.overridden) + held + (element("p", line) if open_ else "")


def _blocks(plan: PlanSheet) -> Iterator[str]:
    if plan.stops or plan.overridden or plan.not_ready:
        yield said("Why it is not ready", "h3")
        yield _stops(plan) + listed(plan.not_ready)
    yield said("Feasible because" if plan.is_feasible else "Not feasible because", "h3") + listed(plan.reasons)
    if plan.rules:
        yield said("Rules about it", "h3") + element("p", decisions.joined(plan.rules))


def operation_pictures(plan: PlanSheet, shown: Pictures) -> tuple[Picture, ...]:
    """The cuts from the side, as the surgeon stands (hazard H28), and the place of the smallest margin."""
    those = shown.of.get(plan.about, ())
    side = [one for one in those if "sagittal" in one.key]
    behind = [one for one in those if one.key.endswith(AS_SURGEON)]
    close = [one for one in those if one.key.endswith(" margin")]
    return (*side[:1], *behind, *close)
