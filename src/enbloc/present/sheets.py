"""The planned operations on the page: compared first, then each with its cuts, its margin, its price and its ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enbloc.decide.decision import Degree
from enbloc.present import bars, decisions, words
from enbloc.present.content import Report
from enbloc.present.counsel import Rule
from enbloc.present.drawing import Picture
from enbloc.present.front import front_chart
from enbloc.present.markup import draft, element, listed, said, sign, table
from enbloc.present.pictures import Pictures
from enbloc.present.planned import (
    Block,
    ComparedRow,
    ComparedTable,
    CutRow,
    FaceRow,
    JudgedRow,
    Line,
    NearRow,
    PlanSheet,
    Refusal,
)
from enbloc.present.solid import AS_SURGEON


def operations(content: Report, shown: Pictures) -> str:
    """Everything about the operations: beside each other, then one by one, the one that is drawn first."""
    if not content.compared and not content.plans:
        return element("section", said("Operations", "h2"), said(f"{content.unplanned}.", "p"), class_="operation")
    tables = "".join(_compared(one) for one in content.compared)
    return tables + "".join(_sheet(plan, shown) for plan in content.plans)


CAPTION = "The operations that are feasible here"
_LONG = 90  # an enumeration longer than this is not set in bold


# --- beside each other ------------------------------------------------------------------------------------------------
_HEADS = (
    "operation",
    "smallest margin",
    "tumour entered",
    "tumour left",
    "bone taken",
    "nerve roots",
    "levels",
    "approaches",
    "rules",
    "ready?",
)


def _compared(one: ComparedTable) -> str:
    rows = [_row(row) for row in one.rows]
    made = table(CAPTION, _HEADS, rows, class_="compared") if rows else ""
    drawn = element("div", front_chart(one.front), class_="front figure") if one.front else ""
    figure = element("div", drawn, class_="scroll", role="region", aria_label="Front", tabindex="0") if drawn else ""
    none = said(one.without_front, "p", class_="quiet") if one.without_front else ""
    note = said(one.note, "p", class_="quiet") if one.note else ""
    head = said(one.title, "h2")
    return element("section", head, made, note, _refused(one), figure, none, class_="comparison")


def _row(one: ComparedRow) -> tuple[str, ...]:
    name = said(f"{one.number}  {one.name}", dir="auto") + draft(one.is_draft)
    drawn = "its cuts are drawn" if one.is_foremost else ""
    below = "; ".join(part for part in (one.standing, drawn) if part)
    stands = said(below, "p", class_="quiet") if below else ""
    loud = sign(one.degree, one.margin) if one.degree else said(one.margin, "strong")
    margin = loud + _small(one.margin_note) + _small(one.classes)
    entry = said(one.entry, "strong") + _small(one.entry_by)
    plain = (one.tumour_left, one.bone, one.roots, one.levels, one.approaches)
    cells = (said(each, dir="auto") for each in plain)
    hangs = _small(one.feasibility) if one.feasibility != "feasible" else ""
    return (name + stands + hangs, margin, entry, *cells, _rules(one), said(one.readiness, class_="pill"))


def _small(words_: str) -> str:
    return said(words_, "p", class_="quiet", dir="auto") if words_ else ""


def _rules(one: ComparedRow) -> str:
    rows = [
        element("p", said(f"{name} "), decisions.joined(those))
        for name, those in (("for", one.supports), ("against", one.against))
        if those
    ]
    rows += [element("p", sign(Degree.STOP, "holds"), " ", decisions.joined(one.held))] if one.held else []
    rows += [said(f"{words.counted(one.open, 'stop')} cannot be excluded", "p")] if one.open else []
    return "".join(rows) or said("no rule speaks of it")


def _refused(one: ComparedTable) -> str:
    if not one.refused:
        return ""
    rows = "".join(element("li", _refusal(each), dir="auto") for each in one.refused)
    shared = "".join(said(f"Of several: {each}.", "p", class_="quiet", dir="auto") for each in one.instead)
    return said("Not feasible here", "h3") + element("ul", rows, class_="refused") + shared


def _refusal(one: Refusal) -> str:
    instead = said(f"; {one.instead}", class_="quiet") if one.instead else ""
    return said(one.name, "strong") + draft(one.is_draft) + said(f": {one.because}") + instead


# --- one by one -------------------------------------------------------------------------------------------------------
def _sheet(plan: PlanSheet, shown: Pictures) -> str:
    """The operation that is drawn stands open; each other one is folded under its first line."""
    ready = said("READY for the board" if plan.is_ready else "NOT READY", class_="pill")
    if plan.is_foremost:
        head = element("h2", said(f"{plan.id} ", dir="auto"), draft(plan.is_draft), " ", ready)
        return element("section", head, *_whole(plan, shown), class_="operation")
    margin = f"smallest margin {plan.margin}" if plan.cuts else ""
    line = said(f"{plan.id} ", "strong", dir="auto") + draft(plan.is_draft) + said(f" {margin} ") + ready
    return element("details", element("summary", line), *_whole(plan, shown), class_="operation")


def _whole(plan: PlanSheet, shown: Pictures) -> Iterator[str]:
    yield element("p", said(f"{plan.feasibility}: ", "strong"), said("; ".join(plan.reasons), dir="auto"))
    yield _obstacles(plan)
    if plan.cuts:
        yield _margin(plan)
        plates = [plate(one) for one in operation_pictures(plan, shown)]
        yield element("div", *plates, class_="plates three") if plates else ""
        yield _cuts(plan)
        yield element("div", _faces(plan.faces), _judged(plan.judged), class_="pair")
    main = [one for one in plan.blocks if not one.is_aside]
    first, rest = main[:1], main[1:]
    yield element("div", *map(_block, first), element("div", *map(_block, rest)), class_="pair")
    yield said("It asks of the surgeon", "h3") + listed(plan.conditions) if plan.conditions else ""
    yield _about(plan)
    yield from (_folded(one) for one in plan.blocks if one.is_aside)
    if plan.not_computed:
        yield _fold("Not worked out by enbloc", listed(plan.not_computed))


def _obstacles(plan: PlanSheet) -> str:
    """Why it is not ready: overrides and stops that hold, each in its box; what else is open in a list."""
    if not (plan.stops or plan.overridden or plan.not_ready or plan.borderline):
        return ""
    held = "".join(decisions.alarm(rule) for rule in plan.stops if not rule.is_open)
    open_ = [rule for rule in plan.stops if rule.is_open]
    line = said(f"{words.counted(len(open_), 'stop')} cannot be excluded yet: ") + decisions.joined(open_)
    border = listed(f"borderline: {one}" for one in plan.borderline)
    told = decisions.overrides(plan.overridden) + held + border + listed(plan.not_ready)
    return said("Why it is not ready", "h3") + told + (element("p", line) if open_ else "")


def _margin(plan: PlanSheet) -> str:
    """The smallest margin with how likely tumour is entered; a margin that reaches zero is an alarm."""
    drawn = element("div", bars.strip(plan.gauge), class_="bar figure") if plan.gauge else ""
    number = said("Smallest margin ", "strong") + said(plan.margin, "strong", class_="result")
    note = element("p", number, said(f" {plan.margin_note}; "), said(plan.classes, "strong"))
    note += _entry(plan)
    if not plan.degree:
        return element("div", note, drawn, class_="headline")
    loud = element("p", sign(plan.degree, margin_word(plan)), " ", said(plan.warning, "strong"))
    return element("div", loud, note, drawn, class_=f"alarm {plan.degree.value}")


def _entry(plan: PlanSheet) -> str:
    if not plan.entries:
        return ""
    each = " · ".join(f"{name} {said_}" for name, said_ in zip(plan.methods, plan.entries, strict=True))
    assumed = said(f" ({'; '.join(plan.assumed)})", class_="quiet") if plan.assumed else ""
    return element("p", said("Tumour entered, any cut: ", "strong"), said(each, "strong"), assumed)


def margin_word(plan: PlanSheet) -> str:
    """The word beside the shape of a margin that reaches zero: no rule spoke, so it is not called a stop."""
    return "NO MARGIN" if plan.degree is Degree.STOP else "MARGIN MAY BE NONE"


def _cuts(plan: PlanSheet) -> str:
    """The cuts with what each comes near to; where they lie in numbers is folded."""
    structures = near_heads(plan.cuts)
    heads = ("cut", "tumour to cut", "kerf", *(f"blade to {name}" for name in structures), "less bone possible?")
    entered = tuple(f"entry, {name}" for name in plan.methods)
    rows = [_cut(cut, structures) for cut in plan.cuts]
    made = table("Cuts; distances rounded down, probabilities up", (*heads, *entered), rows, class_="cuts")
    proof = said(f"{plan.proof}.", "p", class_="quiet") if plan.proof else ""
    where = [(said(cut.name), said(cut.faces), said(cut.where)) for cut in plan.cuts]
    lie = table("Where the cuts lie", ("cut", "faces away from the tumour", "passes through"), where, class_="cuts")
    return made + proof + _fold("Where the cuts lie", lie)


def near_heads(cuts: Iterable[CutRow]) -> tuple[str, ...]:
    """Every structure that a cut keeps away from, once."""
    return tuple(dict.fromkeys(near.structure for cut in cuts for near in cut.near))


def _cut(cut: CutRow, structures: Sequence[str]) -> tuple[str, ...]:
    loud = sign(cut.degree, cut.warning) if cut.degree else ""
    margin = said(f"{cut.margin} ", "strong") + loud + said(f" {cut.span}", class_="quiet")
    near = {one.structure: one for one in cut.near}
    away = (_near(near[name]) if name in near else said("does not pass it") for name in structures)
    return (said(cut.name), margin, said(cut.kerf), *away, said(cut.proof), *map(said, cut.entries))


def _near(one: NearRow) -> str:
    distance = sign(one.degree, one.said) if one.degree else said(one.said)
    return distance + (element("p", sign(Degree.CAUTION, one.unseen)) if one.unseen else "")


def _faces(faces: Sequence[FaceRow]) -> str:
    if not faces:
        return ""
    heads = ("face", "margin", "", "bounded by", "can amount to")
    return element("div", table("Margin by face", heads, [_face(one) for one in faces], class_="faces"))


def _face(one: FaceRow) -> tuple[str, ...]:
    loud = sign(one.degree, one.margin) if one.degree else said(one.margin, "strong")
    drawn = element("div", bars.bar(one.gauge), class_="bar figure") if one.gauge else ""
    also = _small(f"also {one.also}") if one.also else ""
    return (
        said(one.face),
        loud + said(f" {one.span}", class_="quiet"),
        drawn,
        said(one.barrier) + also,
        said(one.classes),
    )


def _judged(those: Sequence[JudgedRow]) -> str:
    if not those:
        return ""
    rows = [(said(one.policy), said(one.recommended), said(one.said, "strong")) for one in those]
    made = table(
        "Predicted against the recommended margin", ("policy", "recommended", "predicted"), rows, class_="judged"
    )
    notes = dict.fromkeys(note for one in those for note in one.notes)
    return element("div", made, _fold("What stands behind it", listed(notes)))


def _block(one: Block) -> str:
    return element("div", said(one.title, "h3"), _lines(one.lines), _small(one.note), class_="block")


def _lines(those: Sequence[Line]) -> str:
    return element("dl", "".join(said(one.label, "dt") + element("dd", _line(one)) for one in those), class_="price")


def _line(one: Line) -> str:
    loud = sign(one.degree, one.word) + " " if one.degree else ""
    look = {"class_": "unknown-said"} if one.is_unknown else {}
    name = "span" if one.is_unknown or len(one.said) > _LONG else "strong"
    first = said(one.said, name, dir="auto", **look)
    return loud + first + draft(one.is_draft) + "".join(_small(note) for note in one.notes)


def _folded(one: Block) -> str:
    body = listed(line.said for line in one.lines) if not any(line.label for line in one.lines) else _lines(one.lines)
    return _fold(one.title, body + _small(one.note))


def _fold(title: str, body: str) -> str:
    return element("details", said(title, "summary"), body)


def _about(plan: PlanSheet) -> str:
    """Rules for, against and about it."""
    told: tuple[tuple[str, tuple[Rule, ...]], ...] = (
        ("For it", plan.supports),
        ("Against it", plan.against),
        ("What else speaks of it", plan.rules),
    )
    rows = [element("p", said(f"{name}: ", "strong"), decisions.joined(those)) for name, those in told if those]
    rows += [said(f"Not judged yet, by family: {plan.pending}", "p", class_="quiet")] if plan.pending else []
    return said("Rules about it", "h3") + "".join(rows) if rows else ""


# --- pictures ---------------------------------------------------------------------------------------------------------
def plate(picture: Picture) -> str:
    """A picture; what is seen is said in the drawing itself."""
    return element("figure", picture.svg, class_="plate")


def operation_pictures(plan: PlanSheet, shown: Pictures) -> tuple[Picture, ...]:
    """The cuts from the side and from below, as the surgeon stands (hazard H28), the smallest margin, and its map."""
    those = shown.of.get(plan.about, ()) if plan.is_foremost and plan.cuts else ()
    side = [one for one in those if "sagittal" in one.key]
    below = [one for one in those if "axial" in one.key]
    behind = [one for one in those if one.key.endswith(AS_SURGEON)]
    close = [one for one in those if one.key.endswith(" margin")]
    mapped = [one for one in those if " margins " in one.key]
    return (*side[:1], *below[:1], *behind, *close, *mapped)
