"""What a rule is asked about: one lesion of one case, and an act or a plan if one is being judged."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import field
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Layer, Level
from enbloc.case.answer import Answer, Unknown, any_of, negated, unknown
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.lesion import LesionKind
from enbloc.decide.acts import EVERY
from enbloc.decide.circumstances import Circumstances, PlanFacts
from enbloc.decide.decision import Act
from enbloc.decide.histology import Histology, Radiosensitivity, look_up
from enbloc.decide.known import SCORE, Key, Known
from enbloc.decide.remembering import LOOKED, SHARED, Memory, once, untouched
from enbloc.errors import RecordError
from enbloc.evidence import Threshold
from enbloc.stage.escc import Escc
from enbloc.stage.extent import contradiction, levels_of
from enbloc.stage.score import Score
from enbloc.stage.sins import Stability, warrants_consultation
from enbloc.value import value

T = TypeVar("T")

_PATIENT = vocabulary.Subject.PATIENT


@value
class Situation:
    """One lesion as the rules see it; ``planned`` is the act or plan being judged, if any. Rules read ``plan``."""

    about: str
    case: Case
    findings: Known
    scores: tuple[Score, ...]
    levels: tuple[Level, ...]
    histology: Histology | None
    circumstances: Circumstances
    deficit_since: date | None = None
    levels_differ: str = ""  # that record and labels name different levels, in words
    planned: PlanFacts | None = None
    memory: Memory = field(init=False, default_factory=dict, compare=False, repr=False)  # see `once`
    _own: Findings | None = field(init=False, default=None, compare=False, repr=False)  # what the plan says of itself

    def __post_init__(self) -> None:
        if self.planned is not None and self.planned.findings.found:
            object.__setattr__(self, "_own", self.planned.findings)

    @property
    def plan(self) -> PlanFacts | None:
        """The act or plan being judged; that it was looked at is noted, so that what did not holds of every act."""
        self.memory[LOOKED] = True
        return self.planned

    def planning(self, plan: PlanFacts) -> Situation:
        """The same lesion with an act or plan to judge; what was worked out without looking at it is kept."""
        planned = self._with(planned=plan, findings=self.findings, scores=self.scores)
        if planned._own is None and self._own is None:
            object.__setattr__(planned, "memory", self.memory.setdefault(SHARED, {}))
        return planned

    def _with(self, *, planned: PlanFacts | None, findings: Known, scores: tuple[Score, ...]) -> Situation:
        """The same lesion; each field by name, since ``replace`` takes three times as long and is asked often."""
        return Situation(
            about=self.about,
            case=self.case,
            findings=findings,
            scores=scores,
            levels=self.levels,
            histology=self.histology,
            circumstances=self.circumstances,
            deficit_since=self.deficit_since,
            levels_differ=self.levels_differ,
            planned=planned,
        )

    @property
    def has_act(self) -> bool:
        """Whether an act is judged at all, whichever."""
        return self.planned is not None

    def may_ask(self, acts: tuple[Act, ...]) -> bool:
        """Whether a rule that concerns these acts may be asked; without an act one that concerns every act."""
        return acts == EVERY if self.planned is None else self.planned.act in acts

    def supposing(self, findings: Known, scores: tuple[Score, ...], changed: AbstractSet[Key]) -> Situation:
        """The same lesion with other answers; what was worked out without reading what ``changed`` is kept."""
        then = self._with(planned=self.planned, findings=findings, scores=scores)
        then.memory.update(untouched(self.memory, changed))
        then.memory[SHARED] = untouched(self.memory.get(SHARED, {}), changed)
        return then

    def forget_plan(self) -> bool:
        """Whether the plan was looked at since this was last asked."""
        return self.memory.pop(LOOKED, None) is not None

    def score(self, instrument: str) -> Score | None:
        """The score of this lesion by one instrument."""
        self.findings.read[(f"{SCORE}{instrument}", self.about)] = None
        for score in self.scores:
            if score.instrument == instrument and score.about == self.about:
                return score
        return None

    def scores_by(self, instrument: str) -> tuple[Score, ...]:
        """The scores of every lesion by one instrument."""
        found = tuple(score for score in self.scores if score.instrument == instrument)
        for score in found:
            self.findings.read[(f"{SCORE}{instrument}", score.about)] = None
        return found

    def finding(self, named: Fact[T]) -> Finding[T] | Unknown:
        """A fact about the patient or this lesion; what a plan states of itself goes before the record."""
        about = "patient" if named.about is _PATIENT else self.about
        if self._own is not None:
            of_plan = self._own[named, about]
            if isinstance(of_plan, Finding):
                return of_plan
        return self.findings.of(named, about)

    def answer(self, named: Fact[bool]) -> Answer:
        """A yes-or-no fact about the patient or this lesion."""
        about = "patient" if named.about is _PATIENT else self.about
        # Asked most often of all, so that the usual way is taken at once: a plan that states nothing of itself.
        finding = self.findings.of(named, about) if self._own is None else self.finding(named)
        return finding if isinstance(finding, Unknown) else finding.value

    def known(self, named: Fact[T]) -> T | None:
        """A fact about the patient or this lesion, or nothing if it is unknown."""
        finding = self.finding(named)
        return None if isinstance(finding, Unknown) else finding.value

    def is_one_of(self, named: Fact[T], *words: T) -> Answer:
        """Whether a fact is one of these words; of a fact that holds several, whether any is."""
        finding = self.finding(named)
        if isinstance(finding, Unknown):
            return finding
        held = cast("tuple[T, ...]", finding.value) if named.many else (finding.value,)
        return any(one in words for one in held)

    def meets(self, named: Fact[Any], threshold: Threshold) -> Answer:
        """Whether a number lies on the side of a threshold that its comparator names; open where its interval spans it.

        Examples
        --------
        A limit is named data and never a literal: ``about.meets(vocabulary.ECOG, ECOG_FROM)``.
        """
        finding = self.finding(named)
        self.findings.compared(named, threshold.number)
        if isinstance(finding, Unknown):
            return finding
        ends = {threshold.holds(float(end)) for end in (finding.low, finding.high)}
        return ends.pop() if len(ends) == 1 else unknown(named.ask)

    def is_act(self, *acts: Act) -> bool:
        """Whether an act is judged, and is one of these."""
        plan = self.plan
        return plan is not None and plan.act in acts

    @property
    def today(self) -> date | None:
        """The day that clocks count from."""
        return self.circumstances.as_of

    @property
    @once
    def kind(self) -> LesionKind | None:
        """Where the tumour comes from: as recorded, otherwise by its histology.

        Nothing where the two contradict each other about a primary tumour: the branch is then open. A lymphoma
        recorded as a metastasis, and the like, is what its histology says.
        """
        stated = self.findings.value(vocabulary.KIND, self.about)
        listed = self.histology.kind if self.histology else None
        if stated is None:
            return listed
        kind = _kind(stated)
        if self.histology is None or kind in self.histology.kinds:
            return kind
        return None if LesionKind.PRIMARY in (kind, listed) else listed

    @property
    def kind_question(self) -> str:
        """What to ask about the kind of tumour; empty if it is known."""
        stated = self.findings.value(vocabulary.KIND, self.about)
        if stated and self.histology and LesionKind(stated) not in self.histology.kinds:
            return f"kind of tumour: recorded as {stated}, and yet as {self.tumour_words}"
        return "" if self.kind else vocabulary.KIND.ask

    @property
    @once
    def is_intradural(self) -> Answer:
        """Within the dura, where neither SINS nor ESCC holds."""
        listed = self.histology.is_intradural if self.histology else None
        if listed is not None:
            return listed
        layers = self.findings.many(vocabulary.WBB_LAYERS, self.about) or ()
        if set(layers) == {Layer.E.value}:
            return True
        in_bone = bool({Layer.B.value, Layer.C.value} & set(layers))
        if Layer.E.value not in layers and (in_bone or self.is_secondary is True):
            return False
        return unknown("does the tumour lie within the dura?")

    @property
    @once
    def is_secondary(self) -> Answer:
        """Metastatic or haematological, the branch of NOMS."""
        return unknown(vocabulary.KIND.ask) if self.kind is None else self.kind is not LesionKind.PRIMARY

    @property
    @once
    def grades(self) -> tuple[Escc, ...]:
        """The grades to reckon with: ours, narrowed by a reported one that fits, widened by one that does not."""
        score = self.score("escc")
        reported = self.findings.value(vocabulary.ESCC_REPORTED, self.about)
        return _grades(score.categories if score else None, reported)

    def grade_in(self, *these: Escc) -> Answer:
        """Whether the grade is one of these."""
        inside = [grade in these for grade in self.grades]
        if all(inside):
            return True
        return unknown(vocabulary.ESCC_REPORTED.ask) if any(inside) else False

    @property
    @once
    def is_high_grade(self) -> Answer:
        """ESCC 2 or 3, high in the convention of NOMS."""
        return self.grade_in(Escc.GRADE_2, Escc.GRADE_3)

    @property
    @once
    def is_unstable(self) -> Answer:
        """The mechanical axis of NOMS: the middle band of SINS is undecided until the surgeon says."""
        score = self.score("sins")
        bands = {Stability(word) for word in score.categories} if score else set(Stability)
        opinion = self.answer(vocabulary.STABILITY_OPINION)
        by_band: dict[Stability, Answer] = {
            Stability.STABLE: False,
            Stability.POTENTIALLY_UNSTABLE: opinion,
            Stability.UNSTABLE: True,
        }
        answers = [by_band[band] for band in Stability if band in bands]
        if all(answer is True for answer in answers) or all(answer is False for answer in answers):
            return answers[0]
        asked = list(score.missing) if score and len(bands) > 1 else []
        if Stability.POTENTIALLY_UNSTABLE in bands and not isinstance(opinion, bool):
            asked.append(vocabulary.STABILITY_OPINION.ask)
        return unknown(*(asked or ["SINS"]))

    @property
    @once
    def warrants_consultation(self) -> Answer:
        """SINS of seven or more."""
        score = self.score("sins")
        if score is None:
            return unknown("SINS")
        reached = [warrants_consultation(total) for total in score.totals]
        return reached[0] if len(set(reached)) == 1 else unknown(*score.missing)

    @property
    @once
    def is_radiosensitive(self) -> Answer:
        """The oncological axis of NOMS; earlier radiotherapy at the level makes any tumour count as resistant."""
        if self.histology is None and self.kind is LesionKind.HAEMATOLOGICAL:
            # The resistant row would send it to surgery first, and every haematological tumour listed is sensitive.
            return unknown(vocabulary.HISTOLOGY.ask)
        if self.histology is None or self.histology.row is not Radiosensitivity.SENSITIVE:
            # Unlisted and unknown stand in the resistant row (NOMS-15).
            return False
        return negated(self.answer(vocabulary.PRIOR_RADIOTHERAPY))

    @property
    @once
    def is_without_tissue(self) -> Answer:
        """No histology proven by tissue."""
        return negated(self.answer(vocabulary.PROVEN))

    @property
    @once
    def has_deficit_with_compression(self) -> Answer:
        """A deficit that is progressing or comes with high-grade compression: exception (a) of STOP-01."""
        pressing = any_of(self.answer(vocabulary.PROGRESSING), self.is_high_grade)
        deficit = self.answer(vocabulary.DEFICIT)
        return pressing if deficit is True else deficit

    @property
    @once
    def sins_words(self) -> str:
        """SINS in a line, or that there is none."""
        score = self.score("sins")
        return f"{score.headline}." if score else "SINS not scored."

    @property
    @once
    def escc_words(self) -> str:
        """The grades in a line, each convention and reader named."""
        reported = self.findings.value(vocabulary.ESCC_REPORTED, self.about)
        score = self.score("escc")
        below = score is not None and "adapted_below_conus" in score.flags
        ours = f"ESCC {' or '.join(grade.value for grade in self.grades)}"
        ours += ", below the conus by analogy only" if below else ""
        return f"{ours} (reported: {reported.value})." if reported else f"{ours}."

    @property
    @once
    def has_pain(self) -> Answer:
        """Pain at the lesion, of any kind."""
        kinds = vocabulary.PainCharacter
        return self.is_one_of(vocabulary.PAIN, kinds.NOT_MECHANICAL, kinds.MECHANICAL)

    @property
    @once
    def where(self) -> str:
        """The tumour and its levels in a sentence."""
        return f"{self.tumour_words}, {', '.join(map(str, self.levels)) or 'level unknown'}."

    @property
    def tumour_words(self) -> str:
        """The tumour by name, or that it has none yet."""
        named = self.findings.value(vocabulary.HISTOLOGY, self.about)
        return named or "histology unknown"


def situation(
    case: Case,
    findings: Findings,
    scores: tuple[Score, ...],
    lesion: str,
    *,
    circumstances: Circumstances,
    plan: PlanFacts | None = None,
) -> Situation:
    """The situation of one lesion.

    Raises
    ------
    RecordError
        If the case has no such lesion.
    """
    if lesion not in {one.id for one in case.lesions}:
        raise RecordError(f"The case has no lesion {lesion!r}.", remedy="Name one of its lesions.")
    levels = levels_of(case, findings, lesion)
    stated = findings.value(vocabulary.KIND, lesion)
    kind = LesionKind(stated) if stated is not None else None
    name = findings.value(vocabulary.HISTOLOGY, lesion)
    return Situation(
        about=lesion,
        case=case,
        findings=findings if isinstance(findings, Known) else Known(findings),
        scores=scores,
        levels=levels,
        # A name that contradicts the kind is not forgotten: a chordoma stays one, whatever it was filed under.
        histology=look_up(name, kind=kind, levels=levels) or look_up(name, levels=levels),
        circumstances=circumstances,
        deficit_since=case.neurology.since,
        levels_differ=contradiction(case, findings, lesion),
        planned=plan,
    )


# Asked for by many rules of one case; each depends on its words alone, so that nothing can grow stale.
@cache
def _kind(word: str) -> LesionKind:
    return LesionKind(word)


@cache
def _grades(categories: tuple[str, ...] | None, reported: vocabulary.EsccReported | None) -> tuple[Escc, ...]:
    ours = tuple(Escc) if categories is None else tuple(Escc(word) for word in categories)
    if reported is None:
        return ours
    stated = Escc(reported.value)
    return (stated,) if stated in ours else tuple(g for g in Escc if g in ours or g is stated)
