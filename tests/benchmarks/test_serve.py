"""The benchmark of the server works: with few cases and for moments, and whatever peer and browser there are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from enbloc.web.services import PAGES

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "serve.py"


def test_the_server_is_measured_with_few_cases() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--small", "--json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    figures = found["figures"]
    assert {"worklist_p95_ms", "case_p95_ms", "mixed_errors"} <= figures.keys()
    assert (figures["mixed_errors"], figures["errors_alone"]) == (0, 0), done.stderr
    assert figures["mixed_answers"] > 0
    if shutil.which("chromium") and (PAGES / "index.html").is_file():
        assert 0 < figures["app_mb"] < 0.4
    if shutil.which("Orthanc", path="/usr/sbin:/usr/bin"):
        assert found["peers"]["orthanc_studies"] == 60
        assert found["peers"]["orthanc_errors"] == 0
