"""Every rule of the pathway on a case, on a cohort of made-up records, and as a process, each beside its peer.

The full recommendation of the demo patient, after import and with everything measured: the whole pathway, options,
timeline, what would change it and the nearest change; aim under 50 ms of CPU. Made-up records, one lesion each, up to
150 facts drawn at random and entered, no image; scores, classes and the whole pathway for each: aim 10,000 a minute of
CPU in one process. ``enbloc decide CASE --json`` of a record without images, its bytecode written: aim under 0.8 s of
CPU; beside it an empty process and one that loads numpy. Peer of the first two: the same rules with each fact looked up
by going through all that are known, each rule asked anew of every act; both must say the same.

``pathway_ms`` and ``decision_ms`` (pathway, options and timeline) are the parts of ``case_ms`` without the
sensitivity. Times are the least of several, CPU; other work on the machine only ever adds.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from measuring import child, report

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.fact import Fact
    from enbloc.case.finding import Findings
    from enbloc.case.lesion import Lesion
    from enbloc.decide.circumstances import Circumstances
    from enbloc.decide.decision import Statement
    from enbloc.decide.pathway import Pathway
    from enbloc.stage.score import Score

    Given = tuple[Case, Findings, Circumstances]

SEED = 20261120
RECORDS, MOST_FACTS = 200, 150
TODAY = date(2026, 11, 20)


def main() -> None:
    """Run each part in a process of its own and report."""
    with TemporaryDirectory(prefix="enbloc-bench-") as scratch:
        # Where the environment keeps Python from writing bytecode, every start would compile all sources again.
        environment = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(scratch) / "bytecode")}
        found: dict[str, dict[str, float]] = {"figures": {}, "peers": {}, "ratios": {}, "accuracy": {}}
        for part in ("case", "cohort", "process"):
            done = child(sys.executable, __file__, part, scratch, environment=environment)
            for group, figures in json.loads(done.printed).items():
                found[group] |= figures
    report(found)


def least_ms(work: Callable[[], Any], times: int = 15) -> float:
    """The least CPU of several, ms."""
    costs = []
    for _ in range(times):
        started = time.process_time()
        work()
        costs.append(time.process_time() - started)
    return 1000 * min(costs)


def of_case() -> None:
    """The demo patient: the full recommendation, and its parts."""
    from decide_peer import counted, said

    from enbloc.cli.running import look_for_garbage_rarely
    from enbloc.decide import decide
    from enbloc.decide.deciding import settled
    from enbloc.decide.pathway import pathway

    look_for_garbage_rarely()  # as in a command
    case, findings, known = demo_patient()
    every = staged(case, findings)
    full = least_ms(lambda: decide(case, findings, every, circumstances=known))
    whole = least_ms(lambda: pathway(case, findings, every, circumstances=known))
    decision = least_ms(lambda: settled(case, findings, every, circumstances=known))
    linear = least_ms(lambda: said(case, findings, every, known), times=5)
    differing = heard(pathway(case, findings, every, circumstances=known)) ^ said(case, findings, every, known)
    figures = {
        "case_ms": round(full, 1),
        "pathway_ms": round(whole, 1),
        "decision_ms": round(decision, 1),
        "case_facts": counted(findings),
    }
    peers = {"pathway_linear_ms": round(linear, 1)}
    ratios = {"pathway_linear": round(linear / whole, 2)}
    print(
        json.dumps({"figures": figures, "peers": peers, "ratios": ratios, "accuracy": {"case_differs": len(differing)}})
    )


def demo_patient() -> Given:
    """The demo patient with everything that its images show."""
    from enbloc.cli.kernels import keep_kernels

    keep_kernels()  # compiled kernels are taken from where the command line keeps them

    from enbloc.measure.registration.together import brought_together
    from enbloc.phantom import PATIENTS
    from enbloc.workup import circumstances, findings_of

    made = PATIENTS["metastasis"]()
    images = brought_together(made.case, made.images)
    return made.case, findings_of(made.case, images), circumstances(made.case, images)


def staged(case: Case, findings: Findings) -> tuple[Score, ...]:
    """What the pathway is given: scores and classes, each fact found at once."""
    from enbloc.decide.known import Known
    from enbloc.stage.classes import classes
    from enbloc.stage.scoring import scores

    known = Known(findings)
    return (*scores(case, known), *classes(case, known))


def heard(path: Pathway) -> frozenset[tuple[str, Statement]]:
    """Everything that the pathway says, each statement with the act that it was said of."""
    groups = [("", lesion.said) for lesion in path.lesions]
    groups += [(one.act.value, one.said) for lesion in path.lesions for one in lesion.acts]
    return frozenset((act, one) for act, said in groups for one in (*said.speaks, *said.open_stops, *said.pending))


def cohort() -> None:
    """Made-up records, one after the other, ours and the peer's; both must say the same of each."""
    from decide_peer import said

    from enbloc.cli.running import look_for_garbage_rarely
    from enbloc.decide.families import RULES
    from enbloc.decide.pathway import pathway

    look_for_garbage_rarely()  # as in a command
    dice = random.Random(SEED)
    records = [made_up(dice) for _ in range(RECORDS)]

    def own(given: Given) -> Pathway:
        case, findings, known = given
        return pathway(case, findings, staged(case, findings), circumstances=known)

    def peer(given: Given) -> frozenset[tuple[str, Statement]]:
        case, findings, known = given
        return said(case, findings, staged(case, findings), known)

    ms = least_ms(lambda: [own(one) for one in records], times=3) / RECORDS
    linear = least_ms(lambda: [peer(one) for one in records], times=2) / RECORDS
    scoring = least_ms(lambda: [staged(*one[:2]) for one in records], times=3) / RECORDS
    differing = sum(heard(own(one)) != peer(one) for one in records[::10])
    figures = {"cases_per_minute": round(60_000 / ms), "scoring_share_of_a_case": round(scoring / ms, 2)}
    peers = {"linear_cases_per_minute": round(60_000 / linear)}
    ratios = {"cohort_linear": round(linear / ms, 2)}
    accuracy = {"cohort_differs": differing}
    print(
        json.dumps({"figures": figures | {"rules": len(RULES)}, "peers": peers, "ratios": ratios, "accuracy": accuracy})
    )


