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
    r"""Make an invented patient and work it up, from the case folder on disk to the report.

    With pictures, made from equations:

    \b
      metastasis        renal metastasis of T8, collapsed, on the cord
      chordoma          chordoma within the body of L3
      chondrosarcoma    chondrosarcoma of T9, left pedicle and body

    With a record alone:

    \b
      compression       lung metastasis of T6, ESCC 3, legs weak since yesterday
      myeloma           myeloma of T9, ESCC 2, no deficit
      renal-irradiated  renal metastasis of T10, irradiated before
      sacral-chordoma   chordoma of S2 to S5: margin against roots
      spine-chordoma    chordoma of L4 into the left pedicle
      giant-cell        giant cell tumour of T12, Enneking S3
      osteoid-osteoma   a boy of 16, nidus of L3 close to the root
      haemangioma       typical haemangioma of T9, found by chance
      meningioma        within the dura at T5, unsteady gait
      ependymoma        within the cord, a residual after resection
      unknown-lesion    solitary lesion of L2 without tissue
      ewing             a girl of 11, Ewing sarcoma of T8
    """
    with steps(as_json) as said, TemporaryDirectory(prefix="enbloc-") as scratch:
        from enbloc.exchange.output import fit

        case = keep or Path(scratch) / "case"
        fit(out, beside=case)
        fit(case, beside=out)
        _demo_case(patient, case, said)
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
    from enbloc.follow.achieving import Achieving
    from enbloc.follow.deciding import Deciding
    from enbloc.follow.measuring import MeasureResult
    from enbloc.follow.planning import Planning
    from enbloc.follow.result import Workup
    from enbloc.follow.staging import Staging, SurvivalStaging

    nouns: dict[Document, type] = {
        Document.CASE: Case,
        Document.WORKUP: Workup,
        Document.MEASURE: MeasureResult,
        Document.STAGE: Staging,
        Document.SURVIVAL: SurvivalStaging,
        Document.DECIDE: Deciding,
        Document.PLAN: Planning,
        Document.ACHIEVED: Achieving,
    }
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


def _demo_case(patient: Patient, case: Path, said: Callable[[str], None]) -> None:
    """Write the case folder of a demo patient: a record alone, or a phantom with its pictures."""
    from enbloc.case.image import Images
    from enbloc.exchange.folder import write_case_folder
    from enbloc.exchange.invented import invented, invented_case

    said("making the patient")
    if patient.value in invented():
        return write_case_folder(case, invented_case(patient.value), Images(volumes={}, labels={}))
    from enbloc.phantom import PATIENTS

    made = PATIENTS[patient.value]()
    return write_case_folder(case, made.case, made.images)
