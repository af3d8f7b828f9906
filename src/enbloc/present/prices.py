"""What an operation takes from the patient, in words: bone, joints, discs, ligaments, roots, arteries, ribs, dura."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enbloc.case.answer import Unknown
from enbloc.case.fact import Unit
from enbloc.case.finding import Interval
from enbloc.decide.decision import Degree
from enbloc.plan.operation import Operation
from enbloc.plan.price.around import Arteries, DiscTaken
from enbloc.plan.price.bone import BodyLost, BoneTaken, JointTaken
from enbloc.plan.price.ligaments import Ligaments, LigamentTaken
from enbloc.plan.price.price import Price
from enbloc.plan.price.roots import between
from enbloc.plan.proposal import Plan
from enbloc.plan.rounding import cc_down, cc_up
from enbloc.present import words
from enbloc.present.planned import Block, Line

NONE = "none"


def price_block(plan: Plan) -> Block:
    """The price of an operation, a line for each kind of thing that goes."""
    if plan.operation is Operation.OBSERVATION:
        return Block(title="Price", lines=(Line(label="what it takes", said="nothing: the tumour stays"),))
    if plan.price is None and plan.sacrectomy is not None:
        return Block(title="Price", lines=(Line(label="what it takes", said="roots, function and bone of each level"),))
    if plan.price is None:
        return Block(title="Price", lines=(unknown("what it takes", "not reckoned for this operation"),))
    return Block(title="Price", lines=tuple(_lines(plan.price, is_specimen=plan.resected is not None)))


def consequences(plan: Plan) -> Block:
    """What holds the column no more, with every ligament, as a list that is told aside."""
    held = plan.price.stability.to_reconstruct if plan.price else ()
    lines = tuple(Line(label="", said=one) for one in held)
    return Block(title="What holds the column no more, one by one", lines=lines, is_aside=True)


def unknown(label: str, why: str) -> Line:
    """A line of what nobody knows yet."""
    return Line(label=label, said=f"{words.UNKNOWN}: {why}", is_unknown=True)


def cc(amount: float) -> str:
    """A volume to the tenth of a cubic centimetre."""
    return words.quantity(amount, Unit.CC)


def cc_left(amount: float) -> str:
    """Tumour that is left, up to the tenth of a cubic centimetre: a little is never told as none.

    Examples
    --------
    >>> cc_left(0.02).replace(words.THIN, " "), cc_left(0.0).replace(words.THIN, " ")
    ('0.1 cc', '0.0 cc')
    """
    return words.quantity(cc_up(amount, 10), Unit.CC)


def left_between(cc_from: Interval) -> str:
    """What the tumour that is left may be, outward to the tenth of a cubic centimetre."""
    low = cc_down(cc_from.low, 10)
    return words.interval(Interval(low=low, high=cc_up(cc_from.high, 10)), Unit.CC)


def _lines(price: Price, *, is_specimen: bool) -> Iterator[Line]:
    yield from _bone(price.bone)
    yield from (unknown(f"bone {one.level}", one.why) for one in price.unopened)
    yield _bodies(price.bodies)
    yield _roots(price)
    yield _arteries(price)
    yield from _vertebral(price)
    yield _joints(price.joints)
    yield _discs(price.discs)
    yield _ligaments(price.ligaments)
    yield _ribs(price)
    yield _dura(price)
    if is_specimen:
        yield unknown("pleura, lung", "; ".join(sorted(price.pleura.ask)))
    yield from (unknown("beyond the labels", one) for one in price.beyond)
    yield _reconstruct(price)


# --- bone -------------------------------------------------------------------------------------------------------------
def _bone(bone: Sequence[BoneTaken]) -> Iterator[Line]:
    """A line for each vertebra, with its parts in per cent."""
    whole = [one for one in bone if one.part is None]
    if not whole:
        yield Line(label="bone", said=NONE)
    for one in whole:
        parts = [each for each in bone if each.part is not None and each.level is one.level]
        yield _of_vertebra(one, parts)


def _of_vertebra(one: BoneTaken, parts: Sequence[BoneTaken]) -> Line:
    span = words.interval(one.interval_cc, Unit.CC)
    said = f"{cc(one.removed_cc)} ({span}) of {cc(one.total_cc)}, {_percent(one.percent)}"
    shares = " · ".join(f"{_name(each)} {_percent(each.percent)}" for each in parts)
    ways = []
    if one.opened_cc:
        kept = f"{cc(one.specimen_cc)} in the specimen, " if one.specimen_cc else ""
        ways.append(f"{kept}{cc(one.opened_cc)} piecemeal on the way in")
    if one.blades_cc:
        ways.append(f"{cc(one.blades_cc)} lost to the blades")
    return Line(label=f"bone {one.level}", said=said, notes=tuple(note for note in (shares, "; ".join(ways)) if note))


def _name(one: BoneTaken) -> str:
    assert one.part is not None, "the whole vertebra stands in its own line"
    return f"{one.part.value} {one.side.value}" if one.side else one.part.value


def _percent(share: float) -> str:
    """A share in whole per cent; what is neither none nor all is never told as such."""
    said = "< 1" if 0.0 < share < 1.0 else "> 99" if 99.0 < share < 100.0 else f"{share:.0f}"
    return f"{said.replace(' ', words.THIN)}{words.THIN}%"


def _bodies(bodies: tuple[BodyLost, ...] | Unknown) -> Line:
    label = "body lost, tumour included"
    if isinstance(bodies, Unknown):
        return unknown(label, "; ".join(sorted(bodies.ask)))
    return Line(
        label=label, said=" · ".join(f"{one.level} {_share(one.percent, one.interval)}" for one in bodies) or NONE
    )


def _share(percent: float, span: Interval) -> str:
    both = words.interval(span, Unit.PERCENT)
    said = _percent(percent)
    return said if both == said else f"{said} ({both})"


# --- joints, discs, ligaments -----------------------------------------------------------------------------------------
def _joints(joints: Sequence[JointTaken]) -> Line:
    gone = sides((between(one.above, one.below), one.side.value) for one in joints if one.is_gone)
    part = sides((between(one.above, one.below), one.side.value) for one in joints if not one.is_gone)
    said = [f"{', '.join(names)} {how}" for names, how in ((gone, "gone"), (part, "in part")) if names]
    return Line(label="facet joints", said=" · ".join(said) or NONE)


def sides(those: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Places with their sides, ``L2/L3 left and right``.

    Examples
    --------
    >>> sides([("L2/L3", "left"), ("L2/L3", "right"), ("L4/L5", "left")])
    ('L2/L3 left and right', 'L4/L5 left')
    """
    held: dict[str, list[str]] = {}
    for place, side in those:
        held.setdefault(place, []).extend([side] if side else [])
    return tuple(" ".join(part for part in (place, " and ".join(named)) if part) for place, named in held.items())


