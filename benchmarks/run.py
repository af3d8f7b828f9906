"""Run every benchmark and write ``RESULTS.md``: figures, peers and ratios, with date and machine."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARED = {
    "run.py",
    "measuring.py",
    "resect_plans.py",
    "serve_browser.py",
    "serve_clients.py",
    "serve_record.py",
    "workbench_browser.py",
}


def main(*wanted: str) -> None:
    """Run the benchmarks, one after the other: they would disturb each other. What is not wanted keeps its figures."""
    scripts = sorted(p for p in HERE.glob("*.py") if p.name not in SHARED and not p.name.endswith("_peer.py"))
    kept = _sections() if wanted else {}
    page = HERE / "RESULTS.md"
    sections = {
        script.stem: _section(script.stem, _run(script)) if not wanted or script.stem in wanted else kept[script.stem]
        for script in scripts
        if not wanted or script.stem in {*wanted, *kept}
    }
    page.write_text(_HEAD + "".join(sections.values()), encoding="utf-8")
    print(page.read_text(encoding="utf-8"))


def _sections() -> dict[str, str]:
    """What stands in the page, by benchmark."""
    _, *each = (HERE / "RESULTS.md").read_text(encoding="utf-8").split("\n## ")
    return {one.split("\n", 1)[0]: f"\n## {one.rstrip()}\n" for one in each}


def _run(script: Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, str(script), "--json"], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


_HEAD = """# Measured figures

Written by `make bench`, each part on the day that stands below it. CPU seconds and ratios are the fair figures: the
machine is shared. A ratio is the peer's figure over ours, both from the same run.
"""


def _section(name: str, found: dict[str, Any]) -> str:
    at = found["machine"]
    versions = ", ".join(f"{package} {number}" for package, number in at["versions"].items())
    lines = ["", f"## {name}", "", "| kind | name | value |", "| --- | --- | ---: |"]
    lines += [
        f"| {group} | {key} | {number:g} |"
        for group in ("figures", "peers", "ratios", "accuracy")
        for key, number in sorted(found[group].items())
    ]
    load = ", ".join(str(number) for number in at["load"])
    machine = f"{at['cores']} cores ({at['processor']}), load {load}, Python {at['python']}, {versions}"
    lines += ["", f"{datetime.now(UTC):%Y-%m-%d}: {machine}."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
