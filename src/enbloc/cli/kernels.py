"""Where compiled kernels are kept between runs."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from enbloc.cli.telling import say

_WORKING = {"demo", "workup", "plan", "achieved", "paint", "measure", "outline", "serve"}
"""The commands that compute in images."""


def keep_kernels() -> None:
    """Name the folder of compiled kernels after their source, and say so the first time."""
    working = bool(_WORKING & set(sys.argv[1:2]))
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or _kernels_of_this_version())
    if working and not _is_ours_to_write(folder):
        say(f"{folder} cannot be written; the kernels are compiled for this run only")
        folder = Path(mkdtemp(prefix="enbloc-kernels-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    elif working and not any(folder.glob("**/*.nbi")):
        say("compiling, once: about a minute, kept for the next run")
    os.environ["NUMBA_CACHE_DIR"] = str(folder)


def _kernels_of_this_version() -> Path:
    kernels = sorted((Path(__file__).parents[1] / "kernels").glob("*.py"))
    mark = sha256(b"".join(kernel.read_bytes() for kernel in kernels)).hexdigest()[:12]
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # nobody's process: no HOME, and no such user
        home = None
    if home is not None and (_may_write(home) or (not home.exists() and _may_write(home.parent))):
        return home / f"enbloc-kernels-{mark}"
    return Path(gettempdir()) / f"enbloc-kernels-{os.getuid() if hasattr(os, 'getuid') else ''}-{mark}"


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _is_ours_to_write(folder: Path) -> bool:
    """Whether kernels can be kept there, and nobody else could have put theirs there: what is kept is run."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        strange = hasattr(os, "getuid") and folder.stat().st_uid not in (0, os.getuid())
    except OSError:
        return False
    return _may_write(folder) and not strange
