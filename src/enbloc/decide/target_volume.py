"""Rules about the target volume of radiosurgery (CTV): native, after an operation, and in the sacrum."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, negated, unknown
from enbloc.case.fact import BodySpread
from enbloc.case.table import CoxSector
from enbloc.decide.acts import RADIOSURGERY
from enbloc.decide.decision import Act
from enbloc.decide.irradiated import planned_levels
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.target_sectors import (
    BODY,
    BOTH_SIDES,
    LEFT_ARCH,
    LEFT_PEDICLE,
    PRINTED,
    RIGHT_ARCH,
    RIGHT_PEDICLE,
    SPINOUS,
    SPREAD,
    Sectors,
    Target,
    is_all_round,
    target,
)
from enbloc.evidence import Checked, Threshold
from enbloc.stage.escc import Escc
from enbloc.value import value

SACRAL = frozenset({Level.S1, Level.S2, Level.S3, Level.S4, Level.S5, Level.CO})


def _margin(name: str, mm: float, source: str) -> Threshold:
    return Threshold(
        name=name,
        number=mm,
        unit="mm",
        comparator="<=",
        source=source,
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


CANAL_MARGIN = _margin("margin along the canal after an operation for epidural tumour", 5.0, "redmond2017")
PTV_LEAST = _margin("smallest margin to the planning target volume after an operation", 1.5, "redmond2017")
PTV_MOST = _margin("largest margin to the planning target volume after an operation", 2.5, "redmond2017")
PRESACRAL_MARGIN = _margin("margin into presacral soft tissue", 5.0, "dunne2020")
PTV_USUAL = _margin("usual largest margin to the planning target volume", 2.0, "cox2012")
PTV_LIMIT = _margin("largest margin to the planning target volume", 3.0, "cox2012")


def is_after_operation(about: Situation) -> Answer:
    """Whether the target is a postoperative one of bone: the consensus says nothing of a tumour within the dura."""
    if about.is_intradural is True:
        return False
    return True if about.is_act(Act.SEPARATION) else about.answer(vocabulary.OPERATED_AT_LEVEL)


NATIVE = (Act.RADIOSURGERY,)
"""The act that finds a segment that was not operated on; after separation surgery the target is a postoperative one."""


def is_native(about: Situation) -> Answer:
    """Whether the consensus for a segment that was not operated on holds: no operation, and not the sacrum alone.

    Its sectors are those of a vertebra: it holds of no tumour within the dura.
    """
    if about.is_intradural is True:
        return False
    levels = planned_levels(about)
    place: Answer = not levels <= SACRAL if levels else unknown("level of the lesion")
    return all_of(place, negated(is_after_operation(about)))


def sectors(about: Situation) -> Sectors | Unknown:
    """The sectors that the tumour involves."""
    return _many(about, vocabulary.COX_SECTORS)


def doubtful(about: Situation) -> Sectors:
    """The sectors that half a voxel decides."""
    found = _many(about, vocabulary.COX_SECTORS_OPEN)
    return frozenset() if isinstance(found, Unknown) else found


def _many(about: Situation, named: vocabulary.Fact[CoxSector]) -> Sectors | Unknown:
    finding = about.finding(named)
    return finding if isinstance(finding, Unknown) else frozenset(cast("tuple[CoxSector, ...]", finding.value))


def chosen_target(about: Situation) -> Target | Unknown:
    """The target of this lesion; a doubtful sector never makes it smaller."""
    found = sectors(about)
    if isinstance(found, Unknown):
        return found
    spread = about.known(vocabulary.BODY_SPREAD)
    return target(found, spread) | target(found | doubtful(about), spread)


Spread = BodySpread | None


@value
class Printed:
    """One printed row: for which sectors it holds, and what it irradiates; nothing where it does not hold.

    ``needs_spread`` is whether it also depends on where in the body the tumour lies.
    """

    id: str
    statement: str
    checked: Checked
    chosen: Callable[[Sectors, Spread], Target | None]
    needs_spread: bool = False


def _body(tumour: Sectors, spread: Spread) -> Target | None:
    return PRINTED[frozenset({BODY})] if BODY in tumour else None


def _lateral(tumour: Sectors, spread: Spread) -> Target | None:
    return SPREAD[spread] if BODY in tumour and spread in {BodySpread.LEFT, BodySpread.RIGHT} else None


def _diffuse(tumour: Sectors, spread: Spread) -> Target | None:
    return SPREAD[spread] if BODY in tumour and spread is BodySpread.DIFFUSE else None


def _body_and_pedicle(tumour: Sectors, spread: Spread) -> Target | None:
    one = _only(tumour, LEFT_PEDICLE, RIGHT_PEDICLE)
    return PRINTED[frozenset({BODY, one})] if BODY in tumour and one is not None else None


def _body_and_both(tumour: Sectors, spread: Spread) -> Target | None:
    both = {LEFT_PEDICLE, LEFT_ARCH} & tumour and {RIGHT_PEDICLE, RIGHT_ARCH} & tumour
    return BOTH_SIDES if BODY in tumour and both else None


def _pedicle(tumour: Sectors, spread: Spread) -> Target | None:
    one = _only(tumour, LEFT_PEDICLE, RIGHT_PEDICLE)
    return None if one is None else PRINTED[frozenset({one})]


def _lamina(tumour: Sectors, spread: Spread) -> Target | None:
    one = _only(tumour, LEFT_ARCH, RIGHT_ARCH)
    return None if one is None else PRINTED[frozenset({one})]


def _spinous(tumour: Sectors, spread: Spread) -> Target | None:
    return PRINTED[frozenset({SPINOUS})] if SPINOUS in tumour else None


def _only(tumour: Sectors, left: CoxSector, right: CoxSector) -> CoxSector | None:
    """The one of two that is involved; nothing for none or both."""
    found = [one for one in (left, right) if one in tumour]
    return found[0] if len(found) == 1 else None


ROWS: tuple[Printed, ...] = (
    Printed(
        id="CTV-01",
        statement="Tumour in any portion of the vertebral body: the target is the entire body.",
        checked=Checked.FROM_MEMORY,
        chosen=_body,
    ),
    Printed(
        id="CTV-02",
        statement="Tumour in one side of the body: the body with the pedicle and transverse process of that side.",
        checked=Checked.FROM_MEMORY,
        chosen=_lateral,
        needs_spread=True,
    ),
    Printed(
        id="CTV-03",
        statement="Tumour all through the body: the body with both pedicles and both transverse processes.",
        checked=Checked.FROM_MEMORY,
        chosen=_diffuse,
        needs_spread=True,
    ),
    Printed(
        id="CTV-04",
        statement="Tumour in body and one pedicle: body, pedicle, transverse process and lamina of that side.",
        checked=Checked.READ,
        chosen=_body_and_pedicle,
    ),
    Printed(
        id="CTV-05",
        statement="Tumour in the body and on both sides of the arch: body, both pedicles, transverse processes and "
        "laminae; one vendor adds the spinous process.",
        checked=Checked.READ,
        chosen=_body_and_both,
    ),
    Printed(
        id="CTV-06",
        statement="Tumour in one pedicle: pedicle, transverse process and lamina of that side, with or without the "
        "body.",
        checked=Checked.READ,
        chosen=_pedicle,
    ),
    Printed(
        id="CTV-07",
        statement="Tumour in one lamina: lamina, pedicle and transverse process of that side, and the spinous process.",
        checked=Checked.READ,
        chosen=_lamina,
    ),
    Printed(
        id="CTV-08",
        statement="Tumour in the spinous process: spinous process and both laminae.",
        checked=Checked.READ,
        chosen=_spinous,
    ),
)


def _rule(row: Printed) -> Rule:
    def judge(about: Situation) -> Verdict:
        chosen = _chosen(row, about)
        holds = chosen if isinstance(chosen, Unknown) else chosen is not None
        words = chosen.words if isinstance(chosen, Target) else ""
        condition = all_of(is_native(about), holds)
        return when(condition, do=f"Take into the target: {words}.", because=_sectors_words(about))

    judge.__doc__ = row.statement
    declare = rule(row.id, cites=("cox2012", "brainlab_ctv"), checked=row.checked, strength="Consensus", acts=NATIVE)
    return declare(judge)


def _chosen(row: Printed, about: Situation) -> Target | Unknown | None:
    found, spread = sectors(about), about.known(vocabulary.BODY_SPREAD)
    if isinstance(found, Unknown):
        return found
    wider = found | doubtful(about)
    if row.needs_spread and BODY in wider and spread is None:
        return unknown(vocabulary.BODY_SPREAD.ask)
    chosen = row.chosen(found, spread)
    return chosen if chosen == row.chosen(wider, spread) else unknown(vocabulary.COX_SECTORS.ask)


@once
def _sectors_words(about: Situation) -> str:
    found = sectors(about)
    if isinstance(found, Unknown):
        return "Sectors of the tumour unknown."
    words = ", ".join(one.value for one in CoxSector if one in found)
    spread = about.known(vocabulary.BODY_SPREAD)
    return f"Tumour in {words}{f', in the body {spread.value}' if spread is not None and BODY in found else ''}."


@rule("CTV-09", cites=("cox2012", "brainlab_ctv"), checked=Checked.FROM_MEMORY, strength="Consensus", acts=NATIVE)
def target_by_sectors(about: Situation) -> Verdict:
    """Each set of involved sectors (1 body, 2 left pedicle, 3 left transverse process and lamina, 4 spinous process,
    5 right transverse process and lamina, 6 right pedicle) has its target; one not printed gets the union of those of
    its sectors.
    """
    chosen = chosen_target(about)
    known = chosen if isinstance(chosen, Unknown) else bool(chosen.sectors)
    words = chosen.words if isinstance(chosen, Target) else ""
    return when(all_of(is_native(about), known), do=f"Irradiate {words}.", because=_sectors_words(about))


@rule("CTV-10", cites=("cox2012",), checked=Checked.READ, strength="Consensus", acts=NATIVE)
def suspicious_marrow(about: Situation) -> Verdict:
    """Suspicious marrow is included, with the adjacent normal bone; there is no epidural expansion without epidural
    disease, and a target all round only with body, both sides and spinous process, or with extensive epidural tumour.
    """
    found, epidural = sectors(about), about.known(vocabulary.EPIDURAL_ALL_ROUND)
    do = "Include the suspicious marrow and the normal bone beside it; expand epidurally only where tumour lies there."
    if not isinstance(found, Unknown) and epidural is not None:
        do += f" A target all round is {'' if is_all_round(found, epidural=epidural) else 'not '}called for."
    condition = all_of(is_native(about), about.answer(vocabulary.MARROW_SUSPICIOUS))
    return when(condition, do=do, because="Suspicious marrow signal beyond the tumour.")


@rule("CTV-11", cites=("redmond2017",), checked=Checked.READ, strength="Consensus", acts=RADIOSURGERY)
def target_after_operation(about: Situation) -> Verdict:
    """After an operation the target is the entire bone involved before it, the epidural extent and the adjacent
    compartments; instrumentation and incision are left out unless involved.
    """
    do = "Take in all bone involved on the images before the operation, the epidural extent and the compartments beside"
    do += " them; leave instrumentation and incision out unless involved."
    if about.answer(vocabulary.EPIDURAL_ALL_ROUND) is True:
        do += " Epidural tumour lay all round: a ring around the sac (wording not yet source-checked)."
    return when(is_after_operation(about), do=do, because="Radiosurgery after an operation at the level.")


@rule("CTV-12", cites=("redmond2017",), checked=Checked.FROM_MEMORY, strength="Consensus", acts=RADIOSURGERY)
def along_the_canal(about: Situation) -> Verdict:
    """After an operation for epidural tumour the target reaches five millimetres further along the canal, with a
    margin of 1.5 to 2.5 mm to the planning target volume, less the planning risk volume of the cord.
    """
    epidural = negated(about.grade_in(Escc.GRADE_0))
    do = f"Add {CANAL_MARGIN.number:g} mm along the canal, then {PTV_LEAST.number:g} to {PTV_MOST.number:g} mm;"
    do += " take the planning risk volume of the cord out."
    return when(all_of(is_after_operation(about), epidural), do=do, because=about.escc_words)


@rule("CTV-13", cites=("dunne2020",), checked=Checked.FROM_MEMORY, strength="Consensus", acts=RADIOSURGERY)
def target_in_the_sacrum(about: Situation) -> Verdict:
    """In the sacrum the target is what is involved and the adjacent parts of the same level (body, ala, posterior
    elements), each of S1 to S5 by itself; sacral canal and nerves are treated, and presacral soft tissue gets 5 mm.
    """
    levels = planned_levels(about)
    sacral: Answer = bool(levels & SACRAL) if levels else unknown("level of the lesion")
    do = f"Outline each sacral level by itself; {PRESACRAL_MARGIN.number:g} mm into presacral soft tissue."
    return when(sacral, do=do, because=f"{', '.join(str(one) for one in about.levels if one in SACRAL)} involved.")


@rule("CTV-14", cites=("cox2012",), checked=Checked.FROM_MEMORY, strength="Expert", acts=RADIOSURGERY)
def planning_target_volume(about: Situation) -> Verdict:
    """The planning target volume is the clinical target with two to three millimetres at most, less the planning risk
    volume of the cord.
    """
    do = f"Add {PTV_USUAL.number:g} mm to the target, {PTV_LIMIT.number:g} mm at most; take the cord's volume out."
    return when(True, do=do, because="Radiosurgery is planned.")


ACT_RULES: tuple[Rule, ...] = (
    *(_rule(row) for row in ROWS),
    target_by_sectors,
    suspicious_marrow,
    target_after_operation,
    along_the_canal,
    target_in_the_sacrum,
    planning_target_volume,
)
PARAMETERS: tuple[Threshold, ...] = (CANAL_MARGIN, PTV_LEAST, PTV_MOST, PRESACRAL_MARGIN, PTV_USUAL, PTV_LIMIT)
