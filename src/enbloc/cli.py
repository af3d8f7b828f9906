"""The command line: thin, and the only reader of the environment.

Exit codes: 0 success (a safety stop is a result, not a failure), 2 bad input (one line: what, where, remedy),
3 not built yet. With ``--json`` one object goes to standard output; what is meant for people goes to standard error.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir, mkdtemp
from typing import TYPE_CHECKING, Annotated, Any, TextIO
from unicodedata import category

import typer

from enbloc.errors import EnblocError, NotBuiltError, OutputError, RecordError

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.image import Images
    from enbloc.follow.result import Workup

LOOSE = {"ignore_unknown_options": True}
LIMITS = "Research use; not a medical device; confirm on the images."

app = typer.Typer(
    name="enbloc",
    help=f"A patient with a spine tumour, from scans and record to a plan a tumour board can trust. {LIMITS}",
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
    """Run the command line; the only place where an error becomes one line and an exit code."""
    _have_streams()
    _end_when_told()
    try:
        _keep_kernels()
        code = app(args=sys.argv[1:] or ["--help"], prog_name="enbloc", standalone_mode=False)
        for stream in (sys.stdout, sys.stderr):
            with _heard(stream):
                stream.flush()  # at the very end a fault could no longer be told
    except (KeyboardInterrupt, typer.Abort):
        code = 130  # what a shell says of Ctrl-C
    except Exception as fault:  # the top of the process: what was not foreseen ends as it always would, below
        if (line := _line_for(fault)) is None:
            raise
        _say(f"enbloc: {line}")
        with suppress(OSError):  # the fault may be that nothing can be written there
            if "--json" in sys.argv:
                _print({"error": {"what": line.message, "where": line.where, "remedy": line.remedy}})
        code = 3 if isinstance(line, NotBuiltError) else 2
    sys.exit(code if isinstance(code, int) else 0)


def _line_for(fault: Exception) -> EnblocError | None:
    """What is said of a fault that the person can do something about; nothing if it is ours."""
    if isinstance(fault, EnblocError):
        return fault
    if isinstance(fault, OSError):
        where = Path(os.fsdecode(fault.filename)).name if isinstance(fault.filename, str | bytes) else ""
        remedy = "Check the name, the disk and who may read and write there."
        return OutputError(f"{fault.strerror or 'The system refused'}.", remedy=remedy, where=where)
    if isinstance(fault, MemoryError):
        return RecordError("The memory does not suffice.", remedy="Crop the images to the spine, or close programs.")
    words = getattr(fault, "format_message", None)  # what typer finds wrong with the command line
    command = getattr(getattr(fault, "ctx", None), "command_path", "enbloc")
    return RecordError(words(), remedy=f"See '{command} --help'.") if words else None


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
    from enbloc.exchange.output import fit
    from enbloc.exchange.painting import painted_case

    fit(out, beside=case)
    painted_case(case, lesion, out)
    _tell(as_json, {"case": str(out)}, f"{out}: painted.")


@app.command(epilog="Example: enbloc check cases/2f41")
def check(case: CaseFolder, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a case folder, at once."""
    from enbloc.exchange.folder import faults, read_case
    from enbloc.exchange.images import lacking, read_images

    found = faults(case)
    lines = [str(fault) for fault in found]
    labels, needs, fine = "", "", [f"{case}: nothing wrong."]
    if not found:
        record = read_case(case)
        images = read_images(case, record, needs_tumour=False)
        labels, needs = images.labels_sha256, str(lacking(record, images) or "")
    fine += [f"For 'enbloc workup' it lacks: {needs}"] if needs else []
    fine += [f"A confirmation of its labels or level names sha256 {labels}"] if labels else []
    told = {"case": str(case), "faults": lines, "lacks": needs or None, "labels_sha256": labels or None}
    _tell(as_json, told, *(lines or fine))
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
    from enbloc.exchange.output import fit

    fit(out, beside=case)
    record = _dated(read_case(case), as_of)
    with _steps(as_json) as said:
        said("reading the images")
        _work_up(record, read_images(case, record), out, said, as_json)


