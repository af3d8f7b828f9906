"""The command about instruments: which there are, what one asks, what a form comes to, and what a case comes to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enbloc.cli.options import AsJson, AsOf
from enbloc.cli.record import dated
from enbloc.cli.telling import printed, speaks_utf8, steps, tell, written
from enbloc.errors import RecordError

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.image import Images
    from enbloc.follow.staging import Staging, SurvivalStaging
    from enbloc.stage.comparison import Comparison

Said = Callable[[str], None]
MOST_BYTES = 1_000_000
ALL, SURVIVAL = "all", "survival"


def stage(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Which instrument; with a case also all, survival.", show_default=False),
    ] = None,
    form: Annotated[
        str | None,
        typer.Argument(metavar="FILE|CASE|-", help="A form as YAML or JSON, - for standard input, or a case folder."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the instruments.")] = False,
    about: Annotated[
        str | None, typer.Option(metavar="LESION", help="Of a case: about this lesion, or about the patient.")
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Compute one instrument from a form or a case, or all of them from a case; without either, show what it asks for.

    What is left out, or written as 'unknown', stays open: the result is then every total and category that can be
    reached, and what to ask for. A case is read from its images, its record and the forms in it.
    """
    if list_ or name is None:
        return _list(as_json)
    if form is not None and form != "-" and Path(form).is_dir():
        return _of_case(name, Path(form), about, as_of, as_json)
    if name in (ALL, SURVIVAL):
        raise RecordError(f"'{name}' is about a case.", remedy=f"Give its folder: enbloc stage {name} CASE.")
    return _of_form(name, form, as_json)


def _list(as_json: bool) -> None:
    from enbloc.present.instruments import listed
    from enbloc.stage.registry import INSTRUMENTS

    those = list(INSTRUMENTS.values())
    if not as_json:
        return tell(False, {}, *listed(those))
    from enbloc.exchange.document import json_schema
    from enbloc.stage.score import Score

    shape = json_schema(Score)
    return printed({"instruments": [_described(one) | {"result_schema": _result_schema(one, shape)} for one in those]})


def _of_form(name: str, form: str | None, as_json: bool) -> None:
    from enbloc.present.instruments import asked, told
    from enbloc.stage.instrument import judged
    from enbloc.stage.registry import instrument

    one = instrument(name)
    if form is None:
        return tell(as_json, _described(one), *([] if as_json else asked(one)))
    score = judged(one, one.read(_written(form)))
    if as_json:
        return printed({"result": _plain(score), "instrument": _described(one)})
    return tell(False, {}, *told(one, score))


def _of_case(name: str, folder: Path, about: str | None, as_of: str | None, as_json: bool) -> None:
    from enbloc.exchange.folder import read_case
    from enbloc.exchange.images import read_images
    from enbloc.stage.registry import instrument

    if name not in (ALL, SURVIVAL):
        instrument(name)  # refuses one that there is not, and names the nearest
    case = dated(read_case(folder), as_of)
    _is_subject(about, case)
    with steps(as_json) as said:
        said("reading the images")
        images = read_images(folder, case, needs_tumour=False)
        if name == SURVIVAL:
            compared = _compared(case, images, about, said)
            shown = partial(_survival_lines, compared)
        else:
            staged = _staged(name, case, images, about, said)
            shown = partial(_lines, name, staged)
        said("")
    return _out(compared if name == SURVIVAL else staged, as_json, shown)


def _is_subject(about: str | None, case: Case) -> None:
    lesions = [lesion.id for lesion in case.lesions]
    if about is not None and about not in ("patient", *lesions):
        listed = ", ".join(lesions) or "none"
        raise RecordError(f"There is no lesion {about!r}.", remedy=f"Lesions of this case: {listed}.", where="--about")


def _staged(name: str, case: Case, images: Images, about: str | None, said: Said) -> Staging:
    """One instrument or all of them; one that is refused about every lesion is refused."""
    from enbloc.stage.every import all_scores, results_of
    from enbloc.workup import stage_case

    read = partial(all_scores, about=about) if name == ALL else partial(results_of, name, about=about)
    found = stage_case(case, images, read=read, said=said)
    if name != ALL and found.refused and not (found.decided or found.open):
        raise RecordError(found.refused[0].why, remedy="", where=found.refused[0].about)
    return found


def _compared(case: Case, images: Images, about: str | None, said: Said) -> SurvivalStaging:
    """Every survival instrument side by side; refused where each of them is."""
    from enbloc.workup import compare_survival

    if about == "patient" or not case.lesions:
        raise RecordError("Survival is compared for a lesion.", remedy="Name one that is in the record.")
    found = compare_survival(case, images, about=about, said=said)
    if all(_is_refused(one) for one in found.comparisons):
        first = found.comparisons[0]
        raise RecordError(next(one.why for one in first.absent if one.is_refused), remedy="", where=first.about)
    return found


def _is_refused(one: Comparison) -> bool:
    """Whether no instrument says anything and those that are computed here are refused."""
    return not one.lines and any(absent.is_refused for absent in one.absent)


def _lines(name: str, found: Staging) -> Iterable[str]:
    from enbloc.present.staging import one_instrument, overview

    return overview(found) if name == ALL else one_instrument(found)


def _survival_lines(found: SurvivalStaging) -> Iterable[str]:
    from enbloc.present.survival import told

    return (line for one in found.comparisons for line in told(one))


def _out(found: Staging | SurvivalStaging, as_json: bool, lines: Callable[[], Iterable[str]]) -> None:
    from enbloc.exchange.document import to_json

    if as_json:
        return written(to_json(found, ascii_only=not speaks_utf8()))
    return tell(False, {}, *lines())


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


def _result_schema(one: Any, shape: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of a result, narrowed to what this instrument can come to."""
    words = [category.word for category in one.categories]
    total: dict[str, Any] = {"type": "number"}
    if one.lowest is not None and one.highest is not None:
        total |= {"minimum": one.lowest, "maximum": one.highest}
    own = {
        "instrument": {"const": one.id},
        "name": {"const": one.name},
        "totals": {"type": "array", "items": total},
        "categories": {"type": "array", "items": {"enum": words}},
        "version": {"const": one.version},
    }
    return shape | {"properties": shape["properties"] | own}


def _plain(value: object) -> Any:
    from enbloc.exchange.document import plain

    return plain(value)
