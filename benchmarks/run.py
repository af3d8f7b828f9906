"""Run every benchmark and write ``RESULTS.md``: figures, peers and ratios, with date and machine."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHARED = {"run.py", "measuring.py"}


def main() -> None:
    """Run the benchmarks one after the other: they would disturb each other."""
    scripts = sorted(p for p in HERE.glob("*.py") if p.name not in SHARED and not p.name.endswith("_peer.py"))
    results = {script.stem: _run(script) for script in scripts}
    (HERE / "RESULTS.md").write_text(_page(results), encoding="utf-8")
    print(_page(results))


def _run(script: Path) -> dict[str, Any]:
    done = subprocess.run([sys.executable, str(script), "--json"], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _page(results: dict[str, dict[str, Any]]) -> str:
    lines = [
        "# Measured figures",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}. CPU seconds and ratios are the fair figures: the",
        "machine is shared. A ratio is the peer's figure over ours, both from the same run.",
    ]
    for name, found in results.items():
        at = found["machine"]
        versions = ", ".join(f"{package} {number}" for package, number in at["versions"].items())
        lines += ["", f"## {name}", "", "| kind | name | value |", "| --- | --- | ---: |"]
        lines += [
            f"| {group} | {key} | {number:g} |"
            for group in ("figures", "peers", "ratios", "accuracy")
            for key, number in sorted(found[group].items())
        ]
        load = ", ".join(str(number) for number in at["load"])
        lines += ["", f"{at['cores']} cores ({at['processor']}), load {load}, Python {at['python']}, {versions}."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
