"""Scores of a whole table, an examination full of gaps, and one score as a process, each beside its peer.

One million complete rows of SINS, the revised Tokuhashi score and NESMS, numpy columns in and numpy columns out: aim
under 2 s of CPU each. Peers: the scalar path on 500 of the rows, *extrapolated* to a million, and the same score
written out in plain numpy for this purpose alone. ISNCSCI with eight motor scores that were not testable, the worst of
twenty placements: aim under 0.5 s; peer: classifying the completions one by one, four strengths that count
differently for each score (65,536), 200 of them gone through and *extrapolated*. ``enbloc stage sins FORM`` as a
process with its bytecode written: aim under 0.4 s of CPU; beside it an empty process and one that loads numpy. Times
are the least of three, CPU seconds; other work on the machine only ever adds.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from measuring import child, report
from numpy.typing import NDArray
from stage_peer import PLAIN, Columns

if TYPE_CHECKING:
    from enbloc.stage.form import Question
    from enbloc.stage.instrument import Instrument
    from enbloc.stage.neurology.examination import Examination

ROOT = Path(__file__).resolve().parents[1]
ROWS, SAMPLE = 1_000_000, 500
SCORES = {"sins": "sins", "tokuhashi_2005": "tokuhashi", "nesms": "nesms"}
PLACEMENTS, UNTESTED, COMPLETED = 20, 8, 200
SEED = 20261120
FORM = """\
location: junctional
pain: mechanical
bone: lytic
alignment: normal
collapse: under half
posterolateral: none
"""


def main() -> None:
    """Run each part in a process of its own and report."""
    with TemporaryDirectory(prefix="enbloc-bench-") as scratch:
        # Where the environment keeps Python from writing bytecode, every start would compile all sources again.
        environment = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(scratch) / "bytecode")}
        environment["PYTHONPATH"] = str(ROOT)
        found: dict[str, dict[str, float]] = {"figures": {}, "peers": {}, "ratios": {}, "accuracy": {}}
        for part in ("columns", "isncsci", "process"):
            done = child(sys.executable, __file__, part, scratch, environment=environment)
            for group, figures in json.loads(done.printed).items():
                found[group] |= figures
    report(found)


def least(work: Callable[[], Any]) -> tuple[float, Any]:
    """The least CPU of three, and what came out."""
    costs = []
    for _ in range(3):
        started = time.process_time()
        done = work()
        costs.append(time.process_time() - started)
    return min(costs), done


def columns() -> None:
    """The three scores of a million rows."""
    found: dict[str, dict[str, float]] = {"figures": {}, "peers": {}, "ratios": {}}
    first, wrong = 0.0, 0
    for id, name in SCORES.items():
        cost, differing = of_score(id)
        own, plain, one_by_one = cost["own"], cost["numpy"], cost["one_by_one"]
        found["figures"][f"{name}_million_cpu_s"] = round(own, 3)
        found["peers"] |= {f"{name}_numpy_cpu_s": round(plain, 3), f"{name}_one_by_one_cpu_s": round(one_by_one, 1)}
        found["ratios"] |= {f"{name}_numpy": round(plain / own, 2), f"{name}_one_by_one": round(one_by_one / own)}
        first, wrong = max(first, cost["first"] - own), wrong + differing
    worst = max(found["figures"].values())
    found["figures"] |= {"million_cpu_s": worst, "first_call_extra_cpu_s": round(first, 3)}
    print(json.dumps(found | {"accuracy": {"rows_that_differ": wrong}}))


def of_score(id: str) -> tuple[dict[str, float], int]:
    """CPU seconds of a million rows, ours and of both peers; and how many rows come out otherwise with a peer."""
    from enbloc.stage.columns import scored
    from enbloc.stage.registry import INSTRUMENTS

    one = INSTRUMENTS[id]
    table = made(one)
    started = time.process_time()
    scored(one, table)  # the outcomes of all forms are computed here, once for a process
    first = time.process_time() - started
    own, result = least(partial(scored, one, table))
    plain, totals = least(partial(PLAIN[id], table))
    sampled, scores = least(partial(form_by_form, one, table))
    differing = int((result.total != totals).sum())
    for score, total, category in zip(scores, result.total, result.category, strict=False):
        differing += score.totals != (total,) or score.categories != (result.words[category],)
    return {"first": first, "own": own, "numpy": plain, "one_by_one": sampled * ROWS / SAMPLE}, differing


def made(one: Instrument) -> Columns:
    """A table of random complete rows: words as strings, whole numbers as int64, others as float64 to two decimals."""
    dice = np.random.default_rng(SEED)
    return {question.name: column(question, dice) for question in one.questions}


def column(question: Question, dice: np.random.Generator) -> NDArray[Any]:
    from enbloc.stage.form import Number

    held = question.ask
    if isinstance(held, Number):
        step = held.step or 0.01
        steps = dice.integers(round(held.low / step), round(held.high / step), ROWS, endpoint=True)
        return (steps * step).astype(np.int64) if question.kind is int else np.round(steps * step, 2)
    allowed = [word for word in question.answers if not isinstance(word, bool)]
    words = np.array([word.value for word in allowed if question.name != "tumour" or word.value == "metastasis"])
    return words[dice.integers(0, len(words), ROWS)] if allowed else dice.random(ROWS) < 0.5


def form_by_form(one: Instrument, table: Columns) -> list[Any]:
    """The scalar path: each row read as a form and judged."""
    from enbloc.stage.instrument import judged

    rows = zip(*(each[:SAMPLE].tolist() for each in table.values()), strict=True)
    return [judged(one, one.read(dict(zip(table, row, strict=True)))) for row in rows]


def isncsci() -> None:
    """The worst of twenty examinations with eight motor scores that were not testable."""
    from enbloc.stage.neurology.isncsci import classified

    dice = random.Random(SEED)
    own, given, result = 0.0, None, None
    for _ in range(PLACEMENTS):
        one = examination(dice)
        took, found = least(partial(classified, one))
        if took > own:
            own, given, result = took, one, found
    assert given is not None
    some = [completed(given, dice) for _ in range(COMPLETED)]
    sampled, each = least(lambda: [classified(one) for one in some])
    one_by_one = sampled * 4**UNTESTED / COMPLETED
    print(
        json.dumps(
            {
                "figures": {"isncsci_nt8_s": round(own, 4)},
                "peers": {"isncsci_one_by_one_cpu_s": round(one_by_one, 1)},
                "ratios": {"isncsci_one_by_one": round(one_by_one / own)},
                "accuracy": {"isncsci_completions_outside": sum(not within(one, result) for one in each)},
            }
        )
    )


def examination(dice: random.Random) -> Examination:
    """A random examination, mostly normal above a segment of each side, with eight motor scores set to NT."""
    from tests.stage.neurology.made import some

    from enbloc.stage.neurology.examination import Score

    made = some(dice)
    sides = [list(made.right.motor), list(made.left.motor)]
    for at in dice.sample(range(20), UNTESTED):
        sides[at // 10][at % 10] = Score(grade=None)
    return with_motor(made, sides)


def completed(given: Examination, dice: random.Random) -> Examination:
    """One of its completions: each strength that was not tested is one that counts differently."""
    from enbloc.stage.neurology.examination import Score
    from enbloc.stage.neurology.not_testable import STRENGTH

    sides = [
        [score if score.grade is not None else Score(grade=dice.choice(STRENGTH)) for score in side.motor]
        for side in given.sides
    ]
    return with_motor(given, sides)


def with_motor(given: Examination, sides: list[list[Any]]) -> Examination:
    right, left = (replace(one, motor=tuple(motor)) for one, motor in zip(given.sides, sides, strict=True))
    return replace(given, right=right, left=left)


def within(one: Any, result: Any) -> bool:
    """Whether the result of a completion is among those that were given for all of them."""
    pairs = [(one.neurological_level, result.neurological_level), (one.impairment, result.impairment)]
    for side, whole in ((one.right, result.right), (one.left, result.left)):
        pairs += [(side.motor_level, whole.motor_level), (side.motor_zone, whole.motor_zone)]
    return all(set(found) <= set(reached) for found, reached in pairs)


def process(scratch: Path) -> None:
    """One score from a form on disk, as a process, and two processes that do nothing of it."""
    form = scratch / "form.yaml"
    form.write_text(FORM, encoding="utf-8")
    commands = {
        "process_s": (str(Path(sys.executable).with_name("enbloc")), "stage", "sins", str(form)),
        "process_nothing_s": (sys.executable, "-c", "pass"),
        "process_numpy_s": (sys.executable, "-c", "import numpy"),
    }
    found = {}
    for name, command in commands.items():
        child(*command)  # the bytecode is written here
        found[name] = round(min(child(*command).cpu_s for _ in range(3)), 3)
    print(json.dumps({"figures": {"process_s": found.pop("process_s")}, "peers": found}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["columns", _]:
            columns()
        case ["isncsci", _]:
            isncsci()
        case ["process", scratch]:
            process(Path(scratch))
        case _:
            main()
