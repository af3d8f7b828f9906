"""The case folder: ``case.yaml``, ``images/`` and ``labels/``, read and written together."""

from __future__ import annotations

from pathlib import Path

from enbloc.case.case import SCHEMA, Case
from enbloc.case.image import Images
from enbloc.errors import FaultsError, OutputError, RecordError
from enbloc.exchange.case_file import NAME, case_from, content_of, text_of
from enbloc.exchange.images import image_faults, read_images, write_images
from enbloc.exchange.intake import import_into
from enbloc.exchange.output import staged


def read_case(path: Path) -> Case:
    """The record of the case folder at ``path``.

    Raises
    ------
    RecordError
        If the folder is empty or no folder, or its record cannot be used; ``FaultsError`` holds several faults.
    """
    return case_from(content_of(path))


def write_case(path: Path, case: Case) -> None:
    """Write the record into the case folder; it reads back as the same case.

    Raises
    ------
    OutputError
        If it cannot be written; an earlier record is then untouched.
    """
    _replace(path / NAME, text_of(case))


def write_case_folder(path: Path, case: Case, images: Images) -> None:
    """Write a whole new case folder at once: the record and every image that it names (as ``.nii.gz``).

    Raises
    ------
    OutputError
        If ``path`` holds anything already, or cannot be written.
    """
    with staged(path, replaceable=False) as folder:
        write_images(folder, case, images)
        write_case(folder, case)


def faults(path: Path) -> tuple[RecordError, ...]:
    """Everything that is wrong with a case folder at once, for ``enbloc check``."""
    try:
        case = read_case(path)
    except FaultsError as several:
        return several.faults
    except RecordError as fault:
        return (fault,)
    return image_faults(path, case)


def create(path: Path) -> None:
    """Make a case folder with a commented record, for ``enbloc new``; its id is the name of the folder.

    Raises
    ------
    OutputError
        If ``path`` holds anything already, or cannot be written.
    """
    text = template("".join(letter if letter.isprintable() else "_" for letter in path.absolute().name))
    with staged(path, replaceable=False) as folder:
        for name in ("images", "labels"):
            (folder / name).mkdir()
        (folder / NAME).write_text(text, encoding="utf-8")


def template(id: str) -> str:
    """A commented ``case.yaml`` to begin with; every block is explained and all that is asked is optional."""
    line = text_of(Case(id=id)).splitlines()[1]  # quoted where YAML needs it: 2e41 would be a number
    return _TEMPLATE.replace("{schema}", SCHEMA).replace("id: {id}", line)


def _replace(file: Path, text: str) -> None:
    """Write beside the file, then exchange: a full disk leaves the earlier one as it was."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except UnicodeEncodeError:
        raise RecordError("It holds characters that no file can.", remedy="Write them anew.", where=NAME) from None
    except OSError as fault:
        why = fault.strerror or "the disk refused"
        raise OutputError(f"It cannot be written ({why}).", remedy="Check the folder.", where=NAME) from fault
    finally:
        beside.unlink(missing_ok=True)


_TEMPLATE = """\
# A case for enbloc. Text after '#' is for you. Remove the '#' in front of a line to use it.
# What you leave out, or call 'unknown', is unknown. It is never read as normal: write 'none', 'no' or 'normal'.
schema: {schema}
id: {id}
# as_of: 2026-11-20            # the date that clocks and due dates count from; otherwise the latest date below
# origin: patient              # patient, painted (a lesion painted into a real scan) or phantom
# story: What brought the patient here, in a few sentences. No name and no hospital number.

# Who the patient is, as far as a plan needs to know. Never a name.
patient: {}
#   birth_year: 1965
#   sex: female                # female or male

# Scans, each under a role that you choose. 'enbloc import' fills this in.
images: {}
#   ct: {file: images/ct.nii.gz, modality: CT, date: 2026-11-18}
#   t2: {file: images/mr-t2.nii.gz, modality: MR, date: 2026-11-18}

# Label maps: the image that each was drawn on, and what its numbers mean.
# Schemes: totalsegmentator-v2, verse, spineps, totalspineseg, enbloc.
labels: {}
#   vertebrae: {file: labels/vertebrae.nii.gz, on: ct, scheme: totalsegmentator-v2}
#   tumour: {file: labels/tumour.nii.gz, on: ct, structures: {1: tumour A}}

# Lesions are called A, B, C ... 'levels' are those of the report.
lesions: []
#   - id: A
#     levels: [T8]
#     histology: renal cell carcinoma
#     proven: true             # tissue of this lesion or of the same disease was examined
#     kind: metastasis         # metastasis, primary or haematological
#     solitary: true           # the only lesion

# The neurological examination.
neurology: {}
#   examined: 2026-11-18
#   ais: E                     # A to E
#   ambulation: independent    # independent, aided or none
#   deficit: false
#   progressing: false
#   myelopathy: false
#   sphincter: false
#   since: 2026-11-01          # when the deficit began

# What was done before: systemic, radiotherapy, operation, embolisation or biopsy.
treatments: []
#   - {kind: radiotherapy, what: 10 x 3 Gy, levels: [T8], ended: 2025-06-30, dose_gy: 30.0, fractions: 10}

# What people found, one line for each fact ('enbloc schema facts' lists them).
# 'about' is patient, a lesion's id or a level. With 'because' and 'by' it overrules a measurement.
findings: []
#   - {fact: sins.pain, about: A, value: mechanical, by: R. Example, on: 2026-11-19}

# Forms of instruments that somebody filled in ('enbloc stage --list' names them), about patient or a lesion.
forms: []
#   - {instrument: karnofsky, about: patient, by: R. Example, on: 2026-11-19, answers: {status: 80}}

# Who confirmed the labels and the level. Without both, no plan is ready.
confirmations: []
#   - {of: level, by: R. Example, on: 2026-11-19, sha256: as printed by enbloc check}

# Stops that a named clinician overrides, about patient or a lesion, for one act or, without 'act', for every act.
# The stop stays on every page, with the name and the reason.
overrides: []
#   - {stop: STOP-29, about: A, act: biopsy, by: R. Example, on: 2026-11-19, because: emergency on a clear level}
"""

__all__ = [
    "create",
    "faults",
    "import_into",
    "read_case",
    "read_images",
    "staged",
    "template",
    "write_case",
    "write_case_folder",
    "write_images",
]
