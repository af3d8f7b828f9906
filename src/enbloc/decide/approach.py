"""Rules about the approach (APP): by level, by the act, and by where the tumour lies in the vertebra.

A lesion that reaches over a border meets the rows of both sides of it. All rows are expert opinion from memory.
"""

from __future__ import annotations

from collections.abc import Callable

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer, Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.decide.decision import Act
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import listed, several
from enbloc.decide.situation import Situation
from enbloc.decide.ways import (
    BESIDE_A_VESSEL,
    FRONT_ALONE,
    HIGH_SACRUM,
    JUNCTION_OF_THE_NECK,
    LOIN,
    LOW_SACRUM,
    LOWEST_LUMBAR,
    OCCIPUT,
    ROUND_THE_DURA,
    SPONDYLECTOMY,
    THROUGH_A_FORAMEN,
    VESSEL_AT_THE_JUNCTION,
    Way,
)
from enbloc.evidence import Checked, Threshold
from enbloc.stage.classes import wbb_readings
from enbloc.stage.wbb import Resection
from enbloc.value import value

CITES = ("boriani1997wbb", "tomita1997tes")

SOFT_TISSUE_FROM = Threshold(
    name="soft tissue beside the vertebra that calls for an anterior approach and a vascular surgeon",
    number=20,
    unit="mm",
    comparator=">",
    source="boriani1997wbb",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
"""The row says more than 2 to 3 cm; the lower is the safer."""
SOFT_TISSUE_SURE = Threshold(
    name="soft tissue beside the vertebra, upper reading",
    number=30,
    unit="mm",
    comparator=">",
    source="boriani1997wbb",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
LEVELS_FROM = Threshold(
    name="levels of a cervical corpectomy from which a posterior fixation is added",
    number=2,
    unit="levels",
    comparator=">=",
    source="boriani1997wbb",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)

REMOVING = (Act.EN_BLOC, Act.INTRALESIONAL, Act.SEPARATION)
EXCISING = (Act.EN_BLOC, Act.INTRALESIONAL)
"""The rows of L5 and the sacrum name no act; stages and flaps are not asked for a separation surgery there."""


@value
class Row:
    """One row of the table: levels, acts and what else must hold, and the approach that is preferred.

    ``wholly`` asks that all levels of the lesion lie within; otherwise one is enough. ``approaches`` is what the row
    prefers, as data.
    """

    id: str
    statement: str
    do: str
    acts: tuple[Act, ...]
    approaches: tuple[Way, ...]
    first: Level | None = None
    last: Level | None = None
    wholly: bool = False
    also: Callable[[Situation], Answer] | None = None


def levels_within(first: Level, last: Level) -> tuple[Level, ...]:
    """The levels from one to another, those that only some people have included."""
    order = list(Level)
    return tuple(order[order.index(first) : order.index(last) + 1])


def _at_level(row: Row, about: Situation) -> Answer:
    if row.first is None or row.last is None:
        return True
    if not about.levels:
        return unknown("level of the lesion")
    inside = [level in levels_within(row.first, row.last) for level in about.levels]
    return all(inside) if row.wholly else any(inside)


def is_ventral(about: Situation) -> Answer:
    """Whether tumour lies in front of the canal: in a sector of the body, otherwise as stated."""
    sure = about.known(vocabulary.WBB_SECTORS)
    if sure is None:
        return about.answer(vocabulary.VENTRAL)
    open_ = several(about, vocabulary.WBB_SECTORS_OPEN)
    undecided = set() if isinstance(open_, Unknown) else {one.number for one in open_}
    held = several(about, vocabulary.WBB_SECTORS)
    numbers = set() if isinstance(held, Unknown) else {one.number for one in held}
    if _BODY & (numbers - undecided):
        return True
    return unknown(vocabulary.VENTRAL.ask) if _BODY & undecided else False


_BODY = {4, 5, 6, 7, 8, 9}
"""The sectors that hold the body of a vertebra and its pedicles, in front of the arch."""


def allows(about: Situation, resection: Resection) -> Answer:
    """Whether the sectors and layers allow a resection; open where they are unknown or half a voxel decides."""
    read = wbb_readings(about.findings, about.about)
    if read is None:
        return unknown(vocabulary.WBB_SECTORS.ask)
    if resection in read.always:
        return True
    return unknown(vocabulary.WBB_LAYERS.ask) if resection in read.sometimes else False


def touches_vessel_or_lung(about: Situation) -> Answer:
    """Whether tumour outside the vertebra touches a great vessel or the lung; without layer A nothing lies outside."""
    touching = any_of(about.answer(vocabulary.GREAT_VESSEL_CONTACT), about.answer(vocabulary.LUNG_CONTACT))
    return all_of(_is_outside(about), touching)


def _touches_vessel(about: Situation) -> Answer:
    return all_of(_is_outside(about), about.answer(vocabulary.GREAT_VESSEL_CONTACT))


def _is_outside(about: Situation) -> Answer:
    """Whether layer A holds tumour: soft tissue beside the vertebra."""
    layers, open_ = several(about, vocabulary.WBB_LAYERS), several(about, vocabulary.WBB_LAYERS_OPEN)
    if not isinstance(open_, Unknown) and Layer.A.value in open_:
        return unknown(vocabulary.WBB_LAYERS.ask)
    return layers if isinstance(layers, Unknown) else Layer.A.value in layers


def _is_large_outside(about: Situation) -> Answer:
    large = all_of(_is_outside(about), about.meets(vocabulary.SOFT_TISSUE_DIAMETER, SOFT_TISSUE_FROM))
    return any_of(large, touches_vessel_or_lung(about))


def _ventral_mass_at_vessel(about: Situation) -> Answer:
    return all_of(is_ventral(about), _touches_vessel(about))


def _one_posterior_approach(about: Situation) -> Answer:
    return all_of(allows(about, Resection.VERTEBRECTOMY), negated(touches_vessel_or_lung(about)))


def _anterior_alone(about: Situation) -> Answer:
    return allows(about, Resection.ANTERIOR_ONLY)


def _dumbbell(about: Situation) -> Answer:
    return about.answer(vocabulary.DUMBBELL)


ROWS: tuple[Row, ...] = (
    Row(
        id="APP-01",
        statement="Occiput to C2: a posterior occipitocervical approach, with or without a transoral, endonasal or far "
        "lateral one; the vertebral artery.",
        do="Plan a posterior occipitocervical approach, with or without a transoral, endonasal or far lateral one; "
        "mind the vertebral artery.",
        acts=REMOVING,
        approaches=OCCIPUT,
        first=Level.O,
        last=Level.C2,
    ),
    Row(
        id="APP-03",
        statement="C7 to T2: a posterior costotransversectomy, or a low cervical or trap-door approach.",
        do="Plan a posterior costotransversectomy, or a low cervical or trap-door approach.",
        acts=REMOVING,
        approaches=JUNCTION_OF_THE_NECK,
        first=Level.C7,
        last=Level.T2,
    ),
    Row(
        id="APP-04",
        statement="T2 to T11, separation surgery: posterior, transpedicular, all round the dura.",
        do="Plan a posterior transpedicular approach, all round the dura.",
        acts=(Act.SEPARATION,),
        approaches=ROUND_THE_DURA,
        first=Level.T2,
        last=Level.T11,
    ),
    Row(
        id="APP-05",
        statement="T2 to T11, vertebrectomy with the sectors within 4 to 8 or within 5 to 9 (one pedicle free) and no "
        "contact of layer A with aorta, vena cava, azygos vein or lung: one posterior approach (Tomita).",
        do="A single posterior total en bloc spondylectomy is possible.",
        acts=(Act.EN_BLOC,),
        approaches=SPONDYLECTOMY,
        first=Level.T2,
        last=Level.T11,
        wholly=True,
        also=_one_posterior_approach,
    ),
    Row(
        id="APP-06",
        statement="T11 to L2, a ventral tumour with a paraspinal mass that abuts a vessel: a combined anterior or "
        "thoracoscopic release and posterior approach, or a lateral retropleural or retroperitoneal one.",
        do="Plan an anterior or thoracoscopic release with a posterior approach, or a lateral retropleural or "
        "retroperitoneal one.",
        acts=REMOVING,
        approaches=VESSEL_AT_THE_JUNCTION,
        first=Level.T11,
        last=Level.L2,
        also=_ventral_mass_at_vessel,
    ),
    Row(
        id="APP-07",
        statement="L2 to L4, en bloc: a posterior release, then an anterior approach (psoas); the roots L2 to L4 are "
        "kept.",
        do="Plan a posterior release, then an anterior approach; keep the roots L2 to L4.",
        acts=(Act.EN_BLOC,),
        approaches=LOIN,
        first=Level.L2,
        last=Level.L4,
    ),
    Row(
        id="APP-08",
        statement="L5: two stages, with dissection of the iliac vessels first.",
        do="Plan two stages, with dissection of the iliac vessels first.",
        acts=EXCISING,
        approaches=LOWEST_LUMBAR,
        first=Level.L5,
        last=Level.L6,
    ),
    Row(
        id="APP-09",
        statement="Sacrum S1 to S2: an anterior dissection, then a posterior approach; a flap of the rectus muscle; "
        "spinopelvic fixation if S1 is crossed.",
        do="Plan an anterior dissection and a posterior approach, a flap of the rectus muscle, and spinopelvic "
        "fixation if S1 is crossed.",
        acts=EXCISING,
        approaches=HIGH_SACRUM,
        first=Level.S1,
        last=Level.S2,
    ),
    Row(
        id="APP-10",
        statement="Sacrum S3 and below: a posterior approach only.",
        do="A posterior approach alone is preferred.",
        acts=EXCISING,
        approaches=LOW_SACRUM,
        first=Level.S3,
        last=Level.CO,
        wholly=True,
    ),
    Row(
        id="APP-12",
        statement="A dumbbell tumour: a posterior and a lateral approach, by its Eden type.",
        do="Plan a posterior and a lateral approach, by the Eden type.",
        acts=(*REMOVING, Act.INTRADURAL),
        approaches=THROUGH_A_FORAMEN,
        also=_dumbbell,
    ),
    Row(
        id="APP-13",
        statement="Soft tissue in layer A of more than two to three centimetres, or contact with a vessel or the lung: "
        "add an anterior approach and a vascular surgeon.",
        do="Add an anterior approach and a vascular surgeon.",
        acts=REMOVING,
        approaches=BESIDE_A_VESSEL,
        also=_is_large_outside,
    ),
    Row(
        id="APP-15",
        statement="Sectors within 5 to 8 and layers A and B only: a single anterior resection may suffice.",
        do="A single anterior resection may suffice.",
        acts=(Act.EN_BLOC,),
        approaches=FRONT_ALONE,
        also=_anterior_alone,
    ),
)


def holds(row: Row, about: Situation) -> Answer:
    """Whether the lesion and the act stand in this row."""
    return all_of(_at_level(row, about), True if row.also is None else row.also(about))


def _rule(row: Row) -> Rule:
    def judge(about: Situation) -> Verdict:
        return when(holds(row, about), do=row.do, because=_where(about))

    judge.__doc__ = row.statement
    return rule(row.id, cites=CITES, checked=Checked.FROM_MEMORY, strength="Expert", acts=row.acts)(judge)


def _where(about: Situation) -> str:
    act = about.plan.act.value if about.plan is not None else ""
    where = listed(about.levels) if about.levels else "level unknown"
    soft = about.known(vocabulary.SOFT_TISSUE_DIAMETER)
    said = f"{about.tumour_words}, {where}; {act}."
    if soft is not None and soft > SOFT_TISSUE_FROM.number:
        said += f" Tumour outside bone: {soft:g} mm (limit {SOFT_TISSUE_FROM.number:g} to {SOFT_TISSUE_SURE.number:g})."
    return said


@rule("APP-02", cites=CITES, checked=Checked.FROM_MEMORY, strength="Expert", acts=EXCISING)
def ventral_in_the_neck(about: Situation) -> Verdict:
    """C3 to C7, ventral: an anterior corpectomy, and a posterior approach too for two or more levels, at a junction or
    in poor bone; a combined approach for en bloc.
    """
    many = is_long(about)
    do = f"Plan an anterior corpectomy; add a posterior approach for {LEVELS_FROM.number:g} or more levels"
    do += " (as here)" if many else ""
    do += ", at a junction or in poor bone."
    if about.is_act(Act.EN_BLOC):
        do = "Plan a combined anterior and posterior approach."
    return when(all_of(in_neck(about), is_ventral(about)), do=do, because=_where(about))


def is_long(about: Situation) -> bool:
    """Whether a corpectomy in the neck spans so many levels that a posterior fixation is added."""
    return len(about.levels) >= LEVELS_FROM.number


def in_neck(about: Situation) -> Answer:
    """Whether a level of the lesion lies at C3 to C7."""
    if not about.levels:
        return unknown("level of the lesion")
    return bool(set(levels_within(Level.C3, Level.C7)) & set(about.levels))


@rule("APP-11", cites=CITES, checked=Checked.FROM_MEMORY, strength="Expert", acts=(Act.EN_BLOC,))
def eccentric_tumour(about: Situation) -> Verdict:
    """An eccentric tumour: with the sectors within 3 to 5 or within 8 to 10 a sagittal resection by a combined lateral
    approach; with the posterior elements only and both pedicles free a resection of the posterior arch.
    """
    sagittal, arch = allows(about, Resection.SAGITTAL), allows(about, Resection.POSTERIOR_ARCH)
    do = " or ".join(
        words
        for words, answer in (
            ("a sagittal resection (combined lateral)", sagittal),
            ("a resection of the posterior arch", arch),
        )
        if answer is True
    )
    return when(any_of(sagittal, arch), do=f"Consider {do}.", because=_sectors_words(about))


def _sectors_words(about: Situation) -> str:
    held = several(about, vocabulary.WBB_SECTORS)
    return "" if isinstance(held, Unknown) else f"Sectors: {listed(held)}."


@rule("APP-14", cites=CITES, checked=Checked.FROM_MEMORY, strength="Expert", acts=(Act.SEPARATION,))
def separation_outside_the_thorax(about: Situation) -> Verdict:
    """Separation surgery at C3 to C7: an anterior corpectomy when the tumour is ventral and the neck allows it,
    otherwise posterior; at T12 to L5: a posterior route through pedicle or facet, with the roots L2 to S1 kept.
    """
    do = []
    if in_neck(about) is True:
        do.append("Plan an anterior corpectomy if the tumour is ventral and the neck allows it, otherwise posterior.")
    if in_loin(about) is True:
        do.append("Plan a posterior route through pedicle or facet; keep the roots L2 to S1.")
    return when(any_of(in_neck(about), in_loin(about)), do=" ".join(do), because=_where(about))


def in_loin(about: Situation) -> Answer:
    """Whether a level of the lesion lies at T12 to L5, with the sixth of those who have one."""
    lumbar = levels_within(Level.T12, Level.L6)
    return bool(set(lumbar) & set(about.levels)) if about.levels else unknown("level of the lesion")


BY_ROW: tuple[Rule, ...] = tuple(_rule(row) for row in ROWS)
ACT_RULES: tuple[Rule, ...] = (*BY_ROW, ventral_in_the_neck, eccentric_tumour, separation_outside_the_thorax)
PARAMETERS: tuple[Threshold, ...] = (SOFT_TISSUE_FROM, SOFT_TISSUE_SURE, LEVELS_FROM)
