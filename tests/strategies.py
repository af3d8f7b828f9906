"""Random but valid values of our domain, for Hypothesis; shared by all laws."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Layer, Level, sector
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings, Interval, Source, SourceKind
from enbloc.case.lesion import Lesion
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
