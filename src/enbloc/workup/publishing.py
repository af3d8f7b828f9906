"""Results as files: written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from enbloc.workup.seeing import Said, silent

if TYPE_CHECKING:
    from enbloc.case.anatomy import Level
    from enbloc.case.case import Case
    from enbloc.case.finding import Findings
    from enbloc.case.image import Images
    from enbloc.follow.measuring import MeasureResult
    from enbloc.follow.planning import Planning
    from enbloc.follow.result import Workup
    from enbloc.measure.spine.column import Column
    from enbloc.plan import Plan
    from enbloc.plan.solids.bone import BoneSolid
    from enbloc.present.cut_sheet import Imprint
    from enbloc.present.pictures import Pictures

PAGES = ("writing the result", "drawing the pictures", "setting the report", "drawing the case page")


def fingerprint(text: str) -> str:
    """The SHA-256 of a result's JSON: what every printed page carries."""
    return sha256(text.encode()).hexdigest()


def publish(result: Workup, images: Images, out: Path, *, with_page: bool = False, said: Said = silent) -> str:
    """Write ``workup.json``, the report, ``scene/`` and ``plans/`` to the folder ``out``; its fingerprint.

    ``plans/`` holds a folder for each resection that has cuts, as ``publish_plan`` writes it; ``with_page`` adds what
    ``page_files`` gives. The folder is written whole or not at all; it replaces an earlier result of enbloc and refuses
    any other folder.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.measure.registration.together import brought_together

    said(PAGES[0])
    images = brought_together(result.case, images)
    text = to_json(result)
    mark = fingerprint(text)
    with staged(out) as folder:
        (folder / "workup.json").write_text(text, encoding="utf-8", newline="\n")
        drawn = _write_report(result, images, mark, folder, said)
        made = _Made(case=result.case, images=images, findings=result.findings, imprint=_imprint(result, mark))
        if _cut(result.plans):
            (folder / "plans").mkdir()
            _write_plans(made, result.plans, folder / "plans", said)
        if with_page:
            said(PAGES[3])
            _write_page(page_files(result, images, mark, drawn=drawn, sizes=_sizes(folder)), folder)
    return mark


def page_files(
    result: Workup, images: Images, mark: str, *, drawn: Pictures | None = None, sizes: Mapping[str, int] | None = None
) -> Mapping[str, bytes]:
    """The files of the case page by their paths: ``page.json`` (a ``CasePage``) and ``pictures/<name>.svg``.

    ``mark`` is the fingerprint of the result, ``drawn`` are the pictures of its report if they exist already, ``sizes``
    the bytes of each document beside the page, by path. ``images`` have been brought into one frame.
    """
    from enbloc.exchange.document import to_json
    from enbloc.present.case_page import case_page
    from enbloc.present.documents import documents
    from enbloc.present.evidence import evidence
    from enbloc.present.picture_files import named
    from enbloc.present.pictures import pictures

    shown = drawn or pictures(result, images)
    those = named(shown, evidence(result.case, result.findings, images))
    page = case_page(result, images, those, mark, without=shown.without, documents=documents(sizes or {}))
    svgs = {f"pictures/{one.ref.name}.svg": one.svg.encode() for one in those}
    return {"page.json": to_json(page).encode(), **svgs}


def _write_page(files: Mapping[str, bytes], folder: Path) -> None:
    (folder / "pictures").mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _sizes(folder: Path) -> Mapping[str, int]:
    """The bytes of every file in a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def _write_report(result: Workup, images: Images, mark: str, folder: Path, said: Said) -> Pictures:
    """The scene and the report, on a page and on paper, with the same pictures, which come back."""
    from enbloc.present.html import report_html
    from enbloc.present.pdf import report_pdf
    from enbloc.present.pictures import pictures
    from enbloc.present.scene import scene_files

    said(PAGES[1])
    drawn = pictures(result, images)
    (folder / "scene").mkdir()
    for name, content in scene_files(result, images).items():
        (folder / "scene" / name).write_bytes(content)
    said(PAGES[2])
    html = report_html(result, images, fingerprint=mark, drawn=drawn)
    (folder / "report.html").write_text(html, encoding="utf-8", newline="\n")
    (folder / "report.pdf").write_bytes(report_pdf(result, images, fingerprint=mark, drawn=drawn))
    return drawn


