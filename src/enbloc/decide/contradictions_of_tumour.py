"""Contradictions about a lesion: its name against its kind, its site, its scale, its level, and being the only one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.fact import EsccReported, Fact, PrimarySite
from enbloc.case.finding import SourceKind
from enbloc.case.lesion import LesionKind
from enbloc.case.patient import Sex
from enbloc.decide.contradictory import PATIENT, Contradiction, Excluding, Key, Side, Stated, between, place
from enbloc.decide.histology import Histology, look_up
from enbloc.decide.sites import OF_MEN, OF_WOMEN, excludes
from enbloc.stage.extent import levels_of

WITHOUT_A_CORD = frozenset({Level.S3, Level.S4, Level.S5, Level.CO})
"""Levels beside which no cord runs, unless it is tethered; further up somebody has to look."""

MEASURED_OF_THE_GRADE: tuple[Fact[Any], ...] = (
    vocabulary.EPIDURAL_AREA,
    vocabulary.EPIDURAL_SLICES,
    vocabulary.EPIDURAL_LENGTH,
    vocabulary.EPIDURAL_TURN,
    vocabulary.SAC_INDENTATION,
    vocabulary.SAC_AREA_RATIO,
    vocabulary.CORD_DISTANCE,
    vocabulary.CORD_AREA_RATIO,
    vocabulary.CORD_FLATTENING,
    vocabulary.CORD_SHIFT,
    vocabulary.CSF_SHARE,
)
"""The numbers that a grade of epidural compression is made of."""

_TOUCHED = (EsccReported.GRADE_1C, EsccReported.GRADE_2, EsccReported.GRADE_3)
_ALONE = "a solitary lesion is the only one"

SOLITARY: tuple[Excluding, ...] = (
    Excluding(
        one=vocabulary.SOLITARY, these=(True,), other=vocabulary.TYPICAL_METASTASES, those=(True,), because=_ALONE
    ),
    Excluding(
        one=vocabulary.SOLITARY,
        these=(False,),
        other=vocabulary.PLASMACYTOMA_CONFIRMED,
        those=(True,),
        because="a plasmacytoma is solitary by these examinations",
    ),
)


def of_tumour(stated: Stated) -> Iterator[Contradiction]:
    """Every contradiction about each lesion."""
    for row in SOLITARY:
        yield from row.met(stated)
    for lesion in stated.lesions:
        histology = _entity(stated, lesion)
        yield from _of_kind(stated, lesion, histology)
        yield from _of_site(stated, lesion, histology)
        yield from _of_sex(stated, lesion, histology)
        yield from _of_scale(stated, lesion, histology)
        yield from _of_level(stated, lesion)
        yield from _of_number(stated, lesion)


def _entity(stated: Stated, lesion: str) -> Histology | None:
    """The entity of the recorded name, as a situation reads it."""
    name, word = stated.value(vocabulary.HISTOLOGY, lesion), stated.value(vocabulary.KIND, lesion)
    levels = levels_of(stated.case, stated.findings, lesion)
    kind = LesionKind(word) if word is not None else None
    return look_up(name, kind=kind, levels=levels) or look_up(name, levels=levels)


def _name(stated: Stated, lesion: str) -> tuple[Key, ...]:
    """What is withheld with a name: its kind too, for a kind without a name would choose a branch."""
    return stated.numbers((vocabulary.HISTOLOGY, vocabulary.KIND), lesion)


def _of_kind(stated: Stated, lesion: str, histology: Histology | None) -> Iterator[Contradiction]:
    """Nothing is withheld: of such a lesion the branch is open, and a name must not be forgotten over a kind."""
    word = stated.value(vocabulary.KIND, lesion)
    if word is None or histology is None or LesionKind(word) in histology.kinds:
        return
    if LesionKind.PRIMARY in (LesionKind(word), histology.kind):  # a lymphoma filed as a metastasis stays one
        one, other = stated.side(vocabulary.KIND, lesion), stated.side(vocabulary.HISTOLOGY, lesion)
        yield between(one, other, because="this tumour is of another kind")


def _of_site(stated: Stated, lesion: str, histology: Histology | None) -> Iterator[Contradiction]:
    name, site = stated.value(vocabulary.HISTOLOGY, lesion), stated.value(vocabulary.PRIMARY_SITE, lesion)
    if name is None or site is None or not excludes(histology, name, site):
        return
    none = site is PrimarySite.UNIDENTIFIED
    yield between(
        stated.side(vocabulary.HISTOLOGY, lesion),
        stated.side(vocabulary.PRIMARY_SITE, lesion),
        because="the name says where it comes from" if none else "the name comes from elsewhere",
        withheld=(*_name(stated, lesion), (vocabulary.PRIMARY_SITE.id, lesion)),
    )


def _of_sex(stated: Stated, lesion: str, histology: Histology | None) -> Iterator[Contradiction]:
    sex, site = stated.value(vocabulary.SEX, PATIENT), stated.value(vocabulary.PRIMARY_SITE, lesion)
    sites = {Sex.MALE: OF_WOMEN, Sex.FEMALE: OF_MEN}.get(sex, ())
    keys = {Sex.MALE: "met_ovary", Sex.FEMALE: "met_prostate"}
    because, whose = "this organ is of the other sex", (vocabulary.SEX.id, PATIENT)
    if histology is not None and histology.key == keys.get(sex):
        named = stated.side(vocabulary.HISTOLOGY, lesion)
        withheld = (*_name(stated, lesion), whose)
        yield between(stated.side(vocabulary.SEX, PATIENT), named, because=because, withheld=withheld)
    if site in sites:
        held = stated.side(vocabulary.PRIMARY_SITE, lesion)
        withheld = ((vocabulary.PRIMARY_SITE.id, lesion), whose)
        yield between(stated.side(vocabulary.SEX, PATIENT), held, because=because, withheld=withheld)


def _of_scale(stated: Stated, lesion: str, histology: Histology | None) -> Iterator[Contradiction]:
    """A grade of epidural compression, reported or entered, of a tumour within the dura.

    What images show of it is no statement of anybody, and a dumbbell has a part outside the dura.
    """
    if histology is None or histology.is_intradural is not True or _is_partly_outside(stated, lesion):
        return
    graded = (vocabulary.ESCC_REPORTED, *(one for one in MEASURED_OF_THE_GRADE if _is_entered(stated, one, lesion)))
    first = next((one for one in graded if stated.holds(one, lesion)), None)
    if first is not None:
        yield between(
            stated.side(vocabulary.HISTOLOGY, lesion),
            stated.side(first, lesion),
            because="the scale is made for tumours outside the dura",
            withheld=(*_name(stated, lesion), *_grade(stated, lesion)),
        )


def _grade(stated: Stated, lesion: str) -> tuple[Key, ...]:
    return stated.numbers((vocabulary.ESCC_REPORTED, *MEASURED_OF_THE_GRADE), lesion)


def _is_entered(stated: Stated, named: Fact[Any], lesion: str) -> bool:
    finding = stated.finding(named, lesion)
    return finding is not None and finding.source.kind is SourceKind.ENTERED and bool(finding.value)


def _is_partly_outside(stated: Stated, lesion: str) -> bool:
    outside = stated.value(vocabulary.EXTRADURAL_SHARE, lesion)
    return stated.value(vocabulary.DUMBBELL, lesion) is True or bool(outside)


def _of_level(stated: Stated, lesion: str) -> Iterator[Contradiction]:
    """A cord that is touched, or seen, beside a lesion that lies wholly where there is none."""
    levels = levels_of(stated.case, stated.findings, lesion)
    if not levels or not set(levels) <= WITHOUT_A_CORD or stated.value(vocabulary.TETHERED, lesion) is True:
        return
    claims: dict[Fact[Any], bool] = {
        vocabulary.CORD_LEVEL: stated.value(vocabulary.CORD_LEVEL, lesion) is True,
        vocabulary.ESCC_REPORTED: stated.value(vocabulary.ESCC_REPORTED, lesion) in _TOUCHED,
        vocabulary.INTRAMEDULLARY_SHARE: bool(stated.value(vocabulary.INTRAMEDULLARY_SHARE, lesion)),
    }
    for named in (fact for fact, is_claimed in claims.items() if is_claimed):
        cord = stated.numbers((*claims, vocabulary.LEVELS, vocabulary.MAIN_LEVEL), lesion)
        name = _name(stated, lesion) if _is_named_by_level(stated, lesion) else ()
        yield between(
            _levels_side(stated, lesion, levels),
            stated.side(named, lesion),
            because="no cord runs there",
            withheld=(*cord, *name, *_grade(stated, lesion)),
            places=(f"lesion {lesion}.levels",),
        )


def _is_named_by_level(stated: Stated, lesion: str) -> bool:
    """Whether the level tells which tumour a name means: a chordoma without a level is no one entity."""
    name = stated.value(vocabulary.HISTOLOGY, lesion)
    return _entity(stated, lesion) is not None and look_up(name) is None


def _levels_side(stated: Stated, lesion: str, levels: tuple[Level, ...]) -> Side:
    if stated.holds(vocabulary.LEVELS, lesion):
        return stated.side(vocabulary.LEVELS, lesion)
    return place(f"lesion {lesion}.levels", vocabulary.LEVELS.words, levels, about=lesion)


def _of_number(stated: Stated, lesion: str) -> Iterator[Contradiction]:
    """Solitary, beside other lesions of the record or more vertebrae with metastases than it has levels."""
    if stated.value(vocabulary.SOLITARY, lesion) is not True:
        return
    alone, key = stated.side(vocabulary.SOLITARY, lesion), (vocabulary.SOLITARY.id, lesion)
    recorded = tuple(stated.lesions)
    if len(recorded) > 1:
        yield between(alone, place("lesions", "lesions of the record", recorded), because=_ALONE, withheld=(key,))
    count = stated.value(vocabulary.METASTATIC_VERTEBRAE, PATIENT)
    levels = levels_of(stated.case, stated.findings, lesion)
    if count is not None and levels and count > len(levels):
        yield between(
            alone,
            stated.side(vocabulary.METASTATIC_VERTEBRAE, PATIENT),
            because=f"it has {len(levels)} of them",
            withheld=(key, (vocabulary.METASTATIC_VERTEBRAE.id, PATIENT)),
        )
