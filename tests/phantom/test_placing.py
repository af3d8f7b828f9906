"""Tumour can be put into any sector and layer."""

from __future__ import annotations

import pytest

from enbloc.case.anatomy import SECTORS, Layer, Level, Sector, sector
from enbloc.errors import RecordError
from enbloc.phantom import Recipe, Tumour, build, in_sector


@pytest.mark.parametrize("level", [Level.T8, Level.L3])
@pytest.mark.parametrize("sector", SECTORS, ids=str)
def test_tumour_in_a_sector(level: Level, sector: Sector) -> None:
    lesion = Tumour(solids=in_sector(level, sector))
    found = build(Recipe(levels=(level,), tumours=(lesion,), spacing_mm=(4.0, 4.0, 4.0))).truth.lesion().main

    assert sector in found.sectors
    assert max(found.sector_cc) == found.sector_cc[sector.number - 1]
    assert all(other.side is sector.side for other in found.sectors)
    assert Layer.C in found.layers


@pytest.mark.parametrize("number", [5, 6, 7, 8])
@pytest.mark.parametrize("layer", [Layer.A, Layer.B, Layer.C])
def test_tumour_in_a_layer_of_the_body(number: int, layer: Layer) -> None:
    lesion = Tumour(solids=in_sector(Level.L3, sector(number), layer))
    found = build(Recipe(levels=(Level.L3,), tumours=(lesion,), spacing_mm=(4.0, 4.0, 4.0))).truth.lesion().main

    assert found.layers == (layer,)


def test_the_canal_is_not_for_solids() -> None:
    with pytest.raises(RecordError, match="Epidural"):
        in_sector(Level.T8, SECTORS[4], Layer.D)