def _discs(discs: Sequence[DiscTaken]) -> Line:
    said = " · ".join(str(one).removeprefix("disc ") for one in discs)
    return Line(label="discs", said=said or NONE)


def _ligaments(ligaments: Ligaments) -> Line:
    held: dict[str, list[LigamentTaken]] = {}
    for one in ligaments.taken:
        held.setdefault(one.ligament.value, []).append(one)
    said = " · ".join(f"{name} {', '.join(_where(those))}" for name, those in held.items())
    doubts = any(not one.is_certain for one in ligaments.taken)
    notes = (
        ["inferred from the bone that holds them" + (", some of them not certain" if doubts else "")] if said else []
    )
    notes += [f"{words.UNKNOWN} at {words.levels(ligaments.unknown)}"] if ligaments.unknown else []
    return Line(label="ligaments", said=said or NONE, notes=tuple(notes), is_unknown=bool(ligaments.unknown))


def _where(those: Sequence[LigamentTaken]) -> tuple[str, ...]:
    at = ((str(one.above) if one.above is one.below else between(one.above, one.below), one) for one in those)
    return sides((place, one.side.value if one.side else "") for place, one in at)


# --- roots, vessels, ribs, dura ---------------------------------------------------------------------------------------
def roots_said(price: Price) -> str:
    """The roots that go, with their sides; ``none``, or that they are not known, or not seen beside the specimen."""
    held = price.roots
    said = [", ".join(one.value for one in held.cut)] if held.cut else []
    said += [f"{words.UNKNOWN} of {', '.join(one.value for one, _ in held.unknown)}"] if held.unknown else []
    said = said or [NONE]
    said += [f"not followed: {', '.join(one.value for one, _ in held.unfollowed)}"] if held.unfollowed else []
    return "; ".join(said)


