"""Label schemes against the tables that their makers publish, and against real maps."""

from __future__ import annotations

import numpy as np
import pytest

from enbloc.case.anatomy import ENBLOC_LABELS, StructureKind
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange import nifti
from enbloc.exchange.images import present_ids
from enbloc.exchange.schemes import SCHEMES, Scheme, fitting, meaning, scheme
from tests.data import real_data

PRINTED = [
    ("totalsegmentator-v2", 25, "sacrum"),
    ("totalsegmentator-v2", 26, "vertebra S1"),
    ("totalsegmentator-v2", 27, "vertebra L5"),
    ("totalsegmentator-v2", 32, "vertebra T12"),
    ("totalsegmentator-v2", 43, "vertebra T1"),
    ("totalsegmentator-v2", 44, "vertebra C7"),
    ("totalsegmentator-v2", 50, "vertebra C1"),
    ("totalsegmentator-v2", 52, "aorta"),
    ("totalsegmentator-v2", 63, "vena cava"),
    ("totalsegmentator-v2", 79, "cord"),
    ("totalsegmentator-v2", 92, "rib T1 left"),
    ("totalsegmentator-v2", 103, "rib T12 left"),
    ("totalsegmentator-v2", 104, "rib T1 right"),
    ("totalsegmentator-v2", 115, "rib T12 right"),
    ("verse", 1, "vertebra C1"),
    ("verse", 8, "vertebra T1"),
    ("verse", 19, "vertebra T12"),
    ("verse", 20, "vertebra L1"),
    ("verse", 25, "vertebra L6"),
    ("verse", 26, "sacrum"),
    ("verse", 27, "vertebra Co"),
    ("verse", 28, "vertebra T13"),
    ("spineps", 22, "vertebra L3"),
    ("spineps", 41, "vertebral arch"),
    ("spineps", 42, "spinous process"),
    ("spineps", 43, "transverse process left"),
    ("spineps", 44, "transverse process right"),
    ("spineps", 45, "superior articular process left"),
    ("spineps", 46, "superior articular process right"),
    ("spineps", 47, "inferior articular process left"),
    ("spineps", 48, "inferior articular process right"),
    ("spineps", 49, "vertebral body"),
    ("spineps", 50, "vertebral body"),
    ("spineps", 60, "cord"),
    ("spineps", 61, "canal"),
    ("spineps", 122, "disc L3"),
    ("spineps", 128, "disc T13"),
    ("totalspineseg", 1, "cord"),
    ("totalspineseg", 2, "canal"),
    ("totalspineseg", 12, "vertebra C2"),
    ("totalspineseg", 32, "vertebra T12"),
    ("totalspineseg", 45, "vertebra L5"),
    ("totalspineseg", 50, "sacrum"),
    ("totalspineseg", 63, "disc C2"),
    ("totalspineseg", 67, "disc C6"),
    ("totalspineseg", 71, "disc C7"),
    ("totalspineseg", 72, "disc T1"),
    ("totalspineseg", 82, "disc T11"),
    ("totalspineseg", 91, "disc T12"),
    ("totalspineseg", 95, "disc L4"),
    ("totalspineseg", 100, "disc L5"),
    ("enbloc", 250, "tumour A"),
]


@pytest.mark.parametrize(("name", "id", "words"), PRINTED)
def test_ids_mean_what_is_printed(name: str, id: int, words: str) -> None:
    assert str(scheme(name).structures[id]) == words


def test_the_total_task_has_117_classes_each_once() -> None:
    total = scheme("totalsegmentator-v2")
    assert sorted(total.ids) == list(range(1, 118))
    assert not set(total.structures) & set(total.words)
    assert total.words[2] == "kidney right"


@pytest.mark.parametrize("each", SCHEMES.values(), ids=lambda each: each.name)
def test_no_scheme_gives_one_structure_two_numbers(each: Scheme) -> None:
    named = [s for s in each.structures.values() if s.kind is not StructureKind.BODY]  # whose border has its own
    assert len(set(named)) == len(named)


def test_our_own_scheme_is_the_one_of_the_nouns() -> None:
    assert scheme("enbloc").structures == ENBLOC_LABELS


def test_a_scheme_that_does_not_exist_is_refused_with_the_ones_that_do() -> None:
    with pytest.raises(RecordError, match="totalsegmentator-v2, verse, spineps"):
        scheme("total")


def test_single_names_come_after_the_scheme() -> None:
    assert str(meaning("verse", {20: "tumour A"}).structures[20]) == "tumour A"
    assert fitting([203, 204]) == ("spineps", "enbloc")


def test_two_programs_agree_on_a_real_spine() -> None:
    """The refined bodies use VerSe ids, the map beside them TotalSegmentator ids: both must name the same bone."""
    home = real_data("ct-lumbar-3mm")
    bodies = nifti.read_labels(home / "vertebral_bodies_refined.nii.gz", where="bodies").array
    total = nifti.read_labels(home / "labels_total_v2.nii.gz", where="total").array
    for id in present_ids(bodies):
        most = int(np.bincount(total[bodies == id]).argmax())
        assert scheme("totalsegmentator-v2").structures[most] == scheme("verse").structures[id]
    assert nifti.read_scan(home / "ct.nii.gz", Modality.CT, where="ct").array.dtype == np.int16


def test_sub_regions_of_a_real_vertebra_are_understood_but_for_its_endplates() -> None:
    home = real_data("vertebra-subregions")
    read = meaning("spineps", {})
    for name, left in (("sub-ct_seg-subreg_label-22_msk", set()), ("sub-mri_seg-subreg_label-6_msk", {62})):
        ids = set(present_ids(nifti.read_labels(home / f"{name}.nii.gz", where=name).array))
        assert ids - set(read.structures) == left
        assert {str(read.structures[id]) for id in (41, 43, 48)} <= {str(read.structures[id]) for id in ids - left}
