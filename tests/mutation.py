"""Mutation testing: every small change to the instruments that decisions lean on most has to fail a test.

``make mutate`` or ``python -m tests.mutation [SUBJECT ...]``. The code is changed in copies, never here. What survives
and is not explained in ``docs/safety/mutation.md`` makes it fail.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import chdir
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from enbloc.value import value

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "safety" / "mutation.md"
COPIED = ("src", "tests", "pyproject.toml")
SECONDS = 60
"""After so long a mutant counts as killed: the tests of a subject take a few seconds."""


@value
class Subject:
    """Files under ``src/enbloc/stage`` that are changed, and the tests under ``tests/stage`` that have to notice."""

    code: tuple[str, ...]
    tests: str


SUBJECTS = {
    "tokuhashi": Subject(
        code=("survival/tokuhashi.py",),
        tests="survival/test_tokuhashi.py survival/test_figures.py test_instruments.py -k tokuhashi",
    ),
    "nesms": Subject(
        code=("survival/nesms.py",),
        tests="survival/test_nesms.py survival/test_state.py survival/test_figures.py test_instruments.py -k nesms",
    ),
    "isncsci": Subject(
        code=tuple(
            f"neurology/{name}.py"
            for name in (
                "examination",
                "not_testable",
                "levels",
                "preserved",
                "impairment",
                "isncsci",
                "frankel",
                "items",
                "instrument",
            )
        ),
        tests="neurology",
    ),
    "sins": Subject(
        code=("sins.py", "sins_items.py"), tests="test_sins_items.py test_sins.py test_instruments.py -k sins"
    ),
    "escc": Subject(
        code=("escc.py", "escc_items.py"), tests="test_escc_items.py test_escc.py test_instruments.py -k escc"
    ),
}

LEFT_OUT = (
    r"Is_(?!IsNot$)|IsNot_(?!Is$)|_(Eq|NotEq|LtE?|GtE?)_Is(Not)?$"  # no order between words; same for enums
    r"|_(RShift|LShift|Pow|Mod|FloorDiv|BitXor)$"  # what is not a number fails for any of them, and so do Add and Sub
    r"|_(UAdd|USub|Invert)$"
)
"""Changes of cosmic-ray that are left out: they repeat another one, or no value could survive them."""


def mutants(code: Iterable[str]) -> list[Any]:
    """Every mutant of the files, in their order, but those that are left out."""
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import WorkDB, use_db

    paths = [Path("src/enbloc/stage") / name for name in code]
    with tempfile.TemporaryDirectory() as folder, use_db(f"{folder}/session", WorkDB.Mode.create) as session:
        init(paths, session, {})
        every = [one.mutations[0] for one in session.work_items]
    annotated = {str(path): _annotations(path) for path in paths}
    kept = [one for one in every if not re.search(LEFT_OUT, one.operator_name) and not _is_type(one, annotated)]
    return sorted(kept, key=lambda one: (str(one.module_path), one.start_pos, one.operator_name, one.occurrence))


def _annotations(path: Path) -> list[tuple[int, int, int]]:
    """Where types are written: they are not run, so that a union in one can be anything."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    arguments = [one.annotation for one in ast.walk(tree) if isinstance(one, ast.arg | ast.AnnAssign)]
    returned = [one.returns for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    return [(one.lineno, one.col_offset, one.end_col_offset or 0) for one in (*arguments, *returned) if one is not None]


def _is_type(mutant: Any, annotated: dict[str, list[tuple[int, int, int]]]) -> bool:
    line, column = mutant.start_pos
    spans = annotated[str(mutant.module_path)]
    return "BitOr" in mutant.operator_name and any(line == at and first <= column < last for at, first, last in spans)


def judged(given: tuple[Any, str]) -> tuple[str, str, str]:
    """The file of a mutant, what became of it (killed, timeout, survived), and its changed lines."""
    from cosmic_ray.mutating import mutate_and_test

    mutant, tests = given
    result = mutate_and_test([mutant], tests, SECONDS)
    word = "timeout" if result.output == "timeout" else result.test_outcome.value
    changed = [line for line in (result.diff or "").splitlines() if re.match(r"[+-](?![+-]{2} )", line)]
    return str(mutant.module_path), word, "\n".join(f"{line[0]} {line[1:].strip()}".strip() for line in changed)


def _in_a_copy(folder: str) -> None:
    copy = Path(tempfile.mkdtemp(dir=folder))
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, copy / name)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy / "src")
    os.environ.setdefault("ENBLOC_TEST_DATA", str(ROOT.parent / "shared" / "data"))


def run(name: str, processes: int) -> list[tuple[str, str, str]]:
    """What becomes of every mutant of a subject; the unchanged code has to pass first."""
    subject = SUBJECTS[name]
    # One seed, so that it is no matter of luck what a random example finds.
    paths, _, named = subject.tests.partition(" -k ")
    words = [*(f"tests/stage/{path}" for path in paths.split()), *(("-k", named) if named else ())]
    tests = shlex.join([sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", "--hypothesis-seed=0", *words])
    with chdir(ROOT):
        every = mutants(subject.code)
    with (
        tempfile.TemporaryDirectory() as folder,
        get_context("spawn").Pool(processes, _in_a_copy, (folder,)) as pool,
    ):
        if pool.apply(os.system, (f"{tests} >/dev/null",)):
            raise SystemExit(f"{name}: the tests fail on the unchanged code.")
        found = []
        for result in pool.imap(judged, [(one, tests) for one in every]):
            found.append(result)
            sys.stderr.write(f"\r{name}: {len(found)} of {len(every)}")
        sys.stderr.write("\n")
        return found


def explained() -> set[str]:
    """The changes that the page explains: in its fences, one after the other with an empty line between."""
    fences = re.findall(r"```diff\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return {change.strip() for fence in fences for change in fence.split("\n\n")}


def main(names: list[str]) -> int:
    """Run the subjects, print counts and what survives without an explanation; 1 if there is any."""
    known, unknown = explained(), 0
    for name in names or SUBJECTS:
        results = run(name, os.cpu_count() or 1)
        counts = Counter(word for _, word, _ in results)
        survived = [(path, change) for path, word, change in results if word == "survived"]
        new = [(path, change) for path, change in survived if change not in known]
        unknown += len(new)
        said = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()))
        sys.stdout.write(f"{name}: {len(results)} mutants, {said}; {len(new)} not explained\n")
        for path, change in new:
            sys.stdout.write(f"{path}\n{change}\n\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