def _roots(price: Price) -> Line:
    held = price.roots
    notes = [f"{root}: {lost}" for root, lost in price.function_lost]
    notes += [f"{one}" for one in held.taken if one.is_inferred or not one.is_certain]
    notes += [f"{one.value}: {why}" for one, why in (*held.unknown, *held.unfollowed)]
    notes += [f"To be told and signed: {price.consent}"] if price.consent else []
    notes += ["The roots that go would paralyse the diaphragm."] if price.endangers_breathing else []
    notes += [f"spared: {', '.join(one.value for one in held.spared)}"] if held.spared and held.cut else []
    loud = Degree.STOP if price.endangers_breathing else Degree.URGENT if price.needs_signature else None
    word = {Degree.STOP: "BREATHING", Degree.URGENT: "SIGNATURE NEEDED"}.get(loud, "") if loud else ""
    return Line(
        label="nerve roots",
        said=roots_said(price),
        notes=tuple(notes),
        degree=loud,
        word=word,
        is_unknown=bool(held.unknown),
    )


def _arteries(price: Price) -> Line:
    held: Arteries = price.arteries
    named = (one.value.rpartition(" ") for one in held.cut)
    said = [", ".join(sides((level, side) for level, _, side in named))] if held.cut else []
    said += [f"{words.UNKNOWN}: {', '.join(held.unknown)} is not seen"] if held.unknown else []
    run = price.bilateral_run
    notes = []
    if len(run) > 1:
        notes.append(f"both sides at {words.counted(len(run), 'consecutive level')}, {run[0]} to {run[-1]}")
    doubts = [one.artery.value for one in held.taken if not one.is_certain]
    notes += [f"not certain: {', '.join(doubts)}"] if doubts else []
    loud = Degree.STOP if price.is_long_run else None
    word = "4 OR MORE LEVELS, BOTH SIDES: ischaemia plan (STOP-13)" if loud else ""
    return Line(
        label="segmental arteries",
        said=" · ".join(said) or NONE,
        notes=tuple(notes),
        degree=loud,
        word=word,
        is_unknown=bool(held.unknown),
    )


def _vertebral(price: Price) -> Iterator[Line]:
    held = price.vertebral_arteries
    if isinstance(held, Unknown):
        yield unknown("vertebral arteries", "; ".join(sorted(held.ask)))
    elif held:
        named = words.sentence_list([side.value for side in held])
        yield Line(label="vertebral arteries", said=named, degree=Degree.STOP, word="IN THE SPECIMEN")


def _ribs(price: Price) -> Line:
    said = " · ".join(str(one).removeprefix("rib ") for one in price.ribs)
    if price.ribs_open:
        more = f"{words.UNKNOWN} of {' · '.join(one.removeprefix('rib ') for one in price.ribs_open)}: not labelled"
        return Line(label="ribs cut or freed", said=f"{said}; {more}" if said else more, is_unknown=True)
    return Line(label="ribs cut or freed", said=said or NONE)


def _dura(price: Price) -> Line:
    held = price.dura
    if isinstance(held, Unknown):
        return unknown("dura", "; ".join(sorted(held.ask)))
    return Line(label="dura", said=str(held).removeprefix("dura "))


# --- what must be rebuilt ---------------------------------------------------------------------------------------------
def _reconstruct(price: Price) -> Line:
    """What must be bridged, and how much else holds no more; one by one it stands aside."""
    held = price.stability
    first = [f"front of the column cut through at {words.levels(held.cut_through)}: to be bridged"]
    said = first if held.cut_through else []
    if held.narrowed:
        said.append(
            f"body of {words.levels(held.narrowed)} in part gone: whether the rest bears load the surgeon judges"
        )
    counts = [
        words.counted_words(str(len(those)), one, many)
        for those, one, many in (
            (held.discs, "disc", "discs"),
            (held.joints, "facet joint", "facet joints"),
            (held.posterior, "pedicle or lamina", "pedicles or laminae"),
            (held.ligaments.taken, "ligament", "ligaments"),
        )
        if those
    ]
    notes = [f"hold no more as they did: {words.sentence_list(counts)}"] if counts else []
    notes += [f"{words.levels(held.unknown)}: bone goes, of which part cannot be told"] if held.unknown else []
    return Line(
        label="to reconstruct", said="; ".join(said) or (NONE if not notes else "see the list"), notes=tuple(notes)
    )
