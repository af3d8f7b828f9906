"""Commands about the record: a new case, scans into it, a painted lesion, and whether all is well."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enbloc.cli.options import AsJson, CaseFolder
from enbloc.cli.telling import tell
from enbloc.errors import RecordError

if TYPE_CHECKING:
    from enbloc.case.case import Case


def new(case: CaseFolder, as_json: AsJson = False) -> None:
    """Make a case folder with a commented case.yaml to fill in."""
    from enbloc.exchange.folder import create

    create(case)
    tell(as_json, {"case": str(case)}, f"{case / 'case.yaml'} is there to be filled in.")


def import_(
    case: CaseFolder,
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE…", help="DICOM folder or zip, NIfTI, NRRD or SEG.")],
    role: Annotated[str | None, typer.Option(help="What the image or label map is called in the case.")] = None,
    scheme: Annotated[str | None, typer.Option(help="Numbering of a label map, as totalsegmentator-v2.")] = None,
    on: Annotated[str | None, typer.Option(help="The image that a label map was drawn on.")] = None,
    tumour: Annotated[str | None, typer.Option(help="The label map is the tumour of this lesion, as A.")] = None,
    as_json: AsJson = False,
) -> None:
    """Copy scans and label maps into a case folder and write them into its case.yaml."""
    from enbloc.exchange.folder import import_into

    done = import_into(case, sources, role=role, scheme=scheme, on=on, tumour=tumour)
    tell(as_json, {"case": str(case), "imported": list(done)}, *done)


def paint(
    case: CaseFolder,
    lesion: Annotated[Path, typer.Argument(metavar="LESION.yaml", help="What to paint, and where.")],
    out: Annotated[Path, typer.Option(help="The new case folder.")],
    as_json: AsJson = False,
) -> None:
    """Paint a lesion of known geometry into a real CT; the new case says everywhere that it is painted."""
    from enbloc.exchange.output import fit
    from enbloc.exchange.painting import painted_case

    fit(out, beside=case)
    painted_case(case, lesion, out)
    tell(as_json, {"case": str(out)}, f"{out}: painted.")


def check(case: CaseFolder, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a case folder, at once."""
    from enbloc.decide.overriding import override_faults
    from enbloc.exchange.folder import faults, read_case
    from enbloc.exchange.images import lacking, read_images
    from enbloc.stage.every import form_faults

    found = faults(case)
    with suppress(RecordError):  # a record that cannot be read is among the faults already
        of_record = read_case(case)
        found = (*found, *form_faults(of_record), *override_faults(of_record))
    lines = [str(fault) for fault in found]
    labels, needs, fine = "", "", [f"{case}: nothing wrong."]
    if not found:
        record = read_case(case)
        images = read_images(case, record, needs_tumour=False)
        labels, needs = images.labels_sha256, str(lacking(record, images) or "")
    fine += [f"For 'enbloc workup' it lacks: {needs}"] if needs else []
    fine += [f"A confirmation of its labels or level names sha256 {labels}"] if labels else []
    told = {"case": str(case), "faults": lines, "lacks": needs or None, "labels_sha256": labels or None}
    tell(as_json, told, *(lines or fine))
    if found:
        raise typer.Exit(2)


def dated(case: Case, as_of: str | None) -> Case:
    """The record as of another day, where one is given.

    Raises
    ------
    RecordError
        If that is no date.
    """
    from dataclasses import replace

    if as_of is None:
        return case
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        day = None
    if day is None or day.isoformat() != as_of:  # nor the other ways to write a date, as in case.yaml
        raise RecordError(f"--as-of {as_of!r} is no date.", remedy="Write it as 2026-11-20.")
    return replace(case, as_of=day)
