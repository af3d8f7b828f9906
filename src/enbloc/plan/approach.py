"""Which way to the tumour: the approaches that the pathway's rows (APP) prefer for an operation, the safer first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from enbloc.case import fact
from enbloc.case.anatomy import Layer
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Approach as Route
from enbloc.case.finding import Findings, measured
from enbloc.case.lesion import Lesion
from enbloc.decide.approach import allows
from enbloc.decide.circumstances import Circumstances, PlanFacts
from enbloc.decide.decision import Holds, Statement
from enbloc.decide.preferred import Preferred, preferred
from enbloc.decide.several import listed, several
from enbloc.decide.situation import Situation, situation
from enbloc.decide.ways import ApproachKind
from enbloc.evidence import Checked, Citation, cite
from enbloc.measure.answers import gathered, missing
from enbloc.plan.operation import Operation
from enbloc.stage.score import Score
from enbloc.stage.wbb import Resection
from enbloc.value import value

METHOD = "approaches of the rows, as chosen"
CHOSEN_BY_SURGEON = (
    "Types 2b to 7 of Boriani 2018 are not assigned: they are not yet compared with the paper, and the surgeon chooses."
)


@value
class Choice:
    """One way to go: its ``routes`` in the order of the row, and ``count`` of them, which is the least if not whole.

    Of several rules ``holds`` is open where one of them is; ``ask`` is what would close it. ``against`` are the rules
    that hold or are open and want more than this way gives.
    """

    kind: ApproachKind
    words: str
    routes: tuple[Route, ...]
    count: int
    is_whole: bool
    guards_vessels: bool
    rules: tuple[str, ...]
    statements: tuple[Statement, ...]
    holds: Holds
    ask: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether no rule behind it has been compared with its source; a way that needs no rule is none."""
        return bool(self.statements) and all(one.is_draft for one in self.statements)

    @property
    def count_words(self) -> str:
        """The number of approaches: ``2``, or ``at least 2`` where the rows leave a route open."""
        return str(self.count) if self.is_whole else f"at least {self.count}"

    def __str__(self) -> str:
        words = ", ".join(self.rules) or "by its name"
        draft = ", not yet source-checked" if self.is_draft else ""
        said = f"{self.kind.value}: {self.words} ({words}{draft})"
        return f"{said}; open: {'; '.join(self.ask)}" if self.holds is Holds.UNKNOWN else said


@value
class Technique:
    """A technique of Boriani 2018 whose criterion holds, by its number in the table of ten."""

    number: str  # "1"
    words: str
    because: str
    checked: Checked
    cites: tuple[Citation, ...]
    notes: tuple[str, ...] = ()