def made_up(dice: random.Random) -> Given:
    """A record of one lesion with facts at random, none measured; it need not make sense to a physician."""
    from enbloc.case import fact
    from enbloc.case.case import Case, entered, recorded
    from enbloc.decide.circumstances import Circumstances
    from enbloc.errors import RecordError

    asked = [one for one in fact.FACTS.values() if one.id in fact.ENTERABLE and one.about is not fact.Subject.LEVEL]
    open_ended = [one for one in asked if one.type is not str]
    while True:
        with suppress(RecordError):  # what a record refuses, such as a solitary lesion among many, is drawn again
            drawn = dice.sample(open_ended, dice.randint(0, MOST_FACTS))
            case = Case(
                id="made-up",
                as_of=TODAY,
                lesions=(lesion(dice),),
                findings=tuple(entry(one, dice) for one in drawn),
            )
            return case, recorded(case) | entered(case), Circumstances(as_of=TODAY)


def lesion(dice: random.Random) -> Lesion:
    """A lesion of any histology of the table."""
    from enbloc.case.anatomy import Level
    from enbloc.case.lesion import Lesion
    from enbloc.decide.histology import histologies

    tumour, level = dice.choice(histologies()), dice.choice([Level.C5, Level.T8, Level.L3, Level.S1])
    proven = dice.choice([True, False, None])
    return Lesion(id="A", levels=(level,), histology=tumour.name, kind=tumour.kind, proven=proven)


def entry(named: Fact[Any], dice: random.Random) -> Any:
    """A line of the record that states a fact, with a value at random."""
    from enbloc.case.fact import Subject
    from enbloc.case.finding import Entry

    about = "patient" if named.about is Subject.PATIENT else "A"
    value = some(named, dice)
    return Entry(fact=named.id, about=about, value=(value,) if named.many else value)


def some(named: Fact[Any], dice: random.Random) -> Any:
    """A value that a fact may hold."""
    if issubclass(named.type, Enum):
        return dice.choice(list(named.type)).value
    if named.type is bool:
        return dice.random() < 0.5
    if named.type in (date, datetime):
        day = datetime.combine(TODAY, datetime.min.time()) - timedelta(hours=dice.randint(1, 2000))
        return day.isoformat() if named.type is datetime else day.date().isoformat()
    low, high = (default if end is None else end for end, default in ((named.low, 0), (named.high, 100)))
    if named.step is not None:
        return named.type(dice.randrange(int(low), int(high) + 1, int(named.step)))
    return dice.randint(int(low), int(high)) if named.type is int else round(dice.uniform(low, high), 2)


def process(scratch: Path) -> None:
    """The command on a record without images, and two processes that do nothing of it."""
    from enbloc.exchange.folder import write_case

    folder = scratch / "case"
    folder.mkdir()
    write_case(folder, made_up(random.Random(SEED))[0])
    enbloc = str(Path(sys.executable).with_name("enbloc"))
    commands = {
        "process_s": (enbloc, "decide", str(folder), "--json"),
        "help_s": (enbloc, "decide", "--help"),
        "process_nothing_s": (sys.executable, "-c", "pass"),
        "process_numpy_s": (sys.executable, "-c", "import numpy"),
    }
    found = {}
    for name, command in commands.items():
        child(*command)  # the bytecode is written here
        found[name] = round(min(child(*command).cpu_s for _ in range(3)), 3)
    own = {name: found.pop(name) for name in ("process_s", "help_s")}
    print(json.dumps({"figures": own, "peers": found}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["case", _]:
            of_case()
        case ["cohort", _]:
            cohort()
        case ["process", scratch]:
            process(Path(scratch))
        case _:
            main()
