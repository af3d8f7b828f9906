"""The command line: thin, and the only reader of the environment.

Exit codes: 0 success (a safety stop is a result, not a failure), 2 bad input (one line: what, where, remedy),
3 not built yet. With ``--json`` one object goes to standard output; what is meant for people goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enbloc.errors import EnblocError, NotBuiltError, RecordError

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.image import Images
    from enbloc.follow.result import Workup

LIMITS = "Research use; not a medical device; confirm on the images."

app = typer.Typer(
    name="enbloc",
    help=f"A patient with a spine tumour, from scans and record to a plan a tumour board can trust. {LIMITS}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CaseFolder = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day that clocks count from, as 2026-11-20.")
]


class Patient(StrEnum):
    """The demo patients."""

    METASTASIS = "metastasis"
    CHORDOMA = "chordoma"


class Document(StrEnum):
    """What has a published schema."""

    CASE = "case"
    WORKUP = "workup"
    FACTS = "facts"


def main() -> None:
    """Run the command line; the only place where a deliberate error becomes an exit code."""
    _keep_kernels()
    try:
        app()
    except EnblocError as error:
        _say(f"enbloc: {error}")
        if "--json" in sys.argv:
            _print({"error": {"what": error.message, "where": error.where, "remedy": error.remedy}})
        sys.exit(3 if isinstance(error, NotBuiltError) else 2)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command(epilog="Example: enbloc new cases/2f41")
def new(case: CaseFolder, as_json: AsJson = False) -> None:
    """Make a case folder with a commented case.yaml to fill in."""
    from enbloc.exchange.folder import create

    create(case)
    _tell(as_json, {"case": str(case)}, f"{case / 'case.yaml'} is there to be filled in.")


@app.command("import", epilog="Example: enbloc import cases/2f41 study.zip labels.nii.gz --scheme totalsegmentator-v2")
def import_(
    case: CaseFolder,
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE…", help="DICOM folder or zip, or NIfTI file.")],
    role: Annotated[str | None, typer.Option(help="What the image or label map is called in the case.")] = None,
    scheme: Annotated[str | None, typer.Option(help="Numbering of a label map, as totalsegmentator-v2.")] = None,
    on: Annotated[str | None, typer.Option(help="The image that a label map was drawn on.")] = None,
    tumour: Annotated[str | None, typer.Option(help="The label map is the tumour of this lesion, as A.")] = None,
    as_json: AsJson = False,
) -> None:
    """Copy scans and label maps into a case folder and write them into its case.yaml."""
    from enbloc.exchange.folder import import_into

    done = import_into(case, sources, role=role, scheme=scheme, on=on, tumour=tumour)
    _tell(as_json, {"case": str(case), "imported": list(done)}, *done)


@app.command(epilog="Example: enbloc paint cases/2f41 lesion.yaml --out cases/2f41-painted")
def paint(
    case: CaseFolder,
    lesion: Annotated[Path, typer.Argument(metavar="LESION.yaml", help="What to paint, and where.")],
    out: Annotated[Path, typer.Option(help="The new case folder.")],
    as_json: AsJson = False,
) -> None:
    """Paint a lesion of known geometry into a real CT; the new case says everywhere that it is painted."""
    from enbloc.exchange.painting import painted_case

    painted_case(case, lesion, out)
    _tell(as_json, {"case": str(out)}, f"{out}: painted.")


@app.command(epilog="Example: enbloc check cases/2f41")
def check(case: CaseFolder, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a case folder, at once."""
    from enbloc.exchange.folder import faults, read_case
    from enbloc.exchange.images import read_images

    found = faults(case)
    lines = [str(fault) for fault in found]
    labels = "" if found else read_images(case, read_case(case), needs_tumour=False).labels_sha256
    fine = [f"{case}: nothing wrong."]
    fine += [f"A confirmation of its labels or level names sha256 {labels}"] if labels else []
    _tell(as_json, {"case": str(case), "faults": lines, "labels_sha256": labels or None}, *(lines or fine))
    if found:
        raise typer.Exit(2)


