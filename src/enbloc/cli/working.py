"""Commands that work a case up, and what describes the documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enbloc.cli.options import AsJson, AsOf, CaseFolder, Document, Patient
from enbloc.cli.record import dated
from enbloc.cli.telling import printed, steps, tell

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.image import Images
    from enbloc.follow.result import Workup


def workup(
    case: CaseFolder,
    out: Annotated[Path, typer.Option(help="The folder of the result; replaces an earlier one.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Measure, stage, decide and plan one case; write workup.json, report.html, report.pdf and scene/."""
    from enbloc.exchange.folder import read_case
    from enbloc.exchange.images import read_images
    from enbloc.exchange.output import fit

    fit(out, beside=case)
    record = dated(read_case(case), as_of)
    with steps(as_json) as said:
        said("reading the images")
        _work_up(record, read_images(case, record), out, said, as_json)


def demo(
    patient: Annotated[Patient, typer.Argument(help="Which patient.")] = Patient.METASTASIS,
    out: Annotated[Path, typer.Option(help="The folder of the result.")] = Path("demo"),
    keep: Annotated[Path | None, typer.Option(help="Keep the case folder here, to play with.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a phantom patient and work it up, from images on disk to the report."""
    with steps(as_json) as said, TemporaryDirectory(prefix="enbloc-") as scratch:
        from enbloc.exchange.output import fit

        case = keep or Path(scratch) / "case"
        fit(out, beside=case)
        fit(case, beside=out)
        _phantom_case(patient, case, said)
        from enbloc.exchange.folder import read_case
        from enbloc.exchange.images import read_images

        record = read_case(case)
        said("reading the images")
        _work_up(record, read_images(case, record), out, said, as_json)


def schema(
    document: Annotated[Document, typer.Argument(help="Which document.")] = Document.CASE, as_json: AsJson = False
) -> None:
    """Print the JSON schema of a case or of a result, or the list of facts."""
    from enbloc.exchange.document import facts_as_json, json_schema

    if document is Document.FACTS:
        return printed({"facts": facts_as_json()} if as_json else facts_as_json())
    from enbloc.case.case import Case
    from enbloc.follow.measuring import MeasureResult
    from enbloc.follow.result import Workup

    nouns = {Document.CASE: Case, Document.WORKUP: Workup, Document.MEASURE: MeasureResult}
    return printed(json_schema(nouns[document]))


def _work_up(case: Case, images: Images, out: Path, said: Callable[[str], None], as_json: bool) -> None:
    from enbloc.present.headlines import summary
    from enbloc.workup import publish, work_up

    result = work_up(case, images, said=said)
    mark = publish(result, images, out, said=said)
    said("")
    lines = summary(result)
    report = f"Report: {out / 'report.html'} and {out / 'report.pdf'}"
    tell(as_json, _summary(result, out, mark, lines), *lines, report)


def _summary(result: Workup, out: Path, mark: str, lines: tuple[str, ...]) -> dict[str, Any]:
    return {
        "out": str(out),
        "fingerprint": mark,
        "headlines": list(lines),
        "stops": sorted({stop.rule for stop in result.decision.stops}),
        "ready": any(plan.is_ready for plan in result.plans),
    }


def _phantom_case(patient: Patient, case: Path, said: Callable[[str], None]) -> None:
    from enbloc.exchange.folder import write_case_folder
    from enbloc.phantom import PATIENTS

    said("making the phantom patient")
    write_case_folder(case, (made := PATIENTS[patient.value]()).case, made.images)
