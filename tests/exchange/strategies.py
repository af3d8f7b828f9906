"""Random but valid cases, for the laws of reading and writing."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from enbloc.case.anatomy import Level
from enbloc.case.case import Case, ImageFile, LabelFile
from enbloc.case.confirmation import Confirmation, Confirmed
from enbloc.case.fact import ENTERABLE, FACTS, Fact, Subject
from enbloc.case.finding import Entry
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.case.neurology import Ais, Ambulation, Neurology
from enbloc.case.origin import Modality, Origin
from enbloc.case.patient import Patient, Sex
from enbloc.case.treatment import Treatment, TreatmentKind

# The word 'unknown' says that a thing is not known, so it is no text that could come back.
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12).filter(
    lambda word: word != "unknown" and bool(word.strip())
)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))
levels = st.lists(st.sampled_from(Level), max_size=3, unique=True).map(tuple)
maybe = st.none() | st.booleans()
numbers = st.floats(0, 200, allow_nan=False)
roles = st.text("abcdefgh0123456789-", min_size=1, max_size=6)


def maybe_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


lesions = st.builds(
    Lesion,
    id=st.just("A"),
    levels=levels,
    histology=maybe_none(words),
    proven=maybe,
    kind=maybe_none(st.sampled_from(LesionKind)),
    solitary=maybe,
)
treatments = st.builds(
    Treatment,
    kind=st.sampled_from(TreatmentKind),
    what=words,
    levels=levels,
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
        return st.integers(int(low), int(high))
    if named.type is float:
        return st.floats(low, high)
    if named.type is str:
        return words
    return st.sampled_from([str(member.value) for member in named.type])


def entries(named: Fact[Any]) -> st.SearchStrategy[Entry]:
    about = {Subject.PATIENT: "patient", Subject.LESION: "A", Subject.LEVEL: "T8"}[named.about]
    return st.builds(
        Entry, fact=st.just(named.id), about=st.just(about), value=values(named), by=words, on=maybe_none(days)
    )


SAID = [FACTS[id] for id in sorted(ENTERABLE) if FACTS[id].type.__name__ != "Sector"]
findings = st.lists(st.sampled_from(SAID), unique_by=lambda named: named.id, max_size=3).flatmap(
    lambda chosen: st.tuples(*(entries(named) for named in chosen))
)
images = st.dictionaries(
    roles,
    st.builds(ImageFile, file=words, modality=st.sampled_from(Modality), date=maybe_none(days)),
    min_size=1,
    max_size=2,
)
structures = st.dictionaries(st.integers(1, 65535), st.sampled_from(["tumour A", "cord", "vertebra T8"]), min_size=1)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    pictures = draw(images)
    drawn = st.builds(
        LabelFile,
        file=words,
        on=st.sampled_from(sorted(pictures)),
        scheme=maybe_none(st.sampled_from(["verse", "totalsegmentator-v2"])),
        structures=structures,
    )
    case = Case(
        id=draw(words),
        as_of=draw(maybe_none(days)),
        origin=draw(st.sampled_from(Origin)),
        story=draw(st.just("") | words),
        images=pictures,
        labels=draw(st.dictionaries(roles, drawn, max_size=2)),
        lesions=(draw(lesions),),
        neurology=draw(neurologies),
        treatments=tuple(draw(st.lists(treatments, max_size=2))),
        findings=draw(findings),
        confirmations=tuple(draw(st.lists(confirmations, max_size=2))),
    )
    return replace(case, patient=draw(patients(case.stands_at)))
