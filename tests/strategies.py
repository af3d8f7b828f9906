"""Random but valid values of our domain, for Hypothesis; shared by all laws."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import SECTORS, Layer, Level, Part, Side, sector
from enbloc.case.case import Case, ImageFile, LabelFile
from enbloc.case.confirmation import Confirmation, Confirmed
from enbloc.case.contradiction import contradictions
from enbloc.case.fact import ENTERABLE, FACTS, Fact, Subject
from enbloc.case.fact.of_level import LabelTrust
from enbloc.case.finding import Entry, Finding, Findings, Interval, Missing, Source, SourceKind
from enbloc.case.geometry import Frame, Plane, Point, Pose
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.mark import Mark, MarkKind
from enbloc.case.neurology import Ais, Ambulation, Neurology
from enbloc.case.origin import Modality, Origin
from enbloc.case.override import Override
from enbloc.case.patient import Patient, Sex
from enbloc.case.table import CanalPlane, Cell, Clearance, CoxSector, PartShare, TomitaSite
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.stage.sins import Alignment, Bone, Collapse, Location, Pain, Posterolateral, Sins

levels = st.sampled_from(Level)
sectors = st.frozensets(st.integers(1, 12).map(lambda n: sector(n)), min_size=1)
layers = st.frozensets(st.sampled_from(Layer), min_size=1)

ENTERED = Source(kind=SourceKind.ENTERED, document="case.yaml")
MEASURED = Source(kind=SourceKind.MEASURED, document="images")

LESION = "A"
LEVEL = Level.T8

_ITEMS = {
    "location": Location,
    "pain": Pain,
    "bone": Bone,
    "alignment": Alignment,
    "collapse": Collapse,
    "posterolateral": Posterolateral,
}


def sins() -> st.SearchStrategy[Sins]:
    """Any complete form."""
    return st.builds(Sins, **{name: st.sampled_from(kind) for name, kind in _ITEMS.items()})


def partial_sins() -> st.SearchStrategy[dict[str, tuple[Any, ...]]]:
    """What is still possible for some of the items; the others are left out."""
    some = {
        name: st.sets(st.sampled_from(kind), min_size=1).map(lambda chosen: tuple(chosen))
        for name, kind in _ITEMS.items()
    }
    return st.fixed_dictionaries({}, optional=some)


def _number(named: Fact[Any]) -> st.SearchStrategy[Finding[Any]]:
    low, high = named.low or 0.0, named.high or 100.0
    spread = st.tuples(st.floats(low, high), st.floats(0, (high - low) / 10), st.floats(0, (high - low) / 10))
    about = str(LEVEL) if named.about is f.Subject.LEVEL else LESION

    def made(numbers: tuple[float, float, float]) -> Finding[Any]:
        middle, below, above = numbers
        interval = Interval(low=middle - below, high=middle + above)
        return Finding(fact=named.id, about=about, value=middle, interval=interval, source=MEASURED)

    return spread.map(made)


def _stated(named: Fact[Any], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Finding[Any]]:
    about = "patient" if named.about is f.Subject.PATIENT else LESION
    return values.map(lambda value: Finding(fact=named.id, about=about, value=value, source=ENTERED))


NUMBERS: tuple[Fact[Any], ...] = (
    f.COLLAPSE,
    f.TRANSLATION,
    f.ANGULATION,
    f.BODY_SHARE,
    f.LYTIC_SHARE,
    f.BLASTIC_SHARE,
    f.POSTEROLATERAL_LEFT,
    f.POSTEROLATERAL_LEFT_SHARE,
    f.POSTEROLATERAL_RIGHT,
    f.POSTEROLATERAL_RIGHT_SHARE,
    f.EPIDURAL_AREA,
    f.SAC_INDENTATION,
    f.SAC_AREA_RATIO,
    f.CORD_DISTANCE,
    f.CORD_AREA_RATIO,
    f.CORD_FLATTENING,
    f.CORD_SHIFT,
    f.CSF_SHARE,
)
CHOICES: tuple[Fact[Any], ...] = (
    f.PAIN,
    f.BONE_REPORTED,
    f.ALIGNMENT_REPORTED,
    f.COLLAPSE_REPORTED,
    f.POSTEROLATERAL_REPORTED,
    f.ESCC_REPORTED,
)
YES_NO: tuple[Fact[Any], ...] = (
    f.PROVEN,
    f.SOLITARY,
    f.DEFICIT,
    f.PROGRESSING,
    f.MYELOPATHY,
    f.ABLE,
    f.RESECTABLE,
    f.STABILITY_OPINION,
    f.SURGEON_CONSULTED,
    f.LEVEL_MRI,
    f.WHOLE_SPINE_MRI,
    f.MYELOGRAM,
    f.PRIOR_RADIOTHERAPY,
    f.STABILISED,
    f.CORD_LEVEL,
)
HISTOLOGIES = ("renal cell carcinoma", "breast carcinoma", "chordoma", "lymphoma", "gct", "a tumour nobody listed")
KINDS = ("metastasis", "primary", "haematological")


@st.composite
def findings(draw: st.DrawFn, *, escc: bool = True) -> Findings:
    """Any subset of what the scores and rules read, about lesion A at T8; each fact at most once."""
    offered = [_number(named) for named in NUMBERS]
    offered += [_stated(named, st.sampled_from(named.type)) for named in CHOICES]
    offered += [_stated(named, st.booleans()) for named in YES_NO]
    offered.append(_stated(f.EPIDURAL_SLICES, st.integers(0, 20)))
    offered.append(_stated(f.HISTOLOGY, st.sampled_from(HISTOLOGIES)))
    offered.append(_stated(f.KIND, st.sampled_from(KINDS)))
    # One draw of which facts are known keeps the examples small and the shrinking fast.
    known = draw(st.lists(st.booleans(), min_size=len(offered), max_size=len(offered)))
    found = [draw(one) for one, is_known in zip(offered, known, strict=True) if is_known]
    return Findings(found=tuple(one for one in found if escc or not one.fact.startswith("escc")))


def a_case(*levels: Level) -> Case:
    """A case with one lesion, A, at these levels (T8 if none is given)."""
    return Case(id="2f41", lesions=(Lesion(id=LESION, levels=levels or (LEVEL,)),))


def entered(named: Fact[Any], value: Any, about: object = LESION) -> Finding[Any]:
    """A finding as a person states it."""
    return Finding(fact=named.id, about=str(about), value=value, source=ENTERED)


# --- whole records, for the laws of reading and writing

# The word 'unknown' says that a thing is not known, so it is no text that could come back.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12).filter(
    lambda word: word != "unknown" and bool(word.strip())
)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))
level_lists = st.lists(st.sampled_from(Level), max_size=3, unique=True).map(tuple)
maybe = st.none() | st.booleans()
numbers = st.floats(0, 200, allow_nan=False)
roles = st.text("abcdefgh0123456789-", min_size=1, max_size=6)


def maybe_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


lesions = st.builds(
    Lesion,
    id=st.just("A"),
    levels=level_lists,
    histology=maybe_none(words),
    proven=maybe,
    kind=maybe_none(st.sampled_from(LesionKind)),
    solitary=maybe,
)
treatments = st.builds(
    Treatment,
    kind=st.sampled_from(TreatmentKind),
    what=words,
    levels=level_lists,
    started=maybe_none(days),
    ended=maybe_none(days),
    dose_gy=maybe_none(numbers),
    fractions=maybe_none(st.integers(1, 40)),
)
neurologies = st.builds(
    Neurology,
    examined=maybe_none(days),
    ais=maybe_none(st.sampled_from(Ais)),
    ambulation=maybe_none(st.sampled_from(Ambulation)),
    deficit=maybe,
    since=maybe_none(days),
)
confirmations = st.builds(Confirmation, of=st.sampled_from(Confirmed), by=words, on=days, sha256=words)

overrides = st.builds(
    Override,
    stop=st.integers(1, 42).map(lambda number: f"STOP-{number:02d}"),
    about=st.sampled_from(["patient", "A"]),
    act=st.just("") | st.sampled_from(["biopsy", "separation surgery, then radiosurgery"]),
    by=words.filter(str.isprintable).map(lambda word: f"R. Example {word}"),
    on=days,
    because=words.filter(str.isprintable).map(lambda word: f"the cord cannot wait: {word}"),
)
override_lists = st.lists(overrides, max_size=3, unique_by=lambda one: (one.stop, one.about, one.act)).map(tuple)


@st.composite
def patients(draw: st.DrawFn, on: datetime.date | None) -> Patient:
    """Somebody whose age on that day is possible."""
    last = on.year if on else 2200
    born = draw(maybe_none(st.integers(max(1890, last - 120), last)))
    return Patient(birth_year=born, sex=draw(maybe_none(st.sampled_from(Sex))))


def values(named: Fact[Any]) -> st.SearchStrategy[Any]:
    """What a person may write for a fact."""
    if named.many:
        return st.lists(single(named).filter(lambda one: isinstance(one, str)), min_size=1, max_size=3).map(tuple)
    return single(named)


def single(named: Fact[Any]) -> st.SearchStrategy[Any]:
    low, high = named.low or 0, 100 if named.high is None else named.high
    if named.type is bool:
        return st.booleans()
    if named.type is int:
        step = int(named.step or 1)
        return st.integers(int(low) // step, int(high) // step).map(lambda steps: steps * step)
    if named.type is float:
        return st.floats(low, high)
    if named.type is str:
        return words
    if named.type is datetime.date:
        return st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 1, 1)).map(datetime.date.isoformat)
    if named.type is datetime.datetime:
        first, last = datetime.datetime(1990, 1, 1), datetime.datetime(2030, 1, 1)
        return st.datetimes(first, last).map(datetime.datetime.isoformat)
    return st.sampled_from([str(member.value) for member in named.type])


def entries(named: Fact[Any]) -> st.SearchStrategy[Entry]:
    about = {Subject.PATIENT: "patient", Subject.LESION: "A", Subject.LEVEL: "T8"}[named.about]
    return st.builds(
        Entry, fact=st.just(named.id), about=st.just(about), value=values(named), by=words, on=maybe_none(days)
    )


SAID = [FACTS[id] for id in sorted(ENTERABLE)]
entry_lists = st.lists(st.sampled_from(SAID), unique_by=lambda named: named.id, max_size=3).flatmap(
    lambda chosen: st.tuples(*(entries(named) for named in chosen))
)
image_files = st.dictionaries(
    roles,
    st.builds(ImageFile, file=words, modality=st.sampled_from(Modality), date=maybe_none(days)),
    min_size=1,
    max_size=2,
)
structures = st.dictionaries(st.integers(1, 65535), st.sampled_from(["tumour A", "cord", "vertebra T8"]), min_size=1)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    pictures = draw(image_files)
    drawn = st.builds(
        LabelFile,
        file=words,
        on=st.sampled_from(sorted(pictures)),
        scheme=maybe_none(st.sampled_from(["verse", "totalsegmentator-v2"])),
        structures=structures,
    )
    lesion, said = draw(lesions), draw(entry_lists)
    stated = [one.answers(at) for at, one in enumerate(said)]
    if lesion.solitary is not None:
        stated.append(entered(f.SOLITARY, lesion.solitary))
    assume(not any(contradictions(Findings(found=tuple(stated)), (lesion.id,))))
    case = Case(
        id=draw(words),
        as_of=draw(maybe_none(days)),
        origin=draw(st.sampled_from(Origin)),
        story=draw(st.just("") | words),
        images=pictures,
        labels=draw(st.dictionaries(roles, drawn, max_size=2)),
        lesions=(lesion,),
        neurology=draw(neurologies),
        treatments=tuple(draw(st.lists(treatments, max_size=2))),
        findings=said,
        confirmations=tuple(draw(st.lists(confirmations, max_size=2))),
        overrides=draw(override_lists),
    )
    return replace(case, patient=draw(patients(case.stands_at)))


# --- what images give: tables, planes and marks

coordinates = st.floats(-999, 999).map(lambda mm: round(mm, 1))
triples = st.tuples(coordinates, coordinates, coordinates)
amounts = st.floats(0, 500).map(lambda amount: round(amount, 3))
planes = st.builds(Plane, point_mm=triples, normal=triples)
marks = st.builds(
    Mark,
    kind=st.sampled_from(MarkKind),
    words=words,
    points_mm=st.lists(triples, min_size=1, max_size=4).map(tuple),
)
sides = maybe_none(st.sampled_from(Side))
ROWS: dict[type, st.SearchStrategy[Any]] = {
    Cell: st.builds(
        Cell,
        level=levels,
        part=maybe_none(st.sampled_from(Part)),
        side=sides,
        sector=st.sampled_from(SECTORS),
        layer=st.sampled_from(Layer),
        cc=amounts,
        low_cc=amounts,
        high_cc=amounts,
        bone_cc=amounts,
    ),
    PartShare: st.builds(
        PartShare,
        level=levels,
        part=st.sampled_from(Part),
        side=sides,
        percent=amounts,
        low=amounts,
        high=amounts,
        cc=amounts,
        bone_cc=amounts,
    ),
    Clearance: st.builds(Clearance, structure=words, mm=amounts, low_mm=amounts, high_mm=amounts, at_mm=triples),
    CanalPlane: st.builds(
        CanalPlane,
        at_mm=triples,
        along_mm=coordinates,
        tumour_mm2=amounts,
        canal_mm2=maybe_none(amounts),
        sac_mm2=maybe_none(amounts),
        cord_mm2=maybe_none(amounts),
        csf_share=maybe_none(st.floats(0, 1)),
    ),
    TomitaSite: st.sampled_from(TomitaSite),
    CoxSector: st.sampled_from(CoxSector),
    LabelTrust: st.sampled_from(LabelTrust),
    Plane: planes,
    Point: st.builds(Point, xyz_mm=triples),
    Pose: st.builds(
        Pose, child=st.builds(Frame, name=words), axes=st.tuples(triples, triples, triples), origin_mm=triples
    ),
}
"""A value of each noun that is only measured."""

ONLY_MEASURED: tuple[Fact[Any], ...] = tuple(named for named in FACTS.values() if named.type in ROWS)


@st.composite
def read_off(draw: st.DrawFn) -> Findings:
    """What images give: tables, places and numbers, each with its plane, its marks and how it was read."""
    found = []
    for named in draw(st.lists(st.sampled_from([*ONLY_MEASURED, *NUMBERS]), unique_by=lambda one: one.id, max_size=6)):
        one = ROWS.get(named.type, amounts)
        value = tuple(draw(st.lists(one, max_size=3))) if named.many else draw(one)
        source = Source(
            kind=SourceKind.MEASURED,
            document=draw(words),
            place=draw(words),
            at_mm=draw(maybe_none(triples)),
            method=draw(words),
            shows=draw(maybe_none(planes)),
            marks=tuple(draw(st.lists(marks, max_size=4))),
        )
        about = {Subject.PATIENT: "patient", Subject.LESION: LESION, Subject.LEVEL: str(LEVEL)}[named.about]
        found.append(Finding(fact=named.id, about=about, value=value, source=source, notes=(draw(words),)))
    gaps = draw(st.lists(st.builds(Missing, fact=st.sampled_from(sorted(FACTS)), about=words, why=words), max_size=3))
    return Findings(found=tuple(found), missing=tuple(gaps))