def publish_measures(result: MeasureResult, images: Images, out: Path, *, said: Said = silent) -> MeasureResult:
    """Write ``measure.json`` and ``figures/``, a picture of every measurement; the result with its pictures named.

    The folder is written whole or not at all, as that of a work-up.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.follow.measuring import Figure
    from enbloc.measure.registration.together import brought_together
    from enbloc.present.evidence import evidence
    from enbloc.present.raster import pngs

    said(PAGES[1])
    images = brought_together(result.case, images)
    drawn = evidence(result.case, result.findings, images)
    figures = tuple(Figure(file=f"figures/{one.key}.png", about=one.about, facts=one.facts) for one in drawn)
    named = replace(result, figures=figures)
    said(PAGES[0])
    with staged(out) as folder:
        (folder / "figures").mkdir()
        for figure, pixels in zip(figures, pngs(one.picture for one in drawn), strict=True):
            (folder / figure.file).write_bytes(pixels)
        (folder / "measure.json").write_text(to_json(named), encoding="utf-8", newline="\n")
    return named


def publish_plan(result: Planning, case: Case, images: Images, out: Path, *, said: Said = silent) -> None:
    """Write ``plan.json``, and for each resection that has cuts a folder with everything of it.

    Such a folder holds its planes, closed meshes and label map, the numbers of its cuts, its scene in the colours of
    the margin, and ``cut-sheet.pdf``. Where a mesh does not close, the folder says so instead.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.case.finding import Findings
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.measure.registration.together import brought_together

    said(PAGES[0])
    text = to_json(result)
    # A margin point by point needs no finding: what they say of errors widens its interval alone.
    imprint = _imprint(result, fingerprint(text))
    made = _Made(case=case, images=brought_together(case, images), findings=Findings(), imprint=imprint)
    with staged(out) as folder:
        (folder / "plan.json").write_text(text, encoding="utf-8", newline="\n")
        _write_plans(made, result.plans, folder, said)


NOT_WRITTEN = "not-written.txt"
"""In place of a plan's files: why there are none."""


@dataclass(frozen=True, eq=False, kw_only=True)
class _Made:
    """What the files of all plans of a result are made from."""

    case: Case
    images: Images
    findings: Findings
    imprint: Imprint
    _bones: dict[tuple[str, tuple[Level, ...]], BoneSolid] = field(default_factory=dict, init=False, repr=False)

    def bone(self, plan: Plan) -> BoneSolid:
        """The bone about a plan, which the operations on one lesion share."""
        from enbloc.plan.field import with_neighbours
        from enbloc.plan.solids.bone import bone_solid

        key = (plan.about, with_neighbours(self.column, plan.levels))
        if key not in self._bones:
            self._bones[key] = bone_solid(self.column, key[1], plan.about)
        return self._bones[key]

    @cached_property
    def column(self) -> Column:
        from enbloc.measure.spine.column import column_of

        return column_of(self.images)


def _imprint(result: Workup | Planning, mark: str) -> Imprint:
    from enbloc.follow.result import Workup
    from enbloc.present.cut_sheet import Imprint

    made = result.provenance
    stops = result.decision.stops if isinstance(result, Workup) else result.stops
    return Imprint(version=made.enbloc, as_of=made.as_of, fingerprint=mark, stops=stops)


def _cut(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    return tuple(plan for plan in plans if plan.cuts)


def _write_plans(made: _Made, plans: Sequence[Plan], folder: Path, said: Said) -> None:
    """A folder for each plan that has cuts; two lesions with the same operation are told apart by their letter."""
    from enbloc.errors import RecordError
    from enbloc.exchange.planned import slug

    names = [slug(plan.id) for plan in _cut(plans)]
    for plan, name in zip(_cut(plans), names, strict=True):
        said(f"shaping {plan.id}")
        place = folder / (name if names.count(name) == 1 else slug(f"{plan.id} lesion {plan.about}"))
        try:
            files = _files(made, plan)
        except RecordError as fault:
            files = {NOT_WRITTEN: f"{plan.id}: {fault}\n".encode()}
        place.mkdir()
        for file, content in files.items():
            (place / file).write_bytes(content)


def _files(made: _Made, plan: Plan) -> Mapping[str, bytes]:
    """The files of one resection: planes, closed meshes, label map, scene, numbers for the wound, and the cut sheet."""
    from enbloc.exchange.planned import planned_files
    from enbloc.plan.en_bloc.shown import margin_map_of
    from enbloc.plan.solids.planned import planned_solids
    from enbloc.present.cut_sheet import cut_sheet_pdf, numbers_of
    from enbloc.present.planned_scene import planned_scene

    assert plan.resected is not None, "a plan with cuts"
    column, bone = made.column, made.bone(plan)
    solids = planned_solids(
        column,
        bone.levels,
        plan.about,
        (plan.resected.piece(plan.id),),
        involved=plan.levels,
        openings=plan.openings,
        margin=margin_map_of(plan, made.images, made.findings),
        bone=bone,
    )
    numbers = numbers_of(plan, solids, column)
    scene = planned_scene(solids, made.case, version=made.imprint.version)
    paper = cut_sheet_pdf(plan, made.case, made=solids, column=column, numbers=numbers, imprint=made.imprint)
    return {**planned_files(solids, numbers=numbers, scene=scene), "cut-sheet.pdf": paper}