@value
class Approaches:
    """The approaches of one operation on one lesion, the safer first, and what the rows leave unsaid."""

    operation: Operation
    about: str
    choices: tuple[Choice, ...] = ()
    techniques: tuple[Technique, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> Choice | None:
        """The way that stands first; nothing where no row names one."""
        return self.choices[0] if self.choices else None

    @property
    def is_settled(self) -> bool:
        """Whether no row that names a way is open."""
        return all(one.holds is Holds.YES for one in self.choices)

    @property
    def ask(self) -> tuple[str, ...]:
        """What would close what is open, each once."""
        return tuple(dict.fromkeys(question for one in self.choices for question in one.ask))


def approaches(
    operation: Operation,
    lesion: Lesion,
    *,
    case: Case,
    findings: Findings,
    scored: tuple[Score, ...],
    circumstances: Circumstances,
) -> Approaches:
    """The ways that the rows prefer for an operation: those that guard a vessel first, then those that hold.

    A row that wants an anterior approach added stands beside the ways that lack one: both are shown, the longer first.
    Raises ``RecordError`` if the case has no such lesion.

    Examples
    --------
    >>> from enbloc.case.anatomy import Level
    >>> one = Lesion(id="A", levels=(Level.S3,))
    >>> case, none = Case(id="2f41", lesions=(one,)), Findings()
    >>> given = dict(case=case, findings=none, scored=(), circumstances=Circumstances())
    >>> str(approaches(Operation.OBSERVATION, one, **given).notes[0])
    'An observation needs no approach.'
    """
    plan = PlanFacts(act=operation.act, about=lesion.id)
    about = situation(case, findings, scored, lesion.id, circumstances=circumstances, plan=plan)
    if operation is Operation.OBSERVATION:
        return Approaches(operation=operation, about=lesion.id, notes=("An observation needs no approach.",))
    choices = (_from_behind(),) if operation is Operation.LAMINECTOMY else _choices(operation, about)
    return Approaches(
        operation=operation,
        about=lesion.id,
        choices=choices,
        techniques=tuple(_techniques(operation, about)),
        notes=tuple(_notes(operation, choices, about)),
    )


def facts_of(chosen: Choice, lesion: str) -> Findings:
    """The fact ``plan.approaches`` of a way; missing where the rows do not name every route of it."""
    if not chosen.is_whole:
        why = f"the rows do not name every route of it: {chosen.words}"
        return gathered([missing(fact.APPROACHES, lesion, why)])
    return gathered([measured(fact.APPROACHES, lesion, chosen.routes, document="plan", method=METHOD)])


def _choices(operation: Operation, about: Situation) -> tuple[Choice, ...]:
    # A way of another resection is none of its own.
    mine = [one for one in preferred(about) if one.way.resection in (None, operation.resection)]
    adding = [one for one in mine if one.way.adds]
    alone = [_choice(one) for one in mine if not one.way.adds]
    found: list[Choice] = []
    for choice in alone:
        lacking = [one for one in adding if not set(one.way.routes) <= set(choice.routes)]
        found += [_added(choice, one) for one in lacking]
        found.append(_against(choice, lacking))
    if not alone:
        found += [_choice(one) for one in adding]
    return tuple(sorted(_joined(found), key=lambda one: (not one.guards_vessels, one.holds is Holds.UNKNOWN)))


def _choice(one: Preferred) -> Choice:
    return Choice(
        kind=one.way.kind,
        words=one.way.words,
        routes=one.way.routes,
        count=one.way.least,
        is_whole=one.way.is_whole,
        guards_vessels=one.way.guards_vessels,
        rules=(one.statement.rule,),
        statements=(one.statement,),
        holds=one.holds,
        ask=one.ask,
    )


def _added(choice: Choice, one: Preferred) -> Choice:
    """A way with the approach that another row adds to it."""
    both = (choice.holds, one.holds)
    return Choice(
        kind=ApproachKind.STAGED if choice.kind is ApproachKind.STAGED else ApproachKind.COMBINED,
        words=f"{choice.words}; {one.way.words}",
        routes=(*choice.routes, *(route for route in one.way.routes if route not in choice.routes)),
        # A route that the row leaves open may be the very one that is added.
        count=choice.count + len(one.way.routes) if choice.is_whole else max(choice.count, len(choice.routes) + 1),
        is_whole=choice.is_whole,
        guards_vessels=one.way.guards_vessels or choice.guards_vessels,
        rules=(*choice.rules, one.statement.rule),
        statements=(*choice.statements, one.statement),
        holds=Holds.UNKNOWN if Holds.UNKNOWN in both else Holds.YES,
        ask=tuple(dict.fromkeys((*choice.ask, *one.ask))),
    )


def _against(choice: Choice, lacking: Iterable[Preferred]) -> Choice:
    """A way with the rules that want more than it gives."""
    wanted = tuple(one.statement.rule for one in lacking)
    return replace(choice, against=wanted) if wanted else choice


def _joined(found: Iterable[Choice]) -> list[Choice]:
    """Each way once: two rows that say the same in the same words stand together."""
    held: dict[tuple[str, tuple[Route, ...]], Choice] = {}
    for one in found:
        key = (one.words, one.routes)
        held.setdefault(key, one)
    return list(held.values())


def _from_behind() -> Choice:
    """A laminectomy says by its name from where it is done."""
    return Choice(
        kind=ApproachKind.POSTERIOR,
        words="posterior, as a laminectomy is",
        routes=(Route.POSTERIOR,),
        count=1,
        is_whole=True,
        guards_vessels=False,
        rules=(),
        statements=(),
        holds=Holds.YES,
    )


def _techniques(operation: Operation, about: Situation) -> Iterator[Technique]:
    """Types 1 and 2a alone: their criteria were read in the paper."""
    cites = (cite("boriani2018techniques"),)
    if operation is Operation.ANTERIOR and allows(about, Resection.ANTERIOR_ONLY) is True:
        because = "sectors within 5 to 8, layers A and B only, not C"
        yield Technique(number="1", words="single anterior", because=because, checked=Checked.READ, cites=cites)
    if operation is Operation.POSTERIOR_ARCH and allows(about, Resection.POSTERIOR_ARCH) is True:
        yield Technique(
            number="2a",
            words="single posterior, the posterior arch",
            because="sectors within 10 to 3 through 12; 4 and 9 free",
            checked=Checked.READ,
            cites=cites,
            notes=_at_the_dura(about),
        )


def _at_the_dura(about: Situation) -> tuple[str, ...]:
    layers, open_ = several(about, fact.WBB_LAYERS), several(about, fact.WBB_LAYERS_OPEN)
    doubtful = not isinstance(open_, Unknown) and Layer.D.value in open_
    if isinstance(layers, Unknown) or doubtful:
        return ("Whether layer D holds tumour is not known: if it does the margin is violated.",)
    return ("Layer D holds tumour: the margin is violated.",) if Layer.D.value in layers else ()


def _notes(operation: Operation, choices: tuple[Choice, ...], about: Situation) -> Iterator[str]:
    where = listed(about.levels) if about.levels else "an unknown level"
    if not choices:
        yield f"No row of the table names an approach for this operation at {where}: the surgeon names it."
    elif len(choices) == 1 and operation is not Operation.LAMINECTOMY:
        yield "The rows name one way alone; the board wants two: the surgeon names another, or says why there is none."
    if operation.is_en_bloc and operation is not Operation.SACRECTOMY:
        yield CHOSEN_BY_SURGEON
