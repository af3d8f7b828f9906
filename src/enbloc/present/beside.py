"""The survival scores of a lesion put into words and places, side by side; nothing is judged or computed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from enbloc.case.case import Case
from enbloc.case.lesion import LesionKind
from enbloc.decide.decision import Degree
from enbloc.present import words
from enbloc.present.flags import in_words
from enbloc.present.outlook import Answer, Asked, Compared, Further, Horizon, Lane, Placed, Shape, SideBySide, Silent
from enbloc.present.rules import CHECKED, cited
from enbloc.stage import comparison
from enbloc.stage.comparison import Comparison, Input, Line, Meant
from enbloc.stage.every import Refused
from enbloc.stage.from_case import PATIENT
from enbloc.stage.population import AliveAt, Cohort, Median, SurvivalFigure
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Score
from enbloc.stage.survival.horizon import Agreement, Voice

LEAD = (
    "Published figures of other patients; not a prognosis of this one, and no treatment follows from it. Each score "
    "speaks of its own patients, years and treatment."
)


def beside(case: Case, one: Comparison) -> SideBySide:
    """The comparison of one lesion as a report says it."""
    return SideBySide(
        about=f"lesion {one.about}",
        question=one.question,
        rows=tuple(_row(line, one) for line in sorted(one.lines, key=_year)),
        horizons=tuple(_horizon(each) for each in one.horizons),
        era=tuple((_loud(nth, one), _sentence(each)) for nth, each in enumerate(one.era)),
        asks=tuple(_asked(each) for each in one.inputs),
        left_out=tuple(_left_out(one)),
        silent=tuple(Silent(name=each.name, why=each.why, asks=each.missing) for each in one.absent),
        refusal="" if one.lines else _refusal(case, one),
    )


def _loud(nth: int, one: Comparison) -> Degree:
    """The first line is about this very tumour where any figure is known to be too short for it."""
    return Degree.CAUTION if nth == 0 and one.concerned else Degree.NOTE


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:].rstrip('.')}."


# --- one instrument ---------------------------------------------------------------------------------------------------


def _year(line: Line) -> tuple[int, str]:
    """Where a line stands: by the last year of treatment, or the year of the paper where that is not known."""
    cohort = line.cohort
    return ((cohort.last_year or cohort.published) if cohort else 9999, line.name)


def _row(line: Line, one: Comparison) -> Compared:
    return Compared(
        id=line.instrument,
        name=line.name,
        result=_result(line),
        cohort=_cohort(line.cohort),
        is_dated=line.name in one.concerned,
        validations=line.validations,
        is_draft=line.is_draft,
        lanes=tuple(_lane(line, meant) for meant in line.categories),
        answers=tuple(
            Answer(word="" if said.voice is Voice.NOTHING else said.voice.value, is_draft=said.is_draft)
            for said in line.says
        ),
        flags=line.flags,
        checked=CHECKED[line.checked],
        cites=cited(line.cites),
    )


_MANY = 6


def _result(line: Line) -> str:
    """The totals that can be reached; of very many only how many, for the categories say what they mean."""
    return _totals(line.totals, line.out_of) if line.totals else ""


def _totals(those: Sequence[int | float], out_of: int | None) -> str:
    if len(those) > _MANY:
        return f"{len(those)} totals possible"
    return words.reachable(those).replace("-", words.MINUS) + (f" of {out_of}" if out_of is not None else "")


def _cohort(cohort: Cohort | None) -> str:
    if cohort is None:
        return "patients and years not stated"
    years = f"published {cohort.published}"
    if cohort.first_year is not None and cohort.last_year is not None:
        years = f"treated {cohort.first_year} to {cohort.last_year}, {years}"
    patients = f"{cohort.patients:,} patients" if cohort.patients else "number of patients not stated"
    return f"{years} · {patients}"


_NO_FIGURE = "no survival in months is published for this result"


def _lane(line: Line, meant: Meant) -> Lane:
    placed = tuple(_placed(line, figure) for figure in meant.figures)
    return Lane(words=meant.word, figures=placed, note="" if placed else _NO_FIGURE)


def _placed(line: Line, figure: SurvivalFigure) -> Placed:
    is_draft = line.is_draft or (figure.checked or line.checked).is_draft
    shape, said, at, percent, span = _drawn(figure)
    part = f" at {figure.part}" if figure.part else ""
    others = ", other patients" if figure.elsewhere else ""
    return Placed(
        shape=shape,
        months=at,
        percent=percent,
        low=span[0],
        high=span[1],
        said=f"{said}{part}{others}{' (draft)' if is_draft else ''}",
        words=figure.words,
        is_draft=is_draft,
        is_elsewhere=bool(figure.elsewhere),
    )


_Span = tuple[float | None, float | None]


def _drawn(figure: SurvivalFigure) -> tuple[Shape, str, float | None, float | None, _Span]:
    """The shape of a figure, its words, its month, its share, and from where to where it reaches."""
    if isinstance(figure, Median):
        if figure.months is None:
            return Shape.MEDIAN, "median not reached", None, None, (None, None)
        said = f"{figure.months:g} months{_interval(figure.low, figure.high)}"
        return Shape.MEDIAN, said, figure.months, None, (figure.low, figure.high)
    if isinstance(figure, AliveAt):
        said = f"{figure.percent:g}{words.THIN}%{_interval(figure.low, figure.high)}"
        return Shape.ALIVE, said, figure.months, figure.percent, (None, None)
    said = figure.said.removeprefix("predicted survival ")
    return Shape.RANGE, said, None, None, (figure.from_months, figure.to_months)


def _interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" ({low:g}{words.DASH}{high:g})"


# --- all together -----------------------------------------------------------------------------------------------------


def _horizon(one: comparison.Horizon) -> Horizon:
    return Horizon(
        months=one.months,
        head=f"{one.months:g} months",
        yes=len(one.yes),
        no=len(one.no),
        open=len(one.open),
        is_torn=one.agreement is Agreement.DISAGREE,
        said=f"{_together(one)}{_apart(one)}.",
    )


def _together(one: comparison.Horizon) -> str:
    open_ = f", {len(one.open)} open" if one.open else ""
    if one.agreement is Agreement.NOTHING:
        return "no score says anything"
    if one.agreement is Agreement.DISAGREE:
        word, fewer = ("yes", one.yes) if len(one.yes) < len(one.no) else ("no", one.no)
        return f"{len(one.yes)} yes, {len(one.no)} no{open_}; {word} by {words.sentence_list(fewer)}"
    word, sided = ("yes", one.yes) if one.yes else ("no", one.no)
    if one.agreement is Agreement.ALONE:
        return f"one score speaks alone, {word} by {sided[0]}"
    if one.agreement is Agreement.AGREE:
        return f"all {len(sided)} that speak agree, {word}"
    return f"{f'{len(sided)} {word}' if sided else 'none decided'}{open_}"


def _apart(one: comparison.Horizon) -> str:
    """What the drafts say, which are never counted."""
    counted = [(voice.value, sum(said is voice for _, said in one.drafts)) for voice in Voice]
    said = ", ".join(f"{count} {word}" for word, count in counted if count)
    return f" (drafts, not counted: {said})" if said else ""


def _asked(one: Input) -> Asked:
    return Asked(words=one.words, closes=f"{one.closes:.1f}", names=words.sentence_list(one.instruments))


NOT_THIS_TUMOUR = "refused, not for this kind of tumour"


def _left_out(one: Comparison) -> Iterator[tuple[str, str]]:
    """Why instruments say nothing, each reason once with those it is for; the annex has every reason whole."""
    by_reason: dict[str, list[str]] = {}
    for each in one.absent:
        is_other = each.is_refused and each.why.startswith(f"{each.name} is not for this tumour")
        by_reason.setdefault(NOT_THIS_TUMOUR if is_other else each.why.rstrip("."), []).append(each.name)
    for why, names in by_reason.items():
        yield words.sentence_list(names), why


def _refusal(case: Case, one: Comparison) -> str:
    refused = [each for each in one.absent if each.is_refused]
    if not refused:
        return "No survival score can be laid beside another yet: too little is known."
    lesion = case.lesion(one.about)
    if lesion.kind is LesionKind.PRIMARY:
        return (
            f"The survival scores are refused because lesion {one.about} is a primary tumour: they were made from "
            "patients with spread to the spine, and say nothing of this one. Each is named in the annex."
        )
    return f"{len(refused)} survival scores are refused, each with its reason in the annex. {refused[0].why}"


# --- the other instruments --------------------------------------------------------------------------------------------


def further(scores: Iterable[Score]) -> Iterator[Further]:
    """Each in a line; those of survival stand side by side elsewhere."""
    for one in scores:
        if INSTRUMENTS[one.instrument].is_survival:
            continue
        yield Further(
            name=one.name,
            about="the patient" if one.about == PATIENT else f"lesion {one.about}, {one.at}",
            result=_reached(one),
            band=words.either(one.categories) if one.totals else "",
            ask=one.missing[0] if one.missing else "",
            is_draft=one.checked.is_draft,
            note="; ".join((*map(in_words, one.flags), *also(one))),
        )


def refused(those: Iterable[Refused]) -> Iterator[str]:
    """Why each of them is refused; those of survival say so side by side elsewhere."""
    for one in those:
        if not INSTRUMENTS[one.instrument].is_survival:
            yield one.why if one.why.startswith(one.name) else f"{one.name}: {one.why}"


def _reached(one: Score) -> str:
    return _totals(one.totals, one.out_of) if one.totals else words.either(one.categories)


def also(one: Score) -> Iterator[str]:
    """What the same answers come to by another published reading, where that is not as open as the score itself."""
    for each in one.also:
        if len(each.values) <= _MANY:
            yield f"{each.name}: {words.either(each.values)}"
