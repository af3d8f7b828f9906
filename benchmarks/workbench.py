"""A bench with a large CT as its page meets it: opened, painted and measured again, planned, a cut held and moved.

512 × 512 × 400 voxels of 0.8 × 0.8 × 1 mm, 17 labelled vertebrae, one tumour, through HTTP on a real server. Aims:
opened with a first picture in 5 s, a stroke measured again in 0.6 s, a move answered in 250 ms. Kernels are compiled
beforehand. The peer is NiiVue alone with the same images in the same browser. Beside the time that somebody waits
stands the computing that the bench took, which other work on the machine does not change. Times are the least of
several: other work only ever adds.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import workbench_browser
import workbench_peer
from measuring import child, report

Answer = TypeVar("Answer")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Make the case in a process of its own, serve it, and work at it twice: the first time compiles."""
    with TemporaryDirectory(prefix="enbloc-bench-") as scratch:
        folder = Path(scratch) / "case"
        os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(scratch) / "kernels"))
        child(sys.executable, __file__, "make", str(folder))
        worked(folder, Path(scratch) / "first")
        figures = worked(folder, Path(scratch) / "second", is_seen=True)
        report({"figures": figures, **beside(figures, folder)})


def beside(figures: Mapping[str, float], folder: Path) -> dict[str, dict[str, float]]:
    """The same images in NiiVue alone, in the same run; nothing where the page was not seen in a browser.

    NiiVue holds all of them from the beginning, so memory is compared when our page holds all of them too.
    """
    if "open_ct_s" not in figures or not workbench_peer.is_there():
        return {}
    peers = workbench_peer.figures(folder / "images/ct.nii.gz", folder / "labels/anatomy.nii.gz")
    ratios = {
        "open_ct": peers["niivue_open_s"] / figures["open_ct_s"],
        "open_whole": peers["niivue_open_s"] / (figures["open_ct_s"] + figures["whole_shown_s"]),
        "browser_whole_mb": peers["niivue_browser_mb"] / figures["browser_whole_mb"],
        "slices_per_s": figures["slices_per_s_whole"] / peers["niivue_slices_per_s"],
    }
    return {"peers": peers, "ratios": {name: round(ratio, 1) for name, ratio in ratios.items()}}


def make(folder: Path) -> None:
    """Write the large phantom as a case folder, its tumour within the body of T8: cuts that free it can be moved."""
    from dataclasses import replace

    from enbloc.case.anatomy import Level
    from enbloc.exchange.folder import write_case_folder
    from enbloc.phantom import Tumour, build, in_body, large_scan

    body = in_body(Level.T8, radii_mm=(8.0, 7.0, 6.0), centre_mm=(0.0, -4.0, 0.0))
    made = build(replace(large_scan(), tumours=(Tumour(solids=(body,)),)))
    write_case_folder(folder, made.case, made.images)


def worked(folder: Path, home: Path, *, is_seen: bool = False) -> dict[str, float]:
    """The figures of one bench on one server; if it ``is_seen``, those of its page in a browser too."""
    from tests.web.benched import Desk, kept, opened, with_benches
    from tests.web.served import Served

    from enbloc.exchange.folder import read_case

    case = read_case(folder)
    server = Served(None, home, prepare=lambda given: with_benches(given))
    try:
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/*")}
        kept(server, case, files)
        browser = server.signed_in()
        browser.timeout = 600
        found: dict[str, float] = {}

        def first_picture() -> Desk:
            made = opened(server, "case-1", browser)
            for path in ("/images/ct", "/labels"):
                for part in ("overview", "detail"):
                    made.get(path, part=part).raise_for_status()
            return made

        desk = timed(found, "open_s", first_picture)
        process = next(iter(server.services.benches._open.values())).process._process.pid
        timed(found, "whole_s", lambda: desk.get("/images/ct", part="whole").raise_for_status())
        timed(found, "measures_s", lambda: desk.get("/measures").raise_for_status())
        found |= painted(desk, process) | planned(desk, process)
        found["bench_peak_mb"] = round(memory_mb(process), 0)
        return found | (in_browser(server.url, dict(browser.cookies)) if is_seen else {})
    finally:
        server.close()


def painted(desk: Any, process: int) -> dict[str, float]:
    """A stroke of tumour painted, and one of bone erased, each taken back again, with all measures."""
    import numpy as np

    labels = desk.labels().reshape(-1)
    made: dict[str, float] = {}
    bone = desk.value("vertebra T8")
    at = np.flatnonzero(labels == bone)[1000:1400]
    for name, becomes in (("tumour", desk.value("tumour A in vertebra T8")), ("bone", 0)):
        there, back = (
            np.stack([at, np.ones_like(at), np.full_like(at, each)], axis=1).astype(np.uint32)
            for each in (becomes, bone)
        )
        seen = [costed(process, partial(desk.paint, runs)) for runs in (there, back) * 3]
        made |= {f"paint_{name}_s": min(took for took, _ in seen), f"paint_{name}_cpu_s": min(cpu for _, cpu in seen)}
    return made


def in_browser(url: str, cookies: Mapping[str, str]) -> dict[str, float]:
    """What somebody meets at the page; nothing where there is no Chromium or no page."""
    from enbloc.web.services import PAGES

    if workbench_browser.program() is None or not (PAGES / "index.html").is_file():
        print("No Chromium or no pages: nothing is told of the workbench in a browser.", file=sys.stderr)
        return {}
    return workbench_browser.figures(url, cookies, "case-1")


def planned(desk: Any, process: int) -> dict[str, float]:
    """The operations, and a cut of the first one that has any."""
    began = time.perf_counter()
    while (told := desk.get("/operations", wait_s=30).json())["is_computing"]:
        pass
    made = {"operations_s": round(time.perf_counter() - began, 2)}
    one = next((each for each in told["items"] if each["can_be_dragged"]), None)
    if one is None:
        return made
    cut = one["cuts"][0]
    at = f"/operations/{one['id']}"
    made["hold_s"], made["hold_cpu_s"] = costed(process, lambda: desk.post(f"{at}/hold", {"cut": cut["name"]}))
    seen = []
    for nth in range(12):
        point = [place + 0.2 * nth * along for place, along in zip(cut["point_mm"], cut["normal"], strict=True)]
        wish: Mapping[str, Any] = {"cut": cut["name"], "point_mm": point, "normal": cut["normal"], "seq": nth}
        seen.append(costed(process, partial(desk.post, f"{at}/move", wish)))
    waits = sorted(took for took, _ in seen)
    made |= {"move_ms": round(1000 * waits[0], 0), "move_median_ms": round(1000 * waits[len(waits) // 2], 0)}
    made["move_cpu_ms"] = round(1000 * min(cpu for _, cpu in seen), 0)
    last = {**wish, "is_last": True}
    made["let_go_s"], made["let_go_cpu_s"] = costed(process, lambda: desk.post(f"{at}/move", last).raise_for_status())
    return made


def timed(found: dict[str, float], name: str, do: Callable[[], Answer]) -> Answer:
    """What is done, and how long somebody waits for it."""
    began = time.perf_counter()
    answer = do()
    found[name] = round(time.perf_counter() - began, 2)
    return answer


def costed(process: int, do: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of waiting, and of computing by the bench."""
    before, began = cpu_s(process), time.perf_counter()
    do()
    return round(time.perf_counter() - began, 3), round(cpu_s(process) - before, 3)


def cpu_s(process: int) -> float:
    """The computing of a process so far, its ended children left out."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(process: int) -> float:
    """The most memory that it held."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    make(Path(sys.argv[2])) if sys.argv[1:2] == ["make"] else main()
