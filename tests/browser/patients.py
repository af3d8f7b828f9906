"""What is brought in the story: a real scan where it is there, and a demo patient with a tumour as a case folder."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from enbloc.exchange.folder import write_case
from enbloc.exchange.images import write_images
from enbloc.phantom import PATIENTS
from tests.data import real_data

SLAB = "slab of a real CT"
TUMOUR = "metastasis"


def files_of(name: str, folder: Path) -> tuple[Path, ...]:
    """What is chosen on the page for this case."""
    if name == SLAB:
        home = real_data("dicom-ct-t11-t12")
        return (home / "dicom.zip", home / "labels_total_v2.nii.gz")
    return (zipped_patient(name, folder),)


def zipped_patient(name: str, folder: Path) -> Path:
    """The case folder of a demo patient, in a zip."""
    patient, home = PATIENTS[name](), folder / name
    write_images(home, patient.case, patient.images)
    write_case(home, patient.case)
    path = folder / f"{name}.zip"
    with ZipFile(path, "w", ZIP_STORED) as out:
        for file in sorted(home.rglob("*")):
            if file.is_file():
                out.write(file, f"{name}/{file.relative_to(home)}")
    return path
