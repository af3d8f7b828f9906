"""The built wheel holds everything that it needs, types included, and runs the demo by itself."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.sampling import IS_SWEEP

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_types_data_and_fonts(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    sources = {str(p.relative_to(ROOT / "src")) for p in (ROOT / "src").rglob("*") if p.is_file()}
    wanted = {name for name in sources if "__pycache__" not in name and not name.endswith((".nbi", ".nbc"))}
    assert wanted <= names
    assert "enbloc/py.typed" in names


def test_the_wheel_runs_the_demo_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Only the package is new here: what it needs stands installed; a sweep installs that too."""
    python = Path(sys.executable)
    home = tmp_path / "site"
    environment = {**os.environ, "PYTHONPATH": str(home)}
    with ZipFile(wheel) as packed:
        packed.extractall(home)
    if IS_SWEEP:
        venv.create(tmp_path / "venv", with_pip=True)
        python = tmp_path / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", wheel], check=True)
        environment = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-c", "import enbloc, sys; print(enbloc.__file__); from enbloc.cli import main; main()", "demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout.splitlines()[0]
    assert (tmp_path / "demo" / "report.pdf").stat().st_size > 10_000
