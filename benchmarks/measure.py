"""Every measure of a large CT, one tumour edit, and how right they are, each beside its peer in the same run.

512 × 512 × 400 voxels of 0.8 × 0.8 × 1 mm, 17 labelled vertebrae, one tumour, all in memory. Aims: all measures under
2 s of CPU and 1 GB above the images, a twentieth of a plain scipy/scikit-image version; one tumour edit under 0.3 s.
Beside them: heights by an oriented box, rigid registration by SimpleITK, and the sweep through the cut-offs of the
tests, of which no class may be wrong. Kernels are compiled beforehand; what the first call costs more is printed. Times
are the least of three: other work on the machine only ever adds.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from measuring import child, here, report

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.image import Images

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Make the phantom, measure it, run the peers, report."""
    with TemporaryDirectory(prefix="enbloc-bench-") as scratch:
        folder = Path(scratch) / "case"
        environment = {"NUMBA_CACHE_DIR": str(Path(scratch) / "kernels"), "PYTHONPATH": str(ROOT)}
        steps: dict[str, dict[str, Any]] = {}
        for name, script, *rest in (
            ("make", __file__, "make", str(folder)),
            ("first", __file__, "measure", str(folder)),
            ("own", __file__, "measure", str(folder)),
            ("accuracy", __file__, "accuracy"),
            ("cutoffs", __file__, "cutoffs"),
            ("peer", here("measure_peer.py"), str(folder)),
            ("registration", here("registration_peer.py")),
        ):
            steps[name] = json.loads(child(sys.executable, script, *rest, environment=environment).printed)
    own, peer, registration = steps["own"], steps["peer"], steps["registration"]
    report(
        {
            "figures": own | {"first_run_extra_cpu_s": round(steps["first"]["cpu_s"] - own["cpu_s"], 2)},
            "peers": {"reference_cpu_s": peer["cpu_s"]} | registration["peers"],
            "ratios": {"reference": round(peer["cpu_s"] / own["cpu_s"], 1)} | registration["ratios"],
            "accuracy": steps["accuracy"] | steps["cutoffs"] | registration["accuracy"],
        }
    )


def make(folder: Path) -> None:
    """Write the phantom as a case folder; its memory is not ours."""
    from enbloc.exchange.folder import write_case_folder
    from enbloc.phantom import build
    from enbloc.phantom.patients import large_scan

    phantom = build(large_scan())
    write_case_folder(folder, phantom.case, phantom.images)
    print("{}")


def measure_it(folder: Path) -> None:
    """The CPU of all measures and of one edit, and the memory above what the images take."""
    from enbloc.exchange.folder import read_case, read_images
    from enbloc.measure import column_of, measure

    case = read_case(folder)
    images = read_images(folder, case)
    Path("/proc/self/clear_refs").write_text("5")  # the highest mark so far is that of reading
    before = memory_mb("VmRSS")
    measure(case, fresh(images))  # the kernels are read from disk here, and count as memory
    peak_mb = memory_mb("VmHWM") - before
    cpu_s = min(measured_s(case, images) for _ in range(3))
    column = column_of(images)
    measure(case, images, column=column)
    edits = [edit_s(case, images, column, by) for by in (1, 2, 3)]
    print(json.dumps({"cpu_s": round(cpu_s, 2), "edit_cpu_s": round(min(edits), 3), "peak_mb": round(peak_mb)}))


def fresh(images: Images) -> Images:
    """The same images without anything that an earlier call has kept."""
    return replace(images, labels={role: replace(labels) for role, labels in images.labels.items()})


def measured_s(case: Case, images: Images) -> float:
    """The CPU of all measures of images that nothing is known of yet."""
    from enbloc.measure import measure

    given = fresh(images)
    started = time.process_time()
    measure(case, given)
    return time.process_time() - started


def edit_s(case: Case, images: Images, column: Any, by: int) -> float:
    """The CPU of measuring again after a stroke of the brush: a few voxels more of tumour."""
    from enbloc.measure import measure

    drawn = images.labels["tumour"]
    labels = drawn.labels.copy()
    a, b, c = np.argwhere(labels == 1).mean(axis=0).astype(int)
    labels[a : a + 2 + by, b : b + 12, c : c + 12] = 1
    edited = replace(images, labels={**images.labels, "tumour": replace(drawn, labels=labels)})
    started = time.process_time()
    measure(case, edited, column=column)
    return time.process_time() - started


def memory_mb(name: str) -> float:
    """What the process holds now (VmRSS) or has held at most since the mark was cleared (VmHWM), MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def accuracy() -> None:
    """Errors of heights and collapse on phantoms whose truth is known, ours and those of an oriented box."""
    from measure_peer import box_heights

    from enbloc.case import fact
    from enbloc.case.anatomy import Level
    from enbloc.measure import measure
    from enbloc.phantom import Collapse, Fracture, Recipe, build

    names = (fact.HEIGHT_ANTERIOR, fact.HEIGHT_MIDDLE, fact.HEIGHT_POSTERIOR)
    height, lost, boxed = [], [], []
    for at, (kind, percent) in enumerate((c, p) for c in Collapse for p in (0.0, 25.0, 45.0, 65.0)):
        recipe = Recipe(
            levels=(Level.L1, Level.L2, Level.L3),
            fractures={Level.L2: Fracture(kind=kind, percent=percent)},
            tilt_deg=(0.0, 8.0 * (at % 3), 12.0 * (at % 4)),
        )
        made = build(recipe)
        found = measure(made.case, made.images)
        true = {one.level: np.array([one.anterior_mm, one.middle_mm, one.posterior_mm]) for one in made.truth.levels}
        for level, heights in true.items():
            height += [
                abs((found.value(named, level) or np.nan) - mm) for named, mm in zip(names, heights, strict=True)
            ]
            boxed += [abs(box - mm) for box, mm in zip(box_heights(made.images, level), heights, strict=True)]
        before = 0.5 * (true[Level.L1] + true[Level.L3])
        loss = float((100.0 * (1.0 - true[Level.L2] / before)).max())
        lost.append(abs((found.value(fact.COLLAPSE, Level.L2) or np.nan) - loss))
    print(
        json.dumps(
            {
                "height_mm": round(float(np.nanmean(height)), 3),
                "height_worst_mm": round(float(np.nanmax(height)), 3),
                "box_height_mm": round(float(np.nanmean(boxed)), 3),
                "collapse_pp": round(float(np.nanmean(lost)), 2),
                "collapse_worst_pp": round(float(np.nanmax(lost)), 2),
            }
        )
    )


def cutoffs() -> None:
    """How many of the cases that are swept through the cut-offs came out in a wrong class."""
    from tests.measure.cutoffs import CASES, judged

    wrong = sum(bool(judged(case)) for case in CASES)
    print(json.dumps({"class_errors": wrong, "class_cases": len(CASES)}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", folder]:
            make(Path(folder))
        case ["measure", folder]:
            measure_it(Path(folder))
        case ["accuracy"]:
            accuracy()
        case ["cutoffs"]:
            cutoffs()
        case _:
            main()
