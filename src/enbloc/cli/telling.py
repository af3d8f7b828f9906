"""What is said: lines for people, one JSON object for programs, steps as they begin."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO
from unicodedata import category

import typer


@contextmanager
def steps(as_json: bool) -> Iterator[Callable[[str], None]]:
    """Where steps are announced: a bar on a terminal, log lines otherwise, both on standard error."""
    if as_json or not sys.stderr.isatty():
        yield _logged
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda step: bar.update(task, description=step)


def _logged(step: str) -> None:
    """A step as a line of a log, ``key=value``, quoted where it is more than one word."""
    if step:
        say(f'step="{step}"' if " " in step else f"step={step}")


def tell(as_json: bool, found: dict[str, Any], *lines: str) -> None:
    """Lines for people; with ``as_json`` the object for programs, and the lines beside it."""
    if as_json:
        printed(found)
    for line in lines:
        say(line) if as_json else _write(sys.stdout, _one_line(line))


def printed(found: object) -> None:
    """One JSON object on standard output."""
    written(json.dumps(found, indent=2, ensure_ascii=not speaks_utf8()))


def written(text: str) -> None:
    """A document on standard output, as it stands in a file."""
    _write(sys.stdout, text.rstrip("\n").encode("utf-8", "replace").decode("utf-8"))  # a file's name need not be text


def speaks_utf8() -> bool:
    """Whether standard output can hold any sign."""
    return sys.stdout.encoding.lower().startswith("utf")


def say(line: str) -> None:
    """A line for people where ``--json`` would be disturbed by it."""
    _write(sys.stderr, _one_line(line))


def _one_line(text: str) -> str:
    """The text as a terminal may see it: a file's name can hold line ends, escapes and broken characters."""
    return "".join("?" if category(letter) in ("Cc", "Cf", "Cs") else letter for letter in text.replace("\n", " "))


def _write(stream: TextIO, text: str) -> None:
    with heard(stream):
        typer.echo(text, file=stream)


@contextmanager
def heard(stream: TextIO) -> Iterator[None]:
    """The reader may go, as in ``| head``: the work goes on, and its words go nowhere."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
