"""What is brought in the story: a real scan where it is there, and a demo patient with a tumour as a case folder."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import numpy as np
from scipy import ndimage

from enbloc.exchange import nifti
from enbloc.exchange.folder import write_case
from enbloc.exchange.images import write_images
from enbloc.phantom import PATIENTS
from tests.data import real_data

SLAB = "slab of a real CT"
TUMOUR = "metastasis"
_T12 = 32
_RADIUS_MM = 9.0


def files_of(name: str, folder: Path) -> tuple[Path, ...]:
    """What is chosen on the page for this case."""
    if name == SLAB:
        home = real_data("dicom-ct-t11-t12")
        return (home / "dicom.zip", home / "labels_total_v2.nii.gz")
    return (zipped_patient(name, folder),)


def outline(folder: Path) -> Path:
    """An outline as a tool would leave it: a ball where T12 of the real scan is thickest. Nothing is painted there."""
    raw = nifti.read_any(real_data("dicom-ct-t11-t12") / "labels_total_v2.nii.gz", where="labels")
    spacing = np.linalg.norm(raw.grid.affine[:3, :3], axis=0)
    bone = np.asarray(raw.array) == _T12
    depth = ndimage.distance_transform_edt(bone, sampling=spacing)
    middle = np.unravel_index(int(np.argmax(depth)), bone.shape)
    away = np.linalg.norm((np.argwhere(bone) - middle) * spacing, axis=1)
    ball = np.zeros(bone.shape, np.uint8)
    ball[bone] = away <= _RADIUS_MM
    path = folder / "tumour.nii.gz"
    nifti.write(path, ball, raw.grid)
    return path


def zipped_patient(name: str, folder: Path) -> Path:
    """The case folder of a demo patient, in a zip."""
    patient, home = PATIENTS[name](), folder / name
    write_images(home, patient.case, patient.images)
    write_case(home, patient.case)
    path = folder / "case.zip"
    with ZipFile(path, "w", ZIP_STORED) as out:
        for file in sorted(home.rglob("*")):
            if file.is_file():
                out.write(file, f"{name}/{file.relative_to(home)}")
    return path
