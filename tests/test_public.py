"""The public surface: what is listed is there, starts fast, and nothing heavy comes along."""

from __future__ import annotations

import subprocess
import sys

import pytest

import enbloc

HEAVY = ("numpy", "scipy", "numba", "SimpleITK", "pydantic", "pydicom", "highdicom", "typst", "manifold3d", "ruamel")


@pytest.mark.parametrize("name", enbloc.__all__)
def test_every_listed_name_is_there(name: str) -> None:
    assert getattr(enbloc, name) is not None


def test_what_is_not_listed_is_not_there() -> None:
    assert not hasattr(enbloc, "no_such_name")
    assert set(enbloc.__all__) == set(dir(enbloc))


def loaded(code: str) -> set[str]:
    """The heavy packages that a fresh interpreter has loaded after running ``code``."""
    tail = f"\nimport sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code + tail], check=True, capture_output=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_enbloc_loads_nothing_heavy() -> None:
    assert loaded("import enbloc") == set()


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['enbloc', '--help']\nfrom enbloc import cli\ntry: cli.main()\nexcept SystemExit: pass"
    )
    assert loaded(code) == set()


def test_scores_and_rules_load_no_image_library() -> None:
    heavy = loaded("import enbloc.stage, enbloc.decide")
    assert heavy <= {"numpy"}
