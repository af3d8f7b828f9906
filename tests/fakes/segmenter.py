"""A fake of TotalSegmentator, SPINEPS and TotalSpineSeg: their command lines and files, and no model.

It is installed under the name of the tool that it plays, and needs the standard library only; ``mode.txt`` beside it
says how it behaves.
"""

from __future__ import annotations

import argparse
import gzip
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

ME = Path(sys.argv[0]).resolve()


def total_segmentator(words: list[str]) -> dict[Path, dict[int, int]]:
    parser = argparse.ArgumentParser()
    parser.add_argument("-i", type=Path, required=True)
    parser.add_argument("-o", type=Path, required=True)
    parser.add_argument("-ml", "--ml", action="store_true")
    parser.add_argument("-ta", "--task", choices=["total"])
    given = parser.parse_args(words)
    assert given.ml, "without --ml it writes a folder"
    return {given.i: {}, given.o: {1: 29, 2: 30}}


def spineps(words: list[str]) -> dict[Path, dict[int, int]]:
    parser = argparse.ArgumentParser()
    sample = parser.add_subparsers(dest="cmd", required=True).add_parser("sample")
    sample.add_argument("--input", "-i", type=Path, required=True)
    sample.add_argument("--model-semantic", "-ms", required=True, choices=["t2w", "t1w", "ct"])
    sample.add_argument("--model-instance", "-mv", default="instance")
    sample.add_argument("--model-labeling", "-ml", default="t2w_labeling")
    given = parser.parse_args(words)
    stem, _, kind = given.input.name.removesuffix(".nii.gz").rpartition("_")
    made = given.input.parent / "derivatives_seg"
    made.mkdir()
    return {
        given.input: {},
        made / f"{stem}_mod-{kind}_seg-vert_msk.nii.gz": {1: 20, 2: 121},
        made / f"{stem}_mod-{kind}_seg-spine_msk.nii.gz": {1: 49, 2: 60},
    }


def totalspineseg(words: list[str]) -> dict[Path, dict[int, int]]:
    parser = argparse.ArgumentParser()
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    given = parser.parse_args(words)
    made = given.output / "step2_output"
    made.mkdir(parents=True)
    return {given.input: {}, made / given.input.name: {1: 43, 2: 1}}


def main() -> int:
    mode = ME.with_name("mode.txt").read_text().strip()
    if mode == "fail":
        sys.stderr.write("a long tale\nRuntimeError: no kernel image in /opt/torch/lib/x.so for this card.\n")
        return 1
    if mode == "hang":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        ME.with_name("child.txt").write_text(str(child.pid))
        time.sleep(60)
    if mode == "greedy":
        bytearray(1 << 30)
    if mode == "secret" and "ENBLOC_SECRET" in os.environ:
        sys.stderr.write("it was told a secret\n")
        return 1
    tool = {"TotalSegmentator": total_segmentator, "spineps": spineps, "totalspineseg": totalspineseg}[ME.name]
    (scan, _), *outputs = tool(sys.argv[1:]).items()
    for file, numbers in outputs if mode != "nothing" else ():
        if mode == "garbage":
            file.write_bytes(b"not an image at all")
        else:
            write(scan, file, numbers, mode)
    return 0


def write(scan: Path, file: Path, numbers: dict[int, int], mode: str) -> None:
    """A label map with the header of the scan: its first voxels hold the numbers."""
    head = bytearray(gzip.decompress(scan.read_bytes())[:352])
    sizes = list(struct.unpack_from("<3h", head, 42))
    if mode == "grid":
        sizes[2] -= 1
        struct.pack_into("<3h", head, 42, *sizes)
    struct.pack_into("<2h", head, 70, 2, 8)  # bytes
    voxels = bytearray(sizes[0] * sizes[1] * sizes[2])
    for at, number in numbers.items():
        voxels[at] = {"empty": 0, "strange": 255}.get(mode, number)
    file.write_bytes(gzip.compress(bytes(head) + bytes(voxels)))


if __name__ == "__main__":
    sys.exit(main())