@app.command(epilog="Example: enbloc demo metastasis --out demo --keep demo-case")
def demo(
    patient: Annotated[Patient, typer.Argument(help="Which patient.")] = Patient.METASTASIS,
    out: Annotated[Path, typer.Option(help="The folder of the result.")] = Path("demo"),
    keep: Annotated[Path | None, typer.Option(help="Keep the case folder here, to play with.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a phantom patient and work it up, from images on disk to the report."""
    with _steps(as_json) as said, TemporaryDirectory(prefix="enbloc-") as scratch:
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


@app.command(epilog="Example: enbloc schema case > case.schema.json")
def schema(
    document: Annotated[Document, typer.Argument(help="Which document.")] = Document.CASE, as_json: AsJson = False
) -> None:
    """Print the JSON schema of a case or of a result, or the list of facts."""
    from enbloc.exchange.document import facts_as_json, json_schema

    if document is Document.FACTS:
        return _print({"facts": facts_as_json()} if as_json else facts_as_json())
    from enbloc.case.case import Case
    from enbloc.follow.result import Workup

    return _print(json_schema(Case if document is Document.CASE else Workup))


def _not_built(name: str, what: str, instead: str) -> None:
    example = f"Example: enbloc {name} …"

    @app.command(name, help=f"{what} Not built yet.", hidden=True, epilog=example, context_settings=LOOSE)
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
    report = f"Report: {out / 'report.html'} and {out / 'report.pdf'}"
    _tell(as_json, _summary(result, out, mark, lines), *lines, report)


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


def _dated(case: Case, as_of: str | None) -> Case:
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
        _say(str(structlog.processors.LogfmtRenderer()(None, "", {"step": step})))


def _tell(as_json: bool, found: dict[str, Any], *lines: str) -> None:
    if as_json:
        _print(found)
    for line in lines:
        _say(line) if as_json else _write(sys.stdout, _one_line(line))


def _print(found: object) -> None:
    text = json.dumps(found, indent=2, ensure_ascii=not sys.stdout.encoding.lower().startswith("utf"))
    _write(sys.stdout, text.encode("utf-8", "replace").decode("utf-8"))  # a file's name need not be text


def _say(line: str) -> None:
    _write(sys.stderr, _one_line(line))


def _one_line(text: str) -> str:
    """The text as a terminal may see it: a file's name can hold line ends, escapes and broken characters."""
    return "".join("?" if category(letter) in ("Cc", "Cf", "Cs") else letter for letter in text.replace("\n", " "))


def _write(stream: TextIO, text: str) -> None:
    with _heard(stream):
        typer.echo(text, file=stream)


@contextmanager
def _heard(stream: TextIO) -> Iterator[None]:
    """The reader may go, as in ``| head``: the work goes on, and its words go nowhere."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _have_streams() -> None:
    """A process started without standard output or error gets one that goes nowhere; none fails on a sign it lacks."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        getattr(sys, name).reconfigure(errors="backslashreplace")


def _end_when_told() -> None:
    """Being told to stop clears up what is half-written, as an interrupt does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def _keep_kernels() -> None:
    """Name the folder of compiled kernels after their source, and say so the first time."""
    working = bool({"demo", "workup", "paint"} & set(sys.argv[1:2]))
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or _kernels_of_this_version())
    if working and not _is_ours_to_write(folder):
        _say(f"{folder} cannot be written; the kernels are compiled for this run only")
        folder = Path(mkdtemp(prefix="enbloc-kernels-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    elif working and not any(folder.glob("**/*.nbi")):
        _say("compiling, once: about half a minute, kept for the next run")
    os.environ["NUMBA_CACHE_DIR"] = str(folder)


def _kernels_of_this_version() -> Path:
    kernels = sorted((Path(__file__).parent / "kernels").glob("*.py"))
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


if __name__ == "__main__":
    main()