@app.command(epilog="Example: enbloc workup cases/2f41 --out results/2f41")
def workup(
    case: CaseFolder,
    out: Annotated[Path, typer.Option(help="The folder of the result; replaces an earlier one.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Measure, stage, decide and plan one case; write workup.json, report.html, report.pdf and scene/."""
    from enbloc.exchange.folder import read_case
    from enbloc.exchange.images import read_images

    record = _dated(read_case(case), as_of)
    with _steps(as_json) as said:
        said("reading the images")
        images = read_images(case, record)
        _work_up(record, images, out, said, as_json)


@app.command(epilog="Example: enbloc demo metastasis --out demo --keep demo-case")
def demo(
    patient: Annotated[Patient, typer.Argument(help="Which patient.")] = Patient.METASTASIS,
    out: Annotated[Path, typer.Option(help="The folder of the result.")] = Path("demo"),
    keep: Annotated[Path | None, typer.Option(help="Keep the case folder here, to play with.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a phantom patient and work it up, from images on disk to the report."""
    with _steps(as_json) as said, TemporaryDirectory(prefix="enbloc-") as scratch:
        case = keep or Path(scratch) / "case"
        _phantom_case(patient, case, said)
        from enbloc.exchange.folder import read_case
        from enbloc.exchange.images import read_images

        record = read_case(case)
        said("reading the images")
        _work_up(record, read_images(case, record), out, said, as_json)


@app.command(epilog="Example: enbloc schema case > case.schema.json")
def schema(document: Annotated[Document, typer.Argument(help="Which document.")] = Document.CASE) -> None:
    """Print the JSON schema of a case or of a result, or the list of facts."""
    from enbloc.exchange.document import facts_as_json, json_schema

    if document is Document.FACTS:
        _print(facts_as_json())
        return
    from enbloc.case.case import Case
    from enbloc.follow.result import Workup

    _print(json_schema(Case if document is Document.CASE else Workup))


def _not_built(name: str, what: str, instead: str) -> None:
    @app.command(name, help=f"{what} Not built yet.", hidden=True, epilog=f"Example: enbloc {name} …")
    def command(_: Annotated[list[str] | None, typer.Argument()] = None) -> None:
        raise NotBuiltError(f"enbloc {name}", instead=instead)


for _name, _what in (
    ("stage", "Compute one instrument from a form."),
    ("measure", "Measure the images alone."),
    ("decide", "Apply the rules alone."),
    ("plan", "Plan alone."),
):
    _not_built(_name, _what, "'enbloc workup CASE --out DIR' does it as one step of the whole.")
_not_built("serve", "Open the web application.", "Read the report that 'enbloc workup' writes.")


def _work_up(case: Case, images: Images, out: Path, said: Callable[[str], None], as_json: bool) -> None:
    from enbloc.present.headlines import summary
    from enbloc.workup import publish, work_up

    result = work_up(case, images, said=said)
    mark = publish(result, images, out, said=said)
    said("")
    lines = summary(result)
    _tell(
        as_json, _summary(result, out, mark, lines), *lines, f"Report: {out / 'report.html'} and {out / 'report.pdf'}"
    )


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
    made = PATIENTS[patient.value]()
    write_case_folder(case, made.case, made.images)


def _dated(case: Case, as_of: str | None) -> Case:
    from dataclasses import replace

    if as_of is None:
        return case
    try:
        return replace(case, as_of=date.fromisoformat(as_of))
    except ValueError:
        raise RecordError(f"--as-of {as_of!r} is no date.", remedy="Write it as 2026-11-20.") from None


@contextmanager
def _steps(as_json: bool) -> Iterator[Callable[[str], None]]:
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
    import structlog

    if step:
        structlog.wrap_logger(
            structlog.PrintLogger(sys.stderr), processors=[structlog.processors.LogfmtRenderer(key_order=["step"])]
        ).msg(None, step=step)


def _tell(as_json: bool, found: dict[str, Any], *lines: str) -> None:
    if as_json:
        _print(found)
    for line in lines:
        _say(line) if as_json else typer.echo(line)


def _print(found: object) -> None:
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False, sort_keys=False))


def _say(line: str) -> None:
    typer.echo(line, err=True)


def _keep_kernels() -> None:
    """Name the folder of compiled kernels after their source, and say so the first time."""
    if "NUMBA_CACHE_DIR" in os.environ:
        folder = Path(os.environ["NUMBA_CACHE_DIR"])
    else:
        kernels = sorted((Path(__file__).parent / "kernels").glob("*.py"))
        mark = sha256(b"".join(kernel.read_bytes() for kernel in kernels)).hexdigest()[:12]
        home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        folder = (home if os.access(home, os.W_OK) else Path(gettempdir())) / f"enbloc-kernels-{mark}"
        os.environ["NUMBA_CACHE_DIR"] = str(folder)
    working = {"demo", "workup", "paint"} & set(sys.argv[1:2])
    if working and not any(folder.glob("**/*.nbi")):
        _say("compiling, once: about half a minute, kept for the next run")


if __name__ == "__main__":
    main()
