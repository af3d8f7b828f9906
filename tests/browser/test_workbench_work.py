"""Work at the bench by pointer and keys: MR, outline, grow, files, names, two people, a server that goes away."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from enbloc.case.anatomy import Level
from enbloc.exchange import nifti
from enbloc.phantom import Phantom, Recipe, Tumour, build, in_body
from enbloc.plan.en_bloc.parameters import MARGIN
from enbloc.plan.margin.parameters import NEAR
from enbloc.present.tokens import MARGIN_BANDS
from tests.browser.bringing import LONG_MS, bring_to_look_at
from tests.browser.house import House
from tests.browser.people import COORDINATOR, SURGEON
from tests.browser.pictures import Pixels, greys
from tests.browser.turned import zipped
from tests.browser.views import Floats, Views, arrived, bare_picture, corner, open_workbench, views

HOME = Path(__file__).resolve().parents[2]
UNDOES = re.compile(r"^Undo: (.+), (\d+) voxels? \(Ctrl\+Z\)$")
Labels = NDArray[np.integer[Any]]

_SAVED_BY_ANOTHER = """async (id) => {
  const at = `/api/v1/cases/${id}`, { document, version } = await (await fetch(at)).json();
  document.patient = { ...document.patient, birth_year: 1950 };
  const answer = await fetch(at, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "If-Match": `"${version}"` },
    body: JSON.stringify({ document, because: "the year was mistyped", work_up: false }),
  });
  return answer.status;
}"""


@pytest.fixture(scope="module")
def patient() -> Phantom:
    """Three vertebrae with a tumour in the middle one, on a coarse CT with its MR."""
    levels = (Level.T8, Level.T9, Level.T10)
    tumours = (Tumour(solids=(in_body(Level.T9),)),)
    return build(Recipe(levels=levels, tumours=tumours, spacing_mm=(2.0, 1.5, 1.5), with_mr=True))


@pytest.fixture(scope="module")
def case_id(house: House, patient: Phantom, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = zipped(patient.images, tmp_path_factory.mktemp("work"), patient.case)
    return bring_to_look_at(house.seat(COORDINATOR), path, "a small case with MR")


@pytest.fixture(scope="module")
def page(house: House, case_id: str) -> Iterator[Page]:
    """The workbench of the surgeon; what is left unsaved ends with it."""
    visitor = house.seat(SURGEON)
    yield open_workbench(visitor, case_id)
    visitor.page.evaluate("() => sessionStorage.clear()")
    visitor.go("/")


def bench_of(page: Page) -> str:
    """The address of the bench that the page works at now."""
    bench = page.locator(".overlay").get_attribute("data-bench")
    return f"{page.url.replace('/cases/', '/api/v1/cases/').removesuffix('/workbench')}/bench/{bench}"


def on_the_server(page: Page, folder: Path) -> Labels:
    """The painted map as the server has it, its axes as those of the scan."""
    answer = page.request.get(f"{bench_of(page)}/labels?part=whole")
    assert answer.ok
    path = folder / "labels.nii.gz"
    path.write_bytes(answer.body())
    assert gzip.decompress(answer.body())
    return np.asarray(nifti.read_any(path, where="labels").array)


def undoes(page: Page) -> tuple[str, int]:
    """What the next undo takes back, and of how many voxels."""
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_have_attribute("title", UNDOES)
    found = UNDOES.match(undo.get_attribute("title") or "")
    assert found
    return found[1], int(found[2])


def settled(page: Page) -> None:
    """Every stroke has arrived, and what it changed is measured."""
    page.get_by_role("tab", name="Measures").click()
    expect(page.locator(".bench-measures [role=status]")).to_contain_text("measured", timeout=LONG_MS)


def painting(page: Page, tool: str) -> None:
    page.get_by_role("tab", name="Structures").click()
    page.get_by_role("button", name="Paint with tumour A").click()
    page.locator(".viewer").focus()
    page.keyboard.press(tool)


def on_screen(page: Page, shown: Views, mm: Floats) -> tuple[float, float]:
    """Where a place lies in the axial pane, on the page."""
    (x, y), (left, top) = shown.pixel("axial", mm), corner(page)
    return left + x, top + y


def test_the_bands_of_margin_are_those_of_the_report() -> None:
    source = (HOME / "frontend/src/workbench/viewer/margins.ts").read_text()
    (ends,) = re.findall(r"BAND_ENDS_MM = (\[.+?\])", source)
    assert ends == str([round(each.number) for each in NEAR])
    assert re.findall(r'"(#[0-9a-f]{6})"', source)[: len(MARGIN_BANDS)] == list(MARGIN_BANDS)


def test_the_case_page_leads_to_its_images_and_back_by_keys(house: House, case_id: str) -> None:
    visitor = house.seat(SURGEON)
    page = visitor.go(f"/case/{case_id}")
    expect(page.get_by_role("link", name="Open the images")).to_be_visible()
    page.keyboard.press("w")
    expect(page).to_have_url(re.compile("/workbench$"))
    arrived(page)
    back = page.get_by_role("link", name="Case page")
    back.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/case/{case_id}$"))


def test_mr_is_seen_over_and_beside_the_ct(page: Page, patient: Phantom) -> None:
    page.locator(".viewer").focus()
    page.keyboard.press("v")
    ct = bare_picture(page)
    chosen = page.locator(".tool-field", has_text="no other image").locator("select")
    chosen.select_option(index=1)
    share = page.get_by_label("How much of the other image")
    share.focus()
    page.keyboard.press("End")
    mr = _drawn_otherwise(page, ct)
    _is_mr(page, mr, patient)

    page.get_by_label("How the other image is seen").select_option("beside")
    share.fill("50")
    both = _drawn_otherwise(page, mr)
    left, top, width, height = (round(each) for each in views(page).boxes["axial"])
    middle = left + width // 2
    rows = slice(top + 2, top + height - 2)
    assert (both[rows, left + 2 : middle - 2] == ct[rows, left + 2 : middle - 2]).all()
    assert (both[rows, middle + 2 : left + width - 2] == mr[rows, middle + 2 : left + width - 2]).all()
    expect(page.locator('[data-pane="axial"]')).to_contain_text("beside it, at the right")
    chosen.select_option("")
    alone = _drawn_otherwise(page, both)
    assert (alone[rows, left + 2 : left + width - 2] == ct[rows, left + 2 : left + width - 2]).all()


def _drawn_otherwise(page: Page, before: Pixels) -> Pixels:
    """The picture once it is another one than before."""
    for _ in range(100):
        now = bare_picture(page)
        if (now != before).mean() > 0.01:
            page.wait_for_timeout(150)
            return bare_picture(page)
    raise AssertionError("the picture stays as it was")


def _is_mr(page: Page, picture: Pixels, patient: Phantom) -> None:
    """What is drawn goes with the numbers of the MR, not with those of the CT."""
    pixels, places = views(page).places("axial", 3)
    grid = patient.images.volumes["ct"].grid
    inside = grid.encloses(places)
    index = tuple(np.rint(grid.indices(places[inside])).astype(int).T)
    seen = picture[pixels[inside, 0], pixels[inside, 1]].astype(float)
    plain = np.ptp(seen, axis=1) <= 2
    assert plain.sum() > 500
    goes_with = {
        role: float(np.corrcoef(seen[plain, 0], volume.voxels[index][plain].astype(float))[0, 1])
        for role, volume in patient.images.volumes.items()
    }
    assert goes_with["t2"] > 0.7
    assert goes_with["t2"] > goes_with["ct"] + 0.2


def test_an_outline_fills_what_it_encloses_and_nothing_else(page: Page, patient: Phantom, tmp_path: Path) -> None:
    before = on_the_server(page, tmp_path)
    painting(page, "o")
    shown = views(page)
    middle, radius = shown.at + np.array([-38.0, 0.0, 0.0]), 8.0
    turn = np.linspace(0, 2 * np.pi, 40)
    way = [middle + radius * np.array([np.cos(each), np.sin(each), 0.0]) for each in turn]
    page.mouse.move(*on_screen(page, shown, way[0]))
    page.mouse.down()
    for each in way:
        page.mouse.move(*on_screen(page, shown, each))
    page.mouse.up()
    what, many = undoes(page)
    assert what == "paint tumour A, axial, outline"
    settled(page)

    changed = np.argwhere(on_the_server(page, tmp_path) != before)
    grid = patient.images.volumes["ct"].grid
    places = (grid.affine @ np.column_stack([changed, np.ones(len(changed))]).T).T[:, :3]
    assert len(changed) == many
    assert np.ptp(places[:, 2]) < 1e-6  # one slice
    assert np.linalg.norm(places[:, :2] - middle[:2], axis=1).max() < radius + 0.5
    assert many * 1.5 * 1.5 == pytest.approx(np.pi * radius**2, rel=0.12)
    page.keyboard.press("Control+z")
    settled(page)
    assert (on_the_server(page, tmp_path) == before).all()


def test_growing_takes_what_is_alike_and_joined_and_no_more_than_allowed(
    page: Page, patient: Phantom, tmp_path: Path
) -> None:
    before = on_the_server(page, tmp_path)
    painting(page, "g")
    most = page.get_by_label("at most")
    most.fill("2")
    shown = views(page)
    seed = shown.at + np.array([-30.0, 6.0, 0.0])
    page.mouse.click(*on_screen(page, shown, seed))
    what, many = undoes(page)
    assert what == "grow tumour A"
    settled(page)

    changed = on_the_server(page, tmp_path) != before
    scan = patient.images.volumes["ct"]
    centre = tuple(np.rint(scan.grid.indices(seed[None])[0]).astype(int))
    assert changed[centre]
    assert changed.sum() == many
    assert many * 2.0 * 1.5 * 1.5 <= 2000 + 4.5
    assert np.abs(scan.voxels[changed].astype(float) - float(scan.voxels[centre])).max() <= 61
    page.keyboard.press("Control+z")
    settled(page)
    assert (on_the_server(page, tmp_path) == before).all()


def test_a_dab_by_keys_alone(page: Page, tmp_path: Path) -> None:
    before = on_the_server(page, tmp_path)
    dabbed(page)
    _, many = undoes(page)
    settled(page)
    assert (on_the_server(page, tmp_path) != before).sum() == many
    page.locator(".viewer").focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("v")
    settled(page)
    assert (on_the_server(page, tmp_path) == before).all()


def dabbed(page: Page) -> None:
    """A dab of the brush beside the spine, by keys."""
    painting(page, "b")
    for key in ("1", *["Shift+ArrowRight"] * 12, "Enter"):
        page.keyboard.press(key)


def _planned(page: Page) -> None:
    page.get_by_role("tab", name="Plans").click()
    expect(page.locator(".bench-option.is-chosen")).to_contain_text("en bloc", timeout=LONG_MS)
    expect(page.locator(".bench-planning")).to_have_count(0, timeout=LONG_MS)


def test_the_tumour_in_3d_takes_the_colours_of_a_cut_that_is_dragged(page: Page) -> None:
    _planned(page)
    expect(page.locator(".overlay .bands")).to_be_visible(timeout=LONG_MS)
    expect(page.locator(".overlay .bands")).to_contain_text(f"white line: asked, {MARGIN.number:g}")
    expect(page.locator('[data-pane="solid"] .scale')).to_be_visible()
    page.get_by_role("button", name="Take the cranial cut in hand").click()
    page.wait_for_timeout(1500)
    before, drawn = _opened(page), page.locator(".overlay").get_attribute("data-solids")
    page.locator(".viewer").focus()
    for key in "{{{":
        page.keyboard.press(key)
    expect(page.locator(".alarm.stop[role=alert]")).to_contain_text("runs through tumour")
    expect(page.locator(".overlay")).not_to_have_attribute("data-solids", drawn or "")
    page.wait_for_timeout(800)
    assert _opened(page) > before + 60
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    expect(page.locator(".bench-margin:not(.is-behind)")).to_be_visible(timeout=LONG_MS)
    expect(page.locator(".bench-bar")).not_to_contain_text("cut moved")


def _opened(page: Page) -> int:
    """How many pixels of the solids have the colour of a tumour that is cut open, whatever lies veiled before it."""
    left, top, width, height = (round(each) for each in views(page).boxes["solid"])
    seen = bare_picture(page)[top : top + height, left : left + width].astype(int)
    red, green, blue = seen[..., 0], seen[..., 1], seen[..., 2]
    return int(((red > 110) & (red - green > 35) & (np.abs(green - blue) < 35)).sum())


def test_an_operation_is_taken_along_as_files_that_others_can_read(page: Page) -> None:
    _planned(page)
    stl = ZipFile(BytesIO(_taken(page, "Meshes (STL)")))
    names = [each for each in stl.namelist() if each.endswith(".stl")]
    assert any("specimen" in each for each in names)
    for each in names:
        content = stl.read(each)
        assert len(content) == 84 + 50 * int.from_bytes(content[80:84], "little")
    assert _taken(page, "Cut sheet (PDF)").startswith(b"%PDF-")
    assert "cranial cut" in json.dumps(json.loads(_taken(page, "Planes (JSON)")))


def _taken(page: Page, words: str) -> bytes:
    with page.expect_download() as arriving:
        page.get_by_role("link", name=words).click()
    return arriving.value.path().read_bytes()


def test_two_vertebrae_change_places(page: Page, tmp_path: Path) -> None:
    before = on_the_server(page, tmp_path)
    page.get_by_role("tab", name="Structures").click()
    page.get_by_role("button", name="Relabel vertebra T8").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Two vertebrae have each other's names").check()
    dialog.get_by_label("T8 changes places with").select_option("T10")
    dialog.get_by_role("button", name="Swap T8 and T10").click()
    expect(dialog).to_have_count(0, timeout=LONG_MS)
    settled(page)
    after = on_the_server(page, tmp_path)
    values = _values(page)
    upper, lower = values["vertebra T8"], values["vertebra T10"]
    assert ((before == upper) == (after == lower)).all()
    assert ((before == lower) == (after == upper)).all()
    page.locator(".viewer").focus()
    page.keyboard.press("Control+z")
    settled(page)
    assert (on_the_server(page, tmp_path) == before).all()


def _values(page: Page) -> dict[str, int]:
    told = page.request.get(bench_of(page)).json()
    return {each["name"]: each["value"] for each in told["structures"]}


def test_strokes_outlive_a_server_that_goes_away_and_what_somebody_else_saved(
    house: House, page: Page, case_id: str, tmp_path: Path
) -> None:
    before = on_the_server(page, tmp_path)
    visitor = house.seat(SURGEON)
    with house.all_cut_off(), visitor.refused(404, 410):  # the bench has ended with the server
        was = page.locator(".overlay").get_attribute("data-bench") or ""
        house.server.stop()
        dabbed(page)
        many = undoes(page)[1]
        expect(page.locator(".bench-bar")).to_contain_text("no connection")
        house.server.start()
        expect(page.locator(".overlay")).not_to_have_attribute("data-bench", was, timeout=LONG_MS)
        settled(page)
    assert (on_the_server(page, tmp_path) != before).sum() == many

    other = house.seat(COORDINATOR)
    other.go("/")
    assert other.page.evaluate(_SAVED_BY_ANOTHER, case_id) == 200
    dialog = page.get_by_role("dialog", name="Somebody saved meanwhile")
    with visitor.refused(412):
        _save(page)
        expect(dialog).to_contain_text(COORDINATOR.name)
    expect(dialog).to_contain_text("the year was mistyped")
    with visitor.refused(410):
        dialog.get_by_role("button", name="Put my changes on the newest version").click()
        expect(dialog).to_have_count(0, timeout=LONG_MS)
        expect(page.locator(".bench-bar")).to_contain_text("1 edit of labels")
        expect(page.locator(".bench-bar")).not_to_contain_text("opened again")
        arrived(page)
        settled(page)
    assert (on_the_server(page, tmp_path) != before).sum() == many
    _save(page)
    expect(page.locator(".bench-bar")).to_contain_text("everything is saved", timeout=LONG_MS)
    assert greys(bare_picture(page)) >= 6


def _save(page: Page) -> None:
    page.locator(".viewer").focus()
    page.keyboard.press("S")
    page.get_by_role("dialog").get_by_role("button", name="Save", exact=True).click()
