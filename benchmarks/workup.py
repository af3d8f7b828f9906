"""The whole work-up of a large CT, images on disk to ``workup.json``, beside a plain scipy/scikit-image version.

512 × 512 × 400 voxels of 0.8 × 0.8 × 1 mm, 17 labelled vertebrae, one tumour. Aim: under 10 s of CPU, under 2 GB, a
tenth of the peer. The phantom is made in another process. Figures are of the second run; what the first one took more
(kernels compiled) is printed beside them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measuring import child, here, report


def main() -> None:
    """Make the phantom, work it up twice, run the peer, report."""
    with TemporaryDirectory(prefix="enbloc-bench-") as scratch:
        folder, cache = Path(scratch) / "case", Path(scratch) / "kernels"
        truth = json.loads(child(sys.executable, __file__, "make", str(folder)).printed)
        environment = {"NUMBA_CACHE_DIR": str(cache)}
        out = Path(scratch) / "workup.json"
        own = (sys.executable, __file__, "work-up", str(folder), str(out))
        first, second = (child(*own, environment=environment) for _ in range(2))
        found = Path(scratch) / "peer.json"
        peer = child(sys.executable, here("workup_peer.py"), str(folder), str(found))
        report(
            {
                "figures": {
                    "cpu_s": round(second.cpu_s, 2),
                    "peak_mb": round(second.peak_mb),
                    "first_run_extra_cpu_s": round(first.cpu_s - second.cpu_s, 2),
                },
                "peers": {"cpu_s": round(peer.cpu_s, 2), "peak_mb": round(peer.peak_mb)},
                "ratios": {
                    "reference": round(peer.cpu_s / second.cpu_s, 2),
                    "peak": round(peer.peak_mb / second.peak_mb, 2),
                },
                "accuracy": _accuracy(truth, json.loads(out.read_text()), json.loads(found.read_text())),
            }
        )


def _accuracy(truth: dict[str, float], ours: dict[str, object], peers: dict[str, dict[str, float]]) -> dict[str, float]:
    found = ours["findings"]["found"]  # type: ignore[index]  # a plain JSON document
    volume = next(finding["value"] for finding in found if finding["fact"] == "lesion.volume")
    exact = truth["volume_cc"]
    return {
        "volume_error_percent": round(100 * abs(volume / exact - 1), 3),
        "peer_volume_error_percent": round(100 * abs(peers["lesion"]["volume_cc"] / exact - 1), 3),
    }


def make(folder: Path) -> None:
    """Write the phantom as a case folder; its memory is not ours."""
    from enbloc.exchange.folder import write_case_folder
    from enbloc.phantom import build
    from enbloc.phantom.patients import large_scan

    phantom = build(large_scan())
    write_case_folder(folder, phantom.case, phantom.images)
    print(json.dumps({"volume_cc": phantom.truth.lesions[0].volume_cc}))


def work_up(folder: Path, out: Path) -> None:
    """Images on disk to ``workup.json``."""
    from enbloc.exchange.document import to_json
    from enbloc.exchange.folder import read_case, read_images
    from enbloc.workup import work_up

    case = read_case(folder)
    out.write_text(to_json(work_up(case, read_images(folder, case))), encoding="utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", folder]:
            make(Path(folder))
        case ["work-up", folder, out]:
            work_up(Path(folder), Path(out))
        case _:
            main()
