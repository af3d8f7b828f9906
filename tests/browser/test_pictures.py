"""What is drawn, by its content: a picture that is blank, uniform or without its outlines is no evidence."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from enbloc.case.anatomy import StructureKind
from enbloc.decide.decision import Degree
from enbloc.present.tokens import ALARM, DARK_ALARM, STRUCTURES, lighter
from tests.browser.case_page import evidence, open_case
from tests.browser.house import House
from tests.browser.patients import TUMOUR
from tests.browser.people import SURGEON
from tests.browser.pictures import coloured, greys, share_of_commonest, shot
from tests.browser.visitor import Scheme, Screen

OUTLINED = 0.25
"""How much lighter an outline on a scan is than the token of its structure."""


@pytest.mark.parametrize(
    ("score", "name", "sides", "structures"),
    [
        ("SINS", "collapse", ("A", "P"), (StructureKind.VERTEBRA, StructureKind.TUMOUR)),
        ("ESCC", "cord compressed", ("R", "L"), (StructureKind.TUMOUR, StructureKind.CORD)),
    ],
)
def test_evidence_is_a_scan_with_its_outlines_and_sides(
    house: House, score: str, name: str, sides: tuple[str, str], structures: tuple[StructureKind, ...]
) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))

    with evidence(page, score, name) as dialog:
        picture = dialog.get_by_role("img").first
        expect(picture.locator("> svg")).to_be_visible()
        image = shot(picture)
        words = picture.locator("svg text").all_text_contents()

    assert greys(image) >= 8
    assert share_of_commonest(image) < 0.5
    for structure in structures:
        assert coloured(image, lighter(STRUCTURES[structure], OUTLINED), within=40) > 150, structure
    assert set(sides) <= {word.strip() for word in words}


def test_each_plate_of_a_case_is_drawn(house: House) -> None:
    page = open_case(house.seat(SURGEON), house.case(TUMOUR))
    plates = page.locator(".plate").get_by_role("img")
    assert plates.count() >= 2

    for plate in plates.all():
        plate.scroll_into_view_if_needed()
        expect(plate.locator("> svg")).to_be_visible()
        assert share_of_commonest(shot(plate)) < 0.9
        assert "patient" in (plate.get_attribute("aria-label") or "") or "seen from" in (
            plate.get_attribute("aria-label") or ""
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_row_of_the_worklist_has_the_colour_and_the_word_of_its_alarm(house: House, scheme: Scheme) -> None:
    case_id = house.case(TUMOUR)
    visitor = house.again(SURGEON, Screen(scheme=scheme))
    row = visitor.go("/").locator(f'[data-case="{case_id}"]')
    expect(row).to_be_visible()

    alarms = DARK_ALARM if scheme == "dark" else ALARM
    colour = alarms[Degree.STOP]
    assert coloured(shot(row), colour) > 100
    expect(row).to_contain_text("stop")
    expect(row).to_contain_text("T8")
    house.leave(visitor)
