"""The command about instruments: which there are, what one asks, and what a form comes to."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from enbloc.cli.options import AsJson
from enbloc.cli.telling import printed, tell
from enbloc.errors import NotBuiltError, RecordError

MOST_BYTES = 1_000_000


def stage(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Which instrument.", show_default=False)] = None,
    form: Annotated[
        str | None, typer.Argument(metavar="FILE|-", help="The form as YAML or JSON; - reads it from standard input.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the instruments.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compute one instrument from a form; without a form, show what it asks for.

    What is left out, or written as 'unknown', stays open: the result is then every total and category that can be
    reached, and what to ask for.
    """
    from enbloc.present.instruments import asked, listed, told
    from enbloc.stage.instrument import judged
    from enbloc.stage.registry import INSTRUMENTS, RESERVED, instrument

    if list_ or name is None:
        those = list(INSTRUMENTS.values())
        return tell(as_json, {"instruments": [_described(one) for one in those]}, *([] if as_json else listed(those)))
    if name in RESERVED:
        raise NotBuiltError(f"enbloc stage {name}", instead="Compute the instruments one at a time.")
    one = instrument(name)
    if form is None:
        return tell(as_json, _described(one), *([] if as_json else asked(one)))
    score = judged(one, one.read(_written(form)))
    if as_json:
        return printed({"result": _plain(score), "instrument": _described(one)})
    return tell(False, {}, *told(one, score))


def _written(form: str) -> dict[str, object]:
    """The block of answers in a file, or on standard input."""
    from enbloc.exchange.case_file import read_block

    if form == "-":
        content = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        path = Path(form)
        if not path.is_file():
            raise RecordError("There is no such file.", remedy="Check the name.", where=path.name)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise RecordError("A form is not that long.", remedy="Give the answers alone.", where=Path(form).name)
    return read_block(content, name=Path(form).name)


def _described(one: Any) -> dict[str, Any]:
    """An instrument for programs: everything that it declares, and a JSON schema of its form."""
    declared = {each.name: getattr(one, each.name) for each in fields(one)}
    held = {name: _plain(each) for name, each in declared.items() if not callable(each)}  # how it computes is no data
    return held | {"questions": [_question(each) for each in one.questions], "schema": _schema(one)}


def _question(one: Any) -> dict[str, Any]:
    return {"name": one.name, "words": one.ask.words, "allowed": one.allowed}


def _schema(one: Any) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "properties": {each.name: each.schema for each in one.questions},
    }


def _plain(value: object) -> Any:
    from enbloc.exchange.document import plain

    return plain(value)
