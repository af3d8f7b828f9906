"""The pages say what is there: links, commands, facts, keys, tests named as controls."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import typer
from ruamel.yaml import YAML

import enbloc
from enbloc.case.anatomy import ENBLOC_LABELS, Level, StructureKind, tumour
from enbloc.case.case import Case, ImageFile, LabelFile
from enbloc.case.fact import FACTS
from enbloc.cli import app
from enbloc.decide.imaging import THIN_CT_TO
from enbloc.evidence import Checked
from enbloc.exchange.case_file import case_from
from enbloc.exchange.document import from_json
from enbloc.exchange.schemes import SCHEMES
from enbloc.exchange.segmenters import BACK_ENDS
from enbloc.exchange.segmenting import Seeds
from enbloc.follow.result import Workup
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.segmenting.parameters import LARGEST_BOX, MARGIN
from enbloc.measure.segmenting.tool import outlined
from enbloc.measure.spine.parameters import COLLAPSE_ERROR
from enbloc.phantom import PATIENTS
from enbloc.phantom.paint import PaintedLesion
from enbloc.stage import sins
from enbloc.stage.instrument import judged
from tests.docs import pages

README = pages.ROOT / "README.md"
HAZARDS = pages.DOCS / "safety" / "hazards.md"
COMMANDS = pages.DOCS / "reference" / "command-line.md"
EVERY_PAGE = pytest.mark.parametrize("page", pages.pages(), ids=pages.name)

_COMMAND = typer.main.get_command(app)
_NAMED = {
    f"{name} {inner}".strip(): one
    for name, command in getattr(_COMMAND, "commands", {}).items()
    for inner, one in getattr(command, "commands", {"": command}).items()
}
BUILT = sorted(name for name, command in _NAMED.items() if not command.hidden)


@EVERY_PAGE
def test_links_between_pages_resolve(page: Path) -> None:
    for link in pages.links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if target.suffix == ".png":  # pictures are made by the demo and by the tests in a browser
            assert target == pages.DOCS / "report.png" or target.parent == pages.DOCS / "pages", link
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(pages.ROOT), f"{link} leaves the repository"
        if anchor:
            assert anchor in pages.anchors(target), f"{link}: no such heading"


@EVERY_PAGE
def test_no_local_path_and_no_address_to_download_from(page: Path) -> None:
    found = re.findall(
        r"/(?:work|tmp|root|home|mnt|Users)/\S*|[A-Z]:\\\S*|(?:https?|ftp|git)://\S+|\bwget\b", pages.text(page)
    )

    assert found == []


@EVERY_PAGE
def test_a_page_begins_with_its_one_title(page: Path) -> None:
    headings = re.findall(r"^# .+$", pages.prose(page), re.MULTILINE)

    assert len(headings) == 1
    assert pages.text(page).startswith(headings[0])


@EVERY_PAGE
def test_every_call_in_a_page_names_a_built_command_and_its_options(page: Path) -> None:
    for name, rest in pages.calls(page):
        assert name in BUILT, f"enbloc {name}"
        known = {option for given in _NAMED[name].params for option in given.opts} | {"--help"}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"enbloc {name}{rest}"


def test_pages_show_every_built_command() -> None:
    assert {name for page in pages.pages() for name, _ in pages.calls(page)} == set(BUILT)


def test_there_are_commands() -> None:
    assert {"new", "import", "paint", "check", "workup", "demo", "serve", "schema"} <= set(BUILT)


@pytest.mark.parametrize("name", BUILT)
def test_a_built_command_has_its_section(name: str) -> None:
    assert re.search(rf"^## `enbloc {name}\b", pages.text(COMMANDS), re.MULTILINE)


@pytest.mark.parametrize("name", BUILT)
def test_the_section_of_a_command_names_every_option(name: str) -> None:
    section = pages.text(COMMANDS).split(f"## `enbloc {name}")[1].split("\n## ")[0]
    options = [option for given in _NAMED[name].params for option in given.opts if option.startswith("--")]

    assert [option for option in options if option not in {"--help", "--json"} and option not in section] == []


def test_the_page_of_facts_is_what_the_vocabulary_renders() -> None:
    assert pages.text(pages.FACTS_PAGE) == pages.rendered_facts(), "run: python -m tests.docs.pages"


def test_every_fact_has_its_line() -> None:
    listed = re.findall(r"^\| `([\w.]+)` \|", pages.text(pages.FACTS_PAGE), re.MULTILINE)

    assert sorted(listed) == sorted(FACTS)


@pytest.mark.parametrize(
    ("page", "noun"), [("case-folder.md", Case), ("result.md", Workup)], ids=["case.yaml", "workup.json"]
)
def test_every_key_of_a_document_is_explained(page: str, noun: type[Case] | type[Workup]) -> None:
    said = pages.text(pages.DOCS / "reference" / page)

    assert [field.name for field in fields(noun) if f"`{field.name}`" not in said] == []


def test_label_schemes_are_all_listed() -> None:
    said = pages.text(pages.DOCS / "reference" / "label-schemes.md")

    assert [name for name in SCHEMES if f"| `{name}` |" not in said] == []
    assert [kind.value for kind in StructureKind if kind.value not in said] == []


def test_our_own_numbers_are_those_of_the_code() -> None:
    said = pages.text(pages.DOCS / "reference" / "label-schemes.md")
    number = {str(named): id for id, named in ENBLOC_LABELS.items()}

    assert f"| `{Level.CO}` | {number['vertebra Co']} |" in said
    for left, right, row in (
        ("rib T8 left", "rib T8 right", "rib"),
        ("nerve root T8 left", "nerve root T8 right", "root"),
    ):
        apart = (number[left] - number["vertebra T8"], number[right] - number["vertebra T8"])
        assert re.search(rf"{row}, left · right \| vertebra \+ {apart[0]} · vertebra \+ {apart[1]} \|", said)
    for group in (("cord", "thecal sac", "canal"), ("aorta", "vena cava", "liver", "sacrum"), ("tumour A",)):
        assert f"| {' · '.join(group)} | {' · '.join(str(number[name]) for name in group)} |" in said


def test_numbers_quoted_in_pages_are_those_of_the_code() -> None:
    def said(page: str) -> str:
        return " ".join(pages.text(pages.DOCS / page).split())

    assert f"longer than {THICK_SLICE.number:g} mm no body height" in said("how-to/make-a-case-from-dicom.md")
    assert f"(loss of height: {COLLAPSE_ERROR.number:g} percentage points)" in said(
        "concepts/intervals-and-borderline.md"
    )
    assert f"slices of {THIN_CT_TO.number:g} mm or less" in said("concepts/stops-and-drafts.md")


def test_the_example_of_a_reach_is_what_the_code_gives() -> None:
    known: dict[str, tuple[Enum, ...]] = {
        "location": (sins.Location.SEMIRIGID,),
        "bone": (sins.Bone.LYTIC,),
        "alignment": (sins.Alignment.DEFORMITY,),
        "collapse": (sins.Collapse.OVER_HALF,),
        "posterolateral": (sins.Posterolateral.BILATERAL,),
    }
    totals = judged(sins.SINS, known).totals

    assert f"> {' · '.join(map(str, totals))}\n" in pages.text(pages.DOCS / "concepts" / "unknown-and-reach.md")


def test_marks_of_verification_are_explained() -> None:
    said = pages.text(pages.DOCS / "concepts" / "provenance.md")

    assert [mark.value for mark in Checked if f"| `{mark.value}` |" not in said] == []


def test_every_page_of_the_documentation_is_reachable_from_its_index() -> None:
    reached = set()
    waiting = [pages.DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = {(page.parent / link.partition("#")[0]).resolve() for link in pages.links(page)}
        waiting += [
            target for target in targets if target.suffix == ".md" and target.is_file() and target not in reached
        ]

    assert sorted(map(pages.name, set(pages.DOCS.rglob("*.md")) - reached)) == []


def test_every_decision_is_listed_in_order() -> None:
    listed = [link for link in pages.links(pages.DOCS / "index.md") if link.startswith("decisions/")]
    there = sorted(page.relative_to(pages.DOCS).as_posix() for page in (pages.DOCS / "decisions").glob("*.md"))

    assert listed == there
    assert [Path(page).name[:4] for page in there] == [f"{number:04d}" for number in range(len(there))]


@pytest.mark.parametrize("page", sorted((pages.DOCS / "decisions").glob("*.md")), ids=pages.name)
def test_a_decision_has_its_three_parts_and_is_short(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", pages.text(page), re.MULTILINE)

    assert headings == ["Context", "Choice", "What we gave up"]
    assert len(pages.text(page).split()) <= (650 if page.name.startswith("0007") else 450)  # 0007 is a list of readings


_AROUND: dict[str, Any] = {
    "schema": "enbloc/case/1",
    "id": "2f41",
    "images": {"ct": {"file": "images/ct.nii.gz", "modality": "CT"}},
    "lesions": [{"id": "A"}],
}
"""What stands around an example that shows only a part of a record."""

YAML_EXAMPLES = [
    pytest.param(example, id=f"{pages.name(page)}-{at}")
    for page in pages.pages()
    for at, example in enumerate(pages.examples(page, "yaml"))
]


def test_there_are_examples_to_try() -> None:
    assert len(YAML_EXAMPLES) >= 5


@pytest.mark.parametrize("example", YAML_EXAMPLES)
def test_an_example_is_accepted_as_it_stands(example: str) -> None:
    shown = YAML(typ="safe", pure=True).load(example)
    if "radii_mm" in shown:
        assert from_json(PaintedLesion, json.dumps(shown)).level.value == shown["level"]
        return
    if "background" in shown:
        assert from_json(Seeds, json.dumps(shown)).strokes.tumour
        return
    missing = {key: item for key, item in _AROUND.items() if key not in shown}

    assert case_from((example + _as_yaml(missing)).encode()).id == "2f41"


def _as_yaml(record: dict[str, Any]) -> str:
    # JSON is YAML: each block on a line of its own.
    return "".join(f"\n{key}: {json.dumps(item)}" for key, item in record.items())


def test_the_page_on_painting_explains_every_key() -> None:
    said = pages.text(pages.DOCS / "how-to" / "paint-a-lesion.md")

    assert [field.name for field in fields(PaintedLesion) if f"`{field.name}`" not in said] == []


OUTLINE = pages.DOCS / "how-to" / "outline-a-tumour.md"


def test_the_page_on_outlining_explains_every_key() -> None:
    said = pages.text(OUTLINE)

    assert [field.name for field in fields(Seeds) if f"`{field.name}`" not in said] == []
    assert f"{MARGIN.number:g} mm around the strokes" in said
    assert f"up to {LARGEST_BOX.number / 1e6:g} million voxels" in " ".join(said.split())


def test_the_example_of_an_outline_does_what_its_page_says() -> None:
    (example,) = pages.examples(OUTLINE, "yaml")
    seeds = from_json(Seeds, json.dumps(YAML(typ="safe", pure=True).load(example)))
    patient = PATIENTS["metastasis"]()
    found = outlined(patient.images.volumes["ct"], seeds.strokes)
    drawn = patient.images.labels["tumour"].mask(tumour("A"), found.box)

    assert 2.0 * (found.mask & drawn).sum() / (found.mask.sum() + drawn.sum()) > 0.75
    said = re.search(r"Along (\d+)% of its border the scan shows no change", " ".join(found.notes))
    assert said is not None
    assert int(said[1]) > 33, "the page says: along more than a third of the border"


def test_every_segmenter_has_its_row() -> None:
    said = pages.text(pages.DOCS / "how-to" / "label-maps-from-other-programs.md")

    assert [name for name in BACK_ENDS if f"| `{name}` |" not in said] == []


@pytest.mark.parametrize("noun", [ImageFile, LabelFile])
def test_every_key_of_an_image_and_of_a_label_map_is_explained(noun: type[ImageFile] | type[LabelFile]) -> None:
    said = pages.text(pages.DOCS / "reference" / "case-folder.md")

    assert [field.name for field in fields(noun) if f"`{field.name}`" not in said] == []


def _tests(path: str) -> set[str]:
    """The names of the tests in a file, those in classes included."""
    tree = ast.parse((pages.ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


NAMED_TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", pages.text(HAZARDS))))


def test_the_hazard_table_is_whole() -> None:
    rows = re.findall(r"^\| H(\d+) \|(.*)$", pages.text(HAZARDS), re.MULTILINE)

    assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 28
    for number, row in rows:
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        assert len(cells) == 5, f"H{number}: hazard, cause, control, test, residual risk"
        assert all(cells), f"H{number} has an empty cell"
        assert "`tests/" in cells[3] or cells[3].startswith("not built"), f"H{number}: neither a test nor 'not built'"


@pytest.mark.parametrize(("path", "test"), NAMED_TESTS, ids=[f"{path}::{test}" for path, test in NAMED_TESTS])
def test_a_test_named_as_a_control_exists(path: str, test: str) -> None:
    assert (pages.ROOT / path).is_file(), f"{path} is not there"
    assert test in _tests(path)


def test_the_readme_is_one_screenful_and_states_its_limits() -> None:
    said = pages.text(README)

    assert len(said.splitlines()) <= 80
    for needed in ("make demo", "make test", "docs/report.png", "not a medical device", "Apache-2.0", "CITATION.cff"):
        assert needed in said


def test_the_citation_names_this_version() -> None:
    cited = YAML(typ="safe").load((pages.ROOT / "CITATION.cff").read_text(encoding="utf-8"))

    assert cited["cff-version"] == "1.2.0"
    assert cited["license"] == "Apache-2.0"
    assert str(cited["version"]) == enbloc.__version__
    assert cited["authors"] == [{"name": "The enbloc authors"}]
    assert {"message", "title"} <= cited.keys()
